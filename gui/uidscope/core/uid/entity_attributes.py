"""Which attributes an object shares with the others of its patient, study, series or equipment (PS3.3).

That depends on the IOD: what one defines for the series, another defines for each image, where it may
vary. ``resources/tables/entity_attributes.csv`` has the modules of the entities,
``iod_entity_modules.csv`` which of them an IOD has, and what it defines for the object once more.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from uidscope.core.uid.resource_files import read_table

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
    known = _iods().get(sop_class_uid)
    if known is None:
        return _attributes(_GENERAL_MODULES, _of_some_image())
    return _attributes(*known)


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
        if other is None or _STRICTEST_FIRST.index(each.type) < _STRICTEST_FIRST.index(other.type):
            found[each.keyword] = each
    return MappingProxyType(found)


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
        is_personal = row["vr"] == "PN" or row["module"] in _ABOUT_A_PERSON
        attributes.append(
            EntityAttribute(int(row["tag"], 16), row["keyword"], row["vr"], entity, row["type"], is_personal)
        )
    return modules


@functools.cache
def _iods() -> dict[str, tuple[tuple[str, ...], frozenset[str]]]:
    """SOP class -> the modules of its entities, and what varies within them."""
    return {
        row["sop_class"]: (tuple(row["modules"].split()), frozenset(row["also_of_the_object"].split()))
        for row in read_table("iod_entity_modules")
    }


@functools.cache
def _of_some_image() -> frozenset[str]:
    """The keywords that some IOD defines for its images."""
    return frozenset(
        row["keyword"] for row in read_table("entity_attributes") if "Image" in row["also_defined_at"]
    )
