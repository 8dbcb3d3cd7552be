"""What can be done with a verified export: opened, shown, its report and its lists saved elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from uidscope.core.errors import UidscopeError
from uidscope.core.export.figures import ExportFigures
from uidscope.core.export.request import ExportResult
from uidscope.core.export.target import Target, target_names
from uidscope.core.report.change_record import ChangeNote
from uidscope.core.report.export_report import EXPORT_REPORT_ENDINGS
from uidscope.qt.dialogs.export.export_work_page import NextStep
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.path_choice import choose_list_file, choose_report_file
from uidscope.qt.planning.export_operations import Ends, save_list_as, save_report_of
from uidscope.qt.planning.export_words import export_words
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner


class ExportNextSteps(QObject):
    """Makes the steps of one result. `told` carries what came of one, as a sentence and its verdict."""

    told = Signal(str, object)

    def __init__(
        self,
        state: WorkState,
        runner: TaskRunner,
        result: ExportResult,
        note: ChangeNote | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._state, self._runner = state, runner
        self._result, self._note = result, note
        self._window = parent

    def steps(self, numbers: ExportFigures) -> list[NextStep]:
        """The steps, in their order."""
        result = self._result
        names = target_names(result.target, zipped=result.archive is not None)
        steps = [self._whole(names, numbers), self._report()]
        if self._note is not None:
            steps.append(self._change_record(names, self._note))
        steps += self._lists(names, numbers)
        if result.rejection_notes:
            objects = plan_words().counted("instance", numbers.rejected)
            told = self.tr("they tell an archive to reject %1").replace("%1", objects)
            steps.append(
                NextStep(
                    "object",
                    self.tr("Rejection notes"),
                    told,
                    self.tr("Open folder"),
                    lambda: _open(names.rejection),
                )
            )
        return steps

    def _whole(self, names: Target, numbers: ExportFigures) -> NextStep:
        archive = self._result.archive
        size = export_words().bytes(archive.size if archive is not None else numbers.total_bytes)
        place = os.path.dirname(names.archive) if archive is not None else names.folder
        return NextStep(
            "folder",
            os.path.basename(names.published),
            f"{plan_words().files(numbers.files)}, {size}",
            self.tr("Open folder"),
            lambda: _open(place),
        )

    def _report(self) -> NextStep:
        return NextStep(
            "report",
            self.tr("Report of the export"),
            self.tr("HTML, CSV or JSON"),
            self.tr("Save report…"),
            self._save_report,
        )

    def _change_record(self, names: Target, note: ChangeNote) -> NextStep:
        said = note.ticket or note.reason or note.operator
        return NextStep(
            "report",
            self.tr("Change record"),
            self.tr("one page, %1").replace("%1", said),
            self.tr("Show"),
            lambda: _open(names.change_record),
        )

    def _lists(self, names: Target, numbers: ExportFigures) -> list[NextStep]:
        replaced = plan_words().counted("instance", numbers.new_uids.get("instance", 0))
        save = self.tr("Save list…")
        return [
            NextStep(
                "lock",
                self.tr("Old/new UID list"),
                self.tr("re-identifies patients: keep it safe"),
                save,
                self._saving(names.crosswalk),
            ),
            NextStep(
                "file",
                self.tr("List of old UIDs"),
                self.tr("for an archive that is to reject them: %1").replace("%1", replaced),
                save,
                self._saving(names.old_uids),
            ),
        ]

    def _save_report(self) -> None:
        path = choose_report_file(self._window, EXPORT_REPORT_ENDINGS)
        if path:
            save_report_of(self._state, self._runner, self._result, self._note, path, self._ends(path))

    def _saving(self, list_path: str) -> Callable[[], None]:
        def save() -> None:
            path = choose_list_file(self._window, os.path.basename(list_path))
            if path:
                save_list_as(self._state, self._runner, list_path, path, self._ends(path))

        return save

    def _ends(self, path: str) -> Ends:
        saved = self.tr("Saved: %1").replace("%1", path)
        return Ends(lambda _: self.told.emit(saved, Verdict.OK), self._tell_failure)

    def _tell_failure(self, error: UidscopeError) -> None:
        self.told.emit(str(error), Verdict.ERROR)


def _open(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
