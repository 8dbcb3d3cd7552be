"""The tree as a panel: ordered by what its head says, with what is open and selected kept."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.qt.synthetic_catalog import GrowingCatalog, record
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.tree import Node
from uidscope.core.catalog.tree_filter import text_filter
from uidscope.core.catalog.tree_order import Order
from uidscope.qt.panels.tree_panel import TreePanel
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner
from uidscope.qt.tree import hierarchy_model
from uidscope.qt.tree.hierarchy_columns import SORT_KEYS, Column, column_title

UID = "1.2.826.0.1.3680043.8.498.3.1.2"


@pytest.fixture
def growing() -> Iterator[GrowingCatalog]:
    """Two patients; the first one's study has two series of three images."""
    growing = GrowingCatalog()
    growing.add(record(number, series=series) for series in (1, 2) for number in (1, 2, 3))
    growing.add([record(1, patient="BETA", study=2)])
    yield growing
    growing.catalog.close()


@pytest.fixture
def state() -> WorkState:
    return WorkState()


@pytest.fixture
def panel(qtbot: QtBot, state: WorkState, growing: GrowingCatalog) -> Iterator[TreePanel]:
    questions = TaskRunner()
    panel = TreePanel(state, questions)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    state.replace_catalog(growing.catalog, ("/import",))
    yield panel
    state.replace_catalog(None, ())
    qtbot.waitUntil(lambda: not any(each.is_running for each in (questions, *panel.findChildren(TaskRunner))))


def rows(panel: TreePanel, parent: QModelIndex = QModelIndex()) -> list[str]:  # noqa: B008
    """The names as they stand open, an indentation for each level."""
    found = []
    for place in range(panel.model.rowCount(parent)):
        index = panel.model.index(place, 0, parent)
        found.append(panel.model.data(index, Qt.ItemDataRole.DisplayRole).partition(" (")[0])
        if panel.view.isExpanded(index):
            found += [f"  {row}" for row in rows(panel, index)]
    return found


def click(qtbot: QtBot, panel: TreePanel, column: Column) -> None:
    header = panel.view.header()
    place = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def images(panel: TreePanel, series: Node) -> list[str]:
    above = panel.model.known_index(series)
    cells = (panel.model.index(place, Column.NUMBER, above) for place in range(panel.model.rowCount(above)))
    return [panel.model.data(cell, Qt.ItemDataRole.DisplayRole) for cell in cells]


def only(growing: GrowingCatalog, uid: str) -> Node:
    (node,) = nodes_with_uid(growing.catalog, uid)
    return node


def test_a_click_on_the_head_orders_another_turns_the_third_gives_the_natural_order_back(
    qtbot: QtBot, panel: TreePanel, state: WorkState, growing: GrowingCatalog
) -> None:
    image, series = only(growing, f"{UID}.2"), only(growing, "1.2.826.0.1.3680043.8.498.2.1.2")
    state.select((image,))
    qtbot.waitUntil(lambda: panel.model.node(panel.view.currentIndex()) == image)
    natural = rows(panel)
    for expected, shown in (
        (["1", "2", "3"], Qt.SortOrder.AscendingOrder),
        (["3", "2", "1"], Qt.SortOrder.DescendingOrder),
    ):
        click(qtbot, panel, Column.NUMBER)
        qtbot.waitUntil(lambda: panel.model.known_index(image).isValid())
        assert images(panel, series) == expected
        header = panel.view.header()
        assert header.isSortIndicatorShown()
        assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (Column.NUMBER, shown)
        qtbot.waitUntil(lambda: panel.model.node(panel.view.currentIndex()) == image)
        assert state.selection == (image,)
    click(qtbot, panel, Column.NUMBER)
    qtbot.waitUntil(lambda: rows(panel) == natural)
    assert not panel.view.header().isSortIndicatorShown()


def test_the_new_uids_are_no_order(qtbot: QtBot, panel: TreePanel) -> None:
    panel.columns.set_with_new_uids(with_new_uids=True)
    click(qtbot, panel, Column.NEW_UID)
    assert panel.model.order is None


def test_what_is_open_stays_open_in_another_order_even_where_everything_is_ordered_in_the_background(
    qtbot: QtBot, panel: TreePanel, growing: GrowingCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = only(growing, "1.2.826.0.1.3680043.8.498.2.1.2")
    index = panel.model.index_of(series)
    for above in (index.parent().parent(), index.parent(), index):
        panel.view.expand(above)
    qtbot.waitUntil(lambda: images(panel, series) == ["1", "2", "3"])
    monkeypatch.setattr(hierarchy_model, "_LONG", 1)
    panel.columns.choose_order(Order("uid", descending=True))
    qtbot.waitUntil(lambda: images(panel, series) == ["3", "2", "1"])
    assert panel.view.isExpanded(panel.model.known_index(series))


def test_errors_that_are_found_come_to_the_top_where_gravity_orders(
    qtbot: QtBot, panel: TreePanel, state: WorkState, growing: GrowingCatalog
) -> None:
    panel.columns.choose_order(Order("status"))
    qtbot.waitUntil(lambda: len(rows(panel)) == 2)
    assert rows(panel)[0].startswith("TEST^ALPHA")
    keep_findings(growing.catalog, [Finding("UID-S04", "error", "instance", "x", "", "", (7,))])
    state.set_checked()
    qtbot.waitUntil(lambda: [row[:9] for row in rows(panel)] == ["TEST^BETA", "TEST^ALPH"])


def test_a_filter_opens_the_way_to_what_it_finds(
    qtbot: QtBot, panel: TreePanel, growing: GrowingCatalog
) -> None:
    panel.filters.set_wanted(f"{UID}.2", "all")
    qtbot.waitUntil(lambda: rows(panel)[-1].startswith("      Image 2"))
    assert len(rows(panel)) == 4
    assert not text_filter(growing.catalog, f"{UID}.2").is_cut


def test_the_menu_offers_every_order_and_shows_which_it_is(qtbot: QtBot, panel: TreePanel) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = panel.columns.order_menu(parent)
    by_name: dict[str, QAction] = {action.text(): action for action in menu.actions()}
    natural, reverse = by_name["Natural order"], by_name["Reverse order"]
    assert natural.isChecked()
    assert not reverse.isEnabled()
    for column, key in SORT_KEYS.items():
        by_name[column_title(column)].trigger()
        assert panel.model.order == Order(key)
        assert by_name[column_title(column)].isChecked()
    reverse.trigger()
    assert panel.model.order == Order("file", descending=True)
    reverse.trigger()
    assert panel.model.order == Order("file")
    natural.trigger()
    assert panel.model.order is None
