import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from uidscope.qt.kit.colour_tokens import DARK, LIGHT, Scheme
from uidscope.qt.kit.style_sheet import style_sheet
from uidscope.qt.kit.theme import apply_theme, current_scheme, is_new_look, palette, system_scheme, tokens

GROUPS = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_sets_every_role_in_every_group(qapp: QApplication, table: object) -> None:
    made = palette(table)  # type: ignore[arg-type]  # parametrized
    for role in QPalette.ColorRole:
        if role not in (QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles):
            assert all(made.isBrushSet(group, role) for group in GROUPS), role


def test_a_selection_keeps_its_colour_without_the_focus(qapp: QApplication) -> None:
    made = palette(LIGHT)
    highlight = QPalette.ColorRole.Highlight
    active, inactive = (made.color(group, highlight) for group in GROUPS[:2])
    assert active == inactive == QColor(LIGHT.select)


def test_a_scheme_dresses_the_application(qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.DARK)
    assert current_scheme() is Scheme.DARK
    assert tokens() == DARK
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(DARK.base)
    assert DARK.accent in qapp.styleSheet()
    apply_theme(qapp, Scheme.LIGHT)
    assert DARK.accent not in qapp.styleSheet()
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(LIGHT.base)


def test_high_contrast_leaves_the_systems_palette(qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.DARK)
    apply_theme(qapp, Scheme.HIGH_CONTRAST)
    base = qapp.palette().color(QPalette.ColorRole.Base)
    assert base != QColor(DARK.base)
    assert QColor(tokens().base) == base


def test_the_font_is_the_systems_with_others_to_fall_back_on(qapp: QApplication) -> None:
    apply_theme(qapp, Scheme.LIGHT)
    apply_theme(qapp, Scheme.LIGHT)
    families = qapp.font().families()
    assert families[0] == "DejaVu Sans"
    assert len(families) == len(set(families))


def test_widgets_hear_of_a_new_look(qapp: QApplication, qtbot: QtBot) -> None:
    heard: list[bool] = []

    class Listener(QWidget):
        def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
            heard.append(is_new_look(event))
            super().changeEvent(event)

    listener = Listener()
    qtbot.addWidget(listener)
    heard.clear()
    apply_theme(qapp, Scheme.DARK)
    assert any(heard)


def test_the_sheet_leaves_no_placeholder() -> None:
    sheet = style_sheet(DARK, 13, 25)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_without_a_wish_of_the_system_the_scheme_is_light(qapp: QApplication) -> None:
    assert system_scheme() is Scheme.LIGHT
