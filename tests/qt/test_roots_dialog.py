"""The organization's UIDs in the window: checked as one types, handed out once, kept at once."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.qt.accessible import HOSTILE, acting_labels, nameless
from tests.qt.loaded_state import settle, shown
from tests.qt.room import cut_widgets
from uidscope.core.uid.organization.organization import Organization, Product
from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.core.uid.organization.organization_file import default_organization_file
from uidscope.core.uid.organization.organization_json import organization_to_json
from uidscope.qt.dialogs.roots import roots_dialog
from uidscope.qt.dialogs.roots.roots_dialog import RootsDialog
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.models.organization_model import OrganizationColumn, OrganizationModel

ROOT = "1.3.6.1.4.1.32473"


@pytest.fixture
def book(tmp_path: Path) -> OrganizationBook:
    book = OrganizationBook(str(tmp_path / "organization.json"))
    book.set_root(ROOT)
    book.product("Viewer")
    book.version("Viewer", "1.0")
    book.product("Gateway")
    book.installation("372764")
    return book


@pytest.fixture
def dialog(qtbot: QtBot, book: OrganizationBook) -> RootsDialog:
    return opened(qtbot, book.path)


def opened(qtbot: QtBot, path: str) -> RootsDialog:
    dialog = RootsDialog(path)
    shown(qtbot, dialog, 940, 680)
    settle(qtbot, dialog)
    return dialog


def select(dialog: RootsDialog, uid: str) -> None:
    index = dialog.model.index_of(uid)
    assert index.isValid()
    dialog.view.setCurrentIndex(index)


def rows(dialog: RootsDialog) -> list[str]:
    """The UIDs that the tree shows, from the top."""
    found = []
    index = dialog.model.index(0, 0)
    while index.isValid():
        uid = index.siblingAtColumn(OrganizationColumn.UID).data()
        if uid:
            found.append(uid)
        index = dialog.view.indexBelow(index)
    return found


def test_it_shows_what_was_handed_out(dialog: RootsDialog) -> None:
    assert dialog.objectName() == "rootsDialog"
    assert dialog.root_edit.text() == ROOT
    assert dialog.root_edit.isReadOnly()
    assert rows(dialog) == [f"{ROOT}.1.1", f"{ROOT}.1.1.1", f"{ROOT}.1.2", f"{ROOT}.2.372764"]
    assert dialog.model.index(0, 0).data() == "Products, the next number is 3"


def test_a_root_is_checked_while_it_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "new" / "organization.json"
    dialog = opened(qtbot, str(path))
    assert dialog.pages.currentWidget() is dialog.ways
    for root, words, can_be_kept in (
        ("1.2.826.0.1.3680043.8.498", "pydicom", True),
        ("1.2.840.10008.4", "only the standard itself", False),
        ("1.02", "leading zero", False),
        (ROOT, "46 digits remain", True),
    ):
        dialog.root_edit.setText(root)
        assert words in dialog.root_remark.said
        assert dialog.set_button.isEnabled() == can_be_kept
        assert dialog.sample.text().startswith(root + ".") == can_be_kept
    assert not path.exists()
    qtbot.keyClick(dialog.root_edit, Qt.Key.Key_Return)
    settle(qtbot, dialog)
    assert OrganizationBook(str(path)).read().root == ROOT
    assert dialog.pages.currentWidget() is dialog.view
    assert not dialog.set_button.isEnabled()


def test_where_there_is_no_sample_nothing_is_said_of_one(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(qtbot, str(tmp_path / "organization.json"))
    for root in ("", "1.02", ROOT, ""):
        dialog.root_edit.setText(root)
        labels = [each.text() for each in dialog.findChildren(PlainLabel) if each.isVisible()]
        assert ("Sample" in labels) == (root == ROOT)


def test_a_product_gets_the_next_number(qtbot: QtBot, dialog: RootsDialog, book: OrganizationBook) -> None:
    assert dialog.request.uid.text() == f"{ROOT}.1.3"
    assert not dialog.request.hand_out_button.isEnabled()
    qtbot.keyClicks(dialog.request.name_edit, "Archive")
    dialog.request.hand_out_button.click()
    settle(qtbot, dialog)
    assert [product.name for product in book.read().products] == ["Viewer", "Gateway", "Archive"]
    assert f"{ROOT}.1.3 is handed out" in dialog.told.said
    assert dialog.request.name_edit.text() == ""
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == f"{ROOT}.1.3"


def test_a_version_is_one_of_the_product_at_hand(
    qtbot: QtBot, dialog: RootsDialog, book: OrganizationBook
) -> None:
    dialog.request.choose("version")
    dialog.view.setCurrentIndex(dialog.model.index(1, 0))
    assert not dialog.request.name_edit.isEnabled()
    for uid in (f"{ROOT}.1.1", f"{ROOT}.1.1.1"):
        select(dialog, uid)
        assert dialog.request.uid.text() == f"{ROOT}.1.1.2"
    dialog.request.name_edit.setText("2.0")
    dialog.request.name_edit.setFocus()
    qtbot.keyClick(dialog.request.name_edit, Qt.Key.Key_Return)
    settle(qtbot, dialog)
    assert dialog.focusWidget() is dialog.request.name_edit
    assert [version.name for version in book.read().products[0].versions] == ["1.0", "2.0"]


def test_a_serial_number_is_told_what_it_becomes(
    qtbot: QtBot, dialog: RootsDialog, book: OrganizationBook
) -> None:
    dialog.request.choose("installation")
    dialog.request.name_edit.setText("0372764")
    assert dialog.request.uid.text() == f"{ROOT}.2.0.10372764"
    assert "looks like" in dialog.request.remark.said
    dialog.request.name_edit.setText("372764")
    assert "clone" in dialog.request.remark.said
    dialog.request.name_edit.setText("ä")
    assert not dialog.request.hand_out_button.isEnabled()
    dialog.request.name_edit.setText("WARD-B")
    dialog.request.number_edit.setText("5")
    dialog.request.hand_out_button.click()
    settle(qtbot, dialog)
    assert book.read().installations[1].number == "5"


def test_what_is_retired_stays_and_its_number_too(
    qtbot: QtBot, dialog: RootsDialog, book: OrganizationBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, sentence: str, *_words: str) -> bool:
        asked.append(sentence)
        return len(asked) > 1

    monkeypatch.setattr(roots_dialog, "ask", answer)
    for uid in (f"{ROOT}.1.2", f"{ROOT}.1.2", f"{ROOT}.1.1.1", f"{ROOT}.2.372764"):
        select(dialog, uid)
        dialog.retire_button.click()
        settle(qtbot, dialog)
    assert asked == ["Retire Gateway?", "Retire Gateway?", "Retire 1.0?", "Retire 372764?"]
    kept = book.read()
    assert kept.products[1].retired
    assert kept.products[0].versions[0].retired
    assert kept.installations[0].retired
    assert not kept.products[0].retired
    assert not dialog.retire_button.isEnabled()
    assert len(rows(dialog)) == 4
    assert dialog.request.uid.text() == f"{ROOT}.1.3"


def test_it_is_exported(
    qtbot: QtBot, dialog: RootsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, button, uid in (
        ("all.csv", dialog.export_button, f"{ROOT}.1.1"),
        ("one.txt", dialog.export_one_button, f"{ROOT}.2.372764"),
        ("all.json", dialog.export_button, f"{ROOT}.1.1"),
    ):
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_words, name=name: (str(tmp_path / name), "")
        )
        select(dialog, uid)
        button.click()
        settle(qtbot, dialog)
        assert name in dialog.told.said
    assert (tmp_path / "one.txt").read_text() == f"{ROOT}.2.372764\n"
    assert json.loads((tmp_path / "all.json").read_text())["root"] == ROOT
    assert f"version,{ROOT}.1.1.1,Viewer,1.0" in (tmp_path / "all.csv").read_text()
    select(dialog, f"{ROOT}.1.1")
    assert not dialog.export_one_button.isEnabled()


def test_a_damaged_file_is_told_and_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "organization.json"
    path.write_text("{")
    dialog = opened(qtbot, str(path))
    assert "damaged" in dialog.told.said
    dialog.root_edit.setText(ROOT)
    dialog.set_button.click()
    settle(qtbot, dialog)
    assert "damaged" in dialog.told.said
    assert path.read_text() == "{"


def test_another_program_may_hand_out_meanwhile(
    qtbot: QtBot, dialog: RootsDialog, book: OrganizationBook
) -> None:
    book.product("Archive")
    dialog.request.name_edit.setText("Router")
    dialog.request.hand_out_button.click()
    settle(qtbot, dialog)
    assert f"{ROOT}.1.4 is handed out" in dialog.told.said
    assert f"{ROOT}.1.3" in rows(dialog)


def test_how_to_get_a_root_can_be_read_any_time(dialog: RootsDialog) -> None:
    assert dialog.pages.currentWidget() is dialog.view
    dialog.how_button.click()
    assert dialog.pages.currentWidget() is dialog.ways
    dialog.how_button.click()
    assert dialog.pages.currentWidget() is dialog.view


def test_the_default_file_is_the_users_own(qtbot: QtBot) -> None:
    OrganizationBook(default_organization_file()).set_root(ROOT)
    assert opened(qtbot, "").root_edit.text() == ROOT


def test_the_model_keeps_qts_rules(qtbot: QtBot, book: OrganizationBook) -> None:
    model = OrganizationModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.rowCount() == 0
    model.set_organization(book.read())
    assert model.rowCount() == 2
    model.set_organization(Organization())
    assert model.rowCount() == 0


def test_names_stay_text_and_every_part_has_a_name(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "organization.json"
    products = tuple(Product(at, name, "2026-01-01") for at, name in enumerate(HOSTILE, start=1))
    path.write_bytes(organization_to_json(Organization(ROOT, products)))
    dialog = opened(qtbot, str(path))
    select(dialog, f"{ROOT}.1.1")
    dialog.request.choose("version")
    assert acting_labels(dialog) == []
    assert nameless(dialog) == []
    assert "\u202e" not in dialog.model.index_of(f"{ROOT}.1.3").data()


def test_no_word_is_cut(qtbot: QtBot, text_size: int, book: OrganizationBook, tmp_path: Path) -> None:
    dialog = opened(qtbot, book.path)
    dialog.request.choose("installation")
    dialog.request.name_edit.setText("0372764")
    assert cut_widgets(dialog) == []
    dialog = opened(qtbot, str(tmp_path / "none.json"))
    dialog.root_edit.setText("1.2.826.0.1.3680043.8.498")
    assert cut_widgets(dialog) == []


def test_it_is_there_in_both_schemes_and_directions(
    qtbot: QtBot, scheme: Scheme, direction: Qt.LayoutDirection, book: OrganizationBook
) -> None:
    dialog = opened(qtbot, book.path)
    assert dialog.layoutDirection() == direction
    assert cut_widgets(dialog) == []


def test_another_file_is_opened_and_the_own_one_comes_back(
    qtbot: QtBot, book: OrganizationBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(qtbot, "")
    assert rows(dialog) == []
    assert not dialog.file_row.own_button.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (book.path, ""))
    with qtbot.waitSignal(dialog.file_chosen) as chosen:
        dialog.file_row.open_button.click()
    settle(qtbot, dialog)
    assert chosen.args == [book.path]
    assert dialog.root_edit.text() == ROOT
    assert f"{ROOT}.1.1" in rows(dialog)
    with qtbot.waitSignal(dialog.file_chosen) as chosen:
        dialog.file_row.own_button.click()
    settle(qtbot, dialog)
    assert chosen.args == [""]
    assert dialog.root_edit.text() == ""


def test_a_new_file_begins_empty_and_one_there_is_stays(
    qtbot: QtBot, dialog: RootsDialog, book: OrganizationBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path(book.path).read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "other"), ""))
    dialog.file_row.new_button.click()
    settle(qtbot, dialog)
    assert dialog.root_edit.text() == ""
    dialog.root_edit.setText("1.2.276.0.7230010.3")
    dialog.set_button.click()
    settle(qtbot, dialog)
    assert OrganizationBook(str(tmp_path / "other.json")).read().root == "1.2.276.0.7230010.3"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (book.path, ""))
    dialog.file_row.new_button.click()
    settle(qtbot, dialog)
    assert dialog.root_edit.text() == ROOT
    assert Path(book.path).read_bytes() == before


def test_a_file_that_is_none_is_refused_and_the_one_before_kept(
    qtbot: QtBot, dialog: RootsDialog, tmp_path: Path
) -> None:
    chosen: list[str] = []
    dialog.file_chosen.connect(chosen.append)
    (tmp_path / "notes.json").write_text("[]")
    dialog.use_file(str(tmp_path / "notes.json"))
    settle(qtbot, dialog)
    assert "damaged or none" in dialog.told.said
    assert chosen == []
    assert dialog.root_edit.text() == ROOT
