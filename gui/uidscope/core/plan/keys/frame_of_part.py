"""A new frame of reference for a part of the objects that share one, where that was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.output import Part
from uidscope.core.plan.told.notes import PlanNote

_FRAME: Final = "frame_of_reference"


def gets_own_frame(part: Part, kind: str) -> bool:
    """Say whether what a part defines of a kind is a frame that it gets anew, whoever else is in the old one.

    What an intention only brings along follows it and defines no frame of its own.
    """
    intention = part.intention
    return kind == _FRAME and intention.new_frame_of_reference and part.treatment == intention.kind


def frame_notes(part: Part, uid: str, entry: MapEntry, outside: Collection[int]) -> Iterator[PlanNote]:
    """Yield what a new frame of reference tears apart: the part from its source and from files outside."""
    if not gets_own_frame(part, _FRAME) or entry.kind != _FRAME:
        return
    if part.treatment == "derived-series":
        facts: dict[str, str | int] = {"uid": uid, "files": entry.file_count}
        yield PlanNote("frame-apart-from-source", facts, tuple(sorted(part.occurrences)))
    if outside:
        facts = {"uid": uid, "outside": len(outside)}
        yield PlanNote("frame-torn", facts, tuple(sorted(outside)))
