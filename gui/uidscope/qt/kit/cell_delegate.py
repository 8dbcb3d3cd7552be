"""The one delegate of all lists: it draws the cell that the model hands out, and no HTML ever."""

from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
)

from uidscope.qt.kit.badge_painting import Mark, badge_mark, draw_marks, marks_that_fit, marks_width
from uidscope.qt.kit.badges import gravest_first
from uidscope.qt.kit.cells import (
    CELL_ROLE,
    BadgesCell,
    Cell,
    Cut,
    DiffCell,
    DiffSide,
    NameCell,
    NumberCell,
    StateCell,
    TextCell,
    Tone,
    UidCell,
    cell_speech,
)
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.elide import (
    ELLIPSIS,
    MiddleCut,
    Span,
    elide_middle,
    elide_path,
    elide_right,
    fitting_cut,
)
from uidscope.qt.kit.font_roles import FontRole, font, measure, row_height, text_width
from uidscope.qt.kit.icons import draw_icon
from uidscope.qt.kit.run_painting import Run, draw_runs, draw_text, runs_width
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.visible_text import plain_tool_tip, visible_text

Index = QModelIndex | QPersistentModelIndex

_PADDING = 8
_NAME_PADDING = 4
_ICON = 16
_VERDICT_ICON = 14
_ICON_GAP = 6
_SECONDARY_GAP = 8
_CHECK_BOX = 16
_LEAST_SHARED = 12  # characters of what is shared by two values


class _Canvas(NamedTuple):
    """Where and on what a cell is drawn."""

    painter: QPainter
    rect: QRect
    background: str
    direction: Qt.LayoutDirection
    enabled: bool

    @property
    def mirrored(self) -> bool:
        return self.direction == Qt.LayoutDirection.RightToLeft

    def inner(self, padding: int) -> QRectF:
        return QRectF(self.rect.adjusted(padding, 0, -padding, 0))

    def placed(self, logical: QRectF) -> QRectF:
        """The rectangle where it belongs in this layout: mirrored from right to left."""
        return QRectF(QStyle.visualRect(self.direction, self.rect, logical.toAlignedRect()))

    @property
    def side(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight if self.mirrored else Qt.AlignmentFlag.AlignLeft


class CellDelegate(QStyledItemDelegate):
    """Draws the cells of `uidscope.qt.kit.cells` in the colours in use, from either side."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL_ROLE)
        if cell is None:
            return
        painter.save()
        painter.setClipRect(option.rect)
        state = option.state
        canvas = _Canvas(
            painter,
            option.rect,
            _background(option, cell),
            option.direction,
            bool(state & QStyle.StateFlag.State_Enabled),
        )
        match cell:
            case NameCell():
                _paint_name(canvas, cell, _check_state(index), _name_padding(option))
            case BadgesCell():
                marks = marks_that_fit(cell.badges, canvas.inner(_NAME_PADDING).width())
                # A pill's edge stands out, so that shapes in and out of pills stand below the head alike.
                place = canvas.inner(_NAME_PADDING if marks and marks[0].pill else _PADDING)
                draw_marks(painter, place, marks, canvas.background, right_to_left=canvas.mirrored)
            case UidCell():
                _paint_uid(canvas, cell)
            case DiffCell():
                _paint_diff(canvas, cell)
            case StateCell():
                mark = Mark(cell.icon, cell.text, cell.verdict, medium=True)
                draw_marks(
                    painter, canvas.inner(_PADDING), (mark,), canvas.background, right_to_left=canvas.mirrored
                )
            case NumberCell():
                _paint_text(canvas, TextCell(cell_speech(cell), tone=cell.tone))
            case TextCell():
                _paint_text(canvas, cell)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = index.data(CELL_ROLE)
        width = 0.0 if cell is None else _full_width(cell, has_check_box=_check_state(index) is not None)
        return QSize(int(width) + 1, row_height())

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show what a cut cell or a badge stands for; a tool tip of the model's own goes first."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        cell = index.data(CELL_ROLE)
        own = index.data(Qt.ItemDataRole.ToolTipRole)
        words = str(own) if own else ""
        if not words and cell is not None:
            needed = _full_width(cell, has_check_box=_check_state(index) is not None)
            is_cut = needed > option.rect.width()
            words = cell_speech(cell) if is_cut or isinstance(cell, BadgesCell) else ""
        QToolTip.showText(event.globalPos(), plain_tool_tip(words), view)
        return True

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Turn the check box over, by a click into it or the space bar."""
        state = _check_state(index)
        flags = index.flags()
        if (
            state is None
            or not flags & Qt.ItemFlag.ItemIsUserCheckable
            or not flags & Qt.ItemFlag.ItemIsEnabled
        ):
            return False
        if isinstance(event, QMouseEvent):
            if not check_box_rect(option).contains(event.position().toPoint()):
                return False
            if event.type() != QEvent.Type.MouseButtonRelease:
                return event.type() == QEvent.Type.MouseButtonDblClick
        elif not (isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)):
            return False
        turned = Qt.CheckState.Unchecked if state == Qt.CheckState.Checked else Qt.CheckState.Checked
        return model.setData(index, turned, Qt.ItemDataRole.CheckStateRole)


def check_box_rect(option: QStyleOptionViewItem) -> QRect:
    """Where the check box of a cell stands."""
    cell = option.rect
    top = cell.center().y() - _CHECK_BOX // 2 + 1
    box = QRect(cell.left() + _NAME_PADDING, top, _CHECK_BOX, _CHECK_BOX)
    return QStyle.visualRect(option.direction, cell, box)


def _check_state(index: Index) -> Qt.CheckState | None:
    state = index.data(Qt.ItemDataRole.CheckStateRole)
    return None if state is None else Qt.CheckState(state)


def _background(option: QStyleOptionViewItem, cell: Cell) -> str:
    colours = tokens()
    if option.state & QStyle.StateFlag.State_Selected:
        return colours.select
    if option.state & QStyle.StateFlag.State_MouseOver:
        return colours.hover
    return colours.alt if isinstance(cell, NameCell) and cell.group else colours.base


def _ink(canvas: _Canvas, tone: Tone, verdict: Verdict | None = None) -> str:
    colours = tokens()
    if not canvas.enabled or tone is Tone.DISABLED:
        return colours.disabled
    if verdict is not None:
        return colours.verdict(verdict).ink
    return colours.text if tone is Tone.TEXT else colours.text2


def _name_padding(option: QStyleOptionViewItem) -> int:
    """Names follow a chevron's room; in a list without any they stand below the head as all else does."""
    view = option.widget
    return _PADDING if isinstance(view, QTreeView) and not view.rootIsDecorated() else _NAME_PADDING


def _paint_name(canvas: _Canvas, cell: NameCell, check: Qt.CheckState | None, padding: int) -> None:
    inner = canvas.inner(padding)
    left = inner.left()
    middle = inner.top() + inner.height() / 2
    if check is not None:
        box = canvas.placed(QRectF(left, round(middle - _CHECK_BOX / 2), _CHECK_BOX, _CHECK_BOX))
        _draw_check_box(canvas, box, check)
        left += _CHECK_BOX + _ICON_GAP
    if cell.icon:
        size = _VERDICT_ICON if cell.icon_verdict else _ICON
        ink = _ink(canvas, Tone.TEXT2, cell.icon_verdict)
        square = QRectF(left + (_ICON - size) / 2, round(middle - size / 2), size, size)
        draw_icon(
            canvas.painter, canvas.placed(square), cell.icon, ink, canvas.background, mirrored=canvas.mirrored
        )
        left += _ICON + _ICON_GAP
    role = FontRole.STRONG if cell.strong else FontRole.BODY
    room = inner.right() - left
    text = _cut_text(visible_text(cell.text), room, role, cell.cut)
    width = text_width(text, role)
    _draw_line(canvas, QRectF(left, inner.top(), min(room, width + 1), inner.height()), text, role, cell.tone)
    left += width + _SECONDARY_GAP
    secondary = visible_text(cell.secondary)
    needed = text_width(secondary, FontRole.SMALL)
    if secondary and left + needed <= inner.right():
        place = QRectF(left, inner.top(), needed + 1, inner.height())
        _draw_line(canvas, place, secondary, FontRole.SMALL, Tone.TEXT2)


def _paint_text(canvas: _Canvas, cell: TextCell) -> None:
    role = FontRole.MONO if cell.mono else FontRole.BODY
    inner = canvas.inner(_PADDING)
    text = _cut_text(visible_text(cell.text), inner.width(), role, cell.cut)
    _draw_line(canvas, inner, text, role, cell.tone, cell.verdict)


def _paint_uid(canvas: _Canvas, cell: UidCell) -> None:
    inner = canvas.inner(_PADDING)
    value, ink = visible_text(cell.value), _ink(canvas, cell.tone, cell.verdict)
    # Where a character had to be spelled out the spans no longer count the same characters.
    faulty = cell.faulty if value == cell.value else ()
    fault_ink = tokens().error.ink if canvas.enabled else tokens().disabled
    cut = fitting_cut(value, inner.width(), measure(FontRole.MONO), faulty)
    runs = tuple(
        Run(text, FontRole.MONO_FAULT, fault_ink, zigzag=fault_ink)
        if at_fault
        else Run(text, FontRole.MONO, ink)
        for text, at_fault in _shown_pieces(value, faulty, cut)
    )
    _draw_run_line(canvas, inner, runs)


def _shown_pieces(value: str, faulty: tuple[Span, ...], cut: MiddleCut) -> list[tuple[str, bool]]:
    """What shows of a cut value, in pieces that are at fault or not."""
    shown = [(0, cut.head), (cut.tail, len(value))] if cut.cut else [(0, len(value))]
    pieces: list[tuple[str, bool]] = []
    for place, (first, past_last) in enumerate(shown):
        if place:
            pieces.append((ELLIPSIS, False))
        at = first
        for span in faulty:
            start, end = max(span[0], at), min(span[1], past_last)
            if start < end:
                pieces += [(value[at:start], False), (value[start:end], True)]
                at = end
        pieces.append((value[at:past_last], False))
    return [(text, at_fault) for text, at_fault in pieces if text]


def _paint_diff(canvas: _Canvas, cell: DiffCell) -> None:
    inner = canvas.inner(_PADDING)
    runs = _diff_runs(canvas, cell)
    excess = runs_width(runs) - inner.width()
    if excess > 0:
        runs = _cut_runs(runs, inner.width())
    _draw_run_line(canvas, inner, runs)


def _diff_runs(canvas: _Canvas, cell: DiffCell) -> tuple[Run, ...]:
    colours = tokens()
    off = not cell.active or not canvas.enabled
    fill, underline = {
        DiffSide.OLD: (colours.old, colours.error.ink),
        DiffSide.NEW: (colours.new, colours.ok.ink),
        DiffSide.EITHER: (colours.mark, colours.accent),
    }[cell.side]
    whole_same = not any(part.changed for part in cell.parts)
    quiet = _ink(canvas, Tone.TEXT if whole_same and not off else Tone.TEXT2)
    return tuple(
        Run(visible_text(part.text), FontRole.MONO, colours.text, fill, underline)
        if part.changed and not off
        else Run(visible_text(part.text), FontRole.MONO, quiet)
        for part in cell.parts
        if part.text
    )


def _cut_runs(runs: tuple[Run, ...], width: float) -> tuple[Run, ...]:
    """Make runs fit: what is shared gives way first, cut in its middle, then what changes.

    Where what changes must be cut anyway, a little of what is shared stays, and says of what it is a part.
    """
    measured = measure(FontRole.MONO)
    fitted = list(runs)
    smallest = 3 * measured(ELLIPSIS)
    is_all_cut = sum(run.width() for run in runs if run.fill) + smallest > width
    least_shared = max(smallest, min(measured("0" * _LEAST_SHARED), width / 3)) if is_all_cut else smallest
    for with_fill in (False, True):
        for place, run in enumerate(fitted):
            excess = runs_width(fitted) - width
            if excess > 0 and bool(run.fill) == with_fill:
                least = smallest if with_fill else least_shared
                room = min(run.width(), max(run.width() - excess, least))
                fitted[place] = run._replace(text=elide_middle(run.text, room, measured))
    return tuple(fitted)


def _draw_run_line(canvas: _Canvas, inner: QRectF, runs: tuple[Run, ...]) -> None:
    left = inner.right() - runs_width(runs) if canvas.mirrored else inner.left()
    draw_runs(canvas.painter, left, inner, runs)


def _draw_line(
    canvas: _Canvas, logical: QRectF, text: str, role: FontRole, tone: Tone, verdict: Verdict | None = None
) -> None:
    draw_text(
        canvas.painter, canvas.placed(logical), text, font(role), _ink(canvas, tone, verdict), canvas.side
    )


def _draw_check_box(canvas: _Canvas, box: QRectF, state: Qt.CheckState) -> None:
    colours, painter = tokens(), canvas.painter
    edge = colours.edge if canvas.enabled else colours.line
    fill = colours.accent if canvas.enabled else colours.line
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = state != Qt.CheckState.Unchecked
    painter.setPen(QPen(colour(fill if on else edge), 1))
    painter.setBrush(colour(fill if on else colours.base))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if state == Qt.CheckState.Checked:
        draw_icon(painter, box.adjusted(2, 2, -2, -2), "check", colours.on_accent, fill)
    elif on:
        painter.setPen(QPen(colour(colours.on_accent), 1.5))
        middle = box.center()
        painter.drawLine(middle - QPointF(4, 0), middle + QPointF(4, 0))
    painter.restore()


def _full_width(cell: Cell, *, has_check_box: bool) -> float:
    """The width at which nothing of the cell need be cut."""
    match cell:
        case NameCell():
            before = (_ICON + _ICON_GAP) * (bool(cell.icon) + has_check_box)
            name = text_width(visible_text(cell.text), FontRole.STRONG if cell.strong else FontRole.BODY)
            secondary = visible_text(cell.secondary)
            after = _SECONDARY_GAP + text_width(secondary, FontRole.SMALL) if secondary else 0
            return 2 * _NAME_PADDING + before + name + after
        case BadgesCell():
            marks = tuple(badge_mark(badge) for badge in gravest_first(cell.badges)[:2])
            return 2 * _NAME_PADDING + marks_width(marks)
        case UidCell() | DiffCell():
            return 2 * _PADDING + text_width(visible_text(cell.value), FontRole.MONO)
        case StateCell():
            return 2 * _PADDING + Mark(cell.icon, cell.text, cell.verdict, medium=True).width()
        case TextCell():
            role = FontRole.MONO if cell.mono else FontRole.BODY
            return 2 * _PADDING + text_width(visible_text(cell.text), role)
        case NumberCell():
            return 2 * _PADDING + text_width(cell_speech(cell), FontRole.BODY)


def _cut_text(text: str, width: float, role: FontRole, cut: Cut) -> str:
    measured = measure(role)
    match cut:
        case Cut.RIGHT:
            return elide_right(text, width, measured)
        case Cut.MIDDLE:
            return elide_middle(text, width, measured)
        case Cut.ELEMENT_PATH:
            return elide_path(text, width, measured, ".")
        case Cut.FILE_PATH:
            return elide_path(text, width, measured, "/")
