"""ENT-01 to ENT-07: files that bear the same SOP Instance UID.

Each such UID gets exactly one finding, of the first rule that holds in the order 07, 06, 05, 01, 04,
03, 02. Today files are told apart by their bytes: the same bytes are ENT-02, any others ENT-01.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from uidscope.core.catalog.content import contents
from uidscope.core.catalog.entity import InstanceCopy, SharedInstance, shared_instances, uid_values
from uidscope.core.catalog.finding import FactValue, Finding
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule


def duplicates(inquiry: Inquiry) -> Iterator[Finding]:
    """Find the instances that stand in more than one file: one finding for each SOP Instance UID."""
    for shared in shared_instances(inquiry.catalog):
        inquiry.cancel.raise_if_cancelled()
        code, facts = (
            _different_classes(shared)
            or _different_places(inquiry, shared)
            or _compared_bytes(inquiry, shared)
        )
        yield rule(code).finding(
            "instance",
            shared.uid,
            tuple(copy.occurrence_id for copy in shared.copies),
            attribute="SOPInstanceUID",
            path="SOPInstanceUID",
            facts=facts,
        )


def _different_classes(shared: SharedInstance) -> tuple[str, dict[str, FactValue]] | None:
    """ENT-07."""
    classes = sorted({copy.class_uid for copy in shared.copies} - {""})
    return ("ENT-07", {"classes": tuple(classes)}) if len(classes) > 1 else None


def _different_places(inquiry: Inquiry, shared: SharedInstance) -> tuple[str, dict[str, FactValue]] | None:
    """ENT-06. A copy without Series or Study UID says nothing about where the instance belongs."""
    series = {copy.series_uid_id for copy in shared.copies} - {0}
    studies = {copy.study_uid_id for copy in shared.copies} - {0}
    if len(series) < 2 and len(studies) < 2:
        return None
    texts = uid_values(inquiry.catalog, series | studies)
    return "ENT-06", {
        "series": tuple(sorted(texts[id_] for id_ in series)),
        "studies": tuple(sorted(texts[id_] for id_ in studies)),
        "series_count": len(series),
        "study_count": len(studies),
    }


def _compared_bytes(inquiry: Inquiry, shared: SharedInstance) -> tuple[str, dict[str, FactValue]]:
    """ENT-02 where all files are the same bytes, else ENT-01; what cannot be read counts as different."""
    copies: tuple[InstanceCopy, ...] = shared.copies
    known = contents(inquiry.catalog, [copy.occurrence_id for copy in copies], token=inquiry.cancel)
    different = len({content.sha256 for content in known.values()})
    unreadable = len(copies) - len(known)
    if different == 1 and not unreadable:
        return "ENT-02", {}
    return "ENT-01", {"contents": different, "unreadable": unreadable}


CHECKS: Final = (Check(("ENT-07", "ENT-06", "ENT-01", "ENT-02"), duplicates),)
