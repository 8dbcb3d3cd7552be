"""What a file that changes says of its past: written after the mapping, and never mapped.

(PS3.3 C.12.1.1.5, C.12.1.1.9, C.12.4.) Existing items stay as they are; one is added behind them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from uidscope.core.plan.edits.contributing_equipment import (
    CONTRIBUTING_EQUIPMENT,
    contributing_equipment_item,
)
from uidscope.core.plan.edits.edit import RE_ENCODED, AddItem, Edit, Put, Remove
from uidscope.core.plan.edits.element_copy import Form, form_inside, form_of
from uidscope.core.plan.edits.original_attributes import (
    ORIGINAL_ATTRIBUTES,
    Modification,
    original_attributes_item,
)
from uidscope.core.plan.edits.source_references import (
    REFERENCED_SERIES,
    listing_item,
    source_item,
    source_sequence,
)
from uidscope.core.plan.edits.text_of_file import encoded_for
from uidscope.core.plan.intention import IntentionKind
from uidscope.core.plan.provenance_choices import Provenance
from uidscope.core.read.structure import FileStructure
from uidscope.core.uid.dictionary import keyword

PROVENANCE: Final = "provenance"  # the reason of these edits

_INSTANCE_COERCION_DATE_TIME: Final = 0x0008_0015

_ItemOf = Callable[[Form], bytes | None]


class Change(NamedTuple):
    """What is done to a file: by which intention, when, and whether it gets a new SOP Instance UID."""

    treatment: IntentionKind | None
    created: dt.datetime
    is_new: bool


def provenance_edits(
    structure: FileStructure, edits: Sequence[Edit], provenance: Provenance, change: Change
) -> list[Edit]:
    """Return what is added to a file whose data set these edits change; nothing for mere re-encoding.

    Raises ``UsageError`` where the file's character set cannot hold the name of the modifying system or
    of the source of the previous values.
    """
    if all(edit.reason == RE_ENCODED for edit in edits):
        return []
    date_time = change.created.strftime("%Y%m%d%H%M%S%z").encode("ascii")
    added: list[Edit] = []
    if provenance.original_attributes:
        added += _original_attributes(structure, edits, provenance, change, date_time)
    if provenance.contributing_equipment:
        added += _item_added(
            structure,
            edits,
            CONTRIBUTING_EQUIPMENT,
            lambda form: contributing_equipment_item(change.treatment, date_time, form),
        )
    if provenance.source_reference and change.is_new and change.treatment == "derived-series":
        added += _item_added(
            structure, edits, source_sequence(structure), lambda form: source_item(structure, form)
        )
        added += _item_added(structure, edits, REFERENCED_SERIES, lambda form: listing_item(structure, form))
    return added


def _original_attributes(
    structure: FileStructure, edits: Sequence[Edit], provenance: Provenance, change: Change, date_time: bytes
) -> Iterator[Edit]:
    replaced = list(edits)
    if not change.is_new:
        coerced = Put(
            _INSTANCE_COERCION_DATE_TIME, "DT", date_time, keyword(_INSTANCE_COERCION_DATE_TIME), PROVENANCE
        )
        if structure.dataset.find(coerced.tag) is not None:
            replaced.append(coerced)
        yield coerced
    modification = Modification(
        date_time,
        encoded_for(structure, provenance.modifying_system, "name of the modifying system"),
        encoded_for(structure, provenance.source_of_previous_values, "source of the previous values"),
        provenance.reason.encode("ascii"),
    )
    yield from _item_added(
        structure,
        edits,
        ORIGINAL_ATTRIBUTES,
        lambda form: original_attributes_item(structure, replaced, modification, form),
    )


def _item_added(
    structure: FileStructure, edits: Sequence[Edit], tag: int, item_in: _ItemOf
) -> Iterator[Edit]:
    """Add an item to a sequence of the top level, which is made where there is none or it is taken out."""
    removed = {edit.element.header_start for edit in edits if isinstance(edit, Remove)}
    present = [element for element in structure.dataset.elements if element.tag == tag]
    if not present or any(element.header_start in removed for element in present):
        item = item_in(form_of(structure.dataset))
        if item is not None:
            yield Put(tag, "SQ", item, keyword(tag), PROVENANCE)
        return
    for element in present:
        item = item_in(form_inside(element, structure.dataset))
        if item is not None and element.vr == "SQ":
            yield AddItem(element, item, f"{keyword(tag)}[{len(element.items) + 1}]", PROVENANCE)
