"""The rows of the plan in the window: switched off and on, typed by hand, explained, and what is outside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tests.builders import Study, add_private_text, ct_series, rt_plan, rt_set
from tests.core.plan.planned import SOUND
from tests.qt.plan_scene import Scene, scene
from tests.watch import SourceFolders
from uidscope.core.plan.intention import Into
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.cell_delegate import check_box_rect
from uidscope.qt.kit.cells import CELL_ROLE, DiffCell, NameCell, NumberCell, Tone
from uidscope.qt.kit.disclosure import Disclosure
from uidscope.qt.kit.run_label import RunLabel
from uidscope.qt.panels.plan_panel import PlanPanel
from uidscope.qt.planning.plan_cells import PlanColumn
from uidscope.qt.planning.plan_operations import PlanOptions, redo, undo, undo_text

ONE, TWO = Study(1), Study(2)
CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def work(qtbot: QtBot, make_source: SourceFolders) -> Iterator[Scene]:
    with scene(qtbot, make_source([*rt_set(study=ONE).all, *ct_series(3, study=TWO)])) as made:
        yield made


@pytest.fixture
def panel(work: Scene, qtbot: QtBot) -> PlanPanel:
    return shown(work, qtbot)


def shown(work: Scene, qtbot: QtBot) -> PlanPanel:
    made = PlanPanel(work.state, work.runner, work.questions)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def row(panel: PlanPanel, kind: str, at: int, column: PlanColumn = PlanColumn.LEVEL) -> QModelIndex:
    return panel.model.index(at, column, panel.model.group_index(kind))


def click_box(work: Scene, panel: PlanPanel, index: QModelIndex) -> None:
    """Click into the check box of a row."""
    panel.view.scrollTo(index)
    option = QStyleOptionViewItem()
    option.rect = panel.view.visualRect(index)
    place = check_box_rect(option).center()
    work.qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    work.settle()


def new_uids(work: Scene) -> list[tuple[str, str]]:
    uid_map = work.state.uid_map
    return [] if uid_map is None else [(entry.old, entry.new) for entry in uid_map.entries()]


def do(work: Scene, verb: object) -> None:
    verb(work.state, work.runner)  # type: ignore[operator]
    work.settle()


def test_a_row_is_switched_off_and_on_in_its_place(work: Scene, panel: PlanPanel) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    before = new_uids(work)
    middle = row(panel, "instance", 1)
    old, new = (row(panel, "instance", 1, column).data() for column in (PlanColumn.OLD, PlanColumn.NEW))
    assert middle.data(CHECK) == Qt.CheckState.Checked
    click_box(work, panel, middle)
    assert (old, new) not in new_uids(work)
    middle = row(panel, "instance", 1)
    assert middle.data(CHECK) == Qt.CheckState.Unchecked
    cells = [row(panel, "instance", 1, column).data(CELL_ROLE) for column in PlanColumn]
    assert isinstance(cells[PlanColumn.LEVEL], NameCell)
    assert cells[PlanColumn.LEVEL].tone is Tone.TEXT2
    for column, value in ((PlanColumn.OLD, old), (PlanColumn.NEW, new)):
        cell = cells[column]
        assert isinstance(cell, DiffCell)
        assert (cell.value, cell.active) == (value, False)
    references = cells[PlanColumn.REFERENCES]
    assert isinstance(references, NumberCell)
    assert references.tone is Tone.TEXT2
    assert panel.model.rowCount(panel.model.group_index("instance")) == 3
    assert panel.view.currentIndex().row() == 1
    assert undo_text(work.state) == f"Undo: keeping the UID {old}"
    click_box(work, panel, row(panel, "instance", 1))
    assert new_uids(work) == before


def test_the_space_bar_switches_the_row_at_hand(work: Scene, panel: PlanPanel, qtbot: QtBot) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    panel.view.setFocus()
    panel.view.setCurrentIndex(row(panel, "instance", 2, PlanColumn.REASON))
    for state in (Qt.CheckState.Unchecked, Qt.CheckState.Checked):
        qtbot.keyClick(panel.view, Qt.Key.Key_Space)
        work.settle()
        assert row(panel, "instance", 2).data(CHECK) == state
        assert panel.view.currentIndex().row() == 2


def test_a_group_has_a_box_of_three_states(work: Scene, panel: PlanPanel, qtmodeltester: object) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    group = panel.model.group_index("instance")
    assert group.data(CHECK) == Qt.CheckState.Checked
    click_box(work, panel, row(panel, "instance", 0))
    assert panel.model.group_index("instance").data(CHECK) == Qt.CheckState.PartiallyChecked
    click_box(work, panel, panel.model.group_index("instance"))
    assert panel.model.group_index("instance").data(CHECK) == Qt.CheckState.Checked
    click_box(work, panel, panel.model.group_index("instance"))
    assert panel.model.group_index("instance").data(CHECK) == Qt.CheckState.Unchecked
    assert undo_text(work.state).startswith("Undo: keeping 3 UIDs of new derived series")
    assert [old for old, _ in new_uids(work)] == [TWO.uid(2)]
    click_box(work, panel, row(panel, "instance", 1))
    states = [row(panel, "instance", at).data(CHECK) for at in range(3)]
    assert states == [Qt.CheckState.Unchecked, Qt.CheckState.Checked, Qt.CheckState.Unchecked]
    assert row(panel, "instance", 1, PlanColumn.OLD).data() == TWO.uid(2, 2)
    for _ in range(4):
        do(work, undo)
    assert len(new_uids(work)) == 4
    do(work, redo)
    # At the end, for it does not let go of the model, and a view hears of a reset before it does.
    qtmodeltester.check(panel.model)  # type: ignore[attr-defined]


def test_a_row_that_is_off_says_so_in_the_place_of_its_file(work: Scene, panel: PlanPanel) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    click_box(work, panel, row(panel, "instance", 0))
    panel.view.setCurrentIndex(row(panel, "instance", 0))
    work.settle()
    said = [label.accessibleName() for label in panel.changes.findChildren(RunLabel)]
    assert said == ["This row is switched off: the old UID stays."]


def test_a_new_uid_is_typed_in_its_place(work: Scene, panel: PlanPanel, qtbot: QtBot) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    before = new_uids(work)
    panel.view.setFocus()
    panel.view.setCurrentIndex(row(panel, "instance", 0))
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    edit = editor(panel)
    assert edit.text() == row(panel, "instance", 0, PlanColumn.NEW).data()
    faults = {
        "": "A new UID is needed",
        "1.2.03": "a part that begins with 0",
        "1.2.840.10008.1.1": "PS3.6",
        TWO.uid(2, 1): "the old UID",
        TWO.uid(2, 2): "loaded already",
        before[1][1] if before[1][0] != TWO.uid(2, 1) else before[2][1]: "issued for something else",
    }
    for text, why in faults.items():
        edit.setText(text)
        assert why in panel.changes.why.said
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        work.settle()
        assert new_uids(work) == before
        assert editor(panel) is edit
    edit.setText(SOUND)
    assert panel.changes.why.said == "Enter takes this UID; Escape leaves the one before."
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    work.settle()
    assert (TWO.uid(2, 1), SOUND) in new_uids(work)
    assert "typed by hand" in row(panel, "instance", 0, PlanColumn.REASON).data()
    assert undo_text(work.state) == f"Undo: {TWO.uid(2, 1)} becomes {SOUND}, by hand"
    do(work, undo)
    assert new_uids(work) == before
    do(work, redo)
    assert (TWO.uid(2, 1), SOUND) in new_uids(work)


def test_with_no_text_the_uid_that_was_made_comes_back(work: Scene, panel: PlanPanel, qtbot: QtBot) -> None:
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    before = new_uids(work)
    for text in (SOUND, ""):
        panel.view.setCurrentIndex(row(panel, "instance", 0))
        panel.view.type_new_uid()
        edit = editor(panel)
        edit.setText(text)
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        work.settle()
        assert new_uids(work) == (before if not text else [(TWO.uid(2, 1), SOUND)])


def test_a_double_click_types_and_escape_leaves_all_as_it_was(
    work: Scene, panel: PlanPanel, qtbot: QtBot
) -> None:
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    before, steps = new_uids(work), undo_text(work.state)
    index = row(panel, "instance", 0, PlanColumn.NEW)
    place = panel.view.visualRect(index).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    edit = editor(panel)
    edit.setText("1.2.03")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    work.settle()
    assert (new_uids(work), undo_text(work.state)) == (before, steps)
    assert panel.changes.why.said.startswith("Its file is selected")


def test_what_was_taken_over_is_neither_switched_nor_typed(work: Scene, panel: PlanPanel) -> None:
    work.plan("move", work.node(ONE.uid(), "study"), options=PlanOptions(into=Into("study", TWO.uid())))
    assert row(panel, "study", 0).data(CHECK) is None
    assert panel.model.group_index("study").data(CHECK) is None
    assert not row(panel, "study", 0, PlanColumn.NEW).flags() & Qt.ItemFlag.ItemIsEditable
    panel.view.setCurrentIndex(row(panel, "study", 0))
    panel.view.type_new_uid()
    assert panel.view.findChild(QLineEdit, "newUidEdit") is None


def test_each_row_says_why_it_is_there(work: Scene, panel: PlanPanel) -> None:
    work.plan("copy", work.node(TWO.uid(), "study"))
    said = {}
    for kind in ("study", "series", "instance", "frame_of_reference"):
        panel.view.setCurrentIndex(row(panel, kind, 0))
        said[kind] = panel.changes.why.said
    assert said == {
        "study": "It holds 3 files of the selection: independent copy of Test study.",
        "series": "It holds 3 files of the selection: independent copy of Test study.",
        "instance": "Its file is selected: independent copy of Test study.",
        "frame_of_reference": "Defined by 3 files of the selection: independent copy of Test study.",
    }


# What is to be acted on


def banner(panel: PlanPanel, words: str) -> Banner:
    (found,) = (each for each in panel.findChildren(Banner) if words in each.accessibleName())
    return found


def press(work: Scene, found: Banner, words: str) -> None:
    (button,) = (each for each in found.findChildren(QAbstractButton) if each.accessibleName() == words)
    button.click()
    work.settle()


def test_who_refers_into_the_selection_is_included_with_the_same_uids(work: Scene, panel: PlanPanel) -> None:
    work.plan("instances", work.node(ONE.uid(2), "series"))
    before = new_uids(work)
    found = banner(panel, "1 file outside refers to what changes: 0004.dcm")
    assert "those references lead nowhere" in found.accessibleName()
    press(work, found, "Include them")
    assert new_uids(work) == before
    assert work.state.uid_map is not None
    assert len(work.state.uid_map.outcomes) == 4
    assert undo_text(work.state).startswith("Undo: other choices for new identifiers")
    assert not [each for each in panel.findChildren(Banner) if "outside" in each.accessibleName()]
    do(work, undo)
    assert len(work.state.uid_map.outcomes) == 3


def test_approved_objects_change_once_that_is_acknowledged(qtbot: QtBot, make_source: SourceFolders) -> None:
    rt = rt_set(2, study=ONE)
    approved = rt_plan(rt.structure_set, study=ONE)
    approved.ApprovalStatus = "APPROVED"
    with scene(qtbot, make_source([*rt.images, rt.structure_set, approved])) as work:
        panel = shown(work, qtbot)
        work.plan("instances")
        found = banner(panel, "blocked until this is acknowledged")
        assert work.state.uid_map is not None
        assert work.state.uid_map.conflicts
        press(work, found, "Change them too")
        assert not work.state.uid_map.conflicts
        assert work.state.history.plan.acknowledged
        do(work, undo)
        assert work.state.uid_map.conflicts


def test_what_is_only_to_be_known_is_folded_and_stays_as_it_was_left(
    qtbot: QtBot, make_source: SourceFolders
) -> None:
    images = ct_series(2, study=TWO)
    add_private_text(images[1], f"made from {images[0].SOPInstanceUID}")
    with scene(qtbot, make_source(images)) as work:
        panel = shown(work, qtbot)
        work.plan("instances")
        (fold,) = panel.findChildren(Disclosure)
        assert not fold.is_open
        fold.head.click()
        press(work, banner(panel, "UIDs in texts stay"), "Replace them")
        assert work.state.history.plan.replace_leftovers
        (fold,) = (each for each in panel.findChildren(Disclosure) if each.isVisible())
        assert fold.is_open
        assert banner(panel, "get the new ones too").isVisible()
        panel.view.setCurrentIndex(row(panel, "instance", 1))
        work.settle()
        whys = [panel.changes.model.index(at, 3).data() for at in range(panel.changes.model.rowCount())]
        assert "the text names what changes" in whys


def editor(panel: PlanPanel) -> QLineEdit:
    found = panel.view.findChild(QLineEdit, "newUidEdit")
    assert isinstance(found, QLineEdit)
    return found
