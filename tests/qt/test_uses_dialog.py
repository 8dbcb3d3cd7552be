"""Where a UID is used: counted by kind, read page by page, and the way to each file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, rt_set
from tests.core.judge.media import write_media
from tests.qt.accessible import acting_labels, nameless
from tests.qt.loaded_state import a_state, load_into, node_with, settle, shown
from tests.qt.room import cut_widgets
from tests.qt.windows import LONGEST_WAIT, load, shown_window
from tests.watch import SourceFolders
from uidscope.core.catalog.lookup import node_of_occurrence
from uidscope.core.catalog.tree import Node
from uidscope.core.catalog.uid_uses import uid_use_counts, uid_uses
from uidscope.core.report.uid_uses_text import COLUMNS, uid_uses_text
from uidscope.qt.dialogs.uses_dialog import UsesDialog
from uidscope.qt.kit.run_label import RunLabel
from uidscope.qt.models.paged_groups_model import ROWS_AT_A_TIME
from uidscope.qt.models.uses_model import UsesColumn
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.state import WorkState

STUDY = Study(1)


@pytest.fixture
def state() -> Iterator[WorkState]:
    with a_state() as state:
        yield state


@pytest.fixture
def radiotherapy(make_source: SourceFolders) -> Path:
    return make_source(rt_set(study=STUDY).all)


def dialog_of(qtbot: QtBot, state: WorkState, uid: str) -> UsesDialog:
    dialog = UsesDialog(state, uid)
    shown(qtbot, dialog, 900, 560)
    settle(qtbot, dialog)
    return dialog


def groups_of(dialog: UsesDialog) -> dict[str, QModelIndex]:
    model = dialog.model
    return {model.index(at, 0).data(): model.index(at, 0) for at in range(model.rowCount())}


def rows_of(qtbot: QtBot, dialog: UsesDialog, group: str) -> list[list[str]]:
    """All rows of a group, each fetched as a user would by going down."""
    above = groups_of(dialog)[group]
    dialog.view.expand(above)
    model = dialog.model
    while model.has_more(above):
        bar = dialog.view.verticalScrollBar()
        bar.setValue(bar.maximum())
        settle(qtbot, dialog)
        qtbot.wait(1)
    return [
        [model.index(row, column, above).data() for column in UsesColumn]
        for row in range(model.rowCount(above))
    ]


def test_every_use_is_counted_by_kind_and_listed(qtbot: QtBot, state: WorkState, radiotherapy: Path) -> None:
    catalog = load_into(state, radiotherapy)
    uid = STUDY.uid(2, 1)  # an image of the series that the structure set outlines
    dialog = dialog_of(qtbot, state, uid)
    uses, counts = uid_uses(catalog, uid), uid_use_counts(catalog, uid)
    assert list(groups_of(dialog)) == ["Identifies", "File meta", "References"]
    assert f"{counts.total.elements} elements" in dialog.findChildren(RunLabel)[0].accessibleName()
    listed = [row for group in groups_of(dialog) for row in rows_of(qtbot, dialog, group)]
    assert [(row[0], row[2], int(row[3])) for row in listed] == [
        (use.pattern, use.file, use.count) for use in uses
    ]
    assert "identifies the instance" in listed[0][1]
    assert all("refers to the instance" in row[1] for row in listed[2:])


def test_long_lists_are_read_page_by_page(qtbot: QtBot, state: WorkState, make_source: SourceFolders) -> None:
    count = 3 * ROWS_AT_A_TIME + 3
    catalog = load_into(state, make_source(ct_series(count, study=STUDY)), checked=False)
    dialog = dialog_of(qtbot, state, STUDY.uid())
    above = groups_of(dialog)["Identifies"]
    qtbot.waitUntil(lambda: dialog.model.rowCount(above) > 0, timeout=LONGEST_WAIT)
    qtbot.wait(100)
    settle(qtbot, dialog)
    assert dialog.model.rowCount(above) == ROWS_AT_A_TIME
    listed = rows_of(qtbot, dialog, "Identifies")
    assert [row[2] for row in listed] == [use.file for use in uid_uses(catalog, STUDY.uid())]


def test_enter_and_double_click_go_to_the_file(qtbot: QtBot, state: WorkState, radiotherapy: Path) -> None:
    catalog = load_into(state, radiotherapy)
    uid = STUDY.uid(2, 1)
    dialog = dialog_of(qtbot, state, uid)
    gone: list[Node] = []
    dialog.go_to.connect(gone.append)
    rows_of(qtbot, dialog, "References")
    place = dialog.model.index(0, 0, groups_of(dialog)["References"])
    dialog.view.setCurrentIndex(place)
    dialog.view.scrollTo(place)
    assert dialog.go_button.isEnabled()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    qtbot.mouseDClick(
        dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=dialog.view.visualRect(place).center()
    )
    dialog.go_button.click()
    reference = uid_uses(catalog, uid, kind="reference")[0]
    assert gone == [node_of_occurrence(catalog, reference.occurrence_id)] * 3


def test_there_is_no_way_to_a_dicomdir(
    qtbot: QtBot, state: WorkState, make_source: SourceFolders, tmp_path: Path
) -> None:
    folder = tmp_path / "media"
    write_media(folder, ct_series(2, study=STUDY))
    make_source.watch(folder)
    load_into(state, folder)
    dialog = dialog_of(qtbot, state, STUDY.uid(2, 1))
    rows_of(qtbot, dialog, "Records of a DICOMDIR")
    dialog.view.setCurrentIndex(dialog.model.index(0, 0, groups_of(dialog)["Records of a DICOMDIR"]))
    assert not dialog.go_button.isEnabled()


def test_the_list_is_copied_whole(qtbot: QtBot, state: WorkState, radiotherapy: Path) -> None:
    catalog = load_into(state, radiotherapy)
    dialog = dialog_of(qtbot, state, STUDY.uid())
    dialog.copy_button.click()
    settle(qtbot, dialog)
    text = QGuiApplication.clipboard().text()
    assert text == uid_uses_text(catalog, STUDY.uid())
    lines = [line.split("\t") for line in text.splitlines()]
    assert tuple(lines[0]) == COLUMNS
    assert len(lines) == 1 + len(uid_uses(catalog, STUDY.uid()))


def test_a_uid_that_nobody_uses(qtbot: QtBot, state: WorkState, radiotherapy: Path) -> None:
    load_into(state, radiotherapy)
    dialog = dialog_of(qtbot, state, "2.999.1")
    assert dialog.pages.sentence == "No loaded file holds it."
    assert not dialog.copy_button.isEnabled()
    assert not dialog.go_button.isEnabled()


def test_it_follows_what_is_loaded(qtbot: QtBot, state: WorkState, radiotherapy: Path) -> None:
    load_into(state, radiotherapy)
    dialog = dialog_of(qtbot, state, STUDY.uid())
    assert groups_of(dialog)
    state.replace_catalog(None, ())
    assert dialog.pages.sentence == "Nothing is loaded."
    load_into(state, radiotherapy)
    settle(qtbot, dialog)
    assert groups_of(dialog)


def test_the_model_keeps_qts_promises(qtbot: QtBot, state: WorkState, radiotherapy: Path) -> None:
    load_into(state, radiotherapy)
    dialog = UsesDialog(state, STUDY.uid())
    tester = QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    shown(qtbot, dialog, 900, 560)
    settle(qtbot, dialog)
    for group in groups_of(dialog):
        rows_of(qtbot, dialog, group)
    tester.deleteLater()


def test_every_part_has_room_and_a_name(
    qtbot: QtBot, state: WorkState, radiotherapy: Path, scheme: object, direction: object, text_size: int
) -> None:
    load_into(state, radiotherapy)
    dialog = dialog_of(qtbot, state, STUDY.uid())
    assert cut_widgets(dialog) == []
    assert nameless(dialog) == []
    assert acting_labels(dialog) == []
    assert not dialog.isModal()


def test_the_identity_tab_and_the_menu_call_it(qtbot: QtBot, tmp_path: Path, radiotherapy: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, radiotherapy)
    assert window.state.catalog is not None
    assert not window.commands["actionFindUses"].isEnabled()
    image = node_with(window.state.catalog, STUDY.uid(2, 1))
    window.operations.go_to((image,))
    assert window.commands["actionFindUses"].isEnabled()
    identity = window.docks.panel(Inspector).identity
    qtbot.waitUntil(lambda: bool(identity.sections) and identity.sections[0].identity is not None)
    (button,) = (
        section.uses_button
        for section in identity.sections
        if re.search("Study", section.uses_button.accessibleName())
    )
    button.click()
    (dialog,) = window.findChildren(UsesDialog)
    assert dialog.uid == STUDY.uid()
    window.commands["actionFindUses"].trigger()
    qtbot.waitUntil(lambda: [each.uid for each in window.findChildren(UsesDialog)] == [STUDY.uid(2, 1)])
    (dialog,) = window.findChildren(UsesDialog)
    settle(qtbot, dialog)
    dialog.go_to.emit(node_with(window.state.catalog, STUDY.uid(2), "series"))
    assert window.state.current == node_with(window.state.catalog, STUDY.uid(2), "series")
