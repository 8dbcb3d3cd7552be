"""UIDs pasted out of a log, looked up in the catalog."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.uid.registry import registered
from uidscope.core.uid.uid_extraction import FoundUid, extract_uids


class PlacedUid(NamedTuple):
    """A pasted UID and the studies, series and instances that bear it, higher levels first."""

    pasted: FoundUid
    nodes: tuple[Node, ...]


class PastedUids(NamedTuple):
    """The UIDs of a text, each in one of these lists, in the order of the text.

    ``mentioned`` are those that only stand in loaded files, as a reference or in another element;
    ``registered`` those that PS3.6 registers (a class, a transfer syntax); ``not_found`` all others.
    """

    found: tuple[PlacedUid, ...]
    mentioned: tuple[FoundUid, ...]
    registered: tuple[FoundUid, ...]
    not_found: tuple[FoundUid, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every place that was found, each once: what a window selects."""
        return tuple(dict.fromkeys(node for placed in self.found for node in placed.nodes))


def find_pasted(catalog: Catalog, text: str) -> PastedUids:
    """Look up every UID that ``extract_uids`` finds in a text, by all its readings."""
    pasted = extract_uids(text)
    readings = {reading for each in pasted for reading in (each.uid, *each.other_readings)}
    placed = _nodes(catalog, readings)
    present = _present(catalog, readings - placed.keys())
    found: list[PlacedUid] = []
    mentioned: list[FoundUid] = []
    known: list[FoundUid] = []
    not_found: list[FoundUid] = []
    for each in pasted:
        readings_of_it = (each.uid, *each.other_readings)
        nodes = [node for reading in readings_of_it for node in placed.get(reading, ())]
        if nodes:
            found.append(PlacedUid(each, tuple(nodes)))
        elif registered(each.uid) is not None:
            known.append(each)
        elif present.intersection(readings_of_it):
            mentioned.append(each)
        else:
            not_found.append(each)
    return PastedUids(tuple(found), tuple(mentioned), tuple(known), tuple(not_found))


def _nodes(catalog: Catalog, uids: Iterable[str]) -> dict[str, list[Node]]:
    rows = catalog.connection.execute(
        """
        WITH wanted AS (SELECT uid.id, uid.value FROM json_each(?) JOIN uid ON uid.value = json_each.value)
        SELECT wanted.value, 'study', study.id FROM wanted JOIN study ON study.uid_id = wanted.id
        UNION ALL
        SELECT wanted.value, 'series', series.id FROM wanted JOIN series ON series.uid_id = wanted.id
        UNION ALL
        SELECT wanted.value, 'instance', instance.id FROM wanted JOIN instance ON instance.uid_id = wanted.id
        """,
        (json.dumps(list(uids)),),
    )
    nodes: dict[str, list[Node]] = {}
    for uid, level, id_ in rows:
        nodes.setdefault(uid, []).append(Node(level, id_))
    return nodes


def _present(catalog: Catalog, uids: Iterable[str]) -> set[str]:
    """Which of these stand anywhere in a loaded file."""
    rows = catalog.connection.execute(
        "SELECT uid.value FROM json_each(?) JOIN uid ON uid.value = json_each.value",
        (json.dumps(list(uids)),),
    )
    return {uid for (uid,) in rows}
