"""Text from files made safe to show: control and direction characters are spelled out, never obeyed."""

from __future__ import annotations

import unicodedata

# Control, format (bidirectional marks among them), surrogates, private use, line and paragraph ends.
_SPELLED_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text with every character that could act on a terminal or a label written as ``\\uNNNN``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_spelled, text))


def _spelled(character: str) -> str:
    if unicodedata.category(character) not in _SPELLED_OUT:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
