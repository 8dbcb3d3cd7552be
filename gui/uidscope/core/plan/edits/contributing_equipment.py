"""This program among the Contributing Equipment of a file (PS3.3 C.12.1.1.5)."""

from __future__ import annotations

from typing import Final

from uidscope import __version__
from uidscope.core.plan.edits.coded_entry import CodedEntry, purpose_of_reference
from uidscope.core.plan.edits.element_bytes import encoded_element, encoded_item
from uidscope.core.plan.edits.element_copy import Form
from uidscope.core.plan.intention import IntentionKind

CONTRIBUTING_EQUIPMENT: Final = 0x0018_A001

_MANUFACTURER: Final = 0x0008_0070
_MANUFACTURER_MODEL_NAME: Final = 0x0008_1090
_SOFTWARE_VERSIONS: Final = 0x0018_1020
_CONTRIBUTION_DATE_TIME: Final = 0x0018_A002
_CONTRIBUTION_DESCRIPTION: Final = 0x0018_A003

_NAME: Final = b"UIDscope"
_MODIFYING_EQUIPMENT: Final = CodedEntry("109103", "Modifying Equipment")  # CID 7005
_DESCRIPTIONS: Final[dict[IntentionKind | None, bytes]] = {
    None: b"References brought in line with the objects they name",
    "instances": b"New SOP Instance UID",
    "derived-series": b"New Series and SOP Instance UIDs",
    "copy": b"New Study, Series and SOP Instance UIDs",
    "pseudonymous": b"New identifiers",
    "move": b"Moved into another study or series",
    "repair": b"Faulty identifiers replaced",
}


def contributing_equipment_item(treatment: IntentionKind | None, date_time: bytes, form: Form) -> bytes:
    """Return the item of (0018,A001) that says what this program did, and when (a value of VR DT)."""
    values = (
        (_MANUFACTURER, "LO", _NAME),
        (_MANUFACTURER_MODEL_NAME, "LO", _NAME),
        (_SOFTWARE_VERSIONS, "LO", __version__.encode("ascii")),
        (_CONTRIBUTION_DATE_TIME, "DT", date_time),
        (_CONTRIBUTION_DESCRIPTION, "ST", _DESCRIPTIONS[treatment]),
    )
    elements = [
        encoded_element(tag, vr, value, explicit=form.explicit, order=form.order) for tag, vr, value in values
    ]
    return encoded_item([*elements, purpose_of_reference(_MODIFYING_EQUIPMENT, form)], form.order)
