"""What the walk of one data set found, before anything is made of it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Literal

from uidscope.core.read.record import Fault


@dataclass(slots=True)
class Walk:
    """What the walker found.

    ``values``: (element path without item numbers, the field's bytes, offset of the field, item id).
    Item 0 is the object itself; item *n* stands in ``parents[n]`` as number ``ordinals[n]`` of its
    sequence. ``keys``: the raw fields of the top level by tag. ``purposes``: item id of a reference
    -> raw code value. ``pixel_length``: bytes of native pixel data, -1 encapsulated, ``None`` none;
    ``has_float_pixels`` says that they are numbers with a fraction, (7FE0,0008) or (7FE0,0009).
    """

    values: list[tuple[str, bytes, int, int]] = field(default_factory=list)
    parents: array[int] = field(default_factory=lambda: array("l", [0]))
    ordinals: array[int] = field(default_factory=lambda: array("l", [0]))
    keys: dict[int, bytes] = field(default_factory=dict)
    purposes: dict[int, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    pixel_length: int | None = None
    has_float_pixels: bool = False
    has_provider_url: bool = False
    byte_order: Literal["little", "big"] = "little"


def numbered_path(walk: Walk, pattern: str, item: int) -> str:
    """The element path with item numbers put back in, counted from 1."""
    numbers = []
    while item:
        numbers.append(str(walk.ordinals[item]))
        item = walk.parents[item]
    parts = pattern.split("[]")
    return (
        "".join(part + f"[{number}]" for part, number in zip(parts, reversed(numbers), strict=False))
        + parts[-1]
    )
