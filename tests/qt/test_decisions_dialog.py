"""What references mean, asked in the window: one by one, by a rule, changed again, and undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QRadioButton
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, rt_set
from tests.qt.plan_scene import Scene, scene
from tests.qt.room import cut_widgets
from tests.watch import SourceFolders
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.plan_questions import absolute_paths
from uidscope.core.plan.intention import Selector
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.regenerate.decisions_dialog import DecisionsDialog
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.planning.plan_operations import PlanOptions, undo, undo_text

ONE = Study(1)


@pytest.fixture
def work(qtbot: QtBot, make_source: SourceFolders) -> Iterator[Scene]:
    """Two images of a radiotherapy set have twins with other pixels, which get UIDs of their own."""
    rt = rt_set(3, study=ONE)
    twins = ct_series(2, study=ONE)
    for twin in twins:
        twin.PixelData = bytes(len(twin.PixelData))
    names = [*(f"set/{number}.dcm" for number in range(len(rt.all))), "twins/0.dcm", "twins/1.dcm"]
    with scene(qtbot, make_source([*rt.all, *twins], names=names)) as made:
        (source,) = made.catalog.sources()
        selectors = tuple(Selector("file", f"{source.path}/twins/{number}.dcm") for number in (0, 1))
        options = PlanOptions(selectors=(Selector("rule", "ENT-05"), *selectors))
        made.plan("repair", options=options)
        assert made.state.uid_map is not None
        assert len(made.state.uid_map.decisions) == 2
        yield made


@pytest.fixture
def dialog(work: Scene, qtbot: QtBot) -> DecisionsDialog:
    return shown(work, qtbot)


def shown(work: Scene, qtbot: QtBot) -> DecisionsDialog:
    made = DecisionsDialog(work.state, work.runner)
    qtbot.addWidget(made)
    made.show()
    settle(work, made)
    return made


def settle(work: Scene, dialog: DecisionsDialog) -> None:
    work.settle()
    questions = dialog.findChildren(BackgroundQuestion)
    work.qtbot.waitUntil(lambda: not any(each.is_waiting for each in questions))


def press(work: Scene, dialog: DecisionsDialog, button: QAbstractButton) -> None:
    assert button.isEnabled()
    button.click()
    settle(work, dialog)


def open_uids(work: Scene) -> int:
    return 0 if work.state.uid_map is None else len(work.state.uid_map.decisions)


def words(dialog: DecisionsDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(PlainLabel) if label.isVisible())


def choose(dialog: DecisionsDialog, name: str) -> None:
    (button,) = (each for each in dialog.findChildren(QRadioButton) if each.accessibleName() == name)
    button.click()


def test_each_is_asked_in_turn_and_is_a_step_of_its_own(work: Scene, dialog: DecisionsDialog) -> None:
    assert dialog.current is not None
    first = dialog.current.uid
    said = words(dialog)
    for told in ("2 UIDs", "1 of 2", first, "2 references in 1 file", "keeps this UID", "becomes 2.25."):
        assert told in said
    assert "TEST^ALPHA › Test study › CT axial" in said
    choose(dialog, "twins/0.dcm")
    press(work, dialog, dialog.decide_button)
    assert open_uids(work) == 1
    assert undo_text(work.state) == f"Undo: what references to {first} mean"
    assert dialog.current is not None
    assert dialog.current.uid != first
    press(work, dialog, dialog.decide_button)
    assert open_uids(work) == 0
    assert "Everything is decided" in words(dialog)
    (path,) = (decision.path for decision in work.state.history.plan.decisions if decision.uid == first)
    assert path.endswith("twins/0.dcm")
    for left in (1, 2):
        undo(work.state, work.runner)
        settle(work, dialog)
        assert open_uids(work) == left


@pytest.mark.parametrize("rule", ["kept", "renewed"])
def test_a_rule_decides_all_in_one_step(work: Scene, dialog: DecisionsDialog, rule: str) -> None:
    press(work, dialog, dialog.rule_buttons[rule])  # type: ignore[index]
    assert open_uids(work) == 0
    folder = "set" if rule == "kept" else "twins"
    assert all(f"/{folder}/" in decision.path for decision in work.state.history.plan.decisions)
    assert undo_text(work.state) == "Undo: what references to 2 UIDs mean"
    assert not dialog.rule_buttons["kept"].isEnabled()
    undo(work.state, work.runner)
    settle(work, dialog)
    assert open_uids(work) == 2


def test_what_was_decided_can_be_left_open_again(work: Scene, dialog: DecisionsDialog) -> None:
    press(work, dialog, dialog.rule_buttons["kept"])
    press(work, dialog, dialog.next_button)
    assert "2 of 2" in words(dialog)
    press(work, dialog, dialog.open_button)
    assert open_uids(work) == 1
    assert dialog.current is not None
    assert dialog.current.decided is None


def test_the_files_that_refer_are_shown(work: Scene, dialog: DecisionsDialog, qtbot: QtBot) -> None:
    assert dialog.current is not None
    with qtbot.waitSignal(dialog.go_to) as went:
        dialog.show_button.click()
    paths = absolute_paths(work.catalog, dialog.current.referring)
    assert [path.endswith("set/3.dcm") for path in paths.values()] == [True]
    assert [[node] for node in went.args[0]] == [nodes_with_uid(work.catalog, ONE.uid(101, 1))]


def test_it_closes_where_there_is_no_plan_any_more(work: Scene, dialog: DecisionsDialog) -> None:
    work.state.replace_catalog(None, ())
    assert not dialog.isVisible()


def test_nothing_is_cut(
    work: Scene, qtbot: QtBot, scheme: Scheme, direction: Qt.LayoutDirection, text_size: int
) -> None:
    dialog = shown(work, qtbot)
    assert (dialog.width(), dialog.height()) <= (1024, 700)
    assert all(button.accessibleName() for button in dialog.findChildren(QAbstractButton))
    assert cut_widgets(dialog) == []
