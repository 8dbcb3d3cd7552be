"""Says at the start that an earlier run left a report of an error, and shows or deletes it."""

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from uidscope.core.crash_report import delete_reports, left_reports, read_report
from uidscope.qt.dialogs.crash_dialog import CrashDialog
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.message_bar import Message, MessageBar


class CrashNotice(QObject):
    """`said` carries the message, `unsaid` its key once it is done with; closing it keeps the reports."""

    KEY: Final = "crash"

    said = Signal(object)
    unsaid = Signal(str)

    def __init__(self, window: QWidget, bar: MessageBar) -> None:
        super().__init__(window)
        self._window = window
        self._reports = left_reports()
        bar.triggered.connect(lambda key: self._show() if key == self.KEY else None)
        bar.second_triggered.connect(lambda key: self._delete() if key == self.KEY else None)

    def tell(self) -> None:
        """Say so, where there is something to say."""
        if self._reports:
            self.said.emit(
                Message(
                    self.KEY,
                    Verdict.WARNING,
                    self.tr("The program ran into an error earlier."),
                    self.tr("A report of it was kept; it holds no data of your files."),
                    self.tr("Show"),
                    self.tr("Delete"),
                )
            )

    def _show(self) -> None:
        dialog = CrashDialog("\n\n".join(read_report(path) for path in self._reports), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._delete)
        dialog.open()

    def _delete(self) -> None:
        delete_reports()
        self._reports = ()
        self.unsaid.emit(self.KEY)
