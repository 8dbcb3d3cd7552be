"""The fonts of the window by role, all relative to the system's own font size."""

import enum
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QGuiApplication

SANS_FALLBACKS = ("Inter", "Noto Sans", "DejaVu Sans")
MONO_FAMILIES = (
    "Cascadia Mono",
    "SF Mono",
    "Menlo",
    "JetBrains Mono",
    "Noto Sans Mono",
    "DejaVu Sans Mono",
)


class FontRole(enum.Enum):
    PAGE_TITLE = "page title"
    TITLE = "title"
    STRONG = "strong"
    BODY = "body"
    SMALL = "small"
    SMALL_STRONG = "small strong"
    BADGE = "badge"
    PART_LABEL = "part label"
    MONO = "mono"
    MONO_FAULT = "mono fault"
    MONO_PART = "mono part"


class _Measure(NamedTuple):
    delta: int
    weight: QFont.Weight
    monospace: bool = False


_MEASURES = {
    FontRole.PAGE_TITLE: _Measure(7, QFont.Weight.DemiBold),
    FontRole.TITLE: _Measure(3, QFont.Weight.DemiBold),
    FontRole.STRONG: _Measure(0, QFont.Weight.DemiBold),
    FontRole.BODY: _Measure(0, QFont.Weight.Normal),
    FontRole.SMALL: _Measure(-1, QFont.Weight.Normal),
    FontRole.SMALL_STRONG: _Measure(-1, QFont.Weight.DemiBold),
    FontRole.BADGE: _Measure(-1, QFont.Weight.Medium),
    FontRole.PART_LABEL: _Measure(-2, QFont.Weight.Normal),
    FontRole.MONO: _Measure(-1, QFont.Weight.Normal, monospace=True),
    FontRole.MONO_FAULT: _Measure(-1, QFont.Weight.DemiBold, monospace=True),
    FontRole.MONO_PART: _Measure(0, QFont.Weight.DemiBold, monospace=True),
}


def with_fallbacks(system: QFont) -> QFont:
    """The system's font, with families to fall back on where it names one that is not there."""
    families = [*system.families(), *(name for name in SANS_FALLBACKS if name not in system.families())]
    font = QFont(system)
    font.setFamilies(families)
    return font


def font(role: FontRole) -> QFont:
    """The font of `role`, from the application's font as it is now. Shared: never change it in place."""
    return _font(role, QGuiApplication.font().key())


def metrics(role: FontRole) -> QFontMetricsF:
    """The metrics of `font(role)`."""
    return _metrics(role, QGuiApplication.font().key())


def text_width(text: str, role: FontRole) -> float:
    """The width of `text` in pixels when written in the font of `role`."""
    return metrics(role).horizontalAdvance(text)


def measure(role: FontRole) -> Callable[[str], float]:
    """What measures a text in the font of `role`, for eliding."""
    return metrics(role).horizontalAdvance


def row_height() -> int:
    """The height of one row of a list, in pixels: it grows with larger text."""
    return max(26, round(metrics(FontRole.BODY).height()) + 10)


@lru_cache(maxsize=64)
def _font(role: FontRole, _application_font: str) -> QFont:
    system = QGuiApplication.font()
    shape = _MEASURES[role]
    derived = QFont(system)
    if shape.monospace:
        derived.setFamilies(list(MONO_FAMILIES))
        derived.setStyleHint(QFont.StyleHint.Monospace)
        derived.setFixedPitch(True)
        for feature in (b"liga", b"calt"):
            derived.setFeature(QFont.Tag.fromString(feature.decode()), 0)
    if shape.delta or shape.monospace:
        derived.setPixelSize(max(8, QFontInfo(system).pixelSize() + shape.delta))
    derived.setWeight(shape.weight)
    return derived


@lru_cache(maxsize=64)
def _metrics(role: FontRole, application_font: str) -> QFontMetricsF:
    return QFontMetricsF(_font(role, application_font))
