"""A rejection note as a Key Object Selection Document (PS3.3 A.35.4, PS3.16 TID 2010)."""

from __future__ import annotations

import datetime as dt
import io
import logging
import warnings
from collections.abc import Sequence
from typing import Final

from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, KeyObjectSelectionDocumentStorage

from uidscope.core.errors import InputError
from uidscope.core.export.media.record_types import record_type
from uidscope.core.export.request import REJECTION_TITLES, NewUid, RejectionTitle
from uidscope.core.export.write_files import OldObject
from uidscope.core.read.byte_window import shown
from uidscope.core.uid.implementation import IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME

# What it logs may quote a file.
logging.getLogger("pydicom").setLevel(logging.CRITICAL)

# Of the patient and the study a note belongs to, as the old objects say it; those of Type 2 are always there.
_TAKEN_OVER: Final = (
    "SpecificCharacterSet",
    "StudyDate",
    "StudyTime",
    "AccessionNumber",
    "IssuerOfAccessionNumberSequence",
    "ReferringPhysicianName",
    "StudyDescription",
    "PatientName",
    "PatientID",
    "IssuerOfPatientID",
    "IssuerOfPatientIDQualifiersSequence",
    "PatientBirthDate",
    "PatientSex",
    "StudyInstanceUID",
    "StudyID",
)
_OF_TYPE_2: Final = frozenset(
    {
        "StudyDate",
        "StudyTime",
        "AccessionNumber",
        "ReferringPhysicianName",
        "PatientName",
        "PatientID",
        "PatientBirthDate",
        "PatientSex",
        "StudyID",
    }
)
_DEFER_SIZE: Final = 64 * 1024


def rejection_note(title: RejectionTitle, objects: Sequence[OldObject], new_uid: NewUid) -> bytes:
    """Return a file that rejects these objects of one study, of which there is at least one.

    It belongs to their patient and study and has a series of its own. Raises ``InputError`` where a
    source can no longer be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _encoded(_note(title, objects, new_uid))
        except (InputError, MemoryError):
            raise
        except Exception as error:  # pydicom raises whatever a broken value makes its steps raise
            raise InputError(f"{shown(objects[0].path)} cannot be read: a value in it is broken.") from error


def _note(title: RejectionTitle, objects: Sequence[OldObject], new_uid: NewUid) -> Dataset:
    note = _heading(_read(objects[0].path))
    note.SOPClassUID = KeyObjectSelectionDocumentStorage
    note.SOPInstanceUID = UID(new_uid("instance"))
    note.SeriesInstanceUID = UID(new_uid("series"))
    note.CurrentRequestedProcedureEvidenceSequence = [_evidence(note.StudyInstanceUID, objects)]
    note.ConceptNameCodeSequence = [_code(title, REJECTION_TITLES[title])]
    note.ContentSequence = [_content(old) for old in objects]
    return note


def _heading(source: Dataset) -> Dataset:
    """A document without what it is about: patient, study, series, equipment, when."""
    note = Dataset()
    for name in _TAKEN_OVER:
        if name in source:
            note[name] = source[name]
        elif name in _OF_TYPE_2:
            setattr(note, name, "")
    now = dt.datetime.now().astimezone()  # of this computer, as the document states no other zone
    note.InstanceCreationDate = note.ContentDate = now.strftime("%Y%m%d")
    note.InstanceCreationTime = note.ContentTime = now.strftime("%H%M%S")
    note.Modality = "KO"
    note.SeriesNumber = "1"
    note.InstanceNumber = "1"
    note.Manufacturer = "UIDscope"
    note.SeriesDescription = "Rejection note"
    note.ReferencedPerformedProcedureStepSequence = []
    note.ValueType = "CONTAINER"
    note.ContinuityOfContent = "SEPARATE"
    template = Dataset()
    template.MappingResource, template.TemplateIdentifier = "DCMR", "2010"
    note.ContentTemplateSequence = [template]
    return note


def _evidence(study_uid: str, objects: Sequence[OldObject]) -> Dataset:
    """The objects by their series (PS3.3 C.17.2.1)."""
    by_series: dict[str, list[Dataset]] = {}
    for old in objects:
        by_series.setdefault(old.series_uid, []).append(_reference(old))
    study = Dataset()
    study.StudyInstanceUID = study_uid
    study.ReferencedSeriesSequence = []
    for series_uid, references in by_series.items():
        series = Dataset()
        series.SeriesInstanceUID = UID(series_uid, validation_mode=0)
        series.ReferencedSOPSequence = references
        study.ReferencedSeriesSequence.append(series)
    return study


def _content(old: OldObject) -> Dataset:
    item = Dataset()
    item.RelationshipType = "CONTAINS"
    item.ValueType = _value_type(old)
    item.ReferencedSOPSequence = [_reference(old)]
    return item


def _value_type(old: OldObject) -> str:
    if old.has_pixels:
        return "IMAGE"
    kind = record_type(old.class_uid, has_pixels=False)
    return "WAVEFORM" if kind == "WAVEFORM" else "COMPOSITE"


def _reference(old: OldObject) -> Dataset:
    reference = Dataset()
    # As the archive knows it, be it sound or not.
    reference.ReferencedSOPClassUID = UID(old.class_uid, validation_mode=0)
    reference.ReferencedSOPInstanceUID = UID(old.instance_uid, validation_mode=0)
    return reference


def _code(value: str, meaning: str) -> Dataset:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, "DCM", meaning
    return code


def _encoded(note: Dataset) -> bytes:
    note.file_meta = FileMetaDataset()
    note.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    note.file_meta.ImplementationClassUID = UID(IMPLEMENTATION_CLASS_UID)
    note.file_meta.ImplementationVersionName = IMPLEMENTATION_VERSION_NAME
    written = io.BytesIO()
    note.save_as(written, enforce_file_format=True)
    return written.getvalue()


def _read(path: str) -> Dataset:
    try:
        return dcmread(path, stop_before_pixels=True, defer_size=_DEFER_SIZE, force=True)
    except Exception as error:  # pydicom raises whatever a broken file makes its steps raise
        raise InputError(f"{shown(path)} can no longer be read.") from error
