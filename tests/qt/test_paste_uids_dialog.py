"""Pasted UIDs: counted as one types, selected where they are found, listed where they are not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.builders import ct_series
from tests.qt.accessible import HOSTILE, acting_labels, nameless
from tests.qt.loaded_state import a_state, load_into, node_with, settle, shown
from tests.qt.room import cut_widgets
from tests.qt.windows import load, shown_window
from tests.watch import SourceFolders
from uidscope.core.report.words import rule_words
from uidscope.qt.dialogs.paste_uids_dialog import PasteUidsDialog
from uidscope.qt.models.pasted_model import PastedColumn
from uidscope.qt.state import WorkState

IMAGES = ct_series(3)
UIDS = [str(image.SOPInstanceUID) for image in IMAGES]
ABSENT = "1.3.6.1.4.1.32473.77.8"


@pytest.fixture
def state(make_source: SourceFolders) -> Iterator[WorkState]:
    with a_state() as state:
        load_into(state, make_source(IMAGES))
        yield state


@pytest.fixture
def dialog(qtbot: QtBot, state: WorkState) -> PasteUidsDialog:
    QGuiApplication.clipboard().clear()
    dialog = PasteUidsDialog(state)
    shown(qtbot, dialog, 760, 620)
    return dialog


def paste(qtbot: QtBot, dialog: PasteUidsDialog, text: str) -> None:
    dialog.text_edit.setPlainText(text)
    wait(qtbot, dialog)


def wait(qtbot: QtBot, dialog: PasteUidsDialog) -> None:
    """Wait for the look-up, which begins when nobody types any more."""
    qtbot.wait(200)
    settle(qtbot, dialog)


def rows(dialog: PasteUidsDialog) -> list[tuple[str, ...]]:
    model = dialog.model
    return [
        tuple(model.index(row, column).data() for column in PastedColumn) for row in range(model.rowCount())
    ]


def test_found_missing_and_faulty_are_counted_and_the_missing_listed(
    qtbot: QtBot, dialog: PasteUidsDialog
) -> None:
    assert dialog.counts.accessibleName() == "No UID yet"
    assert not dialog.select_button.isEnabled()
    faulty = "1.2.840.01.5.6"
    paste(qtbot, dialog, f'failed: "{UIDS[0]}", {UIDS[1]} and {ABSENT}\n{faulty}\n1.2.840.10008.1.2.1')
    assert dialog.counts.accessibleName() == "2 found 3 not found 1 faulty"
    assert rows(dialog) == [
        (ABSENT, "not loaded", ""),
        (faulty, "not loaded", rule_words("UID-S04").title),
        ("1.2.840.10008.1.2.1", "registered by DICOM, no object's", ""),
    ]
    assert dialog.select_button.text() == "Select 2 in the tree"


def test_a_uid_that_is_only_named_in_a_file_says_so(qtbot: QtBot, dialog: PasteUidsDialog) -> None:
    frame = str(IMAGES[0].FrameOfReferenceUID)
    paste(qtbot, dialog, frame)
    assert rows(dialog) == [(frame, "only named in loaded files", "")]
    assert not dialog.select_button.isEnabled()


def test_accepted_it_selects_what_was_found(qtbot: QtBot, dialog: PasteUidsDialog, state: WorkState) -> None:
    paste(qtbot, dialog, f"{UIDS[2]} {UIDS[0]} {ABSENT}")
    dialog.select_button.click()
    assert state.catalog is not None
    assert set(state.selection) == {node_with(state.catalog, UIDS[at]) for at in (0, 2)}
    assert dialog.isHidden()


def test_what_was_found_for_another_text_is_not_selected(
    qtbot: QtBot, dialog: PasteUidsDialog, state: WorkState
) -> None:
    paste(qtbot, dialog, UIDS[0])
    dialog.text_edit.setPlainText("nothing")
    dialog.accept()
    assert state.selection == ()
    wait(qtbot, dialog)
    assert dialog.select_button.text() == "Select in the tree"


def test_those_not_found_can_be_copied(qtbot: QtBot, dialog: PasteUidsDialog) -> None:
    paste(qtbot, dialog, f"{ABSENT}\n{ABSENT}.1\n{UIDS[0]}")
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == f"{ABSENT}\n{ABSENT}.1"


def test_the_clipboard_is_looked_up_at_once(qtbot: QtBot, state: WorkState) -> None:
    QGuiApplication.clipboard().setText(UIDS[1])
    dialog = PasteUidsDialog(state)
    shown(qtbot, dialog)
    wait(qtbot, dialog)
    assert dialog.text_edit.toPlainText() == UIDS[1]
    assert dialog.select_button.text() == "Select 1 in the tree"


def test_pasted_text_stays_text_and_every_part_has_a_name(qtbot: QtBot, dialog: PasteUidsDialog) -> None:
    paste(qtbot, dialog, "\n".join((*HOSTILE, f"<img>{ABSENT}")))
    assert acting_labels(dialog) == []
    assert nameless(dialog) == []
    assert dialog.text_edit.accessibleName()
    assert ABSENT in dialog.model.uids


def test_no_word_is_cut(qtbot: QtBot, text_size: int, state: WorkState) -> None:
    dialog = PasteUidsDialog(state)
    shown(qtbot, dialog, 760, 620)
    paste(qtbot, dialog, f"{ABSENT} {UIDS[0]}")
    assert cut_widgets(dialog) == []


def test_the_window_offers_it_once_something_is_loaded(
    qtbot: QtBot, tmp_path: Path, make_source: SourceFolders
) -> None:
    window = shown_window(qtbot, tmp_path)
    action = window.commands["actionPasteUids"]
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+Shift+V"]
    assert not action.isEnabled()
    load(qtbot, window, make_source(ct_series(2)))
    action.trigger()
    dialog = window.findChild(PasteUidsDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
