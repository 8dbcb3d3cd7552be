"""Where objects are to be moved: a loaded study or series, searched for, and what it gives them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QHeaderView, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.intention import Into
from uidscope.core.plan.told.move_choices import MoveChoices, move_choices
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import row_height
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.planning.move_choices_model import MoveChoicesModel, MoveColumn

_PAUSE = 150  # milliseconds after the last key
_ROWS = 6
_MOST_TAKEN_OVER = 12
_PLACE_WIDTH, _PATIENT_WIDTH = 270, 170


class MovePart(QWidget):
    """A field to search in, and the list of what was found. `changed` says that another place is chosen."""

    changed = Signal()

    def __init__(self, catalog: Catalog | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._into: Into | None = None
        self.search_edit = QLineEdit()
        self.search_edit.setAccessibleName(self.tr("Search for the study or series to move into"))
        self.search_edit.setPlaceholderText(self.tr("Study or series: name, ID, UID, description"))
        self.model = MoveChoicesModel(self)
        self.view = RowTreeView(flat=True)
        self.view.setObjectName("moveTargetsView")
        self.view.setAccessibleName(self.tr("Studies and series to move into"))
        self.view.setModel(self.model)
        header = self.view.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.view.setColumnWidth(MoveColumn.PLACE, _PLACE_WIDTH)
        self.view.setColumnWidth(MoveColumn.PATIENT, _PATIENT_WIDTH)
        self.view.setFixedHeight((_ROWS + 1) * row_height())
        self.cut = Remark()
        self.taken_over = Remark()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.search_edit, self.view, self.cut, self.taken_over):
            column.addWidget(widget)
        self.question = BackgroundQuestion("places to move into", self)
        self._due = QTimer(self, singleShot=True, interval=_PAUSE)
        self._due.timeout.connect(self._ask)
        self.search_edit.textChanged.connect(lambda _text: self._due.start())
        self.question.answered.connect(self._show)
        self.question.failed.connect(lambda sentence: self.cut.say(sentence, Verdict.ERROR))
        self.view.selectionModel().currentChanged.connect(self._choose)
        self._ask()

    @property
    def into(self) -> Into | None:
        """The place that is chosen."""
        return self._into

    def choose(self, into: Into) -> None:
        """Choose a place that is listed."""
        for row in range(self.model.rowCount()):
            choice = self.model.choice(self.model.index(row, 0))
            if choice is not None and choice.into == into:
                self.view.setCurrentIndex(self.model.index(row, 0))

    def say_taken_over(self, values: tuple[tuple[str, str], ...]) -> None:
        """Say what would be taken over; nothing while that is not known."""
        if not values:
            self.taken_over.say("")
            return
        shown = [f"{name} {value}".rstrip() for name, value in values[:_MOST_TAKEN_OVER]]
        more = len(values) - _MOST_TAKEN_OVER
        if more > 0:
            shown.append(self.tr("1 more") if more == 1 else self.tr("%Ln more", "", more))
        self.taken_over.say(self.tr("Taken over from there: %1.").replace("%1", "; ".join(shown)))

    def _ask(self) -> None:
        catalog, text = self._catalog, self.search_edit.text()
        if catalog is not None:
            self.question.ask(lambda: move_choices(catalog, text))

    def _show(self, choices: MoveChoices) -> None:
        before = self._into
        self.model.set_choices(choices.found)
        self.cut.say(self.tr("There are more: search for the one wanted.") if choices.is_cut else "")
        if not choices.found:
            self.cut.say(self.tr("No study or series holds this."))
        if before is not None:
            self.choose(before)

    def _choose(self, current: QModelIndex, _before: QModelIndex) -> None:
        choice = self.model.choice(current)
        into = None if choice is None else choice.into
        if into is not None and into != self._into:
            self._into = into
            self.changed.emit()
