"""Whether two elements say the same, however each is written (PS3.5 6.2, 7.1, 7.3).

Byte order, VR written or not, padding and character set do not count. Long values are read piece by
piece, never whole.
"""

from __future__ import annotations

from array import array
from struct import pack
from typing import Final, NamedTuple

from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import LARGEST_BLOCK, ByteWindow, memory_window
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.structure import Dataset, Element, Item, StructureFault, parse_structure

# Bytes that one number takes (PS3.5 7.3); what is not here has no byte order.
WORD_SIZES: Final = {
    "AT": 2, "OW": 2, "SS": 2, "US": 2,
    "FL": 4, "OF": 4, "OL": 4, "SL": 4, "UL": 4,
    "FD": 8, "OD": 8, "OV": 8, "SV": 8, "UV": 8,
}  # fmt: skip
_OF_SEVERAL_VALUES: Final = frozenset(
    {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "PN", "SH", "TM", "UC", "UI"}
)
_LEADING_SPACE_COUNTS: Final = frozenset({"LT", "ST", "UR", "UT"})
TEXT_VRS: Final = _OF_SEVERAL_VALUES | _LEADING_SPACE_COUNTS
# Text in the character set that its data set states (PS3.5 6.1.2.2); all other text is ASCII.
CHARACTER_SET_VRS: Final = frozenset({"LO", "LT", "PN", "SH", "ST", "UC", "UT"})

# Longer texts are compared as bytes.
_LONGEST_TEXT: Final = 1 << 20
_PADS: Final = b" \0"

_TYPECODES: Final = {array(code).itemsize: code for code in "HIQ"}


class ElementAt(NamedTuple):
    """One element and what it takes to read it: the bytes it lies in, its data set, its character set."""

    window: ByteWindow
    element: Element
    dataset: Dataset
    raw_character_set: bytes

    @property
    def length(self) -> int:
        """Bytes of the value as it stands."""
        return self.element.value_end - self.element.value_start

    def raw(self) -> bytes:
        """Return the value as it stands, whole."""
        return self.window.at(self.element.value_start, self.length)

    def last_byte(self) -> bytes:
        """Return the last byte of the value, b"" where it is empty."""
        return self.window.at(self.element.value_end - 1, 1) if self.length else b""


def swapped(raw: bytes, word_size: int) -> bytes:
    """Return bytes with each word turned around; what is left at the end stays as it is."""
    if word_size == 1:
        return raw
    whole = len(raw) - len(raw) % word_size
    words = array(_TYPECODES[word_size], raw[:whole])
    words.byteswap()
    return words.tobytes() + raw[whole:]


def known_vr(*fields: ElementAt) -> str:
    """Return the VR of elements of one tag: what one is written as, else what a dictionary says, or ''."""
    for field in fields:
        if field.element.vr not in ("", "UN"):
            return field.element.vr
    return next(filter(None, map(_listed_vr, fields)), "")


def _listed_vr(field: ElementAt) -> str:
    """The VR by the dictionaries, the first where they leave a choice."""
    from pydicom.datadict import dictionary_VR, private_dictionary_VR  # noqa: PLC0415 - slow to import

    tag = field.element.tag
    try:
        if tag & 0x0001_0000:
            return str(private_dictionary_VR(tag, field.dataset.creator(tag)))
        return str(dictionary_VR(tag)).partition(" or ")[0]
    except KeyError:
        return ""


def same_value(left: ElementAt, right: ElementAt, cancel: CancelToken) -> bool:
    """Say whether two elements of one tag, neither a sequence, have the same value. Raises ``Cancelled``."""
    vr = known_vr(left, right)
    is_text = vr in TEXT_VRS and max(left.length, right.length) <= _LONGEST_TEXT
    if is_text:
        return _same_text(left, right, vr)
    return _same_bytes(left, right, WORD_SIZES.get(vr, 1), cancel)


def items_of(field: ElementAt) -> tuple[tuple[Item, ...], ByteWindow] | None:
    """Return the items of a sequence and the bytes they lie in; None where the element is none.

    An element of unknown VR is one where its bytes are items (PS3.5 6.2.2: as in implicit VR).
    """
    if field.element.vr == "SQ" or not field.length:
        return field.element.items, field.window
    if field.element.vr not in ("", "UN") or field.length > _LONGEST_TEXT:
        return None
    try:
        parsed = parse_structure(memory_window(_SEQUENCE_OPENED + field.raw() + _SEQUENCE_CLOSED))
    except StructureFault:
        return None
    (sequence, *others) = parsed.dataset.elements
    return None if others else (sequence.items, parsed.window)


# A known sequence in implicit VR: (0008,1140) of undefined length, and its end.
_SEQUENCE_OPENED: Final = pack("<HHI", 0x0008, 0x1140, 0xFFFF_FFFF)
_SEQUENCE_CLOSED: Final = pack("<HHI", 0xFFFE, 0xE0DD, 0)


def _same_text(left: ElementAt, right: ElementAt, vr: str) -> bool:
    raw_left, raw_right = left.raw(), right.raw()
    in_one_set = left.raw_character_set == right.raw_character_set or vr not in CHARACTER_SET_VRS
    if in_one_set and raw_left.rstrip(_PADS) == raw_right.rstrip(_PADS):
        return True
    if vr in _LEADING_SPACE_COUNTS and _leading_spaces(raw_left) != _leading_spaces(raw_right):
        return False
    return _values(left, raw_left, vr) == _values(right, raw_right, vr)


def _leading_spaces(raw: bytes) -> int:
    return len(raw) - len(raw.lstrip(b" ")) if raw.strip(_PADS) else 0


def _values(field: ElementAt, raw: bytes, vr: str) -> list[str]:
    text = decode_text(raw, field.raw_character_set) if vr in CHARACTER_SET_VRS else raw.decode("latin-1")
    values = text.split("\\") if vr in _OF_SEVERAL_VALUES else [text]
    return [value.strip(" \0") for value in values]


def _same_bytes(left: ElementAt, right: ElementAt, word_size: int, cancel: CancelToken) -> bool:
    shorter, longer = sorted((left, right), key=lambda field: field.length)
    pad = longer.length - shorter.length
    if pad > 1 or (pad and (shorter.length % 2 == 0 or longer.last_byte() not in (b"\0", b" "))):
        return False
    at = 0
    while at < shorter.length:
        cancel.raise_if_cancelled()
        length = min(LARGEST_BLOCK, shorter.length - at)
        if _piece(left, at, length, word_size) != _piece(right, at, length, word_size):
            return False
        at += length
    return True


def _piece(field: ElementAt, at: int, length: int, word_size: int) -> bytes:
    raw = field.window.at(field.element.value_start + at, length)
    turned = field.dataset.big_endian and field.element.written_vr != "UN"
    return swapped(raw, word_size) if turned else raw
