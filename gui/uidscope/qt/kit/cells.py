"""What a cell of a list shows, as plain values: models hand these out, the one delegate draws them.

A model returns one of these for `CELL_ROLE`, and `cell_speech` of it for Qt's accessible text role.
"""

import enum
from dataclasses import dataclass

from PySide6.QtCore import Qt

from uidscope.qt.kit.badges import Badge, badges_speech
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.number_text import number_text

CELL_ROLE = Qt.ItemDataRole.UserRole + 100
"""The item data role under which a model hands out a cell."""


class Tone(enum.Enum):
    """How loud a text is: content, a secondary fact, or off."""

    TEXT = "text"
    TEXT2 = "text2"
    DISABLED = "disabled"


class Cut(enum.Enum):
    """Where a text that is too long is cut."""

    RIGHT = "right"
    MIDDLE = "middle"
    ELEMENT_PATH = "element path"
    FILE_PATH = "file path"


class DiffSide(enum.Enum):
    """What a changed part stands for: what goes, what comes, or one of two equals (compare)."""

    OLD = "old"
    NEW = "new"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class NameCell:
    """An entity's name after its icon. The secondary text is shown whole or not at all.

    `icon_verdict` colours the icon; `group` makes its row a group row. A check box stands before the name
    where the model answers Qt's check state role.
    """

    text: str
    icon: str = ""
    secondary: str = ""
    strong: bool = False
    tone: Tone = Tone.TEXT
    icon_verdict: Verdict | None = None
    group: bool = False
    cut: Cut = Cut.RIGHT


@dataclass(frozen=True, slots=True)
class BadgesCell:
    """Badges: two at most are shown, the gravest first; the tool tip says all."""

    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class UidCell:
    """A UID. `faulty` are the spans of characters at fault (first, past the last), in rising order."""

    value: str
    faulty: tuple[tuple[int, int], ...] = ()
    verdict: Verdict | None = None
    tone: Tone = Tone.TEXT


@dataclass(frozen=True, slots=True)
class DiffPart:
    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class DiffCell:
    """A value in parts, those that change filled; `active` is False for a row that is switched off."""

    parts: tuple[DiffPart, ...]
    side: DiffSide
    active: bool = True

    @property
    def value(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class StateCell:
    """A state: its shape, its word, its colour."""

    icon: str
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number, written as the locale does; None leaves the cell empty."""

    number: int | None
    tone: Tone = Tone.TEXT


@dataclass(frozen=True, slots=True)
class TextCell:
    """Any other text. `verdict` overrides `tone`."""

    text: str
    tone: Tone = Tone.TEXT
    verdict: Verdict | None = None
    mono: bool = False
    cut: Cut = Cut.RIGHT


Cell = NameCell | BadgesCell | UidCell | DiffCell | StateCell | NumberCell | TextCell


def cell_speech(cell: Cell) -> str:
    """The whole of the cell in words, for screen readers and tool tips."""
    match cell:
        case NameCell():
            return f"{cell.text}, {cell.secondary}" if cell.secondary else cell.text
        case BadgesCell():
            return badges_speech(cell.badges)
        case UidCell() | DiffCell():
            return cell.value
        case StateCell() | TextCell():
            return cell.text
        case NumberCell():
            return "" if cell.number is None else number_text(cell.number)
