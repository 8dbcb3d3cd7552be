"""The general question of the consistency rules: on what do the objects of one entity not agree?

Objects say what their profile says. The tables are gone through once for each kind of entity, whatever
the number of entities, and only what differs comes out of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from operator import itemgetter
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.read.attributes import PROFILE_INDEX, PROFILE_KEYWORDS
from uidscope.core.read.record import BROKEN, TRUNCATED

EntityKind = Literal["patient", "study", "series", "frame_of_reference"]

_ENTITIES_AT_A_TIME: Final = 500


class _Key(NamedTuple):
    """What tells the entities of a kind apart: the columns, what is no entity, and the tables needed."""

    entity: str
    parent: str
    none: str
    tables: str


_KEYS: Final[dict[EntityKind, _Key]] = {
    "patient": _Key("patient.patient_id", "0", "''", "JOIN patient ON patient.id = study.patient_id"),
    "study": _Key("study.uid_id", "0", "0", ""),
    # A series that stands in two studies is asked about study by study.
    "series": _Key("series.uid_id", "study.uid_id", "0", ""),
    "frame_of_reference": _Key(
        "frame.value",
        "0",
        "''",
        "JOIN profile_value AS frame ON frame.profile_id = profile.id"
        f" AND frame.attribute = {PROFILE_INDEX['FrameOfReferenceUID']}",
    ),
}


class DescribedObjects(NamedTuple):
    """The objects of one profile: their class and modality, empty where absent, and how many files.

    ``are_whole``: at least one of the files was read to its end, so what is absent was not cut off.
    """

    profile_id: int
    class_uid: str
    modality: str
    files: int
    are_whole: bool


class Disagreement(NamedTuple):
    """An entity whose objects do not all say the same.

    ``uid`` is its UID, for a patient the Patient ID. ``values`` gives, for each attribute on which the
    objects differ, one text for each of ``objects``, None where it is absent. They differ as text: what
    is the same in other words is for the rules to say.
    """

    uid: str
    objects: tuple[DescribedObjects, ...]
    values: Mapping[str, tuple[str | None, ...]]

    def among(self, is_one: Callable[[int], bool]) -> Disagreement:
        """Return what is left among some objects, which are given by their place."""
        places = [place for place in range(len(self.objects)) if is_one(place)]
        if len(places) == len(self.objects):
            return self
        left = {keyword: tuple([texts[place] for place in places]) for keyword, texts in self.values.items()}
        return Disagreement(
            self.uid,
            tuple([self.objects[place] for place in places]),
            {keyword: texts for keyword, texts in left.items() if len(set(texts)) > 1},
        )


def disagreements(catalog: Catalog, kind: EntityKind, keywords: Iterable[str]) -> Iterator[Disagreement]:
    """Yield the entities of a kind whose objects differ in one of these attributes of the profile.

    Objects without the UID (or Patient ID) have no entity in common, and are left out.
    """
    rows = catalog.connection.execute(
        _DIFFERING.format(**_KEYS[kind]._asdict()),
        {"attributes": json.dumps([PROFILE_INDEX[keyword] for keyword in keywords])},
    )
    entities = ((key[0], list(members)) for key, members in groupby(rows, itemgetter(0, 1)))
    while some := list(islice(entities, _ENTITIES_AT_A_TIME)):
        described = _described(catalog, {row[3] for _, members in some for row in members})
        texts = _uid_texts(catalog, [entity for entity, _ in some]) if kind in ("study", "series") else {}
        for entity, members in some:
            yield _disagreement(texts.get(entity, str(entity)), members, described)


def occurrences_of_profiles(catalog: Catalog, profile_ids: Iterable[int]) -> tuple[int, ...]:
    """Return the files of some profiles."""
    rows = catalog.connection.execute(
        "SELECT id FROM occurrence WHERE profile_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(profile_ids)),),
    )
    return tuple([id_ for (id_,) in rows])


# Of entities with several profiles: entity, parent, attribute, profile and text of all that differ.
_DIFFERING: Final = """
    WITH placed AS MATERIALIZED (
        SELECT {entity} AS entity, {parent} AS parent, profile.id AS profile_id
        FROM profile JOIN series ON series.id = profile.series_id JOIN study ON study.id = series.study_id
        {tables}
        WHERE {entity} <> {none}),
    several AS MATERIALIZED (
        SELECT entity, parent, COUNT(*) AS profiles FROM placed GROUP BY entity, parent HAVING COUNT(*) > 1),
    asked AS MATERIALIZED (
        SELECT placed.entity AS entity, placed.parent AS parent, profiles, profile_id
        FROM several JOIN placed ON placed.entity = several.entity AND placed.parent = several.parent),
    differing AS MATERIALIZED (
        SELECT entity, parent, attribute
        FROM asked CROSS JOIN profile_value ON profile_value.profile_id = asked.profile_id
        WHERE attribute IN (SELECT value FROM json_each(:attributes))
        GROUP BY entity, parent, attribute
        HAVING MIN(value) <> MAX(value) OR COUNT(*) < MAX(profiles))
    SELECT asked.entity, asked.parent, differing.attribute, asked.profile_id, profile_value.value
    FROM differing JOIN asked ON asked.entity = differing.entity AND asked.parent = differing.parent
    LEFT JOIN profile_value ON profile_value.profile_id = asked.profile_id
        AND profile_value.attribute = differing.attribute
    ORDER BY 1, 2, 3, 4
"""


def _disagreement(
    uid: str,
    members: list[tuple[int | str, int, int, int, str | None]],
    described: Mapping[int, DescribedObjects],
) -> Disagreement:
    values = {
        PROFILE_KEYWORDS[attribute]: tuple([text for *_, text in texts])
        for attribute, texts in groupby(members, itemgetter(2))
    }
    first = members[0][2]
    profiles = [profile_id for _, _, attribute, profile_id, _ in members if attribute == first]
    return Disagreement(uid, tuple([described[profile_id] for profile_id in profiles]), values)


def _described(catalog: Catalog, profile_ids: Iterable[int]) -> dict[int, DescribedObjects]:
    rows = catalog.connection.execute(
        """
        SELECT profile.id, class.value, COALESCE(modality.value, ''),
            (SELECT COUNT(*) FROM occurrence WHERE occurrence.profile_id = profile.id),
            EXISTS (SELECT 1 FROM occurrence WHERE occurrence.profile_id = profile.id AND flags & ? = 0)
        FROM json_each(?) JOIN profile ON profile.id = json_each.value
        JOIN uid AS class ON class.id = profile.class_uid_id
        LEFT JOIN profile_value AS modality ON modality.profile_id = profile.id AND modality.attribute = ?
        """,
        (TRUNCATED | BROKEN, json.dumps(list(profile_ids)), PROFILE_INDEX["Modality"]),
    )
    return {
        profile_id: DescribedObjects(profile_id, class_uid, modality, files, bool(are_whole))
        for profile_id, class_uid, modality, files, are_whole in rows
    }


def _uid_texts(catalog: Catalog, uid_ids: Iterable[int]) -> dict[int, str]:
    rows = catalog.connection.execute(
        "SELECT id, value FROM uid WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(uid_ids)),)
    )
    return dict(rows.fetchall())
