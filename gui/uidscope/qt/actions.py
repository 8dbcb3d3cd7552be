"""Every action of the window: its name, words, key, icon and menu, as one table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from uidscope.qt.kit.buttons import dress_action
from uidscope.qt.kit.visible_text import button_text, plain_tool_tip
from uidscope.qt.state import WorkState


@dataclass(frozen=True, slots=True)
class ActionWords:
    """An action in words: `text` in the menus, `short` on the toolbar, `tip` what it does in full."""

    text: str
    short: str = ""
    tip: str = ""


def _always(_state: WorkState) -> bool:
    return True


def _is_loaded(state: WorkState) -> bool:
    return state.catalog is not None


def _is_idle(state: WorkState) -> bool:
    return state.catalog is not None and not state.busy


def _is_checked(state: WorkState) -> bool:
    return _is_idle(state) and state.checked


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    is_enabled: Callable[[WorkState], bool] = _always
    keys: tuple[str, ...] = ()
    icon: str = ""
    primary: bool = False
    checkable: bool = False


_ENTRIES = (
    _Entry("actionAddFolder", keys=("Ctrl+O",), icon="folder-add"),
    _Entry("actionAddFiles", keys=("Ctrl+Shift+O",)),
    _Entry("actionOpenSample", lambda state: state.catalog is None and not state.busy),
    _Entry("actionRescan", lambda state: bool(state.paths) and not state.busy, ("F5",), "rescan"),
    _Entry("actionOpenProject", lambda state: not state.busy, ("Ctrl+P",)),
    _Entry("actionSaveProject", _is_checked, ("Ctrl+S",)),
    _Entry("actionSaveProjectAs", _is_checked, ("Ctrl+Shift+S",)),
    _Entry("actionSaveReport", _is_checked, ("Ctrl+Alt+S",), "report"),
    _Entry("actionSaveMissing", _is_checked),
    _Entry(
        "actionExport",
        lambda state: _is_idle(state) and state.uid_map is not None,
        ("Ctrl+E",),
        "export",
        True,
    ),
    _Entry("actionClear", _is_idle, ("Ctrl+W",)),
    _Entry("actionQuit", keys=("Ctrl+Q",)),
    _Entry(
        "actionUndo",
        lambda state: _is_idle(state) and state.history.next_undo is not None,
        ("Ctrl+Z",),
        "undo",
    ),
    _Entry(
        "actionRedo",
        lambda state: _is_idle(state) and state.history.next_redo is not None,
        ("Ctrl+Shift+Z",),
        "redo",
    ),
    _Entry(
        "actionCopyUid", lambda state: _is_loaded(state) and bool(state.selection), ("Ctrl+Shift+C",), "copy"
    ),
    _Entry("actionPasteUids", _is_loaded, ("Ctrl+Shift+V",)),
    _Entry("actionFindUses", lambda state: _is_loaded(state) and bool(state.selection), ("Ctrl+U",)),
    _Entry("actionFilter", _is_loaded, ("Ctrl+F",), "search"),
    _Entry("actionShowIdentity", _is_loaded, ("Ctrl+I",)),
    _Entry("actionNextPane", _is_loaded, ("F6",)),
    _Entry("actionPreviousPane", _is_loaded, ("Shift+F6",)),
    _Entry("actionMaskNames", checkable=True),
    _Entry("actionResetLayout"),
    _Entry("actionNextFinding", _is_checked, ("F8",), "chevron-down"),
    _Entry("actionPreviousFinding", _is_checked, ("Shift+F8",), "chevron-up"),
    _Entry("actionIgnore", _is_checked),
    _Entry("actionCheck", lambda state: _is_idle(state) and not state.checked),
    _Entry("actionRegenerate", _is_checked, ("Ctrl+R",), "regenerate"),
    _Entry("actionCompare", lambda state: _is_loaded(state) and bool(state.selection), ("Ctrl+D",)),
    _Entry("actionCompareFolders", lambda state: not state.busy),
    _Entry("actionRoots"),
    _Entry("actionExportAuditLog"),
    _Entry("actionPreferences", keys=("Ctrl+,",)),
    _Entry("actionTour", lambda state: not state.busy),
    _Entry("actionGuide"),
    _Entry("actionRuleBook", keys=("F1",)),
    _Entry("actionBeliefs"),
    _Entry("actionAbout"),
)

_SEPARATOR = ""
_MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "menuFile",
        (
            *("actionAddFolder", "actionAddFiles", "actionOpenSample", _SEPARATOR),
            *("actionRescan", "actionClear", _SEPARATOR),
            *("actionOpenProject", "actionSaveProject", "actionSaveProjectAs", _SEPARATOR),
            *("actionSaveReport", "actionExport", _SEPARATOR, "actionQuit"),
        ),
    ),
    (
        "menuEdit",
        (
            *("actionUndo", "actionRedo", _SEPARATOR, "actionCopyUid", "actionPasteUids", "actionFindUses"),
            "actionFilter",
            *(_SEPARATOR, "actionPreferences"),
        ),
    ),
    (
        "menuView",
        (
            *("actionShowIdentity", "actionNextPane", "actionPreviousPane", _SEPARATOR),
            *("actionMaskNames", _SEPARATOR, "actionResetLayout"),
        ),
    ),
    (
        "menuFindings",
        (
            *("actionNextFinding", "actionPreviousFinding", "actionIgnore", _SEPARATOR),
            *("actionSaveMissing", _SEPARATOR, "actionCheck"),
        ),
    ),
    ("menuPlan", ("actionRegenerate",)),
    (
        "menuTools",
        (
            "actionCompare",
            "actionCompareFolders",
            "actionRoots",
            _SEPARATOR,
            "actionExportAuditLog",
        ),
    ),
    ("menuHelp", ("actionGuide", "actionRuleBook", "actionBeliefs", "actionTour", _SEPARATOR, "actionAbout")),
)


class StepWords(NamedTuple):
    """What a step would do, in short for a menu and in full for a tool tip."""

    said: str
    in_full: str


class Actions(QObject):
    """Makes all actions as children of the window, and keeps them enabled as the work allows."""

    def __init__(self, window: QWidget, state: WorkState) -> None:
        super().__init__(window)
        self._state = state
        self.by_name: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        for entry in _ENTRIES:
            self.by_name[entry.name] = self._make(window, entry)
        for signal in (
            state.catalog_replaced,
            state.tree_grew,
            state.findings_changed,
            state.selection_changed,
            state.plan_changed,
            state.busy_changed,
        ):
            signal.connect(self.update_enabled)
        self.update_enabled()

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def connect_to(self, verbs: Mapping[str, Callable[[], object]]) -> None:
        """Let each action named call its verb."""
        for name, verb in verbs.items():
            self.by_name[name].triggered.connect(lambda _checked=False, verb=verb: verb())

    def leave_out(self, names: Iterable[str]) -> None:
        """Take away actions for which this build has nothing to call."""
        for name in names:
            action = self.by_name.pop(name)
            for menu in self.menus.values():
                menu.removeAction(action)
            action.deleteLater()

    def fill(self, bar: QMenuBar) -> None:
        """Put every action into its menu."""
        for name, actions in _MENUS:
            menu = bar.addMenu(self._menu_title(name))
            menu.setObjectName(name)
            self.menus[name] = menu
            for action in actions:
                if action == _SEPARATOR:
                    menu.addSeparator()
                elif action in self.by_name:
                    menu.addAction(self.by_name[action])

    def update_enabled(self) -> None:
        """Enable what can be done now."""
        for entry in _ENTRIES:
            if entry.name in self.by_name:
                self.by_name[entry.name].setEnabled(entry.is_enabled(self._state))

    def name_steps(self, undo: StepWords, redo: StepWords) -> None:
        """Say what undo and redo would do; empty where there is nothing."""
        for name, (said, in_full) in (("actionUndo", undo), ("actionRedo", redo)):
            action = self.by_name[name]
            action.setText(button_text(said) if said else self._words()[name].text)
            action.setToolTip(plain_tool_tip(_with_keys(in_full or action.iconText(), action.shortcuts())))

    def _make(self, window: QWidget, entry: _Entry) -> QAction:
        words = self._words()[entry.name]
        action = QAction(words.text, window)
        action.setObjectName(entry.name)
        action.setCheckable(entry.checkable)
        action.setIconText(words.short or words.text.replace("&", ""))
        keys = [QKeySequence(key) for key in entry.keys]
        action.setShortcuts(keys)
        action.setToolTip(plain_tool_tip(_with_keys(words.tip or words.text.replace("&", ""), keys)))
        if entry.icon:
            dress_action(action, entry.icon, on_accent=entry.primary)
            # Its ink is for the filled button, and would not be seen in a menu.
            action.setIconVisibleInMenu(not entry.primary)
        if entry.name == "actionQuit":
            action.setMenuRole(QAction.MenuRole.QuitRole)
        if entry.name == "actionPreferences":
            action.setMenuRole(QAction.MenuRole.PreferencesRole)
        if entry.name == "actionAbout":
            action.setMenuRole(QAction.MenuRole.AboutRole)
        window.addAction(action)
        return action

    def _menu_title(self, name: str) -> str:
        return {
            "menuFile": self.tr("&File"),
            "menuEdit": self.tr("&Edit"),
            "menuView": self.tr("&View"),
            "menuFindings": self.tr("F&indings"),
            "menuPlan": self.tr("&Plan"),
            "menuTools": self.tr("&Tools"),
            "menuHelp": self.tr("&Help"),
        }[name]

    def _words(self) -> dict[str, ActionWords]:
        return {
            "actionAddFolder": ActionWords(
                self.tr("Add &folder…"), self.tr("Add folder"), self.tr("Read a folder and all below it")
            ),
            "actionAddFiles": ActionWords(
                self.tr("Add f&iles…"), "", self.tr("Read DICOM files or ZIP archives")
            ),
            "actionOpenSample": ActionWords(
                self.tr("Open sa&mple data"), "", self.tr("See what the program does, on made-up files")
            ),
            "actionRescan": ActionWords(
                self.tr("&Rescan"), self.tr("Rescan"), self.tr("Read everything anew")
            ),
            "actionOpenProject": ActionWords(
                self.tr("Open &project…"), "", self.tr("Go on with work that was saved")
            ),
            "actionSaveProject": ActionWords(
                self.tr("Save pro&ject"), "", self.tr("Keep sources, plan and issued UIDs for later")
            ),
            "actionSaveProjectAs": ActionWords(self.tr("Save project &as…")),
            "actionSaveReport": ActionWords(self.tr("&Save report…")),
            "actionSaveMissing": ActionWords(
                self.tr("&Save list of missing objects…"),
                "",
                self.tr("Save what is named and not loaded, with the keys to fetch it from an archive"),
            ),
            "actionExport": ActionWords(
                self.tr("&Export…"), self.tr("Export…"), self.tr("Write a verified copy with the new UIDs")
            ),
            "actionClear": ActionWords(
                self.tr("&Close all"), "", self.tr("Forget everything loaded; the files stay as they are")
            ),
            "actionQuit": ActionWords(self.tr("&Quit")),
            "actionUndo": ActionWords(self.tr("&Undo")),
            "actionRedo": ActionWords(self.tr("&Redo")),
            "actionCopyUid": ActionWords(
                self.tr("&Copy UID"), "", self.tr("Copy the UIDs of what is selected")
            ),
            "actionPasteUids": ActionWords(
                self.tr("&Paste UIDs…"), "", self.tr("Find the UIDs of an error log or a mail in the tree")
            ),
            "actionFindUses": ActionWords(
                self.tr("Find &all uses…"), "", self.tr("See every element that holds the UID at hand")
            ),
            "actionFilter": ActionWords(self.tr("&Filter")),
            "actionShowIdentity": ActionWords(self.tr("Show &identity")),
            "actionNextPane": ActionWords(self.tr("&Next pane")),
            "actionPreviousPane": ActionWords(self.tr("&Previous pane")),
            "actionMaskNames": ActionWords(
                self.tr("&Mask patient names"),
                "",
                self.tr("Show numbers for names, IDs, descriptions and names of files"),
            ),
            "actionExportAuditLog": ActionWords(
                self.tr("Export &audit log…"), "", self.tr("Save the record of what was done, without names")
            ),
            "actionResetLayout": ActionWords(self.tr("&Reset layout")),
            "actionNextFinding": ActionWords(self.tr("&Next finding")),
            "actionPreviousFinding": ActionWords(self.tr("&Previous finding")),
            "actionIgnore": ActionWords(
                self.tr("&Ignore with reason…"), "", self.tr("Set the finding at hand aside, and say why")
            ),
            "actionCheck": ActionWords(self.tr("&Check")),
            "actionRegenerate": ActionWords(
                self.tr("&Regenerate…"), self.tr("Regenerate…"), self.tr("Give new UIDs to what is selected")
            ),
            "actionCompare": ActionWords(
                self.tr("Compare file &copies…"),
                "",
                self.tr("See two files of one UID side by side"),
            ),
            "actionCompareFolders": ActionWords(
                self.tr("Compare &folders…"), "", self.tr("See whether one folder is a whole copy of another")
            ),
            "actionRoots": ActionWords(
                self.tr("&UID roots…"),
                "",
                self.tr("Your organization's root, products, installations"),
            ),
            "actionPreferences": ActionWords(
                self.tr("Pr&eferences…"), "", self.tr("Identity, rules, reading, appearance and language")
            ),
            "actionGuide": ActionWords(
                self.tr("User &guide"), "", self.tr("Every job step by step, with pictures")
            ),
            "actionRuleBook": ActionWords(
                self.tr("&Rule book"), "", self.tr("Read about the rule of the finding at hand")
            ),
            "actionBeliefs": ActionWords(
                self.tr("&Beliefs about UIDs"), "", self.tr("What is often said about UIDs, and what is true")
            ),
            "actionTour": ActionWords(
                self.tr("&Tour"), "", self.tr("See the parts of the window one by one")
            ),
            "actionAbout": ActionWords(self.tr("&About UIDscope")),
        }


def _with_keys(words: str, keys: Sequence[QKeySequence]) -> str:
    return f"{words} ({keys[0].toString(QKeySequence.SequenceFormat.NativeText)})" if keys else words
