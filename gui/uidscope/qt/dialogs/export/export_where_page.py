"""The second page of the export: where it goes, how files lie in it, and what comes with it."""

from __future__ import annotations

import os
from typing import cast

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from uidscope.core.errors import UidscopeError
from uidscope.core.export.request import LAYOUTS, REJECTION_TITLES, Layout, RejectionTitle
from uidscope.core.export.target import check_target, target_names
from uidscope.core.flow import Destination
from uidscope.core.plan.replaced import BESIDE_THE_OLD
from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.buttons import PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.drop_down import DropDown
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.tick_buttons import PlainCheckBox
from uidscope.qt.path_choice import choose_folder
from uidscope.qt.planning.export_words import export_words
from uidscope.qt.state import WorkState

_FILE_SET_ID = "[A-Z0-9_ ]{0,16}"


class WherePage(QWidget):
    """A folder or an archive that is made new, how files lie in it, and whether the old ones are rejected.

    `changed` says that something else holds. Where an interrupted export lies, `go_on_asked` and
    `clear_asked` say what is to become of it.
    """

    changed = Signal()
    go_on_asked = Signal()
    clear_asked = Signal()

    def __init__(
        self, state: WorkState, before: Destination | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sources = state.paths
        self.target_edit = QLineEdit(before.target if before else suggested_target(state.paths))
        self.target_edit.setAccessibleName(self.tr("The new folder"))
        self.check = Remark()
        self.refusal = Remark()
        self.interrupted = self._make_interrupted()
        self.layouts = ChoiceList([self._layout_choice(layout) for layout in LAYOUTS], self.tr("Layout"))
        self.file_set_edit = self._make_file_set_edit()
        self.zip_box = PlainCheckBox(self.tr("As one ZIP file"))
        self.rejection = self._make_rejection()
        self._lay_out(may_reject=replaces_something(state))
        if before is not None:
            self.layouts.set_current(before.layout)
            self.zip_box.setChecked(before.zipped)
        self._connect()
        self.look()

    @property
    def destination(self) -> Destination:
        """Where to, and what comes with it, as it stands here; without a change record."""
        layout = cast("Layout", self.layouts.current)
        title = self.rejection.currentData()
        return Destination(
            self._target(),
            layout,
            zipped=self.zip_box.isChecked(),
            file_set_id=self.file_set_edit.text().strip() if layout == "media" else "",
            rejection=cast("RejectionTitle", title) if title else None,
        )

    @property
    def objection(self) -> str:
        """What speaks against the place, as a sentence; empty where nothing does."""
        if not self.target_edit.text().strip():
            return self.tr("Name a folder.")
        names = target_names(self._target(), zipped=self.zip_box.isChecked())
        try:
            check_target(names, self._sources, ())
        except UidscopeError as error:
            return str(error)
        return ""

    @property
    def is_interrupted(self) -> bool:
        """Whether an export to this place was begun and not ended."""
        names = target_names(self._target(), zipped=self.zip_box.isChecked())
        return bool(self.target_edit.text().strip()) and os.path.lexists(names.staging)

    def look(self) -> None:
        """Look again whether the place can be used."""
        interrupted = self.is_interrupted
        self.interrupted.setVisible(interrupted)
        objection = "" if interrupted else self.objection
        self.check.say(
            "" if interrupted else objection or self._beside(), Verdict.ERROR if objection else Verdict.OK
        )
        self.refuse("")
        self.changed.emit()

    def refuse(self, sentence: str) -> None:
        """Say why what was asked for cannot be done; nothing takes it back."""
        self.refusal.say(sentence, Verdict.ERROR)

    # Parts

    def _lay_out(self, *, may_reject: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("Where it goes"), role=FontRole.TITLE))
        column.addWidget(PlainLabel(self.tr("A folder that does not exist yet"), tone=Tone.TEXT2))
        column.addLayout(self._target_line())
        column.addWidget(self.check)
        column.addWidget(self.interrupted)
        column.addWidget(self.refusal)
        column.addWidget(self.zip_box)
        column.addWidget(PlainLabel(self.tr("Layout"), role=FontRole.STRONG))
        column.addWidget(self.layouts)
        self.layouts.add_below("media", self._file_set_line())
        if may_reject:
            self._lay_out_rejection(column)
        else:
            self.rejection.setParent(self)
            self.rejection.hide()
        column.addStretch(1)

    def _connect(self) -> None:
        self.target_edit.textChanged.connect(lambda _text: self.look())
        self.zip_box.toggled.connect(lambda _on: self.look())
        self.layouts.chosen.connect(lambda _key: self.look())
        self.file_set_edit.textEdited.connect(self._set_capitals)
        self.interrupted.triggered.connect(
            lambda place: self.clear_asked.emit() if place else self.go_on_asked.emit()
        )

    def _layout_choice(self, layout: Layout) -> Choice:
        meanings = {
            "keep": self.tr("As in the source; of several sources, each in a folder of its name."),
            "hierarchy": self.tr(
                "Folders and files are numbered: no name or ID of anybody stands in a path."
            ),
            "media": self.tr(
                "For a disc or a stick: names of eight characters, and a DICOMDIR that lists every file. "
                "A file without Study or Series UID, or of a class that no DICOMDIR lists, is refused."
            ),
        }
        return Choice(layout, export_words().layout(layout, zipped=False), meanings[layout])

    def _make_interrupted(self) -> Banner:
        return Banner(
            Verdict.WARNING,
            self.tr("An export to this place was interrupted"),
            self.tr("Go on, with the same UIDs, where it stopped; or clear what it left."),
            (self.tr("Go on"), self.tr("Clear")),
        )

    def _make_file_set_edit(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(self.tr("File-set ID"))
        edit.setPlaceholderText(self.tr("at most 16 capitals, digits, _ and spaces"))
        edit.setMaxLength(16)
        pattern = QRegularExpression(_FILE_SET_ID, QRegularExpression.PatternOption.CaseInsensitiveOption)
        edit.setValidator(QRegularExpressionValidator(pattern, edit))
        return edit

    def _make_rejection(self) -> DropDown:
        drop_down = DropDown(self.tr("Rejection note"))
        drop_down.addItem(self.tr("No rejection note"), "")
        for code, meaning in REJECTION_TITLES.items():
            drop_down.addItem(f"{meaning} ({code})", code)
        return drop_down

    def _target_line(self) -> QHBoxLayout:
        browse = PlainButton(self.tr("Choose place…"))
        browse.clicked.connect(self._choose_place)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.target_edit, 1)
        row.addWidget(browse)
        return row

    def _file_set_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("File-set ID")))
        row.addWidget(self.file_set_edit, 1)
        return line

    def _lay_out_rejection(self, column: QVBoxLayout) -> None:
        column.addWidget(PlainLabel(self.tr("The old objects"), role=FontRole.STRONG))
        column.addWidget(
            PlainLabel(
                self.tr(
                    "The new objects take their place. An archive that has them must reject them: the list "
                    "of old UIDs is always written, and a note for each study where you choose its reason."
                ),
                role=FontRole.SMALL,
                tone=Tone.TEXT2,
                wraps=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.rejection)
        row.addStretch(1)
        column.addLayout(row)

    # What is chosen

    def _target(self) -> str:
        return os.path.abspath(os.path.expanduser(self.target_edit.text().strip()))

    def _beside(self) -> str:
        beside = self.tr("Beside it: a list of old and new UIDs, a manifest, the old UIDs.")
        if self.zip_box.isChecked():
            archive = os.path.basename(target_names(self._target(), zipped=True).archive)
            return self.tr("%1 will be made.").replace("%1", archive) + " " + beside
        return self.tr("It will be made.") + " " + beside

    def _set_capitals(self, text: str) -> None:
        at = self.file_set_edit.cursorPosition()
        self.file_set_edit.setText(text.upper())
        self.file_set_edit.setCursorPosition(at)

    def _choose_place(self) -> None:
        """Ask for the folder in which the new one is made; its name stays."""
        place = choose_folder(self)
        if place:
            name = os.path.basename(self._target()) or "export"
            self.target_edit.setText(os.path.join(place, name))


def replaces_something(state: WorkState) -> bool:
    """Whether new objects may take the place of old ones; the dry run says of which."""
    uid_map = state.uid_map
    if uid_map is None or not (uid_map.instances or uid_map.own_instances):
        return False
    return any(intention.kind not in BESIDE_THE_OLD for intention in state.history.plan.intentions)


def suggested_target(sources: tuple[str, ...]) -> str:
    """A folder beside the first source that does not exist yet."""
    if not sources:
        return ""
    stem = f"{sources[0].rstrip(os.sep)}-export"
    number, target = 1, stem
    while os.path.lexists(target):
        number += 1
        target = f"{stem}-{number}"
    return target
