"""The layout for media: legal names, and a DICOMDIR whose records lead to every file and agree with it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset, FileDataset
from pydicom.fileset import FileSet

from tests.builders import Study, clean_sets, ct_series, rt_set, set_unchecked, sr
from tests.core.export.requests import files_of, request_for, sidecars_of, staging_of, state_of
from tests.judges import Verdict, dcmdump, dcmmkdir
from tests.watch import SourceFolders
from uidscope.core.errors import DecisionNeeded, OutputError, UsageError, VerificationError
from uidscope.core.export.export import export
from uidscope.core.export.layout import output_names
from uidscope.core.export.request import ExportRequest, FilledKey, Place
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.dicomdir import directory_records


def media_request(source: Path, target: Path, **more: Any) -> ExportRequest:
    """All files of a folder, unchanged, by the studies and series that they say."""
    files = [
        replace(file, place=_place(dcmread(file.path, force=True)))
        for file in files_of(source, changed="unchanged")
    ]
    return request_for(source, target, files=tuple(files), layout="media", **more)


def _place(dataset: Dataset) -> Place:
    keys = ("PatientID", "StudyInstanceUID", "SeriesInstanceUID", "Modality")
    return Place(*(str(dataset.get(key, "")) for key in keys))


def nothing_published(target: Path) -> bool:
    return not any(os.path.lexists(path) for path in (target, *sidecars_of(target), staging_of(target)))


@pytest.fixture
def everything(make_source: SourceFolders) -> Path:
    return make_source([dataset for datasets in clean_sets().values() for dataset in datasets])


def test_every_record_leads_to_its_file_by_two_readers(everything: Path, tmp_path: Path) -> None:
    result = export(media_request(everything, tmp_path / "out", file_set_id="TEST SET"))
    names = [file.output for file in result.files]
    listed = {
        instance.path: (instance.PatientID, instance.StudyInstanceUID, instance.SOPInstanceUID)
        for instance in file_set(tmp_path / "out")
    }
    assert listed == {str(tmp_path / "out" / name): _keys(dcmread(tmp_path / "out" / name)) for name in names}
    with open_window(str(tmp_path / "out" / "DICOMDIR")) as window:
        assert ["/".join(record.file_id) for record in directory_records(window)] == names
    assert result.directory is not None
    assert (result.directory.file_set_id, result.directory.filled) == ("TEST SET", ())
    assert dcmread(tmp_path / "out" / "DICOMDIR").FileSetID == "TEST SET"


def _keys(dataset: Dataset) -> tuple[str, str, str]:
    return dataset.PatientID, dataset.StudyInstanceUID, dataset.SOPInstanceUID


def file_set(folder: Path) -> FileSet:
    """pydicom's reading, that must find nothing odd; its temporary folder is not ours to keep."""
    found = FileSet(folder / "DICOMDIR")
    found._stage["t"].cleanup()
    return found


def test_names_are_file_ids_and_bytes_are_the_sources(everything: Path, tmp_path: Path) -> None:
    result = export(media_request(everything, tmp_path / "out"))
    for file in result.files:
        components = file.output.split("/")
        assert len(components) <= 8
        assert all(re.fullmatch(r"[A-Z0-9_]{1,8}", component) for component in components)
        assert (tmp_path / "out" / file.output).read_bytes() == (everything / file.source).read_bytes()
    assert sorted(state_of(tmp_path / "out")) == sorted(["DICOMDIR", *(file.output for file in result.files)])


def test_dcmtk_accepts_it(everything: Path, tmp_path: Path) -> None:
    result = export(media_request(everything, tmp_path / "out"))
    dump = dcmdump(tmp_path / "out" / "DICOMDIR")
    assert result.directory is not None
    assert dump.count('"Directory Record"') == result.directory.records
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path / "out", copy)
    names = [file.output for file in result.files]
    ct = [name for name in names if dcmread(copy / name).Modality == "CT"]
    # It reads our DICOMDIR, finds the records of these files and writes them again.
    assert dcmmkdir(copy, ct, copy / "DICOMDIR", "+U") == Verdict((), ())
    assert len(file_set(copy)) == len(names)


def test_a_missing_key_is_filled_in_the_record_alone_and_told(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    image = ct_series(1)[0]
    for name in ("PatientID", "StudyID", "StudyTime", "SeriesNumber", "InstanceNumber"):
        set_unchecked(image, name, "")
    del image.StudyDate
    source = make_source([image])
    dry = export(media_request(source, tmp_path / "out", dry_run=True))
    result = export(media_request(source, tmp_path / "out"))
    assert result.directory is not None
    assert dry.directory is not None
    output = "PT000001/ST000001/SE000001/IM000001"
    told = {key.attribute: key.value for key in result.directory.filled}
    assert told == {
        "StudyDate": str(image.ContentDate),  # the nearest date that there is
        "PatientID": "PT000001",
        "StudyTime": "000000",
        "StudyID": "ST000001",
        "SeriesNumber": "1",
        "InstanceNumber": "1",
    }
    assert {key.output for key in result.directory.filled} == {output}
    assert dry.directory.filled == result.directory.filled
    assert FilledKey(output, "PATIENT", "PatientID", "PT000001") in result.directory.filled
    (instance,) = file_set(tmp_path / "out")
    assert (instance.PatientID, instance.StudyID) == ("PT000001", "ST000001")
    assert dcmread(tmp_path / "out" / output).PatientID == ""


def test_what_has_no_record_is_listed_and_nothing_is_written(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    images = ct_series(3)
    for image in images[:2]:
        set_unchecked(image, "SOPClassUID", "1.2.826.0.1.3680043.9.9999.1")
    source = make_source(images)
    for dry_run in (True, False):
        with pytest.raises(DecisionNeeded, match="another layout") as told:
            export(media_request(source, tmp_path / "out", dry_run=dry_run))
        assert len(told.value.decisions) == 2
        assert all("no record for objects of its SOP class" in each for each in told.value.decisions)
        assert nothing_published(tmp_path / "out")


def test_a_key_that_nobody_may_invent_is_asked_about(make_source: SourceFolders, tmp_path: Path) -> None:
    rt = rt_set(1)
    del rt.dose.DoseSummationType
    with pytest.raises(DecisionNeeded) as told:
        export(media_request(make_source(rt.all), tmp_path / "out"))
    (sentence,) = told.value.decisions
    assert "Dose Summation Type" in sentence


def test_a_bare_file_gets_the_head_that_media_demand(make_source: SourceFolders, tmp_path: Path) -> None:
    source = make_source(ct_series(1), preamble=False, meta=False)
    result = export(media_request(source, tmp_path / "out"))
    written = dcmread(tmp_path / "out" / result.files[0].output)
    original = dcmread(source / result.files[0].source, force=True)
    assert written.file_meta.MediaStorageSOPInstanceUID == original.SOPInstanceUID
    assert {element.tag: element.value for element in written} == {
        element.tag: element.value for element in original
    }
    assert "meta-added" in {entry.reason for entry in result.entries}


def test_a_report_is_listed_without_its_findings(make_source: SourceFolders, tmp_path: Path) -> None:
    images = ct_series(1)
    export(media_request(make_source([sr(images)]), tmp_path / "out"))
    records = dcmread(tmp_path / "out" / "DICOMDIR").DirectoryRecordSequence
    (report,) = [record for record in records if record.DirectoryRecordType == "SR DOCUMENT"]
    assert "ConceptNameCodeSequence" in report
    assert all(item.RelationshipType == "HAS CONCEPT MOD" for item in report.get("ContentSequence", []))


def test_names_in_other_letters_stay_readable(make_source: SourceFolders, tmp_path: Path) -> None:
    image = ct_series(1)[0]
    image.SpecificCharacterSet = "ISO_IR 192"
    image.PatientName = "ТЕСТ^АЛЬФА"
    export(media_request(make_source([image]), tmp_path / "out"))
    records = dcmread(tmp_path / "out" / "DICOMDIR").DirectoryRecordSequence
    assert (records[0].SpecificCharacterSet, records[0].PatientName) == ("ISO_IR 192", "ТЕСТ^АЛЬФА")


def test_two_patients_with_two_studies_are_a_tree(make_source: SourceFolders, tmp_path: Path) -> None:
    def of(number: int, patient: str) -> list[FileDataset]:
        images = ct_series(2, study=Study(number))
        for image in images:
            image.PatientID = patient
        return images

    # Interleaved, so that records of one patient come after those of the other.
    source = make_source([*of(1, "TEST-A"), *of(2, "TEST-B"), *of(3, "TEST-A")])
    result = export(media_request(source, tmp_path / "out"))
    assert result.directory is not None
    assert result.directory.records == 2 + 3 + 3 + 6
    found = file_set(tmp_path / "out")
    assert found.find_values("PatientID") == ["TEST-A", "TEST-B"]
    assert len(found.find(PatientID="TEST-A")) == 4
    assert len(found.find(PatientID="TEST-B")) == 2


@pytest.mark.parametrize("file_set_id", ["lower", "SEVENTEEN_LETTERS", "A\\B", "Ä"])
def test_a_file_set_id_that_may_not_be_is_refused(everything: Path, tmp_path: Path, file_set_id: str) -> None:
    with pytest.raises(UsageError, match="file-set ID"):
        export(media_request(everything, tmp_path / "out", file_set_id=file_set_id))
    with pytest.raises(UsageError, match="layout"):
        export(request_for(everything, tmp_path / "out", file_set_id="GOOD"))


def test_more_files_than_there_are_names_are_refused(everything: Path, tmp_path: Path) -> None:
    request = media_request(everything, tmp_path / "out")
    many = [replace(request.files[0], occurrence=number) for number in range(5)]
    assert len(output_names(replace(request, files=tuple(many)))) == 5
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("uidscope.core.export.layout._MOST_ON_MEDIA", 4)
        with pytest.raises(OutputError, match="names for 4 files"):
            output_names(replace(request, files=tuple(many)))


LEADS_NOWHERE = b"\x04\x00\x20\x14UL\x04\x00" + bytes(4)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="the test needs /proc")
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"IM000002", b"IM000003"),
        lambda data: data.replace(b"IM000002", b"IM000009"),
        lambda data: data[: len(data) // 2],
        # The study's offset of its series: both readers must be asked, one of them follows no offsets.
        lambda data: data.replace(data[data.find(b"\x04\x00\x20\x14UL") :][:12], LEADS_NOWHERE, 1),
    ],
    ids=["a name twice", "a file that is not there", "cut", "an offset"],
)
def test_a_dicomdir_spoilt_on_the_disk_is_not_published(
    make_source: SourceFolders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[bytes], bytes],
) -> None:
    source = make_source(ct_series(3))
    request = media_request(source, tmp_path / "out")
    sync = os.fsync

    def spoil(descriptor: int) -> None:
        sync(descriptor)
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        if path.endswith("DICOMDIR"):
            whole = Path(path).read_bytes()
            assert change(whole) != whole
            Path(path).write_bytes(change(whole))

    monkeypatch.setattr(os, "fsync", spoil)
    with pytest.raises(VerificationError, match="DICOMDIR"):
        export(request)
    monkeypatch.undo()
    assert nothing_published(tmp_path / "out")
