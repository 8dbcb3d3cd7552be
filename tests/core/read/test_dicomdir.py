"""The records of a DICOMDIR as the reader sees them, held against pydicom's view of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset
from pydicom.sequence import Sequence

from tests.builders import ct_series, encoded, mr_series_with_localizers, set_unchecked
from tests.core.judge.media import write_media
from uidscope.core.read.byte_window import memory_window, open_window
from uidscope.core.read.dicomdir import DirectoryRecord, EntityRecord, directory_records


def records(data: bytes) -> list[DirectoryRecord]:
    return list(directory_records(memory_window(data)))


def a_record(*file_id: str, **elements: str | int) -> Dataset:
    item = Dataset()
    item.DirectoryRecordType = "IMAGE"
    item.RecordInUseFlag = 0xFFFF
    if file_id:
        set_unchecked(item, "ReferencedFileID", list(file_id))
    for keyword, value in elements.items():
        setattr(item, keyword, value)
    return item


def dicomdir(*items: Dataset, undefined_lengths: bool = False) -> bytes:
    template = ct_series(1)[0]
    dataset = Dataset()
    dataset.FileSetID = "TEST"
    dataset.DirectoryRecordSequence = Sequence(items)
    dataset.file_meta = template.file_meta
    return encoded(dataset, undefined_lengths=undefined_lengths)


def test_a_file_set_of_the_library(tmp_path: Path) -> None:
    write_media(tmp_path / "media", [*ct_series(3), *mr_series_with_localizers().all])
    file = tmp_path / "media" / "DICOMDIR"
    expected = [
        DirectoryRecord(
            tuple(each.ReferencedFileID),
            each.ReferencedSOPClassUIDInFile,
            each.ReferencedSOPInstanceUIDInFile,
            each.ReferencedTransferSyntaxUIDInFile,
        )
        for each in dcmread(file).DirectoryRecordSequence
        if "ReferencedFileID" in each
    ]
    assert len(expected) > 5
    with open_window(str(file)) as window:
        assert [each._replace(above=()) for each in directory_records(window)] == expected


def test_what_the_offsets_place_above_an_object(tmp_path: Path) -> None:
    sources = [*ct_series(2), *mr_series_with_localizers().all]
    write_media(tmp_path / "media", sources)
    by_uid = {source.SOPInstanceUID: source for source in sources}
    with open_window(str(tmp_path / "media" / "DICOMDIR")) as window:
        found = {each.instance_uid: each.above for each in directory_records(window)}
    assert found == {
        uid: (
            EntityRecord("series", source.SeriesInstanceUID),
            EntityRecord("study", source.StudyInstanceUID),
            EntityRecord("patient", source.PatientID),
        )
        for uid, source in by_uid.items()
    }


@pytest.mark.parametrize(("of_study", "of_image"), [(0, 0), (1, 1), (1, 0), (0, 1)])
def test_offsets_in_a_circle_end(of_study: int, of_image: int) -> None:
    """Each record says that one of the two, maybe itself, is the next and the first below it."""

    def medium(*offsets: int) -> bytes:
        links = [
            {"OffsetOfTheNextDirectoryRecord": each, "OffsetOfReferencedLowerLevelDirectoryEntity": each}
            for each in offsets
        ]
        study = a_record(DirectoryRecordType="STUDY", StudyInstanceUID="1.2.3", **links[0])
        return dicomdir(study, a_record("IMAGES", **links[1]))

    starts = [at for at in range(len(medium(0, 0))) if medium(0, 0).startswith(b"\xfe\xff\x00\xe0", at)]
    (record,) = records(medium(starts[of_study], starts[of_image]))
    assert set(record.above) <= {EntityRecord("study", "1.2.3")}


@pytest.mark.parametrize(("implicit", "little"), [(False, True), (True, True), (False, False)])
def test_every_encoding_and_no_file_meta(implicit: bool, little: bool) -> None:
    dataset = Dataset()
    dataset.SpecificCharacterSet = "ISO_IR 100"
    dataset.Modality = "OT"
    dataset.SOPInstanceUID = "1.3.6.1.4.1.32473.1"
    dataset.DirectoryRecordSequence = Sequence(
        [a_record(), a_record("IMAGES", "1", ReferencedSOPInstanceUIDInFile="1.3.6.1.4.1.32473.7")]
    )
    dataset.DirectoryRecordSequence[0].StudyInstanceUID = "1.3.6.1.4.1.32473.9"
    buffer = DicomBytesIO()
    buffer.is_implicit_VR, buffer.is_little_endian = implicit, little
    # The reader wants group 0008 first where there is no file meta, so the records come behind it.
    sequence = dataset.pop("DirectoryRecordSequence")
    write_dataset(buffer, dataset)
    tail = Dataset()
    tail[sequence.tag] = sequence
    write_dataset(buffer, tail)
    assert records(buffer.getvalue()) == [DirectoryRecord(("IMAGES", "1"), "", "1.3.6.1.4.1.32473.7", "")]


@pytest.mark.parametrize("undefined_lengths", [False, True])
def test_icons_and_other_items_inside_a_record_are_stepped_over(undefined_lengths: bool) -> None:
    icon = Dataset()
    icon.Rows = icon.Columns = 1
    icon.ReferencedImageSequence = [a_record("NOT", "THIS")]
    first = a_record("IMAGES", "1")
    first.IconImageSequence = [icon, icon]
    data = dicomdir(first, a_record("IMAGES", "2"), undefined_lengths=undefined_lengths)
    assert [each.file_id for each in records(data)] == [("IMAGES", "1"), ("IMAGES", "2")]


def test_records_that_name_no_file_or_are_not_in_use_are_left_out() -> None:
    data = dicomdir(a_record(), a_record("OLD", RecordInUseFlag=0), a_record("NEW"))
    assert [each.file_id for each in records(data)] == [("NEW",)]


def test_a_name_is_given_as_it_stands() -> None:
    data = dicomdir(a_record("..", "..", "etc"), a_record("images ", "a.dcm"))
    assert [each.file_id for each in records(data)] == [("..", "..", "etc"), ("images", "a.dcm")]


@given(st.data())
def test_whatever_is_cut_or_changed_gives_a_part_and_no_error(data: st.DataObject) -> None:
    whole = dicomdir(*(a_record("IMAGES", f"{number}") for number in range(4)))
    end = data.draw(st.integers(0, len(whole)))
    assert records(whole[:end]) == records(whole)[: len(records(whole[:end]))]
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(132, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert len(records(bytes(changed))) <= len(whole)
