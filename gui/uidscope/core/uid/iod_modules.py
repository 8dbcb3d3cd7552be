"""Which modules of the patient, study, series and equipment each IOD has (PS3.3 A), by its SOP class."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from uidscope.core.uid.resource_files import read_table


class IodModules(NamedTuple):
    """The modules of an IOD's entities, and the keywords that it defines for the object once more."""

    modules: tuple[str, ...]
    varying: frozenset[str]


@functools.cache
def iod_modules() -> Mapping[str, IodModules]:
    """Return the modules of every IOD of the tables, by SOP class UID."""
    return MappingProxyType(
        {
            row["sop_class"]: IodModules(
                tuple(row["modules"].split()), frozenset(row["also_of_the_object"].split())
            )
            for row in read_table("iod_entity_modules")
        }
    )


@functools.cache
def image_attributes() -> frozenset[str]:
    """Return the keywords of entity attributes that some IOD defines for its images too."""
    return frozenset(
        row["keyword"] for row in read_table("entity_attributes") if "Image" in row["also_defined_at"]
    )
