"""Where UI values stand: in which elements, in which files, and with which bytes.

``pattern`` is an element path without item numbers. The two UIDs that stand in columns, (0008,0018)
and the file meta's (0002,0003), are answered like all others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from uidscope.core.catalog.set_numbers import base_of, last_holding
from uidscope.core.catalog.store import Catalog
from uidscope.core.read.record import HAS_META

SOP_INSTANCE_UID: Final = "SOPInstanceUID"
META_SOP_INSTANCE_UID: Final = "meta.MediaStorageSOPInstanceUID"

# The backslash between two values, as it shows in the text of the two elements that are kept as one text.
ESCAPED_SEPARATOR: Final = r"\x5c"

# Negative numbers stand for the two elements that are columns of the tables.
_COLUMN_PATTERNS: Final = {-1: SOP_INSTANCE_UID, -2: META_SOP_INSTANCE_UID}

# Every use of the values ``ids``: value, pattern, occurrence.
_PLACES: Final = f"""
    WITH wanted AS MATERIALIZED (SELECT value AS id FROM json_each(:ids))
    SELECT part.uid_id AS uid_id, part.pattern_id AS pattern_id, occurrence.id AS occurrence_id
    FROM wanted CROSS JOIN value_set_part AS part ON part.uid_id = wanted.id
    CROSS JOIN occurrence
    ON occurrence.value_set_id BETWEEN part.set_id AND {last_holding("part.set_id")}
    UNION ALL
    SELECT instance.uid_id, -1, occurrence.id
    FROM wanted CROSS JOIN instance ON instance.uid_id = wanted.id
    JOIN occurrence ON occurrence.instance_id = instance.id
    UNION ALL
    SELECT instance.uid_id, -2, occurrence.id
    FROM wanted CROSS JOIN instance ON instance.uid_id = wanted.id
    JOIN occurrence ON occurrence.instance_id = instance.id
    WHERE occurrence.meta_uid_id IS NULL AND occurrence.flags & :has_meta
    UNION ALL
    SELECT occurrence.meta_uid_id, -2, occurrence.id
    FROM occurrence
    WHERE occurrence.meta_uid_id IN (SELECT id FROM wanted) AND occurrence.flags & :has_meta
"""  # noqa: S608 - our own text

_NOT_CUT: Final = """
    AND NOT EXISTS (SELECT 1 FROM fault
        WHERE fault.occurrence_id = occurrence.id AND fault.rule = 'FILE-01' AND fault.path = 'meta')
"""


class ValuePlace(NamedTuple):
    """One element of one file that holds a value."""

    uid_id: int
    pattern: str
    occurrence_id: int


class ValueUse(NamedTuple):
    """One value and one element in which it stands, whatever the file."""

    uid_id: int
    text: str
    pattern: str


class OddField(NamedTuple):
    """A UI field that is not plainly encoded; the whole field's bytes, and how often it stands there.

    ``series_id`` is None for a DICOMDIR.
    """

    pattern: str
    raw: bytes
    times: int
    occurrence_id: int
    series_id: int | None
    series_uid: str


class SeveralValues(NamedTuple):
    """An element of one file that holds more than one value; ``series_id`` is None for a DICOMDIR."""

    pattern: str
    occurrence_id: int
    series_id: int | None
    series_uid: str


class DifferingMeta(NamedTuple):
    """An occurrence whose file meta says another UID than its data set; both are present."""

    occurrence_id: int
    sop_instance_uid: str
    meta: str
    dataset: str


def uid_texts(catalog: Catalog, *, under: str = "") -> Iterator[tuple[int, str]]:
    """Yield every different UID text of the catalog with its id, or those under one root, in no order."""
    if not under:
        return iter(catalog.connection.execute("SELECT id, value FROM uid WHERE id > 0"))
    # '/' is the character behind '.'.
    return iter(
        catalog.connection.execute(
            "SELECT id, value FROM uid"
            " WHERE value = :root OR (value > :root || '.' AND value < :root || '/')",
            {"root": under},
        )
    )


def value_patterns(catalog: Catalog, uid_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return in which elements some values stand, whatever the file; the order is that of first sight."""
    ids = json.dumps(list(uid_ids))
    patterns = _patterns(catalog)
    found: dict[int, list[str]] = {}
    rows = catalog.connection.execute(
        """
        WITH wanted AS MATERIALIZED (SELECT value AS id FROM json_each(?))
        SELECT DISTINCT part.uid_id AS uid_id, part.pattern_id AS pattern_id
        FROM wanted CROSS JOIN value_set_part AS part ON part.uid_id = wanted.id
        UNION ALL
        SELECT id, -1 FROM wanted WHERE EXISTS (SELECT 1 FROM instance WHERE instance.uid_id = wanted.id)
        UNION ALL
        SELECT DISTINCT meta_uid_id, -2 FROM occurrence WHERE meta_uid_id IN (SELECT id FROM wanted)
        ORDER BY 1, 2
        """,
        (ids,),
    )
    for uid_id, pattern_id in rows:
        found.setdefault(uid_id, []).append(patterns[pattern_id])
    return {uid_id: tuple(texts) for uid_id, texts in found.items()}


def values_in(catalog: Catalog, patterns: Iterable[str]) -> Iterator[ValueUse]:
    """Yield every different value that stands in some elements, in whatever file; none that is empty.

    (0008,0018) and (0002,0003) are not asked for here: they hold a value for each file.
    """
    rows = catalog.connection.execute(
        """
        SELECT DISTINCT part.uid_id, uid.value, pattern.text
        FROM value_set_part AS part CROSS JOIN pattern ON pattern.id = part.pattern_id
        JOIN uid ON uid.id = part.uid_id
        WHERE part.uid_id > 0 AND part.pattern_id IN (
            SELECT id FROM pattern WHERE text IN (SELECT value FROM json_each(?)))
        ORDER BY part.uid_id, part.pattern_id
        """,
        (json.dumps(list(patterns)),),
    )
    for row in rows:
        yield ValueUse(*row)


def value_places(
    catalog: Catalog, uid_ids: Iterable[int], patterns: Iterable[str] | None = None
) -> Iterator[ValuePlace]:
    """Yield every place of some values, or their places in these elements alone.

    Ordered by value, then the elements as they were first seen, then file. Id 0 is the empty value.
    """
    known = _patterns(catalog)
    only = ""
    parameters: dict[str, str | int] = {"ids": json.dumps(list(uid_ids)), "has_meta": HAS_META}
    if patterns is not None:
        wanted = set(patterns)
        only = " WHERE pattern_id IN (SELECT value FROM json_each(:patterns))"
        parameters["patterns"] = json.dumps([id_ for id_, text in known.items() if text in wanted])
    rows = catalog.connection.execute(
        f"SELECT * FROM ({_PLACES}){only} ORDER BY uid_id, pattern_id, occurrence_id",  # noqa: S608 - our own text
        parameters,
    )
    for uid_id, pattern_id, occurrence_id in rows:
        yield ValuePlace(uid_id, known[pattern_id], occurrence_id)


def element_patterns(catalog: Catalog) -> tuple[str, ...]:
    """Return every element path at which a UI value stands, the number of a value included."""
    return tuple(_patterns(catalog).values())


def several_values(catalog: Catalog, patterns: Iterable[str]) -> Iterator[SeveralValues]:
    """Yield the places where one of these elements holds more than one value.

    (0008,0018) and (0002,0003), whose values have no numbers, are always among them.
    """
    known = _patterns(catalog)
    seconds = {f"{pattern}(2)" for pattern in patterns}
    rows = catalog.connection.execute(
        f"""
        WITH second AS MATERIALIZED (SELECT value AS id FROM json_each(:seconds)),
        holding AS MATERIALIZED (
            SELECT DISTINCT set_id, pattern_id FROM value_set_part
            WHERE pattern_id IN (SELECT id FROM second) AND EXISTS (SELECT 1 FROM second)),
        several AS MATERIALIZED (SELECT id FROM uid WHERE instr(value, :separator) > 0),
        found AS (
            SELECT pattern_id, occurrence.id AS id
            FROM holding CROSS JOIN occurrence
            ON occurrence.value_set_id BETWEEN set_id AND {last_holding("set_id")}
            UNION
            SELECT -1, occurrence.id
            FROM several JOIN instance ON instance.uid_id = several.id
            JOIN occurrence ON occurrence.instance_id = instance.id
            UNION
            SELECT -2, occurrence.id
            FROM several JOIN instance ON instance.uid_id = several.id
            JOIN occurrence ON occurrence.instance_id = instance.id
            WHERE occurrence.meta_uid_id IS NULL AND occurrence.flags & :has_meta
            UNION
            SELECT -2, occurrence.id
            FROM occurrence
            WHERE meta_uid_id > 0 AND meta_uid_id IN (SELECT id FROM several) AND flags & :has_meta)
        SELECT found.pattern_id, occurrence.id, series.id, COALESCE(uid.value, '')
        FROM found JOIN occurrence ON occurrence.id = found.id
        LEFT JOIN instance ON instance.id = occurrence.instance_id
        LEFT JOIN series ON series.id = instance.series_id
        LEFT JOIN uid ON uid.id = series.uid_id
        ORDER BY found.pattern_id, occurrence.id
        """,  # noqa: S608 - our own text
        {
            "seconds": json.dumps([id_ for id_, text in known.items() if text in seconds]),
            "separator": ESCAPED_SEPARATOR,
            "has_meta": HAS_META,
        },
    )
    for pattern_id, occurrence_id, series_id, series_uid in rows:
        yield SeveralValues(known[pattern_id].removesuffix("(2)"), occurrence_id, series_id, series_uid)


def odd_fields(catalog: Catalog) -> Iterator[OddField]:
    """Yield the UI fields that are not plainly encoded, file by file."""
    rows = catalog.connection.execute(
        """
        SELECT pattern.text, raw, count, occurrence_id, series.id, COALESCE(uid.value, '')
        FROM odd_field JOIN pattern ON pattern.id = pattern_id
        JOIN occurrence ON occurrence.id = occurrence_id
        LEFT JOIN instance ON instance.id = occurrence.instance_id
        LEFT JOIN series ON series.id = instance.series_id
        LEFT JOIN uid ON uid.id = series.uid_id
        ORDER BY odd_field.rowid
        """
    )
    for row in rows:
        yield OddField(*row)


def occurrences_lacking(catalog: Catalog, pattern: str) -> tuple[int, ...]:
    """Return the occurrences with file meta in which one of its elements is absent or empty.

    Files that end inside their file meta are left out: it may have stood there.
    """
    if pattern == META_SOP_INSTANCE_UID:
        query = f"SELECT id FROM occurrence WHERE meta_uid_id = 0 AND flags & :has_meta {_NOT_CUT}"  # noqa: S608
        return tuple(id_ for (id_,) in catalog.connection.execute(query, {"has_meta": HAS_META}))
    rows = catalog.connection.execute(
        f"""
        WITH holding AS MATERIALIZED (
            SELECT DISTINCT set_id FROM value_set_part
            WHERE uid_id > 0 AND pattern_id = (SELECT id FROM pattern WHERE text = :pattern)),
        lacking AS MATERIALIZED (
            SELECT used.id FROM (SELECT DISTINCT value_set_id AS id FROM occurrence) AS used
            WHERE used.id NOT IN (SELECT set_id FROM holding)
            AND {base_of("used.id")} NOT IN (SELECT set_id FROM holding))
        SELECT occurrence.id FROM lacking CROSS JOIN occurrence ON occurrence.value_set_id = lacking.id
        WHERE occurrence.flags & :has_meta {_NOT_CUT} ORDER BY occurrence.id
        """,  # noqa: S608 - our own text
        {"pattern": pattern, "has_meta": HAS_META},
    )
    return tuple(id_ for (id_,) in rows)


def differing_meta_instances(catalog: Catalog) -> Iterator[DifferingMeta]:
    """Yield the objects whose (0002,0003) is not their (0008,0018), where both are present."""
    rows = catalog.connection.execute(
        """
        SELECT occurrence.id, uid.value, meta.value, uid.value
        FROM occurrence JOIN instance ON instance.id = occurrence.instance_id
        JOIN uid ON uid.id = instance.uid_id JOIN uid AS meta ON meta.id = occurrence.meta_uid_id
        WHERE occurrence.meta_uid_id > 0 AND instance.uid_id > 0 AND occurrence.meta_uid_id <> instance.uid_id
        ORDER BY occurrence.id
        """
    )
    for row in rows:
        yield DifferingMeta(*row)


def differing_meta_classes(catalog: Catalog) -> Iterator[DifferingMeta]:
    """Yield the objects whose (0002,0002) is not their (0008,0016), where both are present."""
    rows = catalog.connection.execute(
        f"""
        WITH stated AS MATERIALIZED (
            SELECT set_id, uid_id FROM value_set_part
            WHERE uid_id > 0 AND pattern_id = (
                SELECT id FROM pattern WHERE text = 'meta.MediaStorageSOPClassUID'))
        SELECT occurrence.id, uid.value, meta.value, class.value
        FROM stated CROSS JOIN occurrence
        ON occurrence.value_set_id BETWEEN set_id AND {last_holding("set_id")}
        JOIN profile ON profile.id = occurrence.profile_id
        JOIN instance ON instance.id = occurrence.instance_id
        JOIN uid ON uid.id = instance.uid_id
        JOIN uid AS meta ON meta.id = stated.uid_id
        JOIN uid AS class ON class.id = profile.class_uid_id
        WHERE profile.class_uid_id > 0 AND profile.class_uid_id <> stated.uid_id
        ORDER BY occurrence.id
        """  # noqa: S608 - our own text
    )
    for row in rows:
        yield DifferingMeta(*row)


def instances_of(catalog: Catalog, occurrence_ids: Iterable[int]) -> dict[int, str | None]:
    """Return the SOP Instance UIDs of some occurrences, empty where they have none, None for a DICOMDIR."""
    rows = catalog.connection.execute(
        """
        SELECT occurrence.id, uid.value
        FROM json_each(?) JOIN occurrence ON occurrence.id = json_each.value
        LEFT JOIN instance ON instance.id = occurrence.instance_id
        LEFT JOIN uid ON uid.id = instance.uid_id
        """,
        (json.dumps(list(occurrence_ids)),),
    )
    return dict(rows.fetchall())


def _patterns(catalog: Catalog) -> dict[int, str]:
    """Every element path by its id, the two that are columns included."""
    return {**dict(catalog.connection.execute("SELECT id, text FROM pattern").fetchall()), **_COLUMN_PATTERNS}
