"""Why a line of the map is there, and rows switched by their kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Study, ct_series, encoded, rt_set, set_unchecked, with_raw_value
from tests.core.plan.carried_out import loaded, numbered, selecting, write_files
from tests.core.plan.planned import derive_plan
from tests.core.plan.test_offers import checked
from uidscope.core.plan.history import with_rows
from uidscope.core.plan.intention import Intention, Into, Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.rows import row_of
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.told.row_groups import GROUPS, group_of, rows_of_group
from uidscope.core.plan.told.why_included import why_included
from uidscope.core.progress import CancelToken

ONE, TWO = Study(1), Study(2)


def reasons(folder: Path, *intentions: Intention) -> dict[str, set[str]]:
    """By the kind of entity, the codes of why entries of a plan are there; each has its sentence."""
    plan, issued = Plan(intentions), IssuedUids()
    found: dict[str, set[str]] = {}
    with loaded(folder) as catalog:
        uid_map = derive_plan(catalog, plan, issued)
        for entry in uid_map.entries():
            note = why_included(plan, entry, row_of(uid_map, issued, entry))
            assert sentence(note).endswith(".")
            found.setdefault(group_of(entry), set()).add(note.code)
    return found


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_files(tmp_path / "s", numbered([*rt_set(study=ONE).all, *ct_series(2, study=TWO)]))


def test_what_is_selected_and_what_it_defines(source: Path) -> None:
    assert reasons(source, selecting("copy", ("study", ONE.uid()))) == {
        "study": {"why-study"},
        "series": {"why-series"},
        "instance": {"why-instance"},
        "frame_of_reference": {"why-defined"},
    }


def test_what_comes_along_and_what_is_only_named(source: Path) -> None:
    renewed = selecting("derived-series", ("series", ONE.uid(2)), with_referrers=True, renew=True)
    assert reasons(source, renewed)["instance"] == {"why-instance", "why-renewed"}
    pseudonyms = selecting("pseudonymous", ("series", ONE.uid(101)))
    assert "why-only-named" in set().union(*reasons(source, pseudonyms).values())


def test_where_it_goes(source: Path) -> None:
    move = selecting("move", ("study", ONE.uid()), into=Into("study", TWO.uid()))
    assert reasons(source, move)["study"] == {"why-taken-over"}


def test_what_is_repaired(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    set_unchecked(image, "FrameOfReferenceUID", "1.2.03.4")
    padded = with_raw_value(encoded(ct_series(1, study=TWO)[0]), "FrameOfReferenceUID", b"1.2.3.4.50  ")
    repair = selecting("repair", ("rule", "UID-S04"), ("rule", "UID-S08"))
    with checked(tmp_path, {"1.dcm": image, "2.dcm": padded}) as catalog:
        plan, issued = Plan((repair,)), IssuedUids()
        uid_map = derive_plan(catalog, plan, issued)
        found = {
            group_of(entry): why_included(plan, entry, row_of(uid_map, issued, entry))
            for entry in uid_map.entries()
        }
        assert found["frame_of_reference"].code == "why-repair"
        assert "UID-S08" in sentence(found["encoding"])


def test_the_words_of_the_caller_are_taken(source: Path) -> None:
    plan, issued = Plan((selecting("copy", ("study", ONE.uid())),)), IssuedUids()
    with loaded(source) as catalog:
        uid_map = derive_plan(catalog, plan, issued)
        entry = next(iter(uid_map.entries()))
        said = sentence(why_included(plan, entry, row_of(uid_map, issued, entry), lambda _each: "CT {x}"))
        assert said == "It holds 6 files of the selection: independent copy of CT {x}."


def test_rows_are_switched_by_their_kind(source: Path) -> None:
    plan, issued = Plan((selecting("copy", ("study", ONE.uid())),)), IssuedUids()
    with loaded(source) as catalog:
        uid_map = derive_plan(catalog, plan, issued)
        series = rows_of_group(uid_map, issued, "series", switched_off=False, token=CancelToken())
        assert len(series) == 4
        assert rows_of_group(uid_map, issued, "series", switched_off=True) == ()
        after = derive_plan(catalog, with_rows(plan, series, kept=True), issued)
        assert set(rows_of_group(after, issued, "series", switched_off=True)) == set(series)
        assert rows_of_group(after, issued, "series", switched_off=False) == ()
        assert set(map(group_of, uid_map.entries())) <= set(GROUPS)
