"""ENT-01 to ENT-07: one finding for each SOP Instance UID that several files bear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.core.judge.scene import MR, SERIES, STUDY, Judged, an_object, instance, judged, loaded, stamp_of
from tests.watch import SourceFolders
from uidscope.core.errors import Cancelled
from uidscope.core.judge.judge import judge
from uidscope.core.progress import CancelToken, Progress
from uidscope.core.read.record import FileRecord

UID = instance(1)
CODES = ("ENT-07", "ENT-06", "ENT-05", "ENT-01", "ENT-04", "ENT-03", "ENT-02")


@pytest.fixture
def judged_files(tmp_path: Path, make_source: SourceFolders) -> Callable[..., Judged]:
    """Judges files with these contents; ``records`` makes the record of a path, ``then`` changes files."""

    def run(
        contents: Mapping[str, bytes],
        record: Callable[[str], FileRecord] = lambda path: an_object(path, UID),
        then: Callable[[Path], object] | None = None,
    ) -> Judged:
        folder = tmp_path / "copies"
        folder.mkdir()
        for path, content in contents.items():
            (folder / path).write_bytes(content)
        records = [record(path)._replace(stamp=stamp_of(folder / path)) for path in contents]
        if then is not None:
            then(folder)
        make_source.watch(folder)
        return judged(records, folder)

    return run


def test_426_files_of_one_instance_are_one_finding(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({f"{number}": b"%d" % number for number in range(426)})
    finding = found.one("ENT-01")
    assert (finding.level, finding.uid, finding.severity) == ("instance", UID, "error")
    assert len(finding.occurrences) == 426
    assert finding.facts == {"contents": 426, "unreadable": 0}
    assert found.codes() == {"ENT-01"}


def test_the_same_bytes_are_identical(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({"a": b"x" * 3_000_000, "b": b"x" * 3_000_000})
    assert found.codes() == {"ENT-02"}
    assert found.one("ENT-02").severity == "info"


def test_one_other_byte_is_a_conflict(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({"a": b"x" * 3_000_000, "b": b"x" * 2_999_999 + b"y", "c": b"x" * 3_000_000})
    assert found.codes() == {"ENT-01"}
    assert found.one("ENT-01").facts["contents"] == 2


def test_a_file_that_is_gone_counts_as_different(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({"a": b"x", "b": b"x"}, then=lambda folder: (folder / "b").unlink())
    assert found.one("ENT-01").facts == {"contents": 1, "unreadable": 1}


def test_a_file_that_changed_since_it_was_read_counts_as_different(
    judged_files: Callable[..., Judged],
) -> None:
    found = judged_files({"a": b"x", "b": b"x"}, then=lambda folder: (folder / "b").write_bytes(b"xx"))
    assert found.one("ENT-01").facts["unreadable"] == 1


@pytest.mark.parametrize(
    ("code", "facts", "of_b"),
    [
        ("ENT-06", {"series_count": 2, "study_count": 1}, {"SeriesInstanceUID": f"{SERIES}.1"}),
        ("ENT-06", {"series_count": 1, "study_count": 2}, {"StudyInstanceUID": f"{STUDY}.1"}),
        ("ENT-07", {}, {"SOPClassUID": MR}),
        ("ENT-07", {}, {"SOPClassUID": MR, "SeriesInstanceUID": f"{SERIES}.1"}),
    ],
)
def test_the_first_rule_that_holds_is_the_only_one(
    judged_files: Callable[..., Judged], code: str, facts: Mapping[str, int], of_b: Mapping[str, str]
) -> None:
    found = judged_files(
        {"a": b"x", "b": b"x"}, lambda path: an_object(path, UID, attributes=of_b if path == "b" else None)
    )
    assert [finding.rule for finding in found.findings if finding.rule in CODES] == [code]
    assert facts.items() <= found.one(code).facts.items()
    assert found.files(found.one(code)) == {"a", "b"}


@pytest.mark.parametrize("keyword", ["SeriesInstanceUID", "StudyInstanceUID", "SOPClassUID"])
def test_a_copy_that_does_not_say_where_it_belongs_contradicts_nobody(
    judged_files: Callable[..., Judged], keyword: str
) -> None:
    found = judged_files(
        {"a": b"x", "b": b"y"},
        lambda path: an_object(path, UID, attributes={keyword: None} if path == "b" else None),
    )
    assert [finding.rule for finding in found.findings if finding.rule in CODES] == ["ENT-01"]


def test_a_study_under_two_patients_is_no_second_study(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({"a": b"x", "b": b"y"}, lambda path: an_object(path, UID, PatientID=path))
    assert {finding.rule for finding in found.findings} == {"ENT-01", "ENT-11"}


def test_different_instances_and_those_without_uid_are_no_copies(judged_files: Callable[..., Judged]) -> None:
    uids = {"a": UID, "b": instance(2), "c": "", "d": ""}
    found = judged_files(dict.fromkeys(uids, b"x"), lambda path: an_object(path, uids[path]))
    assert not found.codes() & set(CODES)


def test_comparing_can_be_cancelled(tmp_path: Path) -> None:
    token = CancelToken()

    def stop_late(progress: Progress) -> None:
        if progress.done == progress.total - 1:
            token.cancel()

    with loaded([an_object("a", UID), an_object("b", UID)], tmp_path) as catalog, pytest.raises(Cancelled):
        list(judge(catalog, stop_late, token))
