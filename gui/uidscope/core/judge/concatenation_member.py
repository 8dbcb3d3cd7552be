"""One part of a concatenation as its file gives it, and what two parts do not have in common."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final, NamedTuple

from uidscope.core.errors import InputError
from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import ByteWindow, open_window
from uidscope.core.read.record import FileStamp
from uidscope.core.read.same_value import ElementAt, items_of, same_value
from uidscope.core.read.structure import Dataset, FileStructure, StructureFault, parse_structure
from uidscope.core.uid.dictionary import keyword

_CHARACTER_SET: Final = 0x0008_0005
_NUMBER: Final = 0x0020_9162
_TOTAL: Final = 0x0020_9163

# What the parts need not have in common (PS3.3 C.7.6.16.2.2.4), and what only says how they are written.
_OF_EACH_PART: Final = frozenset(
    {
        _CHARACTER_SET,
        0x0008_0012,  # Instance Creation Date and Time
        0x0008_0013,
        0x0008_0018,  # SOP Instance UID
        0x0020_0242,  # SOP Instance UID of Concatenation Source, which ENT-31 compares
        _NUMBER,
        0x0020_9228,  # Concatenation Frame Offset Number
        0x0028_0008,  # Number of Frames
        0x0088_0200,  # Icon Image Sequence
        0x4FFE_0001,  # MAC Parameters Sequence
        0x5200_9230,  # Per-Frame Functional Groups Sequence
        0xFFFA_FFFA,  # Digital Signatures Sequence
        0xFFFC_FFFC,  # Data Set Trailing Padding
    }
)
_PIXEL_GROUP: Final = 0x7FE0


class MemberNumbers(NamedTuple):
    """In-concatenation Number and Total Number; None where absent or no number."""

    number: int | None
    total: int | None


class OpenMember:
    """A part whose file is open."""

    def __init__(self, structure: FileStructure, cancel: CancelToken) -> None:
        self._structure = structure
        self._cancel = cancel
        self._top = _fields(structure.dataset, structure.window, b"")

    def numbers(self) -> MemberNumbers:
        """Return which part it is, and of how many."""
        return MemberNumbers(self._number(_NUMBER), self._number(_TOTAL))

    def differing(self, other: OpenMember) -> tuple[str, ...]:
        """Return the keywords of the top level in which two parts differ and must not; no private ones.

        Raises ``InputError`` where a file cannot be read any more, and ``Cancelled``.
        """
        return tuple(
            [
                keyword(tag)
                for tag in sorted(self._top.keys() | other._top.keys())
                if _is_common(tag) and not _same(self._top.get(tag), other._top.get(tag), self._cancel)
            ]
        )

    def _number(self, tag: int) -> int | None:
        field = self._top.get(tag)
        if field is None or field.length != 2:
            return None
        return int.from_bytes(field.raw(), "big" if field.dataset.big_endian else "little")


@contextmanager
def open_member(path: str, stamp: FileStamp, cancel: CancelToken) -> Iterator[OpenMember | None]:
    """Open the file of a part; None where it cannot be read any more or is not the one that was scanned."""
    with ExitStack() as opened:
        member = None
        try:
            status = os.stat(path)
            if (status.st_size, status.st_mtime_ns) == (stamp.size, stamp.modified_ns):
                window = opened.enter_context(open_window(path, follow_links=True))
                member = OpenMember(parse_structure(window), cancel)
        except (OSError, InputError, StructureFault):
            pass
        yield member


def _is_common(tag: int) -> bool:
    is_private = bool(tag & 0x0001_0000)
    is_group_length = not tag & 0xFFFF
    return not (is_private or is_group_length or tag >> 16 == _PIXEL_GROUP or tag in _OF_EACH_PART)


def _same(left: ElementAt | None, right: ElementAt | None, cancel: CancelToken) -> bool:
    if left is None or right is None:
        return False
    if "SQ" not in (left.element.vr, right.element.vr):
        return same_value(left, right, cancel)
    left_items, right_items = items_of(left), items_of(right)
    if left_items is None or right_items is None or len(left_items[0]) != len(right_items[0]):
        return False
    return all(
        _same_datasets(
            _fields(one.dataset, left_items[1], left.raw_character_set),
            _fields(other.dataset, right_items[1], right.raw_character_set),
            cancel,
        )
        for one, other in zip(left_items[0], right_items[0], strict=True)
    )


def _same_datasets(left: dict[int, ElementAt], right: dict[int, ElementAt], cancel: CancelToken) -> bool:
    tags = {tag for tag in left.keys() | right.keys() if tag & 0xFFFF and tag != _CHARACTER_SET}
    return all(_same(left.get(tag), right.get(tag), cancel) for tag in tags)


def _fields(dataset: Dataset, window: ByteWindow, raw_character_set: bytes) -> dict[int, ElementAt]:
    own = dataset.find(_CHARACTER_SET)
    if own is not None:
        raw_character_set = window.at(own.value_start, own.value_end - own.value_start).strip(b" \0")
    found: dict[int, ElementAt] = {}
    for element in dataset.elements:
        found.setdefault(element.tag, ElementAt(window, element, dataset, raw_character_set))
    return found
