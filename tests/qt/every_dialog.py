"""Every dialog of the window, opened as from the menus, for what must hold in each of them."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.qt.steps import settle_window
from tests.qt.windows import LONGEST_WAIT
from uidscope.core.catalog.tree import ROOT, Node, children
from uidscope.qt.dialogs.about_dialog import AboutDialog
from uidscope.qt.dialogs.comparing.compare_folders_dialog import CompareFoldersDialog
from uidscope.qt.dialogs.comparing.side_by_side_dialog import SideBySideDialog
from uidscope.qt.dialogs.crash_dialog import CrashDialog
from uidscope.qt.dialogs.export.export_dialog import ExportDialog
from uidscope.qt.dialogs.help_dialog import HelpDialog
from uidscope.qt.dialogs.ignore_dialog import IgnoreDialog
from uidscope.qt.dialogs.paste_uids_dialog import PasteUidsDialog
from uidscope.qt.dialogs.preferences.preferences_dialog import PreferencesDialog
from uidscope.qt.dialogs.question_dialog import QuestionDialog
from uidscope.qt.dialogs.regenerate.decisions_dialog import DecisionsDialog
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.dialogs.roots.roots_dialog import RootsDialog
from uidscope.qt.dialogs.uses_dialog import UsesDialog
from uidscope.qt.main_window import MainWindow
from uidscope.qt.panels.findings_panel import FindingsPanel
from uidscope.qt.planning.plan_operations import add_intention

Opener = Callable[[QtBot, MainWindow], QWidget]


def first_instance(window: MainWindow) -> Node:
    """The first object of the tree."""
    assert window.state.catalog is not None
    node = ROOT
    while node.level != "instance":
        node = children(window.state.catalog, node)[0].node
    return node


def _by_action(action: str, kind: type[QDialog]) -> Opener:
    def open_it(qtbot: QtBot, window: MainWindow) -> QWidget:
        window.operations.go_to([first_instance(window)])
        settle_window(qtbot, window)
        window.commands[action].trigger()
        qtbot.waitUntil(lambda: bool(window.findChildren(kind)), timeout=LONGEST_WAIT)
        settle_window(qtbot, window)
        return window.findChildren(kind)[-1]

    return open_it


def _export(qtbot: QtBot, window: MainWindow) -> QWidget:
    if window.state.uid_map is None:
        add_intention(window.state, window.runner, "instances", (first_instance(window),))
        settle_window(qtbot, window)
    return _by_action("actionExport", ExportDialog)(qtbot, window)


def _ignore(qtbot: QtBot, window: MainWindow) -> QWidget:
    window.docks.panel(FindingsPanel).next()
    settle_window(qtbot, window)
    return _by_action("actionIgnore", IgnoreDialog)(qtbot, window)


def _shown(dialog: QDialog) -> QWidget:
    dialog.open()
    return dialog


DIALOGS: dict[type[QDialog], Opener] = {
    AboutDialog: _by_action("actionAbout", AboutDialog),
    CompareFoldersDialog: _by_action("actionCompareFolders", CompareFoldersDialog),
    CrashDialog: lambda _qtbot, window: _shown(CrashDialog("ValueError in module, line 1", window)),
    ExportDialog: _export,
    HelpDialog: _by_action("actionRuleBook", HelpDialog),
    IgnoreDialog: _ignore,
    PasteUidsDialog: _by_action("actionPasteUids", PasteUidsDialog),
    PreferencesDialog: _by_action("actionPreferences", PreferencesDialog),
    QuestionDialog: lambda _qtbot, window: _shown(
        QuestionDialog("This gives up the plan.", "It has not been exported.", "Give up", "Keep", window)
    ),
    RegenerateDialog: _by_action("actionRegenerate", RegenerateDialog),
    RootsDialog: _by_action("actionRoots", RootsDialog),
    SideBySideDialog: _by_action("actionCompare", SideBySideDialog),
    UsesDialog: _by_action("actionFindUses", UsesDialog),
}

ELSEWHERE: set[type[QDialog]] = {DecisionsDialog}
"""Opened only on ambiguous references: what must hold there is tested with it."""
