"""ENT-01 to ENT-07: files that bear the same SOP Instance UID, told apart by their content.

Each such UID gets exactly one finding, of the first rule that holds in the order 07, 06, 05, 01, 04,
03, 02. Files are read again where they claim to be one object of one series; what cannot be read, or
cannot be compared, counts as different.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from uidscope.core.catalog.content import keep_object_numbers
from uidscope.core.catalog.entity import SharedInstance, file_faults, shared_instances, uid_values
from uidscope.core.catalog.finding import FactValue, Finding
from uidscope.core.catalog.transfer_syntaxes import transfer_syntaxes
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.uid.attribute_levels import ATTRIBUTE_LEVELS
from uidscope.core.uid.registry import registered

# What compares objects is loaded where an instance stands in two files.
if TYPE_CHECKING:
    from uidscope.core.judge.copies_compared import CopiesCompared
    from uidscope.core.read.pixel_content import PixelComparison

Verdict = tuple[str, dict[str, FactValue]]

_ATTRIBUTES_NAMED: Final = 20
_PIXEL_DATA: Final = "PixelData"


def duplicates(inquiry: Inquiry) -> Iterator[Finding]:
    """Find the instances that stand in more than one file: one finding for each SOP Instance UID."""
    cut_in_pixels = _cut_in_pixels(inquiry)
    for shared in shared_instances(inquiry.catalog):
        inquiry.cancel.raise_if_cancelled()
        code, facts = (
            _different_classes(shared)
            or _different_places(inquiry, shared)
            or _content(inquiry, shared, cut_in_pixels)
        )
        yield rule(code).finding(
            "instance",
            shared.uid,
            _occurrences(shared),
            attribute="SOPInstanceUID",
            path="SOPInstanceUID",
            facts=facts,
        )


def _occurrences(shared: SharedInstance) -> tuple[int, ...]:
    return tuple(copy.occurrence_id for copy in shared.copies)


def _cut_in_pixels(inquiry: Inquiry) -> frozenset[int]:
    """The files that end inside their pixel data."""
    return frozenset(
        fault.occurrence_id
        for fault in file_faults(inquiry.catalog, ("FILE-01",))
        if any(path == _PIXEL_DATA for path, _ in fault.details)
    )


def _different_classes(shared: SharedInstance) -> Verdict | None:
    """ENT-07."""
    classes = sorted({copy.class_uid for copy in shared.copies} - {""})
    return ("ENT-07", {"classes": tuple(classes)}) if len(classes) > 1 else None


def _different_places(inquiry: Inquiry, shared: SharedInstance) -> Verdict | None:
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


def _content(inquiry: Inquiry, shared: SharedInstance, cut_in_pixels: frozenset[int]) -> Verdict:
    """ENT-05, 01, 04, 03 or 02; keeps which of the files are one object."""
    from uidscope.core.judge.copies_compared import compare_copies  # noqa: PLC0415 - as said above

    copies = compare_copies(inquiry.catalog, _occurrences(shared), inquiry.cancel)
    keep_object_numbers(inquiry.catalog, copies.objects)
    if copies.identical:
        return "ENT-02", {}
    facts = _facts(copies)
    # Cut off within the pixel data beside a whole one: the pixel data are not the same.
    cut = not cut_in_pixels.isdisjoint(copies.incomplete)
    if cut and copies.objects:
        return "ENT-05", {**facts, "pixel_data": "different", "pixel_form": "stored bytes"}
    if facts["pixel_data"] == "different" or any(each.other_bulk for each in copies.comparisons):
        return "ENT-05", facts
    if copies.unreadable or copies.incomplete or not all(each.one_object for each in copies.comparisons):
        return "ENT-01", facts
    if any(each.attributes for each in copies.comparisons):
        return "ENT-04", facts
    return "ENT-03", {**facts, "encodings": _encodings(inquiry, shared)}


def _facts(copies: CopiesCompared) -> dict[str, FactValue]:
    """What differs between the copies, without any value.

    ``attributes`` are element paths without item numbers, at most some, of ``attribute_count``;
    ``levels`` what they are about; ``pixel_data`` is the gravest of all comparisons, ``pixel_form`` how
    that was seen.
    """
    attributes = {each.pattern: each for pair in copies.comparisons for each in pair.attributes}
    levels = {each.level for each in attributes.values()}
    # What makes them different objects is named first.
    named = sorted(attributes, key=lambda pattern: not attributes[pattern].is_conflict)
    return {
        "contents": copies.contents,
        "unreadable": copies.unreadable,
        "incomplete": len(copies.incomplete),
        "attributes": tuple(named[:_ATTRIBUTES_NAMED]),
        "attribute_count": len(attributes),
        "levels": tuple(level for level in ATTRIBUTE_LEVELS if level in levels),
        **_pixel_facts(copies.pixels),
    }


def _pixel_facts(comparisons: Collection[PixelComparison]) -> Mapping[str, FactValue]:
    for verdict in ("different", "not compared", "equal"):
        forms = {pair.form for pair in comparisons if pair.verdict == verdict}
        if forms:
            form = "stored bytes" if "stored bytes" in forms else min(forms)
            return {"pixel_data": verdict, "pixel_form": form}
    return {"pixel_data": "", "pixel_form": ""}


def _encodings(inquiry: Inquiry, shared: SharedInstance) -> tuple[str, ...]:
    """The names of the transfer syntaxes that the copies are written in."""
    uids = set(transfer_syntaxes(inquiry.catalog, _occurrences(shared)).values())
    entries = {uid: registered(uid) for uid in sorted(uids)}
    return tuple(entry.name if entry else uid for uid, entry in entries.items())


CHECKS: Final = (Check(("ENT-07", "ENT-06", "ENT-05", "ENT-01", "ENT-04", "ENT-03", "ENT-02"), duplicates),)
