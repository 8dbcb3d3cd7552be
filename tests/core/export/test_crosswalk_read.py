"""A list of old and new UIDs, written and read back."""

import json
from pathlib import Path

import pytest

from uidscope.core.errors import InputError, UsageError
from uidscope.core.export.crosswalk import crosswalk_csv, read_crosswalk
from uidscope.core.plan.entry import MapEntry

ENTRIES = (
    MapEntry("1.2.3", "2.25.1", "study", "all", "copy", 4),
    MapEntry("", "2.25.2", "instance", "occurrences", "copy", 1),
    MapEntry("=1+1", "2.25.3", "instance", "all", "repair", 1),
    MapEntry('a\nb,"c"', "2.25.4", "instance", "all", "repair", 1),
)


def told(entries: tuple[MapEntry, ...]) -> list[tuple[str, ...]]:
    return [(each.old, each.new, each.kind, each.scope, each.reason) for each in entries]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(crosswalk_csv((*ENTRIES, MapEntry("a", "b", "meta", "all", "x", 1, "meta"))))
    assert told(read_crosswalk(str(path))) == told(ENTRIES)


def test_a_manifest_is_read(tmp_path: Path) -> None:
    plan = [
        {"kind": each.change, "old": each.old, "new": each.new, "scope": each.scope, "role": each.kind,
         "reason": each.reason, "file_count": 1}
        for each in (*ENTRIES, MapEntry("a", "b", "meta", "all", "x", 1, "meta"))
    ]  # fmt: skip
    path = tmp_path / "manifest"
    path.write_text(json.dumps({"schema": "uidscope/export/1", "plan": plan}), "utf-8")
    assert told(read_crosswalk(str(path))) == told(ENTRIES)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"{",
        b'{"plan": 1}',
        b'{"plan": [{"kind": "new-uid"}]}',
        b"\xff\xfe",
        b"a,b\n1,2\n",
        b"old_uid,new_uid,kind,scope,reason\n1.2\n",
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="no list"):
        read_crosswalk(str(path))


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_crosswalk(str(tmp_path / "none"))
