"""Every model of the window keeps the rules Qt's views rely on, filled as it is when somebody looks at it."""

import copy
import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QDialog, QTreeView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

import uidscope.qt
from tests.builders import Study, ct_series, rt_set, with_uids
from tests.qt.every_dialog import UNRESOLVED
from tests.qt.seen import open_all, view_of
from tests.qt.steps import go_to, plan, settle_window
from tests.qt.windows import LONGEST_WAIT, load, shown_window
from tests.watch import SourceFolders
from uidscope.core.catalog.rule_settings import Ignore
from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.qt.dialogs.comparing.compare_folders_dialog import CompareFoldersDialog
from uidscope.qt.dialogs.comparing.side_by_side_dialog import SideBySideDialog
from uidscope.qt.dialogs.export.unresolved_dialog import UnresolvedDialog
from uidscope.qt.dialogs.help_dialog import HelpDialog
from uidscope.qt.dialogs.paste_uids_dialog import PasteUidsDialog
from uidscope.qt.dialogs.preferences.preferences_dialog import PreferencesDialog
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.dialogs.roots.roots_dialog import RootsDialog
from uidscope.qt.dialogs.uses_dialog import UsesDialog
from uidscope.qt.docks import ACTIVITY, NOT_LOADED, PLAN
from uidscope.qt.main_window import MainWindow
from uidscope.qt.models.activity_model import ActivityModel
from uidscope.qt.models.attributes_model import AttributesModel
from uidscope.qt.models.comparison_model import ComparisonModel
from uidscope.qt.models.device_findings_model import DeviceFindingsModel
from uidscope.qt.models.findings_model import FindingsModel
from uidscope.qt.models.help_model import HelpModel
from uidscope.qt.models.ignored_model import IgnoredModel
from uidscope.qt.models.not_loaded_model import NotLoadedModel
from uidscope.qt.models.organization_model import OrganizationModel
from uidscope.qt.models.pasted_model import PastedModel
from uidscope.qt.models.relations_model import RelationsModel
from uidscope.qt.models.rule_severities_model import RuleSeveritiesModel
from uidscope.qt.models.side_by_side_model import SideBySideModel
from uidscope.qt.models.unresolved_model import UnresolvedModel
from uidscope.qt.models.uses_model import UsesModel
from uidscope.qt.panels.files_tab import FilesModel
from uidscope.qt.panels.findings_panel import BY_DEVICE, IGNORED, FindingsPanel
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.planning.file_changes_model import FileChangesModel
from uidscope.qt.planning.move_choices_model import MoveChoicesModel
from uidscope.qt.planning.plan_model import PlanModel
from uidscope.qt.rule_operations import ignore
from uidscope.qt.tree.hierarchy_model import HierarchyModel

RT = rt_set(3)
ABSENT = "1.3.6.1.4.1.32473.77.8"


def models_of_the_window() -> set[type[QAbstractItemModel]]:
    """Every class of model that stands in the window's code and is no base of others."""
    for module in pkgutil.walk_packages(uidscope.qt.__path__, "uidscope.qt."):
        importlib.import_module(module.name)
    return {
        model
        for model in _below(QAbstractItemModel)
        if model.__module__.startswith("uidscope.qt.") and not model.__subclasses__()
    }


def _below(base: type) -> set[type]:
    subclasses: list[type] = base.__subclasses__()
    return {base}.union(*map(_below, subclasses))


class Scene:
    """A window with a set that has findings of every severity, a missing reference and a strange file."""

    def __init__(self, qtbot: QtBot, window: MainWindow, folder: Path, other: Path) -> None:
        self.qtbot, self.window, self.folder, self.other = qtbot, window, folder, other

    def select(self, uid: str) -> None:
        go_to(self.qtbot, self.window, uid)

    def trigger(self, action: str, dialog: type[QDialog]) -> QDialog:
        self.window.commands[action].trigger()
        return self.window.findChildren(dialog)[-1]

    def dock(self, name: str) -> MainWindow:
        self.window.docks.show(name)
        return self.window

    def inspector(self, tab: str) -> QWidget:
        self.select(RT.structure_set.SOPInstanceUID)
        inspector = self.window.docks.panel(Inspector)
        inspector.setCurrentWidget(getattr(inspector, tab))
        return inspector

    def findings(self, way: str) -> QWidget:
        panel = self.window.docks.panel(FindingsPanel)
        panel.list_by(way)
        return panel

    def ignored(self) -> QWidget:
        ignore(self.window.state, self.window.runner, Ignore("UID-S04", "It is known."))
        settle_window(self.qtbot, self.window)
        return self.findings(IGNORED)

    def planned(self) -> QWidget:
        self.select(RT.images[0].SOPInstanceUID)
        plan(self.qtbot, self.window, "derived-series")
        view = view_of(PlanModel, self.dock(PLAN))
        assert isinstance(view, QTreeView)
        open_all(view)
        model = view.model()
        group = model.index(model.rowCount() - 1, 0)
        view.setCurrentIndex(model.index(0, 0, group))
        return self.window

    def places_to_move_to(self) -> QWidget:
        self.select(RT.images[0].SOPInstanceUID)
        dialog = self.trigger("actionRegenerate", RegenerateDialog)
        assert isinstance(dialog, RegenerateDialog)
        dialog.choices.set_current("move")
        dialog.choices.chosen.emit("move")
        return dialog

    def pasted(self) -> QWidget:
        dialog = self.trigger("actionPasteUids", PasteUidsDialog)
        assert isinstance(dialog, PasteUidsDialog)
        dialog.text_edit.setPlainText(f"{ABSENT} 1.2.840.01.5")
        return dialog

    def compared_folders(self) -> QWidget:
        dialog = self.trigger("actionCompareFolders", CompareFoldersDialog)
        assert isinstance(dialog, CompareFoldersDialog)
        dialog.first_edit.setText(str(self.folder))
        dialog.second_edit.setText(str(self.other))
        dialog.compare()
        return dialog

    def copies(self) -> QWidget:
        self.select(RT.images[1].SOPInstanceUID)
        return self.trigger("actionCompare", SideBySideDialog)

    def uses(self) -> QWidget:
        self.select(RT.images[0].SOPInstanceUID)
        return self.trigger("actionFindUses", UsesDialog)

    def unresolved(self) -> QWidget:
        dialog = UnresolvedDialog(UNRESOLVED, self.window)
        dialog.open()
        return dialog

    def roots(self) -> QWidget:
        book = OrganizationBook(str(self.folder.parent / "organization.json"))
        book.set_root("1.3.6.1.4.1.32473")
        book.product("Viewer")
        book.version("Viewer", "1.0")
        book.installation("372764")
        dialog = RootsDialog(book.path, self.window)
        dialog.show()
        return dialog

    def preferences(self) -> QWidget:
        dialog = self.trigger("actionPreferences", PreferencesDialog)
        assert isinstance(dialog, PreferencesDialog)
        dialog.list.setCurrentRow(1)
        return dialog


CASES: dict[type[QAbstractItemModel], Callable[[Scene], QWidget]] = {
    HierarchyModel: lambda scene: scene.window.tree,
    FindingsModel: lambda scene: scene.window,
    DeviceFindingsModel: lambda scene: scene.findings(BY_DEVICE),
    IgnoredModel: Scene.ignored,
    NotLoadedModel: lambda scene: scene.dock(NOT_LOADED),
    ActivityModel: lambda scene: scene.dock(ACTIVITY),
    PlanModel: Scene.planned,
    FileChangesModel: Scene.planned,
    MoveChoicesModel: Scene.places_to_move_to,
    RelationsModel: lambda scene: scene.inspector("relations"),
    AttributesModel: lambda scene: scene.inspector("attributes"),
    FilesModel: lambda scene: scene.inspector("files"),
    PastedModel: Scene.pasted,
    ComparisonModel: Scene.compared_folders,
    SideBySideModel: Scene.copies,
    UsesModel: Scene.uses,
    UnresolvedModel: Scene.unresolved,
    OrganizationModel: Scene.roots,
    HelpModel: lambda scene: scene.trigger("actionRuleBook", HelpDialog),
    RuleSeveritiesModel: Scene.preferences,
}


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path, make_source: SourceFolders) -> Scene:
    faulty = ct_series(2, study=Study(2))
    zeros = {image.SOPInstanceUID: f"1.3.6.1.4.1.32473.07.{image.InstanceNumber}" for image in faulty}
    edited = copy.deepcopy(RT.images[1])
    edited.StudyDescription = "corrected"
    objects = [*RT.images[:2], RT.structure_set, RT.plan, edited, *with_uids(faulty, zeros)]
    folder = make_source(objects, files={"notes.txt": b"nothing of DICOM"})
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, folder)
    settle_window(qtbot, window)
    return Scene(qtbot, window, folder, make_source(RT.all, folder="other"))


def test_every_model_has_a_case_here() -> None:
    missing = {model.__name__ for model in models_of_the_window() - CASES.keys()}
    assert missing == set(), "give each new model a way to be shown and filled"


@pytest.mark.parametrize("model_class", CASES, ids=lambda model_class: model_class.__name__)
def test_a_model_keeps_qts_rules_before_and_while_it_is_opened(
    qtbot: QtBot, scene: Scene, qtmodeltester: ModelTester, model_class: type[QAbstractItemModel]
) -> None:
    shown = CASES[model_class](scene)
    view = view_of(model_class, shown)
    assert isinstance(view, QAbstractItemView), "no view shows it"
    model = view.model()
    # It looks on while rows are announced, and its complaints are warnings, which no test may have.
    watching = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    qtbot.waitUntil(lambda: model.rowCount() > 0, timeout=LONGEST_WAIT)
    settle_window(qtbot, scene.window)
    if isinstance(view, QTreeView):
        open_all(view)
    settle_window(qtbot, scene.window)
    qtmodeltester.check(model)
    assert watching.model() is model
