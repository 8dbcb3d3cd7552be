"""Which directory record lists an object of a SOP class (PS3.3 F.3.2.2, F.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from uidscope.core.uid.registry import registered

_IMAGE_CLASS: Final = "Image Storage"
_STORAGE: Final = "1.2.840.10008.5.1.4.1.1."

# Listed below the root: they belong to no patient.
SINGLE_LEVEL: Final = frozenset({"HANGING PROTOCOL", "PALETTE", "IMPLANT", "IMPLANT ASSY", "IMPLANT GROUP"})

_OF_STORAGE: Final = {
    "RT DOSE": "481.2",
    "RT STRUCTURE SET": "481.3",
    "RT TREAT RECORD": "481.4 481.6 481.7 481.9",
    "RT PLAN": "481.5 481.8",
    "RADIOTHERAPY": "481.10 481.11 481.12 481.13 481.14 481.15 481.16 481.17 481.18 481.19 481.20 481.21"
    " 481.22 481.25",
    "PRESENTATION": "11.1 11.2 11.3 11.4 11.5 11.6 11.7 11.8 11.9 11.10 11.11 11.12 131",
    "WAVEFORM": "9.1.1 9.1.2 9.1.3 9.1.4 9.2.1 9.3.1 9.4.1 9.4.2 9.5.1 9.6.1 9.6.2 9.7.1 9.7.2 9.7.3 9.7.4"
    " 9.8.1",
    "SR DOCUMENT": "78.6 79.1 88.11 88.22 88.33 88.34 88.35 88.40 88.50 88.65 88.67 88.68 88.69 88.70 88.71"
    " 88.72 88.73 88.74 88.75 88.76 88.77",
    "KEY OBJECT DOC": "88.59",
    "SPECTROSCOPY": "4.2",
    "RAW DATA": "66",
    "REGISTRATION": "66.1 66.3",
    "FIDUCIAL": "66.2",
    "VALUE MAP": "67",
    "STEREOMETRIC": "77.1.5.3",
    "MEASUREMENT": "78.1 78.2 78.3 78.4 78.5 78.7 78.8 80.1",
    "SURFACE": "66.5",
    "SURFACE SCAN": "68.1 68.2",
    "TRACT": "66.6",
    "ASSESSMENT": "90.1",
    "ENCAP DOC": "104.1 104.2 104.3 104.4 104.5",
}
_OTHERS: Final = {
    "1.2.840.10008.5.1.4.34.7": "PLAN",
    "1.2.840.10008.5.1.4.34.10": "PLAN",
    "1.2.840.10008.5.1.4.38.1": "HANGING PROTOCOL",
    "1.2.840.10008.5.1.4.39.1": "PALETTE",
    "1.2.840.10008.5.1.4.43.1": "IMPLANT",
    "1.2.840.10008.5.1.4.44.1": "IMPLANT ASSY",
    "1.2.840.10008.5.1.4.45.1": "IMPLANT GROUP",
}


def record_type(class_uid: str, *, has_pixels: bool) -> str | None:
    """Return the type of the record that lists an object; None: there is none.

    Whatever is of a class that DICOM registers, and has pixels or should have, is an image unless it has a
    record of its own; for private classes there are private records only, which nobody else can read.
    """
    found = _TYPES.get(class_uid)
    known = registered(class_uid) if found is None else None
    if known is not None and (has_pixels or _IMAGE_CLASS in known.name):
        return "IMAGE"
    return found


def _all_types() -> Iterator[tuple[str, str]]:
    yield from _OTHERS.items()
    for name, ends in _OF_STORAGE.items():
        yield from ((_STORAGE + end, name) for end in ends.split())


_TYPES: Final = dict(_all_types())
