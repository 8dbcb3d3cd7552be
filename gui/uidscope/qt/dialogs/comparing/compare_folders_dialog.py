"""Is one folder a complete copy of another? Two folders, one verdict, and every instance that differs."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import Cancelled, UidscopeError, UsageError
from uidscope.core.flow import load
from uidscope.core.judge.folder_comparison import FolderComparison, Status, compare_folders
from uidscope.core.progress import CancelToken, Progress, ProgressCallback
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.report.comparing.comparison import ComparedFolders, with_masked_names
from uidscope.core.report.comparing.comparison_file import COMPARISON_ENDINGS, save_comparison
from uidscope.core.report.comparing.comparison_words import comparison_words, conclusion
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.banner import Banner, BannerSize
from uidscope.qt.kit.button_box import ButtonBox
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.fact_rows import Fact, FactRows
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.models.comparison_model import (
    STATUS_VERDICTS,
    ComparisonModel,
    DifferenceColumn,
    DifferenceRow,
    difference_rows,
)
from uidscope.qt.path_choice import choose_folder, choose_report_file
from uidscope.qt.screen_names import screen_names
from uidscope.qt.tasks import Task, TaskRunner, own_fault
from uidscope.qt.work_pace import WorkPace

COMPARISON: Final = "comparison"
REPORT: Final = "comparison report"
"""The names of the two tasks."""

_SIZE = (980, 720)
_STATUS_WIDTH, _STUDY_WIDTH, _INSTANCE_WIDTH, _WHAT_WIDTH = 165, 230, 200, 185


class Comparison(NamedTuple):
    """What a comparison has found, and the rows to show of it."""

    compared: ComparedFolders
    rows: tuple[DifferenceRow, ...]

    def close(self) -> None:
        """Close both catalogs, which clears them."""
        self.compared.first.close()
        self.compared.second.close()


class CompareFoldersDialog(QDialog):
    """Compares a second folder, as a copy, with a first one; neither is ever changed.

    Work is done by `runner`. Closing the dialog while something runs stops that first.
    """

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._task = ""  # the one under way
        self._found: Comparison | None = None
        self._pace = WorkPace(parent=self)
        self.setObjectName("compareFoldersDialog")
        self.setWindowTitle(self.tr("Compare folders"))
        self.setAccessibleName(self.tr("Comparison of two folders"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(*_SIZE)
        self.first_edit, self.second_edit = QLineEdit(), QLineEdit()
        self.model = ComparisonModel(self)
        self.view = self._make_view()
        self.more = Remark()
        self.remark = Remark()
        self.save_button = PlainButton(self.tr("Save report…"))
        self.cancel_button = PlainButton(self.tr("Close"))
        self.compare_button = PlainButton(self.tr("Compare"), ButtonKind.PRIMARY)
        self.compare_button.setDefault(True)
        self._result = QVBoxLayout()
        self._result.setSpacing(12)
        self._progress = self._make_progress()
        self._lay_out()
        self._connect()
        self._show_state()

    def compare(self) -> None:
        """Compare the two folders named."""
        if not self.compare_button.isEnabled():
            return
        folders = _folder(self.first_edit), _folder(self.second_edit)
        self._forget()
        masked = screen_names().is_masked
        self._start(
            COMPARISON,
            lambda progress, cancel: _compare(*folders, progress, cancel, masked=masked),
            self._show,
        )

    def save_report(self) -> None:
        """Ask where to, and write what was found."""
        found = self._found
        path = choose_report_file(self, COMPARISON_ENDINGS) if found is not None else ""
        if found is None or not path:
            return
        said = self.tr("The report is saved: %1").replace("%1", path)
        self._start(
            REPORT,
            lambda _progress, cancel: save_comparison(found.compared, path, cancel),
            lambda _result: self.remark.say(said, Verdict.OK),
        )

    def reject(self) -> None:
        """Close; while something runs, stop that instead."""
        if self._task:
            self._runner.cancel()
            self.cancel_button.setEnabled(False)
            self.cancel_button.set_text(self.tr("Stopping…"))
        else:
            self._forget()
            super().reject()

    # Parts

    def _make_view(self) -> RowTreeView:
        view = RowTreeView(flat=True)
        view.setObjectName("differencesView")
        view.setProperty("framed", True)
        view.setAccessibleName(self.tr("Instances that differ"))
        view.setModel(self.model)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(DifferenceColumn.FILE, QHeaderView.ResizeMode.Stretch)
        widths = (_STATUS_WIDTH, _STUDY_WIDTH, _INSTANCE_WIDTH, _WHAT_WIDTH)
        for column, width in enumerate(widths):
            view.setColumnWidth(column, width)
        return view

    def _make_progress(self) -> QWidget:
        holder = QWidget()
        self._words = RunLabel()
        self._bar = QProgressBar()
        self._bar.setObjectName("comparisonProgress")
        self._bar.setAccessibleName(self.tr("Progress of the comparison"))
        self._bar.setTextVisible(False)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        return holder

    def _make_folders(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        lines = (
            (self.tr("Folder A, the original"), self.tr("Choose folder A…"), self.first_edit),
            (self.tr("Folder B, its copy"), self.tr("Choose folder B…"), self.second_edit),
        )
        for row, (name, action, edit) in enumerate(lines):
            label = PlainLabel(name)
            label.setBuddy(edit)
            edit.setAccessibleName(name)
            button = PlainButton(action)
            button.clicked.connect(lambda _checked=False, edit=edit: self._choose(edit))
            for column, widget in enumerate((label, edit, button)):
                grid.addWidget(widget, row, column)
        return grid

    def _lay_out(self) -> None:
        buttons = ButtonBox()
        buttons.addButton(self.compare_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addWidget(buttons, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("Compare two folders"), role=FontRole.TITLE))
        said = self.tr("Instances are paired by SOP Instance UID. The files are only read.")
        column.addWidget(PlainLabel(said, tone=Tone.TEXT2, wraps=True))
        column.addLayout(self._make_folders())
        column.addWidget(self._progress)
        column.addLayout(self._result)
        column.addWidget(self.view, 1)
        column.addWidget(self.more)
        column.addWidget(self.remark)
        column.addStretch(0)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.compare_button.clicked.connect(self.compare)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save_report)
        for edit in (self.first_edit, self.second_edit):
            edit.textChanged.connect(self._forget)
        self._runner.progressed.connect(self._follow)

    def _choose(self, edit: QLineEdit) -> None:
        folder = choose_folder(self)
        if folder:
            edit.setText(folder)

    # Work

    def _start(
        self, name: str, work: Callable[[ProgressCallback, CancelToken], Any], show: Callable[[Any], None]
    ) -> None:
        def done(result: Any) -> None:
            self._task = ""
            show(result)
            self._show_state()

        def failed(error: BaseException) -> None:
            self._task = ""
            said = str(error) if isinstance(error, UidscopeError) else own_fault(error)
            self.remark.say(said, Verdict.ERROR)
            self._show_state()

        def cancelled() -> None:
            self._task = ""
            self.remark.say(self.tr("Cancelled; the files are as they were."), Verdict.WARNING)
            self._show_state()

        self._task = name
        self._pace = WorkPace(parent=self)
        self._words.set_words([Words(self.tr("Working"))])
        self._bar.setValue(0)
        self.remark.say("")
        self._runner.run(Task(name, work, done=done, failed=failed, cancelled=cancelled, tells_failures=True))
        self._show_state()
        self.cancel_button.setFocus()

    def _follow(self, progress: Progress) -> None:
        if not self._task:
            return
        state = self._pace.state(progress)
        facts = (state.text, state.speed, state.time_left)
        self._words.set_words(
            [Words(fact, tone=Tone.TEXT2 if place else Tone.TEXT, gap=16) for place, fact in enumerate(facts)]
        )
        self._bar.setValue(min(100, round(100 * state.done / state.total)) if state.total else 0)

    # What came of it

    def _show(self, found: Comparison) -> None:
        self._found = found
        result = found.compared.result
        verdict, sentence = self._verdict(result)
        self._result.addWidget(Banner(verdict, sentence, size=BannerSize.VERDICT))
        self._result.addWidget(FactRows(self._facts(result)))
        self.model.set_rows(found.rows)
        more = len(result.differences) - len(found.rows)
        said = self.tr("%1 more: save the report").replace("%1", number_text(more))
        self.more.say(said if more else "")

    def _verdict(self, result: FolderComparison) -> tuple[Verdict, str]:
        if result.same_content and not result.counts.total():
            return Verdict.WARNING, self.tr("Neither folder holds a DICOM instance.")
        if result.different_content:
            return Verdict.ERROR, conclusion(result)
        return Verdict.OK if result.same_content else Verdict.WARNING, conclusion(result)

    def _facts(self, result: FolderComparison) -> list[Fact]:
        labels: dict[Status, str] = {
            "same": self.tr("The same"),
            "re-encoded": self.tr("Encoded differently"),
            "header-changed": self.tr("Header changed"),
            "pixels-changed": self.tr("Pixel data changed"),
            "missing": self.tr("Missing in B"),
            "extra": self.tr("Extra in B"),
            "not-compared": self.tr("Not compared"),
        }
        counts, meanings = result.counts, comparison_words().meanings
        facts = [
            Fact(
                label,
                number_text(counts[status]),
                meanings[status],
                STATUS_VERDICTS[status] if counts[status] else None,
            )
            for status, label in labels.items()
        ]
        unread = (
            (self.tr("Not loaded from A"), result.first_unread),
            (self.tr("Not loaded from B"), result.second_unread),
        )
        said = self.tr("Files that could not be read; nothing is known of them.")
        facts += [Fact(name, number_text(count), said, Verdict.WARNING) for name, count in unread if count]
        return facts

    def _forget(self) -> None:
        """What was found holds for the folders that were named then."""
        clear_layout(self._result)
        self.model.set_rows(())
        self.more.say("")
        self.remark.say("")
        if self._found is not None:
            self._found.close()
            self._found = None
        self._show_state()

    def _show_state(self) -> None:
        runs = bool(self._task)
        named = all(edit.text().strip() for edit in (self.first_edit, self.second_edit))
        for edit in (self.first_edit, self.second_edit):
            edit.setReadOnly(runs)
        for button in self.findChildren(PlainButton):
            button.setEnabled(not runs)
        self.compare_button.setEnabled(named and not runs)
        self.save_button.setVisible(self._found is not None)
        self.view.setVisible(self.model.rowCount() > 0)
        self._progress.setVisible(runs)
        self.cancel_button.setEnabled(True)
        self.cancel_button.set_text(self.tr("Stop") if runs else self.tr("Close"))


def _folder(edit: QLineEdit) -> str:
    return os.path.abspath(os.path.expanduser(edit.text().strip()))


def _compare(
    first: str, second: str, progress: ProgressCallback, cancel: CancelToken, *, masked: bool
) -> Comparison:
    """In the task's thread: load both and compare them. The catalogs stay open for the result alone."""
    sources = [resolve_sources([path]) for path in (first, second)]
    if os.path.samefile(first, second):
        raise UsageError("Both are the same folder; choose two.")
    with ExitStack() as closing:
        catalogs = closing.enter_context(Catalog.create()), closing.enter_context(Catalog.create())
        for catalog, source in zip(catalogs, sources, strict=True):
            if load(catalog, source, progress=progress, cancel=cancel).cancelled:
                raise Cancelled("Cancelled; nothing was compared.")
        result = compare_folders(*catalogs, progress=progress, cancel=cancel)
        compared = ComparedFolders(*catalogs, result)
        if masked:
            compared = with_masked_names(compared)
        found = Comparison(compared, difference_rows(compared))
        closing.pop_all()
    return found
