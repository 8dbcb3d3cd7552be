"""Banners, facts, the rail, lines of mixed text, marks, buttons and dock titles."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.qt.pixels import colours_within, grabbed, named, shows, shows_text
from uidscope.qt.kit.badge_painting import Mark
from uidscope.qt.kit.badges import Badge, BadgeKind
from uidscope.qt.kit.banner import Banner, BannerSize
from uidscope.qt.kit.buttons import (
    ButtonKind,
    ButtonSize,
    IconButton,
    PlainButton,
    dress_action,
    redress_actions,
)
from uidscope.qt.kit.colour_tokens import Scheme, Verdict
from uidscope.qt.kit.dock_title import TOOLS_HEIGHT, DockTitle
from uidscope.qt.kit.fact_rows import Fact, FactRows
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.icon_spot import IconSpot
from uidscope.qt.kit.mark_label import MarkLabel
from uidscope.qt.kit.numbered_ring import StepState
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.step_rail import RailStep, StepRail
from uidscope.qt.kit.theme import apply_theme, tokens


def shown(qtbot: QtBot, widget: QWidget, width: int) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, max(widget.sizeHint().height(), widget.heightForWidth(width)))
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.mark.parametrize("verdict", Verdict)
def test_a_banner_wears_its_verdict(qtbot: QtBot, scheme: Scheme, verdict: Verdict) -> None:
    banner = Banner(verdict, "The target lies inside a source folder", "Nothing was written.", ["Show"])
    shown(qtbot, banner, 600)
    colours = tokens().verdict(verdict)
    assert shows(banner, [colours.soft, colours.ink])
    assert banner.accessibleName() == "The target lies inside a source folder Nothing was written."


def test_a_banner_says_which_action_was_pressed(qtbot: QtBot) -> None:
    banner = Banner(Verdict.WARNING, "Reading was cancelled", "", ["Show", "Rescan"])
    shown(qtbot, banner, 600)
    with qtbot.waitSignal(banner.triggered) as triggered:
        qtbot.mouseClick(banner.findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    assert triggered.args == [1]


@pytest.mark.parametrize(
    ("size", "icon"), [(BannerSize.REMARK, 16), (BannerSize.VERDICT, 28), (BannerSize.BOX, 0)]
)
def test_banners_come_in_three_sizes(qtbot: QtBot, size: BannerSize, icon: int) -> None:
    banner = Banner(Verdict.OK, "Exported and verified", "414 files.", size=size, citation="PS3.5 9.1")
    shown(qtbot, banner, 600)
    assert [spot.width() for spot in banner.findChildren(IconSpot)] == ([icon] if icon else [])


def test_facts_stand_in_rows_of_one_height(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    facts = FactRows([Fact("Files to write", "414", "of 416"), Fact("Bytes", "218.4 MB")])
    shown(qtbot, facts, 600)
    assert facts.height() == 2 * 28 + 8
    numbers = [label for label in facts.findChildren(PlainLabel) if label.text() in ("414", "218.4 MB")]
    trailing = {label.geometry().right() if facts.isLeftToRight() else label.x() for label in numbers}
    assert len(trailing) == 1
    facts.set_facts([Fact("Skipped", "2", "1 identical copy", Verdict.OK)])
    assert facts.sizeHint().height() == 28 + 8


def test_the_remark_of_a_fact_wears_its_verdict(qtbot: QtBot, scheme: Scheme) -> None:
    facts = FactRows([Fact("References", "431", "all to their mapped target", Verdict.OK)])
    shown(qtbot, facts, 700)
    assert shows_text(facts, tokens().ok.ink)
    assert not shows_text(facts, tokens().error.ink)


def test_the_rail_tells_what_is_done_and_what_is_to_come(qtbot: QtBot, scheme: Scheme) -> None:
    rail = StepRail("Export", "Originals stay as they are")
    rail.set_steps([RailStep("What", "The plan", StepState.DONE)])
    rail.set_steps(
        [
            RailStep("What", "The plan", StepState.DONE),
            RailStep("Dry run", "Nothing is written", StepState.CURRENT),
            RailStep("Run and verify", "Read back and compared", StepState.TO_COME),
        ]
    )
    shown(qtbot, rail, 230)
    rail.resize(230, 500)
    texts = {label.text() for label in rail.findChildren(PlainLabel) if label.isVisible()}
    assert {"Export", "What", "Dry run", "Run and verify", "Originals stay as they are"} <= texts
    colours = tokens()
    assert shows(rail, [colours.accent, colours.on_accent, colours.window])
    names = [widget.accessibleName() for widget in rail.findChildren(QWidget) if widget.isVisible()]
    assert "2. Dry run: Nothing is written" in names


def test_a_run_label_cuts_at_its_end_and_keeps_icons_whole(
    qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    words = (
        Words("First", FontRole.STRONG),
        Words("4 errors", icon="error", icon_verdict=Verdict.ERROR),
    )
    label = RunLabel(words)
    shown(qtbot, label, 400)
    assert label.accessibleName() == "First 4 errors"
    assert shows(label, [tokens().error.ink])
    label.resize(label.sizeHint().width() - 12, label.height())
    assert not shows(label, [tokens().error.ink])


def test_a_mark_label_shows_a_badge_and_says_it_in_full(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    label = MarkLabel()
    label.set_badge(Badge(BadgeKind.BROKEN, 2))
    shown(qtbot, label, label.sizeHint().width())
    assert label.accessibleName() == "2 broken references"
    assert shows(label, [tokens().warning.ink, tokens().warning.soft])
    label.set_mark(Mark("verified", "well formed", Verdict.OK))
    assert label.accessibleName() == "well formed"
    label.set_mark(None)
    assert label.sizeHint() == QSize(0, 0)


@pytest.mark.parametrize("kind", ButtonKind)
def test_buttons_of_every_kind(qtbot: QtBot, scheme: Scheme, kind: ButtonKind) -> None:
    button = PlainButton("Discard A&B", kind, icon="export")
    shown(qtbot, button, button.sizeHint().width())
    assert button.accessibleName() == "Discard A&B"
    assert button.text() == "Discard A&&B"
    assert not button.isDefault()
    colours = tokens()
    ink = {
        ButtonKind.PRIMARY: colours.on_accent,
        ButtonKind.SECONDARY: colours.text,
        ButtonKind.DANGER: colours.error.ink,
        ButtonKind.QUIET: colours.accent,
    }[kind]
    assert shows(button, [ink])


@pytest.mark.parametrize(
    ("size", "height"), [(ButtonSize.DENSE, 24), (ButtonSize.NORMAL, 28), (ButtonSize.LARGE, 34)]
)
def test_buttons_have_three_heights_and_keep_them_in_focus(
    qtbot: QtBot, qapp: QApplication, size: ButtonSize, height: int
) -> None:
    button = PlainButton("Go to image", ButtonKind.PRIMARY, size)
    shown(qtbot, button, 200)
    before = button.sizeHint()
    assert before.height() == height
    button.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    assert button.sizeHint() == before


def test_an_icon_button_has_a_name(qtbot: QtBot, scheme: Scheme) -> None:
    button = IconButton("copy", "Copy UID")
    shown(qtbot, button, 28)
    assert button.accessibleName() == "Copy UID"
    assert "Copy UID" in button.toolTip()
    assert shows(button, [tokens().text2])


def test_actions_are_dressed_anew_in_another_scheme(qtbot: QtBot, qapp: QApplication) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    action = QAction("Export…", owner)
    bare = QAction("Bare", owner)
    dress_action(action, "export")
    before = action.icon().pixmap(QSize(22, 16), 1.0).toImage()
    apply_theme(qapp, Scheme.DARK)
    redress_actions(owner)
    after = action.icon().pixmap(QSize(22, 16), 1.0).toImage()
    assert named(tokens().text2) <= colours_within(after, after.rect())
    assert before != after
    assert bare.icon().isNull()


def test_a_dock_does_not_cut_its_title(qtbot: QtBot, text_size: int) -> None:
    title = DockTitle(TOOLS_HEIGHT)
    title.add_leading(PlainLabel("Findings"))
    title.add_leading(PlainLabel("second"))
    title.add_trailing(PlainButton("Add all fixes to plan", size=ButtonSize.DENSE))
    title.add_trailing(IconButton("open-outside", "Float this panel"))
    dock = QDockWidget()
    dock.setTitleBarWidget(title)
    dock.setWidget(QWidget())
    shown(qtbot, dock, 600)
    dock.resize(600, 300)
    assert title.height() >= TOOLS_HEIGHT
    children = title.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert all(title.rect().contains(child.geometry()) for child in children)
    labels = [child for child in children if isinstance(child, PlainLabel)]
    assert labels[0].x() < labels[1].x()
    assert grabbed(title).pixelColor(2, title.height() - 1).name() == tokens().line.lower()
