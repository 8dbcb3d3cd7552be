"""The elements of the selected file, to be read and searched; nothing can be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.catalog.lookup import occurrence, occurrences_below
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, child_ids
from uidscope.core.report.attribute_rows import MOST_ROWS, AttributeList
from uidscope.core.report.screen_names import ScreenNames, shown_attributes
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.clear_button import add_clear_button
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.models.attributes_model import AttributeColumn, AttributesModel
from uidscope.qt.panels.inspector_tab import InspectorTab
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState

_TYPING_PAUSE = 150  # milliseconds
_MOST_OPENED = 200
_NAME_WIDTH = 200


class AttributesTab(InspectorTab):
    """A tree of the elements up to the pixel data, with a field to search them."""

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(state, "attributesTab", parent)
        self.setAccessibleName(self.tr("Attributes"))
        self._found: _Read | None = None
        self.model = AttributesModel(self)
        self.view = RowTreeView()
        self.view.setAccessibleName(self.tr("The elements of the selected file"))
        self.view.setModel(self.model)
        self.search = QLineEdit()
        self.search.setAccessibleName(self.tr("Search the elements"))
        self.search.setPlaceholderText(self.tr("Search: name, tag, value"))
        add_clear_button(self.search, self.tr("Clear the search"))
        self._count = PlainLabel(tone=Tone.TEXT2, role=FontRole.SMALL)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._typing.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._search)
        content = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self._count)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.pages.set_content(content)
        self.setFocusProxy(self.view)
        header = self.view.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._size_columns()

    def finder(self, catalog: Catalog, node: Node) -> Callable[[], Any] | str:
        if node.level not in ("instance", "file"):
            return self.tr("Select an image or a file to see its elements.")
        names = screen_names()
        return lambda: _read(catalog, node, names)

    def present(self, found: _Read) -> None:
        """Show the elements of a file; what is searched for stays."""
        self._found = found
        self.model.set_attributes(found.attributes)
        self._search()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and not self.isVisible():
            # What names are masked in now is read when the tab is next seen.
            self._found = None
            self.model.set_attributes(AttributeList())

    def _search(self) -> None:
        self._typing.stop()
        text = self.search.text()
        hits = self.model.search(text)
        if text.strip():
            self._open_hits()
            self._count.setText(self._counted(hits))
        else:
            self._count.setText(self._told())
        self.view.setCurrentIndex(self.model.index(0, 0))

    def _open_hits(self) -> None:
        """Open the branches of what was found, as far as they are few."""
        waiting = [self.model.index(row, 0) for row in range(self.model.rowCount())]
        for _ in range(_MOST_OPENED):
            if not waiting:
                return
            index = waiting.pop(0)
            if self.model.hasChildren(index):
                self.view.expand(index)
                waiting += [self.model.index(row, 0, index) for row in range(self.model.rowCount(index))]

    def _counted(self, hits: int) -> str:
        return self.tr("1 found") if hits == 1 else self.tr("%Ln found", "", hits)

    def _told(self) -> str:
        """What is to be known of the list: that it is cut, or that there are other files."""
        if self._found is None:
            return ""
        if self._found.attributes.cut:
            return self.tr("the first %1 rows").replace("%1", number_text(MOST_ROWS))
        if self._found.copies > 1:
            return self.tr("file 1 of %1").replace("%1", number_text(self._found.copies))
        return ""

    def _size_columns(self) -> None:
        self.view.setColumnWidth(AttributeColumn.NAME, _NAME_WIDTH)
        tag = round(text_width("(0008,0018)", FontRole.MONO)) + 18
        self.view.setColumnWidth(AttributeColumn.TAG, tag)
        self.view.setColumnWidth(AttributeColumn.VR, round(text_width("WW", FontRole.BODY)) + 18)


class _Read(NamedTuple):
    attributes: AttributeList
    copies: int


def _read(catalog: Catalog, node: Node, names: ScreenNames) -> _Read:
    """The elements of a file, or of the first file of an instance."""
    from uidscope.core.report.attribute_list import read_attributes  # noqa: PLC0415 - slow to load

    ids = child_ids(catalog, node) if node.level == "instance" else []
    files = list(ids) or occurrences_below(catalog, node)
    if not files:
        raise LookupError(f"no {node.level} {node.id}")
    file = occurrence(catalog, files[0])
    attributes = read_attributes(file.absolute_path, file.stamp)
    return _Read(shown_attributes(attributes, names), len(files))
