"""What the window tells of work that has ended, as messages for the bar."""

from typing import Final

from PySide6.QtCore import QObject

from uidscope.core.flow import Loaded
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.message_bar import Message
from uidscope.qt.kit.number_text import number_text


class OperationMessages(QObject):
    """The messages, each with the key by which the window knows its action."""

    CANCELLED: Final = "cancelled"
    FIXES: Final = "fixes-planned"
    FAILED: Final = "failed"
    NOTHING: Final = "nothing-found"
    NOT_LOADED: Final = "not-loaded"
    SAVED: Final = "report-saved"
    UNCHANGED: Final = "unchanged"
    UNCHECKED: Final = "unchecked"
    ABOUT_WHAT_IS_LOADED: Final = (CANCELLED, FAILED, FIXES, NOTHING, NOT_LOADED, UNCHANGED, UNCHECKED)

    def loaded(self, loaded: Loaded) -> Message | None:
        """How a reading went; None where there is nothing to tell."""
        found = loaded.loaded + loaded.not_loaded
        if loaded.cancelled:
            return Message(
                self.CANCELLED,
                Verdict.WARNING,
                self.tr("Reading was cancelled."),
                self._counts(loaded.loaded, found) + " " + self.tr("What is loaded has not been checked."),
                self.tr("Check what is loaded"),
            )
        if loaded.unchanged:
            return Message(
                self.UNCHANGED, Verdict.OK, self.tr("Nothing has changed since the files were read.")
            )
        if not found:
            return Message(self.NOTHING, Verdict.WARNING, self.tr("There are no files to read."))
        if loaded.not_loaded:
            return Message(
                self.NOT_LOADED,
                Verdict.WARNING,
                self._counts(loaded.loaded, found),
                self._rest(loaded.not_loaded),
                self._show(loaded.not_loaded),
            )
        return None

    def check_cancelled(self) -> Message:
        return Message(
            self.UNCHECKED,
            Verdict.WARNING,
            self.tr("Checking was cancelled."),
            self.tr("The findings are not complete."),
            self.tr("Check again"),
        )

    def fixes_planned(self, planned: int, asking: int) -> Message:
        """How many findings the plan mends now, and how many are left to the user."""
        if not planned:
            said = self.tr("No fix can be planned without a decision.")
        elif planned == 1:
            said = self.tr("The fix of 1 finding is in the plan.")
        else:
            said = self.tr("Fixes of %Ln findings are in the plan.", "", planned)
        return Message(self.FIXES, Verdict.OK if planned else Verdict.INFO, said, self._asking(asking))

    def failed(self, sentence: str) -> Message:
        return Message(self.FAILED, Verdict.ERROR, sentence)

    def report_saved(self, path: str) -> Message:
        return Message(self.SAVED, Verdict.OK, self.tr("The report is saved."), path)

    def missing_saved(self, missing: int, path: str) -> Message:
        """How many missing objects the list names; without any there is none."""
        if not missing:
            return Message(
                self.SAVED, Verdict.OK, self.tr("Nothing that is named is missing: no list was saved.")
            )
        if missing == 1:
            return Message(self.SAVED, Verdict.OK, self.tr("The list of 1 missing object is saved."), path)
        said = self.tr("The list of %Ln missing objects is saved.", "", missing)
        return Message(self.SAVED, Verdict.OK, said, path)

    def audit_log_saved(self, path: str) -> Message:
        return Message(self.SAVED, Verdict.OK, self.tr("The audit log is saved."), path)

    def project_saved(self, path: str) -> Message:
        return Message(
            self.SAVED,
            Verdict.OK,
            self.tr("The project is saved."),
            self.tr("It holds old and new UIDs side by side: keep it safe. %1").replace("%1", path),
        )

    def _counts(self, loaded: int, found: int) -> str:
        """ "9,812 of 10,004 files loaded." """
        words = (
            self.tr("%1 of 1 file loaded.") if found == 1 else self.tr("%1 of %Ln files loaded.", "", found)
        )
        return words.replace("%1", number_text(loaded))

    def _asking(self, count: int) -> str:
        if not count:
            return ""
        if count == 1:
            return self.tr("1 needs a decision of yours: choose it in Findings.")
        return self.tr("%Ln need a decision of yours: choose them in Findings.", "", count)

    def _rest(self, count: int) -> str:
        if count == 1:
            return self.tr("1 was not; it is listed with its reason.")
        return self.tr("%Ln were not; each is listed with its reason.", "", count)

    def _show(self, count: int) -> str:
        return self.tr("Show 1 file") if count == 1 else self.tr("Show %Ln files", "", count)
