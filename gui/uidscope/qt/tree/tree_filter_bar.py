"""The toolbar's filter: a text field and a switch of four parts with their counts."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from uidscope.core.catalog.findings import severity_counts
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.kit.badges import BadgeKind
from uidscope.qt.kit.clear_button import name_field_button
from uidscope.qt.kit.icons import square_icon
from uidscope.qt.kit.segmented_switch import Segment, SegmentedSwitch
from uidscope.qt.kit.theme import is_new_look, tokens
from uidscope.qt.kit.visible_text import plain_tool_tip
from uidscope.qt.state import WorkState

ALL, ERRORS, WARNINGS, CHANGED = "all", "error", "warning", "changed"

_WIDEST = 288
_NARROWEST = 140
_ICON = "fieldIcon"
_PAUSE = 250  # milliseconds without a key, before the text is looked for


class TreeFilterBar(QWidget):
    """`changed` carries the text and which part of the switch is on."""

    changed = Signal(str, str)

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.edit = _FilterEdit()
        self.edit.setObjectName("filterEdit")
        self.edit.setAccessibleName(self.tr("Filter the tree"))
        self.edit.setPlaceholderText(self.tr("Filter: name, ID, UID, description"))
        self.switch = SegmentedSwitch(
            (
                Segment(ALL, self.tr("All")),
                Segment(ERRORS, self.tr("Errors"), BadgeKind.ERROR),
                Segment(WARNINGS, self.tr("Warnings"), BadgeKind.WARNING),
                Segment(CHANGED, self.tr("Changed"), BadgeKind.PLANNED),
            ),
            self.tr("What the tree shows"),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 0, 0)
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self.edit, 1000)
        row.addWidget(self.switch)
        self._counting = BackgroundQuestion("numbers of findings", self)
        self._counting.answered.connect(self._show_counts)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._say)
        self.edit.textChanged.connect(lambda _text: self._pause.start())
        self.edit.returnPressed.connect(self._say)
        self.switch.switched.connect(lambda _key: self._say())
        for signal in (state.catalog_replaced, state.findings_changed, state.plan_changed):
            signal.connect(self._follow)
        self._follow()

    def clear(self) -> None:
        """Show everything again."""
        self.edit.clear()
        self.switch.set_current(ALL)
        self._say()

    def _say(self) -> None:
        self._pause.stop()
        self.changed.emit(self.edit.text().strip(), self.switch.current)

    def _follow(self) -> None:
        catalog = self._state.catalog
        self.switch.setEnabled(catalog is not None)
        if catalog is not None and self._state.checked:
            # Of a million objects with many findings the window would wait a second for it.
            self._counting.ask(lambda: severity_counts(catalog))
        else:
            self._counting.drop()
            self._show_counts({})
        uid_map = self._state.uid_map
        self.switch.set_count(CHANGED, uid_map.entry_count() if uid_map else None)

    def _show_counts(self, found: Mapping[str, int]) -> None:
        self.switch.set_count(ERRORS, found.get("error"))
        self.switch.set_count(WARNINGS, found.get("warning"))


class _FilterEdit(QLineEdit):
    """A field with a magnifying glass; Escape empties it. What is dragged over it is for the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(False)
        self.setMaximumWidth(_WIDEST)
        self.setMinimumWidth(_NARROWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        glass = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        glass.setProperty(_ICON, "search")
        name_field_button(self, glass, self.tr("Filter"))
        cross = self.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        cross.setProperty(_ICON, "close")
        name_field_button(self, cross, self.tr("Clear the filter"))
        cross.setToolTip(plain_tool_tip(self.tr("Clear the filter")))
        cross.setVisible(False)
        cross.triggered.connect(self.clear)
        self.textChanged.connect(lambda text: cross.setVisible(bool(text)))
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_new_look(event):
            self._dress()

    def _dress(self) -> None:
        # The look changes once more while the field is destroyed, when its actions have gone already.
        for action in self.actions():
            icon = action.property(_ICON)
            if icon:
                action.setIcon(square_icon(icon, tokens().text2, tokens().disabled))
