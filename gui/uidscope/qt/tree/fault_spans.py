"""Where in a UID its faulty parts stand, for whoever marks them."""

from functools import lru_cache

from uidscope.core.uid.syntax import faulty_parts

Span = tuple[int, int]


@lru_cache(maxsize=4096)
def fault_spans(value: str) -> tuple[Span, ...]:
    """The spans of characters (first, past the last) that are at fault; neighbouring parts make one span."""
    at_fault = {fault.place for fault in faulty_parts(value)}
    spans: list[Span] = []
    start = 0
    for index, part in enumerate(value.split(".")):
        end = start + len(part)
        if index in at_fault:
            # A part that is missing shows as its dot.
            first, past_last = (start, end) if part else (max(start - 1, 0), min(end + 1, len(value)))
            if spans and first - spans[-1][1] <= 1:
                spans[-1] = (spans[-1][0], past_last)
            else:
                spans.append((first, past_last))
        start = end + 1
    return tuple(spans)
