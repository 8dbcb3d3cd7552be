"""The UIDs of one place of the tree, each taken apart, with what is to be said against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from uidscope.core.catalog.finding import SEVERITIES, Level, Severity
from uidscope.core.catalog.findings import KeptFinding, findings_of_occurrences
from uidscope.core.catalog.lookup import OccurrenceRow, occurrence, occurrences_below
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, row
from uidscope.core.judge.rule_table import rule as rule_of
from uidscope.core.plan.told.offers import is_offered
from uidscope.core.report.words import rule_words
from uidscope.core.uid.anatomy import Anatomy, explain

UidKeyword = Literal[
    "SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID", "FrameOfReferenceUID", "SOPClassUID"
]

_LEVELS: Final[dict[UidKeyword, Level]] = {
    "SOPInstanceUID": "instance",
    "SeriesInstanceUID": "series",
    "StudyInstanceUID": "study",
    "FrameOfReferenceUID": "frame_of_reference",
    "SOPClassUID": "instance",
}
_SHOWN_AT: Final[dict[str, tuple[UidKeyword, ...]]] = {
    "study": ("StudyInstanceUID",),
    "series": ("SeriesInstanceUID", "StudyInstanceUID", "FrameOfReferenceUID"),
    "instance": tuple(_LEVELS),
    "file": tuple(_LEVELS),
}
_OF_META: Final[dict[str, str]] = {
    "meta.MediaStorageSOPInstanceUID": "SOPInstanceUID",
    "meta.MediaStorageSOPClassUID": "SOPClassUID",
}
# Not every object has these; where they are absent there is nothing to show.
_OPTIONAL: Final = ("FrameOfReferenceUID",)


@dataclass(frozen=True, slots=True)
class UidRemark:
    """Something a rule has against a UID: its title, how to mend it, and where the standard says so.

    ``finding`` is what was found of it here; None where only the digits say it (yet).
    """

    rule: str
    severity: Severity
    title: str
    text: str
    citation: str
    finding: KeptFinding | None = None


@dataclass(frozen=True, slots=True)
class UidIdentity:
    """One UID of a place of the tree; ``name`` is that of PS3.6, or empty. The gravest remark comes first."""

    keyword: UidKeyword
    anatomy: Anatomy
    name: str
    remarks: tuple[UidRemark, ...]

    @property
    def mendable(self) -> KeptFinding | None:
        """The gravest finding of it that something in a plan mends."""
        found = (remark.finding for remark in self.remarks)
        return next((finding for finding in found if finding is not None and is_offered(finding)), None)


def node_identity(catalog: Catalog, node: Node) -> tuple[UidIdentity, ...]:
    """Return the UIDs of a study, a series, an instance or a file, its own first; none for a patient.

    A frame of reference is that of the first file. ``LookupError`` where the node is not there (any more).
    """
    keywords = _SHOWN_AT.get(node.level)
    if keywords is None:
        row(catalog, node)
        return ()
    file = occurrence(catalog, _first_file(catalog, node))
    values = _values(file)
    found = findings_of_occurrences(catalog, (file.id,))
    identities = []
    for keyword in keywords:
        if not values[keyword] and keyword in _OPTIONAL:
            continue
        anatomy = explain(values[keyword])
        name = anatomy.registered.name if anatomy.registered else ""
        identities.append(UidIdentity(keyword, anatomy, name, _remarks(keyword, values, anatomy, found)))
    return tuple(identities)


def _first_file(catalog: Catalog, node: Node) -> int:
    if node.level == "file":
        return node.id
    below = occurrences_below(catalog, node)
    if not below:
        raise LookupError(f"no {node.level} {node.id}")
    return below[0]


def _values(file: OccurrenceRow) -> dict[UidKeyword, str]:
    return {
        "SOPInstanceUID": file.sop_instance_uid,
        "SeriesInstanceUID": file.series_uid,
        "StudyInstanceUID": file.study_uid,
        "FrameOfReferenceUID": file.profile.get("FrameOfReferenceUID", ""),
        "SOPClassUID": file.profile.get("SOPClassUID", ""),
    }


def _remarks(
    keyword: UidKeyword, values: Mapping[UidKeyword, str], anatomy: Anatomy, found: list[KeptFinding]
) -> tuple[UidRemark, ...]:
    """What the findings say of this UID, and what its digits say where there is no finding (yet)."""
    remarks: dict[str, UidRemark] = {}
    for each in found:
        if _is_about(each, keyword, values):
            remarks.setdefault(each.rule, _remark(each.rule, each.severity, each))
    for verdict in anatomy.verdict:
        if verdict.code not in remarks and values[keyword]:
            severities = rule_of(verdict.code).severities
            remarks[verdict.code] = _remark(verdict.code, severities[0] if severities else "info")
    return tuple(sorted(remarks.values(), key=lambda each: (SEVERITIES.index(each.severity), each.rule)))


def _is_about(finding: KeptFinding, keyword: UidKeyword, values: Mapping[UidKeyword, str]) -> bool:
    """Whether a finding of the file is about this UID of it, and not about one that it refers to."""
    path = _OF_META.get(finding.path, finding.path)
    if path in values:
        # The encoding of a UID is a finding of its series, and a UID that is missing bears none.
        bearers = (values[keyword], values["SOPInstanceUID"], values["SeriesInstanceUID"], "")
        return path == keyword and finding.uid in bearers
    at_this_level = finding.level == _LEVELS[keyword] and keyword != "SOPClassUID"
    return at_this_level and bool(finding.uid) and finding.uid == values[keyword] and "[" not in path


def _remark(code: str, severity: Severity, finding: KeptFinding | None = None) -> UidRemark:
    words = rule_words(code)
    return UidRemark(code, severity, words.title, words.fix, rule_of(code).citation, finding)
