"""The files that were found and not loaded, each with its reason."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from uidscope.core.catalog.not_loaded_list import not_loaded_ids, not_loaded_reasons
from uidscope.core.catalog.store import Catalog
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.kit.buttons import ButtonSize, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.dock_title import DockTitle
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.models.not_loaded_model import NotLoadedColumn, NotLoadedModel, reason_words
from uidscope.qt.panels.panel_pages import PanelPages
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState

# Between two looks at what has come while files are read.
_PAUSE = 500  # milliseconds
_ALL_THE_ROOM = 100  # of the bar, against the 1 of its own spacer
_REASON_WIDTH, _DETAIL_WIDTH = 260, 360


class NotLoadedPanel(QWidget):
    """Follows the state by itself. Its window title tells how many files there are."""

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setAccessibleName(self.tr("Not loaded"))
        self.model = NotLoadedModel(self)
        self.view = RowTreeView(flat=True)
        self.view.setObjectName("notLoadedView")
        self.view.setAccessibleName(self.tr("Files that were not loaded"))
        self.view.setModel(self.model)
        self._reasons = RunLabel()
        self.copy_button = PlainButton(self.tr("Copy path"), size=ButtonSize.DENSE, icon="copy")
        self.copy_button.clicked.connect(self._copy_path)
        self.pages = PanelPages(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.setFocusProxy(self.view)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NotLoadedColumn.FILE, QHeaderView.ResizeMode.Stretch)
        self.view.setColumnWidth(NotLoadedColumn.REASON, _REASON_WIDTH)
        self.view.setColumnWidth(NotLoadedColumn.DETAIL, _DETAIL_WIDTH)
        self._question = BackgroundQuestion("files not loaded", self)
        self._question.answered.connect(self._show)
        self._question.failed.connect(self.pages.say)
        self._due = QTimer(self, singleShot=True, interval=_PAUSE)
        self._due.timeout.connect(self._ask)
        state.catalog_replaced.connect(self._start_anew)
        state.tree_grew.connect(self._follow_growth)
        state.busy_changed.connect(self._follow_growth)
        self._start_anew()

    def fill_title(self, title: DockTitle) -> None:
        """Put how many there are for each reason into the bar above."""
        title.add_leading(self._reasons, _ALL_THE_ROOM)
        title.add_trailing(self.copy_button)

    def _start_anew(self) -> None:
        self._question.drop()
        self._show((array("q"), {}))
        self._ask()

    def _follow_growth(self) -> None:
        if not self._due.isActive():
            self._due.start()

    def _ask(self) -> None:
        catalog = self._state.catalog
        if catalog is not None and not self._question.is_waiting:
            self._question.ask(lambda: _found(catalog))
        elif catalog is not None:
            self._due.start()

    def _show(self, found: tuple[array[int], dict[str, int]]) -> None:
        ids, reasons = found
        if len(ids) != self.model.total or not len(ids):
            current = self.view.currentIndex().row()
            self.model.set_ids(self._state.catalog, ids)
            self.view.setCurrentIndex(self.model.index(max(0, current), 0))
        words = [
            Words(f"{number_text(count)} {reason_words().reason(reason)}", tone=Tone.TEXT2, gap=16)
            for reason, count in sorted(reasons.items(), key=lambda each: -each[1])
        ]
        self._reasons.set_words(words)
        title = self.tr("Not loaded")
        self.setWindowTitle(f"{title}  {number_text(len(ids))}" if ids else title)
        self.copy_button.setEnabled(bool(ids))
        if ids:
            self.pages.show_content()
        else:
            self.pages.say(self._why_empty())

    def _why_empty(self) -> str:
        if self._state.catalog is None:
            return self.tr("Nothing is loaded.")
        return self.tr("Every file that was found so far is loaded.")

    def _copy_path(self) -> None:
        file = self.model.file(self.view.currentIndex().row())
        if file is not None:
            QGuiApplication.clipboard().setText(screen_names().file(file.path))


def _found(catalog: Catalog) -> tuple[array[int], dict[str, int]]:
    return not_loaded_ids(catalog), not_loaded_reasons(catalog)
