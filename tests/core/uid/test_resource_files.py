"""The program's own tables."""

from __future__ import annotations

import subprocess
import sys

import pydicom
import pytest

from uidscope.core.uid.resource_files import dicom_edition, read_rows, read_table, read_text, resource_root

TABLES = sorted(path.stem for path in (resource_root() / "tables").glob("*.csv"))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_where_it_comes_from(name: str) -> None:
    lines = read_text("tables", f"{name}.csv").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    assert lines[: len(comments)] == comments
    assert any(line.startswith("# Source:") for line in comments)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_every_column(name: str) -> None:
    header, *rows = read_rows(name)
    assert rows
    assert all(len(row) == len(header) for row in rows)
    assert read_table(f"{name}.csv") == read_table(name)


@pytest.mark.parametrize(
    ("name", "rows"),
    [("syntax_rules", 28), ("consistency_rules", 47), ("ui_elements", 108), ("registered_uids", 490)],
)
def test_the_tables_are_complete(name: str, rows: int) -> None:
    assert len(read_table(name)) == rows


def test_the_edition_is_that_of_the_dictionary() -> None:
    assert dicom_edition() == pydicom.__dicom_version__


def test_the_room_does_not_need_pydicom() -> None:
    code = (
        "import sys, pkgutil, importlib, uidscope.core.uid as room\n"
        "names = [module.name for module in pkgutil.iter_modules(room.__path__)]\n"
        "modules = [importlib.import_module(f'uidscope.core.uid.{name}') for name in names]\n"
        "from uidscope.core.uid.anatomy import explain\n"
        "explain('1.2.840.10008.1.2')\n"
        "assert 'pydicom' not in sys.modules and 'PySide6' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
