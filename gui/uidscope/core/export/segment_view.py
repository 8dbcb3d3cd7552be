"""A file that is planned and not written, read as if it were: what a dry run looks at."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from uidscope.core.export.segments import Segment, Span, total_size
from uidscope.core.read.byte_window import ByteWindow


class SegmentView:
    """The bytes that these pieces of a source would make, by offset."""

    def __init__(self, segments: tuple[Segment, ...], source: ByteWindow) -> None:
        self._segments = segments
        self._source = source
        lengths = (total_size([segment]) for segment in segments)
        self._starts = list(accumulate(lengths, initial=0))

    @property
    def size(self) -> int:
        """How many bytes the file would have."""
        return self._starts[-1]

    def read(self, offset: int, length: int) -> bytes:
        """Return ``length`` bytes from ``offset``, or as many as there are."""
        end = min(offset + length, self.size)
        parts = []
        while offset < end:
            index = bisect_right(self._starts, offset) - 1
            upto = min(end, self._starts[index + 1])
            inside = offset - self._starts[index]
            parts.append(self._bytes(self._segments[index], inside, upto - offset))
            offset = upto
        return b"".join(parts)

    def _bytes(self, segment: Segment, inside: int, length: int) -> bytes:
        if isinstance(segment, Span):
            return self._source.at(segment.start + inside, length)
        return segment[inside : inside + length]
