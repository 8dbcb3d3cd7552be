"""One file of the plan before and after, read when it is asked for."""

from __future__ import annotations

import sqlite3

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UidscopeError
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.told.file_preview import FilePreview, file_of_entry, preview_file
from uidscope.core.plan.told.whole_file import MOST_UNCHANGED
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken, ProgressCallback
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.buttons import IconButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.dock_title import TOOLS_HEIGHT, DockTitle
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.segmented_switch import Segment, SegmentedSwitch
from uidscope.qt.planning.file_changes_model import FileChangesModel
from uidscope.qt.planning.plan_cells import ChangeColumn
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tasks import Task, TaskRunner

CHANGES, ALL = "changes", "all"
"""Which elements are listed, as the switch knows it."""

_PAUSE = 40  # milliseconds: whoever goes down a list is not asked to read each file
_ELEMENT_WIDTH = 330
_WHY_WIDTH = 180
_ALL_THE_ROOM = 100  # of the bar, against the 1 of its own spacer


class FileChangesPanel(QWidget):
    """Why the row at hand is in the plan, a line that names its file, a row for each element that changes.

    What stays is listed too where the user wants that; a button leads from change to change then.
    """

    def __init__(self, questions: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._questions = questions
        self._catalog: Catalog | None = None
        self._map: UidMap | None = None
        self._entry: MapEntry | None = None
        self._why = ""
        self.model = FileChangesModel(self)
        self.view = RowTreeView(flat=True)
        self.view.setObjectName("planChangesView")
        self.view.setAccessibleName(self.tr("What changes in the file, before and after"))
        self.view.setModel(self.model)
        self._shape_columns()
        self.why = Remark()
        why_line = QWidget()
        why_line.setBackgroundRole(QPalette.ColorRole.Base)
        why_line.setAutoFillBackground(True)
        why_row = QVBoxLayout(why_line)
        why_row.setContentsMargins(12, 4, 12, 4)
        why_row.addWidget(self.why)
        self._title = RunLabel()
        self.switch = SegmentedSwitch(
            [Segment(CHANGES, self.tr("Changes")), Segment(ALL, self.tr("All"))],
            self.tr("Which elements of the file are listed"),
        )
        self.previous_button = IconButton("chevron-up", self.tr("Previous change"))
        self.next_button = IconButton("chevron-down", self.tr("Next change"))
        title = DockTitle(TOOLS_HEIGHT)
        title.add_leading(self._title, _ALL_THE_ROOM)
        for tool in (self.switch, self.previous_button, self.next_button):
            title.add_trailing(tool)
        self.switch.switched.connect(lambda _key: self._ask())
        self.previous_button.clicked.connect(lambda: self._step(-1))
        self.next_button.clicked.connect(lambda: self._step(1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(why_line)
        column.addWidget(self.view, 1)
        self._due = QTimer(self, singleShot=True, interval=_PAUSE)
        self._due.timeout.connect(self._ask)
        self.show_entry(None, None, None)

    def show_entry(
        self, catalog: Catalog | None, uid_map: UidMap | None, entry: MapEntry | None, why: str = ""
    ) -> None:
        """Show a file in which this entry changes something, or none; `why` says why it is in the plan."""
        self._catalog, self._map, self._entry = catalog, uid_map, entry
        self._why = why
        self.why.say(why)
        self._due.stop()
        if entry is None:
            self._say(self.tr("Select a row to see what changes in its file."))
        elif not entry.new and entry.is_new_uid:
            self._say(self.tr("This row is switched off: the old UID stays."))
        else:
            self._due.start()

    def say_of_typed(self, sentence: str, *, is_sound: bool) -> None:
        """Say what is to be said of a UID that is being typed, in the place of why it is in the plan."""
        self.why.say(sentence, Verdict.OK if is_sound else Verdict.ERROR)

    def say_why(self) -> None:
        """Say again why the row at hand is in the plan."""
        self.why.say(self._why)

    def _ask(self) -> None:
        catalog, uid_map, entry = self._catalog, self._map, self._entry
        if catalog is None or uid_map is None or entry is None:
            return

        whole = self.switch.current == ALL

        def is_wanted() -> bool:
            return (self._map, self._entry, self.switch.current == ALL) == (uid_map, entry, whole)

        def show(found: FilePreview | str | None) -> None:
            if found is not None and is_wanted():
                self._show(found)

        def work(_progress: ProgressCallback, _cancel: CancelToken) -> FilePreview | str | None:
            return _preview(catalog, uid_map, entry, whole=whole) if is_wanted() else None

        self._questions.run(Task("file changes", work, done=show))

    def _show(self, found: FilePreview | str) -> None:
        if isinstance(found, str):
            self._say(found or self.tr("No file of the output holds this UID."))
            return
        self._title.set_words(
            [
                Words(screen_names().file(found.path), FontRole.STRONG),
                Words(self._counts(found), tone=Tone.TEXT2, gap=16),
            ]
        )
        self.model.set_changes(found.whole or found.changes)
        self._allow_steps()
        if found.whole:
            self._step(1)

    def _say(self, sentence: str) -> None:
        self._title.set_words([Words(sentence, tone=Tone.TEXT2)])
        self.model.set_changes(())
        self._allow_steps()

    def _allow_steps(self) -> None:
        for button in (self.previous_button, self.next_button):
            button.setEnabled(self.model.change_from(-1, 1) is not None)

    def _step(self, direction: int) -> None:
        """Go to the next change; behind the last comes the first."""
        row = self.model.change_from(self.view.currentIndex().row(), direction)
        if row is not None:
            index = self.model.index(row, 0)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index, RowTreeView.ScrollHint.PositionAtCenter)

    def _counts(self, found: FilePreview) -> str:
        """ "3 of 214 elements change, unchanged hidden" """
        said = self.tr("%1 of %2 elements change, unchanged hidden")
        if found.whole:
            said = self.tr("%1 of %2 elements change")
            if found.elements > MOST_UNCHANGED:
                said = self.tr("%1 of %2 elements change, the first %3 shown")
        changed, elements = number_text(len(found.changes)), number_text(found.elements)
        told = said.replace("%1", changed).replace("%2", elements)
        return told.replace("%3", number_text(MOST_UNCHANGED))

    def _shape_columns(self) -> None:
        header = self.view.header()
        header.setStretchLastSection(False)
        for column in (ChangeColumn.BEFORE, ChangeColumn.AFTER):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.view.setColumnWidth(ChangeColumn.ELEMENT, _ELEMENT_WIDTH)
        self.view.setColumnWidth(ChangeColumn.WHY, _WHY_WIDTH)


def _preview(catalog: Catalog, uid_map: UidMap, entry: MapEntry, *, whole: bool) -> FilePreview | str | None:
    """The file of an entry; a sentence where it cannot be read, empty where there is no such file."""
    try:
        occurrence = file_of_entry(catalog, uid_map, entry)
        return "" if occurrence is None else preview_file(catalog, uid_map, occurrence, whole=whole)
    except UidscopeError as error:
        return str(error)
    except sqlite3.ProgrammingError:
        return None  # the catalog has been closed meanwhile
