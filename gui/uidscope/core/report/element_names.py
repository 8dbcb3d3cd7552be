"""What an element is called: its name in PS3.6 or in the dictionary of its private creator."""

from __future__ import annotations

from typing import Final

_PRIVATE_ELEMENT: Final = "Private element"


def element_name(tag: int, creator: str) -> str:
    """Return the name of an element ``0xGGGGEEEE``; ``creator`` is that of a private element's block."""
    # Slow to load, and asked for by windows that mostly show no element.
    from pydicom.datadict import dictionary_description, private_dictionary_description  # noqa: PLC0415
    from pydicom.tag import Tag  # noqa: PLC0415

    known = Tag(tag)
    if known.element == 0:
        return "Group Length"
    if known.is_private_creator:
        return "Private Creator"
    try:
        if not known.is_private:
            return dictionary_description(known)
        return private_dictionary_description(known, creator) if creator else _PRIVATE_ELEMENT
    except KeyError:
        return "Unknown element" if not known.is_private else _PRIVATE_ELEMENT


def tag_text(tag: int) -> str:
    """Return a tag as ``(0010,0020)``."""
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
