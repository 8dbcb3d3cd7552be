"""The edits by which a moved object says what the others of its new study and series say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from uidscope.core.errors import UsageError
from uidscope.core.plan.edits.carried_value import CannotHold, CarriedValue, carried, value_bytes, vr_of
from uidscope.core.plan.edits.edit import AddItem, Edit, Put, Remove, RemoveItem
from uidscope.core.plan.edits.element_bytes import ByteOrder
from uidscope.core.plan.edits.emptied import emptied
from uidscope.core.plan.edits.taken_over import (
    NOT_OF_THE_PATIENT,
    OF_THE_OBJECT,
    OF_THE_ORDER,
    OWN_GROUPS,
    TakenOver,
)
from uidscope.core.plan.entry import TAKEN_OVER
from uidscope.core.read.attributes import SPECIFIC_CHARACTER_SET
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.same_value import CHARACTER_SET_VRS
from uidscope.core.read.structure import Dataset, FileStructure
from uidscope.core.uid.dictionary import keyword
from uidscope.core.uid.entity_attributes import EntityAttribute, hierarchy_attributes

_SOP_CLASS_UID: Final = 0x0008_0016
_PATIENT_ID: Final = 0x0010_0020
_ISSUER_OF_PATIENT_ID: Final = 0x0010_0021
_PATIENT: Final = 0x0010
_CLINICAL_TRIAL: Final = 0x0012
_KEYS: Final = frozenset({0x0020_000D, 0x0020_000E})
# What a series is called, when, by whom and for what it was made: one answer for all its objects.
_NAMING_A_SERIES: Final = frozenset(
    {
        0x0008_0021,  # Series Date
        0x0008_0031,  # Series Time
        0x0008_103E,  # Series Description
        0x0008_103F,  # Series Description Code Sequence
        0x0008_1050,  # Performing Physician's Name
        0x0008_1052,  # Performing Physician Identification Sequence
        0x0008_1070,  # Operators' Name
        0x0008_1072,  # Operator Identification Sequence
        0x0008_1111,  # Referenced Performed Procedure Step Sequence
        0x0008_1250,  # Related Series Sequence
        0x0018_1030,  # Protocol Name
        0x0020_0011,  # Series Number
        0x0040_0244,  # Performed Procedure Step Start Date
        0x0040_0245,  # Performed Procedure Step Start Time
        0x0040_0250,  # Performed Procedure Step End Date
        0x0040_0251,  # Performed Procedure Step End Time
        0x0040_0253,  # Performed Procedure Step ID
        0x0040_0254,  # Performed Procedure Step Description
        0x0040_0260,  # Performed Protocol Code Sequence
        0x0040_0275,  # Request Attributes Sequence
        0x0040_0280,  # Comments on the Performed Procedure Step
    }
)
# False as soon as a series has other objects: Smallest and Largest Pixel Value in Series.
_OF_A_WHOLE_SERIES: Final = frozenset({0x0028_0108, 0x0028_0109})
# Links of a series to what was performed for the former study: the reference and the ID of the step.
_FORMER_STEP: Final = frozenset({0x0008_1111, 0x0040_0253})


def is_carried(tag: int, attribute: EntityAttribute | None, *, into_series: bool) -> bool:
    """Say whether objects take an element over from where they go; ``attribute``: what their IOD says."""
    if tag in _KEYS or tag in OF_THE_OBJECT or tag in NOT_OF_THE_PATIENT or tag & 0x0001_0000:
        return False
    if tag in OF_THE_ORDER or tag >> 16 in OWN_GROUPS:
        return True
    if attribute is None:
        return False
    if attribute.entity == "series":
        return into_series and (tag in _NAMING_A_SERIES or tag >> 16 == _CLINICAL_TRIAL)
    return True


def decides_series(attribute: EntityAttribute) -> bool:
    """Say whether objects with two values of a series attribute cannot stand in one series.

    Those are what the pictures are of; what a series is only called is taken over.
    """
    is_named = attribute.tag in _NAMING_A_SERIES or attribute.tag >> 16 == _CLINICAL_TRIAL
    is_strict = attribute.type != "3" or attribute.keyword == "BodyPartExamined"
    return attribute.entity == "series" and is_strict and not is_named and attribute.tag not in _KEYS


def taken_over_edits(structure: FileStructure, taken: TakenOver) -> list[Put | Remove]:
    """Return what a file takes over, and what it loses since its new study or series does not say it.

    What the target says stands in the file's own encoding, and in its character set: where that lacks a
    letter, in the target's, if all other text of the file is the same in both. Raises ``UsageError``
    where the file cannot hold the text in either way.
    """
    taking = _Taking(structure, taken)
    return [*taking.puts(), *taking.losses()]


def without_replaced(edits: Iterable[Edit], replaced: Iterable[Edit], structure: FileStructure) -> list[Edit]:
    """Leave out the edits of elements that are put or removed as a whole, and of what lies in them."""
    spans: list[tuple[int, int]] = []
    for edit in replaced:
        if isinstance(edit, Remove):
            spans.append((edit.element.header_start, edit.element.end))
        elif isinstance(edit, Put):
            present = (each for each in structure.dataset.elements if each.tag == edit.tag)
            spans += [(each.header_start, each.end) for each in present]
    return [edit for edit in edits if not any(start <= _start(edit) < end for start, end in spans)]


class _Taking:
    """One file and what it takes over."""

    def __init__(self, structure: FileStructure, taken: TakenOver) -> None:
        self._structure = structure
        self._taken = taken
        self._order: ByteOrder = "big" if structure.dataset.big_endian else "little"
        self._attributes = hierarchy_attributes(_text(structure, _SOP_CLASS_UID))
        self._present = {element.tag: element for element in structure.dataset.elements}
        self._values = dict(self._offered())
        self._lost = list(self._losses())

    def puts(self) -> Iterator[Put]:
        """Yield what is taken over, and the character set where it has to change for that."""
        own = self._character_set()
        differing = {tag: value for tag, value in self._values.items() if not self._says(value)}
        encoded = self._encoded(differing, own)
        if not isinstance(encoded, CannotHold):
            yield from encoded
            return
        other = encoded.value.character_set
        again = self._encoded(self._values, other) if self._is_plain_elsewhere() else encoded
        if isinstance(again, CannotHold):
            raise UsageError(
                f"The target's {keyword(again.value.tag)} has letters that the character set of the file"
                f" ({own.decode('latin-1') or 'ISO_IR 6'}) cannot hold."
            )
        yield Put(SPECIFIC_CHARACTER_SET, "CS", other, keyword(SPECIFIC_CHARACTER_SET), TAKEN_OVER)
        yield from again

    def losses(self) -> list[Put | Remove]:
        """Return what is taken away."""
        return self._lost

    def _offered(self) -> Iterator[tuple[int, CarriedValue]]:
        """The target's values that belong into a file like this one."""
        into_series = bool(self._taken.series_uid)
        for tag, value in self._taken.values.items():
            attribute = self._attributes.get(tag)
            if not is_carried(tag, attribute, into_series=into_series):
                continue
            # What no table knows, or only another level, is replaced and never added.
            is_known = attribute is not None and (attribute.entity != "series" or into_series)
            if is_known or tag in self._present:
                yield tag, value

    def _losses(self) -> Iterator[Put | Remove]:
        into_series = bool(self._taken.series_uid)
        is_patient = self._is_patient()
        for element in self._structure.dataset.elements:
            tag = element.tag
            attribute = self._attributes.get(tag)
            former = self._is_former(tag, attribute)
            if tag in self._values or not (former or is_carried(tag, attribute, into_series=into_series)):
                continue
            if is_patient and tag >> 16 == _PATIENT:
                continue
            if attribute is not None and attribute.type == "1" and tag >> 16 != _CLINICAL_TRIAL:
                continue
            # A trial that the target is not part of leaves no empty attributes behind.
            lost = emptied(element, None if tag >> 16 == _CLINICAL_TRIAL else attribute, TAKEN_OVER)
            if lost is not None:
                yield lost

    def _is_former(self, tag: int, attribute: EntityAttribute | None) -> bool:
        """Whether an element is only true of the study or series that the object leaves."""
        if self._taken.series_uid:
            return tag in _OF_A_WHOLE_SERIES
        return tag in _FORMER_STEP or (
            attribute is not None and tag not in OF_THE_OBJECT and tag >> 16 == 0x12
        )

    def _is_patient(self) -> bool:
        return self._taken.is_patient(self._own_text(_PATIENT_ID), self._own_text(_ISSUER_OF_PATIENT_ID))

    def _says(self, value: CarriedValue) -> bool:
        """Whether the file says the same already."""
        element = self._present.get(value.tag)
        if element is None:
            return False
        own = carried(self._structure, element, self._structure.dataset)
        return own.meaning == value.meaning

    def _encoded(self, values: Mapping[int, CarriedValue], character_set: bytes) -> list[Put] | CannotHold:
        puts = []
        explicit = self._structure.dataset.explicit
        for tag, value in sorted(values.items()):
            raw = value_bytes(value, explicit=explicit, order=self._order, character_set=character_set)
            if isinstance(raw, CannotHold):
                return raw
            puts.append(Put(tag, value.vr, raw, keyword(tag), TAKEN_OVER))
        return puts

    def _character_set(self) -> bytes:
        element = self._present.get(SPECIFIC_CHARACTER_SET)
        return b"" if element is None else self._structure.value(element).strip(b" \0")

    def _is_plain_elsewhere(self) -> bool:
        """Whether all text that stays is ASCII, and so the same in any character set."""
        leaving = {_tag(edit) for edit in self._lost}
        return _is_plain(self._structure, self._structure.dataset, leaving | self._values.keys())

    def _own_text(self, tag: int) -> str:
        element = self._present.get(tag)
        if element is None:
            return ""
        return decode_text(self._structure.value(element), self._character_set())


def _is_plain(structure: FileStructure, dataset: Dataset, left_out: Collection[int]) -> bool:
    """Whether the text of a data set is ASCII; items that state a character set are theirs to explain."""
    for element in dataset.elements:
        if element.tag in left_out:
            continue
        for item in element.items:
            states = item.dataset.find(SPECIFIC_CHARACTER_SET) is not None
            if not states and not _is_plain(structure, item.dataset, ()):
                return False
        if not element.items and vr_of(element) in CHARACTER_SET_VRS:
            raw_value = structure.value(element)
            if not raw_value.isascii() or b"\x1b" in raw_value:
                return False
    return True


def _tag(edit: Put | Remove) -> int:
    return edit.tag if isinstance(edit, Put) else edit.element.tag


def _start(edit: Edit) -> int:
    match edit:
        case Put():
            return -1
        case RemoveItem() | AddItem():
            return edit.sequence.header_start
    return edit.element.header_start


def _text(structure: FileStructure, tag: int) -> str:
    element = structure.dataset.find(tag)
    return "" if element is None else structure.text(element)
