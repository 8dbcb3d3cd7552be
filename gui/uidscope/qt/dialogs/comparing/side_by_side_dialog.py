"""Two file copies side by side: one verdict, what differs, and which of them gets a new UID."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from uidscope.core.catalog.findings import KeptFinding, findings_of_occurrences
from uidscope.core.catalog.references import references_to
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import InstanceRow
from uidscope.core.errors import UidscopeError
from uidscope.core.report.comparing.copies_to_compare import CopyCard, TwoCopies, copy_card
from uidscope.core.report.comparing.side_by_side import SideBySide, copies_side_by_side, without_names
from uidscope.core.report.comparing.side_by_side_file import SIDE_BY_SIDE_ENDINGS, save_side_by_side
from uidscope.core.report.comparing.side_by_side_verdict import Conclusion, conclusion, rows_by_subject
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.comparing.compared_head import ComparedHead
from uidscope.qt.dialogs.comparing.copy_card_view import CopyCardView
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.finding_words import rule_icon
from uidscope.qt.kit.badges import Badge, BadgeKind
from uidscope.qt.kit.banner import Banner, BannerSize
from uidscope.qt.kit.buttons import ButtonKind, IconButton, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.mark_label import MarkLabel
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.segmented_switch import Segment, SegmentedSwitch
from uidscope.qt.models.side_by_side_model import SideBySideModel, SideColumn
from uidscope.qt.path_choice import choose_report_file
from uidscope.qt.screen_names import screen_names
from uidscope.qt.state import WorkState

DIFFERENCES, ALL = "differences", "all"

_SIZE = (1280, 800)
_SHARES: Final = {
    SideColumn.ATTRIBUTE: 0.22,
    SideColumn.FIRST: 0.28,
    SideColumn.SECOND: 0.28,
    SideColumn.MEANING: 0.22,
}
_CARD_GAP: Final = 8
_OF_COPIES: Final = frozenset(f"ENT-0{number}" for number in range(1, 8))
"""The rules about files that bear one SOP Instance UID."""


class _Found(NamedTuple):
    """What the background found out."""

    compared: SideBySide
    first: CopyCard
    second: CopyCard
    referring: int  # files that name the UID of both, and cannot tell them apart
    finding: KeptFinding | None  # what is found about the two, the gravest


class SideBySideDialog(QDialog):
    """Compares two loaded files, A and B; they are only read.

    `go_to` carries a place of the tree, `renew` the id of the occurrence that is to get a new UID.
    """

    go_to = Signal(object)
    renew = Signal(int)

    def __init__(self, state: WorkState, copies: TwoCopies, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._catalog = state.catalog
        self._copies = copies
        self._found: _Found | None = None
        self.setObjectName("sideBySideDialog")
        self.setWindowTitle(self.tr("Compare file copies"))
        self.setAccessibleName(self.windowTitle())
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(*_SIZE)
        self.head = ComparedHead()
        self.first, self.second = CopyCardView("A"), CopyCardView("B")
        self.shared = PlainLabel(role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True)
        self.referring = PlainLabel(role=FontRole.SMALL, tone=Tone.TEXT2, wraps=True)
        self.warning = Remark()
        self.model = SideBySideModel(self)
        self.view = self._make_view()
        self.switch = SegmentedSwitch(
            [Segment(DIFFERENCES, self.tr("Differences")), Segment(ALL, self.tr("All"))],
            self.tr("Which attributes are shown"),
        )
        self.place = PlainLabel(role=FontRole.SMALL, tone=Tone.TEXT2)
        self.previous_button = self._step_button("chevron-up", self.tr("Previous difference"), -1)
        self.next_button = self._step_button("chevron-down", self.tr("Next difference"), 1)
        self.swap_button = PlainButton(self.tr("Swap sides"))
        self.save_button = PlainButton(self.tr("Save comparison…"))
        self.close_button = PlainButton(self.tr("Leave both as they are"))
        self.renew_first = PlainButton(self.tr("New UID for A"))
        self.renew_second = PlainButton(self.tr("New UID for B"), ButtonKind.PRIMARY)
        self.remark = Remark()
        self.banner: Banner | None = None
        self._verdict = QVBoxLayout()
        self._lay_out()
        self._connect()
        self._question = BackgroundQuestion("side by side", self)
        self._question.answered.connect(self._show)
        self._question.failed.connect(self._fail)
        self._ask()

    def step(self, by: int) -> None:
        """Go to the next difference, or with -1 to the one before."""
        places = self.model.differences()
        if not places:
            return
        here = self.view.currentIndex().siblingAtColumn(0)
        at = places.index(here) + by if here in places else (0 if by > 0 else len(places) - 1)
        self.view.setCurrentIndex(places[at % len(places)])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        width = self.view.viewport().width()
        for column, share in _SHARES.items():
            if column is not SideColumn.MEANING:  # which takes what is left
                self.view.setColumnWidth(column, round(width * share))
        self.view.setFocus()

    # Parts

    def _make_view(self) -> RowTreeView:
        view = RowTreeView()
        view.setObjectName("sideBySideView")
        view.setProperty("framed", True)
        view.setAccessibleName(self.tr("Attributes of both files"))
        view.setModel(self.model)
        view.header().setStretchLastSection(True)
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        return view

    def _step_button(self, icon: str, name: str, by: int) -> IconButton:
        button = IconButton(icon, name)
        button.clicked.connect(lambda: self.step(by))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.head, 1)
        head.addWidget(self.swap_button)
        head.addWidget(self.save_button)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.switch)
        tools.addStretch(1)
        for widget in (self.place, self.previous_button, self.next_button):
            tools.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.close_button)
        foot.addWidget(self.remark, 1)
        foot.addStretch(1)
        foot.addWidget(self.renew_first)
        foot.addWidget(self.renew_second)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addLayout(self._verdict)
        whole.addLayout(self._cards())
        whole.addLayout(tools)
        whole.addWidget(self.view, 1)
        whole.addWidget(self.warning)
        whole.addLayout(foot)

    def _cards(self) -> QGridLayout:
        """Each card stands above its column of the list."""
        cards = QGridLayout()
        cards.setSpacing(0)
        for column, card in ((SideColumn.FIRST, self.first), (SideColumn.SECOND, self.second)):
            cards.addLayout(_before_gap(card), 0, column)
        for column, words in ((SideColumn.ATTRIBUTE, self.shared), (SideColumn.MEANING, self.referring)):
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            cards.addLayout(_before_gap(words), 0, column)
        for column, share in _SHARES.items():
            cards.setColumnStretch(column, round(100 * share))
        return cards

    def _connect(self) -> None:
        self.switch.switched.connect(lambda _key: self._show_rows())
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_place())
        self.swap_button.clicked.connect(self._swap)
        self.save_button.clicked.connect(self._save)
        self.close_button.clicked.connect(self.reject)
        for card in (self.first, self.second):
            card.go_to.connect(self.go_to)
        self.renew_first.clicked.connect(lambda: self._renew(self._copies.first))
        self.renew_second.clicked.connect(lambda: self._renew(self._copies.second))
        self._state.catalog_replaced.connect(self.reject)

    # Work

    def _ask(self) -> None:
        catalog, (first, second) = self._catalog, self._copies
        self._found = None
        self._show_buttons()
        if catalog is not None:
            self._say(Verdict.INFO, self.tr("Comparing"), "")
            masked = screen_names().is_masked
            self._question.ask(lambda: _compare(catalog, first, second, masked=masked))

    def _swap(self) -> None:
        self._copies = TwoCopies(self._copies.second, self._copies.first)
        self._ask()

    def _save(self) -> None:
        found, catalog = self._found, self._catalog
        path = choose_report_file(self, SIDE_BY_SIDE_ENDINGS) if found is not None else ""
        if found is None or catalog is None or not path:
            return
        try:
            save_side_by_side(catalog, found.compared, path)
        except UidscopeError as error:
            self.remark.say(str(error), Verdict.ERROR)
        else:
            self.remark.say(self.tr("The comparison is saved: %1").replace("%1", path), Verdict.OK)

    def _renew(self, occurrence: int) -> None:
        self.renew.emit(occurrence)
        self.accept()

    # What is shown

    def _show(self, found: _Found) -> None:
        self._found = found
        self.head.set_cards(found.first, found.second)
        self.first.set_card(found.first)
        self.second.set_card(found.second)
        told = conclusion(found.compared)
        verdict, title, text = self._words(told, found.compared)
        self._say(verdict, title, text)
        self._show_finding(found.finding)
        self._show_shared(told)
        self.switch.set_count(DIFFERENCES, sum(row.state != "same" for row in found.compared.rows))
        self.switch.set_count(ALL, len(found.compared.rows))
        self._show_rows()
        self._show_buttons()

    def _fail(self, sentence: str) -> None:
        self._say(Verdict.ERROR, self.tr("These files cannot be compared"), sentence)

    def _say(self, verdict: Verdict, title: str, text: str) -> None:
        clear_layout(self._verdict)
        icon = "conflict" if verdict is Verdict.ERROR and self._found is not None else ""
        self.banner = Banner(verdict, title, text, size=BannerSize.VERDICT, icon=icon)
        self._verdict.addWidget(self.banner)

    def _show_finding(self, finding: KeptFinding | None) -> None:
        """The badge and the code of the finding that is about these two."""
        if finding is None or self.banner is None:
            return
        badge = MarkLabel()
        badge.set_badge(Badge(BadgeKind(rule_icon(finding.rule, finding.severity)), 0))
        self.banner.add_trailing(badge)
        self.banner.add_trailing(PlainLabel(finding.rule, role=FontRole.MONO, tone=Tone.TEXT2))

    def _show_shared(self, told: Conclusion) -> None:
        found = self._found
        count = found.referring if found is not None and told.one_uid else 0
        self.shared.setText(self.tr("Two files with one SOP Instance UID") if told.one_uid else "")
        referring = (
            self.tr("1 file refers to it") if count == 1 else self.tr("%Ln files refer to it", "", count)
        )
        self.referring.setText(referring if count else "")
        said = self.tr("What refers to this UID cannot tell A from B: you will be asked which one it means.")
        asks = count and told.verdict not in ("same-file", "same-object")
        self.warning.say(said if asks else "", Verdict.INFO)

    def _show_rows(self) -> None:
        if self._found is None:
            return
        only_differing = self.switch.current == DIFFERENCES
        self.model.set_groups(rows_by_subject(self._found.compared, only_differing=only_differing))
        self.view.expandAll()
        places = self.model.differences()
        self.view.setCurrentIndex(places[0] if places else QModelIndex())
        self._show_place()

    def _show_place(self) -> None:
        places = self.model.differences()
        here = self.view.currentIndex().siblingAtColumn(0)
        words = ""
        if here in places:
            words = self.tr("Difference %1 of %2").replace("%1", number_text(places.index(here) + 1))
            words = words.replace("%2", number_text(len(places)))
        self.place.setText(words)
        for button in (self.previous_button, self.next_button):
            button.setEnabled(bool(places))

    def _show_buttons(self) -> None:
        found = self._found
        told = conclusion(found.compared) if found is not None else None
        may_renew = told is not None and told.one_uid and told.verdict not in ("same-file", "same-object")
        for button in (self.renew_first, self.renew_second):
            button.setVisible(may_renew)
            button.setEnabled(may_renew and self._state.checked and not self._state.busy)
        self.swap_button.setEnabled(found is not None)
        self.save_button.setEnabled(found is not None)
        self.close_button.set_text(self.tr("Leave both as they are") if may_renew else self.tr("Close"))

    def _words(self, told: Conclusion, compared: SideBySide) -> tuple[Verdict, str, str]:
        form = self._form(compared)
        match told.verdict:
            case "same-file":
                return (
                    Verdict.OK,
                    self.tr("The same file twice, byte for byte"),
                    self.tr("It was sent or copied again. An export writes it once."),
                )
            case "same-object":
                return (
                    Verdict.OK,
                    self.tr("The same object, written in two ways"),
                    self.tr("Only the encoding and the file meta differ."),
                )
            case "pixels-differ" if told.one_uid:
                said = self.tr("An archive keeps one and silently drops the other. The %1 were compared.")
                return (
                    Verdict.ERROR,
                    self.tr("Pixels differ: two different images bear one SOP Instance UID"),
                    said.replace("%1", form),
                )
            case "pixels-differ":
                said = self.tr("Each has a SOP Instance UID of its own. The %1 were compared.")
                return Verdict.INFO, self.tr("Two different images"), said.replace("%1", form)
            case "pixels-not-compared":
                return (
                    Verdict.WARNING,
                    self.tr("The pixel data were not compared"),
                    self.tr("They are compressed in different ways, and one of them cannot be decoded here."),
                )
            case _:
                return self._header_words(told, compared, form)

    def _header_words(self, told: Conclusion, compared: SideBySide, form: str) -> tuple[Verdict, str, str]:
        if compared.pixels.verdict == "none":
            title = self.tr("The content differs")
            text = self.tr("Neither file has pixel data.")
        else:
            title = self.tr("Same pixels, another header")
            text = self.tr("The %1 are equal; attributes differ.").replace("%1", form)
        if told.one_uid:
            text += " " + self.tr("Both bear one SOP Instance UID: an archive keeps one of them.")
        return Verdict.WARNING if told.one_uid else Verdict.INFO, title, text

    def _form(self, compared: SideBySide) -> str:
        is_decoded = compared.pixels.form == "decoded values"
        return self.tr("decoded pixel values") if is_decoded else self.tr("stored bytes of the pixel data")


def _before_gap(widget: QWidget) -> QHBoxLayout:
    """The widget with a gap behind it, on whichever side that is."""
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(widget, 1)
    row.addSpacing(_CARD_GAP)
    return row


def _compare(catalog: Catalog, first: int, second: int, *, masked: bool) -> _Found:
    compared = copies_side_by_side(catalog, first, second)
    card, other = copy_card(catalog, first), copy_card(catalog, second)
    return _Found(
        without_names(compared) if masked else compared,
        card,
        other,
        _referring(catalog, card),
        _finding(catalog, first, second),
    )


def _finding(catalog: Catalog, first: int, second: int) -> KeptFinding | None:
    of_second = {found.id for found in findings_of_occurrences(catalog, (second,))}
    both = (found for found in findings_of_occurrences(catalog, (first,)) if found.id in of_second)
    return next((found for found in both if found.rule in _OF_COPIES), None)


def _referring(catalog: Catalog, card: CopyCard) -> int:
    """How many files refer to the instance that a card is about."""
    instance = card.place[-1] if card.place else None
    if not isinstance(instance, InstanceRow):
        return 0
    return len({reference.from_occurrence for reference in references_to(catalog, instance.uid)})
