"""Every dialog of the window: what it is opened with, and what becomes of its answer.

All together take a quarter of the start to load, so each is loaded when it is opened, or before, when the
window has been idle for a while (``load_in_idle_time``).
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from uidscope.core.catalog.findings import KeptFinding
from uidscope.core.catalog.tree import Node
from uidscope.core.flow import Destination
from uidscope.core.plan.told.fix import Fix
from uidscope.core.report.comparing.copies_to_compare import TwoCopies, copies_of_finding, copies_to_compare
from uidscope.core.report.help_page import HelpPage
from uidscope.qt.appearance import Appearance
from uidscope.qt.operations import Operations
from uidscope.qt.panels.findings_panel import FindingsPanel
from uidscope.qt.planning.fix_operations import add_all_fixes, add_fix
from uidscope.qt.planning.plan_operations import add_intention
from uidscope.qt.preferences import Preferences
from uidscope.qt.rule_operations import ignore, take_rules
from uidscope.qt.settings import Settings
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner

_IDLE: Final = 700  # milliseconds
_LOADED_IN_IDLE_TIME: Final = (
    "uidscope.core.report.report_file",
    "uidscope.core.report.fetch_list",
    "uidscope.qt.dialogs.about_dialog",
    "uidscope.qt.dialogs.comparing.compare_folders_dialog",
    "uidscope.qt.dialogs.comparing.side_by_side_dialog",
    "uidscope.qt.dialogs.export.export_dialog",
    "uidscope.qt.dialogs.help_dialog",
    "uidscope.qt.dialogs.ignore_dialog",
    "uidscope.qt.dialogs.paste_uids_dialog",
    "uidscope.qt.dialogs.preferences.preferences_dialog",
    "uidscope.qt.dialogs.regenerate.decisions_dialog",
    "uidscope.qt.dialogs.regenerate.regenerate_dialog",
    "uidscope.qt.dialogs.roots.roots_dialog",
    "uidscope.qt.dialogs.uses_dialog",
)


@dataclass(frozen=True, slots=True)
class DialogPlace:
    """What dialogs may be made of; `appearance` is None where nobody is to choose the colours."""

    state: WorkState
    runner: TaskRunner
    questions: TaskRunner
    operations: Operations
    findings: FindingsPanel
    settings: Settings
    appearance: Appearance | None


class WindowDialogs(QObject):
    """Opens the dialogs before or beside the window, which goes on meanwhile."""

    privacy_chosen = Signal(object)  # Privacy

    def __init__(self, window: QWidget, place: DialogPlace) -> None:
        super().__init__(window)
        self._window = window
        self._place = place
        # Where an export was going that was cut short, for the next time the user exports.
        self.interrupted_export: Destination | None = None
        self._to_load = iter(_LOADED_IN_IDLE_TIME)
        self._idle = QTimer(self, interval=_IDLE)
        self._idle.timeout.connect(self._load_next)

    def load_in_idle_time(self) -> None:
        """Load the dialogs one after the other, so that none opens with a delay."""
        self._idle.start()

    def _load_next(self) -> None:
        if self._place.runner.is_running:
            return
        name = next(self._to_load, None)
        if name is None:
            self._idle.stop()
        else:
            importlib.import_module(name)

    def regenerate(self) -> None:
        """Ask what is meant with what is selected, and plan it."""
        from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog  # noqa: PLC0415

        place = self._place
        self._open(
            RegenerateDialog(place.state, place.runner, place.questions, place.state.selection, self._window)
        )

    def fix_finding(self) -> None:
        """Plan what mends the finding at hand, or all of its rule; where something is to be asked, ask."""
        place, found = self._place, self._place.findings.current_finding
        mended = place.findings.current_rule if found is None else found.finding
        if mended:
            self.fix(mended)

    def fix(self, mended: KeptFinding | str) -> None:
        """Plan what mends a finding, or all of a rule by its code; where something is to be asked, ask."""
        place = self._place
        nothing = self.tr("Nothing in a plan mends this.")
        add_fix(
            place.state,
            place.runner,
            mended,
            self._ask_about_fix,
            lambda: place.operations.tell_failure(nothing),
        )

    def fix_all_findings(self) -> None:
        """Plan what mends any finding and asks nothing, and tell how much that is."""
        place = self._place
        add_all_fixes(
            place.state,
            place.runner,
            lambda fixes: place.operations.tell_planned_fixes(fixes.planned, fixes.asking),
        )

    def decide(self) -> None:
        """Ask what references mean to UIDs that different objects bear."""
        from uidscope.qt.dialogs.regenerate.decisions_dialog import DecisionsDialog  # noqa: PLC0415

        dialog = DecisionsDialog(self._place.state, self._place.runner, self._window)
        dialog.go_to.connect(self._place.operations.go_to)
        self._open(dialog)

    def _ask_about_fix(self, fix: Fix) -> None:
        from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog  # noqa: PLC0415

        place = self._place
        self._open(RegenerateDialog(place.state, place.runner, place.questions, (), self._window, fix))

    def export(self) -> None:
        """Ask where the plan is to be written, and write it."""
        from uidscope.qt.dialogs.export.export_dialog import ExportDialog  # noqa: PLC0415

        place, before = self._place, self.interrupted_export
        self.interrupted_export = None
        self._open(
            ExportDialog(place.state, place.runner, self._window, settings=place.settings, before=before)
        )

    def paste_uids(self) -> None:
        """Look the UIDs of a text up in the tree."""
        from uidscope.qt.dialogs.paste_uids_dialog import PasteUidsDialog  # noqa: PLC0415

        self._open(PasteUidsDialog(self._place.state, self._window))

    def compare_folders(self) -> None:
        """Compare two folders."""
        from uidscope.qt.dialogs.comparing.compare_folders_dialog import CompareFoldersDialog  # noqa: PLC0415

        self._open(CompareFoldersDialog(self._place.runner, self._window))

    def roots(self) -> None:
        """Show the organization's UIDs."""
        from uidscope.qt.dialogs.roots.roots_dialog import RootsDialog  # noqa: PLC0415

        dialog = RootsDialog(self._place.state.organization_file, self._window)
        dialog.file_chosen.connect(self._take_organization_file)
        self._open(dialog)

    def about(self) -> None:
        """Say what this program is."""
        from uidscope.qt.dialogs.about_dialog import AboutDialog  # noqa: PLC0415

        self._open(AboutDialog(self._window))

    def guide(self) -> None:
        """Show what to do, a page a job."""
        from uidscope.core.report.guide import guide_page  # noqa: PLC0415

        self._show_help(guide_page())

    def beliefs(self) -> None:
        """Show what is often said about UIDs."""
        from uidscope.core.report.beliefs import beliefs_page  # noqa: PLC0415

        self._show_help(beliefs_page())

    def rule_book(self) -> None:
        """Show the rule book at the rule of the finding at hand."""
        self.rule_book_at(self._place.findings.current_rule)

    def rule_book_at(self, code: str) -> None:
        """Show the rule book at a rule; empty: at its beginning."""
        from uidscope.core.report.rule_book import rule_book_page  # noqa: PLC0415

        self._show_help(rule_book_page(), code)

    def ignore_finding(self) -> None:
        """Ask for the reason, and ignore the finding at hand."""
        from uidscope.qt.dialogs.ignore_dialog import IgnoreDialog  # noqa: PLC0415

        place, panel = self._place, self._place.findings
        if panel.current_rule:
            dialog = IgnoreDialog(
                panel.current_rule, panel.current_finding, panel.current_devices, self._window
            )
            dialog.accepted.connect(lambda: ignore(place.state, place.runner, dialog.ignore))
            self._open(dialog)

    def find_uses_of_selection(self) -> None:
        """Show where the UID of what is selected is used."""
        uid = self._place.operations.current_uid()
        if uid:
            self.find_uses(uid)

    def find_uses(self, uid: str) -> None:
        """Show where a UID is used, beside the window, in the place of the one before."""
        from uidscope.qt.dialogs.uses_dialog import UsesDialog  # noqa: PLC0415

        dialog = UsesDialog(self._place.state, uid, self._window)
        dialog.go_to.connect(self._go_to)
        self._show_beside(dialog)

    def compare_copies(self) -> None:
        """Show two file copies of what is selected side by side, or say that there are none."""
        catalog = self._place.state.catalog
        if catalog is not None:
            self._compare(copies_to_compare(catalog, self._place.state.selection))

    def compare_copies_of_finding(self) -> None:
        """Show the first two files of the finding at hand side by side."""
        catalog, found = self._place.state.catalog, self._place.findings.current_finding
        if catalog is not None and found is not None:
            self._compare(copies_of_finding(catalog, found.finding))

    def preferences(self) -> None:
        """Ask what is to hold for all work, and take it."""
        from uidscope.qt.dialogs.preferences.preferences_dialog import PreferencesDialog  # noqa: PLC0415

        dialog = PreferencesDialog(self._preferences(), self._window)
        dialog.accepted.connect(lambda: self._take_preferences(dialog.preferences))
        self._open(dialog)

    def _compare(self, copies: TwoCopies | None) -> None:
        from uidscope.qt.dialogs.comparing.side_by_side_dialog import SideBySideDialog  # noqa: PLC0415

        place = self._place
        if copies is None:
            said = self.tr("Select one object with two file copies, or two objects.")
            place.operations.tell_failure(said)
            return
        dialog = SideBySideDialog(place.state, copies, self._window)
        dialog.go_to.connect(self._go_to)
        dialog.renew.connect(
            lambda occurrence: add_intention(
                place.state, place.runner, "instances", (Node("file", occurrence),)
            )
        )
        self._open(dialog)

    def _preferences(self) -> Preferences:
        state = self._place.state
        settings = self._place.settings
        return Preferences(
            state.scheme,
            state.rule_settings,
            state.reading,
            settings.appearance,
            settings.language,
            state.organization_file,
            settings.privacy,
        )

    def _take_organization_file(self, path: str) -> None:
        self._place.state.organization_file = self._place.settings.organization_file = path

    def _take_preferences(self, chosen: Preferences) -> None:
        place, before = self._place, self._preferences()
        place.state.scheme, place.state.reading = chosen.scheme, chosen.reading
        place.settings.scheme, place.settings.reading = chosen.scheme, chosen.reading
        place.settings.language = chosen.language
        if chosen.privacy != before.privacy:
            self.privacy_chosen.emit(chosen.privacy)
        if chosen.rules != before.rules:
            take_rules(place.state, place.runner, chosen.rules)
        if place.appearance is not None and chosen.appearance != before.appearance:
            place.appearance.choose(chosen.appearance)

    def _go_to(self, node: Node) -> None:
        self._place.operations.go_to((node,))

    def _show_help(self, page: HelpPage, anchor: str = "") -> None:
        from uidscope.qt.dialogs.help_dialog import HelpDialog  # noqa: PLC0415

        self._show_beside(HelpDialog(page, anchor, self._window))

    def _show_beside(self, dialog: QDialog) -> None:
        """Show a dialog beside the window, in the place of one of its kind."""
        for before in self._window.findChildren(type(dialog)):
            if before is not dialog:
                before.close()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
