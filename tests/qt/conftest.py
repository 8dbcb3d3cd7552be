"""Every test of the window runs without a screen."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from uidscope.core.errors import tell_errors_with
from uidscope.core.language import set_language
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.theme import apply_theme
from uidscope.qt.spoken_language import speak


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of all that it cannot do (pass on size limits, raise a window)."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def plain_surroundings(qapp: QApplication) -> Iterator[None]:
    """Each test starts in light colours, from left to right, with the same font and English numbers."""
    _surround(qapp)
    yield
    _surround(qapp)


def _surround(app: QApplication) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    set_text_size(app, 13)
    apply_theme(app, Scheme.LIGHT)


def set_text_size(app: QApplication, pixels: int) -> None:
    """Make the system's font `pixels` high."""
    font = QFont("DejaVu Sans")
    font.setPixelSize(pixels)
    app.setFont(font)


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK], ids=lambda scheme: scheme.value)
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Scheme:
    """Each colour scheme in turn, applied."""
    chosen: Scheme = request.param
    apply_theme(qapp, chosen)
    return chosen


@pytest.fixture(params=[Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft], ids=["ltr", "rtl"])
def direction(request: pytest.FixtureRequest, qapp: QApplication) -> Qt.LayoutDirection:
    """Each layout direction in turn, applied."""
    chosen: Qt.LayoutDirection = request.param
    qapp.setLayoutDirection(chosen)
    return chosen


@pytest.fixture(params=[13, 18], ids=lambda pixels: f"{pixels}px")
def text_size(request: pytest.FixtureRequest, qapp: QApplication) -> int:
    """The usual text size, and one 40 % larger, applied."""
    pixels: int = request.param
    set_text_size(qapp, pixels)
    apply_theme(qapp, Scheme.LIGHT)
    return pixels


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """The program speaks German for the test."""
    speak(qapp, "de")
    yield
    silence(qapp)


def silence(app: QApplication) -> None:
    """Let the program speak English again."""
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    set_language("en")
    tell_errors_with(str)
