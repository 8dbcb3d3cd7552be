"""Says at the start that an export was interrupted, and leads on with it or clears what it left."""

import os
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from uidscope.core.flow import Destination
from uidscope.core.resume import clear_unfinished
from uidscope.core.running_exports import InterruptedExport, interrupted_exports
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.kit.buttons import PlainButton
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.message_bar import Message
from uidscope.qt.kit.plain_message_box import PlainMessageBox
from uidscope.qt.main_window import MainWindow
from uidscope.qt.planning.export_words import export_words


class ExportNotice(QObject):
    """Tells of one interrupted export after the other in the message bar of the window.

    To go on, the export's plan must be there: the one that stands is taken, else its project is opened, else
    the user is told what to do. Closing the message leaves everything as it is.
    """

    KEY: Final = "interrupted-export"

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._told: InterruptedExport | None = None
        self._waits_for = ""  # the project that is being opened
        self._done_with: set[Destination] = set()
        self._look = BackgroundQuestion("interrupted exports", self)
        self._look.answered.connect(self._say)
        self._clear = BackgroundQuestion("clear an interrupted export", self)
        self._clear.answered.connect(lambda _: self.tell())
        self._clear.failed.connect(window.operations.tell_failure)
        bar = window.message_bar
        bar.triggered.connect(lambda key: self._go_on() if key == self.KEY else None)
        bar.second_triggered.connect(lambda key: self._clear_it() if key == self.KEY else None)
        bar.closed.connect(lambda key: self._leave() if key == self.KEY else None)
        window.state.plan_changed.connect(self._open_once_planned)

    def tell(self) -> None:
        """Look, and say so where there is something to say."""
        self._look.ask(interrupted_exports)

    def _say(self, found: tuple[InterruptedExport, ...]) -> None:
        left = (each for each in found if each.destination not in self._done_with)
        self._told = next(left, None)
        if self._told is None:
            return
        destination, work = self._told.destination, self._told.left
        if work.published:
            title, rest = self.tr("An export is complete."), self.tr("Only its work folder is left.")
        else:
            title, rest = (
                self.tr("An export was interrupted."),
                export_words().left(work.files, work.total_bytes),
            )
        self._window.operations.said.emit(
            Message(
                self.KEY,
                Verdict.WARNING,
                title,
                f"{destination.target}: {rest}",
                "" if work.published else self.tr("Go on…"),
                self.tr("Clear"),
            )
        )

    def _go_on(self) -> None:
        found = self._take()
        if found is None:
            return
        window = self._window
        window.dialogs.interrupted_export = found.destination
        if window.state.uid_map is not None:
            window.dialogs.export()
        elif found.project and os.path.isfile(found.project):
            self._waits_for = found.project
            window.load((found.project,))
        else:
            self._explain(found.destination)

    def _open_once_planned(self) -> None:
        state = self._window.state
        if self._waits_for and state.uid_map is not None and state.project_path == self._waits_for:
            self._waits_for = ""
            self._window.dialogs.export()

    def _explain(self, destination: Destination) -> None:
        said = self.tr(
            "Its plan was not saved as a project. Load the same folders and plan the same; Export then "
            "offers to go on in %1, with the same UIDs, and writes nothing twice."
        )
        box = PlainMessageBox(
            QMessageBox.Icon.NoIcon,
            "UIDscope",
            self.tr("To go on, the plan is needed again."),
            said.replace("%1", destination.target),
            self._window,
        )
        box.setObjectName("interruptedExportBox")
        close = PlainButton(self.tr("Close"), parent=box)
        box.addButton(close, QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(close)
        box.finished.connect(box.deleteLater)
        box.open()

    def _clear_it(self) -> None:
        found = self._take()
        if found is not None:
            self._clear.ask(lambda: clear_unfinished(found.destination))

    def _leave(self) -> None:
        if self._take() is not None:
            self.tell()

    def _take(self) -> InterruptedExport | None:
        """What was told of, which needs not be told again; the message goes."""
        found, self._told = self._told, None
        if found is not None:
            self._done_with.add(found.destination)
            self._window.operations.unsaid.emit(self.KEY)
        return found
