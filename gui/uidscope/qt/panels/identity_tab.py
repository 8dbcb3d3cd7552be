"""The UIDs of what is selected, each taken apart, with what is to be said against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.catalog.uid_uses import uid_use_counts
from uidscope.core.report.citation import short_citation
from uidscope.core.report.node_identity import UidIdentity, UidKeyword, UidRemark, node_identity
from uidscope.qt.anatomy_words import strip_anatomy
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.kit.anatomy_strip import AnatomyStrip
from uidscope.qt.kit.badge_painting import Mark
from uidscope.qt.kit.badges import Badge, BadgeKind
from uidscope.qt.kit.banner import Banner, BannerSize
from uidscope.qt.kit.buttons import IconButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.hairline import Hairline
from uidscope.qt.kit.layout_clearing import clear_layout
from uidscope.qt.kit.mark_label import MarkLabel
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.upright_area import upright_area
from uidscope.qt.kit.visible_text import visible_text
from uidscope.qt.panels.inspector_tab import InspectorTab
from uidscope.qt.panels.uid_actions import UidActions
from uidscope.qt.state import WorkState

_MOST_REMARKS = 4
_MARKS = 2
# The names that PS3.6 gives these elements; they are not translated.
_ELEMENT_NAMES: dict[UidKeyword, str] = {
    "SOPInstanceUID": "SOP Instance UID",
    "SeriesInstanceUID": "Series Instance UID",
    "StudyInstanceUID": "Study Instance UID",
    "FrameOfReferenceUID": "Frame of Reference UID",
    "SOPClassUID": "SOP Class UID",
}
_BADGES: dict[Severity, BadgeKind] = {
    "error": BadgeKind.ERROR,
    "warning": BadgeKind.WARNING,
    "info": BadgeKind.NOTE,
}
_VERDICTS: dict[Severity, Verdict] = {
    "error": Verdict.ERROR,
    "warning": Verdict.WARNING,
    "info": Verdict.INFO,
}


class IdentityTab(InspectorTab):
    """Shows a section for each UID, its own first. `find_uses` carries one whose uses are wanted.

    `fix_asked` carries the `KeptFinding` that is to be mended in a plan, `rule_asked` the code of a rule that
    is to be explained.
    """

    find_uses = Signal(str)
    fix_asked = Signal(object)
    rule_asked = Signal(str)

    def __init__(self, state: WorkState, parent: QWidget | None = None) -> None:
        super().__init__(state, "identityTab", parent)
        self.sections: list[UidSection] = []
        self._uses = BackgroundQuestion("uses of faulty UIDs", self)
        self._uses.answered.connect(self._show_uses)
        inner = QWidget()
        inner.setBackgroundRole(QPalette.ColorRole.Base)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(12)
        self._column.addStretch(1)
        area = upright_area(inner)
        self.pages.set_content(area)
        area.setAccessibleName(self.tr("The UIDs of what is selected"))
        self.setAccessibleName(self.tr("Identity"))

    def finder(self, catalog: Catalog, node: Node) -> Callable[[], Any] | str:
        if node.level == "patient":
            return self.tr("A patient has no UID. Select a study, a series or an image.")
        return lambda: node_identity(catalog, node)

    def present(self, found: Sequence[UidIdentity]) -> None:
        """Show these UIDs."""
        while len(self.sections) < len(found):
            section = UidSection(has_line=bool(self.sections))
            section.find_uses.connect(self.find_uses)
            section.fix_asked.connect(self.fix_asked)
            section.rule_asked.connect(self.rule_asked)
            self._column.insertWidget(len(self.sections), section)
            self.sections.append(section)
        for place, section in enumerate(self.sections):
            section.setVisible(place < len(found))
            if place < len(found):
                section.set_identity(found[place])
        primary = next((at for at, each in enumerate(found) if each.mendable is not None), None)
        for place, section in enumerate(self.sections):
            section.uid_actions.set_primary(is_primary=place == primary)
        self._ask_for_uses([each.anatomy.uid for each in found if each.remarks and each.anatomy.uid])

    def _ask_for_uses(self, uids: Sequence[str]) -> None:
        self._uses.drop()
        catalog = self.state.catalog
        if uids and catalog is not None:
            self._uses.ask(lambda: {uid: uid_use_counts(catalog, uid).total.elements for uid in uids})

    def _show_uses(self, counted: Mapping[str, int]) -> None:
        for section in self.sections:
            if section.identity is not None and section.identity.anatomy.uid in counted:
                section.uid_actions.set_uses(counted[section.identity.anatomy.uid])


class UidSection(QWidget):
    """One UID: its name and verdict, its anatomy, a box for each remark, and what to do about it."""

    find_uses = Signal(str)
    fix_asked = Signal(object)
    rule_asked = Signal(str)

    def __init__(self, *, has_line: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._identity: UidIdentity | None = None
        self._title = PlainLabel(role=FontRole.STRONG)
        self._marks = tuple(MarkLabel() for _ in range(_MARKS))
        self._copy = IconButton("copy", self.tr("Copy the UID"))
        self._copy.clicked.connect(self._copy_uid)
        self.uses_button = IconButton("search", self.tr("Find all uses"))
        self.uses_button.clicked.connect(self._find_uses)
        self._none = PlainLabel(self.tr("There is none: the element is empty or absent."), tone=Tone.TEXT2)
        self.strip = AnatomyStrip()
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(8)
        self.uid_actions = UidActions()
        self.uid_actions.fix.connect(self._ask_for_fix)
        self.uid_actions.find_uses.connect(self._find_uses)
        self.uid_actions.explain.connect(self._ask_for_rule)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        for mark in self._marks:
            head.addWidget(mark)
        head.addStretch(1)
        head.addWidget(self.uses_button)
        head.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if has_line:
            column.addWidget(Hairline())
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self.strip)
        column.addLayout(self._remarks)
        column.addWidget(self.uid_actions)

    @property
    def identity(self) -> UidIdentity | None:
        """What is shown."""
        return self._identity

    def set_identity(self, identity: UidIdentity) -> None:
        """Show another UID, or leave everything as it is for the same."""
        if identity == self._identity:
            return
        self._identity = identity
        name = _ELEMENT_NAMES[identity.keyword]
        self._title.setText(name)
        self.setAccessibleName(visible_text(name))
        self._copy.setAccessibleName(self.tr("Copy the %1").replace("%1", name))
        uid = identity.anatomy.uid
        self._copy.setEnabled(bool(uid))
        self.uses_button.setAccessibleName(self.tr("Find all uses of the %1").replace("%1", name))
        self.uses_button.setEnabled(bool(uid))
        # A faulty one has a button for it below, with the number of uses.
        self.uses_button.setVisible(not identity.remarks)
        self._none.setVisible(not uid)
        self.strip.setVisible(bool(uid))
        if uid:
            self.strip.set_anatomy(strip_anatomy(identity.anatomy))
        self._show_marks(identity)
        clear_layout(self._remarks)
        for remark in identity.remarks[:_MOST_REMARKS]:
            self._remarks.addWidget(_box(remark))
        more = len(identity.remarks) - _MOST_REMARKS
        if more > 0:
            self._remarks.addWidget(PlainLabel(self._more(more), tone=Tone.TEXT2))
        self.uid_actions.setVisible(bool(identity.remarks))
        self.uid_actions.set_element(name, has_value=bool(uid), can_fix=identity.mendable is not None)

    def _show_marks(self, identity: UidIdentity) -> None:
        counted = Counter(remark.severity for remark in identity.remarks)
        badges = [Badge(kind, counted[severity]) for severity, kind in _BADGES.items() if counted[severity]]
        for mark in self._marks:
            mark.set_mark(None)
        for mark, badge in zip(self._marks, badges, strict=False):
            mark.set_badge(badge)
        if not badges and identity.anatomy.uid:
            word = self.tr("registered") if identity.name else self.tr("well formed")
            self._marks[0].set_mark(Mark("verified", word, Verdict.OK))

    def _more(self, count: int) -> str:
        if count == 1:
            return self.tr("1 more: see Findings.")
        return self.tr("%Ln more: see Findings.", "", count)

    def _ask_for_fix(self) -> None:
        if self._identity is not None and self._identity.mendable is not None:
            self.fix_asked.emit(self._identity.mendable)

    def _ask_for_rule(self) -> None:
        if self._identity is not None and self._identity.remarks:
            self.rule_asked.emit(self._identity.remarks[0].rule)

    def _find_uses(self) -> None:
        if self._identity is not None:
            self.find_uses.emit(self._identity.anatomy.uid)

    def _copy_uid(self) -> None:
        if self._identity is not None:
            QGuiApplication.clipboard().setText(self._identity.anatomy.uid)


def _box(remark: UidRemark) -> Banner:
    return Banner(
        _VERDICTS[remark.severity],
        remark.title,
        remark.text,
        size=BannerSize.BOX,
        citation=short_citation(remark.citation),
    )
