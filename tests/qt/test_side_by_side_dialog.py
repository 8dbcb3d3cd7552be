"""Two file copies side by side: the verdict, what differs, and a new UID for one of them."""

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.builders import ct_series, with_uids
from tests.qt.accessible import nameless
from tests.qt.room import cut_widgets
from tests.qt.windows import LONGEST_WAIT, load, shown_window
from tests.watch import SourceFolders
from uidscope.core.catalog.tree import ROOT, Node, children
from uidscope.core.report.comparing.copies_to_compare import copies_to_compare
from uidscope.qt.dialogs.comparing import side_by_side_dialog
from uidscope.qt.dialogs.comparing.side_by_side_dialog import ALL, DIFFERENCES, SideBySideDialog
from uidscope.qt.main_window import MainWindow
from uidscope.qt.models.side_by_side_model import SideColumn, marked_parts
from uidscope.qt.panels.findings_panel import FindingsPanel


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return shown_window(qtbot, tmp_path)


def two_copies(make_source: SourceFolders, *, pixels: bool) -> Path:
    """One SOP Instance UID on two images: other pixels, or another patient's name alone."""
    image = ct_series(1)[0]
    other = ct_series(2)[1] if pixels else ct_series(1)[0]
    if not pixels:
        other.PatientName = "TEST^<b>BETA</b>"
    return make_source([image, *with_uids([other], {other.SOPInstanceUID: image.SOPInstanceUID})])


def first_instance(window: MainWindow) -> Node:
    catalog = window.state.catalog
    assert catalog is not None
    node = ROOT
    while node.level != "instance":
        node = children(catalog, node)[0].node
    return node


def opened(qtbot: QtBot, window: MainWindow) -> SideBySideDialog:
    """Compare the copies of the first instance by the keyboard, and wait for the verdict."""
    window.state.select((first_instance(window),))
    window.commands["actionCompare"].trigger()
    dialog = window.findChild(SideBySideDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=LONGEST_WAIT)
    return dialog


def show(dialog: SideBySideDialog, which: str) -> None:
    dialog.switch.set_current(which)
    dialog.switch.switched.emit(which)


def title(dialog: SideBySideDialog) -> str:
    return dialog.banner.accessibleName() if dialog.banner is not None else ""


def texts(dialog: SideBySideDialog, column: SideColumn) -> list[str]:
    return [place.siblingAtColumn(column).data() for place in dialog.model.differences()]


def test_other_pixels_are_a_conflict_and_b_gets_a_new_uid(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    load(qtbot, window, two_copies(make_source, pixels=True))
    dialog = opened(qtbot, window)
    assert "two different images bear one SOP Instance UID" in title(dialog)
    assert texts(dialog, SideColumn.MEANING)[0] == "another image"
    qtbot.mouseClick(dialog.renew_second, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.state.uid_map is not None, timeout=LONGEST_WAIT)
    uid_map = window.state.uid_map
    assert uid_map is not None
    (entry,) = [each for each in uid_map.entries() if each.kind == "instance"]
    assert entry.file_count == 1
    assert window.state.history.plan.intentions[0].kind == "instances"
    window.state.set_exported()


def test_equal_pixels_and_another_header(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    load(qtbot, window, two_copies(make_source, pixels=False))
    dialog = opened(qtbot, window)
    assert "Same pixels, another header" in title(dialog)
    assert texts(dialog, SideColumn.ATTRIBUTE) == ["Patient's Name, (0010,0010)"]
    assert set(texts(dialog, SideColumn.FIRST) + texts(dialog, SideColumn.SECOND)) >= {"TEST^<b>BETA</b>"}
    show(dialog, ALL)
    assert dialog.model.rowCount() > 1
    assert dialog.renew_first.isVisible()


def test_one_file_twice_gives_nobody_a_new_uid(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    image = ct_series(1)[0]
    load(qtbot, window, make_source([image, image]))
    dialog = opened(qtbot, window)
    assert "byte for byte" in title(dialog)
    assert not dialog.renew_first.isVisible()
    assert not dialog.renew_second.isVisible()
    assert dialog.model.rowCount() == 0


def test_sides_are_swapped_and_differences_gone_through(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    load(qtbot, window, two_copies(make_source, pixels=True))
    dialog = opened(qtbot, window)
    before = texts(dialog, SideColumn.FIRST), texts(dialog, SideColumn.SECOND)
    names = dialog.first.accessibleName()[3:], dialog.second.accessibleName()[3:]
    qtbot.mouseClick(dialog.swap_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=LONGEST_WAIT)
    assert (dialog.second.accessibleName()[3:], dialog.first.accessibleName()[3:]) == names
    assert (texts(dialog, SideColumn.SECOND), texts(dialog, SideColumn.FIRST)) == before
    seen = []
    for _ in dialog.model.differences():
        seen.append(dialog.view.currentIndex())
        qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    assert seen == dialog.model.differences()
    assert dialog.view.currentIndex() == seen[0]


def test_a_finding_opens_its_first_two_files(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    load(qtbot, window, two_copies(make_source, pixels=True))
    panel = window.docks.panel(FindingsPanel)
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0, timeout=LONGEST_WAIT)
    panel.show_rule("ENT-05")
    panel.next()
    assert panel.detail.compare_button.isEnabled()
    qtbot.mouseClick(panel.detail.compare_button, Qt.MouseButton.LeftButton)
    assert window.findChild(SideBySideDialog) is not None


def test_without_two_files_a_sentence_says_what_to_select(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    load(qtbot, window, make_source(ct_series(2)))
    catalog = window.state.catalog
    assert catalog is not None
    assert copies_to_compare(catalog, (first_instance(window),)) is None
    window.state.select((first_instance(window),))
    window.commands["actionCompare"].trigger()
    assert window.findChild(SideBySideDialog) is None
    shown = window.message_bar.shown
    assert shown is not None
    assert "two file copies" in shown.title + shown.text


def test_it_is_saved_and_never_beside_the_originals(
    qtbot: QtBot,
    window: MainWindow,
    make_source: SourceFolders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = two_copies(make_source, pixels=False)
    load(qtbot, window, source)
    dialog = opened(qtbot, window)
    chosen = tmp_path / "comparison.json"
    monkeypatch.setattr(side_by_side_dialog, "choose_report_file", lambda *_: str(chosen))
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert json.loads(chosen.read_text("utf-8"))["pixel_data"] == "equal"
    assert dialog.remark.said.endswith("comparison.json")
    monkeypatch.setattr(side_by_side_dialog, "choose_report_file", lambda *_: str(source / "comparison.txt"))
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert not (source / "comparison.txt").exists()
    assert dialog.remark.said


def test_a_vanished_file_is_told(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders, tmp_path: Path
) -> None:
    image = ct_series(1)[0]
    folder = Path(shutil.copytree(make_source([image, image]), tmp_path / "copies"))
    load(qtbot, window, folder)
    window.state.select((first_instance(window),))
    next(folder.glob("*")).unlink()
    window.commands["actionCompare"].trigger()
    dialog = window.findChild(SideBySideDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: "cannot be compared" in title(dialog), timeout=LONGEST_WAIT)
    assert not dialog.renew_second.isVisible()


def test_it_has_room_names_and_a_sound_model(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders, text_size: int
) -> None:
    load(qtbot, window, two_copies(make_source, pixels=True))
    dialog = opened(qtbot, window)
    tester = QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    show(dialog, ALL)
    show(dialog, DIFFERENCES)
    tester.deleteLater()
    dialog.resize(1024, 700)
    assert cut_widgets(dialog) == []
    assert nameless(dialog) == []


@pytest.mark.parametrize(
    ("text", "other", "changed"),
    [
        ("ORIGINAL\\PRIMARY", "DERIVED\\PRIMARY", "ORIGINAL"),
        ("1.2.3", "1.2.4", "3"),
        ("abc", "abc", ""),
        ("aa", "a", "a"),
        ("", "a", ""),
    ],
)
def test_what_differs_is_marked(text: str, other: str, changed: str) -> None:
    parts = marked_parts(text, other)
    assert "".join(part.text for part in parts) == text
    assert "".join(part.text for part in parts if part.changed) == changed
