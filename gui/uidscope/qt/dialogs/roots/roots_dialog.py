"""The organization's own UIDs: its root, its products with their versions, its installations."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from uidscope.core.report.organization_export import EXPORT_ENDINGS, save_organization
from uidscope.core.uid.organization.number_request import NumberRequest
from uidscope.core.uid.organization.organization import Organization
from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.core.uid.organization.organization_file import default_organization_file
from uidscope.core.uid.root_report import report_on_root
from uidscope.core.uid.scheme_description import scheme_description
from uidscope.core.uid.scheme_parts import SchemeOptions
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.dialogs.question_dialog import ask
from uidscope.qt.dialogs.remark import Remark
from uidscope.qt.dialogs.roots.number_request_row import NumberRequestRow
from uidscope.qt.dialogs.roots.organization_file_row import OrganizationFileRow
from uidscope.qt.dialogs.roots.ways_to_a_root import WaysToARoot
from uidscope.qt.kit.buttons import ButtonKind, PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.hairline import Hairline
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.models.organization_model import OrganizationColumn, OrganizationModel, OrganizationRow
from uidscope.qt.path_choice import choose_report_file

_SIZE = (940, 680)
_NAME_WIDTH, _STATE_WIDTH, _SINCE_WIDTH = 300, 90, 110
_SAMPLE_SCHEME = "root-random"
_SECONDS_TO_WAIT = 5.0  # for another program that changes the file


class _Done(NamedTuple):
    """What work in the background came to: the organization after it, what to say, what to select.

    ``remarks`` are said too, as warnings. ``book`` is another file to go on with.
    """

    organization: Organization
    told: str = ""
    uid: str = ""
    remarks: tuple[str, ...] = ()
    book: OrganizationBook | None = None


class RootsDialog(QDialog):
    """Shows the organization's file and hands out its numbers; each is kept at once.

    ``path`` is the file, by default the one in the user's own data folder. The file is read and changed
    beside the window's thread, for another program may hold it a while. `file_chosen` says that another
    one is used from now on, by its path; the default is an empty one.
    """

    file_chosen = Signal(str)

    def __init__(self, path: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = _book(path)
        self._organization = Organization()
        self._focused: QWidget | None = None  # before work disabled what had the focus
        self.setObjectName("rootsDialog")
        self.setWindowTitle(self.tr("UID roots"))
        self.setAccessibleName(self.tr("UIDs of your organization"))
        self.resize(*_SIZE)
        self.root_edit = QLineEdit()
        self.root_edit.setAccessibleName(self.tr("Root of your organization"))
        self.root_edit.setPlaceholderText(self.tr("Root, such as 1.3.6.1.4.1.32473"))
        self.set_button = PlainButton(self.tr("Keep this root"))
        self.root_remark = Remark()
        self._sample_label = PlainLabel(self.tr("Sample"), role=FontRole.SMALL, tone=Tone.TEXT2)
        self.sample = PlainLabel(" ", role=FontRole.MONO, tone=Tone.TEXT2, selectable=True)
        self.request = NumberRequestRow()
        self.model = OrganizationModel(self)
        self.view = self._make_view()
        self.ways = WaysToARoot()
        self.pages = QStackedWidget()
        self.how_button = PlainButton(self.tr("How to get a root"), ButtonKind.QUIET)
        self.how_button.setCheckable(True)
        self.copy_button = PlainButton(self.tr("Copy UID"), icon="copy")
        self.retire_button = PlainButton(self.tr("Retire…"), ButtonKind.DANGER)
        self.export_button = PlainButton(self.tr("Export all…"))
        self.export_one_button = PlainButton(self.tr("Export installation…"))
        self.close_button = PlainButton(self.tr("Close"))
        self.told = Remark()
        self.file_row = OrganizationFileRow(path)
        self._work = BackgroundQuestion("organization's file", self)
        self._lay_out()
        self._connect()
        self._check_root()
        self.root_edit.setFocus()
        self._do(lambda: _Done(self._book.read()))

    # Parts

    def _make_view(self) -> RowTreeView:
        view = RowTreeView()
        view.setObjectName("organizationView")
        view.setProperty("framed", True)
        view.setAccessibleName(self.tr("Products, versions and installations"))
        view.setModel(self.model)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(OrganizationColumn.UID, QHeaderView.ResizeMode.Stretch)
        view.setColumnWidth(OrganizationColumn.NAME, _NAME_WIDTH)
        view.setColumnWidth(OrganizationColumn.STATE, _STATE_WIDTH)
        view.setColumnWidth(OrganizationColumn.GIVEN, _SINCE_WIDTH)
        return view

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.tr("UIDs of your organization"), role=FontRole.TITLE), 1)
        head.addWidget(self.how_button)
        column.addLayout(head)
        column.addLayout(self._root_part())
        column.addWidget(Hairline())
        column.addWidget(self.request)
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.ways)
        column.addWidget(self.pages, 1)
        column.addWidget(self.told)
        column.addWidget(self.file_row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.copy_button, self.retire_button, self.export_one_button, self.export_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column.addLayout(buttons)

    def _root_part(self) -> QVBoxLayout:
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(PlainLabel(self.tr("Root")))
        fields.addWidget(self.root_edit, 1)
        fields.addWidget(self.set_button)
        sample = QHBoxLayout()
        sample.setSpacing(8)
        sample.addWidget(self._sample_label)
        sample.addWidget(self.sample, 1)
        part = QVBoxLayout()
        part.setSpacing(8)
        part.addLayout(fields)
        part.addWidget(self.root_remark)
        part.addLayout(sample)
        return part

    def _connect(self) -> None:
        self.root_edit.textChanged.connect(lambda _text: self._check_root())
        self.root_edit.returnPressed.connect(self.set_button.click)
        self.set_button.clicked.connect(self.keep_root)
        self.request.asked.connect(self.hand_out)
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._select())
        self.how_button.toggled.connect(self._turn_page)
        self.copy_button.clicked.connect(self.copy_uid)
        self.retire_button.clicked.connect(self.retire)
        self.export_button.clicked.connect(lambda: self._export(""))
        self.export_one_button.clicked.connect(self.export_installation)
        self.close_button.clicked.connect(self.reject)
        self.file_row.chosen.connect(self.use_file)
        self._work.answered.connect(self._show)
        self._work.failed.connect(self._fail)

    # What can be done

    def keep_root(self) -> None:
        """Make what is typed the organization's root."""
        root = self.root_edit.text().strip()
        said = self.tr("The root is kept.")
        self._do(lambda: _Done(self._book.set_root(root), said))

    def hand_out(self, request: NumberRequest) -> None:
        """Hand out a number, and select it."""
        new = self.tr("%1 is handed out, for good.")

        def work() -> _Done:
            given = self._book.hand_out(request)
            said = new.replace("%1", given.uid) if given.is_new else ""
            return _Done(self._book.read(), said, given.uid, given.remarks)

        self._do(work)

    def retire(self) -> None:
        """Ask, and retire what is selected."""
        row = self._current
        if row is None:
            return
        sentence = self.tr("Retire %1?").replace("%1", row.name)
        about = self.tr("%1 is kept as retired, so that nobody gets it again. This cannot be undone.")
        if ask(self, sentence, about.replace("%1", row.uid), self.tr("Retire"), self.tr("Keep")):
            self._do(lambda: _Done(_retired(self._book, row), uid=row.uid))

    def copy_uid(self) -> None:
        """Copy the UID that is selected."""
        row = self._current
        if row is not None:
            QGuiApplication.clipboard().setText(row.uid)

    def use_file(self, path: str) -> None:
        """Go on with another file; an empty path means the user's own. One that is damaged is refused."""
        book = _book(path)

        def work() -> _Done:
            return _Done(book.read(), book=book)

        self._do(work)

    def export_installation(self) -> None:
        """Write the root of the installation selected for the program that needs it."""
        row = self._current
        if row is not None:
            self._export(row.name)

    def _export(self, serial: str) -> None:
        path = choose_report_file(self, EXPORT_ENDINGS)
        if not path:
            return
        said = self.tr("Written: %1").replace("%1", path)

        def work() -> _Done:
            organization = self._book.read()
            save_organization(organization, path, serial)
            return _Done(organization, said)

        self._do(work)

    # What shows

    @property
    def _current(self) -> OrganizationRow | None:
        return self.model.row_at(self.view.currentIndex())

    def _do(self, work: Callable[[], _Done]) -> None:
        """Have something done, one thing at a time."""
        if self._work.is_waiting:
            return
        self.told.say("")
        self._focused = self.focusWidget()
        self._work.ask(work)
        self._show_state()

    def _show(self, done: _Done) -> None:
        before = self._current
        if done.book is not None:
            self._take_book(done.book)
        had_root = bool(self._organization.root)
        self._organization = done.organization
        self.model.set_organization(done.organization)
        self.view.expandAll()
        chosen = self.model.index_of(done.uid or (before.uid if before else ""))
        self.view.setCurrentIndex(chosen if chosen.isValid() else self.model.index(0, 0))
        if done.organization.root and not (had_root and self.root_edit.text().strip()):
            self.root_edit.setText(done.organization.root)
        self.request.set_organization(done.organization)
        if done.uid:
            self.request.clear()
        verdict = Verdict.WARNING if done.remarks else Verdict.OK
        self.told.say(" ".join((done.told, *done.remarks)).strip(), verdict)
        self.how_button.setChecked(not done.organization.root)
        self._check_root()
        self._select()
        self._give_focus_back()

    def _take_book(self, book: OrganizationBook) -> None:
        self._book = book
        self._organization = Organization()
        self.root_edit.clear()
        path = "" if book.path == default_organization_file() else book.path
        self.file_row.show_file(path)
        self.file_chosen.emit(path)

    def _fail(self, sentence: str) -> None:
        self.told.say(sentence, Verdict.ERROR)
        self._show_state()
        self._give_focus_back()

    def _give_focus_back(self) -> None:
        if self._focused is not None and self._focused.isEnabled():
            self._focused.setFocus()

    def _check_root(self) -> None:
        """Judge what is typed, and make a sample with it."""
        root = self.root_edit.text().strip()
        report = report_on_root(root)
        verdict = Verdict.ERROR if report.refusal else Verdict.WARNING if report.warnings else Verdict.OK
        self.root_remark.say(" ".join(report.sentences) if root else "", verdict)
        described = scheme_description(SchemeOptions(_SAMPLE_SCHEME, root))
        self.sample.setText(described.sample or " ")
        # Its place is kept, so that nothing moves while a root is typed.
        self._sample_label.setText(self.tr("Sample") if described.sample else " ")
        self._show_state()

    def _select(self) -> None:
        row = self._current
        self.request.set_product(row.product if row is not None and not self._is_gone(row) else "")
        self._show_state()

    def _is_gone(self, row: OrganizationRow) -> bool:
        """Whether the product at hand was retired; a retired version's product may be in use."""
        product = self._organization.product(row.product)
        return product is None or product.retired

    def _show_state(self) -> None:
        row, is_free = self._current, not self._work.is_waiting
        root = self.root_edit.text().strip()
        is_other_root = bool(root) and root != self._organization.root and not report_on_root(root).refusal
        self.root_edit.setReadOnly(self._organization.has_numbers)
        self.set_button.setEnabled(is_free and is_other_root and not self._organization.has_numbers)
        self.request.setEnabled(is_free)
        self.file_row.setEnabled(is_free)
        self.copy_button.setEnabled(row is not None)
        self.retire_button.setEnabled(is_free and row is not None and not row.retired)
        self.export_button.setEnabled(is_free and bool(self._organization.root))
        is_installation = row is not None and row.kind == "installation" and not row.retired
        self.export_one_button.setEnabled(is_free and is_installation)

    def _turn_page(self, shows_ways: bool) -> None:
        self.pages.setCurrentWidget(self.ways if shows_ways else self.view)


def _book(path: str) -> OrganizationBook:
    return OrganizationBook(path or default_organization_file(), _SECONDS_TO_WAIT)


def _retired(book: OrganizationBook, row: OrganizationRow) -> Organization:
    match row.kind:
        case "product":
            return book.retire_product(row.name)
        case "version":
            return book.retire_version(row.product, row.name)
        case "installation":
            return book.retire_installation(row.name)
