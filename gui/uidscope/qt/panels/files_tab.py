"""The files of what is selected: where each lies, how it is written, and what the reader noted."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.read.record import BROKEN, HARD_LINKED, HAS_META, HAS_PREAMBLE, TRUNCATED
from uidscope.core.report.file_copies import FileCopies, FileCopy, file_copies
from uidscope.qt.kit.buttons import ButtonSize, PlainButton
from uidscope.qt.kit.cells import CELL_ROLE, Cell, Cut, TextCell, Tone, cell_speech
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole, text_width
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.panels.inspector_tab import InspectorTab
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState

Index = QModelIndex | QPersistentModelIndex


class FileColumn(enum.IntEnum):
    FILE = 0
    SIZE = 1
    TRANSFER_SYNTAX = 2
    NOTED = 3


class FilesModel(QAbstractTableModel):
    """The files as rows; few enough to be held."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[FileCopy, ...] = ()

    def set_files(self, files: Sequence[FileCopy]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._files = tuple(files)
        self.endResetModel()

    def file(self, row: int) -> FileCopy | None:
        return self._files[row] if 0 <= row < len(self._files) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(FileColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not wanted or orientation != Qt.Orientation.Horizontal or not 0 <= section < len(FileColumn):
            return None
        return (self.tr("File"), self.tr("Size"), self.tr("Transfer syntax"), self.tr("Noted"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._cell(self._files[index.row()], FileColumn(index.column()))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None

    def _cell(self, file: FileCopy, column: FileColumn) -> Cell:
        match column:
            case FileColumn.FILE:
                return TextCell(screen_names().file(file.path), cut=Cut.FILE_PATH)
            case FileColumn.SIZE:
                counted = QLocale.DataSizeFormat.DataSizeSIFormat
                return TextCell(QLocale().formattedDataSize(file.size, 1, counted), tone=Tone.TEXT2)
            case FileColumn.TRANSFER_SYNTAX:
                return TextCell(file.transfer_syntax or self._encoding(file.encoding))
            case FileColumn.NOTED:
                noted = self._noted(file.flags)
                faulty = bool(file.flags & (TRUNCATED | BROKEN))
                return TextCell(noted, Tone.TEXT2, Verdict.ERROR if faulty else None)

    def _encoding(self, encoding: str) -> str:
        """How a file without a transfer syntax was found to be written."""
        return {
            "explicit-le": self.tr("none; read as explicit, little endian"),
            "implicit-le": self.tr("none; read as implicit, little endian"),
            "explicit-be": self.tr("none; read as explicit, big endian"),
            "deflated": self.tr("none; read as deflated"),
        }.get(encoding, encoding)

    def _noted(self, flags: int) -> str:
        noted = []
        if flags & TRUNCATED:
            noted.append(self.tr("truncated: not exported"))
        if flags & BROKEN:
            noted.append(self.tr("broken: not exported"))
        if not flags & HAS_META:
            noted.append(self.tr("no file meta"))
        elif not flags & HAS_PREAMBLE:
            noted.append(self.tr("no preamble"))
        if flags & HARD_LINKED:
            noted.append(self.tr("has another name"))
        return ", ".join(noted)


class FilesTab(InspectorTab):
    """A list of the files, and a button that copies the whole path of one."""

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(state, "filesTab", parent)
        self.setAccessibleName(self.tr("Files"))
        self.model = FilesModel(self)
        self.view = RowTreeView(flat=True)
        self.view.setAccessibleName(self.tr("The files of what is selected"))
        self.view.setModel(self.model)
        self._count = PlainLabel(tone=Tone.TEXT2, role=FontRole.SMALL)
        self.copy_button = PlainButton(self.tr("Copy path"), size=ButtonSize.DENSE, icon="copy")
        self.copy_button.clicked.connect(self._copy_path)
        content = QWidget()
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 6)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.copy_button)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.pages.set_content(content)
        self.setFocusProxy(self.view)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(FileColumn.FILE, QHeaderView.ResizeMode.Stretch)
        self._size_columns()

    def finder(self, catalog: Catalog, node: Node) -> Callable[[], Any] | str:
        return lambda: file_copies(catalog, node)

    def present(self, found: FileCopies) -> None:
        """Show these files."""
        self.model.set_files(found.files)
        self.view.setCurrentIndex(self.model.index(0, 0))
        self.copy_button.setEnabled(bool(found.files))
        self._count.setText(self._counted(found))
        self._size_columns()

    def _counted(self, found: FileCopies) -> str:
        shown = len(found.files)
        if shown < found.total:
            words = self.tr("The first %1 of %2 files")
            return words.replace("%1", number_text(shown)).replace("%2", number_text(found.total))
        return self.tr("1 file") if shown == 1 else self.tr("%Ln files", "", shown)

    def _size_columns(self) -> None:
        rows = range(self.model.rowCount())
        for column, least, most in (
            (FileColumn.SIZE, 64, 96),
            (FileColumn.TRANSFER_SYNTAX, 96, 190),
            (FileColumn.NOTED, 64, 150),
        ):
            texts = (str(self.model.data(self.model.index(row, column))) for row in rows[:50])
            title = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            wanted = max(map(_room, (title, *texts)))
            self.view.setColumnWidth(column, min(max(wanted, least), most))

    def _copy_path(self) -> None:
        file = self.model.file(self.view.currentIndex().row())
        if file is not None:
            QGuiApplication.clipboard().setText(screen_names().file(file.absolute_path))


def _room(text: str) -> int:
    return round(text_width(text, FontRole.BODY)) + 18
