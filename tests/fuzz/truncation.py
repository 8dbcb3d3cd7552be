"""Files cut at every byte: `python -m tests.fuzz.truncation`.

A cut is seen where the file is not loaded, or is loaded as truncated or broken. Unseen it may be only where
an element ends, and there the UIDs that every object has, or the length of its pixel data, tell.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from tests.fuzz.seeds import whole_files
from uidscope.core.read.byte_window import memory_window
from uidscope.core.read.encoding import InflatedTooLarge
from uidscope.core.read.read_file import read_bytes
from uidscope.core.read.record import BROKEN, NATIVE_PIXELS, TRUNCATED, FileRecord
from uidscope.core.read.structure import FileStructure, parse_structure
from uidscope.core.read.walker import TooDeep, TooLarge

_MANDATORY: Final = ("SOPClassUID", "StudyInstanceUID", "SeriesInstanceUID")
_PIXELS: Final = 0x7FE0_0010


def cuts(data: bytes, places: Iterable[int]) -> Counter[str]:
    """How many of the cuts at these places were seen, and by what; ``undetected`` should be none."""
    whole = parse_structure(memory_window(data))
    ends = _ends(whole)
    return Counter(_seen(data[:place], whole, place in ends) for place in places)


def files() -> Iterator[tuple[str, bytes]]:
    """Twenty files of every kind and encoding, each with its UIDs; the smallest first."""
    found = sorted(whole_files(), key=lambda each: len(each[1]))
    sound = [each for each in found if each[0] != "DICOMDIR" and not each[0].startswith("padded")]
    step = len(sound) / 20
    return iter([sound[int(number * step)] for number in range(20)])


def _seen(cut: bytes, whole: FileStructure, at_an_end: bool) -> str:
    try:
        read = read_bytes("cut", len(cut), lambda offset, length: cut[offset : offset + length])
    except (TooDeep, TooLarge, InflatedTooLarge):
        return "not loaded"
    if not isinstance(read, FileRecord):
        return "not loaded"
    if read.flags & (TRUNCATED | BROKEN):
        return "truncated" if read.flags & TRUNCATED else "broken"
    return _told_otherwise(cut, read, whole, at_an_end)


def _told_otherwise(cut: bytes, read: FileRecord, whole: FileStructure, at_an_end: bool) -> str:
    """What tells of a cut that the structure of the rest does not show."""
    if whole.encoding == "deflated" and len(cut) == whole.file_window.size - 1:
        return "only the pad behind the deflated data set is missing"
    if not at_an_end:
        return "undetected"
    stated = {path for path, _, _ in read.values}
    if not read.sop_instance_uid or not stated.issuperset(_MANDATORY):
        return "at an element's end, a UID is missing"
    if whole.dataset.find(_PIXELS) is None:
        return "at an element's end, of an object without pixel data"
    return "undetected" if read.flags & NATIVE_PIXELS else "at an element's end, the pixel data are missing"


def _ends(structure: FileStructure) -> frozenset[int]:
    """Where an element of the outermost level or of the file meta ends, and where the first begins."""
    meta = structure.meta.elements if structure.meta else ()
    outermost = structure.dataset.elements if structure.encoding != "deflated" else ()
    return frozenset([structure.data_start, *(each.end for each in (*meta, *outermost))])


def main() -> int:
    """Cut every file at every byte and print what was seen."""
    argparse.ArgumentParser(prog="python -m tests.fuzz.truncation").parse_args()
    total: Counter[str] = Counter()
    for name, data in files():
        seen = cuts(data, range(len(data)))
        total += seen
        sys.stdout.write(f"{name}, {len(data)} bytes: {dict(seen.most_common())}\n")
    sys.stdout.write(f"{total.total()} cuts of 20 files, {total['undetected']} undetected: {dict(total)}\n")
    return 1 if total["undetected"] else 0


if __name__ == "__main__":
    sys.exit(main())
