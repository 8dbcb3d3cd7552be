"""UI fields whose bytes break a rule and whose values do not: written anew with the pad they must have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from uidscope.core.plan.edits.edit import CLOSED, RE_ENCODED, Edit, SetValue
from uidscope.core.read.structure import Dataset, Element, FileStructure
from uidscope.core.uid.dictionary import keyword
from uidscope.core.uid.elements import ui_element
from uidscope.core.uid.syntax import judge_encoding, split_field, strip_value

_ENCODING_RULES: Final = frozenset({"UID-S08", "UID-S09", "UID-S10", "UID-S11", "UID-S15"})
# Of the file meta of every file that is written anew: ours, and what is dropped.
_OF_THE_WRITER: Final = frozenset({0x0002_0012, 0x0002_0100})


def re_encodings(
    structure: FileStructure, codes: Collection[str], edits: Iterable[Edit]
) -> Iterator[SetValue]:
    """Yield the fields of a data set that break one of these rules (UID-S08 to S11, S15), put right.

    Those that an edit replaces are left out; so are the past as others recorded it, and signatures.
    """
    yield from _fields(
        structure, structure.dataset, "", _ENCODING_RULES.intersection(codes), _replaced(edits)
    )


def meta_re_encodings(
    structure: FileStructure, codes: Collection[str], edits: Iterable[Edit]
) -> Iterator[SetValue]:
    """Yield the same of the file meta."""
    if structure.meta is not None:
        wanted = _ENCODING_RULES.intersection(codes)
        yield from _fields(structure, structure.meta, "meta.", wanted, _replaced(edits))


def _replaced(edits: Iterable[Edit]) -> set[int]:
    return {edit.element.header_start for edit in edits if isinstance(edit, SetValue)}


def _fields(
    structure: FileStructure, dataset: Dataset, path: str, codes: frozenset[str], replaced: set[int]
) -> Iterator[SetValue]:
    if not codes:
        return
    for element in dataset.elements:
        word = keyword(element.tag)
        if element.tag not in CLOSED:
            for number, item in enumerate(element.items, 1):
                yield from _fields(structure, item.dataset, f"{path}{word}[{number}].", codes, replaced)
        if element.vr == "UI" and element.tag not in _OF_THE_WRITER and element.header_start not in replaced:
            yield from _field(structure, element, path + word, codes)


def _field(
    structure: FileStructure, element: Element, path: str, codes: frozenset[str]
) -> Iterator[SetValue]:
    known = ui_element(element.tag)
    raw_field = structure.value(element)
    found = judge_encoding(raw_field, multiple_allowed=known is None or known.multiple_allowed)
    if not codes.isdisjoint(found):
        values = split_field(raw_field)
        shown = "\\".join(strip_value(value) for value in values)
        value = b"\\".join(value.strip(b" \0") for value in values)
        yield SetValue(element, path, shown, value, RE_ENCODED)
