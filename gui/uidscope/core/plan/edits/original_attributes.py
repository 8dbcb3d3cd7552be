"""The Original Attributes of a file: what stood in it before it was changed (PS3.3 C.12.1.1.9)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from uidscope.core.plan.edits.edit import CLOSED, RE_ENCODED, AddItem, Edit, Put, RemoveItem
from uidscope.core.plan.edits.element_bytes import encoded_element, encoded_item, tag_bytes
from uidscope.core.plan.edits.element_copy import ElementCopies, Form
from uidscope.core.plan.edits.value_form import ONE_VALUE, faulty_values, vr_of
from uidscope.core.read.attributes import SPECIFIC_CHARACTER_SET
from uidscope.core.read.structure import Dataset, Element, FileStructure, Parent, walk_elements
from uidscope.core.uid.syntax import is_plainly_encoded, split_field

ORIGINAL_ATTRIBUTES: Final = 0x0400_0561

_PATIENT_ID: Final = 0x0010_0020
_ISSUER_OF_PATIENT_ID: Final = 0x0010_0021
_SELECTOR_ATTRIBUTE: Final = 0x0072_0026
_SELECTOR_VALUE_NUMBER: Final = 0x0072_0028
_SELECTOR_SEQUENCE_POINTER: Final = 0x0072_0052
_SELECTOR_SEQUENCE_POINTER_CREATOR: Final = 0x0072_0054
_SELECTOR_ATTRIBUTE_CREATOR: Final = 0x0072_0056
_SELECTOR_SEQUENCE_POINTER_ITEMS: Final = 0x0074_1057
_MODIFIED_ATTRIBUTES: Final = 0x0400_0550
_NONCONFORMING_ATTRIBUTES: Final = 0x0400_0551
_NONCONFORMING_VALUE: Final = 0x0400_0552
_MODIFICATION_DATE_TIME: Final = 0x0400_0562
_MODIFYING_SYSTEM: Final = 0x0400_0563
_SOURCE_OF_PREVIOUS_VALUES: Final = 0x0400_0564
_REASON: Final = 0x0400_0565


class Modification(NamedTuple):
    """When, by what and why values were replaced, as bytes of DT, LO, LO and CS."""

    date_time: bytes
    system: bytes
    source: bytes
    reason: bytes


class _Former(NamedTuple):
    """One element of the top level as it stood; the element is None where there was none."""

    tag: int
    vr: str
    element: Element | None


class _Faulty(NamedTuple):
    """A value that its VR does not allow, where it stood, and its number among the values from 1."""

    element: Element
    dataset: Dataset
    parents: tuple[Parent, ...]
    levels: tuple[Dataset, ...]
    number: int
    raw_value: bytes


def original_attributes_item(
    structure: FileStructure, edits: Iterable[Edit], modification: Modification, form: Form
) -> bytes | None:
    """Return the item of (0400,0561), written in ``form``, for what these edits of the data set replace.

    None where no edit changes a value. An attribute that is new stands in it empty; of a change inside a
    sequence the whole sequence at the top level is kept; a value that its VR does not allow is kept apart.
    """
    former = _former(structure, edits)
    if not former:
        return None
    faulty = [fault for each in former if each.element for fault in _faults(structure, each.element)]
    copies = ElementCopies(structure, form, dict(_other_values(structure, former, faulty)))
    elements = [
        _element(each.tag, each.vr, b"", form)
        if each.element is None
        else copies.copy(each.element, structure.dataset)
        for each in former
    ]
    nonconforming = [_selected(fault, form) for fault in faulty]
    return encoded_item(
        [
            _element(_MODIFIED_ATTRIBUTES, "SQ", encoded_item(elements, form.order), form),
            *([_element(_NONCONFORMING_ATTRIBUTES, "SQ", b"".join(nonconforming), form)] * bool(faulty)),
            _element(_MODIFICATION_DATE_TIME, "DT", modification.date_time, form),
            _element(_MODIFYING_SYSTEM, "LO", modification.system, form),
            _element(_SOURCE_OF_PREVIOUS_VALUES, "LO", modification.source, form),
            _element(_REASON, "CS", modification.reason, form),
        ],
        form.order,
    )


def _former(structure: FileStructure, edits: Iterable[Edit]) -> list[_Former]:
    """The elements of the top level that change, or in which something does, and what explains them."""
    former: dict[int, _Former] = {}
    for edit in edits:
        if edit.reason == RE_ENCODED:
            continue
        element = _touched(structure, edit)
        if isinstance(edit, Put):
            if element is not None and structure.value(element).strip(b" \0") == edit.value.strip(b" \0"):
                continue
            former.setdefault(edit.tag, _Former(edit.tag, edit.vr, element))
        elif element is not None and element.tag not in CLOSED:
            former.setdefault(element.tag, _Former(element.tag, element.vr, element))
    for tag in list(former):
        beside = _ISSUER_OF_PATIENT_ID if tag == _PATIENT_ID else _creator_tag(tag)
        explaining = structure.dataset.find(beside) if beside else None
        if explaining is not None:
            former.setdefault(beside, _Former(beside, explaining.vr, explaining))
    return [former[tag] for tag in sorted(former)]


def _touched(structure: FileStructure, edit: Edit) -> Element | None:
    """The element of the top level that an edit changes, or changes something in."""
    if isinstance(edit, Put):
        return structure.dataset.find(edit.tag)
    inner = edit.sequence if isinstance(edit, RemoveItem | AddItem) else edit.element
    elements = structure.dataset.elements
    at = bisect_right(elements, inner.header_start, key=lambda element: element.header_start) - 1
    return elements[at] if at >= 0 else None


def _faults(structure: FileStructure, element: Element) -> Iterator[_Faulty]:
    """The values of an element, and of the UI elements in it, that their VR does not allow."""
    character_set = structure.dataset.find(SPECIFIC_CHARACTER_SET)
    raw_character_set = b"" if character_set is None else structure.value(character_set)
    whole = Dataset((element,), structure.dataset.explicit, structure.dataset.big_endian, {})
    for _, each, parents in walk_elements(whole):
        levels = (structure.dataset, *(parent.item.dataset for parent in parents))
        if each.vr == "SQ" or (parents and each.vr != "UI"):
            continue
        raw_field = structure.value(each)
        vr = vr_of(each, levels[-1])
        values = (raw_field,) if vr in ONE_VALUE else split_field(raw_field)
        for number in faulty_values(each, vr, raw_field, raw_character_set):
            raw_value = values[number - 1] if number <= len(values) else raw_field
            yield _Faulty(each, levels[-1], parents, levels, number, raw_value)


def _other_values(
    structure: FileStructure, former: Iterable[_Former], faulty: Iterable[_Faulty]
) -> Iterator[tuple[int, bytes]]:
    """The values that are not copied as they stand: padded wrongly, or not allowed, which become empty."""
    for each in former:
        if each.element is None:
            continue
        whole = Dataset((each.element,), structure.dataset.explicit, structure.dataset.big_endian, {})
        for _, element, _ in walk_elements(whole):
            if element.vr == "UI" and not is_plainly_encoded(raw_field := structure.value(element)):
                values = (value.strip(b" \0") for value in split_field(raw_field))
                yield element.header_start, b"\\".join(values)
    for fault in faulty:
        yield fault.element.header_start, b""


def _selected(fault: _Faulty, form: Form) -> bytes:
    """An item of (0400,0551): where the value stood (Selector Attribute Macro), and its bytes."""
    pointers = [parent.sequence.tag for parent in fault.parents]
    creators = [
        level.creator(tag) if tag & 0x0001_0000 else ""
        for level, tag in zip(fault.levels, pointers, strict=False)
    ]
    own_creator = fault.dataset.creator(fault.element.tag) if fault.element.tag & 0x0001_0000 else ""
    elements = [
        _element(_SELECTOR_ATTRIBUTE, "AT", tag_bytes(fault.element.tag, form.order), form),
        _element(_SELECTOR_VALUE_NUMBER, "US", fault.number.to_bytes(2, form.order), form),
    ]
    if pointers:
        raw_tags = b"".join(tag_bytes(tag, form.order) for tag in pointers)
        elements.append(_element(_SELECTOR_SEQUENCE_POINTER, "AT", raw_tags, form))
    if any(creators):
        elements.append(_text(_SELECTOR_SEQUENCE_POINTER_CREATOR, "LO", "\\".join(creators), form))
    if own_creator:
        elements.append(_text(_SELECTOR_ATTRIBUTE_CREATOR, "LO", own_creator, form))
    if pointers:
        items = "\\".join(str(parent.number) for parent in fault.parents)
        elements.append(_text(_SELECTOR_SEQUENCE_POINTER_ITEMS, "IS", items, form))
    elements.append(_element(_NONCONFORMING_VALUE, "OB", fault.raw_value, form))
    return encoded_item(elements, form.order)


def _creator_tag(tag: int) -> int:
    """The tag of the element that reserves the block of a private one (PS3.5 7.8.1); 0 for others."""
    if not tag & 0x0001_0000 or tag & 0xFFFF <= 0xFF:
        return 0
    return tag & 0xFFFF_0000 | (tag >> 8 & 0xFF)


def _text(tag: int, vr: str, text: str, form: Form) -> bytes:
    return _element(tag, vr, text.encode("latin-1"), form)


def _element(tag: int, vr: str, value: bytes, form: Form) -> bytes:
    return encoded_element(tag, vr, value, explicit=form.explicit, order=form.order)
