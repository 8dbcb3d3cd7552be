"""What somebody tries who tests the window: the checks by their numbers, at the window as a whole.

Other checks are with what they are about: 1, 2 and the bar of 4 in `test_main_window.py`, 4 itself in
`test_operations.py`, 5 in `test_not_loaded_panel.py`, 6 in `test_finding_jobs.py` (job 17), 7 in
`test_main_job.py`, 9 and 10 in `test_export_dialog.py`, 13 in every state in `test_hostile_texts.py`, the
shape of 15 in `test_main_window.py`, and the start after a kill in `test_interrupted_export.py`.
"""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

import uidscope.qt
from tests.builders import Study, ct_series, set_unchecked, with_uids
from tests.qt.accessible import HOSTILE, acting_labels, nameless
from tests.qt.conftest import set_text_size
from tests.qt.every_dialog import DIALOGS, ELSEWHERE, first_instance
from tests.qt.menu_walk import actions_in_menus, menus_of_bar
from tests.qt.plan_scene import Scene, scene
from tests.qt.room import cut_widgets
from tests.qt.seen import heard_in, open_all, rows_in, words_in
from tests.qt.steps import CTRL, NO_MODIFIER, SHIFT, dialog_of, press, settle_window
from tests.qt.synthetic_catalog import GrowingCatalog, record
from tests.qt.test_colour_tokens import contrast
from tests.qt.windows import LONGEST_WAIT, load, shown_window, wait_until_checked
from tests.watch import SourceFolders
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Plan
from uidscope.qt.dialogs.export.export_dialog import ExportDialog, Step
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.docks import ACTIVITY, FINDINGS, INSPECTOR, NOT_LOADED, PLAN
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.theme import apply_theme, tokens
from uidscope.qt.main_window import MainWindow
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.planning.plan_model import PlanModel
from uidscope.qt.planning.plan_operations import (
    add_intention,
    redo,
    redo_text,
    set_by_hand,
    switch_rows,
    undo,
    undo_text,
)
from uidscope.qt.tree.hierarchy_branch import MOST_ROWS, ROWS_AT_A_TIME
from uidscope.qt.tree.hierarchy_model import NODE_ROLE

IMAGES = ct_series(3)
CANARY = Study(1, patient_name="CANARY^YELLOW", patient_id="CANARY-7731")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = shown_window(qtbot, tmp_path)
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def faulty(make_source: SourceFolders) -> Path:
    """A series with a leading zero and a UID on two images."""
    zeros = {IMAGES[2].SOPInstanceUID: "1.3.6.1.4.1.32473.07.3"}
    other = with_uids([ct_series(4)[3]], {ct_series(4)[3].SOPInstanceUID: IMAGES[0].SOPInstanceUID})
    return make_source([*with_uids(IMAGES, zeros), *other])


# 3


def test_check_3_of_5000_files_a_slice_of_the_event_loop_hands_over_a_page(
    qtbot: QtBot, window: MainWindow
) -> None:
    growing = GrowingCatalog()
    window.state.replace_catalog(growing.catalog, ("/import",))
    model, handed_over = window.tree.model, list[int]()
    model.rowsInserted.connect(lambda _parent, first, last: handed_over.append(last - first + 1))
    for batch in range(10):
        growing.add(record(batch * 500 + number) for number in range(1, 501))
        window.state.grow()
        QApplication.processEvents()
    window.state.set_checked()
    settle_window(qtbot, window)
    view = window.tree.view
    index = model.index(0, 0)
    while index.isValid():
        view.expand(index)
        settle_window(qtbot, window)
        index = model.index(0, 0, index)
    view.setFocus()
    for _ in range(5):
        press(Qt.Key.Key_End)
        settle_window(qtbot, window)
    assert max(handed_over) <= ROWS_AT_A_TIME
    assert sum(handed_over) > 1000, "the way down goes on"
    assert len(rows_in(view)) <= MOST_ROWS + 3


# 8


@pytest.fixture(scope="module")
def three_images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checks") / "source"
    folder.mkdir()
    SourceFolders(folder)(IMAGES, folder="images")
    return folder / "images"


@pytest.fixture
def work(qtbot: QtBot, three_images: Path) -> Iterator[Scene]:
    with scene(qtbot, three_images) as made:
        yield made


_VERBS = st.tuples(
    st.sampled_from(
        ["instances", "derived-series", "copy", "pseudonymous", "row off", "row on", "typed", "undo", "redo"]
    ),
    st.integers(0, 2),
)


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    print_blob=False,
)
@given(verbs=st.lists(_VERBS, min_size=20, max_size=20))
def test_check_8_after_20_actions_undo_all_is_the_first_state_and_redo_all_the_last(
    work: Scene, verbs: list[tuple[str, int]]
) -> None:
    def do(verb: object) -> None:
        verb(work.state, work.runner)  # type: ignore[operator]
        work.qtbot.waitUntil(lambda: not work.runner.is_running)

    def every_new_uid() -> dict[tuple[str, str], str]:
        uid_map = work.state.uid_map
        return {} if uid_map is None else {(each.old, each.scope): each.new for each in uid_map.entries()}

    while undo_text(work.state):
        do(undo)
    for number, (verb, at) in enumerate(verbs):
        if verb in ("undo", "redo"):
            do(undo if verb == "undo" else redo)
        elif verb in ("row off", "row on"):
            do(partial(switch_rows, rows=rows_of(work)[at : at + 1], on=verb == "row on"))
        elif verb == "typed":
            for row in rows_of(work)[at : at + 1]:
                do(partial(set_by_hand, row=row, uid=f"1.3.6.1.4.1.32473.99.{number + 1}"))
        else:
            node = work.node(str(IMAGES[at].SOPInstanceUID), "instance")
            do(partial(add_intention, kind=verb, nodes=(node,)))
    while redo_text(work.state):
        do(redo)
    last, last_plan = every_new_uid(), work.state.history.plan
    while undo_text(work.state):
        do(undo)
    assert every_new_uid() == {}
    assert work.state.uid_map is None
    assert work.state.history.plan == Plan()
    while redo_text(work.state):
        do(redo)
    assert every_new_uid() == last
    assert work.state.history.plan == last_plan


def rows_of(work: Scene) -> list[RowKey]:
    """The rows of the plan as it stands, those switched off too."""
    model = PlanModel()
    model.set_map(work.state.catalog, work.state.uid_map, work.state.issued)
    groups = [model.index(at, 0) for at in range(model.rowCount())]
    for group in groups:
        while model.canFetchMore(group):
            model.fetchMore(group)
    rows = [
        model.row_key(model.index(at, 0, group)) for group in groups for at in range(model.rowCount(group))
    ]
    return [row for row in rows if row is not None]


# 11


def active(qtbot: QtBot, widget: QWidget) -> None:
    """Bring a window to the front, which the window system does where there is one."""
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow, timeout=LONGEST_WAIT)


def type_text(text: str) -> None:
    """Type in the field that has the keyboard, in the place of what stands there."""
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    press(Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field, text)


def is_at(dialog: ExportDialog, step: Step) -> bool:
    return dialog.step is step


def planned(window: MainWindow) -> dict[str, str]:
    uid_map = window.state.uid_map
    return {} if uid_map is None else {entry.old: entry.new for entry in uid_map.entries()}


def test_check_11_the_main_job_by_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(faulty))
    press(Qt.Key.Key_O, CTRL)
    wait_until_checked(qtbot, window)
    settle_window(qtbot, window)
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Return)
    settle_window(qtbot, window)
    (place,) = window.state.selection
    assert window.tree.view.currentIndex().data(NODE_ROLE) == place
    press(Qt.Key.Key_I, CTRL)
    settle_window(qtbot, window)
    assert window.docks.panel(Inspector).currentWidget() is window.docks.panel(Inspector).identity

    press(Qt.Key.Key_R, CTRL)
    dialog = dialog_of(qtbot, window, RegenerateDialog)
    active(qtbot, dialog)
    qtbot.waitUntil(dialog.plan_button.isEnabled, timeout=LONGEST_WAIT)
    press(Qt.Key.Key_Down)
    assert dialog.kind == "derived-series"
    qtbot.waitUntil(dialog.plan_button.isEnabled, timeout=LONGEST_WAIT)
    press(Qt.Key.Key_Return)
    settle_window(qtbot, window)
    new = planned(window)
    assert len(new) >= 2, "a series and an instance"
    active(qtbot, window)
    press(Qt.Key.Key_Z, CTRL)
    settle_window(qtbot, window)
    assert planned(window) == {}
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    settle_window(qtbot, window)
    assert planned(window) == new

    press(Qt.Key.Key_E, CTRL)
    export = dialog_of(qtbot, window, ExportDialog)
    active(qtbot, export)
    press(Qt.Key.Key_Return)
    assert is_at(export, Step.WHERE)
    target = tmp_path / "exported"
    type_text(str(target))
    press(Qt.Key.Key_Return)
    settle_window(qtbot, window)
    assert is_at(export, Step.DRY_RUN)
    assert not target.exists()
    press(Qt.Key.Key_Return)
    settle_window(qtbot, window)
    assert "Exported and verified" in words_in(export)
    manifest = json.loads((tmp_path / "exported.manifest.json").read_text(encoding="utf-8"))
    assert manifest["verified"] is True
    assert {file["output"] for file in manifest["files"]} == {
        str(path.relative_to(target)) for path in target.rglob("*.dcm")
    }
    press(Qt.Key.Key_Return)
    assert not export.isVisible()
    assert window.state.is_exported


_LONGEST_WAY = 150  # steps by Tab


def way_round(start: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> set[QWidget]:
    """Where one key leads from a place until it comes back there."""
    met = {start}
    for _ in range(_LONGEST_WAY):
        press(key, modifier)
        reached = QApplication.focusWidget()
        assert reached is not None
        if reached is start:
            return met
        assert reached not in met, f"{key} goes about in a circle at {reached}, and never to {start}"
        met.add(reached)
    raise AssertionError(f"{key} never comes back to {start}")


def stops_of(place: QWidget) -> set[QWidget]:
    """What Tab has to come to: whatever can be used; of radio buttons of one choice, one is enough."""
    kinds = (QAbstractButton, QAbstractItemView, QLineEdit, QComboBox, QPlainTextEdit)
    return {
        part
        for part in place.findChildren(QWidget)
        if isinstance(part, kinds)
        and not isinstance(part, QRadioButton)
        and part.isVisible()
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


def test_check_11_tab_comes_to_everything_in_a_dialog_and_back(
    qtbot: QtBot, window: MainWindow, faulty: Path
) -> None:
    load(qtbot, window, faulty)
    missed = {}
    for kind, dialog in each_dialog(qtbot, window):
        active(qtbot, dialog)
        press(Qt.Key.Key_Tab)
        start = QApplication.focusWidget()
        assert start is not None
        assert dialog.isAncestorOf(start), kind
        forth = way_round(start, Qt.Key.Key_Tab, NO_MODIFIER)
        assert way_round(start, Qt.Key.Key_Backtab, SHIFT) == forth, kind
        missed[kind] = [f"{part} {part.accessibleName()}" for part in stops_of(dialog) - forth]
    assert {kind: parts for kind, parts in missed.items() if parts} == {}


@pytest.mark.parametrize("name", [FINDINGS, PLAN, NOT_LOADED, ACTIVITY, INSPECTOR])
def test_check_11_tab_goes_round_the_window_with_each_panel_in_front(
    qtbot: QtBot, window: MainWindow, faulty: Path, name: str
) -> None:
    load(qtbot, window, faulty)
    window.operations.go_to([first_instance(window)])
    add_intention(window.state, window.runner, "instances", (first_instance(window),))
    settle_window(qtbot, window)
    window.docks.show(name)
    settle_window(qtbot, window)
    dock = window.docks.by_name[name]
    window.tree.view.setFocus()
    forth = way_round(window.tree.view, Qt.Key.Key_Tab, NO_MODIFIER)
    assert way_round(window.tree.view, Qt.Key.Key_Backtab, SHIFT) == forth
    assert {f"{part} {part.accessibleName()}" for part in stops_of(dock) - forth} == set()


def test_check_11_f6_cycles_and_tab_leaves_every_part(qtbot: QtBot, window: MainWindow, faulty: Path) -> None:
    load(qtbot, window, faulty)
    settle_window(qtbot, window)
    seen: list[QWidget] = []
    for _ in range(12):
        press(Qt.Key.Key_F6)
        reached = QApplication.focusWidget()
        assert reached is not None
        seen.append(reached)
    ring = len(set(seen))
    assert ring >= 3, "tree, inspector and the panels below"
    assert seen[ring] is seen[0], "it comes round"
    for start in set(seen):
        start.setFocus()
        for _ in range(3):
            press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is not start, f"{start} holds the keyboard"


def test_check_11_every_action_is_in_a_menu_with_a_key_of_its_own(window: MainWindow) -> None:
    in_menus = {action.objectName() for action in actions_in_menus(window)}
    assert set(window.commands.by_name) <= in_menus
    keys = Counter(key.toString() for action in window.findChildren(QAction) for key in action.shortcuts())
    assert [key for key, times in keys.items() if times > 1] == []
    for menu in menus_of_bar(window):
        letters = Counter(QKeySequence.mnemonic(action.text()).toString() for action in menu.actions())
        letters.pop("", None)
        assert [letter for letter, times in letters.items() if times > 1] == [], menu.title()


# 12, 13, 14: every dialog


def each_dialog(qtbot: QtBot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Each dialog with its name, opened and closed in turn."""
    for kind, opener in DIALOGS.items():
        dialog = opener(qtbot, window)
        yield kind.__name__, dialog
        dialog.close()
        settle_window(qtbot, window)


def test_every_dialog_is_tried() -> None:
    for module in pkgutil.walk_packages(uidscope.qt.__path__, "uidscope.qt."):
        importlib.import_module(module.name)

    def below(base: type) -> set[type]:
        subclasses: list[type] = base.__subclasses__()
        return {base}.union(*map(below, subclasses))

    ours = {
        dialog
        for dialog in below(QDialog)
        if dialog.__module__.startswith("uidscope.qt.") and not dialog.__subclasses__()
    }
    assert {dialog.__name__ for dialog in ours - DIALOGS.keys() - ELSEWHERE} == set()


def test_check_12_everything_in_a_dialog_has_a_name(qtbot: QtBot, window: MainWindow, faulty: Path) -> None:
    load(qtbot, window, faulty)
    without = {}
    for kind, dialog in each_dialog(qtbot, window):
        assert dialog.accessibleName() or dialog.windowTitle()
        without[kind] = nameless(dialog)
    assert {kind: parts for kind, parts in without.items() if parts} == {}


def test_check_12_contrast_is_enough_on_what_is_painted(scheme: Scheme) -> None:
    told = tokens()
    for ink in (told.text, told.text2):
        for ground in (told.base, told.alt):
            assert contrast(ink, ground) >= 4.5, f"{ink} on {ground}, {scheme.value}"


def test_check_12_badges_speak(qtbot: QtBot, window: MainWindow, faulty: Path) -> None:
    load(qtbot, window, faulty)
    open_all(window.tree.view)
    heard = heard_in(window.tree.view)
    assert any(name.startswith("CT axial") and "1 error, 1 conflict" in name for name in heard)
    assert any(name.startswith("Image 1") and name.endswith("conflict") for name in heard)
    assert any(name.startswith("Image 3") and name.endswith("1 error") for name in heard)


@pytest.fixture
def hostile(make_source: SourceFolders) -> Path:
    """Every text that could act stands for a name, an ID, a description and a device; each file twice."""
    objects = []
    for number, text in enumerate(HOSTILE, 1):
        images = ct_series(2, study=Study(number))
        for image in images:
            image.SpecificCharacterSet = "ISO_IR 192"
            for keyword in (
                "PatientName",
                "PatientID",
                "StudyDescription",
                "SeriesDescription",
                "Manufacturer",
            ):
                set_unchecked(image, keyword, text[:60_000])
        faulty = with_uids(images, {images[1].SOPInstanceUID: f"1.3.6.1.4.1.32473.07.{number}"})
        objects += [*faulty, *faulty]
    return make_source(objects, folder="A&B <img src=x>")


def test_check_13_hostile_texts_are_shown_as_text_in_the_window(
    qtbot: QtBot, window: MainWindow, hostile: Path
) -> None:
    load(qtbot, window, hostile)
    settle_window(qtbot, window)
    open_all(window.tree.view)
    rows = "\n".join(rows_in(window.tree.view))
    assert "<img src=x>&amp;" in rows
    assert "A&B" in rows
    assert "\u202e" not in rows, "it would turn the rest of the row round"
    model, pending = window.tree.model, [QModelIndex()]
    while pending:
        parent = pending.pop()
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            pending.append(index)
            for column in range(model.columnCount(parent)):
                tip = str(index.siblingAtColumn(column).data(Qt.ItemDataRole.ToolTipRole) or "")
                assert "<img" not in tip
                assert "\u202e" not in tip
    assert acting_labels(window) == []
    assert not [edit for edit in window.findChildren(QTextEdit) if "<img" in edit.toHtml()]


def test_check_13_hostile_texts_are_shown_as_text_in_every_dialog(
    qtbot: QtBot, window: MainWindow, hostile: Path
) -> None:
    load(qtbot, window, hostile)
    faults = []
    for kind, dialog in each_dialog(qtbot, window):
        tips = [part.toolTip() for part in dialog.findChildren(QWidget) if part.toolTip()]
        faults += [f"{kind}: acts: {text[:80]}" for text in acting_labels(dialog) if text]
        faults += [f"{kind}: tool tip: {tip[:80]}" for tip in tips if "\u202e" in tip or "<img" in tip]
        faults += [f"{kind}: turns the text round"] if "\u202e" in words_in(dialog) else []
        faults += [f"{kind}: {dialog.width()} wide"] if dialog.width() > 1400 else []
    assert faults == []


def test_check_13_hostile_texts_are_text_in_the_html_report(
    qtbot: QtBot, window: MainWindow, hostile: Path, tmp_path: Path
) -> None:
    load(qtbot, window, hostile)
    window.operations.save_report(str(tmp_path / "report.html"))
    settle_window(qtbot, window)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "&lt;img src=x&gt;" in page
    assert "<img src=x>" not in page
    assert "\u202e" not in page


LOOKS = {
    "dark": (Scheme.DARK, Qt.LayoutDirection.LeftToRight, 13),
    "light": (Scheme.LIGHT, Qt.LayoutDirection.LeftToRight, 13),
    "right-to-left": (Scheme.LIGHT, Qt.LayoutDirection.RightToLeft, 13),
    "large-text": (Scheme.LIGHT, Qt.LayoutDirection.LeftToRight, 18),
}


def dress(look: str, app: QApplication) -> None:
    scheme, direction, pixels = LOOKS[look]
    app.setLayoutDirection(direction)
    set_text_size(app, pixels)
    apply_theme(app, scheme)


@pytest.mark.parametrize("look", LOOKS)
def test_check_14_no_word_of_the_window_is_cut(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, faulty: Path, look: str
) -> None:
    dress(look, qapp)
    window = shown_window(qtbot, tmp_path)
    window.resize(1024, 700)
    assert cut_widgets(window.empty_state) == []
    load(qtbot, window, faulty)
    settle_window(qtbot, window)
    for name, dock in window.docks.by_name.items():
        window.docks.show(name)
        settle_window(qtbot, window)
        assert cut_widgets(dock) == [], name


@pytest.mark.parametrize("look", ["light", "right-to-left", "large-text"])
def test_check_14_no_word_of_a_dialog_is_cut(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, faulty: Path, look: str
) -> None:
    dress(look, qapp)
    window = shown_window(qtbot, tmp_path)
    window.resize(1024, 700)
    load(qtbot, window, faulty)
    cut = {}
    for kind, dialog in each_dialog(qtbot, window):
        dialog.resize(min(dialog.width(), 1024), min(dialog.height(), 700))
        qtbot.wait(30)
        least = dialog.minimumSizeHint()
        cut[kind] = cut_widgets(dialog)
        if least.width() > 1024 or least.height() > 700:
            cut[kind].append(f"needs {least.width()} x {least.height()}")
    assert {kind: parts for kind, parts in cut.items() if parts} == {}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("factor", ["1.5", "2"])
def test_check_14_at_another_scale(factor: str) -> None:
    """The same once more, in a process of its own, since Qt reads the scale at its start."""
    chosen = "check_14_no_word and large"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__, "-k", chosen]
    ended = subprocess.run(
        command,
        env={**os.environ, "QT_SCALE_FACTOR": factor},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-3000:]
    assert " passed" in ended.stdout


# 15


def test_check_15_no_patient_is_named_in_settings_or_logs(
    qtbot: QtBot, tmp_path: Path, make_source: SourceFolders, capfd: pytest.CaptureFixture[str]
) -> None:
    images = ct_series(2, study=CANARY)
    faulty = with_uids(images, {images[1].SOPInstanceUID: "1.3.6.1.4.1.32473.07.1"})
    settings_folder = tmp_path / "settings"
    settings_folder.mkdir()
    window = shown_window(qtbot, settings_folder)
    load(qtbot, window, make_source([*faulty, *faulty], files={"notes.txt": b"CANARY"}))
    assert len(list(each_dialog(qtbot, window))) == len(DIALOGS)
    window.state.set_exported()
    window.close()
    said = capfd.readouterr()
    assert "CANARY" not in said.out + said.err
    kept = [path for path in settings_folder.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        assert b"CANARY" not in path.read_bytes(), path.name
