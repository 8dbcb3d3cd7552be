"""What a DICOMDIR says of one file: its records from the patient down, as bytes (PS3.3 F.3, F.5).

pydicom says which keys a record has; the values are the file's own bytes.
"""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from pydicom import dcmread
from pydicom.charset import convert_encodings
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.filebase import DicomBytesIO
from pydicom.fileset import DIRECTORY_RECORDERS
from pydicom.filewriter import write_data_element
from pydicom.multival import MultiValue

from uidscope.core.errors import InputError
from uidscope.core.export.media.record_types import SINGLE_LEVEL, record_type
from uidscope.core.export.request import FilledKey
from uidscope.core.plan.edits.element_bytes import encoded_element
from uidscope.core.read.byte_window import shown

# What it logs may quote a file.
logging.getLogger("pydicom").setLevel(logging.CRITICAL)

_DEFER_SIZE: Final = 64 * 1024
_CHARACTER_SET: Final = 0x0008_0005
_BINARY_VRS: Final = frozenset({"US", "SQ"})

_CONTENT: Final = ("InstanceNumber", "ContentDate", "ContentTime")
_LABELLED: Final = (*_CONTENT, "ContentLabel")

# The keys of each record that must have a value and that we may give one (PS3.3 F.5, Type 1).
_FILLED: Final[Mapping[str, tuple[str, ...]]] = {
    "PATIENT": ("PatientID",),
    "STUDY": ("StudyDate", "StudyTime", "StudyID"),
    "SERIES": ("Modality", "SeriesNumber"),
    "IMAGE": ("InstanceNumber",),
    "RT DOSE": ("InstanceNumber",),
    "RT STRUCTURE SET": ("InstanceNumber", "StructureSetLabel"),
    "RT PLAN": ("InstanceNumber", "RTPlanLabel"),
    "RT TREAT RECORD": ("InstanceNumber",),
    "RADIOTHERAPY": ("InstanceNumber",),
    "PRESENTATION": (
        "InstanceNumber",
        "PresentationCreationDate",
        "PresentationCreationTime",
        "ContentLabel",
    ),
    "WAVEFORM": _CONTENT,
    "SR DOCUMENT": (*_CONTENT, "CompletionFlag", "VerificationFlag"),
    "KEY OBJECT DOC": _CONTENT,
    "SPECTROSCOPY": _CONTENT,
    "RAW DATA": _CONTENT,
    "REGISTRATION": _LABELLED,
    "FIDUCIAL": _LABELLED,
    "VALUE MAP": _LABELLED,
    "MEASUREMENT": _LABELLED,
    "SURFACE": _LABELLED,
    "TRACT": _LABELLED,
    "SURFACE SCAN": ("ContentDate", "ContentTime"),
    "ASSESSMENT": ("InstanceNumber", "InstanceCreationDate"),
    "ENCAP DOC": ("InstanceNumber",),
    "PALETTE": ("ContentLabel",),
}
_PLAIN_VALUES: Final = {"Modality": "OT", "CompletionFlag": "PARTIAL", "VerificationFlag": "UNVERIFIED"}
_OTHER_DATES: Final = ("StudyDate", "SeriesDate", "AcquisitionDate", "ContentDate", "InstanceCreationDate")
_NO_DATE: Final = "19000101"
_NO_TIME: Final = "000000"
_NO_LABEL: Final = "UNKNOWN"


class CannotBeListed(Exception):
    """The text is a sentence that says which file, and why."""


class FileKeys(NamedTuple):
    """What tells a file and its record from others: UIDs as text."""

    class_uid: str
    instance_uid: str
    transfer_syntax: str
    study_uid: str
    series_uid: str


class ListedFile:
    """One file as a DICOMDIR lists it; ``output`` is its name below the DICOMDIR, ``named`` that for errors.

    Raises ``CannotBeListed`` where it has no place in a DICOMDIR, and ``InputError`` where it cannot be
    read.
    """

    def __init__(self, path: str, output: str, named: str = "") -> None:
        self._output = output
        self._named = shown(named or output)
        with _library_borne(self._named):
            self._dataset = _read(path)
            self._raw = dict(self._raw_values())
            self.keys = self._own_keys()
            self.kinds = self._own_kinds()
            if len(self.kinds) == 1:  # such a record stands below no study and no series
                self.keys = self.keys._replace(study_uid="", series_uid="")
            self._identities = {kind: self._identity(kind) for kind in self.kinds[:-1]}

    def identity(self, kind: str) -> tuple[str, ...]:
        """Return what tells the record of this kind above the file's own from others beside it."""
        return self._identities[kind]

    def record(self, kind: str) -> tuple[bytes, tuple[FilledKey, ...]]:
        """Return the elements of a record behind its type, and the keys that we gave a value.

        Raises ``CannotBeListed`` where the file lacks a key that nobody may invent.
        """
        with _library_borne(self._named):
            filled = self._fill(kind)
            if kind in ("SR DOCUMENT", "KEY OBJECT DOC"):
                _keep_modifiers(self._dataset)
            try:
                record = DIRECTORY_RECORDERS[kind](self._dataset)
            except (ValueError, AttributeError) as error:
                raise CannotBeListed(f"{self._named} cannot be listed: {error}.") from error
            content = self._reference() if kind == self.kinds[-1] else b""
            return content + self._encoded(record), filled

    def _raw_values(self) -> Iterator[tuple[int, bytes]]:
        """The bytes of the plain elements, before pydicom decodes any."""
        for tag in list(self._dataset.keys()):
            raw: Any = self._dataset.get_item(tag, keep_deferred=True)
            if isinstance(raw, RawDataElement) and isinstance(raw.value, bytes):
                yield int(tag), raw.value

    def _own_keys(self) -> FileKeys:
        meta = getattr(self._dataset, "file_meta", Dataset())
        return FileKeys(
            _uid(self._dataset, "SOPClassUID"),
            _uid(self._dataset, "SOPInstanceUID"),
            _uid(meta, "TransferSyntaxUID"),
            _uid(self._dataset, "StudyInstanceUID"),
            _uid(self._dataset, "SeriesInstanceUID"),
        )

    def _own_kinds(self) -> tuple[str, ...]:
        leaf = record_type(self.keys.class_uid, has_pixels="Rows" in self._dataset)
        if leaf is None:
            raise CannotBeListed(
                f"{self._named}: a DICOMDIR has no record for objects of its SOP class,"
                f" {self.keys.class_uid or 'which is not stated'}."
            )
        return (leaf,) if leaf in SINGLE_LEVEL else ("PATIENT", "STUDY", "SERIES", leaf)

    def _identity(self, kind: str) -> tuple[str, ...]:
        if kind == "PATIENT":
            id_ = str(self._dataset.get("PatientID") or self._folder(0))
            return id_, str(self._dataset.get("IssuerOfPatientID") or "")
        uid, name = (self.keys.study_uid, "Study") if kind == "STUDY" else (self.keys.series_uid, "Series")
        if not uid:
            raise CannotBeListed(f"{self._named} cannot be listed: it has no {name} Instance UID.")
        return (uid,)

    def _folder(self, level: int) -> str:
        return self._output.split("/")[level]

    def _fill(self, kind: str) -> tuple[FilledKey, ...]:
        filled = []
        for name in _FILLED.get(kind, ()):
            if name in self._dataset and self._dataset[name].VM:
                continue
            value = self._value_for(name)
            setattr(self._dataset, name, value)
            self._raw.pop(int(self._dataset[name].tag), None)
            filled.append(FilledKey(self._output, kind, name, value))
        return tuple(filled)

    def _value_for(self, name: str) -> str:
        """A value that says as little as may be: a number of ours, the date of something near, unknown."""
        if name in _PLAIN_VALUES:
            return _PLAIN_VALUES[name]
        if name == "PatientID":
            return self._folder(0)
        if name == "StudyID":
            return self._folder(1)
        if name.endswith("Number"):
            return str(int(self._folder(2 if name == "SeriesNumber" else -1)[2:]))
        if name.endswith("Date"):
            dates = (str(self._dataset.get(each) or "") for each in _OTHER_DATES)
            return next(filter(None, dates), _NO_DATE)
        return _NO_TIME if name.endswith("Time") else _NO_LABEL

    def _reference(self) -> bytes:
        file_id = self._output.replace("/", "\\").encode("ascii")
        values = (
            (0x0004_1500, "CS", file_id),
            (0x0004_1510, "UI", self.keys.class_uid.encode("ascii")),
            (0x0004_1511, "UI", self.keys.instance_uid.encode("ascii")),
            (0x0004_1512, "UI", self.keys.transfer_syntax.encode("ascii")),
        )
        return b"".join(_element(*value) for value in values)

    def _encoded(self, record: Dataset) -> bytes:
        character_sets = self._dataset.get("SpecificCharacterSet") or []
        named = [character_sets] if isinstance(character_sets, str) else list(character_sets)
        raw_names = "\\".join(named).encode("ascii", "replace")
        parts = [_element(_CHARACTER_SET, "CS", raw_names)] if raw_names else []
        encodings = convert_encodings(named or "iso8859")
        for element in record:
            raw_value = self._raw.get(int(element.tag))
            if raw_value is not None and element.VR not in _BINARY_VRS:
                parts.append(_element(element.tag, element.VR, raw_value))
                continue
            written = DicomBytesIO()
            written.is_little_endian, written.is_implicit_VR = True, False
            write_data_element(written, element, encodings)
            parts.append(written.getvalue())
        return b"".join(parts)


@contextlib.contextmanager
def _library_borne(named: str) -> Iterator[None]:
    """Silence pydicom, and tell whatever a broken file makes its steps raise as ``CannotBeListed``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (CannotBeListed, InputError, MemoryError):
            raise
        except Exception as error:
            raise CannotBeListed(f"{named} cannot be listed: its elements cannot be read.") from error


def _read(path: str) -> Dataset:
    try:
        return dcmread(path, stop_before_pixels=True, defer_size=_DEFER_SIZE, force=True)
    except OSError as error:
        raise InputError(f"{shown(path)} cannot be read: {error.strerror or 'input error'}.") from error


def _uid(dataset: Dataset, name: str) -> str:
    return uid_text(dataset.get(name) or "")


def uid_text(value: object) -> str:
    """Return what pydicom gives for a UID as text; what is not ASCII cannot be written as one.

    The padding goes too, which pydicom leaves where the element is not written as UI.
    """
    text = "\\".join(map(str, value)) if isinstance(value, MultiValue) else str(value)
    return text.encode("ascii", "replace").decode("ascii").strip(" \0")


def _keep_modifiers(dataset: Dataset) -> None:
    """Leave of the content what modifies the title (PS3.3 F.5.24): the record repeats no findings."""
    items = dataset.get("ContentSequence")
    if items is None:
        return
    kept = [item for item in items if item.get("RelationshipType") == "HAS CONCEPT MOD"]
    if kept:
        dataset.ContentSequence = kept
    else:
        del dataset.ContentSequence


def _element(tag: int, vr: str, value: bytes) -> bytes:
    return encoded_element(tag, vr, value, explicit=True, order="little")
