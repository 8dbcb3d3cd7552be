"""Text from files made safe to show: as text, on one line, in the order it is stored."""

import html
import unicodedata
from collections.abc import Callable

_LONGEST_SHOWN = 2000


class _Hiding:
    """What is not to be seen in any text."""

    hide: Callable[[str], str] | None = None


def hide_with(hide: Callable[[str], str] | None) -> None:
    """Show every text from now on as this function returns it; None: as it is."""
    _Hiding.hide = hide


def hidden(text: str) -> str:
    """The text without what is not to be seen in any."""
    return text if _Hiding.hide is None else _Hiding.hide(text)


def visible_text(text: str) -> str:
    """The text with control and direction-changing characters spelled out as `\\xNN` or `\\uNNNN`.

    A character such as U+202E would otherwise show a name as something it is not. Long texts are cut,
    with an ellipsis, for no line of the window is that long.
    """
    if _Hiding.hide is not None:
        text = _Hiding.hide(text)
    if len(text) > _LONGEST_SHOWN:
        text = text[:_LONGEST_SHOWN] + "…"
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    # Marks that join letters (zero-width joiners) are format characters too, and many scripts need them.
    harmless = character.isprintable() or character in "\u200c\u200d\u00a0\u3000"
    if harmless or unicodedata.category(character) == "Zs":
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def plain_tool_tip(text: str) -> str:
    """A tool tip that shows `text` as it is: Qt takes whatever looks like HTML for HTML."""
    lines = [visible_text(line) for line in text.split("\n")]
    if not set(text) & set("<&"):
        return "\n".join(lines)  # it cannot be mistaken, and screen readers read it without marks
    return "<qt>" + "<br>".join(map(html.escape, lines)) + "</qt>"


def button_text(text: str) -> str:
    """A button's or action's text that shows `text` as it is: a single & would underline a letter."""
    return visible_text(text).replace("&", "&&")
