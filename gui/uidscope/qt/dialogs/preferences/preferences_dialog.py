"""What is chosen once for all work: identity, rules, reading, privacy, appearance, language."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uidscope.qt.dialogs.choice_list import Choice, ChoiceList
from uidscope.qt.dialogs.preferences.privacy_page import PrivacyPage
from uidscope.qt.dialogs.preferences.reading_page import ReadingPage
from uidscope.qt.dialogs.preferences.rules_page import RulesPage
from uidscope.qt.dialogs.scheme_choice import SchemeChoice
from uidscope.qt.kit.button_box import ButtonBox
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.upright_area import upright_area
from uidscope.qt.preferences import Preferences
from uidscope.qt.spoken_language import AS_SYSTEM, LANGUAGE_NAMES

_SIZE = (920, 600)
_LIST_WIDTH = 170
_ROW_HEIGHT = 32


class PreferencesDialog(QDialog):
    """Pages beside their list. Nothing holds before *Keep* is pressed; then `preferences` says what does."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preferencesDialog")
        self.setWindowTitle(self.tr("Preferences"))
        self.setAccessibleName(self.windowTitle())
        self.resize(*_SIZE)
        self._before = preferences
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setViewportMargins(8, 16, 8, 8)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.pages = QStackedWidget()
        self.scheme = SchemeChoice(preferences.scheme, organization_file=preferences.organization_file)
        self.rules = RulesPage(preferences.rules)
        self.reading = ReadingPage(preferences.reading)
        self.privacy = PrivacyPage(preferences.privacy)
        self.appearance = self._appearance_choices()
        self.language = self._language_choices()
        self.keep_button = PlainButton(self.tr("Keep"), ButtonKind.PRIMARY)
        self.keep_button.setDefault(True)
        self._add_pages()
        self._lay_out()
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.scheme.changed.connect(self._check)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._check()

    @property
    def preferences(self) -> Preferences:
        """What is chosen; a scheme that makes no UIDs leaves the one before."""
        return Preferences(
            self.scheme.options or self._before.scheme,
            self.rules.rules,
            self.reading.reading,
            self.appearance.current,
            self.language.current,
            self._before.organization_file,
            self.privacy.privacy,
        )

    def _add_pages(self) -> None:
        self._add_page(
            self.tr("Identity"),
            self.tr("How new UIDs are made unless a plan says otherwise."),
            _scrolled(self.scheme),
            stretches=True,
        )
        self._add_page(
            self.tr("Rules"),
            self.tr("How grave a finding of each rule is. Other severities need no new check."),
            self.rules,
            stretches=True,
        )
        self._add_page(self.tr("Reading"), self.tr("It holds from the next reading on."), self.reading)
        self._add_page(
            self.tr("Privacy"), self.tr("What is shown of patients, and what is recorded."), self.privacy
        )
        self._add_page(self.tr("Appearance"), self.tr("The colours of the window."), self.appearance)
        self._add_page(self.tr("Language"), self.tr("It holds from the next start on."), self.language)

    def _add_page(self, name: str, about: str, content: QWidget, *, stretches: bool = False) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 12)
        column.setSpacing(12)
        column.addWidget(PlainLabel(name, role=FontRole.TITLE))
        column.addWidget(PlainLabel(about, tone=Tone.TEXT2, wraps=True))
        column.addWidget(content, 1 if stretches else 0)
        if not stretches:
            column.addStretch(1)
        entry = QListWidgetItem(name)
        entry.setSizeHint(QSize(0, _ROW_HEIGHT))
        self.list.addItem(entry)
        self.pages.addWidget(page)

    def _appearance_choices(self) -> ChoiceList:
        choices = ChoiceList(
            [
                Choice("system", self.tr("As the system"), self.tr("Light or dark, as the system is.")),
                Choice("light", self.tr("Light")),
                Choice("dark", self.tr("Dark")),
            ],
            self.tr("Colours"),
        )
        choices.set_current(self._before.appearance)
        return choices

    def _language_choices(self) -> ChoiceList:
        system = Choice(
            AS_SYSTEM, self.tr("As the system"), self.tr("English where the system speaks another language.")
        )
        own = (Choice(language, name) for language, name in LANGUAGE_NAMES.items())
        choices = ChoiceList([system, *own], self.tr("Language"))
        choices.set_current(self._before.language)
        return choices

    def _lay_out(self) -> None:
        cancel = PlainButton(self.tr("Cancel"))
        box = ButtonBox()
        box.addButton(self.keep_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        content = QWidget()
        content.setBackgroundRole(QPalette.ColorRole.Base)
        content.setAutoFillBackground(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.addWidget(box)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(8)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list)
        whole.addWidget(content, 1)
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _check(self) -> None:
        self.keep_button.setEnabled(self.scheme.options is not None)


def _scrolled(content: QWidget) -> QScrollArea:
    """An area that scrolls down and up, and never sideways."""
    content.setBackgroundRole(QPalette.ColorRole.Base)
    # A ring of focus around the first choice must not be cut at the area's edge.
    content.setContentsMargins(2, 2, 12, 8)
    area = upright_area(content, takes_keyboard=False)
    area.setMinimumWidth(content.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
    return area
