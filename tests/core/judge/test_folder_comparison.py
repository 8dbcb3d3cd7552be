"""Two folders compared: what is missing, extra, changed, or the same."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pydicom.dataset import FileDataset

from tests.builders import (
    JPEG_LS_LOSSLESS,
    Study,
    ct_series,
    encapsulated,
    encoded,
    run_length_encoded,
)
from tests.core.judge.folders import loaded_folder
from tests.watch import SourceFolders
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.errors import Cancelled
from uidscope.core.judge.folder_comparison import (
    ATTRIBUTES_KEPT,
    FolderComparison,
    InstanceDifference,
    compare_folders,
)
from uidscope.core.progress import CancelToken, Progress

Files = Mapping[str, bytes]
Compare = Callable[..., FolderComparison]


@pytest.fixture
def compare(make_source: SourceFolders) -> Compare:
    """Compares folders of these files; ``then`` changes them once they are loaded."""

    def run(first: Files, second: Files, then: Callable[[], object] = lambda: None) -> FolderComparison:
        folders = [
            make_source(files=dict(files), folder=name)
            for name, files in (("first", first), ("second", second))
        ]
        with loaded_folder(folders[0]) as left, loaded_folder(folders[1]) as right:
            then()
            for folder in folders:
                make_source.watch(folder)
            return compare_folders(left, right)

    return run


def images(number: int = 3, study: Study | None = None) -> list[FileDataset]:
    return ct_series(number, study=study or Study())


def files(datasets: list[FileDataset]) -> dict[str, bytes]:
    return {f"{number}.dcm": encoded(dataset) for number, dataset in enumerate(datasets)}


def changed(dataset: FileDataset, **values: object) -> FileDataset:
    other = copy.deepcopy(dataset)
    for keyword, value in values.items():
        setattr(other, keyword, value)
    return other


def with_other_pixels(dataset: FileDataset) -> FileDataset:
    return changed(dataset, PixelData=dataset.PixelData[:-2] + b"\1\1")


def only(result: FolderComparison) -> InstanceDifference:
    (difference,) = result.differences
    return difference


def test_the_same_files_under_other_names(compare: Compare) -> None:
    made = files(images())
    result = compare(made, {f"archive/{number}": file for number, file in enumerate(made.values())})
    assert result.counts == {"same": 3}
    assert result.differences == []
    assert result.same_content
    assert not result.different_content


def test_two_empty_folders(compare: Compare) -> None:
    result = compare({}, {})
    assert (result.counts.total(), result.studies) == (0, [])
    assert result.same_content


@pytest.mark.parametrize(
    ("second", "status", "same_content"),
    [
        (encoded(images(1)[0]), "same", True),
        (encoded(images(1)[0], transfer_syntax="explicit-be"), "re-encoded", True),
        (encoded(images(1)[0], meta=False, preamble=False), "re-encoded", True),
        (run_length_encoded(images(1)[0]), "re-encoded", True),
        (encoded(changed(images(1)[0], PatientName="TEST^BETA")), "header-changed", False),
        (encoded(changed(images(1)[0], WindowCenter=40)), "header-changed", False),
        (encoded(with_other_pixels(images(1)[0])), "pixels-changed", False),
        (encoded(changed(with_other_pixels(images(1)[0]), WindowCenter=40)), "pixels-changed", False),
        (encapsulated(images(1)[0], [b"stream"], JPEG_LS_LOSSLESS), "not-compared", False),
        (encoded(images(1)[0])[:-10], "not-compared", False),
    ],
)
def test_what_became_of_an_instance(compare: Compare, second: bytes, status: str, same_content: bool) -> None:
    result = compare(files(images(1)), {"x": second})
    assert result.counts == {status: 1}
    assert result.same_content == same_content
    assert [each.status for each in result.differences] == ([] if status == "same" else [status])


def test_which_attributes_differ(compare: Compare) -> None:
    (image,) = images(1)
    other = changed(image, PatientName="TEST^BETA", WindowCenter=40)
    difference = only(compare(files([image]), files([other])))
    assert [(each.path, each.level) for each in difference.attributes] == [
        ("PatientName", "patient"),
        ("WindowCenter", "instance"),
    ]
    assert difference.attribute_count == 2
    assert difference.pixels == ("equal", "decoded values")


def test_of_many_attributes_the_first_are_kept(compare: Compare) -> None:
    (image,) = images(1)
    other = copy.deepcopy(image)
    for number in range(ATTRIBUTES_KEPT + 10):
        other.add_new(0x0029_1000 + number, "LO", "X")
    difference = only(compare(files([image]), files([other])))
    assert len(difference.attributes) == ATTRIBUTES_KEPT
    assert difference.attribute_count == ATTRIBUTES_KEPT + 10


def test_missing_and_extra_by_study(compare: Compare) -> None:
    here, there = images(3, Study(1)), images(2, Study(2))
    result = compare(files(here), files([*here[1:], *there]))
    assert [(study.uid, dict(study.counts)) for study in result.studies] == [
        (here[0].StudyInstanceUID, {"missing": 1, "same": 2}),
        (there[0].StudyInstanceUID, {"extra": 2}),
    ]
    assert [(each.status, each.uid) for each in result.differences] == [
        ("missing", here[0].SOPInstanceUID),
        *(("extra", each.SOPInstanceUID) for each in there),
    ]
    assert result.studies[0].description == here[0].StudyDescription
    assert result.different_content


def test_an_instance_that_was_moved_is_compared_where_it_is(compare: Compare) -> None:
    (image,) = images(1)
    moved = changed(image, SeriesInstanceUID=f"{image.SeriesInstanceUID}.1")
    difference = only(compare(files([image]), files([moved])))
    assert difference.status == "header-changed"
    assert [each.pattern for each in difference.attributes] == ["SeriesInstanceUID"]
    assert difference.series_uid == image.SeriesInstanceUID


def test_an_instance_in_two_series_is_compared_in_each(compare: Compare) -> None:
    (image,) = images(1)
    moved = changed(image, SeriesInstanceUID=f"{image.SeriesInstanceUID}.1")
    assert compare(files([image, moved]), files([image, moved])).counts == {"same": 2}


def test_one_of_two_series_is_missing_or_extra(compare: Compare) -> None:
    (image,) = images(1)
    moved = changed(image, SeriesInstanceUID=f"{image.SeriesInstanceUID}.1")
    result = compare(files([image, moved]), files([image]))
    assert result.counts == {"same": 1, "missing": 1}
    assert only(result).series_uid == moved.SeriesInstanceUID


def test_one_series_more_is_extra(compare: Compare) -> None:
    (image,) = images(1)
    moved = changed(image, SeriesInstanceUID=f"{image.SeriesInstanceUID}.1")
    result = compare(files([image]), files([moved, image]))
    assert result.counts == {"same": 1, "extra": 1}
    assert only(result).series_uid == moved.SeriesInstanceUID


def test_identical_copies_are_one_instance(compare: Compare) -> None:
    (image,) = images(1)
    assert compare(files([image, image]), files([image])).counts == {"same": 1}


def test_of_several_copies_the_gravest_difference_counts(compare: Compare) -> None:
    (image,) = images(1)
    edited, other = changed(image, PatientName="TEST^BETA"), with_other_pixels(image)
    difference = only(compare(files([image, edited, other]), files([image, edited])))
    assert difference.status == "pixels-changed"
    assert (len(difference.first), len(difference.second)) == (3, 2)


def test_a_further_copy_with_other_content_is_a_difference(compare: Compare) -> None:
    (image,) = images(1)
    difference = only(compare(files([image]), files([image, changed(image, PatientName="TEST^BETA")])))
    assert difference.status == "header-changed"


def test_objects_without_uid_are_paired_by_their_bytes(compare: Compare) -> None:
    nameless = [changed(image, SOPInstanceUID="") for image in images(3)]
    result = compare(files(nameless[:2]), files(nameless[1:]))
    assert result.counts == {"same": 1, "missing": 1, "extra": 1}
    assert {each.uid for each in result.differences} == {""}


def test_files_that_are_no_dicom_do_not_count(compare: Compare) -> None:
    made = files(images(1))
    result = compare(made, {**made, "notes.txt": b"no DICOM"})
    assert result.same_content
    assert (result.first_unread, result.second_unread) == (0, 0)


def test_a_file_that_cannot_be_opened_leaves_the_question_open(
    make_source: SourceFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = files(images(2))
    first, second = (make_source(files=made, folder=name) for name in ("first", "second"))

    real = os.open

    def refused(path: str | bytes, *arguments: int, **more: int) -> int:
        if os.fsdecode(path).endswith(os.path.join("second", "1.dcm")):
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **more)

    with loaded_folder(first) as left:
        monkeypatch.setattr(os, "open", refused)
        with loaded_folder(second) as right:
            result = compare_folders(left, right)
    assert result.counts == {"same": 1, "missing": 1}
    assert (result.first_unread, result.second_unread) == (0, 1)
    assert not result.same_content


@pytest.mark.parametrize("copies", [1, 2])
def test_a_file_that_has_changed_is_not_compared(compare: Compare, tmp_path: Path, copies: int) -> None:
    made = files(images(1) * copies)
    difference = only(compare(made, made, then=lambda: (tmp_path / "second" / "0.dcm").write_bytes(b"other")))
    assert (difference.status, difference.obstacle) == ("not-compared", "unreadable")


def test_broken_files_that_are_the_same_are_the_same(compare: Compare) -> None:
    cut = {"a": encoded(images(1)[0])[:-10]}
    assert compare(cut, cut).counts == {"same": 1}


def test_the_files_of_a_difference_are_those_of_its_own_folder(make_source: SourceFolders) -> None:
    (image,) = images(1)
    first = make_source(files={"a/1.dcm": encoded(image)}, folder="first")
    second = make_source(files={"b/2.dcm": encoded(with_other_pixels(image))}, folder="second")
    with loaded_folder(first) as left, loaded_folder(second) as right:
        difference = only(compare_folders(left, right))
        assert list(display_paths(left, difference.first).values()) == ["a/1.dcm"]
        assert list(display_paths(right, difference.second).values()) == ["b/2.dcm"]


def test_progress_and_cancel(make_source: SourceFolders) -> None:
    folders = [make_source(files=files(images(3)), folder=name) for name in ("first", "second")]
    reports: list[Progress] = []
    with loaded_folder(folders[0]) as left, loaded_folder(folders[1]) as right:
        compare_folders(left, right, progress=reports.append)
        assert {report.stage for report in reports} == {"comparing"}
        assert [report.done for report in reports] == sorted(report.done for report in reports)
        assert (reports[-1].done, reports[-1].total) == (6, 6)
        token = CancelToken()
        with pytest.raises(Cancelled):
            compare_folders(left, right, progress=lambda _: token.cancel(), cancel=token)


def test_work_grows_with_the_number_of_instances(make_source: SourceFolders) -> None:
    """Statements for 30 and for 300 instances: the same number for each."""

    def statements(number: int) -> int:
        made = files(images(number))
        folders = [make_source(files=made, folder=f"{name}{number}") for name in ("first", "second")]
        with loaded_folder(folders[0]) as left, loaded_folder(folders[1]) as right:
            counted: list[str] = []
            left.connection.set_trace_callback(counted.append)
            right.connection.set_trace_callback(counted.append)
            compare_folders(left, right)
            left.connection.set_trace_callback(None)
            right.connection.set_trace_callback(None)
        return len(counted)

    few, many = statements(30), statements(300)
    assert many < 11 * few
