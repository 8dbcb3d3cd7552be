"""Numbers that could be UIDs and stand in a file outside its UI elements.

A plan follows a UID in UI elements alone; one that stands in text, a private element or a document is a
leftover. Which numbers are UIDs of the set is not known while a file is read: so those that could be are
told, which in most files are none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from uidscope.core.read.outside_pixels import ReadAt, pieces_outside_pixels
from uidscope.core.read.record import BROKEN, HAS_META, IS_DICOMDIR, TRUNCATED, FileRecord

# Shorter numbers are met by chance, as the version of a software; and with one point, as a decimal.
SHORTEST_LEFTOVER: Final = 12
FEWEST_POINTS: Final = 2
MOST_NUMBERS: Final = 20_000  # of one file

_DIGITS_AND_POINTS: Final = frozenset(b"0123456789.")
# What follows the first point of a number of at least two: to search for a byte that is rare is quick. Its
# length leaves out versions, of which most files hold one.
_FROM_FIRST_POINT: Final = re.compile(rb"\.(?=[0-9.]{8})[0-9]+\.[0-9.]+")


def numbers_outside(pieces: Iterable[bytes], fields: Sequence[bytes]) -> tuple[str, ...]:
    """Return the dotted numbers that stand in some bytes more often than in their UI fields, sorted.

    ``fields`` are the raw UI fields among the bytes, each as often as it stands there. Left out are numbers
    under ``SHORTEST_LEFTOVER`` characters, of fewer than three parts or with a first part of more than three
    digits, and what is behind the first ``MOST_NUMBERS`` different ones.
    """
    kept = list(pieces)
    found: list[bytes] = []
    for piece in kept:
        found += _FROM_FIRST_POINT.findall(piece)
    expected = _FROM_FIRST_POINT.findall(b"\0".join(fields))
    if len(found) == len(expected):
        found.sort()
        expected.sort()
        if found == expected:
            return ()
    times = _numbers(kept)
    times.subtract(_numbers(fields))
    more = sorted([number for number, left in times.items() if left > 0])
    return tuple([number.decode("ascii") for number in more[:MOST_NUMBERS]])


def may_hold_numbers(pieces: Iterable[bytes]) -> bool:
    """Whether such a number could stand in one of some pieces of bytes."""
    return _FROM_FIRST_POINT.search(b"\0".join(pieces)) is not None


def loose_numbers(record: FileRecord, size: int, read: ReadAt) -> tuple[str, ...]:
    """Return the same of an open file that has been read; none where it is never exported.

    ``read(offset, length)`` brings its bytes. Raises InflatedTooLarge, and what ``read`` raises.
    """
    if record.flags & (TRUNCATED | BROKEN | IS_DICOMDIR):
        return ()
    return numbers_outside(pieces_outside_pixels(read, size, record.encoding), _ui_fields(record))


def _numbers(pieces: Iterable[bytes]) -> Counter[bytes]:
    times: Counter[bytes] = Counter()
    for piece in pieces:
        for found in _FROM_FIRST_POINT.finditer(piece):
            start = found.start()
            while start and piece[start - 1] in _DIGITS_AND_POINTS:
                start -= 1
            number = piece[start : found.end()].strip(b".")
            if len(number) >= SHORTEST_LEFTOVER and number.count(b".") >= FEWEST_POINTS:
                times[number] += 1
    return times


def _ui_fields(record: FileRecord) -> list[bytes]:
    fields = [raw if count == 1 else b"\0".join([raw] * count) for _, raw, count in record.values]
    patterns = [pattern for pattern, _, _ in record.values]
    if "SOPInstanceUID" not in patterns:
        fields.append(record.sop_instance_uid.encode())
    if record.flags & HAS_META and "meta.MediaStorageSOPInstanceUID" not in patterns:
        fields.append((record.meta_sop_instance_uid or "").encode())
    return fields
