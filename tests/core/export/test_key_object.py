"""What a rejection note says by itself, whatever the old objects say of themselves."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, ExplicitVRLittleEndian

from uidscope.core.errors import InputError
from uidscope.core.export.key_object import rejection_note
from uidscope.core.export.write_files import OldObject

_CT = "1.2.840.10008.5.1.4.1.1.2"
_ECG = "1.2.840.10008.5.1.4.1.1.9.1.1"
_TYPE_2 = (
    "StudyDate",
    "StudyTime",
    "AccessionNumber",
    "ReferringPhysicianName",
    "PatientName",
    "PatientID",
    "PatientBirthDate",
    "PatientSex",
    "StudyID",
)
_OF_PATIENT_AND_STUDY = {
    "StudyDate": "20240102",
    "StudyTime": "101112",
    "AccessionNumber": "A1",
    "ReferringPhysicianName": "TEST^REFERRER",
    "StudyDescription": "A study",
    "PatientName": "TEST^ALPHA",
    "PatientID": "TEST-0001",
    "IssuerOfPatientID": "TEST",
    "PatientBirthDate": "19800102",
    "PatientSex": "F",
    "StudyInstanceUID": "1.2.3.1",
    "StudyID": "7",
}


def _write(folder: Path, **values: object) -> str:
    dataset = Dataset()
    for name, value in values.items():
        setattr(dataset, name, value)
    dataset.SOPClassUID, dataset.SOPInstanceUID = _CT, "1.2.3.3"
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = UID(_CT)
    dataset.file_meta.MediaStorageSOPInstanceUID = UID("1.2.3.3")
    dataset.save_as(folder / "old.dcm", enforce_file_format=True)
    return str(folder / "old.dcm")


def _old(path: str, *, class_uid: str = _CT, has_pixels: bool = True, number: int = 3) -> OldObject:
    return OldObject(path, "1.2.3.1", "1.2.3.2", f"1.2.3.{number}", class_uid, has_pixels)


def _note(*objects: OldObject) -> FileDataset:
    numbers = itertools.count(1)
    return dcmread(
        io.BytesIO(rejection_note("113001", objects, lambda kind: f"2.25.{next(numbers)}{len(kind)}"))
    )


def test_what_must_be_there_is_there_and_empty_where_nothing_is_known(tmp_path: Path) -> None:
    note = _note(_old(_write(tmp_path, StudyInstanceUID="1.2.3.1")))
    assert {name: str(note[name].value or "") for name in _TYPE_2} == dict.fromkeys(_TYPE_2, "")
    assert "StudyDescription" not in note
    assert "IssuerOfPatientID" not in note


def test_patient_and_study_are_those_of_the_old_objects(tmp_path: Path) -> None:
    note = _note(_old(_write(tmp_path, **_OF_PATIENT_AND_STUDY)))
    assert {name: str(note[name].value) for name in _OF_PATIENT_AND_STUDY} == _OF_PATIENT_AND_STUDY


def test_it_has_a_series_of_its_own_and_says_what_made_it(tmp_path: Path) -> None:
    note = _note(_old(_write(tmp_path, StudyInstanceUID="1.2.3.1", SeriesInstanceUID="1.2.3.2")))
    own = {
        "SOPClassUID": "1.2.840.10008.5.1.4.1.1.88.59",
        "Modality": "KO",
        "SeriesNumber": "1",
        "InstanceNumber": "1",
        "Manufacturer": "UIDscope",
        "SeriesDescription": "Rejection note",
        "ValueType": "CONTAINER",
        "ContinuityOfContent": "SEPARATE",
    }
    assert {name: str(note[name].value) for name in own} == own
    assert {note.SOPInstanceUID, note.SeriesInstanceUID} == {"2.25.18", "2.25.26"}
    assert note.file_meta.MediaStorageSOPInstanceUID == note.SOPInstanceUID
    (template,) = note.ContentTemplateSequence
    assert (template.MappingResource, template.TemplateIdentifier) == ("DCMR", "2010")
    assert note.ReferencedPerformedProcedureStepSequence == Sequence()
    assert (note.ContentDate, note.ContentTime) == (note.InstanceCreationDate, note.InstanceCreationTime)
    assert len(note.ContentDate) == 8


def test_each_object_is_named_as_what_it_is(tmp_path: Path) -> None:
    path = _write(tmp_path, StudyInstanceUID="1.2.3.1")
    note = _note(
        _old(path),
        _old(path, class_uid=_ECG, has_pixels=False, number=4),
        _old(path, class_uid="1.2.840.10008.5.1.4.1.1.88.11", has_pixels=False, number=5),
    )
    items = [(item.RelationshipType, item.ValueType) for item in note.ContentSequence]
    assert items == [("CONTAINS", "IMAGE"), ("CONTAINS", "WAVEFORM"), ("CONTAINS", "COMPOSITE")]
    named = [item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID for item in note.ContentSequence]
    assert named == ["1.2.3.3", "1.2.3.4", "1.2.3.5"]


def test_an_old_object_that_has_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.dcm can no longer be read"):
        _note(_old(str(tmp_path / "gone.dcm")))
