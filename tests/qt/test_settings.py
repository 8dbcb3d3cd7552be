"""What is remembered between two starts, and what a broken file does."""

from pathlib import Path

from PySide6.QtCore import QByteArray

from uidscope.qt.settings import Settings
from uidscope.qt.tree.hierarchy_columns import Column, ColumnChoice


def test_everything_returns(tmp_path: Path) -> None:
    file = str(tmp_path / "window.ini")
    settings = Settings(file)
    settings.geometry = QByteArray(b"\x01\x00geometry")
    settings.layout = QByteArray(b"\x02\x00layout")
    settings.columns = ColumnChoice({Column.FILE: True, Column.DATE: False}, {Column.NAME: 240})
    settings.appearance = "dark"
    settings.scheme_name = "root-uuid"
    settings.save()
    again = Settings(file)
    assert (again.geometry.data(), again.layout.data()) == (b"\x01\x00geometry", b"\x02\x00layout")
    assert again.columns == settings.columns
    assert (again.appearance, again.scheme_name) == ("dark", "root-uuid")
    again.forget_layout()
    assert again.geometry.isEmpty()
    assert again.layout.isEmpty()
    assert again.columns == ColumnChoice()
    assert again.appearance == "dark"


def test_broken_entries_are_as_none(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    file.write_text(
        '[tree]\nshown="[1, 2]"\nwidths="{\\"NAME\\": -5, \\"UID\\": true, \\"DATE\\": 80}"\n'
        "[window]\ngeometry=7\nappearance=purple\n[plan]\nscheme=none\n"
    )
    settings = Settings(str(file))
    assert settings.columns == ColumnChoice({}, {Column.DATE: 80})
    assert settings.geometry.isEmpty()
    assert settings.appearance == "system"
    assert settings.scheme_name == "uuid"
