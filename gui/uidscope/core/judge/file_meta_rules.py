"""ENT-40, ENT-41, ENT-43 and ENT-44: the file meta, and whether it says what the data set says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from uidscope.core.catalog.entity import folders_without_meta
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.value_uses import (
    META_SOP_INSTANCE_UID,
    DifferingMeta,
    differing_meta_classes,
    differing_meta_instances,
    instances_of,
    occurrences_lacking,
)
from uidscope.core.judge.element_path import leaf
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule

_META_SOP_CLASS_UID: Final = "meta.MediaStorageSOPClassUID"
# Type 1 of the file meta (PS3.10 7.1): without the first three a file is misread, without the last not.
_NEEDED: Final = (_META_SOP_CLASS_UID, META_SOP_INSTANCE_UID, "meta.TransferSyntaxUID")
_IMPLEMENTATION_CLASS_UID: Final = "meta.ImplementationClassUID"


def other_instance_in_meta(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-40."""
    for differing in differing_meta_instances(inquiry.catalog):
        yield _differing("ENT-40", differing, META_SOP_INSTANCE_UID)


def other_class_in_meta(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-41."""
    for differing in differing_meta_classes(inquiry.catalog):
        yield _differing("ENT-41", differing, _META_SOP_CLASS_UID)


def incomplete_meta(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-43: one finding for each file, whatever number of elements it lacks."""
    missing: dict[int, list[str]] = {}
    for pattern in (*_NEEDED, _IMPLEMENTATION_CLASS_UID):
        inquiry.cancel.raise_if_cancelled()
        for occurrence_id in occurrences_lacking(inquiry.catalog, pattern):
            missing.setdefault(occurrence_id, []).append(pattern)
    instances = instances_of(inquiry.catalog, missing)
    for occurrence_id, patterns in sorted(missing.items()):
        uid = instances[occurrence_id]
        yield rule("ENT-43").finding(
            "file" if uid is None else "instance",
            uid or "",
            (occurrence_id,),
            attribute=leaf(patterns[0]),
            path=patterns[0],
            severity="warning" if patterns == [_IMPLEMENTATION_CLASS_UID] else "error",
            facts={"missing": tuple(leaf(pattern) for pattern in patterns)},
        )


def no_meta(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-44: one finding for each folder."""
    for occurrences in folders_without_meta(inquiry.catalog):
        yield rule("ENT-44").finding("file", "", occurrences)


def _differing(code: str, differing: DifferingMeta, path: str) -> Finding:
    return rule(code).finding(
        "instance",
        differing.sop_instance_uid,
        (differing.occurrence_id,),
        attribute=leaf(path),
        path=path,
        facts={"meta": differing.meta, "dataset": differing.dataset},
    )


CHECKS: Final = (
    Check(("ENT-40",), other_instance_in_meta),
    Check(("ENT-41",), other_class_in_meta),
    Check(("ENT-43",), incomplete_meta),
    Check(("ENT-44",), no_meta),
)
