import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.qt.cell_models import model_of, row
from tests.qt.pixels import colours_within, grabbed, named
from uidscope.qt.kit.cells import NameCell, TextCell
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.theme import apply_theme, tokens


@pytest.fixture
def view(qtbot: QtBot, direction: Qt.LayoutDirection) -> RowTreeView:
    """A patient with a study with a series, and a group, in two columns."""
    patient = row(NameCell("TEST^ALPHA", "patient", strong=True), TextCell("CT"))
    study = row(NameCell("CT Thorax", "study"), TextCell("CT"))
    study[0].appendRow(row(NameCell("Topogram", "series"), TextCell("CT")))
    patient[0].appendRow(study)
    group = row(NameCell("Series", "series", strong=True, group=True), None)
    made = RowTreeView()
    qtbot.addWidget(made)
    model = model_of(patient, group)
    model.setHorizontalHeaderLabels(["Name", "Mod."])
    model.setParent(made)
    made.setModel(model)
    made.resize(500, 300)
    made.setColumnWidth(0, 300)
    made.expandAll()
    with qtbot.waitExposed(made):
        made.show()
    return made


def row_rect(view: RowTreeView, *path: int) -> QRect:
    index = view.model().index(path[0], 0)
    for place in path[1:]:
        index = view.model().index(place, 0, index)
    cell = view.visualRect(index)
    return QRect(0, cell.top(), view.viewport().width(), cell.height())


def edge_of(view: RowTreeView, line: QRect, width: int) -> QRect:
    """The first `width` pixels of a row at its leading edge."""
    left = line.left() if view.isLeftToRight() else line.right() + 1 - width
    return QRect(left, line.top(), width, line.height())


def test_a_selected_row_is_filled_over_its_full_width(view: RowTreeView, scheme: Scheme) -> None:
    study = view.model().index(0, 0, view.model().index(0, 0))
    view.setCurrentIndex(study)
    view.clearFocus()
    line = row_rect(view, 0, 0)
    image = grabbed(view.viewport())
    background = colours_within(image, QRect(line.left() + 3, line.top(), line.width() - 6, 2))
    assert background == named(tokens().select)
    assert colours_within(image, edge_of(view, line, 3)) == named(tokens().accent)
    other = row_rect(view, 0, 0, 0)
    assert colours_within(image, edge_of(view, other, 3)) == named(tokens().base)


def test_the_current_row_of_the_focused_list_has_an_outline(view: RowTreeView, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.model().index(0, 0))
    line = row_rect(view, 0)
    far = QRect(line.center().x(), line.top(), 60, 1)
    view.clearFocus()
    assert colours_within(grabbed(view.viewport()), far) == named(tokens().select)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert colours_within(grabbed(view.viewport()), far) == named(tokens().accent)


def test_only_rows_with_children_have_a_chevron(view: RowTreeView, scheme: Scheme) -> None:
    image = grabbed(view.viewport())
    assert named(tokens().text2) <= colours_within(image, edge_of(view, row_rect(view, 0), 16))
    assert colours_within(image, edge_of(view, row_rect(view, 1), 16)) == named(tokens().alt, tokens().line)


def test_a_closed_chevron_looks_another_way(view: RowTreeView) -> None:
    first = edge_of(view, row_rect(view, 0), 16)
    opened = grabbed(view.viewport()).copy(first)
    view.collapse(view.model().index(0, 0))
    assert grabbed(view.viewport()).copy(first) != opened


def test_group_rows_have_their_fill_and_a_hairline(view: RowTreeView, scheme: Scheme) -> None:
    line = row_rect(view, 1)
    image = grabbed(view.viewport())
    middle = line.center().x()
    assert colours_within(image, QRect(middle, line.top(), 40, line.height() - 1)) == named(tokens().alt)
    assert colours_within(image, QRect(middle, line.bottom(), 40, 1)) == named(tokens().line)


def test_the_row_under_the_pointer_lights_up(view: RowTreeView, qtbot: QtBot, scheme: Scheme) -> None:
    line = row_rect(view, 0, 0)
    far = QRect(line.center().x(), line.top(), 60, 3)
    qtbot.mouseMove(view.viewport(), line.center())
    assert colours_within(grabbed(view.viewport()), far) == named(tokens().hover)
    qtbot.mouseMove(view.viewport(), QPoint(line.center().x(), view.viewport().height() - 2))
    assert colours_within(grabbed(view.viewport()), far) == named(tokens().base)


def test_high_contrast_outlines_the_selection(qapp: QApplication, view: RowTreeView) -> None:
    apply_theme(qapp, Scheme.HIGH_CONTRAST)
    view.setCurrentIndex(view.model().index(0, 0))
    view.clearFocus()
    line = row_rect(view, 0)
    image = grabbed(view.viewport())
    assert colours_within(image, QRect(line.center().x(), line.top(), 60, 1)) == named(tokens().accent)


def test_a_flat_list_has_no_room_for_chevrons(qtbot: QtBot) -> None:
    flat = RowTreeView(flat=True)
    qtbot.addWidget(flat)
    flat.setModel(model_of(row(NameCell("a.dcm", "file"))))
    assert flat.visualRect(flat.model().index(0, 0)).left() == 0
