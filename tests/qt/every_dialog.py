"""Every dialog of the window, opened as from the menus, for what must hold in each of them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, rt_set, write_folder
from tests.qt.accessible import HOSTILE
from tests.qt.steps import settle_window
from tests.qt.windows import LONGEST_WAIT, load
from uidscope.core.catalog.lookup import nodes_with_uid, occurrences_below
from uidscope.core.catalog.tree import ROOT, Node, children
from uidscope.core.export.request import ExportResult, UnresolvedReference
from uidscope.qt.dialogs.about_dialog import AboutDialog
from uidscope.qt.dialogs.comparing.compare_folders_dialog import CompareFoldersDialog
from uidscope.qt.dialogs.comparing.side_by_side_dialog import SideBySideDialog
from uidscope.qt.dialogs.crash_dialog import CrashDialog
from uidscope.qt.dialogs.export.export_dialog import ExportDialog
from uidscope.qt.dialogs.export.unresolved_dialog import UnresolvedDialog
from uidscope.qt.dialogs.help_dialog import HelpDialog
from uidscope.qt.dialogs.ignore_dialog import IgnoreDialog
from uidscope.qt.dialogs.paste_uids_dialog import PasteUidsDialog
from uidscope.qt.dialogs.picture_dialog import PictureDialog
from uidscope.qt.dialogs.preferences.preferences_dialog import PreferencesDialog
from uidscope.qt.dialogs.question_dialog import QuestionDialog
from uidscope.qt.dialogs.regenerate.decisions_dialog import DecisionsDialog
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.dialogs.roots.roots_dialog import RootsDialog
from uidscope.qt.dialogs.uses_dialog import UsesDialog
from uidscope.qt.kit.fitted_picture import FittedPicture
from uidscope.qt.main_window import MainWindow
from uidscope.qt.panels.findings_panel import FindingsPanel
from uidscope.qt.planning.plan_operations import PlanOptions, add_intention

Opener = Callable[[QtBot, MainWindow], QWidget]

_AMBIGUOUS = Study(97)

UNRESOLVED = ExportResult(
    target="out",
    dry_run=True,
    files=(),
    skipped=(),
    entries=(),
    references_before={"missing": len(HOSTILE)},
    references_after={"missing": len(HOSTILE)},
    verified=False,
    unresolved=tuple(
        UnresolvedReference(
            text, "SourceImageSequence[].ReferencedSOPInstanceUID", text, "instance", "", "missing", 1
        )
        for text in HOSTILE
    ),
)
"""A dry run with references that do not resolve, in files whose names could act."""


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


def _decide(qtbot: QtBot, window: MainWindow) -> QWidget:
    """Two images bear one UID that a structure set refers to, and one of them is to get another."""
    folder = Path(window.state.paths[0]).parent / "ambiguous"
    if not folder.exists():
        objects = rt_set(2, study=_AMBIGUOUS).all
        twin = ct_series(1, study=_AMBIGUOUS)[0]
        twin.PixelData = bytes(len(twin.PixelData))
        write_folder([*objects, twin], folder)
    load(qtbot, window, *window.state.paths, folder)
    assert window.state.catalog is not None
    (image,) = (
        node
        for node in nodes_with_uid(window.state.catalog, _AMBIGUOUS.uid(2, 1))
        if node.level == "instance"
    )
    copy = occurrences_below(window.state.catalog, image)[-1]
    add_intention(window.state, window.runner, "instances", (Node("file", copy),), PlanOptions(True))
    settle_window(qtbot, window)
    window.dialogs.decide()
    settle_window(qtbot, window)
    return window.findChildren(DecisionsDialog)[-1]


def _picture(qtbot: QtBot, window: MainWindow) -> QWidget:
    """The first picture of the guide."""
    guide = _by_action("actionGuide", HelpDialog)(qtbot, window)
    guide.findChildren(FittedPicture)[0].click()
    settle_window(qtbot, window)
    return window.findChildren(PictureDialog)[-1]


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
    PictureDialog: _picture,
    PreferencesDialog: _by_action("actionPreferences", PreferencesDialog),
    QuestionDialog: lambda _qtbot, window: _shown(
        QuestionDialog("This gives up the plan.", "It has not been exported.", "Give up", "Keep", window)
    ),
    RegenerateDialog: _by_action("actionRegenerate", RegenerateDialog),
    RootsDialog: _by_action("actionRoots", RootsDialog),
    SideBySideDialog: _by_action("actionCompare", SideBySideDialog),
    UnresolvedDialog: lambda _qtbot, window: _shown(UnresolvedDialog(UNRESOLVED, window)),
    UsesDialog: _by_action("actionFindUses", UsesDialog),
    DecisionsDialog: _decide,  # at the end, for it loads more
}

ELSEWHERE: set[type[QDialog]] = set()
"""Those that cannot be opened here; what must hold in them is tested with each."""
