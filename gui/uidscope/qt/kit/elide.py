"""Texts too long for their place, cut where it hurts least."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

ELLIPSIS = "…"
_HEAD_SHARE = 0.46

Measure = Callable[[str], float]
Span = tuple[int, int]


class MiddleCut(NamedTuple):
    """What stays of a text: its first `head` characters and all from `tail` on. Uncut where they meet."""

    head: int
    tail: int

    @property
    def cut(self) -> bool:
        return self.head < self.tail


def middle_cut(length: int, room: int, keep: Sequence[Span] = ()) -> MiddleCut:
    """Where to cut a text of `length` characters so that `room` characters show, the ellipsis included.

    46 % of what shows is head and 54 % tail. Where that would cut into a span of `keep` (first, past the
    last), the gap is moved beside it, if there is any place that holds it.
    """
    if length <= room:
        return MiddleCut(length, length)
    shown = max(room - 1, 2)
    gap = length - shown
    wanted = max(1, int(shown * _HEAD_SHARE))
    heads = sorted(range(1, shown), key=lambda head: abs(head - wanted))
    head = next((head for head in heads if not _meets(head, head + gap, keep)), wanted)
    return MiddleCut(head, head + gap)


def _meets(first: int, past_last: int, spans: Sequence[Span]) -> bool:
    return any(first < end and start < past_last for start, end in spans)


def elide_middle(text: str, width: float, measure: Measure, keep: Sequence[Span] = ()) -> str:
    """The text cut in its middle so that it fits into `width`; whole where it fits."""
    cut = fitting_cut(text, width, measure, keep)
    return text[: cut.head] + ELLIPSIS + text[cut.tail :] if cut.cut else text


def fitting_cut(text: str, width: float, measure: Measure, keep: Sequence[Span] = ()) -> MiddleCut:
    """The cut with which the most of `text` fits into `width`."""
    if measure(text) <= width:
        return MiddleCut(len(text), len(text))

    def fits(room: int) -> bool:
        cut = middle_cut(len(text), room, keep)
        return measure(text[: cut.head] + ELLIPSIS + text[cut.tail :]) <= width

    least, most = 3, len(text) - 1
    while least < most:
        room = (least + most + 1) // 2
        least, most = (room, most) if fits(room) else (least, room - 1)
    return middle_cut(len(text), least, keep)


def elide_path(path: str, width: float, measure: Measure, separator: str = ".") -> str:
    """The path cut at its left, at a segment: the last segment with its item number stays whole.

    `separator` is `.` for element paths and `/` for files. Only where the last segment alone is too long
    is that one cut, in its middle.
    """
    if measure(path) <= width:
        return path
    segments = path.split(separator)
    lead = f"{ELLIPSIS} › " if separator == "." else ELLIPSIS + separator
    for first in range(1, len(segments)):
        shortened = lead + separator.join(segments[first:])
        if measure(shortened) <= width:
            return shortened
    return elide_middle(segments[-1], width, measure)


def elide_right(text: str, width: float, measure: Measure) -> str:
    """The beginning of the text that fits into `width`, with an ellipsis."""
    if measure(text) <= width:
        return text
    least, most = 0, len(text) - 1
    while least < most:
        room = (least + most + 1) // 2
        fits = measure(text[:room].rstrip() + ELLIPSIS) <= width
        least, most = (room, most) if fits else (least, room - 1)
    return text[:least].rstrip() + ELLIPSIS
