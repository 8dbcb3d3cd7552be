"""A value of one file on its way into another, whose encoding and character set may be others.

It is taken apart where it stands and put together where it goes, sequences item by item: the byte order,
the VRs written and the characters are then those of the file it goes into (PS3.5 6.1, 7.1, 7.3, 7.5).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from uidscope.core.plan.edits.element_bytes import ByteOrder, encoded_element, encoded_item
from uidscope.core.read.attributes import SPECIFIC_CHARACTER_SET
from uidscope.core.read.character_sets import decode_text, encode_text
from uidscope.core.read.same_value import CHARACTER_SET_VRS, WORD_SIZES, swapped
from uidscope.core.read.structure import Dataset, Element, FileStructure

# What the dictionary leaves open, and either is written the same way where no pixels are.
_OPEN_VRS: Final = {"US or SS": "US", "US or OW": "OW", "OB or OW": "OW", "US or SS or OW": "OW"}


class CarriedValue(NamedTuple):
    """One value, with the tag and VR of its element.

    ``raw_value`` is little endian, without the pad behind it; empty for a sequence. ``character_set`` is
    that of its data set where the VR is text in one, else empty. ``items`` are those of a sequence.
    """

    tag: int
    vr: str
    raw_value: bytes
    character_set: bytes = b""
    items: tuple[tuple[CarriedValue, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is no value, and no item that holds one."""
        return not self.raw_value and all(value.is_empty for item in self.items for value in item)

    @property
    def text(self) -> str:
        """The value as text, several joined by a backslash."""
        return decode_text(self.raw_value, self.character_set)

    @property
    def meaning(self) -> tuple[object, ...]:
        """What the value says, whatever its form: equal for values that say the same."""
        if self.vr == "SQ":
            return self.tag, tuple(tuple(value.meaning for value in item) for item in self.items)
        said = self.raw_value if self.vr in WORD_SIZES or self.vr in ("OB", "UN") else self.text
        return self.tag, said


class CannotHold(NamedTuple):
    """A character set does not have the characters of ``value``."""

    value: CarriedValue


def carried(
    structure: FileStructure, element: Element, dataset: Dataset, around: bytes = b""
) -> CarriedValue:
    """Take a value out of a data set; ``around`` is the character set that holds where it states none."""
    stated = dataset.find(SPECIFIC_CHARACTER_SET)
    character_set = structure.value(stated).strip(b" \0") if stated is not None else around
    vr = vr_of(element)
    if vr == "SQ":
        items = tuple(
            tuple(
                carried(structure, inner, item.dataset, character_set)
                for inner in item.dataset.elements
                if inner.tag & 0xFFFF and inner.tag != SPECIFIC_CHARACTER_SET
            )
            for item in element.items
        )
        return CarriedValue(element.tag, vr, b"", b"", items)
    raw_value = structure.value(element)
    if vr in WORD_SIZES:
        return CarriedValue(
            element.tag, vr, swapped(raw_value, WORD_SIZES[vr]) if dataset.big_endian else raw_value
        )
    if vr in ("OB", "UN"):
        return CarriedValue(element.tag, vr, raw_value)
    raw_value = raw_value.rstrip(b" \0")
    return CarriedValue(element.tag, vr, raw_value, character_set if vr in CHARACTER_SET_VRS else b"")


def vr_of(element: Element) -> str:
    """Return the VR of an element: as judged or written, else as PS3.6 has it, else UN."""
    if element.vr not in ("", "UN") or element.tag & 0x0001_0000:
        return element.vr or "UN"
    from pydicom.datadict import dictionary_VR  # noqa: PLC0415 - slow to import, and rarely needed

    try:
        known = dictionary_VR(element.tag)
    except KeyError:
        return "UN"
    return _OPEN_VRS.get(known, known)


def value_bytes(
    value: CarriedValue, *, explicit: bool, order: ByteOrder, character_set: bytes
) -> bytes | CannotHold:
    """Return a value as it is written into a data set of this form; a sequence as its whole items."""
    if value.vr == "SQ":
        items: list[bytes] = []
        for item in value.items:
            elements: list[bytes] = []
            for inner in item:
                raw = value_bytes(inner, explicit=explicit, order=order, character_set=character_set)
                if isinstance(raw, CannotHold):
                    return raw
                elements.append(encoded_element(inner.tag, inner.vr, raw, explicit=explicit, order=order))
            items.append(encoded_item(elements, order))
        return b"".join(items)
    if value.vr in WORD_SIZES:
        return swapped(value.raw_value, WORD_SIZES[value.vr]) if order == "big" else value.raw_value
    if value.character_set == character_set or (value.raw_value.isascii() and b"\x1b" not in value.raw_value):
        return value.raw_value
    recoded = encode_text(value.text, character_set)
    return CannotHold(value) if recoded is None or not _is_decoded(value) else recoded


def _is_decoded(value: CarriedValue) -> bool:
    """Whether the characters of a text are known: what its character set did not explain is not."""
    raw_value = value.raw_value
    return b"\x1b" in raw_value or encode_text(value.text, value.character_set) == raw_value.lstrip(b" \0")
