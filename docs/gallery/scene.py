"""What a picture is of: where it is played, and what is done until it can be grabbed."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final, NamedTuple

from docs.gallery.stage import Stage
from PySide6.QtWidgets import QDialog, QWidget


class Setting(Enum):
    """What scenes begin with. Those that begin alike share a window, but for those that are alone."""

    EMPTY = "nothing loaded"
    FAULTS = "the faulty archive, checked"
    PLAN = "the faulty archive, and new UIDs planned"
    OPEN = "the faulty archive, and a plan with something to decide"


class Scene(NamedTuple):
    """`play` returns the widget that is to be seen; `shows` says which dialog that is, if it is one.

    `is_alone`: it leaves the window as no other scene could use it. `is_main`: it is shown in every look.
    """

    name: str
    setting: Setting
    play: Callable[[Stage], QWidget]
    shows: type[QDialog] | None
    is_alone: bool
    is_main: bool


SCENES: Final[dict[str, Scene]] = {}
"""All scenes by name, as far as their modules have been imported: `docs.gallery.scenes` imports them all."""

Play = Callable[[Stage], QWidget]


def scene(
    name: str,
    setting: Setting,
    shows: type[QDialog] | None = None,
    *,
    is_alone: bool = False,
    is_main: bool = False,
) -> Callable[[Play], Play]:
    """Put the function below into `SCENES`."""

    def keep(play: Play) -> Play:
        assert name not in SCENES, name
        SCENES[name] = Scene(name, setting, play, shows, is_alone, is_main)
        return play

    return keep
