"""The looks in which pictures are made: colours, language, direction, size and scale."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import Qt

from uidscope.qt.kit.colour_tokens import Scheme


class Look(NamedTuple):
    """How the window is dressed. `shows_all`: every scene, else those that matter most alone.

    The scale holds for a whole process, and the language for all that is made in it, so each look has a
    process of its own.
    """

    scheme: Scheme = Scheme.LIGHT
    shows_all: bool = False
    language: str = "en"
    scale: float = 1
    size: tuple[int, int] = (1440, 900)
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight


LOOKS: Final[dict[str, Look]] = {
    "light": Look(shows_all=True),
    "dark": Look(Scheme.DARK, shows_all=True),
    "german": Look(shows_all=True, language="de"),
    "small": Look(size=(1024, 700)),
    "scale-1.5": Look(scale=1.5),
    "scale-2": Look(scale=2),
    "right-to-left": Look(direction=Qt.LayoutDirection.RightToLeft),
}
"""The name is that of the folder of its pictures."""
