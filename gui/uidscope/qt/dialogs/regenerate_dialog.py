"""New identifiers for what is selected: what the user means, said before anything is planned."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.errors import UidscopeError, UsageError
from uidscope.core.plan.intention import Intention, new_intention
from uidscope.core.plan.intention_preview import IntentionPreview, Selected, preview_intention, selected
from uidscope.core.progress import CancelToken
from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.dialogs.scheme_choice import SchemeChoice
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.hairline import Hairline
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.tick_buttons import PlainCheckBox
from uidscope.qt.panels.plan_notices import PlanNotices
from uidscope.qt.planning.plan_operations import PlanOptions, add_intention
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

_SIZE = (680, 660)
_Answer = TypeVar("_Answer")
_Key = tuple[str, bool, bool]  # kind, with the referrers, these renewed


class RegenerateDialog(QDialog):
    """Asks what is meant with some places of the tree (without any: everything loaded) and plans it.

    What each choice would come to is asked by `questions`; accepted, the intention is added by `runner`.
    """

    def __init__(
        self,
        state: WorkState,
        runner: TaskRunner,
        questions: TaskRunner,
        nodes: tuple[Node, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._runner, self._questions, self._nodes = state, runner, questions, nodes
        self._selected: Selected | None = None
        self._previews: dict[_Key, IntentionPreview | str] = {}
        self._asked: set[_Key] = set()
        self.setObjectName("regenerateDialog")
        self.setWindowTitle(self.tr("Regenerate"))
        self.setAccessibleName(self.tr("New identifiers for what is selected"))
        self.resize(*_SIZE)
        self._about = RunLabel()
        self.choices = self._make_choices()
        self.description_edit = QLineEdit()
        self._description_check = Remark()
        self.referrers_box = PlainCheckBox()
        self._referrers_remark = Remark()
        self.renew_box = PlainCheckBox(self.tr("Give these new SOP Instance UIDs too"))
        self.scheme = SchemeChoice(state.scheme)
        self._notices = PlanNotices(side_room=24, is_planned=False)
        self._failure = Remark()
        self.plan_button = PlainButton("", ButtonKind.PRIMARY)
        self.plan_button.setDefault(True)
        self._lay_out()
        self._connect()
        self._is_over = False
        self.finished.connect(self._end)
        self._ask_about_selection()
        self._show()

    @property
    def options(self) -> PlanOptions:
        """How the intention is meant, as it stands in the dialog."""
        return PlanOptions(
            with_referrers=self.referrers_box.isChecked(),
            renew=self.referrers_box.isChecked() and self.renew_box.isChecked(),
            series_description=self._description(),
            scheme=self.scheme.options,
        )

    def accept(self) -> None:
        """Add the intention to the plan and close."""
        add_intention(self._state, self._runner, self.choices.current, self._nodes, self.options)
        super().accept()

    # Parts

    def _make_choices(self) -> ChoiceList:
        return ChoiceList(
            [
                Choice(
                    "instances",
                    self.tr("New identifiers for these objects"),
                    self.tr(
                        "Each object gets a new SOP Instance UID; study, series and all else stay. "
                        "If an archive has the old ones, they must be rejected there: a list is written."
                    ),
                ),
                Choice(
                    "derived-series",
                    self.tr("A new derived series"),
                    self.tr(
                        "New Series and SOP Instance UIDs in the same study, with the next free series "
                        "number. Frame of reference and references to the sources are kept."
                    ),
                ),
                Choice(
                    "copy",
                    self.tr("An independent copy"),
                    self.tr(
                        "A study of its own: new Study, Series and SOP Instance UIDs. A frame of reference "
                        "gets a new UID only where all that share it are selected."
                    ),
                ),
            ],
            self.tr("What is meant"),
        )

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("What is to become of the selection?"), role=FontRole.TITLE))
        column.addWidget(self._about)
        column.addWidget(self.choices)
        self.choices.add_below("derived-series", self._description_line())
        self.choices.add_below("derived-series", self._description_check)
        column.addWidget(Hairline())
        column.addLayout(self._referrer_lines())
        column.addWidget(Hairline())
        column.addWidget(PlainLabel(self.tr("How new UIDs are made"), role=FontRole.STRONG))
        column.addWidget(self.scheme)
        column.addWidget(self._failure)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        body.setBackgroundRole(QPalette.ColorRole.Base)
        # It may scroll down and up, and never sideways.
        area.setMinimumWidth(body.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 16)
        whole.setSpacing(8)
        whole.addWidget(area, 1)
        whole.addWidget(self._notices)
        whole.addLayout(self._button_line())

    def _description_line(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("Series description"), role=FontRole.SMALL, tone=Tone.TEXT2))
        self.description_edit.setAccessibleName(self.tr("Description of the new series"))
        self.description_edit.setPlaceholderText(self.tr("as it is in each file"))
        row.addWidget(self.description_edit, 1)
        return holder

    def _referrer_lines(self) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(self.referrers_box)
        for widget in (self._referrers_remark, self.renew_box):
            row = QHBoxLayout()
            row.setSpacing(0)
            row.addSpacing(26)
            row.addWidget(widget, 1)
            lines.addLayout(row)
        return lines

    def _button_line(self) -> QHBoxLayout:
        cancel = PlainButton(self.tr("Cancel"))
        box = QDialogButtonBox()
        box.addButton(self.plan_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(box)
        return row

    def _connect(self) -> None:
        self.choices.chosen.connect(lambda _key: self._show())
        self.description_edit.textChanged.connect(lambda _text: self._show())
        self.referrers_box.toggled.connect(lambda _on: self._show())
        self.renew_box.toggled.connect(lambda _on: self._show())
        self.scheme.changed.connect(self._show)

    # Questions

    def _ask_about_selection(self) -> None:
        catalog, nodes = self._state.catalog, self._nodes
        if catalog is None:
            return

        def done(found: Selected | str | None) -> None:
            if isinstance(found, Selected) and not self._is_over:
                self._selected = found
                self._show()

        self._questions.run(
            Task(
                "selection",
                lambda _progress, cancel: _answered(lambda: selected(catalog, nodes, cancel)),
                done=done,
            )
        )

    def _ask_for_preview(self, key: _Key) -> None:
        """Ask once what the choice as it stands would come to."""
        catalog, chosen = self._state.catalog, self._selected
        if catalog is None or chosen is None or key in self._asked:
            return
        self._asked.add(key)
        kind, with_referrers, renew = key
        intention = new_intention(kind, chosen.selectors, with_referrers=with_referrers, renew=renew)

        def done(found: IntentionPreview | str | None) -> None:
            if found is not None and not self._is_over:
                self._previews[key] = found
                self._show()

        self._questions.run(Task("preview", partial(self._preview, catalog, intention), done=done))

    def _preview(
        self, catalog: Catalog, intention: Intention, _progress: object, cancel: CancelToken
    ) -> IntentionPreview | str | None:
        plan, uid_map = self._state.history.plan, self._state.uid_map
        return _answered(lambda: preview_intention(catalog, plan, uid_map, intention, cancel))

    def _end(self, _result: int) -> None:
        """Answers that come later find no dialog any more."""
        self._is_over = True

    # What is shown

    def _show(self) -> None:
        """Bring everything in line with what is chosen and known."""
        options = self.options
        key = (self.choices.current, options.with_referrers, options.renew)
        preview = self._previews.get(key)
        if preview is None:
            self._ask_for_preview(key)
        self._show_selection()
        self._show_referrers()
        objection = self._description_objection()
        self._description_check.say(objection, Verdict.ERROR)
        self._show_preview(preview if isinstance(preview, IntentionPreview) else None)
        self._failure.say(preview if isinstance(preview, str) else "", Verdict.ERROR)
        may = isinstance(preview, IntentionPreview) and not preview.conflicts
        self.plan_button.setEnabled(may and not objection and options.scheme is not None)

    def _show_selection(self) -> None:
        words, chosen = plan_words(), self._selected
        catalog = self._state.catalog
        if chosen is None or catalog is None:
            self._about.set_words([Words(self.tr("Looking at the selection"), tone=Tone.TEXT2)])
            return
        name = words.places(catalog, self._nodes)
        self._about.set_words(
            [Words(name, FontRole.STRONG), Words(words.files(chosen.files), tone=Tone.TEXT2)]
        )

    def _show_referrers(self) -> None:
        count = self._selected.referrers if self._selected is not None else 0
        self.referrers_box.set_text(plan_words().include_referrers(count))
        self.referrers_box.setEnabled(count > 0)
        self.renew_box.setEnabled(count > 0 and self.referrers_box.isChecked())
        if not count:
            remark = self.tr("Nothing loaded outside the selection refers to it.")
        elif self.referrers_box.isChecked():
            remark = self.tr("Written too, with references to the new UIDs.")
        else:
            remark = self.tr("Not written: there, references go on naming the old UIDs.")
        self._referrers_remark.say(remark)
        self.referrers_box.setAccessibleDescription(remark)

    def _show_preview(self, preview: IntentionPreview | None) -> None:
        if preview is None:
            self._notices.set_notes((), (), ())
            self.plan_button.set_text(self.tr("Plan new UIDs"))
            return
        # The remark at the check box already says who keeps the old references.
        notes = [note for note in preview.notes if note.code != "referrers-left-out"]
        self._notices.set_notes(preview.conflicts, preview.decisions, notes)
        self.plan_button.set_text(
            self.tr("Plan new UIDs") if preview.conflicts else plan_words().plan_verb(preview.new_uids)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens().base))
        painter.end()

    def _description(self) -> str | None:
        text = self.description_edit.text().strip()
        return text if text and self.choices.current == "derived-series" else None

    def _description_objection(self) -> str:
        """What speaks against the description, as a sentence; empty where nothing does."""
        try:
            new_intention(self.choices.current, series_description=self._description())
        except UsageError as error:
            return str(error)
        return ""


def _answered(ask: Callable[[], _Answer]) -> _Answer | str | None:
    """An answer, a sentence where there is none, or None where the catalog has been closed meanwhile."""
    try:
        return ask()
    except UidscopeError as error:
        return str(error)
    except sqlite3.ProgrammingError:
        return None
