"""What has to leave a file because something in it changes: signatures, approvals, what no longer holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from uidscope.core.plan.edits.edit import RE_ENCODED, AddItem, Edit, Put, Remove, RemoveItem
from uidscope.core.plan.intention import IntentionKind, table_column
from uidscope.core.read.structure import Dataset, Element, FileStructure, Parent, walk_elements
from uidscope.core.uid.dictionary import ui_tags
from uidscope.core.uid.elements import treatment as treatment_of
from uidscope.core.uid.iod_modules import iod_modules
from uidscope.core.uid.syntax import strip_value

_SOP_CLASS_UID: Final = 0x0008_0016
_INSTANCE_CREATOR_UID: Final = 0x0008_0014
_REFERENCED_PERFORMED_STEP: Final = 0x0008_1111
_REFERENCED_SOP_INSTANCE_UID: Final = 0x0008_1155
_ORIGINAL_ATTRIBUTES: Final = 0x0400_0561
_SIGNATURES: Final = frozenset({0x4FFE_0001, 0xFFFA_FFFA})
# Signatures and MACs of another object, kept beside the reference to it.
_SIGNATURES_OF_OTHERS: Final = frozenset({0x0400_0402, 0x0400_0403})
# Where the reference to the performed step may be empty and never absent (PS3.3 C.17.1, C.17.6.1).
_MODULES_WITH_A_STEP: Final = frozenset({"sr-document-series", "key-object-document-series"})

# Nothing else leaves a file by itself.
_THAT_MAY_LEAVE: Final = (
    ui_tags() | _SIGNATURES | _SIGNATURES_OF_OTHERS | {_REFERENCED_PERFORMED_STEP, _ORIGINAL_ATTRIBUTES}
)

_Place = tuple[str, Element, tuple[Parent, ...]]


def removals(
    structure: FileStructure,
    edits: Sequence[Edit],
    treatment: IntentionKind | None,
    *,
    is_new: bool,
    is_renamed: Callable[[str], bool],
) -> list[Edit]:
    """Return what leaves a file with these edits; nothing where the file does not change.

    ``treatment`` is the intention, None for a file that only follows; ``is_new`` says whether it gets a
    new SOP Instance UID, ``is_renamed`` whether the instance with a UID does.
    """
    places = [
        place
        for place in walk_elements(structure.dataset)
        if place[1].tag in _THAT_MAY_LEAVE and _is_open(place)
    ]
    removed: list[Edit] = list(_asked_for(structure, places, treatment))
    if not edits and not removed:
        return []
    if removed or any(edit.reason != RE_ENCODED for edit in edits):
        column = table_column(treatment)
        removed += _dropped(places, column, is_new=is_new)
        removed += _approvals(places, column)
        removed += _signatures_of_others(structure, places, is_renamed)
    return [*removed, *_signatures(structure, places, [*edits, *removed])]


def without_inner_edits(edits: Iterable[Edit]) -> list[Edit]:
    """Leave out the edits of what is removed as a whole, and of what lies in it."""
    every = list(edits)
    outermost: set[int] = set()
    spans: list[tuple[int, int]] = []
    whole = (edit for edit in every if isinstance(edit, Remove | RemoveItem))
    for edit in sorted(whole, key=_outermost_first):
        if not spans or _span(edit)[1] > spans[-1][1]:
            outermost.add(id(edit))
            spans.append(_span(edit))
    return [
        edit
        for edit in every
        if isinstance(edit, Put) or id(edit) in outermost or not _lies_inside(_span(edit), spans)
    ]


def _is_open(place: _Place) -> bool:
    """Whether an element stands outside what is never rewritten inside."""
    return not any(
        parent.sequence.tag in _SIGNATURES or parent.sequence.tag == _ORIGINAL_ATTRIBUTES
        for parent in place[2]
    )


def _asked_for(
    structure: FileStructure, places: Iterable[_Place], treatment: str | None
) -> Iterator[Remove | RemoveItem]:
    """What an intention takes away by itself."""
    for path, element, parents in places:
        if treatment in ("copy", "pseudonymous") and element.tag == _ORIGINAL_ATTRIBUTES:
            yield Remove(element, path, "original-attributes")
        elif treatment == "derived-series" and element.tag == _REFERENCED_PERFORMED_STEP and not parents:
            yield from _performed_step(structure, element, path)


def _performed_step(structure: FileStructure, element: Element, path: str) -> Iterator[Remove | RemoveItem]:
    class_element = structure.dataset.find(_SOP_CLASS_UID)
    class_uid = strip_value(structure.value(class_element)) if class_element is not None else ""
    iod = iod_modules().get(class_uid)
    if iod is None or _MODULES_WITH_A_STEP.isdisjoint(iod.modules):
        yield Remove(element, path, "performed-step")
        return
    for number in range(1, len(element.items) + 1):
        yield RemoveItem(element, number, f"{path}[{number}]", "performed-step")


def _dropped(places: Iterable[_Place], treatment: str, *, is_new: bool) -> Iterator[Remove]:
    for path, element, parents in places:
        if element.tag == _INSTANCE_CREATOR_UID:
            if is_new and (not parents or treatment == "pseudonymous"):
                yield Remove(element, path, "creator")
        elif treatment_of(element.tag, treatment) == "drop":
            yield Remove(element, path, "dropped")


def _approvals(places: Iterable[_Place], treatment: str) -> Iterator[Edit]:
    """Assertions, and references to them, with the items they stand in; emptied sequences too."""
    approving: dict[int, tuple[str, Element, set[int]]] = {}
    for path, element, parents in places:
        if treatment_of(element.tag, treatment) != "drop-with-its-item":
            continue
        if parents and parents[-1].sequence.tag in _SIGNATURES_OF_OTHERS:
            continue
        if not parents:
            yield Remove(element, path, "approval")
            continue
        sequence, number = parents[-1]
        sequence_path = path.rpartition(".")[0].rpartition("[")[0]
        approving.setdefault(sequence.header_start, (sequence_path, sequence, set()))[2].add(number)
    for path, sequence, numbers in approving.values():
        if len(numbers) == len(sequence.items):
            yield Remove(sequence, path, "approval")
        else:
            for number in sorted(numbers):
                yield RemoveItem(sequence, number, f"{path}[{number}]", "approval")


def _signatures_of_others(
    structure: FileStructure, places: Iterable[_Place], is_renamed: Callable[[str], bool]
) -> Iterator[Remove]:
    for path, element, parents in places:
        if element.tag in _SIGNATURES_OF_OTHERS:
            level = parents[-1].item.dataset if parents else structure.dataset
            reference = level.find(_REFERENCED_SOP_INSTANCE_UID)
            if reference is not None and is_renamed(strip_value(structure.value(reference))):
                yield Remove(element, path, "signature")


def _signatures(
    structure: FileStructure, places: Iterable[_Place], edits: Sequence[Edit]
) -> Iterator[Remove]:
    """The signatures of every level at which, or below which, something changes (PS3.3 C.12.1.1.3)."""
    changes = sorted(_span(edit)[0] for edit in edits if not isinstance(edit, Put))
    adds = any(isinstance(edit, Put) for edit in edits)
    for path, element, parents in places:
        if element.tag in _SIGNATURES:
            start, end = _extent(parents[-1].item.dataset if parents else structure.dataset)
            at = bisect_left(changes, start)
            if (adds and not parents) or (at < len(changes) and changes[at] < end):
                yield Remove(element, path, "signature")


def _extent(dataset: Dataset) -> tuple[int, int]:
    return dataset.elements[0].header_start, dataset.elements[-1].end


def _span(edit: Edit) -> tuple[int, int]:
    """The bytes an edit concerns; of an addition, none."""
    if isinstance(edit, Put):
        return 0, 0
    if isinstance(edit, RemoveItem):
        item = edit.sequence.items[edit.item - 1]
        return item.header_start, item.end
    if isinstance(edit, AddItem):
        return edit.sequence.header_start, edit.sequence.end
    return edit.element.header_start, edit.element.end


def _outermost_first(edit: Edit) -> tuple[int, int]:
    start, end = _span(edit)
    return start, -end


def _lies_inside(span: tuple[int, int], outer: list[tuple[int, int]]) -> bool:
    at = bisect_left(outer, (span[0] + 1, 0)) - 1
    return at >= 0 and span[0] >= outer[at][0] and span[1] <= outer[at][1]
