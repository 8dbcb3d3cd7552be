"""A code of DICOM's own as it is written (PS3.3 8.8)."""

from __future__ import annotations

from typing import Final, NamedTuple

from uidscope.core.plan.edits.element_bytes import encoded_element, encoded_item
from uidscope.core.plan.edits.element_copy import Form

_PURPOSE_OF_REFERENCE_CODE: Final = 0x0040_A170


class CodedEntry(NamedTuple):
    """A code of the scheme DCM (PS3.16 D) and what it means."""

    value: str
    meaning: str


def purpose_of_reference(code: CodedEntry, form: Form) -> bytes:
    """Return (0040,A170) with one item for this code."""
    values = (
        (0x0008_0100, "SH", code.value),
        (0x0008_0102, "SH", "DCM"),
        (0x0008_0104, "LO", code.meaning),
    )
    elements = [
        encoded_element(tag, vr, text.encode("ascii"), explicit=form.explicit, order=form.order)
        for tag, vr, text in values
    ]
    item = encoded_item(elements, form.order)
    return encoded_element(_PURPOSE_OF_REFERENCE_CODE, "SQ", item, explicit=form.explicit, order=form.order)
