"""What is remembered between two starts, and what a broken file does."""

from pathlib import Path

from PySide6.QtCore import QByteArray

from uidscope.core.uid.schemes import SchemeOptions
from uidscope.qt.preferences import Reading
from uidscope.qt.settings import Settings
from uidscope.qt.tree.hierarchy_columns import Column, ColumnChoice


def test_everything_returns(tmp_path: Path) -> None:
    file = str(tmp_path / "window.ini")
    settings = Settings(file)
    settings.geometry = QByteArray(b"\x01\x00geometry")
    settings.layout = QByteArray(b"\x02\x00layout")
    settings.columns = ColumnChoice({Column.FILE: True, Column.DATE: False}, {Column.NAME: 240})
    settings.appearance = "dark"
    settings.scheme = SchemeOptions("root-uuid", "1.2.3")
    settings.reading = Reading(3, follow_links=True, leftovers=False)
    settings.save()
    again = Settings(file)
    assert (again.geometry.data(), again.layout.data()) == (b"\x01\x00geometry", b"\x02\x00layout")
    assert again.columns == settings.columns
    assert (again.appearance, again.scheme) == ("dark", SchemeOptions("root-uuid", "1.2.3"))
    assert again.reading == Reading(3, follow_links=True, leftovers=False)
    again.forget_layout()
    assert again.geometry.isEmpty()
    assert again.layout.isEmpty()
    assert again.columns == ColumnChoice()
    assert again.appearance == "dark"


def test_broken_entries_are_as_none(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    file.write_text(
        '[tree]\nshown="[1, 2]"\nwidths="{\\"NAME\\": -5, \\"UID\\": true, \\"DATE\\": 80}"\n'
        "[window]\ngeometry=7\nappearance=purple\n"
        '[plan]\nscheme="{\\"name\\": \\"none\\"}"\n[reading]\nchoices="{\\"jobs\\": -1}"\n'
    )
    settings = Settings(str(file))
    assert settings.columns == ColumnChoice({}, {Column.DATE: 80})
    assert settings.geometry.isEmpty()
    assert settings.appearance == "system"
    assert settings.scheme == SchemeOptions()
    assert settings.reading == Reading()


def test_a_key_is_never_kept(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    settings = Settings(str(file))
    settings.scheme = SchemeOptions("keyed", key=b"secret" * 5 + b"se")
    settings.save()
    assert settings.scheme == SchemeOptions()
    assert not file.exists() or b"secret" not in file.read_bytes()
