"""The tree and list of the whole window: full-width selection, accent bar, chevrons, group rows."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QHoverEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem, QTreeView, QWidget

from uidscope.qt.kit.cell_delegate import CellDelegate
from uidscope.qt.kit.cells import CELL_ROLE, NameCell
from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.font_roles import FontRole, font
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.theme import is_new_look, tokens

_INDENTATION = 16
_CHEVRON = 12
_ACCENT_BAR = 3

Index = QModelIndex | QPersistentModelIndex


class RowTreeView(QTreeView):
    """A tree whose cells are drawn by `CellDelegate`, for trees and, with `flat`, for lists."""

    def __init__(self, parent: QWidget | None = None, *, flat: bool = False) -> None:
        super().__init__(parent)
        self._hovered = QPersistentModelIndex()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(CellDelegate(self))
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENTATION)
        self.setRootIsDecorated(not flat)
        self.setAllColumnsShowFocus(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.header().setHighlightSections(False)
        self.header().setMinimumSectionSize(32)
        self._follow_look()

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """Fill the whole row first, for the base class leaves parts of it to the style."""
        row = QRect(0, options.rect.top(), self.viewport().width(), options.rect.height())
        colours = tokens()
        first = index.sibling(index.row(), 0)
        is_selected = self.selectionModel().isSelected(index)
        is_group = _is_group(first)
        if is_selected:
            painter.fillRect(row, colour(colours.select))
        elif self._hovered.isValid() and first == self._hovered:
            painter.fillRect(row, colour(colours.hover))
        elif is_group:
            painter.fillRect(row, colour(colours.alt))
        super().drawRow(painter, options, index)
        if is_group:
            painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), colour(colours.line))
        has_outline = self.hasFocus() and first == self.currentIndex().siblingAtColumn(0)
        has_outline = has_outline or (is_selected and not colours.has_fills)
        if has_outline:
            painter.setPen(QPen(colour(colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.adjusted(0, 0, -1, -1))
        if is_selected:
            bar = QRect(row.left(), row.top(), _ACCENT_BAR, row.height())
            painter.fillRect(QStyle.visualRect(self.layoutDirection(), row, bar), colour(colours.accent))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the chevron alone: a style sheet on the branches would lose it."""
        # A list has none, and a table model does not let itself be asked.
        if not self.rootIsDecorated() or not self.model().hasChildren(index):
            return
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        step = self.indentation()
        left = rect.left() if mirrored else rect.right() + 1 - step
        square = QRectF(
            left + (step - _CHEVRON) // 2 - (0 if mirrored else 1),
            rect.top() + (rect.height() - _CHEVRON) // 2,
            _CHEVRON,
            _CHEVRON,
        )
        closed = "chevron-left" if mirrored else "chevron-right"
        name = "chevron-down" if self.isExpanded(index) else closed
        draw_icon(painter, square, name, tokens().text2, tokens().base)

    def viewportEvent(self, event: QEvent) -> bool:
        """Remember the row under the pointer, so that all of it lights up."""
        if isinstance(event, QHoverEvent):
            left_it = event.type() == QEvent.Type.HoverLeave
            self._hover(QPoint(-1, -1) if left_it else event.position().toPoint())
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._follow_look()

    def _hover(self, position: QPoint) -> None:
        under = QPersistentModelIndex(self.indexAt(position).siblingAtColumn(0))
        if under != self._hovered:
            self._hovered = under
            self.viewport().update()

    def _follow_look(self) -> None:
        # The style fills what the delegate does not, and must not take another colour for it.
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Highlight, colour(tokens().select))
        self.setPalette(palette)
        self.header().setFont(font(FontRole.SMALL))
        self.scheduleDelayedItemsLayout()


def _is_group(first: Index) -> bool:
    cell = first.data(CELL_ROLE)
    return isinstance(cell, NameCell) and cell.group
