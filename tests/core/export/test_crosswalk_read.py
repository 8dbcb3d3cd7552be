"""A list of old and new UIDs, written and read back."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.errors import InputError, UsageError
from uidscope.core.export.crosswalk import crosswalk_csv, read_crosswalk
from uidscope.core.plan.entry import MapEntry

ENTRIES = (
    MapEntry("1.2.3", "2.25.1", "study", "all", "copy", 4),
    MapEntry("", "2.25.2", "instance", "occurrences", "copy", 1),
    MapEntry("=1+1", "2.25.3", "instance", "all", "repair", 1),
    MapEntry('a\nb,"c"', "2.25.4", "instance", "all", "repair", 1),
    MapEntry("'=1", "2.25.5", "other", "other", "pseudonymous", 1),
    MapEntry("'1", "2.25.6", "frame_of_reference", "occurrences", "move", 1),
    MapEntry("1.2.4", "1.2.5", "series", "series", "taken-over", 1),
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
        b"old_uid,new_uid,kind,scope,reason\n1.2,1.3,study,all,copy,more\n",
        b"old_uid,new_uid,kind,scope,old_uid,reason\n1.2,1.3,study,all,1.4,copy\n",
        b"old_uid,new_uid,kind,scope\n1.2,1.3,study,all\n",
        b"old_uid,new_uid,kind,scope,reason\n1.2,1.3,patient,all,copy\n",
        b"old_uid,new_uid,kind,scope,reason\n1.2,1.3,study,some,copy\n",
        b"old_uid,new_uid,kind,scope,reason\n1.2\0,1.3,study,all,copy\n\0",
        b'old_uid,new_uid,kind,scope,reason\n"1.2,1.3,study,all,copy\n',
        b"old_uid,new_uid,kind,scope,reason\n" + b"1" * 200_000 + b",1.3,study,all,copy\n",
        b'{"plan": [{"kind": "new-uid", "old": 1, "new": "2", "role": "study", "scope": "all", "reason": ""'
        b"}]}",
        b'{"plan": [{"kind": "new-uid", "old": "1", "new": "2", "role": [], "scope": "all", "reason": ""}]}',
        b'{"plan": [[]]}',
        b'{"plan": {"a": 1}}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="no list"):
        read_crosswalk(str(path))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_list_that_a_spreadsheet_saved_is_read(tmp_path: Path, delimiter: str, ending: str) -> None:
    heading = ["note", "new_uid", "old_uid", "scope", "kind", "reason"]
    lines = [heading, ["mine", "2.25.1", "1.2.3", "all", "study", "copy"]]
    path = tmp_path / "list"
    path.write_bytes(ending.join(delimiter.join(line) for line in [*lines, []]).encode("utf-8-sig"))
    assert told(read_crosswalk(str(path))) == [("1.2.3", "2.25.1", "study", "all", "copy")]


def test_a_list_of_nothing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(crosswalk_csv([]))
    assert read_crosswalk(str(path)) == ()


UIDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(rows=st.lists(st.tuples(UIDS, UIDS)))
def test_whatever_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any-list"
    entries = tuple(MapEntry(old, new, "instance", "all", "copy", 1) for old, new in rows)
    path.write_bytes(crosswalk_csv(entries))
    assert told(read_crosswalk(str(path))) == told(entries)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_crosswalk(str(tmp_path / "none"))
