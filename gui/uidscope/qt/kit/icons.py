"""The icons: SVG templates of one colour, drawn in any colour and size, kept once drawn.

Each template stands on a 16 px grid and holds two placeholders: `INK` for the shape, and `KNOCKOUT` for
marks that are cut out of a solid shape, which take the colour of what lies behind the icon.
"""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from uidscope.core.uid.resource_files import resource_root

# Rendered for each of these, so that an icon is never scaled on a screen of a common density.
_ICON_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)
_POINTING = frozenset({"undo", "redo", "regenerate", "planned", "arrow-right", "open-outside"})


@cache
def icon_names() -> frozenset[str]:
    """The names of all icons there are."""
    return frozenset(path.stem for path in (resource_root() / "icons").glob("*.svg"))


@cache
def _template(name: str) -> str:
    return (resource_root() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def icon_pixmap(
    name: str, ink: str, size: int, ratio: float = 1.0, knock_out: str = "#FFFFFF", *, mirrored: bool = False
) -> QPixmap:
    """The icon `name` in a square of `size` device-independent pixels for a device pixel ratio of `ratio`.

    `ink` and `knock_out` are colours as `#RRGGBB`. `mirrored` is for right-to-left layouts and turns only
    the icons that point somewhere. Raises FileNotFoundError for a name that is not in `icon_names()`.
    """
    return _pixmap(name, ink, size, ratio, knock_out, mirrored and name in _POINTING)


@lru_cache(maxsize=1024)
def _pixmap(name: str, ink: str, size: int, ratio: float, knock_out: str, mirrored: bool) -> QPixmap:
    svg = _template(name).replace("INK", ink).replace("KNOCKOUT", knock_out)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    side = max(1, round(size * ratio))
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    if mirrored:
        painter.translate(side, 0)
        painter.scale(-1, 1)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def clear_cache() -> None:
    """Forget every drawn icon, as when the colours change."""
    _pixmap.cache_clear()
    _icon.cache_clear()


def draw_icon(
    painter: QPainter, square: QRectF, name: str, ink: str, knock_out: str, *, mirrored: bool = False
) -> None:
    """Draw the icon `name` into `square`, sharp at the painter's device pixel ratio."""
    ratio = painter.device().devicePixelRatio()
    drawn = icon_pixmap(name, ink, round(square.width()), ratio, knock_out, mirrored=mirrored)
    painter.drawPixmap(square.topLeft(), drawn)


def square_icon(
    name: str,
    ink: str,
    disabled_ink: str,
    size: int = 16,
    knock_out: str = "#FFFFFF",
    *,
    mirrored: bool = False,
) -> QIcon:
    """The icon for a button without text, or for the inside of a field."""
    return _icon(name, (ink, disabled_ink), size, knock_out, mirrored, side_room=0)


def button_icon(
    name: str,
    ink: str,
    disabled_ink: str,
    size: int = 16,
    knock_out: str = "#FFFFFF",
    *,
    mirrored: bool = False,
) -> QIcon:
    """The icon for a button with text, with room at both sides; set `button_icon_size` with it."""
    return _icon(name, (ink, disabled_ink), size, knock_out, mirrored, side_room=_SIDE_ROOM)


def button_icon_size(size: int = 16) -> QSize:
    """The icon size to set on a button or toolbar that shows a `button_icon` of `size`."""
    return QSize(size + 2 * _SIDE_ROOM, size)


# Under a style sheet the text of a button touches its icon; room at both sides holds in either direction.
_SIDE_ROOM = 3


@lru_cache(maxsize=1024)
def _icon(
    name: str, inks: tuple[str, str], size: int, knock_out: str, mirrored: bool, side_room: int
) -> QIcon:
    icon = QIcon()
    for ratio in _ICON_RATIOS:
        for mode, ink in zip((QIcon.Mode.Normal, QIcon.Mode.Disabled), inks, strict=True):
            drawn = icon_pixmap(name, ink, size, ratio, knock_out, mirrored=mirrored)
            icon.addPixmap(_with_room(drawn, size, ratio, side_room) if side_room else drawn, mode)
    return icon


def _with_room(drawn: QPixmap, size: int, ratio: float, side_room: int) -> QPixmap:
    wide = QPixmap(round((size + 2 * side_room) * ratio), drawn.height())
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(ratio)
    painter = QPainter(wide)
    painter.drawPixmap(side_room, 0, drawn)
    painter.end()
    return wide
