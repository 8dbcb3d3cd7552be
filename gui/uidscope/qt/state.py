"""What the panels share: the loaded catalog, the selection and the plan, passed on by signals.

Panels know this object and not each other. Only operations change it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from uidscope.core.catalog.rule_settings import STRICT, RuleSettings
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.plan.history import PlanHistory
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.uid.schemes import SchemeOptions
from uidscope.qt.preferences import Reading
from uidscope.qt.retired_catalogs import RetiredCatalogs


class WorkState(QObject):
    """The work at hand. Every signal says that something is to be read again from here."""

    catalog_replaced = Signal()  # another catalog, or none; selection and plan are empty again
    tree_grew = Signal()  # more was loaded into the same catalog
    findings_changed = Signal()
    selection_changed = Signal()
    plan_changed = Signal()
    planned = Signal()  # the user has put something into the plan, which is no undo or redo
    exported = Signal()  # the plan as it stands has been written
    busy_changed = Signal()
    project_changed = Signal()  # the work belongs to another file, or to none

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalog: Catalog | None = None
        self.paths: tuple[str, ...] = ()
        self.checked = False
        self.busy = False
        self.selection: tuple[Node, ...] = ()
        self.history = PlanHistory()
        self.issued = IssuedUids()
        self.uid_map: UidMap | None = None
        self.scheme = SchemeOptions()
        self.reading = Reading()
        self.organization_file = ""  # the user's own
        # The user's; they outlive the catalog, and hold for each one that is checked.
        self.rule_settings = STRICT
        self.is_exported = True
        self.is_saved = False
        self.project_path = ""
        self._retired = RetiredCatalogs(self)

    @property
    def current(self) -> Node | None:
        """The node the inspector shows: the first of the selection."""
        return self.selection[0] if self.selection else None

    def replace_catalog(self, catalog: Catalog | None, paths: tuple[str, ...]) -> None:
        """Take another catalog and forget selection, findings and plan.

        The old one is closed as soon as no task can be asking it anything.
        """
        old, self.catalog = self.catalog, catalog
        self.paths = paths
        self.checked = False
        self.selection = ()
        self.history = PlanHistory()
        self.issued = IssuedUids()
        self.uid_map = None
        self.is_exported = True
        self.catalog_replaced.emit()
        self.selection_changed.emit()
        self.plan_changed.emit()
        if old is not None:
            self._retired.add(old)

    def end(self) -> None:
        """Forget everything and close every catalog, once all work has ended; for the end of the program."""
        self.replace_catalog(None, ())
        self._retired.close_all()

    def grow(self) -> None:
        """Say that the catalog holds more than before."""
        self.tree_grew.emit()

    def set_checked(self) -> None:
        """Say that the catalog now holds its findings."""
        self.checked = True
        self.findings_changed.emit()

    def set_rule_settings(self, settings: RuleSettings) -> None:
        """Take rule settings, which the catalog that is loaded has been given already."""
        self.rule_settings = settings
        self.findings_changed.emit()

    def set_busy(self, busy: bool) -> None:
        """Say whether long work is under way."""
        self.busy = busy
        self.busy_changed.emit()

    def select(self, nodes: tuple[Node, ...]) -> None:
        """Select these nodes of the tree."""
        if nodes != self.selection:
            self.selection = nodes
            self.selection_changed.emit()

    def set_project(self, path: str, rules: RuleSettings) -> None:
        """Say which project file the work belongs to, empty for none, and take its rule settings."""
        self.rule_settings = rules
        if path != self.project_path:
            self.project_path = path
            self.project_changed.emit()

    def take_plan(self, plan: Plan, issued: IssuedUids, scheme: SchemeOptions) -> None:
        """Take a plan that was saved, with all UIDs it was given; its map is still to be derived."""
        self.issued, self.scheme = issued, scheme
        self.set_plan(PlanHistory(plan), None)

    def set_saved(self) -> None:
        """Say that the plan as it stands is saved with its project."""
        self.is_saved = True

    @property
    def plan_may_go(self) -> bool:
        """Whether nothing is lost with the plan: there is none, or it was exported or saved."""
        return self.is_exported or self.is_saved

    def set_plan(self, history: PlanHistory, uid_map: UidMap | None) -> None:
        """Take a plan and the map derived from it; the map is ``None`` where the plan is empty."""
        self.history, self.uid_map = history, uid_map
        self.is_exported = uid_map is None
        self.is_saved = False
        self.plan_changed.emit()

    def set_exported(self) -> None:
        """Say that the plan as it stands has been exported; an empty one need not be."""
        self.is_exported = True
        self.exported.emit()
