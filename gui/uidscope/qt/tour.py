"""A tour of the window: six places, one after the other, with what each is for. It does nothing itself."""

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from uidscope.qt.docks import FINDINGS, INSPECTOR, PLAN, Docks
from uidscope.qt.kit.callout import Callout, TargetFrame
from uidscope.qt.panels.findings_panel import FindingsPanel

_MOVED: Final = (QEvent.Type.Resize, QEvent.Type.LayoutRequest)


class TourPlaces(NamedTuple):
    """What the tour speaks of; `button` finds that of an action on the toolbar."""

    tree: QWidget
    docks: Docks
    button: Callable[[str], QWidget | None]
    show_identity: Callable[[], object]


class _Stop(NamedTuple):
    title: str
    text: str
    target: Callable[[], QWidget | None]
    prepare: Callable[[], object] = lambda: None


class Tour(QObject):
    """Shows a callout beside each place in turn, and takes it away at the end."""

    def __init__(self, window: QWidget, places: TourPlaces) -> None:
        super().__init__(window)
        self._window = window
        self._places = places
        self._number = -1
        self._focus_before: QWidget | None = None
        self._frame = TargetFrame(window)
        self.callout = Callout(window)
        self.callout.next_asked.connect(self.next)
        self.callout.back_asked.connect(self.back)
        self.callout.close_asked.connect(self.close)
        # Docks take their places only after the window has said so.
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._stand)
        window.installEventFilter(self)

    @property
    def is_shown(self) -> bool:
        """Whether the tour is under way."""
        return self._number >= 0

    def start(self) -> None:
        """Begin at the first place."""
        self._focus_before = QApplication.focusWidget()
        self._go_to(0)

    def next(self) -> None:
        """Go to the next place; behind the last the tour ends."""
        if self._number + 1 < len(self._stops()):
            self._go_to(self._number + 1)
        else:
            self.close()

    def back(self) -> None:
        """Go to the place before."""
        self._go_to(max(0, self._number - 1))

    def close(self) -> None:
        """End the tour and give the focus back."""
        self._number = -1
        self.callout.hide()
        self._frame.hide()
        if self._focus_before is not None and self._focus_before.isVisible():
            self._focus_before.setFocus()
        self._focus_before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.is_shown and event.type() in _MOVED:
            self._settling.start()
        return super().eventFilter(watched, event)

    def _go_to(self, number: int) -> None:
        self._number = number
        stops = self._stops()
        stop = stops[number]
        stop.prepare()
        self.callout.say(stop.title, stop.text, number + 1, len(stops))
        self._stand()
        self.callout.show()
        self.callout.next_button.setFocus()
        self._settling.start()

    def _stand(self) -> None:
        if not self.is_shown:
            return
        target = self._stops()[self._number].target()
        place = QRect()
        if target is not None and target.isVisible():
            place = QRect(target.mapTo(self._window, target.rect().topLeft()), target.size())
        self._frame.surround(place)
        self.callout.stand_beside(place)

    def _show_a_finding(self) -> None:
        docks = self._places.docks
        docks.show(FINDINGS)
        panel = docks.panel(FindingsPanel)
        if panel.current_finding is None:
            panel.next()
        panel.go_to_current()

    def _stops(self) -> tuple[_Stop, ...]:
        places = self._places
        docks = places.docks
        return (
            _Stop(
                self.tr("What was read"),
                self.tr(
                    "Every file is a row below its patient, study and series. A badge tells by shape, word "
                    "and colour what is wrong there, and counts what is wrong below."
                ),
                lambda: places.tree,
            ),
            _Stop(
                self.tr("What is wrong"),
                self.tr(
                    "All findings, by rule, the gravest first. F8 goes to the next one, Enter shows it in "
                    "the tree. Each says what follows from it and what to do."
                ),
                lambda: docks.by_name[FINDINGS],
                self._show_a_finding,
            ),
            _Stop(
                self.tr("A UID taken apart"),
                self.tr(
                    "The identity of what is selected: who the number belongs to, how it was made, and which "
                    "part of it breaks a rule. The other tabs show references, attributes and files."
                ),
                lambda: docks.by_name[INSPECTOR],
                places.show_identity,
            ),
            _Stop(
                self.tr("New identifiers"),
                self.tr(
                    "Regenerate gives what is selected new UIDs. You say what you mean, such as a derived "
                    "series or a copy, and see what would change."
                ),
                lambda: places.button("actionRegenerate"),
            ),
            _Stop(
                self.tr("The plan"),
                self.tr(
                    "Old and new UIDs, with every reference that follows. Nothing has happened yet: undo and "
                    "redo as you like."
                ),
                lambda: docks.by_name[PLAN],
                lambda: docks.show(PLAN),
            ),
            _Stop(
                self.tr("A verified copy"),
                self.tr(
                    "Export writes the result into a new folder, reads it back and compares it with the "
                    "plan. The originals are never changed."
                ),
                lambda: places.button("actionExport"),
            ),
        )
