"""The edits by which a copy loses its links to the order and the performed step of its original."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from uidscope.core.plan.copy_choices import KEEP_ALL, CopyChoices, CopyQuestion
from uidscope.core.plan.edits.edit import Put, Remove, SetValue
from uidscope.core.read.structure import Element, FileStructure, walk_elements
from uidscope.core.uid.dictionary import keyword
from uidscope.core.uid.entity_attributes import EntityAttribute, hierarchy_attributes

EMPTIED: Final = "emptied"  # the reason of these edits

_SOP_CLASS_UID: Final = 0x0008_0016
_ACCESSION_NUMBER: Final = 0x0008_0050
_ISSUER_OF_ACCESSION_NUMBER: Final = 0x0008_0051
_STUDY_ID: Final = 0x0020_0010
_REQUEST_ATTRIBUTES: Final = 0x0040_0275
_REFERENCED_REQUEST: Final = 0x0040_A370
# Referenced Performed Procedure Step, and of the step: start and end, status, ID.
_PERFORMED_STEP: Final = frozenset(
    {0x0008_1111, 0x0040_0244, 0x0040_0245, 0x0040_0250, 0x0040_0251, 0x0040_0252, 0x0040_0253}
)
# Requested Procedure, Scheduled Procedure Step and Imaging Service Request, where they stand at the top
# level (PS3.3 C.4.10 to C.4.12); why it was performed is no link to the order.
_REQUESTS: Final = (
    range(0x0032_0000, 0x0033_0000),
    range(0x0040_0001, 0x0040_0101),
    range(0x0040_1001, 0x0040_1012),
    range(0x0040_1013, 0x0040_1061),
    range(0x0040_1400, 0x0040_1401),
    range(0x0040_2001, 0x0040_2401),
)
# Visit: why the patient came, and not what was ordered.
_OF_THE_VISIT: Final = frozenset({0x0032_1066, 0x0032_1067})


def emptied_edits(structure: FileStructure, choices: CopyChoices) -> Iterator[Put | Remove | SetValue]:
    """Yield what takes the links away that are not to be kept: Type 2 is emptied, all else removed."""
    if choices == KEEP_ALL:
        return
    class_element = structure.dataset.find(_SOP_CLASS_UID)
    attributes = hierarchy_attributes("" if class_element is None else structure.text(class_element))
    for path, element, parents in walk_elements(structure.dataset):
        if not parents:
            if _is_asked_for(element.tag, choices):
                edit = emptied(element, attributes.get(element.tag), EMPTIED)
                if edit is not None:
                    yield edit
        elif choices.is_emptied("accession") and parents[0].sequence.tag in (
            _REQUEST_ATTRIBUTES,
            _REFERENCED_REQUEST,
        ):
            yield from _accession_inside(element, path, parents[0].sequence)


def _is_asked_for(tag: int, choices: CopyChoices) -> bool:
    question = _question(tag)
    return question is not None and choices.is_emptied(question)


def _question(tag: int) -> CopyQuestion | None:
    """Which question an element of the top level belongs to."""
    if tag in (_ACCESSION_NUMBER, _ISSUER_OF_ACCESSION_NUMBER):
        return "accession"
    if tag == _STUDY_ID:
        return "study-id"
    if tag in _PERFORMED_STEP:
        return "performed-step"
    if tag in _OF_THE_VISIT:
        return None
    is_request = tag in (_REQUEST_ATTRIBUTES, _REFERENCED_REQUEST) or any(tag in each for each in _REQUESTS)
    return "request" if is_request else None


def _accession_inside(element: Element, path: str, outermost: Element) -> Iterator[SetValue | Remove]:
    """The Accession Number of a request: Type 2 in that of a document (C.17.2), Type 3 in the other."""
    if element.tag not in (_ACCESSION_NUMBER, _ISSUER_OF_ACCESSION_NUMBER):
        return
    if element.tag == _ISSUER_OF_ACCESSION_NUMBER or outermost.tag == _REQUEST_ATTRIBUTES:
        yield Remove(element, path, EMPTIED)
    elif element.value_start != element.value_end:
        yield SetValue(element, path, "", b"", EMPTIED)


def emptied(element: Element, attribute: EntityAttribute | None, reason: str) -> Put | Remove | None:
    """Return what takes a value away as its type demands (PS3.5 7.4); None where it is empty already."""
    if attribute is None or attribute.type != "2":
        return Remove(element, keyword(element.tag), reason)
    if element.value_start == element.value_end:
        return None
    return Put(element.tag, attribute.vr, b"", keyword(element.tag), reason)
