"""Elements written a second time: the same values in the form of their new place."""

from __future__ import annotations

import pytest

from tests.core.export.makers import (
    EXPLICIT_BE,
    EXPLICIT_LE,
    FORMS,
    IMPLICIT_LE,
    Form,
    ItemOf,
    Leaf,
    Sequence,
    encode,
    file_of,
    parsed,
)
from uidscope.core.plan.edits.element_copy import IMPLICIT, ElementCopies, form_of
from uidscope.core.read.structure import FileStructure

_SEQUENCE = 0x0008_1140


def _nodes(uid: bytes, form: Form) -> tuple[Sequence]:
    def number(value: int, width: int) -> bytes:
        return value.to_bytes(width, form.order)

    inner = (
        Leaf(0x0008_1150, "UI", b"1.2.840.10008.5.1.4.1.1.2"),
        Leaf(0x0008_1155, "UI", uid),
        Leaf(0x0028_0010, "US", number(0x0102, 2) + number(3, 2)),
        Leaf(0x0028_0009, "AT", number(0x0018, 2) + number(0x1063, 2)),
        Leaf(0x0018_9087, "FD", bytes(range(8)) if form.order == "little" else bytes(range(7, -1, -1))),
        Leaf(0x0040_A160, "UT", b"some text"),
    )
    ordered = tuple(sorted(inner, key=lambda leaf: leaf.tag))
    return (Sequence(_SEQUENCE, (ItemOf(ordered), ItemOf())),)


def _structure(form: Form) -> FileStructure:
    plain = Leaf(0x0008_0018, "UI", b"1.2.3")
    return parsed(file_of((plain, *_nodes(b"1.2.3.4", form)), form))


def _copied(structure: FileStructure, *, implicit: bool, new: bytes = b"") -> bytes:
    element = structure.dataset.find(_SEQUENCE)
    assert element is not None
    (uid,) = (each for each in element.items[0].dataset.elements if each.tag == 0x0008_1155)
    form = IMPLICIT if implicit else form_of(structure.dataset)
    values = {uid.header_start: new} if new else {}
    return ElementCopies(structure, form, values).copy(element, structure.dataset)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("new", [b"", b"9.9.9.9.9"])
def test_in_the_form_of_the_file_only_the_other_value_changes(form: Form, new: bytes) -> None:
    assert _copied(_structure(form), implicit=False, new=new) == encode(_nodes(new or b"1.2.3.4", form), form)


@pytest.mark.parametrize("form", [EXPLICIT_LE, EXPLICIT_BE, IMPLICIT_LE])
@pytest.mark.parametrize("new", [b"", b"9.9.9.9.9"])
def test_in_implicit_vr_every_number_is_turned_where_it_must_be(form: Form, new: bytes) -> None:
    expected = encode(_nodes(new or b"1.2.3.4", IMPLICIT_LE), IMPLICIT_LE)
    assert _copied(_structure(form), implicit=True, new=new) == expected
