"""What a DICOMDIR says of one file: the keys a record must have, and what the empty ones are given."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ImplicitVRLittleEndian

from tests.core.export.makers import part10
from uidscope.core.export.media.directory_record import CannotBeListed, FileKeys, ListedFile
from uidscope.core.export.media.record_types import SINGLE_LEVEL
from uidscope.core.export.request import FilledKey

_OUTPUT = "PA000007/ST000003/SE000012/IM000045"
_STORAGE = "1.2.840.10008.5.1.4.1.1."

Listed = Callable[..., ListedFile]


@pytest.fixture
def listed(tmp_path: Path) -> Listed:
    """Make a file of a class with these elements, and look at it as a DICOMDIR does."""

    def look(class_end: str, *, output: str = _OUTPUT, **values: object) -> ListedFile:
        dataset = Dataset()
        dataset.SOPClassUID = class_end if class_end.startswith("1.") else _STORAGE + class_end
        dataset.SOPInstanceUID, dataset.StudyInstanceUID = "1.2.3.1", "1.2.3.2"
        dataset.SeriesInstanceUID = "1.2.3.3"
        for name, value in values.items():
            if value is None:
                delattr(dataset, name)
            else:
                setattr(dataset, name, value)
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian
        dataset.file_meta.MediaStorageSOPClassUID = UID(str(dataset.SOPClassUID))
        dataset.file_meta.MediaStorageSOPInstanceUID = UID("1.2.3.1")
        path = tmp_path / "one.dcm"
        dataset.save_as(path, enforce_file_format=True)
        return ListedFile(str(path), output)

    return look


def _record(content: bytes) -> Dataset:
    """Read a record's elements, in explicit VR, by another reader."""
    return dcmread(io.BytesIO(part10(content)))


_CONTENT = {"InstanceNumber": "45", "ContentDate": "19000101", "ContentTime": "000000"}
# What a record must have too, and nobody may make up.
_NOT_INVENTED: dict[str, dict[str, object]] = {
    "RT DOSE": {"DoseSummationType": "PLAN"},
    "SPECTROSCOPY": {
        "ImageType": ["ORIGINAL", "PRIMARY"],
        "NumberOfFrames": "1",
        "Rows": 1,
        "Columns": 1,
        "DataPointRows": 1,
        "DataPointColumns": 1,
    },
}
_LABELLED = {**_CONTENT, "ContentLabel": "UNKNOWN"}


@pytest.mark.parametrize(
    ("class_end", "kind", "expected"),
    [
        ("2", "IMAGE", {"InstanceNumber": "45"}),
        ("481.2", "RT DOSE", {"InstanceNumber": "45"}),
        ("481.3", "RT STRUCTURE SET", {"InstanceNumber": "45", "StructureSetLabel": "UNKNOWN"}),
        ("481.5", "RT PLAN", {"InstanceNumber": "45", "RTPlanLabel": "UNKNOWN"}),
        ("481.4", "RT TREAT RECORD", {"InstanceNumber": "45"}),
        (
            "11.1",
            "PRESENTATION",
            {
                "InstanceNumber": "45",
                "PresentationCreationDate": "19000101",
                "PresentationCreationTime": "000000",
                "ContentLabel": "UNKNOWN",
            },
        ),
        ("9.1.1", "WAVEFORM", _CONTENT),
        ("4.2", "SPECTROSCOPY", _CONTENT),
        ("66", "RAW DATA", _CONTENT),
        ("66.1", "REGISTRATION", _LABELLED),
        ("66.2", "FIDUCIAL", _LABELLED),
        ("67", "VALUE MAP", _LABELLED),
        ("78.1", "MEASUREMENT", _LABELLED),
        ("66.5", "SURFACE", _LABELLED),
        ("66.6", "TRACT", _LABELLED),
        ("68.1", "SURFACE SCAN", {"ContentDate": "19000101", "ContentTime": "000000"}),
        ("90.1", "ASSESSMENT", {"InstanceNumber": "45", "InstanceCreationDate": "19000101"}),
    ],
)
def test_an_empty_key_that_a_record_must_have_is_given_a_value_and_told(
    listed: Listed, class_end: str, kind: str, expected: dict[str, str]
) -> None:
    file = listed(class_end, **_NOT_INVENTED.get(kind, {}))
    assert file.kinds == ("PATIENT", "STUDY", "SERIES", kind)
    content, filled = file.record(kind)
    assert filled == tuple(FilledKey(_OUTPUT, kind, name, value) for name, value in expected.items())
    record = _record(content)
    assert {name: str(record[name].value) for name in expected} == expected
    assert [record[tag].value for tag in (0x0004_1500, 0x0004_1510, 0x0004_1511, 0x0004_1512)] == [
        _OUTPUT.split("/"),
        _STORAGE + class_end,
        "1.2.3.1",
        ImplicitVRLittleEndian,
    ]


@pytest.mark.parametrize(("class_end", "kind"), [("481.2", "RT DOSE"), ("4.2", "SPECTROSCOPY")])
def test_what_nobody_may_make_up_is_asked_for(listed: Listed, class_end: str, kind: str) -> None:
    with pytest.raises(CannotBeListed, match=_OUTPUT):
        listed(class_end).record(kind)


def test_the_records_above_a_file_are_filled_from_the_name_it_gets(listed: Listed) -> None:
    file = listed("2")
    assert file.record("PATIENT")[1] == (FilledKey(_OUTPUT, "PATIENT", "PatientID", "PA000007"),)
    assert file.record("STUDY")[1] == (
        FilledKey(_OUTPUT, "STUDY", "StudyDate", "19000101"),
        FilledKey(_OUTPUT, "STUDY", "StudyTime", "000000"),
        FilledKey(_OUTPUT, "STUDY", "StudyID", "ST000003"),
    )
    assert file.record("SERIES")[1] == (
        FilledKey(_OUTPUT, "SERIES", "Modality", "OT"),
        FilledKey(_OUTPUT, "SERIES", "SeriesNumber", "12"),
    )
    assert file.identity("PATIENT") == ("PA000007", "")
    assert (file.identity("STUDY"), file.identity("SERIES")) == (("1.2.3.2",), ("1.2.3.3",))


def test_a_date_that_is_missing_is_that_of_something_near(listed: Listed) -> None:
    file = listed("2", AcquisitionDate="20240305", InstanceCreationDate="20240306")
    assert file.record("STUDY")[1][0].value == "20240305"


def test_what_the_file_says_is_not_filled(listed: Listed) -> None:
    given = {"InstanceNumber": "9", "ContentDate": "20240101", "ContentTime": "101112", "ContentLabel": "MAP"}
    content, filled = listed("67", **given).record("VALUE MAP")
    assert filled == ()
    record = _record(content)
    assert {name: str(record[name].value) for name in given} == given


def test_reports_say_what_nobody_can_have_claimed_of_them(listed: Listed) -> None:
    title = Dataset()
    title.CodeValue, title.CodingSchemeDesignator, title.CodeMeaning = "1", "99TEST", "Report"
    file = listed("88.11", ConceptNameCodeSequence=[title])
    assert file.record("SR DOCUMENT")[1][-2:] == (
        FilledKey(_OUTPUT, "SR DOCUMENT", "CompletionFlag", "PARTIAL"),
        FilledKey(_OUTPUT, "SR DOCUMENT", "VerificationFlag", "UNVERIFIED"),
    )


@pytest.mark.parametrize("kind", ["SR DOCUMENT", "KEY OBJECT DOC"])
def test_of_a_document_only_what_modifies_its_title_is_repeated(listed: Listed, kind: str) -> None:
    title = Dataset()
    title.CodeValue, title.CodingSchemeDesignator, title.CodeMeaning = "1", "99TEST", "Report"
    parts = []
    for relation in ("CONTAINS", "HAS CONCEPT MOD"):
        part = Dataset()
        part.RelationshipType, part.ValueType, part.TextValue = relation, "TEXT", f"it {relation}"
        parts.append(part)
    class_end = "88.11" if kind == "SR DOCUMENT" else "88.59"
    file = listed(class_end, ConceptNameCodeSequence=[title], ContentSequence=parts)
    record = _record(file.record(kind)[0])
    assert [item.RelationshipType for item in record.ContentSequence] == ["HAS CONCEPT MOD"]


def test_a_class_without_a_patient_stands_below_no_study(listed: Listed) -> None:
    file = listed("1.2.840.10008.5.1.4.39.1")
    assert file.kinds == ("PALETTE",)
    assert set(file.kinds) <= SINGLE_LEVEL
    assert file.keys == FileKeys("1.2.840.10008.5.1.4.39.1", "1.2.3.1", str(ImplicitVRLittleEndian), "", "")
    assert file.record("PALETTE")[1] == (FilledKey(_OUTPUT, "PALETTE", "ContentLabel", "UNKNOWN"),)


@pytest.mark.parametrize(("name", "told"), [("StudyInstanceUID", "Study"), ("SeriesInstanceUID", "Series")])
def test_a_file_without_its_keys_cannot_be_listed(listed: Listed, name: str, told: str) -> None:
    with pytest.raises(CannotBeListed, match=f"no {told} Instance UID"):
        listed("2", **{name: None})


def test_a_value_keeps_its_bytes_and_its_character_set(listed: Listed) -> None:
    file = listed("2", SpecificCharacterSet="ISO_IR 192", PatientName="TEST^ÄÖÜ", PatientID="T 1 ")
    record = _record(file.record("PATIENT")[0])
    assert record.SpecificCharacterSet == "ISO_IR 192"
    assert str(record.PatientName) == "TEST^ÄÖÜ"
