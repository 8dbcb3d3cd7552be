"""What an attribute of an object is about: its patient, study, series, ..., or the object itself.

Archives correct what an object shares with others, and keep its SOP Instance UID (PS3.4 B.4.1.3); what
is its own makes another object of it. ``resources/tables/entity_attributes.csv`` has the modules of the
entities, ``iod_entity_modules.csv`` which of them an IOD has, and what it defines for the object too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

from uidscope.core.uid.iod_modules import image_attributes, iod_modules
from uidscope.core.uid.resource_files import read_table

AttributeLevel = Literal[
    "patient", "study", "series", "equipment", "request", "storage", "history", "private", "instance"
]

ATTRIBUTE_LEVELS: Final[tuple[AttributeLevel, ...]] = get_args(AttributeLevel)

_ENTITIES: Final[dict[str, AttributeLevel]] = {
    "patient": "patient",
    "study": "study",
    "series": "series",
    "series (Equipment IE: one per series)": "equipment",
}
_WHOLE_GROUPS: Final[dict[int, AttributeLevel]] = {
    0x0010: "patient",
    0x0032: "request",  # Requested Procedure, Imaging Service Request
    0x0038: "study",  # Visit, Admission
    0x0088: "storage",  # Storage media, with the icon image
}
# Requested Procedure, Scheduled and Performed Procedure Step, Imaging Service Request (PS3.3 C.4).
_REQUEST_RANGES: Final = (
    range(0x0040_0001, 0x0040_0101),
    range(0x0040_0241, 0x0040_0300),
    range(0x0040_1001, 0x0040_1061),
    range(0x0040_1400, 0x0040_2500),
)
_SINGLE: Final[dict[int, AttributeLevel]] = {
    0x0008_0054: "storage",  # Retrieve AE Title
    0x0008_0056: "storage",  # Instance Availability
    0x0008_0015: "history",  # Instance Coercion DateTime
    0x0018_A001: "history",  # Contributing Equipment Sequence
    0x0400_0561: "history",  # Original Attributes Sequence
    0x0008_1111: "request",  # Referenced Performed Procedure Step Sequence
    0x0040_A370: "request",  # Referenced Request Sequence
    0x0040_A372: "request",  # Performed Procedure Code Sequence
}

# What the IODs have in common: taken for classes that the table does not know, private and retired ones.
_GENERAL_MODULES: Final = (
    "patient",
    "clinical-trial-subject",
    "general-study",
    "patient-study",
    "clinical-trial-study",
    "general-series",
    "clinical-trial-series",
    "general-equipment",
)


def attribute_level(tag: int, sop_class_uid: str) -> AttributeLevel:
    """Return what an element (``0xGGGGEEEE``) at the top level of an object of this class is about.

    ``request`` is what was asked for, scheduled and performed; ``storage`` where objects are kept,
    icons included; ``history`` what was done to the object. What is none of these, the frame of
    reference included, is ``instance``.
    """
    if tag & 0x0001_0000:
        return "private"
    if any(tag in each for each in _REQUEST_RANGES):
        return "request"
    level = _SINGLE.get(tag) or _levels(sop_class_uid).get(tag) or _WHOLE_GROUPS.get(tag >> 16)
    return level or "instance"


@functools.lru_cache(maxsize=1024)
def _levels(sop_class_uid: str) -> Mapping[int, AttributeLevel]:
    """The attributes of the entities by tag, for one IOD."""
    known = iod_modules().get(sop_class_uid)
    if known is None:
        return _of_modules(_GENERAL_MODULES, image_attributes())
    return _of_modules(*known)


def _of_modules(modules: Iterable[str], varying: frozenset[str]) -> Mapping[int, AttributeLevel]:
    found: dict[int, AttributeLevel] = {}
    for module in modules:
        for tag, keyword, level in _modules().get(module, ()):
            if keyword not in varying:
                found.setdefault(tag, level)
    return MappingProxyType(found)


@functools.cache
def _modules() -> dict[str, list[tuple[int, str, AttributeLevel]]]:
    modules: dict[str, list[tuple[int, str, AttributeLevel]]] = {}
    for row in read_table("entity_attributes"):
        level = _ENTITIES.get(row["identity_level"])
        if level is not None:
            modules.setdefault(row["module"], []).append((int(row["tag"], 16), row["keyword"], level))
    return modules
