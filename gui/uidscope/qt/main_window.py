"""The window: its layout, and which part speaks to which. What is done is done elsewhere."""

import dataclasses
import os
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, QTimer
from PySide6.QtGui import QActionGroup, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QStackedWidget, QWidget

from uidscope.core.project_file import PROJECT_ENDING
from uidscope.qt.actions import Actions, StepWords
from uidscope.qt.appearance import Appearance
from uidscope.qt.audit_keeping import AuditKeeping
from uidscope.qt.dialogs.question_dialog import ask
from uidscope.qt.docks import FINDINGS, INSPECTOR, NOT_LOADED, PLAN, Docks, Workplace
from uidscope.qt.drop_target import DropTarget
from uidscope.qt.idle_memory import IdleMemory
from uidscope.qt.kept_rules import KeptRules
from uidscope.qt.kit.buttons import redress_actions
from uidscope.qt.kit.empty_state import EmptyState
from uidscope.qt.kit.message_bar import Message, MessageBar
from uidscope.qt.kit.theme import is_new_look
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.main_toolbar import MainToolBar, MessageToolBar
from uidscope.qt.operation_messages import OperationMessages
from uidscope.qt.operations import Operations
from uidscope.qt.pane_cycle import go_to_next_pane
from uidscope.qt.panels.findings_panel import FindingsPanel
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.panels.plan_panel import PlanPanel
from uidscope.qt.panels.tree_panel import TreePanel
from uidscope.qt.path_choice import (
    choose_audit_file,
    choose_files,
    choose_folder,
    choose_list_file,
    choose_project,
    choose_project_name,
    choose_report_file,
)
from uidscope.qt.planning.plan_operations import redo, redo_text, undo, undo_text
from uidscope.qt.preferences import Privacy
from uidscope.qt.profile_menu import ProfileMenu
from uidscope.qt.project_work import ProjectWork
from uidscope.qt.recent_menu import RecentMenu
from uidscope.qt.rule_operations import choose_profile, show_again
from uidscope.qt.sample_data import SampleData
from uidscope.qt.screen_names import NameMasking
from uidscope.qt.settings import APPEARANCES, Settings
from uidscope.qt.state import WorkState
from uidscope.qt.tab_order import go_to_next_stop
from uidscope.qt.tasks import TaskRunner
from uidscope.qt.tour import Tour, TourPlaces
from uidscope.qt.tree.tree_filter_bar import TreeFilterBar
from uidscope.qt.window_dialogs import DialogPlace, WindowDialogs
from uidscope.qt.work_status import WorkStatus

_FIRST_SIZE = (1440, 900)
_LEAST_SIZE = (1024, 700)
_MENU_OF_TREE = ("actionCopyUid", "actionRegenerate", "actionShowIdentity")
_MESSAGE_HEIGHT = 36


class MainWindow(QMainWindow):
    """The one window. `appearance` is None where nobody is to choose the colours, as in tests."""

    def __init__(self, settings: Settings, appearance: Appearance | None = None) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("UIDscope")
        self.setAccessibleName("UIDscope")
        self.setMinimumSize(*_LEAST_SIZE)
        self._settings = settings
        self._appearance = appearance
        self._is_showing_tree = self._has_docks = self._tour_waits = False
        self._layout = settings.layout
        self.state = WorkState(self)
        self.runner = TaskRunner(self)
        self._questions = TaskRunner(self)
        IdleMemory(self)
        self.operations = Operations(self.state, self.runner, self)
        # Before the panels, which ask for the names of what is loaded.
        self.masking = NameMasking(self.state, self, masked=settings.privacy.mask_names)
        self.audit = AuditKeeping(self.state, self.runner, self)
        self.audit.set_kept(settings.privacy.audit_log)
        self.commands = Actions(self, self.state)
        self.state.scheme, self.state.reading = settings.scheme, settings.reading
        self.state.organization_file = settings.organization_file
        self._make_centre()
        self._make_bars()
        self.docks = Docks(self, Workplace(self.state, self.runner, self._questions))
        self._make_menus()
        self.dialogs = self._make_dialogs()
        self.projects = ProjectWork(self.state, self.runner, self.operations, self)
        self.commands.menus["menuFile"].insertMenu(
            self.commands["actionSaveProject"],
            RecentMenu(settings, lambda path: self.load((path,)), self),
        )
        self.sample = SampleData(self.runner, self.operations.load_paths, self)
        self.tour = Tour(self, self._tour_places())
        self._connect()
        self._connect_privacy()
        self._kept_rules = KeptRules(self.state, settings.rules_path, self)
        self._kept_rules.failed.connect(self.operations.tell_failure)
        self._kept_rules.load()
        self.resize(*_FIRST_SIZE)
        self.restoreGeometry(settings.geometry)
        self.docks.set_shown(False)
        self.docks.set_callable(False)

    # Parts

    def _make_centre(self) -> None:
        self.empty_state = EmptyState()
        self.tree = TreePanel(self.state, self._questions)
        self.tree.columns.set_choice(self._settings.columns)
        self._centre = QStackedWidget()
        self._centre.addWidget(self.empty_state)
        self._centre.addWidget(self.tree)
        self.setCentralWidget(self._centre)

    def _make_bars(self) -> None:
        self.filter_bar = TreeFilterBar(self.state)
        self._toolbar = MainToolBar(self.commands, self.filter_bar)
        self.message_bar = MessageBar()
        self._message_toolbar = MessageToolBar(self.message_bar)
        self.addToolBar(self._toolbar)
        self.addToolBarBreak()
        self.addToolBar(self._message_toolbar)
        self._status = WorkStatus(self.state, self.runner, self._questions)
        self.setStatusBar(self._status)

    def _make_menus(self) -> None:
        self.commands.fill(self.menuBar())
        view = self.commands.menus["menuView"]
        first = view.actions()[0]
        for dock in self.docks.by_name.values():
            view.insertAction(first, dock.toggleViewAction())
        view.insertSeparator(first)
        profiles = ProfileMenu(self.state, lambda name: choose_profile(self.state, self.runner, name), self)
        self.commands.menus["menuFindings"].addMenu(profiles)
        view.addSeparator()
        view.addMenu(self.tree.columns.order_menu(self))
        if self._appearance is not None:
            view.addMenu(self._appearance_menu(self._appearance))
        self.tree.set_menu_actions(
            self.commands[name] for name in _MENU_OF_TREE if name in self.commands.by_name
        )

    def _make_dialogs(self) -> WindowDialogs:
        findings = self.docks.panel(FindingsPanel)
        place = DialogPlace(
            self.state,
            self.runner,
            self._questions,
            self.operations,
            findings,
            self._settings,
            self._appearance,
        )
        return WindowDialogs(self, place)

    def _appearance_menu(self, appearance: Appearance) -> QMenu:
        words = {"system": self.tr("As the &system"), "light": self.tr("&Light"), "dark": self.tr("&Dark")}
        menu = QMenu(self.tr("&Colours"), self)
        group = QActionGroup(menu)
        for choice in APPEARANCES:
            action = menu.addAction(words[choice])
            action.setCheckable(True)
            action.setChecked(choice == appearance.choice)
            action.triggered.connect(lambda _checked, choice=choice: appearance.choose(choice))
            group.addAction(action)
        return menu

    # Who speaks to whom

    def _connect(self) -> None:
        operations, tree, dialogs = self.operations, self.tree, self.dialogs
        self.commands.connect_to(
            {
                "actionAddFolder": self.add_folder,
                "actionAddFiles": self.add_files,
                "actionOpenSample": self.sample.open,
                "actionTour": self.show_tour,
                "actionRescan": lambda: self._if_plan_may_go(operations.rescan),
                "actionClear": lambda: self._if_plan_may_go(operations.clear),
                "actionOpenProject": self.open_project,
                "actionSaveProject": self.save_project,
                "actionSaveProjectAs": lambda: self.save_project(asks=True),
                "actionSaveReport": self.save_report,
                "actionSaveMissing": self.save_missing,
                "actionQuit": self.close,
                "actionUndo": lambda: undo(self.state, self.runner),
                "actionRedo": lambda: redo(self.state, self.runner),
                "actionCopyUid": operations.copy_uids,
                "actionPasteUids": dialogs.paste_uids,
                "actionCheck": operations.check,
                "actionFindUses": dialogs.find_uses_of_selection,
                "actionFilter": self.filter_bar.edit.setFocus,
                "actionNextPane": lambda: go_to_next_pane(self._panes()),
                "actionPreviousPane": lambda: go_to_next_pane(self._panes(), -1),
                "actionResetLayout": self.reset_layout,
                "actionRegenerate": dialogs.regenerate,
                "actionExport": dialogs.export,
                "actionNextFinding": lambda: self._step_to_finding(FindingsPanel.next),
                "actionPreviousFinding": lambda: self._step_to_finding(FindingsPanel.previous),
                "actionIgnore": dialogs.ignore_finding,
                "actionShowIdentity": self.show_identity,
                "actionCompare": dialogs.compare_copies,
                "actionCompareFolders": dialogs.compare_folders,
                "actionRoots": dialogs.roots,
                "actionRuleBook": dialogs.rule_book,
                "actionGuide": dialogs.guide,
                "actionBeliefs": dialogs.beliefs,
                "actionPreferences": dialogs.preferences,
                "actionAbout": dialogs.about,
            }
        )
        findings = self.docks.panel(FindingsPanel)
        findings.ignore_asked.connect(self.commands["actionIgnore"].trigger)
        findings.compare_asked.connect(dialogs.compare_copies_of_finding)
        findings.fix_asked.connect(dialogs.fix_finding)
        findings.all_fixes_asked.connect(dialogs.fix_all_findings)
        findings.ignored.show_again.connect(
            lambda rule, reason: show_again(self.state, self.runner, rule, reason)
        )
        identity = self.docks.panel(Inspector).identity
        identity.find_uses.connect(dialogs.find_uses)
        identity.fix_asked.connect(dialogs.fix)
        identity.rule_asked.connect(dialogs.rule_book_at)
        plan = self.docks.panel(PlanPanel)
        plan.go_to.connect(operations.go_to)
        plan.decide.connect(dialogs.decide)
        plan.regenerate.connect(self.commands["actionRegenerate"].trigger)
        self.empty_state.add_folder.connect(self.add_folder)
        self.empty_state.open_sample.connect(self.commands["actionOpenSample"].trigger)
        self.state.findings_changed.connect(self._begin_tour)
        drops = DropTarget(self, self.empty_state, self._place_of_message)
        drops.dropped.connect(self.load)
        self.filter_bar.changed.connect(tree.filters.set_wanted)
        tree.filter_in_the_way.connect(self.filter_bar.clear)
        self._status.cancelled.connect(operations.cancel)
        operations.will_read.connect(tree.kept.keep)
        operations.has_read.connect(tree.kept.give_back)
        self.state.planned.connect(lambda: self.docks.show(PLAN))
        operations.said.connect(self._say)
        operations.unsaid.connect(self._take_back)
        self.message_bar.triggered.connect(self._act_on_message)
        self.message_bar.closed.connect(lambda _key: self._show_messages())
        self.state.catalog_replaced.connect(self._show_what_is_loaded)
        self.state.project_changed.connect(self._show_title)
        for known in (self.projects.opened, self.projects.saved):
            known.connect(self._settings.add_recent_project)
        self.projects.saved.connect(operations.tell_saved_project)
        self.state.plan_changed.connect(
            lambda: self.commands.name_steps(
                *(
                    StepWords(text(self.state), text(self.state, whole_paths=True))
                    for text in (undo_text, redo_text)
                )
            )
        )

    def _connect_privacy(self) -> None:
        action = self.commands["actionMaskNames"]
        action.setChecked(self.masking.is_masked)
        action.toggled.connect(self._mask_names)
        self.dialogs.privacy_chosen.connect(self._take_privacy)
        self.commands.connect_to({"actionExportAuditLog": self.export_audit_log})
        self.audit.failed.connect(self.operations.tell_failure)
        self.audit.saved.connect(self.operations.tell_saved_audit_log)

    def load(self, paths: tuple[str, ...]) -> None:
        """Read these beside what is loaded; a project takes its place."""
        projects = [path for path in paths if path.lower().endswith(PROJECT_ENDING)]
        if projects:
            self._if_plan_may_go(lambda: self.projects.open(projects[0]))
        else:
            self._if_plan_may_go(lambda: self.operations.load_paths(paths))

    def open_project(self) -> None:
        """Ask for a project and go on with it."""
        path = choose_project(self, PROJECT_ENDING)
        if path:
            self.load((path,))

    def save_project(self, *, asks: bool = False) -> None:
        """Save the work where it was saved before, else where the user says."""
        before = self.state.project_path
        path = before if before and not asks else choose_project_name(self, PROJECT_ENDING, before)
        if path:
            self.projects.save(path)

    def add_folder(self) -> None:
        """Ask for a folder and read it."""
        folder = choose_folder(self)
        if folder:
            self.load((folder,))

    def add_files(self) -> None:
        """Ask for files and read them."""
        files = choose_files(self)
        if files:
            self.load(files)

    def save_report(self) -> None:
        """Ask where to, and write the report."""
        from uidscope.core.report.report_file import REPORT_ENDINGS  # noqa: PLC0415 - for this alone

        path = choose_report_file(self, REPORT_ENDINGS)
        if path:
            self.operations.save_report(path)

    def save_missing(self) -> None:
        """Ask where to, and save the list of what is named and not loaded."""
        path = choose_list_file(self, "missing.csv")
        if path:
            self.operations.save_missing(path)

    def export_audit_log(self) -> None:
        """Ask where to, and save the audit log."""
        from uidscope.core.report.audit_log_file import AUDIT_LOG_ENDINGS  # noqa: PLC0415 - for this alone

        path = choose_audit_file(self, AUDIT_LOG_ENDINGS)
        if path:
            self.audit.export(path)

    def _mask_names(self, masked: bool) -> None:
        self._take_privacy(dataclasses.replace(self._settings.privacy, mask_names=masked))

    def _take_privacy(self, privacy: Privacy) -> None:
        self._settings.privacy = privacy
        self.commands["actionMaskNames"].setChecked(privacy.mask_names)
        self.masking.set_masked(privacy.mask_names)
        self.audit.set_kept(privacy.audit_log)

    def show_identity(self) -> None:
        """Show the UIDs of what is selected, taken apart."""
        self.docks.show(INSPECTOR)
        self.docks.panel(Inspector).show_identity()

    def show_tour(self) -> None:
        """Show the window's parts one by one, on sample data where nothing is loaded."""
        if self.state.catalog is not None:
            self.tour.start()
        else:
            self._tour_waits = True
            self.sample.open()

    def _begin_tour(self) -> None:
        """Once the sample is checked, where the tour was asked for or has never been seen."""
        is_sample = bool(self.sample.path) and self.state.paths == (self.sample.path,)
        if is_sample and self.state.checked and (self._tour_waits or not self._settings.is_tour_seen):
            self._tour_waits = False
            self._settings.set_tour_seen()
            # So that the findings are listed by then.
            QTimer.singleShot(0, self.tour.start)

    def _tour_places(self) -> TourPlaces:
        return TourPlaces(
            self.tree,
            self.docks,
            lambda name: self._toolbar.widgetForAction(self.commands[name]),
            self.show_identity,
        )

    def _step_to_finding(self, step: Callable[[FindingsPanel], None]) -> None:
        self.docks.show(FINDINGS)
        step(self.docks.panel(FindingsPanel))

    def reset_layout(self) -> None:
        """Arrange everything as at a first start."""
        self._layout = QByteArray()
        self._settings.forget_layout()
        self.tree.columns.set_choice(self._settings.columns)
        self.docks.arrange()
        self.docks.set_shown(self._has_docks)

    def _if_plan_may_go(self, verb: Callable[[], None]) -> None:
        """Do what forgets the plan, where there is none or the user agrees."""
        if self.state.plan_may_go or ask(
            self,
            self.tr("This gives up the plan."),
            self.tr("It has not been exported. The files themselves stay as they are."),
            self.tr("Give up the plan"),
            self.tr("Keep it"),
        ):
            verb()

    # What is to be seen

    def _show_what_is_loaded(self) -> None:
        """The tree with its docks, or the empty page; the layout of the docks outlives both."""
        is_loaded = self.state.catalog is not None
        if is_loaded == self._is_showing_tree:
            return
        self._is_showing_tree = is_loaded
        self._centre.setCurrentWidget(self.tree if is_loaded else self.empty_state)
        # The page that is not shown must not keep room from the docks.
        room = QSizePolicy.Policy.Ignored if is_loaded else QSizePolicy.Policy.Preferred
        self.empty_state.setSizePolicy(room, room)
        self.docks.set_callable(is_loaded)
        if is_loaded:
            self.tree.view.setFocus()
            # So many widgets are dressed at their first showing that it has a slice of its own.
            QTimer.singleShot(0, self._show_docks)
        else:
            self.filter_bar.clear()
            self.tour.close()
            self._hide_docks()

    def _show_title(self) -> None:
        name = os.path.basename(self.state.project_path)
        self.setWindowTitle(visible_text(f"{name} – UIDscope" if name else "UIDscope"))

    def _show_docks(self) -> None:
        if not self._is_showing_tree or self._has_docks:
            return
        self._has_docks = True
        if self._layout.isEmpty() or not self.restoreState(self._layout):
            self.docks.arrange()
        self._show_messages()

    def _hide_docks(self) -> None:
        if self._has_docks:
            self._layout = self.saveState()
            self._has_docks = False
        self.docks.set_shown(False)

    def _say(self, message: Message) -> None:
        self.message_bar.post(message)
        self._show_messages()

    def _take_back(self, key: str) -> None:
        self.message_bar.withdraw(key)
        self._show_messages()

    def _show_messages(self) -> None:
        self._message_toolbar.follow_bar()

    def _act_on_message(self, key: str) -> None:
        if key == OperationMessages.NOT_LOADED:
            self.docks.show(NOT_LOADED)
        elif key in (OperationMessages.CANCELLED, OperationMessages.UNCHECKED):
            self._take_back(key)
            self.operations.check()

    def _place_of_message(self) -> QRect:
        top = self._toolbar.mapTo(self, QPoint(0, self._toolbar.height())).y()
        return QRect(0, top, self.width(), _MESSAGE_HEIGHT)

    def _panes(self) -> list[QWidget]:
        return [self.tree, *self.docks.by_name.values()]

    # Qt's events

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_to_next_stop(self, forward=forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._toolbar.set_window_width(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            redress_actions(self)
        elif event.type() == QEvent.Type.LanguageChange:
            self._show_title()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask where work is under way or a plan would be lost; then end everything."""
        if self._may_close():
            self.end()
            event.accept()
        else:
            event.ignore()

    def end(self) -> None:
        """Remember the window's shape and end everything, without a question."""
        self._settings.geometry = self.saveGeometry()
        self._settings.layout = self.saveState() if self._has_docks else self._layout
        self._settings.columns = self.tree.columns.choice
        self._settings.save()
        self.operations.end()
        self.sample.end()
        self.masking.end()
        self.audit.end()

    def _may_close(self) -> bool:
        if self.runner.is_running:
            return ask(
                self,
                self.tr("Work is still under way."),
                self.tr("Closing stops it. The files that are read stay as they are."),
                self.tr("Stop and close"),
                self.tr("Go on working"),
            )
        return self.state.plan_may_go or ask(
            self,
            self.tr("The plan has not been exported."),
            self.tr("Closing gives it up. The files that were read stay as they are."),
            self.tr("Close without export"),
            self.tr("Keep working"),
        )
