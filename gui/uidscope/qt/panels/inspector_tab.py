"""What the tabs of the inspector have in common: each follows the selection and asks the catalog."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.errors import InputError
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.panels.panel_pages import PanelPages
from uidscope.qt.state import WorkState

# What was shown stays until the answer is there, but not longer than one would take it for the answer.
_PATIENCE = 200  # milliseconds


class InspectorTab(QWidget):
    """One tab. It asks only while it can be seen, and never in the window's thread."""

    def __init__(self, state: WorkState, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.setObjectName(name)
        self.pages = PanelPages()
        self._node: Node | None = None
        self._is_stale = False
        self.is_eager = False  # asks unseen too, for what its title tells
        self._question = BackgroundQuestion(name, self)
        self._question.answered.connect(self._take)
        self._question.failed.connect(self._fail)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(lambda: self.pages.say(self.tr("Reading…")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    @abstractmethod
    def finder(self, catalog: Catalog, node: Node) -> Callable[[], Any] | str:
        """What finds the tab's content, called in another thread; or a sentence where there is none."""

    @abstractmethod
    def present(self, found: Any) -> None:
        """Show what was found."""

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is about what is selected."""
        return not self._is_stale and not self._question.is_waiting

    def show_node(self, node: Node | None) -> None:
        """Follow the selection, at once or when the tab is next seen."""
        self._node = node
        self._is_stale = True
        if self.isVisible() or (self.is_eager and node is not None):
            self.ask()
        elif node is None:
            self._question.drop()

    def ask(self) -> None:
        """Ask what there is to show, seen or not."""
        self._is_stale = False
        catalog = self.state.catalog
        if self._node is None or catalog is None:
            self._say(self.tr("Select something in the tree."))
            return
        find = self.finder(catalog, self._node)
        if isinstance(find, str):
            self._say(find)
            return
        sentence = self.tr("This is not loaded any more.")
        if not self._patience.isActive():
            self._patience.start()
        self._question.ask(lambda: _found(find, sentence))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.ask()

    def _say(self, sentence: str) -> None:
        self._question.drop()
        self._patience.stop()
        self.pages.say(sentence)

    def _take(self, found: Any) -> None:
        self._patience.stop()
        self.pages.show_content()
        self.present(found)

    def _fail(self, sentence: str) -> None:
        self._patience.stop()
        self.pages.say(sentence)


def _found(find: Callable[[], Any], sentence: str) -> Any:
    try:
        return find()
    except LookupError:
        raise InputError(sentence) from None
