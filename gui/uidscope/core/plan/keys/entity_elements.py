"""Which elements of the loaded files define entities, and which only carry the same values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from uidscope.core.uid.elements import (
    UiElement,
    identity_kind,
    is_class_or_type,
    reference_kind,
    ui_element_by_keyword,
)

# These name an entity of the object itself at the top level; inside an item they refer to one.
_OF_THE_OBJECT: Final = frozenset({"frame-of-reference", "synchronization"})
_HIERARCHY: Final = frozenset({"hierarchy-instance", "hierarchy-series", "hierarchy-study"})


class EntityElement(NamedTuple):
    """One UI element as it stands in the loaded files.

    ``pattern`` is its path without item numbers, ``kind`` what its values name, and ``defines`` says
    whether it makes entries of the map. The keys of the hierarchy are never among those that define:
    they have a place of their own in the tree.
    """

    pattern: str
    kind: str
    element: UiElement
    defines: bool


def entity_elements(patterns: Iterable[str]) -> tuple[EntityElement, ...]:
    """Return those of the patterns whose values name an entity; file meta and DICOMDIR records do not."""
    found = (_entity_element(pattern) for pattern in patterns)
    return tuple(entity for entity in found if entity is not None)


def map_kind(kind: str) -> str:
    """Return the word by which an entry of the map calls a kind of entity."""
    return kind if kind in ("instance", "series", "study", "frame_of_reference") else "other"


def kind_named_in(pattern: str) -> str | None:
    """Return what kind of entity the values at an element path name; None for free values."""
    entity = _entity_element(pattern)
    return None if entity is None else entity.kind


def is_followed(pattern: str) -> bool:
    """Say whether the values at an element path ever follow the map.

    Classes and types never do, nor does the past as others recorded it, (0400,0561); the file meta
    follows its own object.
    """
    *sequences, leaf = pattern.partition("(")[0].split(".")
    element = ui_element_by_keyword(leaf)
    if "meta" in sequences or "OriginalAttributesSequence[]" in sequences:
        return False
    return element is None or not is_class_or_type(element.tag)


def _entity_element(pattern: str) -> EntityElement | None:
    *sequences, leaf = pattern.partition("(")[0].split(".")
    element = ui_element_by_keyword(leaf)
    in_records = bool(sequences) and sequences[0] in ("meta", "DirectoryRecordSequence[]")
    if element is None or in_records:
        return None
    kind = reference_kind(pattern)
    own_kind = identity_kind(element.tag, bool(sequences))
    if own_kind is None:
        return None
    defines = element.defines_entity and element.role not in _HIERARCHY
    if sequences and element.role in _OF_THE_OBJECT:
        defines = False
    return EntityElement(pattern, own_kind if kind in (None, "other") else str(kind), element, defines)
