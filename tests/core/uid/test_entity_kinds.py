"""Which kind of entity the value of an element names, for every element of the table."""

from __future__ import annotations

import pytest

from uidscope.core.uid.elements import identity_kind, is_class_or_type
from uidscope.core.uid.resource_files import read_table

_ROWS = [(int(row["tag"], 16), row["identity_scope"]) for row in read_table("ui_elements")]


def _kind(scope: str) -> str:
    if scope.startswith("instance") or scope.endswith(" instance"):
        return "instance"
    return "frame_of_reference" if "frame of reference" in scope else scope


@pytest.mark.parametrize(("tag", "scope"), [row for row in _ROWS if not is_class_or_type(row[0])])
def test_an_element_names_what_its_scope_says(tag: int, scope: str) -> None:
    expected = None if scope.startswith("depends on ") else _kind(scope)
    assert identity_kind(tag, nested=False) == expected
    assert identity_kind(tag, nested=True) == (None if tag >> 16 in (0, 2) else expected)


@pytest.mark.parametrize("tag", [tag for tag, _ in _ROWS if is_class_or_type(tag)])
def test_a_class_or_a_type_is_no_entity(tag: int) -> None:
    assert identity_kind(tag, nested=False) is None
