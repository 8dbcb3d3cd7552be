"""The files beside an export: safe in a spreadsheet, complete, and of the shape promised."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.export.crosswalk import crosswalk_csv, formula_safe
from uidscope.core.export.old_uids import old_uids_text
from uidscope.core.plan.entry import MapEntry


def rows_of(entries: list[MapEntry]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(crosswalk_csv(entries).decode("utf-8"), newline="")))


def test_the_crosswalk_lists_new_uids_only() -> None:
    entries = [
        MapEntry("1.2", "2.25.1", "study", "all", "new-uid", 4),
        MapEntry("1.2 ", "1.2", "study", "all", "space-padded", 1, "re-encode"),
        MapEntry("", "2.25.2", "instance", "occurrence 3", "empty", 1),
    ]
    assert rows_of(entries) == [
        ["old_uid", "new_uid", "kind", "scope", "reason"],
        ["1.2", "2.25.1", "study", "all", "new-uid"],
        ["", "2.25.2", "instance", "occurrence 3", "empty"],
    ]


@given(st.text(st.sampled_from("=+-@\t\r\n1.2,\"'"), max_size=10))
def test_no_cell_begins_a_formula_and_every_one_comes_back(old: str) -> None:
    cell = rows_of([MapEntry(old, "2.25.1", "instance", "all", "new-uid", 1)])[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell == formula_safe(old)
    assert cell in (old, f"'{old}")


def test_old_instance_uids_stand_once_each() -> None:
    entries = [
        MapEntry("1.2.1", "2.25.1", "instance", "occurrence 1", "new-uid", 1),
        MapEntry("1.2.1", "2.25.2", "instance", "occurrence 2", "new-uid", 1),
        MapEntry("1.2", "2.25.3", "series", "all", "new-uid", 2),
        MapEntry("", "2.25.4", "instance", "occurrence 3", "new-uid", 1),
        MapEntry("1.2.2", "2.25.5", "instance", "all", "new-uid", 1),
    ]
    assert old_uids_text(entries) == b"1.2.1\n1.2.2\n"
