"""Every scheme is offered with what there is to know of it, and none is taken that makes no UID."""

import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.keyrings import InMemory
from tests.qt.accessible import acting_labels, nameless
from tests.qt.loaded_state import settle, shown
from tests.qt.room import cut_widgets
from uidscope.core.judge.rule_settings import profile
from uidscope.core.uid.key_file import key_fingerprint
from uidscope.core.uid.keyring_entry import create_keyring_key
from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.core.uid.scheme_description import describe_schemes
from uidscope.core.uid.schemes import KEY_LENGTH, SCHEME_NAMES, SchemeOptions
from uidscope.qt.dialogs.preferences.preferences_dialog import PreferencesDialog
from uidscope.qt.dialogs.scheme_choice import SchemeChoice
from uidscope.qt.kit.elided_label import ElidedLabel
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.tick_buttons import PlainRadioButton
from uidscope.qt.preferences import Preferences, Reading

ROOT = "1.3.6.1.4.1.32473"


@pytest.fixture
def choice(qtbot: QtBot, tmp_path: Path) -> SchemeChoice:
    made = SchemeChoice(SchemeOptions(), organization_file=str(tmp_path / "organization.json"))
    shown(qtbot, made, 800, 900)
    return made


def options(choice: SchemeChoice) -> SchemeOptions | None:
    """What is chosen now; asked anew each time."""
    return choice.options


def button(choice: SchemeChoice, title: str) -> PlainRadioButton:
    (found,) = (each for each in choice.findChildren(PlainRadioButton) if each.accessibleName() == title)
    return found


def a_key(folder: Path, length: int = KEY_LENGTH, mode: int = 0o600) -> str:
    path = folder / "a.key"
    path.write_bytes(bytes(range(length)))
    path.chmod(mode)
    return str(path)


def test_every_scheme_tells_what_speaks_for_and_against_it_and_its_length(choice: SchemeChoice) -> None:
    said = "\n".join(label.text() for label in choice.findChildren(PlainLabel) if label.isVisible())
    for described in describe_schemes(SchemeOptions()):
        assert button(choice, described.title).isVisible()
        assert described.speaks_for in said
        assert described.speaks_against in said
        length = choice.lengths[described.name].text()
        assert "64" in length or str(described.longest_root) in length


@pytest.mark.parametrize("name", [name for name in SCHEME_NAMES if name not in ("installation", "keyed")])
def test_a_scheme_with_its_root_makes_a_sample(choice: SchemeChoice, name: str) -> None:
    choice.choose(name)
    choice.root_edit.setText(ROOT)
    chosen = options(choice)
    assert chosen is not None
    assert chosen.name == name
    assert choice.sample.text().startswith("2.25." if name == "uuid" else f"{ROOT}.")
    assert choice.root_edit.isVisible() == (name != "uuid")


def test_the_numbers_of_the_long_form_are_given_or_count(choice: SchemeChoice) -> None:
    choice.choose("long")
    choice.root_edit.setText("1.2.3")
    choice.fields.numbers["product"].setText("7")
    choice.fields.numbers["study"].setText("12")
    assert choice.sample.text().startswith("1.2.3.7.1.1.12.")
    choice.fields.numbers["site"].setText("01")
    assert options(choice) is None
    assert "leading zero" in choice.check.said
    assert choice.sample.text() == ""


def test_the_length_follows_the_root_while_it_is_typed(choice: SchemeChoice) -> None:
    choice.choose("date-counter")
    before = choice.lengths["root-uuid"].text()
    choice.root_edit.setText("1.2.840.113619.6.374.1234567890123")
    assert options(choice) is None
    assert "27 characters" in choice.check.said
    assert choice.lengths["root-uuid"].text() == before  # too long for that one too
    choice.root_edit.setText(ROOT)
    assert str(len(ROOT)) in choice.lengths["root-uuid"].text()


def test_an_installation_is_chosen_from_the_organizations_file(
    qtbot: QtBot, choice: SchemeChoice, tmp_path: Path
) -> None:
    choice.choose("installation")
    settle(qtbot, choice)
    assert options(choice) is None
    assert any(
        "Tools > UID roots" in each.text() for each in choice.findChildren(PlainLabel) if each.isVisible()
    )
    book = OrganizationBook(str(tmp_path / "organization.json"))
    book.set_root(ROOT)
    for serial in ("372764", "A19"):
        book.installation(serial)
    book.installation("5")
    book.retire_installation("5")
    choice.choose("installation")
    settle(qtbot, choice)
    box = choice.fields.installation_box
    assert [box.itemText(at) for at in range(box.count())] == ["372764", "A19"]
    assert options(choice) == SchemeOptions("installation", ROOT, serial="372764")
    box.setCurrentIndex(1)
    assert choice.sample.text().startswith(f"{ROOT}.2.0.1900199.")


def test_an_installation_in_use_stays_to_choose(qtbot: QtBot, tmp_path: Path) -> None:
    before = SchemeOptions("installation", ROOT, serial="99")
    choice = SchemeChoice(before, organization_file=str(tmp_path / "none.json"))
    shown(qtbot, choice, 800, 900)
    settle(qtbot, choice)
    assert options(choice) == before


def test_an_organizations_file_that_is_damaged_is_told(
    qtbot: QtBot, choice: SchemeChoice, tmp_path: Path
) -> None:
    (tmp_path / "organization.json").write_text("{", "utf-8")
    choice.choose("installation")
    settle(qtbot, choice)
    assert "damaged" in choice.check.said
    assert options(choice) is None
    choice.choose("uuid")
    assert choice.check.said == ""


def test_a_key_is_read_from_its_file(choice: SchemeChoice, tmp_path: Path) -> None:
    choice.choose("keyed")
    assert options(choice) is None
    assert "needs a key" in choice.check.said
    choice.fields.key.take_file(a_key(tmp_path, 31))
    assert "32 bytes" in choice.check.said
    assert options(choice) is None
    choice.fields.key.take_file(a_key(tmp_path))
    assert choice.check.said == ""
    assert options(choice) == SchemeOptions("keyed", key=bytes(range(KEY_LENGTH)))
    assert choice.sample.text().startswith("2.25.")


@pytest.fixture
def ring() -> Iterator[InMemory]:
    """The system's keyring for this test, with one key."""
    before, made = keyring.get_keyring(), InMemory()
    keyring.set_keyring(made)
    create_keyring_key("deliveries", bytes(range(KEY_LENGTH)))
    yield made
    keyring.set_keyring(before)


def from_keyring(qtbot: QtBot, choice: SchemeChoice, name: str) -> None:
    choice.fields.key.name_edit.setText(name)
    QTest.keyClick(choice.fields.key.name_edit, Qt.Key.Key_Return)
    settle(qtbot, choice)


def test_a_key_is_taken_from_the_keyring_by_its_name(
    qtbot: QtBot, choice: SchemeChoice, ring: InMemory
) -> None:
    choice.choose("keyed")
    assert not choice.fields.key.keyring_button.isEnabled()
    from_keyring(qtbot, choice, " deliveries ")
    assert options(choice) == SchemeOptions("keyed", key=bytes(range(KEY_LENGTH)))
    told = [label.accessibleName() for label in choice.fields.key.findChildren(ElidedLabel)]
    assert told == [f"Key in use: keyring:deliveries, fingerprint {key_fingerprint(bytes(range(32)))}"]


def test_a_key_that_the_keyring_has_not_is_not_another_one(
    qtbot: QtBot, choice: SchemeChoice, ring: InMemory, tmp_path: Path
) -> None:
    choice.choose("keyed")
    choice.fields.key.take_file(a_key(tmp_path))
    from_keyring(qtbot, choice, "unknown")
    assert choice.check.said == "The keyring has no key named unknown."
    assert options(choice) is None
    choice.fields.key.take_file(a_key(tmp_path))
    assert options(choice) is not None


@pytest.mark.skipif(os.name != "posix", reason="rights as on POSIX")
def test_a_key_that_others_may_read_is_refused(choice: SchemeChoice, tmp_path: Path) -> None:
    choice.choose("keyed")
    choice.fields.key.take_file(a_key(tmp_path, mode=0o644))
    assert "0600" in choice.check.said
    assert options(choice) is None


@pytest.mark.parametrize("name", SCHEME_NAMES)
def test_each_scheme_has_room_in_the_preferences_and_names(
    qtbot: QtBot, scheme: object, text_size: int, name: str
) -> None:
    before = Preferences(SchemeOptions(), profile("strict"), Reading(), "system")
    dialog = PreferencesDialog(before)
    qtbot.addWidget(dialog)
    dialog.resize(min(dialog.width(), 1024), min(dialog.height(), 700))
    dialog.show()
    dialog.scheme.choose(name)
    settle(qtbot, dialog)
    dialog.scheme.root_edit.setText("1.2.840.113619")
    qtbot.wait(50)  # the area that scrolls learns of other heights a moment later
    assert dialog.width() <= 1024
    assert dialog.height() <= 700
    assert cut_widgets(dialog) == []
    assert nameless(dialog) == []
    assert acting_labels(dialog) == []


def test_by_tab_one_goes_from_a_scheme_to_its_fields(qtbot: QtBot, choice: SchemeChoice) -> None:
    choice.choose("long")
    radio = button(choice, "Long form")
    assert radio.nextInFocusChain() is choice.root_edit
    assert choice.root_edit.nextInFocusChain() is choice.fields.numbers["product"]
