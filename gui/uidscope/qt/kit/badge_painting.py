"""How badges are drawn: shape and word in the ink of a verdict, in a pill where they are an entity's own."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from uidscope.qt.kit.badges import Badge, badge_count_text, badge_text, gravest_first
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.font_roles import FontRole, font, metrics, text_width
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.run_painting import draw_text
from uidscope.qt.kit.theme import tokens

_ICON = 14
_PILL_HEIGHT = 20
_PILL_PADDING = 6
_ICON_GAP = 4
_BADGE_GAP = 8
_MOST_SHOWN = 2


class Mark(NamedTuple):
    """A shape with a word: a badge, or the state of a reference. `pill` draws the soft fill around it."""

    icon: str
    text: str
    verdict: Verdict
    pill: bool = False
    medium: bool = False

    @property
    def _role(self) -> FontRole:
        return FontRole.BADGE if self.pill or self.medium else FontRole.SMALL

    def width(self) -> float:
        words = _ICON_GAP + text_width(self.text, self._role) if self.text else 0
        return _ICON + words + (2 * _PILL_PADDING if self.pill else 0)

    def height(self) -> int:
        needed = metrics(self._role).height()
        return max(_PILL_HEIGHT, round(needed) + 4) if self.pill else max(_ICON, round(needed))


def badge_mark(badge: Badge, *, short: bool = False) -> Mark:
    """The mark of a badge; the short one has its shape and number alone."""
    text = badge_count_text(badge) if short else badge_text(badge)
    return Mark(badge.kind.icon, text, badge.verdict, pill=badge.own)


def marks_that_fit(badges: Sequence[Badge], width: float) -> tuple[Mark, ...]:
    """At most two marks, the gravest first, made so short that they fit into `width`."""
    shown = gravest_first(badges)[:_MOST_SHOWN]
    whole = tuple(badge_mark(badge) for badge in shown)
    second_short = tuple(badge_mark(badge, short=place > 0) for place, badge in enumerate(shown))
    for marks in (whole, second_short, tuple(badge_mark(badge, short=True) for badge in shown), whole[:1]):
        if marks_width(marks) <= width:
            return marks
    return tuple(badge_mark(badge, short=True) for badge in shown[:1])


def marks_width(marks: Sequence[Mark]) -> float:
    """The width that `draw_marks` needs."""
    return sum(mark.width() for mark in marks) + _BADGE_GAP * max(0, len(marks) - 1)


def draw_marks(
    painter: QPainter, place: QRectF, marks: Sequence[Mark], background: str, *, right_to_left: bool
) -> None:
    """Draw `marks` from the leading edge of `place`, centred in its height, on `background`."""
    along = 0.0
    for mark in marks:
        width = mark.width()
        left = place.right() - along - width if right_to_left else place.left() + along
        draw_mark(painter, left, place.center().y(), mark, background, right_to_left=right_to_left)
        along += width + _BADGE_GAP


def draw_mark(
    painter: QPainter, left: float, middle: float, mark: Mark, background: str, *, right_to_left: bool
) -> None:
    """Draw one mark with its left edge at `left` and its middle at the height `middle`."""
    colours = tokens().verdict(mark.verdict)
    width, height = mark.width(), mark.height()
    frame = QRectF(round(left), round(middle - height / 2), width, height)
    if mark.pill:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(colours.edge), 1))
        painter.setBrush(colour(colours.soft))
        radius = (height - 1) / 2
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.restore()
        background = colours.soft
    inset = _PILL_PADDING if mark.pill else 0
    inner = frame.adjusted(inset, 0, -inset, 0)
    icon_left = inner.right() - _ICON if right_to_left else inner.left()
    square = QRectF(round(icon_left), round(middle - _ICON / 2), _ICON, _ICON)
    draw_icon(painter, square, mark.icon, colours.ink, background, mirrored=right_to_left)
    words = inner.adjusted(0, 0, -_ICON - _ICON_GAP, 0)
    if not right_to_left:
        words.translate(_ICON + _ICON_GAP, 0)
    # One pixel more than measured: a rounded edge must not cut the last letter.
    words.adjust(-1 if right_to_left else 0, 0, 0 if right_to_left else 1, 0)
    role = FontRole.BADGE if mark.pill or mark.medium else FontRole.SMALL
    side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    draw_text(painter, words, mark.text, font(role), colours.ink, side)
