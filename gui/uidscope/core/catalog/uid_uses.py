"""Find all uses of one UID: every element of every loaded file that holds it, counted and page by page.

File meta, references, classes, DICOMDIRs and private UI elements are among them. Text and other elements
that merely quote a UID are not: those are FILE-05.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, get_args

from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.set_numbers import last_holding
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import META_SOP_INSTANCE_UID, SOP_INSTANCE_UID
from uidscope.core.read.record import HAS_META
from uidscope.core.uid.elements import (
    identity_kind,
    is_class_or_type,
    reference_kind,
    ui_element_by_keyword,
)

# What a UID does where it stands, in the order of the answers:
# - key: it identifies something of the object itself
# - file-meta: it stands in group 0002
# - reference: it names something else
# - directory-record: it stands in a record of a DICOMDIR
# - class-or-type: it names a SOP class, a transfer syntax, a coding scheme, ...
# - private: the element is private or unknown
# - other: what it names depends on other elements
UseKind = Literal["key", "file-meta", "reference", "directory-record", "class-or-type", "private", "other"]

USE_KINDS: Final[tuple[UseKind, ...]] = get_args(UseKind)


class ElementUse(NamedTuple):
    """What a UID does in an element.

    ``entity`` is what it names there: ``instance``, ``series``, ``study``, ``frame_of_reference`` or another
    word of the table of elements; '' where no entity. ``role`` is the table's own word, '' for an element
    that it does not have.
    """

    kind: UseKind
    entity: str
    role: str


class UidUse(NamedTuple):
    """One element of one file that holds the UID, and how often.

    ``pattern`` is the element path without item numbers; ``file`` the path as it is shown.
    """

    occurrence_id: int
    file: str
    pattern: str
    kind: UseKind
    entity: str
    role: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here


class UseCount(NamedTuple):
    """How many elements hold a UID, counted each time they stand in a file, and in how many files."""

    elements: int
    files: int


class UidUses(NamedTuple):
    """The uses of a UID in all, by kind, and by element path; kinds without any are left out.

    ``rows`` is how many ``uid_uses`` there are.
    """

    total: UseCount
    by_kind: Mapping[UseKind, UseCount]
    by_pattern: Mapping[str, UseCount]
    rows: int


def element_use(pattern: str) -> ElementUse:
    """Return what a UID does in an element, by its path without item numbers."""
    *above, leaf = pattern.split(".")
    element = ui_element_by_keyword(leaf.partition("(")[0])
    role = element.role if element is not None else ""
    named = reference_kind(pattern)
    if named is not None:
        return ElementUse("reference", named, role)
    if element is None:
        return ElementUse("private", "", role)
    entity = identity_kind(element.tag, nested=bool(above) and above != ["meta"]) or ""
    if above == ["meta"]:
        return ElementUse("file-meta", entity, role)
    if above and above[0].startswith("DirectoryRecordSequence["):
        return ElementUse("directory-record", entity, role)
    if is_class_or_type(element.tag):
        return ElementUse("class-or-type", "", role)
    return ElementUse("key" if entity else "other", entity, role)


def uid_use_counts(catalog: Catalog, uid: str) -> UidUses:
    """Count the uses of a UID; there are none of one that no loaded file holds, and of the empty text."""
    elements = _elements(catalog, uid)
    parameters = _parameters(uid, elements)
    rows = catalog.connection.execute(_FOUND + _BY_ELEMENT, parameters).fetchall()
    files_of_kinds: dict[int | None, int] = dict(
        catalog.connection.execute(_FOUND + _FILES_BY_KIND, parameters).fetchall()
    )
    by_pattern = {elements[place].pattern: UseCount(times, files) for place, times, files in rows}
    times_of_kinds: Counter[UseKind] = Counter()
    for place, times, _ in rows:
        times_of_kinds[elements[place].use.kind] += times
    by_kind = {
        kind: UseCount(times_of_kinds[kind], files_of_kinds[USE_KINDS.index(kind)])
        for kind in USE_KINDS
        if kind in times_of_kinds
    }
    total = UseCount(times_of_kinds.total(), files_of_kinds[None])
    in_all = sum(each.files for each in by_pattern.values())
    return UidUses(total, MappingProxyType(by_kind), MappingProxyType(by_pattern), in_all)


def uid_uses(
    catalog: Catalog, uid: str, *, kind: UseKind | None = None, offset: int = 0, limit: int = -1
) -> list[UidUse]:
    """Return a page of the uses of a UID, or of those of one kind: by kind, element, then file as loaded."""
    elements = _elements(catalog, uid)
    asked = elements if kind is None else [each for each in elements if each.use.kind == kind]
    rows = catalog.connection.execute(
        _FOUND + _PAGE, {**_parameters(uid, asked), "limit": limit, "offset": offset}
    ).fetchall()
    files = display_paths(catalog, {occurrence_id for occurrence_id, _, _ in rows})
    return [
        UidUse(
            occurrence_id, files[occurrence_id], asked[place].pattern, use.kind, use.entity, use.role, times
        )
        for occurrence_id, place, times in rows
        for use in (asked[place].use,)
    ]


class _Element(NamedTuple):
    """An element that may hold the UID; negative ids stand for the two that are columns of the tables."""

    pattern_id: int
    pattern: str
    use: ElementUse


_OWN_ID: Final = -1
_META_ID: Final = -2

# Every place of the UID in the elements asked for: the element's place in their list, file, how often.
# Numbers alone, since there may be millions.
_FOUND: Final = f"""
    WITH wanted AS MATERIALIZED (SELECT id FROM uid WHERE value = :uid AND id > 0),
    element AS MATERIALIZED (
        SELECT key AS place, value ->> 0 AS id, value ->> 1 AS rank FROM json_each(:elements)),
    holding AS MATERIALIZED (
        SELECT set_id, place, count AS times
        FROM wanted CROSS JOIN value_set_part AS part ON part.uid_id = wanted.id
        JOIN element ON element.id = part.pattern_id),
    standing AS (
        SELECT place, occurrence.id AS occurrence_id, times
        FROM holding CROSS JOIN occurrence
        ON occurrence.value_set_id BETWEEN set_id AND {last_holding("set_id")}
        UNION ALL
        SELECT place, occurrence.id, 1
        FROM element CROSS JOIN wanted CROSS JOIN instance ON instance.uid_id = wanted.id
        CROSS JOIN occurrence ON occurrence.instance_id = instance.id
        WHERE element.id = :own
        UNION ALL
        SELECT place, occurrence.id, 1
        FROM element CROSS JOIN wanted CROSS JOIN instance ON instance.uid_id = wanted.id
        CROSS JOIN occurrence ON occurrence.instance_id = instance.id
        WHERE element.id = :meta AND occurrence.meta_uid_id IS NULL AND occurrence.flags & :has_meta
        UNION ALL
        SELECT place, occurrence.id, 1 FROM element CROSS JOIN occurrence
        WHERE element.id = :meta AND occurrence.meta_uid_id IN (SELECT id FROM wanted)
        AND occurrence.flags & :has_meta),
    found AS (
        SELECT place, occurrence_id, SUM(times) AS times FROM standing GROUP BY place, occurrence_id)
"""  # noqa: S608 - our own text
_BY_ELEMENT: Final = "SELECT place, SUM(times), COUNT(*) FROM found GROUP BY place ORDER BY place"
_FILES_BY_KIND: Final = (
    ", of_kind AS MATERIALIZED (SELECT DISTINCT rank, occurrence_id FROM standing JOIN element USING (place))"
    " SELECT rank, COUNT(*) FROM of_kind GROUP BY rank"
    " UNION ALL SELECT NULL, COUNT(DISTINCT occurrence_id) FROM of_kind"
)
_PAGE: Final = (
    "SELECT occurrence_id, place, times FROM found ORDER BY place, occurrence_id LIMIT :limit OFFSET :offset"
)


def _elements(catalog: Catalog, uid: str) -> list[_Element]:
    """The elements that may hold the UID, in the order of the answers."""
    rows = catalog.connection.execute(
        "SELECT DISTINCT pattern.id, pattern.text FROM uid"
        " JOIN value_set_part AS part ON part.uid_id = uid.id"
        " JOIN pattern ON pattern.id = part.pattern_id WHERE uid.value = ? AND uid.id > 0",
        (uid,),
    ).fetchall()
    rows += [(_OWN_ID, SOP_INSTANCE_UID), (_META_ID, META_SOP_INSTANCE_UID)]
    elements = [_Element(id_, pattern, element_use(pattern)) for id_, pattern in rows]
    return sorted(elements, key=lambda each: (USE_KINDS.index(each.use.kind), each.pattern, each.pattern_id))


def _parameters(uid: str, elements: list[_Element]) -> dict[str, str | int]:
    return {
        "uid": uid,
        "elements": json.dumps([(each.pattern_id, USE_KINDS.index(each.use.kind)) for each in elements]),
        "own": _OWN_ID,
        "meta": _META_ID,
        "has_meta": HAS_META,
    }
