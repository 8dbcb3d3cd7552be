"""The anatomy of a UID: its parts as labelled blocks, who gave them, and how long the whole is."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from uidscope.qt.kit.anatomy_block import AnatomyBlock
from uidscope.qt.kit.anatomy_parts import Anatomy, AnatomyPart, PartKind
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import colour
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.length_meter import LengthMeter
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.theme import is_new_look, tokens
from uidscope.qt.kit.visible_text import visible_text

_DOT_GAP = 8
_HEAD_GAP = 3
_ROW_GAP = 8
_LINE_GAP = 9
_NARROWEST = 200
# The longest legal UID has 32 parts; a longer value is no UID, and its rest is told in one block.
_MOST_BLOCKS = 40


class _Section(NamedTuple):
    """Blocks that stay together in rows of their own, below a heading or none."""

    heading: RunLabel | None
    blocks: tuple[AnatomyBlock, ...]


class _Layout(NamedTuple):
    places: tuple[tuple[QWidget, QRect], ...]
    height: int


class AnatomyStrip(QWidget):
    """Shows an `Anatomy`. It wraps and never scrolls sideways; arrow keys go from part to part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[_Section, ...] = ()
        self._uuid_line = RunLabel(parent=self)
        self._uuid_line.hide()
        self._meter = LengthMeter(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def blocks(self) -> tuple[AnatomyBlock, ...]:
        """The blocks shown, in the order of the parts."""
        return tuple(block for section in self._sections for block in section.blocks)

    def set_anatomy(self, anatomy: Anatomy) -> None:
        """Take apart another UID."""
        for old in (*self.blocks, *self._headings()):
            old.hide()
            old.deleteLater()
        self._sections = self._sections_of(anatomy)
        for new in (*self.blocks, *self._headings()):
            new.show()
        if self.blocks:
            self.blocks[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        label = Words(self.tr("UUID"), FontRole.SMALL, Tone.TEXT2)
        self._uuid_line.set_words([label, Words(anatomy.uuid, FontRole.MONO, gap=4)])
        self._uuid_line.setVisible(bool(anatomy.uuid))
        self._meter.set_length(anatomy.length, anatomy.limit, anatomy.summary)
        self.setAccessibleName(visible_text(self.tr("UID %1").replace("%1", anatomy.value)))
        self._rearrange()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arranged(width).height

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(max(self.width(), _NARROWEST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, self.heightForWidth(max(self.width(), _NARROWEST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rearrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._rearrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from part to part; only the part reached last is a stop of the tab key."""
        blocks = self.blocks
        at = next((place for place, block in enumerate(blocks) if block.hasFocus()), None)
        target = None if at is None else _target_of(event.key(), at, len(blocks) - 1)
        if at is None or target is None:
            super().keyPressEvent(event)
            return
        blocks[at].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        blocks[target].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        blocks[target].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dots between the parts; all else are widgets of their own."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(tokens().text2))
        for block in self.blocks[:-1]:
            middle = block.y() + block.digits_middle() + 3.5
            painter.drawEllipse(QPointF(block.x() + block.width() + _DOT_GAP / 2, middle), 1.2, 1.2)
        painter.end()

    def _headings(self) -> list[RunLabel]:
        return [section.heading for section in self._sections if section.heading]

    def _sections_of(self, anatomy: Anatomy) -> tuple[_Section, ...]:
        parts = self._shown_parts(anatomy.parts)
        total = len(anatomy.parts)
        blocks = tuple(
            AnatomyBlock(part, self._part_name(place, total, part), self)
            for place, part in enumerate(parts, 1)
        )
        if any(part.kind is PartKind.UUID for part in parts):
            return (_Section(None, blocks),)
        below = next((at for at, part in enumerate(parts) if part.kind is not PartKind.ROOT), len(parts))
        root = (self.tr("Root"), anatomy.root_remark, blocks[:below])
        rest = (self.tr("Below the root"), anatomy.below_remark, blocks[below:])
        return tuple(
            _Section(self._heading(title, remark), members)
            for title, remark, members in (root, rest)
            if members
        )

    def _heading(self, title: str, remark: str) -> RunLabel:
        words = (Words(title, FontRole.SMALL_STRONG), Words(remark, FontRole.SMALL, Tone.TEXT2, gap=6))
        return RunLabel(words, self)

    def _shown_parts(self, parts: tuple[AnatomyPart, ...]) -> tuple[AnatomyPart, ...]:
        if len(parts) <= _MOST_BLOCKS:
            return parts
        rest = number_text(len(parts) - _MOST_BLOCKS)
        told = AnatomyPart("…", self.tr("and %1 more").replace("%1", rest), PartKind.OWNER)
        return (*parts[:_MOST_BLOCKS], told)

    def _part_name(self, place: int, total: int, part: AnatomyPart) -> str:
        where = self.tr("Part %1 of %2").replace("%1", number_text(place)).replace("%2", number_text(total))
        return f"{where}: {part.digits}, {part.fault or part.told or part.meaning}"

    def _rearrange(self) -> None:
        layout = self._arranged(self.width())
        for widget, place in layout.places:
            widget.setGeometry(place)
        if self.minimumHeight() != layout.height:
            self.setMinimumHeight(layout.height)
        self.updateGeometry()
        self.update()

    def _arranged(self, width: int) -> _Layout:
        """Where everything goes at this width: blocks in rows, a new row at the root."""
        places: list[tuple[QWidget, QRect]] = []
        top = 0
        for at, section in enumerate(self._sections):
            top += _ROW_GAP if at else 0
            if section.heading:
                height = section.heading.sizeHint().height()
                places.append((section.heading, QRect(0, top, width, height)))
                top += height + _HEAD_GAP
            is_last = at == len(self._sections) - 1
            rectangles = self._block_places(section.blocks, top, width, ends_in_dot=not is_last)
            places += zip(section.blocks, rectangles, strict=True)
            top = rectangles[-1].bottom() + 1
        for line in (self._uuid_line, self._meter):
            if not line.isHidden():
                height = line.sizeHint().height()
                places.append((line, QRect(0, top + _LINE_GAP, width, height)))
                top += _LINE_GAP + height
        return _Layout(tuple(places), top)

    def _block_places(
        self, blocks: Sequence[AnatomyBlock], top: int, width: int, *, ends_in_dot: bool
    ) -> list[QRect]:
        """The places of one section's blocks. A UID is read from left to right in every layout."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        sizes = [block.sizeHint() for block in blocks]
        height = max(size.height() for size in sizes)
        rows = _rows([min(size.width(), width - _DOT_GAP) for size in sizes], width - _DOT_GAP)
        places = []
        for at, row in enumerate(rows):
            has_dot = ends_in_dot or at < len(rows) - 1
            length = sum(row) + _DOT_GAP * (len(row) - 1 + has_dot)
            left = width - length if mirrored else 0
            for block_width in row:
                places.append(QRect(left, top, block_width, height))
                left += block_width + _DOT_GAP
            top += height + _ROW_GAP
        return places


def _target_of(key: int, at: int, last: int) -> int | None:
    targets: dict[int, int] = {
        Qt.Key.Key_Left: max(0, at - 1),
        Qt.Key.Key_Right: min(last, at + 1),
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: last,
    }
    return targets.get(key)


def _rows(widths: Sequence[int], room: int) -> list[list[int]]:
    """The widths in rows that fit into `room`, with the room of a dot between neighbours."""
    rows: list[list[int]] = []
    used = 0
    for width in widths:
        if rows and used + _DOT_GAP + width <= room:
            rows[-1].append(width)
            used += _DOT_GAP + width
        else:
            rows.append([width])
            used = width
    return rows
