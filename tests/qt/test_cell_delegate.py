import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from tests.qt.cell_models import model_of, row
from tests.qt.pixels import colours_within, named
from uidscope.qt.kit.badges import Badge, BadgeKind
from uidscope.qt.kit.cell_delegate import CellDelegate, check_box_rect
from uidscope.qt.kit.cells import (
    BadgesCell,
    Cell,
    Cut,
    DiffCell,
    DiffPart,
    DiffSide,
    NameCell,
    NumberCell,
    StateCell,
    TextCell,
    Tone,
    UidCell,
    cell_speech,
)
from uidscope.qt.kit.colour_tokens import Scheme, Verdict
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.theme import tokens

UID = "1.3.6.1.4.1.32473.4.2.20260311.01.0042.3"
FAULT = (UID.index(".01."), UID.index(".01.") + 9)
CHANGED = (DiffPart("1.3.6.1."), DiffPart("77.501", changed=True))
CELLS: dict[str, Cell] = {
    "name": NameCell("CT Thorax", "study", "414 images"),
    "strong name": NameCell("TEST^ALPHA", "patient", strong=True),
    "verdict name": NameCell("Leading zero", "error", icon_verdict=Verdict.ERROR),
    "group": NameCell("Series", "series", "1", strong=True, group=True),
    "file": NameCell("pacs-a/CT/IM000002.dcm", "file", tone=Tone.TEXT2, cut=Cut.FILE_PATH),
    "badges": BadgesCell((Badge(BadgeKind.ERROR, 3), Badge(BadgeKind.WARNING, 12, own=False))),
    "uid": UidCell(UID, (FAULT,)),
    "new uid": UidCell(UID, verdict=Verdict.PLAN),
    "old": DiffCell(CHANGED, DiffSide.OLD),
    "new": DiffCell(CHANGED, DiffSide.NEW),
    "either": DiffCell(CHANGED, DiffSide.EITHER),
    "off": DiffCell(CHANGED, DiffSide.NEW, active=False),
    "state": StateCell("check", "present", Verdict.OK),
    "number": NumberCell(9812),
    "no number": NumberCell(None),
    "text": TextCell("rejected", verdict=Verdict.ERROR),
    "code": TextCell("UID-S04", mono=True, tone=Tone.TEXT2),
    "path": TextCell("ROIContourSequence[1].ContourSequence[3].ROINumber", cut=Cut.ELEMENT_PATH),
    "html": NameCell('<img src="x"><b>bold', secondary="A&B"),
    "turned": TextCell("gpj.\u202eexe"),
    "endless": NameCell("A" * 10_000),
}


def painted(
    cell: Cell, width: int = 300, *, selected: bool = False, enabled: bool = True, check: bool | None = None
) -> QImage:
    """The cell as the delegate draws it on the base colour."""
    items = row(cell)
    if check is not None:
        items[0].setCheckable(True)
        items[0].setCheckState(Qt.CheckState.Checked if check else Qt.CheckState.Unchecked)
    model = model_of(items)
    image = QImage(width, 26, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens().base))
    option = option_for(image.rect())
    if enabled:
        option.state |= QStyle.StateFlag.State_Enabled
    if selected:
        option.state |= QStyle.StateFlag.State_Selected
    painter = QPainter(image)
    CellDelegate().paint(painter, option, model.index(0, 0))
    painter.end()
    return image


def asked_size(cell: Cell) -> QSize:
    model = model_of(row(cell))
    return CellDelegate().sizeHint(option_for(QRect()), model.index(0, 0))


def option_for(rect: QRect) -> QStyleOptionViewItem:
    option = QStyleOptionViewItem()
    option.rect = rect
    option.direction = QApplication.layoutDirection()
    return option


def seen(image: QImage) -> set[str]:
    return colours_within(image, image.rect())


@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("width", [12, 90, 400])
def test_every_cell_is_painted_at_every_width(
    qapp: QApplication, scheme: Scheme, direction: Qt.LayoutDirection, kind: str, width: int
) -> None:
    for selected in (False, True):
        painted(CELLS[kind], width, selected=selected)
    image = painted(CELLS[kind], width)
    assert len(seen(image)) > 1 or kind == "no number" or width == 12


@pytest.mark.parametrize("kind", [kind for kind in CELLS if kind != "no number"])
def test_cells_start_at_the_leading_edge(
    qapp: QApplication, direction: Qt.LayoutDirection, kind: str
) -> None:
    image = painted(CELLS[kind], 1200 if kind != "endless" else 300)
    if kind == "endless":
        return
    mirrored = direction == Qt.LayoutDirection.RightToLeft
    leading, trailing = QRect(0, 0, 60, 26), QRect(1140, 0, 60, 26)
    if mirrored:
        leading, trailing = trailing, leading
    assert len(colours_within(image, leading)) > 1
    assert colours_within(image, trailing) == named(tokens().base)


def test_a_fault_is_marked_in_the_ink_of_an_error(qapp: QApplication, scheme: Scheme) -> None:
    colours = tokens()
    assert named(colours.error.ink) <= seen(painted(CELLS["uid"], 600))
    assert named(colours.error.ink) <= seen(painted(CELLS["uid"], 190))
    assert not named(colours.error.ink) & seen(painted(CELLS["new uid"], 600))


def test_what_changes_is_filled_by_side(qapp: QApplication, scheme: Scheme) -> None:
    colours = tokens()
    assert named(colours.old, colours.error.ink) <= seen(painted(CELLS["old"]))
    assert named(colours.new, colours.ok.ink) <= seen(painted(CELLS["new"]))
    assert named(colours.mark, colours.accent) <= seen(painted(CELLS["either"]))
    assert not named(colours.new, colours.ok.ink) & seen(painted(CELLS["off"]))


def test_a_change_stays_filled_where_the_row_is_narrow(qapp: QApplication) -> None:
    cell = DiffCell((DiffPart("1.2.3." * 10), DiffPart("4.5", changed=True)), DiffSide.NEW)
    assert named(tokens().new) <= seen(painted(cell, 90))


def test_disabled_cells_lose_their_colours(qapp: QApplication, scheme: Scheme) -> None:
    ink = named(tokens().verdict(Verdict.ERROR).ink)
    assert ink <= seen(painted(CELLS["text"]))
    assert not ink & seen(painted(CELLS["text"], enabled=False))


def test_secondary_text_is_shown_whole_or_not_at_all(qapp: QApplication) -> None:
    plain = NameCell("CT Thorax", "study")
    needed = asked_size(CELLS["name"]).width()
    assert painted(CELLS["name"], needed) != painted(plain, needed)
    assert painted(CELLS["name"], needed - 4) == painted(plain, needed - 4)


@pytest.mark.parametrize("kind", CELLS)
def test_rows_are_as_high_as_the_text_asks(qapp: QApplication, text_size: int, kind: str) -> None:
    assert asked_size(CELLS[kind]).height() == (26 if text_size == 13 else 31)


def test_speech_says_all_of_a_cell(qapp: QApplication) -> None:
    said = {kind: cell_speech(cell) for kind, cell in CELLS.items()}
    assert said["name"] == "CT Thorax, 414 images"
    assert said["badges"] == "3 errors, 12 warnings"
    assert said["uid"] == UID
    assert said["old"] == "1.3.6.1.77.501"
    assert said["state"] == "present"
    assert said["number"] == "9,812"
    assert said["no number"] == ""


def tip_over(view: RowTreeView, index: QModelIndex) -> str:
    QToolTip.hideText()
    position = view.visualRect(index).center()
    event = QHelpEvent(QEvent.Type.ToolTip, position, view.viewport().mapToGlobal(position))
    QApplication.sendEvent(view.viewport(), event)
    return QToolTip.text()


def test_tool_tips_show_what_was_cut_as_text(qapp: QApplication, qtbot: QtBot) -> None:
    view = RowTreeView()
    qtbot.addWidget(view)
    view.setModel(model_of(row(CELLS["html"], CELLS["uid"], CELLS["badges"], NumberCell(3))))
    view.resize(600, 200)
    for column, width in enumerate((60, 100, 200, 100)):
        view.setColumnWidth(column, width)
    with qtbot.waitExposed(view):
        view.show()
    model = view.model()
    assert "&lt;img" in tip_over(view, model.index(0, 0))
    assert UID in tip_over(view, model.index(0, 1))
    assert "3 errors, 12 warnings" in tip_over(view, model.index(0, 2))
    tip_over(view, model.index(0, 3))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


@pytest.mark.parametrize("by_key", [False, True], ids=["click", "space"])
def test_a_check_box_is_turned_by_click_and_by_key(
    qapp: QApplication, qtbot: QtBot, direction: Qt.LayoutDirection, by_key: bool
) -> None:
    items = row(NameCell("Image 3"))
    items[0].setCheckable(True)
    items[0].setCheckState(Qt.CheckState.Checked)
    view = RowTreeView(flat=True)
    qtbot.addWidget(view)
    view.setModel(model_of(items))
    view.resize(300, 100)
    with qtbot.waitExposed(view):
        view.show()
    index = view.model().index(0, 0)
    view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.SelectCurrent)
    if by_key:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    else:
        box = check_box_rect(option_for(view.visualRect(index)))
        beside = QPoint(box.center().x() + (60 if view.isLeftToRight() else -60), box.center().y())
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
        assert items[0].checkState() == Qt.CheckState.Checked
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert items[0].checkState() == Qt.CheckState.Unchecked


def test_a_check_box_shows_its_state(qapp: QApplication, scheme: Scheme) -> None:
    accent = named(tokens().accent)
    assert accent <= seen(painted(NameCell("Image 3"), check=True))
    assert not accent & seen(painted(NameCell("Image 3"), check=False))
