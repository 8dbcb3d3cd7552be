"""Which standard and private elements hold UIDs or sequences, and what the standard elements are called.

Only UI and SQ matter for finding every UID in a file, so only they are looked up by VR. The tables
are PS3.6 and the known private dictionaries; ``resources/tables/build_tables.py`` makes them.
"""

from __future__ import annotations

import functools
from typing import Final, Literal

from uidscope.core.uid.resource_files import read_rows

KnownVr = Literal["UI", "SQ"]

# Bytes: VR LO has 64 characters; this is enough to tell a longer creator from any known.
LONGEST_CREATOR: Final = 66

# (50xx,2600), the one sequence of a repeating group (PS3.5 7.6).
_CURVE_SEQUENCE: Final = 0x5000_2600
_CURVE_SEQUENCE_KEYWORD: Final = "CurveReferencedOverlaySequence"

# A key of the private dictionary: the tag, with a mark above it where part of the tag is left open.
_ANY_BLOCK: Final = 1 << 32
_ANY_GROUP_AND_BLOCK: Final = 2 << 32


@functools.cache
def _known_elements() -> dict[int, tuple[KnownVr, str]]:
    """Tag -> (VR, keyword) of every standard element of VR UI or SQ."""
    known: dict[int, tuple[KnownVr, str]] = {}
    for tag, vr, keyword_ in read_rows("ui_and_sequence_elements")[1:]:
        known[int(tag, 16)] = ("UI" if vr == "UI" else "SQ", keyword_)
    return known


@functools.cache
def ui_tags() -> frozenset[int]:
    """Return the tags of all standard elements of VR UI."""
    return frozenset(tag for tag, (vr, _) in _known_elements().items() if vr == "UI")


@functools.cache
def sq_tags() -> frozenset[int]:
    """Return the tags of all standard elements of VR SQ, without the repeating group (50xx,2600)."""
    return frozenset(tag for tag, (vr, _) in _known_elements().items() if vr == "SQ")


def standard_vr(tag: int) -> KnownVr | None:
    """Return ``UI`` or ``SQ`` where PS3.6 gives the element ``0xGGGGEEEE`` that VR, else None."""
    known = _known_elements().get(tag)
    if known is not None:
        return known[0]
    return "SQ" if _is_curve_sequence(tag) else None


def keyword(tag: int) -> str:
    """Return the keyword of a standard element, or eight upper-case hex digits for any other."""
    known = _known_elements().get(tag)
    if known is not None:
        return known[1]
    if tag & 0x0001_0000:
        return f"{tag:08X}"
    if _is_curve_sequence(tag):
        return _CURVE_SEQUENCE_KEYWORD
    return _other_keywords().get(tag) or _repeating_keyword(tag) or f"{tag:08X}"


def private_vr(creator: str, tag: int) -> KnownVr | None:
    """Return ``UI`` or ``SQ`` where the private dictionary of this creator says so, else None.

    ``creator`` is the value of the private creator element that reserves the element's block
    (PS3.5 7.8.1); surrounding space and NUL do not count.
    """
    elements = _private_elements().get(creator.strip(" \0"))
    if elements is None:
        return None
    return (
        elements.get(tag)
        or elements.get(_ANY_BLOCK | (tag & 0xFFFF_00FF))
        or elements.get(_ANY_GROUP_AND_BLOCK | (tag & 0xFF00_00FF))
    )


def _is_curve_sequence(tag: int) -> bool:
    return tag & 0xFF01_FFFF == _CURVE_SEQUENCE


@functools.cache
def _other_keywords() -> dict[int, str]:
    return {int(tag, 16): keyword_ for tag, keyword_ in read_rows("other_element_keywords")[1:]}


@functools.lru_cache(maxsize=4096)
def _repeating_keyword(tag: int) -> str | None:
    text = f"{tag:08X}"
    return next(
        (
            keyword_
            for pattern, keyword_ in _repeating_keywords()
            if all(known in ("x", digit) for known, digit in zip(pattern, text, strict=True))
        ),
        None,
    )


@functools.cache
def _repeating_keywords() -> tuple[tuple[str, str], ...]:
    return tuple((pattern, keyword_) for pattern, keyword_ in read_rows("repeating_element_keywords")[1:])


def is_known_creator(creator: str) -> bool:
    """Whether the private dictionary lists UI or SQ elements of this creator."""
    return creator.strip(" \0") in _private_elements()


@functools.cache
def _private_elements() -> dict[str, dict[int, KnownVr]]:
    """Creator -> its elements of VR UI and SQ, keyed as ``private_vr`` looks them up."""
    creators: dict[str, dict[int, KnownVr]] = {}
    for creator, pattern, vr in read_rows("private_ui_and_sequences")[1:]:
        mark = (0, _ANY_BLOCK, _ANY_GROUP_AND_BLOCK)[pattern.count("x") // 2]
        key = mark | int(pattern.replace("x", "0"), 16)
        creators.setdefault(creator, {})[key] = "UI" if vr == "UI" else "SQ"
    return creators
