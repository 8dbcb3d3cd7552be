"""Which VR a value has, and whether its bytes are what that VR allows (PS3.5 6.2).

Only what can be seen in the value itself is judged; whether an attribute may have several values is
judged for UIDs alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.structure import Dataset, Element
from uidscope.core.uid.elements import ui_element
from uidscope.core.uid.syntax import judge_value, split_field, strip_value

ONE_VALUE: Final = frozenset({"LT", "ST", "UR", "UT"})  # a backslash is a character of these

_UNTOLD: Final = frozenset({"", "UN"})
# Characters of one value; of a person's name, of each of its component groups.
_LONGEST: Final = {
    "AE": 16,
    "AS": 4,
    "CS": 16,
    "DA": 10,
    "DS": 16,
    "DT": 26,
    "IS": 12,
    "LO": 64,
    "LT": 10_240,
    "PN": 64,
    "SH": 16,
    "ST": 1024,
    "TM": 16,
}
_CHARACTERS: Final = {
    "AS": re.compile(r"[0-9]{3}[DWMY]"),
    "CS": re.compile(r"[A-Z0-9_ ]*"),
    "DA": re.compile(r"[0-9]{4}(?:[0-9]{4}|\.[0-9]{2}\.[0-9]{2})"),
    "DS": re.compile(r" *[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)? *"),
    "DT": re.compile(r"[0-9]{4,14}(?:\.[0-9]{1,6})?(?:[+-][0-9]{4})?"),
    "IS": re.compile(r" *[+-]?[0-9]+ *"),
    "TM": re.compile(r"[0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:\.[0-9]{1,6})?)?)?"),
}
_LINE: Final = re.compile(r"[^\x00-\x1a\x1c-\x1f\x7f]*")
_TEXT: Final = re.compile(r"[^\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]*")
_FORM_OF_UID: Final = frozenset({f"UID-S0{number}" for number in range(1, 8)})


def vr_of(element: Element, dataset: Dataset) -> str:
    """Return the VR of an element; where the file does not say it, that of the dictionary; '' for none."""
    if element.vr not in _UNTOLD:
        return element.vr
    from pydicom.datadict import dictionary_VR, private_dictionary_VR  # noqa: PLC0415 - slow, rarely needed

    try:
        if element.tag & 0x0001_0000:
            return private_dictionary_VR(element.tag, dataset.creator(element.tag)).partition(" ")[0]
        return dictionary_VR(element.tag).partition(" ")[0]
    except KeyError:
        return ""


def fits(vr: str, text: str) -> bool:
    """Say whether a decoded field is within the length of its VR, value by value."""
    longest = _LONGEST.get(vr)
    if longest is None:
        return True
    values = [text] if vr in ONE_VALUE else text.split("\\")
    if vr == "PN":
        values = [group for value in values for group in value.split("=")]
    return all(len(value) <= longest for value in values)


def faulty_values(element: Element, vr: str, raw_field: bytes, raw_character_set: bytes) -> tuple[int, ...]:
    """Return which values of a field, from 1, the VR does not allow; values of binary VRs always pass."""
    if vr == "UI":
        known = ui_element(element.tag)
        values = split_field(raw_field)
        if len(values) > 1 and known is not None and not known.multiple_allowed:
            return tuple(range(1, len(values) + 1))
        return _numbers(not _FORM_OF_UID.isdisjoint(judge_value(strip_value(value))) for value in values)
    if vr not in _LONGEST and vr not in ("UC", "UR", "UT"):
        return ()
    text = decode_text(raw_field, raw_character_set)
    texts = [text] if vr in ONE_VALUE else text.split("\\")
    return _numbers(not _is_right(vr, each) for each in texts)


def _is_right(vr: str, text: str) -> bool:
    allowed = _CHARACTERS.get(vr, _TEXT if vr in ONE_VALUE else _LINE)
    return not text.strip() or (fits(vr, text) and allowed.fullmatch(text.rstrip()) is not None)


def _numbers(is_faulty: Iterable[bool]) -> tuple[int, ...]:
    return tuple(number for number, faulty in enumerate(is_faulty, 1) if faulty)
