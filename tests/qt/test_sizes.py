"""No label and no button is given less than it asks for, whatever the scheme, direction and text size."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMainWindow,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from uidscope.qt.kit.anatomy_block import AnatomyBlock
from uidscope.qt.kit.anatomy_parts import Anatomy, AnatomyPart, PartKind
from uidscope.qt.kit.anatomy_strip import AnatomyStrip
from uidscope.qt.kit.badges import BadgeKind
from uidscope.qt.kit.banner import Banner, BannerSize
from uidscope.qt.kit.colour_tokens import Scheme, Verdict
from uidscope.qt.kit.empty_state import EmptyState
from uidscope.qt.kit.fact_rows import Fact, FactRows
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.message_bar import Message, MessageBar
from uidscope.qt.kit.numbered_ring import StepState
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.scan_status import ScanProgress, ScanState
from uidscope.qt.kit.segmented_switch import Segment, SegmentedSwitch
from uidscope.qt.kit.step_rail import RailStep, StepRail
from uidscope.qt.kit.theme import apply_theme


def page_of(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return page


def empty_state() -> QWidget:
    return EmptyState()


def dragged_over() -> QWidget:
    state = EmptyState()
    state.show_drag("Add 2 folders", "pacs-a and workstation-3")
    return state


def export_page() -> QWidget:
    rail = StepRail("Export", "Originals stay as they are")
    rail.set_steps(
        [
            RailStep("What", "The plan, and whatever is in the same studies", StepState.DONE),
            RailStep("Where and layout", "/export/2026-04-18\nKeep folders", StepState.CURRENT),
        ]
    )
    facts = FactRows([Fact("Sources changed since the scan", "218.4 MB", "free in the target: 412 GB")])
    banner = Banner(Verdict.WARNING, "3 references point outside", "They were unresolved before.", ["Show"])
    return page_of(rail, facts, banner)


def inspector_page() -> QWidget:
    strip = AnatomyStrip()
    parts = tuple(AnatomyPart(str(10**at), "looks like a date", PartKind.OWNER) for at in range(12))
    strip.set_anatomy(Anatomy("1.2", parts, 40, summary="12 parts"))
    text = "Dropping the zeros could make someone else's UID."
    box = Banner(
        Verdict.ERROR, "Parts 11 and 12 begin with 0.", text, size=BannerSize.BOX, citation="PS3.5 9.1"
    )
    return page_of(strip, box)


def bars() -> QWidget:
    bar = MessageBar()
    bar.post(
        Message("key", Verdict.WARNING, "9,812 of 10,004 files loaded.", "192 were not.", "Show 192 files")
    )
    progress = ScanProgress()
    progress.set_state(ScanState("Checking 6,083 of 9,812", 6083, 9812, "1,240 files/s", "3 s left"))
    switch = SegmentedSwitch([Segment("all", "All"), Segment("errors", "Errors", BadgeKind.ERROR, 4)], "Show")
    return page_of(bar, progress, switch)


@pytest.mark.parametrize("build", [empty_state, dragged_over, export_page, inspector_page, bars])
@pytest.mark.parametrize("colours", [Scheme.LIGHT, Scheme.DARK], ids=["light", "dark"])
def test_labels_and_buttons_have_the_room_they_ask_for(
    qapp: QApplication,
    qtbot: QtBot,
    build: Callable[[], QWidget],
    colours: Scheme,
    direction: Qt.LayoutDirection,
    text_size: int,
) -> None:
    apply_theme(qapp, colours)
    page = build()
    qtbot.addWidget(page)
    page.resize(1024, 560)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    page.grab()
    checked = 0
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, PlainLabel | QAbstractButton | AnatomyBlock):
            continue
        checked += 1
        wraps = isinstance(widget, PlainLabel) and widget.wordWrap()
        needed = widget.heightForWidth(widget.width()) if wraps else widget.sizeHint().height()
        assert widget.height() >= needed, describe(widget)
        assert wraps or widget.width() >= widget.sizeHint().width(), describe(widget)
        place = QRect(widget.mapTo(page, widget.rect().topLeft()), widget.size())
        assert page.rect().contains(place), describe(widget)
    assert checked > 2


def describe(widget: QWidget) -> str:
    asked = widget.sizeHint()
    name = widget.text() if isinstance(widget, PlainLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {name!r}: {widget.size().toTuple()} for {asked.toTuple()}"


def test_the_current_tab_has_room_for_its_bold_text(qtbot: QtBot, qapp: QApplication, text_size: int) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    tabs = QTabWidget()
    window.setCentralWidget(tabs)
    for title in ("Findings  22", "Plan", "Not loaded  192", "Activity"):
        tabs.addTab(QWidget(), title)
    window.resize(900, 300)
    with qtbot.waitExposed(window):
        window.show()
    bar = tabs.tabBar()
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        bold = PlainLabel(tabs.tabText(place), role=FontRole.STRONG)
        qtbot.addWidget(bold)
        assert bar.tabRect(place).width() >= bold.sizeHint().width() + 20


@pytest.mark.skipif("QT_SCALE_FACTOR" in os.environ, reason="this is the run at another scale")
@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_the_same_holds_at_another_scale(scale: str) -> None:
    """A scale is fixed when the application starts, so it takes another one."""
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__],
        env={**os.environ, "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
