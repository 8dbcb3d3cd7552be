"""New identifiers for what is selected: what the user means, said before anything is planned."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.errors import UidscopeError, UsageError
from uidscope.core.plan.attested import is_to_acknowledge
from uidscope.core.plan.history import with_acknowledged, with_leftovers
from uidscope.core.plan.intention import Intention, Selector
from uidscope.core.plan.told.fix import Fix
from uidscope.core.plan.told.intention_preview import (
    IntentionPreview,
    Selected,
    preview_intention,
    selected,
    selected_by,
)
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.told.repair_offers import RepairOffer, repair_offers, shared_uid_findings
from uidscope.core.plan.told.same_uid import TellingApart, selectors_of_others, telling_apart
from uidscope.core.progress import CancelToken
from uidscope.qt.dialogs.choice_list import ChoiceList
from uidscope.qt.dialogs.regenerate.apart_part import ApartPart
from uidscope.qt.dialogs.regenerate.intention_choices import APART, IntentionWords
from uidscope.qt.dialogs.regenerate.more_choices import MoreChoices
from uidscope.qt.dialogs.regenerate.move_part import MovePart
from uidscope.qt.dialogs.regenerate.repair_part import RepairPart
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.dialogs.scheme_choice import SchemeChoice
from uidscope.qt.kit.button_box import ButtonBox
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.capped_area import CappedArea
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict, colour
from uidscope.qt.kit.disclosure import Disclosure
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.hairline import Hairline
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.run_label import RunLabel, Words
from uidscope.qt.kit.theme import tokens
from uidscope.qt.kit.tick_buttons import PlainCheckBox
from uidscope.qt.kit.upright_area import upright_area
from uidscope.qt.panels.plan_notices import PlanNotices
from uidscope.qt.planning.plan_operations import PlanOptions, add_intention, intention_with
from uidscope.qt.planning.plan_words import plan_words
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import Task, TaskRunner

_SIZE = (780, 690)
_SIDE = 24
_MOST_NOTICES = 150  # pixels of the height; what does not fit is scrolled to
_Answer = TypeVar("_Answer")


class _Offered(NamedTuple):
    """What is offered beside the intentions that are always there."""

    repairs: tuple[RepairOffer, ...]
    apart: tuple[TellingApart, ...]


class _Meant(NamedTuple):
    """What stands in the dialog, as far as it decides what a plan comes to."""

    kind: str
    selectors: tuple[Selector, ...]
    options: PlanOptions


class RegenerateDialog(QDialog):
    """Asks what is meant with some places of the tree (without any: everything loaded) and plans it.

    With a `fix` it is about a finding, and offers what mends that. What each choice would come to is asked
    by `questions`; accepted, the intention is added by `runner`.
    """

    def __init__(
        self,
        state: WorkState,
        runner: TaskRunner,
        questions: TaskRunner,
        nodes: tuple[Node, ...],
        parent: QWidget | None = None,
        fix: Fix | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._runner, self._questions = state, runner, questions
        self._nodes, self._fix = nodes, fix
        self._selected: Selected | None = None
        self._previews: dict[_Meant, IntentionPreview | str] = {}
        self._asked: set[_Meant] = set()
        self._is_over = self._is_showing = False
        self.setObjectName("regenerateDialog")
        self.setWindowTitle(self.tr("Regenerate"))
        self.setAccessibleName(self.tr("New identifiers for what is selected"))
        self.resize(*_SIZE)
        words = IntentionWords(self)
        self._about = RunLabel()
        self.choices = ChoiceList(words.choices(), words.group_name())
        self.description_edit = QLineEdit()
        self._description_check = Remark()
        self.move_part = MovePart(state.catalog)
        self.moved = ApartPart(self.tr("Whose objects are to be moved?"))
        self.apart = ApartPart(self.tr("Which one keeps this UID?"))
        self.everything_box = PlainCheckBox(self.tr("Write everything loaded, so that references follow"))
        self.repair_part = RepairPart()
        self.referrers_box = PlainCheckBox()
        self._referrers_remark = Remark()
        self.renew_box = PlainCheckBox(self.tr("Give these new SOP Instance UIDs too"))
        self.scheme = SchemeChoice(state.scheme, organization_file=state.organization_file)
        self.scheme_fold = Disclosure(self.tr("How new UIDs are made"), self.scheme)
        self.more = MoreChoices(replaces_leftovers=state.history.plan.replace_leftovers)
        self.more_fold = Disclosure(self.tr("More"), self.more)
        self._notices = PlanNotices(side_room=_SIDE, is_planned=False)
        self.acknowledge_box = PlainCheckBox(self.tr("I know: change these too"))
        self._failure = Remark()
        self.plan_button = PlainButton("", ButtonKind.PRIMARY)
        self.plan_button.setDefault(True)
        self._lay_out()
        self._begin()
        self._connect()
        self.finished.connect(self._end)
        self._ask_about_selection()
        self._show()
        self.choices.focus_current()

    @property
    def kind(self) -> str:
        """The kind of intention that is chosen."""
        if self.choices.current != APART:
            return self.choices.current
        return "repair" if self.everything_box.isChecked() else "instances"

    @property
    def options(self) -> PlanOptions:
        """How the intention is meant, as it stands in the dialog, and what it is about."""
        kind, more = self.kind, self.more
        with_referrers = kind != "repair" and self.referrers_box.isChecked()
        return PlanOptions(
            with_referrers=with_referrers,
            renew=with_referrers and self.renew_box.isChecked(),
            series_description=self._description(),
            derivation=more.derivation_number if self._is_repeatable else 1,
            into=self.move_part.into if kind == "move" else None,
            choices=more.choices,
            new_frame_of_reference=more.new_frame_of_reference,
            provenance=more.provenance,
            selectors=self._selectors(),
            acknowledged=True if self.acknowledge_box.isChecked() else None,
            replace_leftovers=more.replace_leftovers,
            scheme=self.scheme.options,
        )

    def accept(self) -> None:
        """Add the intention to the plan and close."""
        add_intention(self._state, self._runner, self.kind, (), self.options)
        super().accept()

    # Parts

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(_SIDE, 20, _SIDE, 16)
        column.setSpacing(12)
        question = self.tr("What is to become of the selection?")
        if self._fix is not None:
            question = self.tr("How is this to be mended?")
        column.addWidget(PlainLabel(question, role=FontRole.TITLE))
        column.addWidget(self._about)
        column.addWidget(self.choices)
        self.choices.add_part("derived-series", self._description_line())
        self.choices.add_part("move", _together(self.moved, self.move_part))
        self.choices.add_part(APART, _together(self.apart, self.everything_box))
        self.choices.add_part("repair", self.repair_part)
        self._referrers = self._referrer_lines()
        for part in (Hairline(), self._referrers, self.scheme_fold, self.more_fold):
            column.addWidget(part)
        column.addStretch(1)
        self._area = area = upright_area(body, takes_keyboard=False)
        body.setBackgroundRole(QPalette.ColorRole.Base)
        # It may scroll down and up, and never sideways, whatever is unfolded.
        widest = max(
            part.minimumSizeHint().width() for part in (body, self.scheme, self.more, self.repair_part)
        )
        area.setMinimumWidth(widest + 2 * _SIDE + area.verticalScrollBar().sizeHint().width())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 16)
        whole.setSpacing(8)
        whole.addWidget(area, 1)
        whole.addWidget(CappedArea(self._notices, _MOST_NOTICES))
        for widget in (self.acknowledge_box, self._failure):
            whole.addLayout(_indented(widget, _SIDE))
        whole.addLayout(self._button_line())

    def _description_line(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("Series description"), role=FontRole.SMALL, tone=Tone.TEXT2))
        self.description_edit.setAccessibleName(self.tr("Description of the new series"))
        self.description_edit.setPlaceholderText(self.tr("as it is in each file"))
        row.addWidget(self.description_edit, 1)
        column.addLayout(row)
        column.addWidget(self._description_check)
        return holder

    def _referrer_lines(self) -> QWidget:
        part = QWidget()
        lines = QVBoxLayout(part)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(self.referrers_box)
        for widget in (self._referrers_remark, self.renew_box):
            lines.addLayout(_indented(widget, 26))
        return part

    def _button_line(self) -> QHBoxLayout:
        cancel = PlainButton(self.tr("Cancel"))
        box = ButtonBox()
        box.addButton(self.plan_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(_SIDE, 0, _SIDE, 0)
        row.addWidget(box)
        return row

    def _begin(self) -> None:
        """Offer what there is from the start: what mends the finding, or what needs no look at the files."""
        fix = self._fix
        self.acknowledge_box.hide()
        self.moved.setVisible(False)
        if fix is None:
            self.choices.set_offered("move", bool(self._nodes))
            self._offer(_Offered((), ()))
            return
        kinds = {APART} if fix.apart is not None else {offer.kind for offer in fix.offers}
        if fix.offers[0].needs_target:
            kinds = {"move"}
        for choice in IntentionWords(self).choices():
            self.choices.set_offered(choice.key, choice.key in kinds)
        self.choices.set_current(next(iter(kinds)))
        if fix.apart is not None:
            part = self.moved if fix.offers[0].needs_target else self.apart
            part.setVisible(True)
            part.set_found((fix.apart,))
        if fix.repair is not None:
            self.repair_part.set_offers((fix.repair,), ticked=(fix.repair.rule,))

    def _connect(self) -> None:
        self.choices.chosen.connect(lambda _key: self._show())
        self.description_edit.textChanged.connect(lambda _text: self._show())
        boxes = (self.referrers_box, self.renew_box, self.everything_box, self.acknowledge_box)
        for box in boxes:
            box.toggled.connect(lambda _on: self._show())
        for fold in (self.scheme_fold, self.more_fold):
            fold.toggled.connect(lambda is_open, fold=fold: self._bring_into_view(fold, is_open=is_open))
        for part in (self.scheme, self.more, self.move_part, self.moved, self.apart, self.repair_part):
            part.changed.connect(self._show)

    def _bring_into_view(self, fold: Disclosure, *, is_open: bool) -> None:
        """What is unfolded has its place once the page has been laid out."""
        if is_open:
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(fold))

    # Questions

    def _ask_about_selection(self) -> None:
        catalog, nodes, fix = self._state.catalog, self._nodes, self._fix
        if catalog is None:
            return

        def look(cancel: CancelToken) -> Selected:
            return (
                selected(catalog, nodes, cancel)
                if fix is None
                else selected_by(catalog, fix.selectors, cancel)
            )

        def show(found: Selected | _Offered | str | None) -> None:
            if isinstance(found, Selected) and not self._is_over:
                self._selected = found
                self._show()
            if isinstance(found, _Offered) and not self._is_over:
                self._offer(found)
                self._show()

        ask = self._questions.run
        ask(Task("selection", lambda _progress, cancel: _answered(lambda: look(cancel)), done=show))
        if fix is None:
            offers = Task(
                "offers",
                lambda _progress, cancel: _answered(lambda: _offered(catalog, nodes, cancel)),
                done=show,
            )
            ask(offers)

    def _offer(self, offered: _Offered) -> None:
        self.repair_part.set_offers(offered.repairs)
        self.apart.set_found(offered.apart)
        self.choices.set_offered("repair", bool(offered.repairs))
        self.choices.set_offered(APART, bool(offered.apart))

    def _ask_for_preview(self, meant: _Meant) -> None:
        """Ask once what the choice as it stands would come to."""
        catalog = self._state.catalog
        if catalog is None or self._selected is None or meant in self._asked:
            return
        if meant.kind == "move" and meant.options.into is None:
            return
        self._asked.add(meant)
        try:
            intention = intention_with(meant.kind, (), meant.options)
        except UsageError as error:
            self._previews[meant] = str(error)
            return

        def work(_progress: object, cancel: CancelToken) -> IntentionPreview | str | None:
            return _answered(lambda: self._preview(catalog, intention, meant.options, cancel))

        def done(found: IntentionPreview | str | None) -> None:
            if found is not None and not self._is_over:
                self._previews[meant] = found
                self._show()

        self._questions.run(Task("preview", work, done=done))

    def _preview(
        self, catalog: Catalog, intention: Intention, options: PlanOptions, cancel: CancelToken
    ) -> IntentionPreview:
        plan, uid_map = self._state.history.plan, self._state.uid_map
        if options.acknowledged:
            plan = with_acknowledged(plan, acknowledged=True)
        if options.replace_leftovers is not None:
            plan = with_leftovers(plan, replaced=options.replace_leftovers)
        return preview_intention(catalog, plan, uid_map, intention, cancel)

    def _end(self, _result: int) -> None:
        """Answers that come later find no dialog any more."""
        self._is_over = True

    # What is shown

    def _show(self) -> None:
        """Bring everything in line with what is chosen and known."""
        if self._is_showing:
            return
        self._is_showing = True
        is_series = self.apart.current is not None and bool(self.apart.current.attribute)
        if is_series:  # only a repair gives part of a series a new UID
            self.everything_box.setChecked(True)
        self.everything_box.setEnabled(not is_series)
        self.more.show_for(self.kind, is_repeatable=self._is_repeatable)
        self._is_showing = False
        options = self.options
        meant = self._meant(options)
        if meant not in self._previews:
            self._ask_for_preview(meant)
        preview = self._previews.get(meant)
        known = preview if isinstance(preview, IntentionPreview) else None
        self._show_selection()
        self._show_referrers()
        self._show_folds(options)
        objection = self._objection()
        self._description_check.say(self._description_objection(), Verdict.ERROR)
        self._show_preview(known)
        self._failure.say(preview if isinstance(preview, str) else objection, Verdict.ERROR)
        may = known is not None and not known.conflicts
        self.plan_button.setEnabled(may and not objection and options.scheme is not None)

    def _show_selection(self) -> None:
        words, chosen = plan_words(), self._selected
        catalog = self._state.catalog
        if chosen is None or catalog is None:
            self._about.set_words([Words(self.tr("Looking at the selection"), tone=Tone.TEXT2)])
            return
        name = words.places(catalog, self._nodes)
        if self._fix is not None:
            name = words.entry_reason(self._fix.rule)
        self._about.set_words(
            [Words(name, FontRole.STRONG), Words(words.files(chosen.files), tone=Tone.TEXT2)]
        )

    def _show_referrers(self) -> None:
        count = self._selected.referrers if self._selected is not None else 0
        self._referrers.setVisible(self.kind != "repair")
        self.referrers_box.set_text(plan_words().include_referrers(count))
        for box in (self.referrers_box, self.renew_box):
            box.setVisible(count > 0)
        self.renew_box.setEnabled(self.referrers_box.isChecked())
        if not count:
            remark = self.tr("Nothing loaded outside the selection refers to it.")
        elif self.referrers_box.isChecked():
            remark = self.tr("Written too, with references to the new UIDs.")
        else:
            remark = self.tr("Not written: there, references go on naming the old UIDs.")
        self._referrers_remark.say(remark)
        self.referrers_box.setAccessibleDescription(remark)

    def _show_folds(self, options: PlanOptions) -> None:
        if options.scheme is None:
            self.scheme_fold.set_open(True)
            self.scheme_fold.set_summary("")
        else:
            self.scheme_fold.set_summary(plan_words().scheme(options.scheme))
        if self.more.objection:
            self.more_fold.set_open(True)

    def _show_preview(self, preview: IntentionPreview | None) -> None:
        plain = self.tr("Plan the repair") if self.kind == "repair" else self.tr("Plan new UIDs")
        self.move_part.say_taken_over(preview.taken_over if preview is not None else ())
        if preview is None:
            self._notices.set_notes((), (), ())
            self.plan_button.set_text(plain)
            return
        # The remark at the check box already says who keeps the old references.
        notes = [note for note in preview.notes if note.code != "referrers-left-out"]
        self._notices.set_notes(preview.conflicts, preview.decisions, notes)
        attested = [note for note in preview.conflicts if is_to_acknowledge(note)]
        self.acknowledge_box.setVisible(bool(attested) or self.acknowledge_box.isChecked())
        said = " ".join(sentence(screen_names().note(each)) for each in attested)
        self.acknowledge_box.setAccessibleDescription(said)
        has_uids = bool(preview.new_uids) and not preview.conflicts
        self.plan_button.set_text(plan_words().plan_verb(preview.new_uids) if has_uids else plain)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens().base))
        painter.end()

    # What stands in the dialog

    @property
    def _is_repeatable(self) -> bool:
        scheme = self.scheme.options
        return scheme is not None and scheme.name == "keyed"

    def _meant(self, options: PlanOptions) -> _Meant:
        """What is chosen without what changes neither numbers nor notes."""
        bare = replace(
            options, scheme=None, series_description=None, derivation=1, provenance=PlanOptions().provenance
        )
        return _Meant(self.kind, bare.selectors, bare)

    def _selectors(self) -> tuple[Selector, ...]:
        """What the intention is about."""
        catalog, chosen = self._state.catalog, self._selected
        if catalog is None or chosen is None:
            return ()
        match self.choices.current:
            case "apart" if self.apart.current is not None:
                apart = self.apart.current
                others = selectors_of_others(catalog, apart, self.apart.chosen)
                rule = (Selector("rule", apart.finding.rule),) if self.kind == "repair" else ()
                return (*rule, *others)
            case "move" if self.moved.current is not None:
                return self.moved.current.selectors_of(catalog, self.moved.chosen)
            case "repair":
                return (*self.repair_part.selectors, *chosen.selectors)
        return chosen.selectors

    def _description(self) -> str | None:
        text = self.description_edit.text().strip()
        return text if text and self.kind == "derived-series" else None

    def _objection(self) -> str:
        """What speaks against what is chosen, as a sentence; empty where nothing does."""
        if self.kind == "repair" and self.choices.current != APART and not self.repair_part.selectors:
            return self.tr("Tick what is to be repaired.")
        if self.kind == "move" and self.move_part.into is None:
            return self.tr("Choose the study or series to move into.")
        return self._description_objection() or self.more.objection

    def _description_objection(self) -> str:
        try:
            intention_with(self.kind, (), PlanOptions(series_description=self._description()))
        except UsageError as error:
            return str(error) if self.kind == "derived-series" else ""
        return ""


def _together(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    return holder


def _indented(widget: QWidget, room: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addSpacing(room)
    row.addWidget(widget, 1)
    return row


def _offered(catalog: Catalog, nodes: tuple[Node, ...], cancel: CancelToken) -> _Offered:
    found = (telling_apart(catalog, each, cancel) for each in shared_uid_findings(catalog, nodes))
    apart = tuple(each for each in found if each is not None and len(each.alternatives) > 1)
    return _Offered(repair_offers(catalog, nodes), apart)


def _answered(ask: Callable[[], _Answer]) -> _Answer | str | None:
    """An answer, a sentence where there is none, or None where the catalog has been closed meanwhile."""
    try:
        return ask()
    except UidscopeError as error:
        return str(error)
    except sqlite3.ProgrammingError:
        return None
