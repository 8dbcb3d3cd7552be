from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from tests.qt.conftest import set_text_size
from uidscope.qt.kit.font_roles import FontRole, font, measure, metrics, row_height, text_width


def pixels(role: FontRole) -> int:
    return QFontInfo(font(role)).pixelSize()


def test_all_sizes_are_relative_to_the_systems(qapp: QApplication, text_size: int) -> None:
    assert pixels(FontRole.BODY) == text_size
    assert pixels(FontRole.PAGE_TITLE) == text_size + 7
    assert pixels(FontRole.TITLE) == text_size + 3
    assert pixels(FontRole.SMALL) == pixels(FontRole.BADGE) == pixels(FontRole.MONO) == text_size - 1
    assert pixels(FontRole.MONO_PART) == pixels(FontRole.STRONG) == text_size
    assert min(pixels(role) for role in FontRole) == pixels(FontRole.PART_LABEL) == text_size - 2


def test_a_font_in_points_is_followed_too(qapp: QApplication) -> None:
    system = QFont("DejaVu Sans")
    system.setPointSizeF(12.0)
    qapp.setFont(system)
    assert pixels(FontRole.SMALL) == QFontInfo(system).pixelSize() - 1


def test_every_character_of_a_uid_is_equally_wide(qapp: QApplication) -> None:
    assert text_width("1", FontRole.MONO) == text_width(".", FontRole.MONO) == text_width("W", FontRole.MONO)
    # A faulty part in bold must not push the rest aside.
    assert text_width("0042", FontRole.MONO_FAULT) == text_width("0042", FontRole.MONO)


def test_rows_grow_with_larger_text(qapp: QApplication) -> None:
    assert row_height() == 26
    set_text_size(qapp, 30)
    assert row_height() >= metrics(FontRole.BODY).height() + 9
    assert row_height() > 26


def test_measure_is_the_width(qapp: QApplication) -> None:
    assert measure(FontRole.SMALL)("abc") == text_width("abc", FontRole.SMALL) > 0
