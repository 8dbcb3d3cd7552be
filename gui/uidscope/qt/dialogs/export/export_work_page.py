"""The last two pages of the export: work under way, then its numbers, or what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from uidscope.core.progress import Progress
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.banner import Banner, BannerSize
from uidscope.qt.kit.buttons import ButtonSize, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.fact_rows import Fact, FactRows
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.work_pace import WorkPace


class NextStep(NamedTuple):
    """What can be done with a part of the result: an icon, its name, a remark, and the verb of a button."""

    icon: str
    name: str
    remark: str
    verb: str
    do: Callable[[], None]


class _NextLine(QWidget):
    def __init__(self, step: NextStep) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        words = [
            Words(step.name, FontRole.STRONG, icon=step.icon),
            Words(step.remark, FontRole.SMALL, Tone.TEXT2),
        ]
        row.addWidget(RunLabel(words), 1)
        self.button = PlainButton(step.verb, size=ButtonSize.DENSE)
        self.button.setAccessibleName(f"{step.verb} {step.name}")
        self.button.clicked.connect(step.do)
        row.addWidget(self.button)


class ExportWorkPage(QWidget):
    """Shows progress while something runs, and then what came of it; `foot` is there with the numbers."""

    def __init__(self, title: str, foot: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._foot = foot
        self._pace = WorkPace(parent=self)
        self._progress = self._make_progress()
        self._body = QVBoxLayout()
        self._body.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title, role=FontRole.TITLE))
        column.addWidget(self._progress)
        column.addLayout(self._body)
        if foot is not None:
            column.addWidget(foot)
            foot.hide()
        column.addStretch(1)

    def start(self, words: str) -> None:
        """Show that work has begun."""
        self._end()
        self._pace = WorkPace(parent=self)
        self._words.set_words([Words(words)])
        self._bar.setRange(0, 100)
        self._bar.setValue(0)
        self._percent.setText("")
        self._progress.show()

    def follow(self, progress: Progress) -> None:
        """Show how far the work is."""
        state = self._pace.state(progress)
        facts = (state.text, state.speed, state.time_left)
        self._words.set_words(
            [Words(fact, tone=Tone.TEXT2 if place else Tone.TEXT, gap=16) for place, fact in enumerate(facts)]
        )
        percent = min(100, round(100 * state.done / state.total)) if state.total else 0
        self._bar.setValue(percent)
        self._percent.setText(self.tr("%1 %").replace("%1", number_text(percent)))

    def show_failure(self, verdict: Verdict, title: str, sentences: Sequence[str]) -> None:
        """Say what happened, what was kept and what to do, a line each."""
        self._end()
        text = "\n".join(sentence for sentence in sentences if sentence)
        self._body.addWidget(Banner(verdict, title, text))

    def show_numbers(self, banner: Banner | None, facts: Sequence[Fact]) -> None:
        """Show the numbers of what was done or would be done, and one thing to know above them."""
        self._end()
        if banner is not None:
            self._body.addWidget(banner)
        self._body.addWidget(FactRows(facts))
        if self._foot is not None:
            self._foot.show()

    def add_remark(self, text: str) -> None:
        """Add a line below the numbers."""
        self._body.addWidget(PlainLabel(text, role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True))

    def add_next(self, title: str, steps: Sequence[NextStep]) -> Remark:
        """Add what can be done next; return the line below that tells what came of it."""
        self._body.addWidget(PlainLabel(title, role=FontRole.STRONG))
        lines = QVBoxLayout()
        lines.setSpacing(6)
        next_lines = [_NextLine(step) for step in steps]
        widest = max((line.button.sizeHint().width() for line in next_lines), default=0)
        for line in next_lines:
            line.button.setMinimumWidth(widest)
            lines.addWidget(line)
        self._body.addLayout(lines)
        told = Remark()
        self._body.addWidget(told)
        return told

    def _end(self) -> None:
        self._progress.hide()
        if self._foot is not None:
            self._foot.hide()
        clear_layout(self._body)

    def _make_progress(self) -> QWidget:
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = RunLabel()
        self._bar = QProgressBar()
        self._bar.setObjectName("exportProgress")
        self._bar.setAccessibleName(self.tr("Progress of the export"))
        self._bar.setTextVisible(False)
        self._percent = PlainLabel(role=FontRole.SMALL_STRONG)
        self._percent.setMinimumWidth(48)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._bar, 1)
        line.addWidget(self._percent)
        column.addLayout(line)
        holder.hide()
        return holder


def verdict_banner(verdict: Verdict, title: str, text: str) -> Banner:
    """The verdict of a whole page."""
    return Banner(verdict, title, text, size=BannerSize.VERDICT)
