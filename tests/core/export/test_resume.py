"""What an interrupted export leaves, and how a second start goes on with it or clears it."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.export.requests import files_of, make_source, request_for, sidecars_of, staging_of, state_of
from uidscope.core.errors import Cancelled, OutputError
from uidscope.core.export.export import export
from uidscope.core.export.journal import Journal, journal_lines, read_journal, request_digest, resumed_plan
from uidscope.core.export.stage import clear_interrupted, find_interrupted
from uidscope.core.export.target import target_names
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Plan, new_intention, parse_selector
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.progress import Progress
from uidscope.core.uid.schemes import SchemeOptions, make_scheme

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the tests fork")

NAMES = tuple(f"{number:02}.dcm" for number in range(20))
CREATED = dt.datetime(2024, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
JOURNAL = Journal("digest", CREATED, ("one",), ((RowKey("one", "1.2.3"), "2.25.1"),))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_source(tmp_path / "source", NAMES)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def killed_at(source: Path, target: Path, at: Callable[[Progress], bool], **more: Any) -> None:
    """An export that ends, without any cleaning up, when its progress says so."""
    child = os.fork()
    if not child:

        def end(report: Progress) -> None:
            if at(report):
                os._exit(9)

        export(request_for(source, target, journal=JOURNAL, **more), end)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert staging_of(target).exists()
    assert not target.exists()


def at_the(number: int, stage: str = "writing") -> Callable[[Progress], bool]:
    return lambda report: report.stage == stage and report.done == number


def digests(folder: Path) -> dict[str, str]:
    return {name: digest for name, (digest, _, _) in state_of(folder).items()}


def reference(source: Path, folder: Path) -> dict[str, str]:
    export(request_for(source, folder))
    return digests(folder)


def test_what_is_there_is_kept_and_the_rest_is_written(source: Path, target: Path, tmp_path: Path) -> None:
    expected = reference(source, tmp_path / "reference")
    killed_at(source, target, at_the(15))
    files = staging_of(target) / "files"
    # Those that were being written at that moment are there in part.
    left = {name: (files / name).stat().st_ino for name in whole_among(files, expected)}
    assert len(left) > 8
    result = export(request_for(source, target, journal=JOURNAL, resume=True))
    assert result.verified
    assert result.resumed == len(left)
    assert digests(target) == expected
    assert {name: (target / name).stat().st_ino for name in left} == left
    assert not staging_of(target).exists()


def whole_among(files: Path, expected: dict[str, str]) -> list[str]:
    """The names of the files that are what they are to be."""
    return [name for name, digest in digests(files).items() if expected.get(name) == digest]


def test_what_is_there_and_spoilt_is_written_anew(source: Path, target: Path, tmp_path: Path) -> None:
    expected = reference(source, tmp_path / "reference")
    killed_at(source, target, at_the(15))
    files = staging_of(target) / "files"
    whole = (files / "01.dcm").read_bytes()
    (files / "00.dcm").write_bytes(b"")
    (files / "01.dcm").write_bytes(whole[:-1] + b"\xee")
    (files / "02.dcm").write_bytes(whole)
    (files / "03.dcm").unlink()
    (files / "03.dcm").symlink_to(source / "03.dcm")
    (files / "stray").mkdir()
    (files / "stray" / "more.dcm").write_bytes(whole)
    left = set(whole_among(files, expected)) - {"03.dcm"}  # which is a link to the source
    assert left.isdisjoint({"00.dcm", "01.dcm", "02.dcm"})
    result = export(request_for(source, target, journal=JOURNAL, resume=True))
    assert result.resumed == len(left)
    assert digests(target) == expected
    assert not any(path.is_symlink() for path in target.rglob("*"))


def test_what_is_there_needs_no_room_again(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at(source, target, at_the(15))
    there = sum(path.stat().st_size for path in (staging_of(target) / "files").iterdir())
    needed = sum(path.stat().st_size + 4096 for path in source.iterdir())
    request = request_for(source, target, journal=JOURNAL, resume=True)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=needed - there - 10_000))
    with pytest.raises(OutputError, match="make room"):
        export(request)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=needed - there))
    assert export(request).verified


def test_an_archive_needs_room_twice(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = sum(path.stat().st_size + 4096 for path in source.iterdir())
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=needed))
    with pytest.raises(OutputError, match="make room"):
        export(request_for(source, target, zipped=True))
    assert export(request_for(source, target)).verified


def test_other_files_may_be_asked_for_by_then(source: Path, target: Path) -> None:
    killed_at(source, target, at_the(15))
    request = request_for(source, target, journal=JOURNAL, resume=True, files=files_of(source)[1:3])
    assert export(request).resumed == 2
    assert sorted(digests(target)) == ["01.dcm", "02.dcm"]


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("stage", ["writing", "verifying"])
def test_an_archive_or_a_folder(source: Path, target: Path, stage: str, zipped: bool) -> None:
    killed_at(source, target, at_the(NAMES.index("16.dcm"), stage), zipped=zipped)
    result = export(request_for(source, target, journal=JOURNAL, resume=True, zipped=zipped))
    assert result.resumed > 0
    assert (target.with_name("out.zip") if zipped else target).exists()


def test_names_that_had_been_given_are_taken_back(source: Path, target: Path, tmp_path: Path) -> None:
    rename = os.rename
    child = os.fork()
    if not child:

        def once_and_no_more(source_path: str, target_path: str) -> None:
            rename(source_path, target_path)
            os._exit(9)

        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr(os, "rename", once_and_no_more)
            export(request_for(source, target, journal=JOURNAL))
    os.waitpid(child, 0)
    assert [path.exists() for path in sidecars_of(target)] == [True, False, False]
    result = export(request_for(source, target, journal=JOURNAL, resume=True))
    assert result.resumed == len(NAMES)
    assert digests(target) == reference(source, tmp_path / "reference")
    assert all(path.exists() for path in sidecars_of(target))


def test_a_second_interruption_is_resumed_too(source: Path, target: Path) -> None:
    killed_at(source, target, at_the(6))
    killed_at(source, target, at_the(19), resume=True)
    found = find_interrupted(target_names(str(target)))
    assert found is not None
    assert found.journal == JOURNAL
    assert export(request_for(source, target, journal=JOURNAL, resume=True)).resumed >= 12


def test_what_is_found_is_told(source: Path, target: Path) -> None:
    names = target_names(str(target))
    assert find_interrupted(names) is None
    killed_at(source, target, at_the(15))
    found = find_interrupted(names)
    assert found is not None
    files = list((staging_of(target) / "files").iterdir())
    assert (found.files, found.total_bytes) == (len(files), sum(path.stat().st_size for path in files))
    assert not found.published
    assert found.journal == JOURNAL
    journal = staging_of(target) / "journal"
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    assert stat.S_IMODE(staging_of(target).stat().st_mode) == 0o700


def test_without_a_journal_it_can_be_cleared(source: Path, target: Path) -> None:
    killed_at(source, target, at_the(15))
    journal = staging_of(target) / "journal"
    journal.write_bytes(journal.read_bytes()[:-10])
    found = find_interrupted(target_names(str(target)))
    assert found is not None
    assert found.journal is None
    clear_interrupted(target_names(str(target)))
    assert not staging_of(target).exists()
    assert not any(path.exists() for path in sidecars_of(target))


def test_clearing_what_was_killed_while_it_was_removed(source: Path, target: Path) -> None:
    killed_at(source, target, at_the(15))
    for path in (staging_of(target) / "files").iterdir():
        path.unlink()
    (staging_of(target) / "files").rmdir()
    (staging_of(target) / "journal").unlink()
    clear_interrupted(target_names(str(target)))
    assert not staging_of(target).exists()


def test_a_folder_of_somebody_else_is_neither_resumed_nor_cleared(source: Path, target: Path) -> None:
    staging_of(target).mkdir()
    (staging_of(target) / "mine.txt").write_text("mine")
    for act in (
        lambda: export(request_for(source, target, journal=JOURNAL, resume=True)),
        lambda: find_interrupted(target_names(str(target))),
        lambda: clear_interrupted(target_names(str(target))),
    ):
        with pytest.raises(OutputError, match="was not made by an export"):
            act()
    assert (staging_of(target) / "mine.txt").read_text() == "mine"


def test_a_link_in_its_place_is_not_followed(source: Path, target: Path, tmp_path: Path) -> None:
    killed_at(source, target, at_the(15))
    elsewhere = tmp_path / "elsewhere"
    staging_of(target).rename(elsewhere)
    staging_of(target).symlink_to(elsewhere)
    with pytest.raises(OutputError, match="was not made by an export"):
        export(request_for(source, target, journal=JOURNAL, resume=True))
    assert (elsewhere / "files" / "00.dcm").exists()


def test_one_that_still_works_is_left_alone(source: Path, target: Path) -> None:
    def look(report: Progress) -> None:
        if report.stage == "writing":
            with pytest.raises(OutputError, match="still works"):
                find_interrupted(target_names(str(target)))
            with pytest.raises(OutputError, match="still works"):
                export(request_for(source, target, journal=JOURNAL, resume=True))

    export(request_for(source, target, journal=JOURNAL, files=files_of(source)[:2]), look)
    assert target.exists()


def test_with_nothing_to_resume_it_starts_afresh(source: Path, target: Path) -> None:
    assert export(request_for(source, target, journal=JOURNAL, resume=True)).resumed == 0
    assert target.exists()


def test_cancelling_leaves_nothing_to_resume(source: Path, target: Path) -> None:
    def cancel(report: Progress) -> None:
        if at_the(5)(report):
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        export(request_for(source, target, journal=JOURNAL), cancel)
    assert not staging_of(target).exists()


# ---- the journal ----------------------------------------------------------------------------------------

TEXTS = st.text(max_size=8)
KEYS = st.builds(RowKey, TEXTS, TEXTS, st.binary(max_size=8))


ROWS = st.lists(st.tuples(KEYS, TEXTS)).map(tuple)


@given(st.builds(Journal, TEXTS, st.just(CREATED), st.tuples(TEXTS), ROWS, st.frozensets(KEYS), ROWS))
def test_a_journal_comes_back(journal: Journal) -> None:
    lines = list(journal_lines(journal))
    assert read_journal(lines) == journal
    assert read_journal(lines[:-1]) is None
    assert read_journal([*lines[:-1], lines[-1][:-3]]) is None
    assert read_journal(lines[1:]) is None


@pytest.mark.parametrize("lines", [[], [b""], [b"[]", b"{}"], [b"\xff"], [b"{}"] * 3, [b'"a"'] * 2])
def test_what_is_no_journal_is_none(lines: list[bytes]) -> None:
    assert read_journal(lines) is None


def test_a_table_of_issued_uids_comes_back() -> None:
    issued, again = IssuedUids(), IssuedUids()
    keys = [
        RowKey("one", "1.2.3"),
        RowKey("one", "1.2.4"),
        RowKey("two", "1.2.3"),
        RowKey("one", "", b"file 1"),
    ]
    made = {key: issued.obtain(key, "instance", SCHEME, lambda _: False) for key in keys}
    again.restore(issued.rows())
    assert dict(again.rows()) == made
    assert {key: again.obtain(key, "instance", SCHEME, lambda _: False) for key in keys} == made


PLAN = Plan((new_intention("instances", (parse_selector("series=1.2"),)),))
SCHEME = make_scheme(SchemeOptions())


def test_the_same_request_has_the_same_digest_and_gets_its_ids_back() -> None:
    again = Plan((new_intention("instances", (parse_selector("series=1.2"),)),))
    assert again != PLAN
    digest = request_digest(["/a"], PLAN, SCHEME, "keep")
    assert digest == request_digest(["/a"], again, SCHEME, "keep")
    journal = Journal(digest, CREATED, tuple(each.id for each in PLAN.intentions), ())
    assert resumed_plan(again, journal, digest) == PLAN


def test_a_plan_made_anew_gets_the_rows_switched_off_and_typed() -> None:
    (intention,) = PLAN.intentions
    off, typed = RowKey(intention.id, "1.2.3"), RowKey(intention.id, "1.2.4")
    with_rows = replace(PLAN, kept=frozenset({off}), by_hand=((typed, "1.2.5"),))
    digest = request_digest(["/a"], with_rows, SCHEME)
    again = Plan((new_intention("instances", (parse_selector("series=1.2"),)),))
    assert request_digest(["/a"], again, SCHEME) == digest
    journal = Journal(digest, CREATED, (intention.id,), (), with_rows.kept, with_rows.by_hand)
    assert resumed_plan(again, journal, digest) == with_rows
    assert resumed_plan(with_rows, journal, digest) == with_rows
    own = replace(again, kept=frozenset({RowKey(again.intentions[0].id, "1.2.3")}))
    with pytest.raises(OutputError, match="other sources or options"):
        resumed_plan(own, journal, digest)
    same = replace(own, by_hand=((RowKey(again.intentions[0].id, "1.2.4"), "1.2.5"),))
    assert resumed_plan(same, journal, digest) == with_rows


def test_another_request_has_another_digest_and_is_refused() -> None:
    digest = request_digest(["/a"], PLAN, SCHEME, "keep")
    others = [
        request_digest(["/b"], PLAN, SCHEME, "keep"),
        request_digest(["/a"], PLAN, SCHEME, "media"),
        request_digest(["/a"], replace(PLAN, acknowledged=True), SCHEME, "keep"),
        request_digest(["/a"], Plan((new_intention("instances"),)), SCHEME, "keep"),
        request_digest(["/a"], PLAN, make_scheme(SchemeOptions("root-random", root="1.2.3")), "keep"),
        *(
            request_digest(["/a"], PLAN, make_scheme(SchemeOptions("keyed", key=key * 32)), "keep")
            for key in (b"a", b"b")
        ),
    ]
    assert len({digest, *others}) == len(others) + 1
    journal = Journal(digest, CREATED, ("one",), ())
    for other in others:
        with pytest.raises(OutputError, match="other sources or options"):
            resumed_plan(PLAN, journal, other)
