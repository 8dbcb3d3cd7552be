"""The value of one element as a short text, whatever its VR; of a long one only the beginning is read."""

from __future__ import annotations

import re
from struct import Struct
from typing import Final, NamedTuple

from uidscope.core.language import ENGLISH
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.same_value import ElementAt, known_vr
from uidscope.core.report.counted import counted
from uidscope.core.report.element_names import tag_text
from uidscope.core.uid.registry import registered
from uidscope.core.uid.syntax import split_field, strip_value

LONGEST_VALUE: Final = 500

_BYTES_READ: Final = 4 * LONGEST_VALUE  # of a text: no character takes more
_BYTES_TOLD: Final = 16
_COUNT: Final = re.compile(r"([0-9,]+) (byte|item)s?(?![^:])")
_TEXTS: Final = frozenset(
    {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UR", "UT"}
)
_NUMBERS: Final = {
    "FD": "d", "FL": "f", "SL": "i", "SS": "h", "SV": "q", "UL": "I", "US": "H", "UV": "Q",
}  # fmt: skip


class ValueText(NamedTuple):
    """A value for reading; ``is_cut`` says that the element holds more."""

    text: str
    is_cut: bool


def value_text(field: ElementAt, vr: str = "") -> ValueText:
    """Return what an element says, at most ``LONGEST_VALUE`` characters and an ellipsis.

    ``vr`` is asked for where the element itself does not tell it. Of a sequence the text is how many items
    it has, of bytes how many there are and the first of them. Several values have backslashes between
    them. Text may hold anything that a file may. The counts are English: programs read them, too.
    """
    vr = vr or known_vr(field)
    if field.element.vr == "SQ":
        return ValueText(counted(len(field.element.items), "item", spoken=ENGLISH), is_cut=False)
    if field.element.undefined_length or vr not in _TEXTS | _NUMBERS.keys() | {"AT", "UI"}:
        return _bytes(field)
    raw = field.window.at(field.element.value_start, min(field.length, _BYTES_READ))
    if vr == "UI":
        text = "\\".join(_uid(strip_value(raw_value)) for raw_value in split_field(raw))
    elif vr in _TEXTS:
        text = decode_text(raw, field.raw_character_set)
    else:
        text = "\\".join(_numbers(raw, vr, big_endian=_is_big_endian(field)))
    is_cut = field.length > len(raw) or len(text) > LONGEST_VALUE
    return ValueText(f"{text[:LONGEST_VALUE]}…" if is_cut else text, is_cut)


def spoken_value(vr: str, text: str) -> str:
    """Return what ``value_text`` told of a value of this VR with its count in the language that holds."""
    found = _COUNT.match(text)
    if found is None or vr in _TEXTS | _NUMBERS.keys() | {"AT", "UI"}:
        return text
    number, noun = found.groups()
    return counted(int(number.replace(",", "")), noun) + text[found.end() :]


def _bytes(field: ElementAt) -> ValueText:
    told = counted(field.length, "byte", spoken=ENGLISH)
    if not field.length:
        return ValueText("", is_cut=False)
    raw = field.window.at(field.element.value_start, min(field.length, _BYTES_TOLD))
    is_cut = field.length > _BYTES_TOLD
    return ValueText(f"{told}: {raw.hex(' ')}{'…' if is_cut else ''}", is_cut)


def _uid(text: str) -> str:
    entry = registered(text)
    return f"{text} ({entry.name})" if entry else text


def _numbers(raw: bytes, vr: str, *, big_endian: bool) -> list[str]:
    order = ">" if big_endian else "<"
    if vr == "AT":
        words = [group << 16 | element for group, element in Struct(f"{order}HH").iter_unpack(_whole(raw, 4))]
        return [tag_text(word) for word in words]
    number = Struct(order + _NUMBERS[vr])
    values = (value for (value,) in number.iter_unpack(_whole(raw, number.size)))
    return [f"{value:g}" if vr == "FL" else str(value) for value in values]


def _whole(raw: bytes, size: int) -> bytes:
    return raw[: len(raw) - len(raw) % size]


def _is_big_endian(field: ElementAt) -> bool:
    return field.dataset.big_endian and field.element.written_vr != "UN"
