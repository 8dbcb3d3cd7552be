"""The table of threats names tests that there are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parent.parent.parent
_TABLE = (_CHECKOUT / "docs" / "threats.md").read_text("utf-8")
_NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+|\*)`", _TABLE)))


def test_every_row_names_a_test() -> None:
    rows = [line for line in _TABLE.partition("By command")[0].splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 20
    assert [row for row in rows if "::" not in row] == []


@pytest.mark.parametrize(("file", "name"), _NAMED)
def test_it_is_there(file: str, name: str) -> None:
    tree = ast.parse((_CHECKOUT / file).read_text("utf-8"))
    tests = {
        each.name for each in tree.body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    }
    assert tests
    assert name == "*" or name in tests
