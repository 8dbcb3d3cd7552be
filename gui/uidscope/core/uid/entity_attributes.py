"""Which attributes an object shares with the others of its patient, study, series or equipment (PS3.3).

That depends on the IOD: what one defines for the series, another defines for each image, where it may
vary. ``resources/tables/entity_attributes.csv`` has the modules of the entities,
``iod_entity_modules.csv`` which of them an IOD has, and what it defines for the object once more.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from uidscope.core.uid.iod_modules import image_attributes, iod_modules
from uidscope.core.uid.resource_files import read_table, read_text

Entity = Literal["patient", "study", "series", "equipment", "frame"]

_ENTITIES: Final[dict[str, Entity]] = {
    "patient": "patient",
    "study": "study",
    "series": "series",
    "series (Equipment IE: one per series)": "equipment",
    "frame of reference": "frame",
}
_ORDER: Final[tuple[Entity, ...]] = ("patient", "study", "series", "equipment", "frame")
# Sequences and long texts are not compared, nor UIDs, which are judged as what they identify.
_COMPARED_VRS: Final = frozenset(
    {"AS", "CS", "DA", "DS", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "US", "US or SS"}
)
# Of the frames of reference only this module is compared.
_FRAME_MODULE: Final = "frame-of-reference"
_ABOUT_A_PERSON: Final = frozenset({"patient", "patient-study", "clinical-trial-subject"})
_STRICTEST_FIRST: Final = ("1", "1C", "2", "2C", "3")

# What the IODs have in common: taken for classes that no table knows, private and retired ones.
_GENERAL_MODULES: Final = (
    "patient",
    "clinical-trial-subject",
    "general-study",
    "patient-study",
    "clinical-trial-study",
    "general-series",
    "clinical-trial-series",
    "frame-of-reference",
    "general-equipment",
)


class EntityAttribute(NamedTuple):
    """An attribute of an entity.

    ``type`` is ``1``, ``1C``, ``2``, ``2C`` or ``3``, the strictest of the IOD's modules;
    ``is_personal``: its values tell of a person, so findings do not quote them.
    """

    tag: int
    keyword: str
    vr: str
    entity: Entity
    type: str
    is_personal: bool


@functools.lru_cache(maxsize=1024)
def entity_attributes(sop_class_uid: str) -> Mapping[str, EntityAttribute]:
    """Return the attributes that objects of a class have in common with their entities, by keyword.

    Sequences, UIDs and texts without limit are not among them. For a class without known IOD these are
    the attributes of the general modules, but for those that any IOD defines for its images.
    """
    known = iod_modules().get(sop_class_uid)
    if known is None:
        return _attributes(_GENERAL_MODULES, image_attributes())
    return _attributes(*known)


@functools.lru_cache(maxsize=1024)
def hierarchy_attributes(sop_class_uid: str) -> Mapping[int, EntityAttribute]:
    """Return all that objects of a class have in common with their patient, study and series, by tag.

    Sequences, UIDs and long texts are among them, the keys of the hierarchy too; what an IOD defines for
    the object once more is not. Of a class without known IOD these are those of the general modules.
    """
    modules, varying = iod_modules().get(sop_class_uid) or (_GENERAL_MODULES, image_attributes())
    found: dict[int, EntityAttribute] = {}
    for each in (each for module in modules for each in _hierarchy_modules().get(module, ())):
        other = found.get(each.tag)
        if each.keyword not in varying and (other is None or _is_stricter(each, other)):
            found[each.tag] = each
    return MappingProxyType(found)


@functools.cache
def all_entity_attributes() -> tuple[EntityAttribute, ...]:
    """Return the attributes that some IOD defines for an entity, each once, from the patient downwards."""
    found = _attributes(_modules(), frozenset()).values()
    return tuple(sorted(found, key=lambda each: (_ORDER.index(each.entity), each.tag)))


def _attributes(modules: Iterable[str], varying: frozenset[str]) -> Mapping[str, EntityAttribute]:
    known = _modules()
    found: dict[str, EntityAttribute] = {}
    for each in (each for module in modules for each in known[module]):
        if each.keyword in varying:
            continue
        other = found.get(each.keyword)
        if other is None or _is_stricter(each, other):
            found[each.keyword] = each
    return MappingProxyType(found)


def _is_stricter(one: EntityAttribute, other: EntityAttribute) -> bool:
    return _STRICTEST_FIRST.index(one.type) < _STRICTEST_FIRST.index(other.type)


@functools.cache
def _modules() -> dict[str, list[EntityAttribute]]:
    """The attributes that are compared, module by module."""
    modules: dict[str, list[EntityAttribute]] = {}
    for row in read_table("entity_attributes"):
        attributes = modules.setdefault(row["module"], [])
        entity = _ENTITIES.get(row["identity_level"])
        if entity is None or row["vr"] not in _COMPARED_VRS:
            continue
        if entity == "frame" and row["module"] != _FRAME_MODULE:
            continue
        attributes.append(_attribute(row, entity))
    return modules


@functools.cache
def _hierarchy_modules() -> dict[str, list[EntityAttribute]]:
    """Every attribute of patient, study and series, module by module."""
    modules: dict[str, list[EntityAttribute]] = {}
    for row in read_table("entity_attributes"):
        entity = _ENTITIES.get(row["identity_level"])
        if entity in ("patient", "study", "series"):
            modules.setdefault(row["module"], []).append(_attribute(row, entity))
    return modules


def _attribute(row: Mapping[str, str], entity: Entity) -> EntityAttribute:
    is_personal = row["vr"] == "PN" or row["module"] in _ABOUT_A_PERSON
    return EntityAttribute(int(row["tag"], 16), row["keyword"], row["vr"], entity, row["type"], is_personal)


@functools.cache
def modules_edition() -> str:
    """Return the edition of PS3.3 that the modules of the entities are of, as their table says."""
    found = re.search(
        r"^# Source: .*PS3\.3 (20\d\d[a-e]?)\b", read_text("tables", "entity_attributes.csv"), re.MULTILINE
    )
    return found.group(1) if found else ""
