"""The upper part of the tree for a report: patients, studies and series with counts, and never too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.told_badges import ToldBadge, told_badges
from uidscope.core.catalog.tree import (
    ROOT,
    Node,
    NodeRow,
    PatientRow,
    SeriesRow,
    StudyRow,
    child_count,
    children,
)
from uidscope.core.report.counted import counted
from uidscope.core.report.shown_names import AS_IN_FILES, ShownNames
from uidscope.core.uid.phrases import phrase

MOST_ROWS: Final = 500
_MOST_CHILDREN: Final = {"root": 100, "patient": 20, "study": 40}
_NOUNS: Final = {
    "root": ("patient", "patients"),
    "patient": ("study", "studies"),
    "study": ("series", "series"),
    "series": ("instance", "instances"),
}


@dataclass(frozen=True, slots=True)
class ExcerptRow:
    """One place of the tree, or (level ``more``) how many of its siblings are left out.

    ``depth`` is 0 for a patient. ``content`` counts what lies directly below; ``badges`` the errors and
    warnings of the place and of all below it together.
    """

    level: Literal["patient", "study", "series", "more"]
    depth: int
    name: str
    remark: str = ""
    uid: str = ""
    content: str = ""
    badges: tuple[ToldBadge, ...] = ()


def tree_excerpt(
    catalog: Catalog, names: ShownNames = AS_IN_FILES, most_rows: int = MOST_ROWS
) -> Iterator[ExcerptRow]:
    """Yield the rows as the tree shows them, about ``most_rows`` at most."""
    yield from _below(catalog, names, ROOT, 0, [most_rows])


def _below(
    catalog: Catalog, names: ShownNames, node: Node, depth: int, left: list[int]
) -> Iterator[ExcerptRow]:
    """The rows below a node; ``left`` says how many more there may be in all."""
    shown = 0
    for row in children(catalog, node, limit=_MOST_CHILDREN[node.level]):
        if left[0] <= 0:
            break
        left[0] -= 1
        shown += 1
        yield _row(names, row, depth)
        if depth < len(_MOST_CHILDREN) - 1:
            yield from _below(catalog, names, row.node, depth + 1, left)
    more = child_count(catalog, node) - shown
    if more:
        yield ExcerptRow("more", depth, phrase("and {} more").format(counted(more, *_NOUNS[node.level])))


def _row(names: ShownNames, row: NodeRow, depth: int) -> ExcerptRow:
    content = counted(row.child_count, *_NOUNS[row.node.level])
    badges = _badges(row)
    if isinstance(row, PatientRow):
        told = names.patient(row)
        remark = " ".join(filter(None, (told.patient_id, told.issuer and f"({told.issuer})")))
        return ExcerptRow("patient", depth, told.name or phrase("(no name)"), remark, "", content, badges)
    if isinstance(row, StudyRow):
        name = names.description(row.description) or phrase("Study")
        return ExcerptRow("study", depth, name, row.date, row.uid, content, badges)
    assert isinstance(row, SeriesRow)
    name = " ".join(filter(None, (row.modality, row.number, names.description(row.description))))
    return ExcerptRow("series", depth, name or phrase("Series"), row.date, row.uid, content, badges)


def _badges(row: NodeRow) -> tuple[ToldBadge, ...]:
    return told_badges(
        tuple(
            badge._replace(own=0, below=badge.own + badge.below)
            for badge in row.badges
            if badge.severity != "info"
        )
    )
