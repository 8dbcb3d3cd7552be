"""UIDs that stand in texts, where a plan does not follow them (FILE-05): replaced where the user asks for it.

A text is changed only where it can be seen to be text and to stay within its VR. Binary values, documents,
names, and the identifiers of patients and orders are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple

from uidscope.core.plan.edits.edit import CLOSED, Edit, Put, SetValue
from uidscope.core.plan.edits.value_form import fits, vr_of
from uidscope.core.read.attributes import SPECIFIC_CHARACTER_SET
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.loose_numbers import SHORTEST_LEFTOVER
from uidscope.core.read.outside_pixels import numbers_in_value
from uidscope.core.read.structure import PIXEL_DATA, Element, FileStructure, walk_elements

LEFTOVER: Final = "leftover"  # the reason of these edits

_TEXTS: Final = frozenset({"LO", "LT", "SH", "ST", "UC", "UT"})
_UNTOLD: Final = frozenset({"", "UN"})
_PATIENT: Final = 0x0010
# Study ID, accession, order and step numbers, and the identifier of an HL7 document: others look by them.
_IDENTIFIERS: Final = frozenset(
    {
        0x0008_0050,
        0x0020_0010,
        0x0040_0009,
        0x0040_0253,
        0x0040_1001,
        0x0040_2016,
        0x0040_2017,
        0x0040_E001,
    }
)
_RUN: Final = re.compile(rb"[0-9.]+")
_PLAIN_TEXT: Final = re.compile(rb"[\t\n\f\r\x20-\x7e]*")

NewUid = Callable[[str], str | None]


class Leftover(NamedTuple):
    """An element that holds UIDs which get new ones; the edit that replaces them, None where they stay."""

    path: str
    edit: SetValue | None


def leftovers_in(structure: FileStructure, new_uid: NewUid) -> Iterator[Leftover]:
    """Yield the elements of a data set that are no UI elements and hold UIDs that get new ones.

    What lies in (0400,0561) and in signatures is passed over, and so are pixel data.
    """
    character_set = structure.dataset.find(SPECIFIC_CHARACTER_SET)
    raw_character_set = b"" if character_set is None else structure.value(character_set)
    for path, element, parents in walk_elements(structure.dataset):
        if element.vr in ("UI", "SQ") or element.items or element.tag == PIXEL_DATA:
            continue
        if any(parent.sequence.tag in CLOSED for parent in parents):
            continue
        numbers = numbers_in_value(structure.window, element)
        if any(len(number) >= SHORTEST_LEFTOVER and new_uid(number) for number in numbers):
            dataset = parents[-1].item.dataset if parents else structure.dataset
            value = _replaced(structure, element, vr_of(element, dataset), new_uid, raw_character_set)
            old = structure.text(element) if value is not None else ""
            yield Leftover(path, None if value is None else SetValue(element, path, old, value, LEFTOVER))


def leftover_edits(structure: FileStructure, new_uid: NewUid, edits: Collection[Edit]) -> list[Edit]:
    """Return the edits that put new UIDs into the texts of a file, but for what other edits replace."""
    put = {edit.tag for edit in edits if isinstance(edit, Put)}
    settled = {edit.element.header_start for edit in edits if isinstance(edit, SetValue)}
    settled |= {element.header_start for element in structure.dataset.elements if element.tag in put}
    found = (leftover.edit for leftover in leftovers_in(structure, new_uid))
    return [edit for edit in found if edit is not None and edit.element.header_start not in settled]


def with_new_uids(raw_text: bytes, new_uid: NewUid) -> bytes:
    """Return a text in which each UID that gets a new one is replaced, where it is a number of its own."""

    def new(found: re.Match[bytes]) -> bytes:
        run = found.group()
        old = run.strip(b".")
        uid = new_uid(old.decode("ascii")) if len(old) >= SHORTEST_LEFTOVER else None
        return run if uid is None else run.replace(old, uid.encode("ascii"), 1)

    return _RUN.sub(new, raw_text)


def _replaced(
    structure: FileStructure, element: Element, vr: str, new_uid: NewUid, raw_character_set: bytes
) -> bytes | None:
    """The whole new value, of even length; None where the old one stays."""
    if element.undefined_length or element.tag >> 16 == _PATIENT or element.tag in _IDENTIFIERS:
        return None
    if vr not in _TEXTS and vr not in _UNTOLD:
        return None
    raw_value = structure.value(element)
    if vr in _UNTOLD and not _PLAIN_TEXT.fullmatch(raw_value.rstrip(b"\0")):
        return None
    value = _even(with_new_uids(raw_value, new_uid), pad=b"\0" if vr in _UNTOLD else b" ")
    return value if fits(vr, decode_text(value, raw_character_set)) else None


def _even(value: bytes, *, pad: bytes) -> bytes:
    if len(value) % 2 == 0:
        return value
    return value[:-1] if value.endswith((b" ", b"\0")) else value + pad
