"""Which values of elements may name somebody, or were typed by anybody: those that masking leaves out."""

from __future__ import annotations

from typing import Final

_NEVER_A_NAME: Final = frozenset(
    {"AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "SL", "SQ", "SS", "SV", "TM", "UI", "UL", "US", "UV"}
)


def may_name_somebody(level: str, vr: str) -> bool:
    """Whether a value may: by what its element is about, and by its VR, empty where nothing tells it."""
    return vr != "SQ" and (level in ("patient", "private") or vr not in _NEVER_A_NAME)
