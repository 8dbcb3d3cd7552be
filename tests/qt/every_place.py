"""Every panel in every state that shows something of a file, and every dialog with all its pages."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.qt.every_dialog import DIALOGS, first_instance
from tests.qt.seen import open_all
from tests.qt.steps import settle_window
from uidscope.core.catalog.tree import ROOT, Node, children
from uidscope.core.plan.intention import Selector
from uidscope.qt.dialogs.export.export_dialog import ExportDialog
from uidscope.qt.dialogs.paste_uids_dialog import PasteUidsDialog
from uidscope.qt.dialogs.regenerate.decisions_dialog import DecisionsDialog
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.docks import FINDINGS, INSPECTOR, PLAN
from uidscope.qt.main_window import MainWindow
from uidscope.qt.panels.file_changes_panel import ALL
from uidscope.qt.panels.findings_panel import BY_DEVICE, BY_RULE, IGNORED, FindingsPanel
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.panels.plan_panel import PlanPanel
from uidscope.qt.planning.plan_operations import PlanOptions, add_intention

Place = tuple[str, QWidget]


def every_panel(qtbot: QtBot, window: MainWindow) -> Iterator[Place]:
    """The window again and again: each dock, each level and tab, each finding, each row of a plan."""
    open_all(window.tree.view)
    for name in window.docks.by_name:
        window.docks.show(name)
        settle_window(qtbot, window)
        yield name, window
    yield from _inspector(qtbot, window)
    yield from _findings(qtbot, window)
    yield from _plan(qtbot, window)


def every_dialog(qtbot: QtBot, window: MainWindow) -> Iterator[Place]:
    """Each dialog, opened and closed in turn, with what it shows on its other pages."""
    window.dialogs.decide()
    settle_window(qtbot, window)
    for decisions in window.findChildren(DecisionsDialog):
        yield "DecisionsDialog", decisions
        decisions.close()
    undo_what_is_open(qtbot, window)
    for kind, opener in DIALOGS.items():
        dialog = opener(qtbot, window)
        yield kind.__name__, dialog
        if isinstance(dialog, RegenerateDialog):
            yield from _intentions(qtbot, window, dialog)
        if isinstance(dialog, ExportDialog):
            yield from _export(qtbot, window, dialog)
        if isinstance(dialog, PasteUidsDialog):
            dialog.text_edit.setPlainText("1.2.3.4 2.25.1")
            settle_window(qtbot, window)
            yield "PasteUidsDialog, pasted", dialog
        for pages in dialog.findChildren(QStackedWidget):
            for page in range(pages.count()):
                pages.setCurrentIndex(page)
                settle_window(qtbot, window)
                yield f"{kind.__name__}, page {page}", dialog
        dialog.close()
        settle_window(qtbot, window)


def plan_everything(qtbot: QtBot, window: MainWindow, *twins: str) -> None:
    """A plan with a new UID; then the objects that share one are told apart by the files of one of them."""
    add_intention(window.state, window.runner, "instances", (first_instance(window),))
    settle_window(qtbot, window)
    if twins:
        rule = (Selector("rule", "ENT-05"), *(Selector("file", path) for path in twins))
        add_intention(window.state, window.runner, "repair", (), PlanOptions(selectors=rule))
        settle_window(qtbot, window)


def undo_what_is_open(qtbot: QtBot, window: MainWindow) -> None:
    """Take back the steps that leave something to be decided, which cannot be exported."""
    while (uid_map := window.state.uid_map) is not None and (uid_map.decisions or uid_map.conflicts):
        window.commands["actionUndo"].trigger()
        settle_window(qtbot, window)


def _inspector(qtbot: QtBot, window: MainWindow) -> Iterator[Place]:
    assert window.state.catalog is not None
    inspector = window.docks.panel(Inspector)
    window.docks.show(INSPECTOR)
    waiting: list[Node] = [ROOT]
    while waiting:
        for row in children(window.state.catalog, waiting.pop()):
            waiting += [row.node] if row.child_count else []
            window.operations.go_to([row.node])
            for tab in inspector.tabs:
                inspector.setCurrentWidget(tab)
            settle_window(qtbot, window)
            yield f"inspector at {row.node}", inspector
            yield from _missing_objects(inspector)


def _missing_objects(inspector: Inspector) -> Iterator[Place]:
    """What the selection refers to and is not loaded, one by one."""
    model, view = inspector.relations.model, inspector.relations.view
    for group in [model.index(row, 0) for row in range(model.rowCount())]:
        for index in [model.index(row, 0, group) for row in range(model.rowCount(group))]:
            view.setCurrentIndex(index)
            relation = model.relation(index)
            if relation is not None and relation.keys is not None:
                yield "keys of a missing object", inspector


def _findings(qtbot: QtBot, window: MainWindow) -> Iterator[Place]:
    window.docks.show(FINDINGS)
    panel = window.docks.panel(FindingsPanel)
    for way in (BY_DEVICE, IGNORED, BY_RULE):
        panel.list_by(way)
        settle_window(qtbot, window)
        yield f"findings {way}", panel
    groups = [panel.model.index(row, 0) for row in range(panel.model.rowCount())]
    for group in groups:
        while panel.model.canFetchMore(group):
            panel.model.fetchMore(group)
        below = [panel.model.index(row, 0, group) for row in range(panel.model.rowCount(group))]
        for index in (group, *below):
            panel.view.setCurrentIndex(index)
            settle_window(qtbot, window)
            yield f"finding {index.row()}", panel


def _plan(qtbot: QtBot, window: MainWindow) -> Iterator[Place]:
    window.docks.show(PLAN)
    panel = window.docks.panel(PlanPanel)
    panel.changes.switch.set_current(ALL)
    settle_window(qtbot, window)
    open_all(panel.view)
    for index in _below(panel, QModelIndex()):
        panel.view.setCurrentIndex(index)
        qtbot.wait(200)  # the panel waits for the arrow keys to rest before it reads a file
        settle_window(qtbot, window)
        yield f"plan row {index.row()}", panel


def _below(panel: PlanPanel, parent: QModelIndex) -> list[QModelIndex]:
    """At most three rows of each group: the others differ in their numbers."""
    found = []
    for row in range(min(panel.model.rowCount(parent), 3 if parent.isValid() else 99)):
        index = panel.model.index(row, 0, parent)
        found += [index, *_below(panel, index)]
    return found


def _intentions(qtbot: QtBot, window: MainWindow, dialog: RegenerateDialog) -> Iterator[Place]:
    for kind in ("derived-series", "copy", "pseudonymous", "move", "repair"):
        dialog.choices.set_current(kind)
        dialog.choices.chosen.emit(kind)
        settle_window(qtbot, window)
        yield f"RegenerateDialog, {kind}", dialog


def _export(qtbot: QtBot, window: MainWindow, dialog: ExportDialog) -> Iterator[Place]:
    for step in ("where", "dry run"):
        assert dialog.go_on_button.isEnabled()
        dialog.go_on()
        settle_window(qtbot, window)
        yield f"ExportDialog, {step}", dialog
