"""One file with its edits, as pieces to be written."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from uidscope.core.errors import UsageError
from uidscope.core.export.file_head import HeadChange, plan_head
from uidscope.core.export.segments import Segment, Span, coalesce, total_size
from uidscope.core.export.splice import Splice
from uidscope.core.plan.edits.edit import Edit
from uidscope.core.read.byte_window import ByteWindow
from uidscope.core.read.preamble import PREAMBLE_LENGTH, preamble_kind
from uidscope.core.read.structure import FileStructure

_META_GROUP: Final = b"\x02\x00"


class Rewritten(NamedTuple):
    """One file to be written.

    ``segments`` are pieces of the source *file*; ``edits`` are all that are applied, those of the plan
    and those that every file gets; ``changes`` names the latter. A copy is byte for byte the source but for
    its preamble.
    """

    segments: tuple[Segment, ...]
    size: int
    preamble: bytes
    edits: tuple[Edit, ...]
    changes: tuple[HeadChange, ...]
    is_copy: bool = False


def rewrite(
    structure: FileStructure, edits: Sequence[Edit], *, keep_tiff_preamble: bool = False
) -> Rewritten:
    """Return the file that these edits make of this one.

    Each edit names an element object of this structure. An element that stands twice and is put is
    replaced twice. Raises ``UsageError`` where a value outgrows its length field, and what ``plan_head``
    raises; so it does where the data set would begin with what belongs into the file meta.
    """
    head = plan_head(structure, edits, keep_tiff_preamble=keep_tiff_preamble)
    all_edits = (*edits, *head.edits)
    splice = Splice(structure, all_edits)
    segments: list[Segment] = [head.preamble + b"DICM", *splice.meta()]
    if structure.encoding != "deflated":
        dataset = splice.top_level()
        if _start_of(dataset, structure.window) == _META_GROUP:
            # It would be read as a part of the file meta.
            raise UsageError(
                "An element of the file meta stands in the data set, so the file cannot be written."
            )
        segments += dataset
    elif splice.changes_dataset:
        segments.append(_deflated(splice.top_level(), structure.window))
    else:
        segments.append(Span(structure.data_start, structure.file_window.size))
    whole = coalesce(segments, structure.file_window)
    return Rewritten(whole, total_size(whole), head.preamble, all_edits, head.changes)


def copy_unchanged(window: ByteWindow) -> Rewritten:
    """Return a file that no edit touches: byte for byte, but for a preamble that could be run or opened."""
    start = window.at(0, PREAMBLE_LENGTH + 4)
    preamble = start[:PREAMBLE_LENGTH] if start.endswith(b"DICM") else b""
    kind = preamble_kind(preamble)
    if kind not in ("executable", "archive"):
        return Rewritten((Span(0, window.size),), window.size, preamble, (), (), is_copy=True)
    zeros = bytes(PREAMBLE_LENGTH)
    change = HeadChange("preamble", "", "", f"preamble-{kind}")
    return Rewritten(
        (zeros, Span(PREAMBLE_LENGTH, window.size)), window.size, zeros, (), (change,), is_copy=True
    )


def _start_of(segments: Sequence[Segment], window: ByteWindow) -> bytes:
    """Return the first two bytes of these pieces."""
    for segment in segments:
        start = window.at(segment.start, 2) if isinstance(segment, Span) else segment[:2]
        if start:
            return start
    return b""


def _deflated(segments: Iterable[Segment], window: ByteWindow) -> bytes:
    """Return the raw deflate stream of these pieces, of even length (PS3.5 A.5)."""
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    parts: list[bytes] = []
    for segment in segments:
        blocks = window.blocks(segment.start, segment.end) if isinstance(segment, Span) else (segment,)
        parts += [deflater.compress(block) for block in blocks]
    stream = b"".join([*parts, deflater.flush()])
    return stream + bytes(len(stream) % 2)
