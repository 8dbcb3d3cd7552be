"""The object that a new one was made from, named in it (PS3.3 C.12.4)."""

from __future__ import annotations

from typing import Final

from uidscope.core.judge.evidence_rules import LISTING_CLASSES
from uidscope.core.plan.edits.coded_entry import CodedEntry, purpose_of_reference
from uidscope.core.plan.edits.element_bytes import encoded_element, encoded_item
from uidscope.core.plan.edits.element_copy import Form
from uidscope.core.read.structure import FileStructure
from uidscope.core.uid.syntax import judge_value, strip_value

SOURCE_IMAGE: Final = 0x0008_2112
SOURCE_INSTANCE: Final = 0x0042_0013
REFERENCED_SERIES: Final = 0x0008_1115

_SOP_CLASS_UID: Final = 0x0008_0016
_SOP_INSTANCE_UID: Final = 0x0008_0018
_REFERENCED_SOP_CLASS_UID: Final = 0x0008_1150
_REFERENCED_SOP_INSTANCE_UID: Final = 0x0008_1155
_REFERENCED_INSTANCE_SEQUENCE: Final = 0x0008_114A
_SERIES_INSTANCE_UID: Final = 0x0020_000E
_ROWS: Final = 0x0028_0010

# CID 7202 and CID 7013: what of their codes is true of any derivation.
_OF_IMAGES: Final = CodedEntry("121322", "Source image for image processing operation")
_RAW_DATA: Final = "1.2.840.10008.5.1.4.1.1.66"
# Documents, presentation states and real world values: their IODs have no General Reference Module.
_WITHOUT_THE_MODULE: Final = tuple(f"1.2.840.10008.5.1.4.1.1.{branch}" for branch in ("11.", "67", "88."))
_OF_RAW_DATA: Final = CodedEntry("128226", "Source raw data")


def source_sequence(structure: FileStructure) -> int:
    """Return the tag of the sequence that names the source: images have one of their own."""
    return SOURCE_IMAGE if structure.dataset.find(_ROWS) is not None else SOURCE_INSTANCE


def source_item(structure: FileStructure, form: Form) -> bytes | None:
    """Return the item that names the object a file holds; None where it cannot be named.

    That is where it has no UID that may be written, or its IOD no place for a source.
    """
    class_uid = _uid(structure, _SOP_CLASS_UID)
    elements = _named(structure, form)
    if not elements or class_uid.startswith(_WITHOUT_THE_MODULE):
        return None
    if source_sequence(structure) == SOURCE_IMAGE:
        elements.append(purpose_of_reference(_OF_IMAGES, form))
    elif class_uid == _RAW_DATA:
        elements.append(purpose_of_reference(_OF_RAW_DATA, form))
    return encoded_item(elements, form.order)


def listing_item(structure: FileStructure, form: Form) -> bytes | None:
    """Return the item of (0008,1115) that lists the source (PS3.3 C.12.2); None where none is needed.

    It is needed where the file lists what it names, or its IOD demands it.
    """
    is_listing = structure.dataset.find(REFERENCED_SERIES) is not None
    series_uid = _uid(structure, _SERIES_INSTANCE_UID)
    if not is_listing and _uid(structure, _SOP_CLASS_UID) not in LISTING_CLASSES:
        return None
    if source_item(structure, form) is None or not series_uid or judge_value(series_uid):
        return None
    instance = encoded_item(_named(structure, form), form.order)
    return encoded_item(
        [
            _element(_REFERENCED_INSTANCE_SEQUENCE, "SQ", instance, form),
            _element(_SERIES_INSTANCE_UID, "UI", series_uid.encode("ascii"), form),
        ],
        form.order,
    )


def _named(structure: FileStructure, form: Form) -> list[bytes]:
    """The elements that name the object a file holds; none where a UID may not be written."""
    class_uid, instance_uid = _uid(structure, _SOP_CLASS_UID), _uid(structure, _SOP_INSTANCE_UID)
    if any(not uid or judge_value(uid) for uid in (class_uid, instance_uid)):
        return []
    return [
        _element(_REFERENCED_SOP_CLASS_UID, "UI", class_uid.encode("ascii"), form),
        _element(_REFERENCED_SOP_INSTANCE_UID, "UI", instance_uid.encode("ascii"), form),
    ]


def _element(tag: int, vr: str, value: bytes, form: Form) -> bytes:
    return encoded_element(tag, vr, value, explicit=form.explicit, order=form.order)


def _uid(structure: FileStructure, tag: int) -> str:
    element = structure.dataset.find(tag)
    return "" if element is None else strip_value(structure.value(element))
