"""Which two file copies somebody means who asks to compare what is selected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from uidscope.core.catalog.findings import KeptFinding, finding_occurrences
from uidscope.core.catalog.lookup import display_paths, node_of_occurrence, occurrence, occurrences_below
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.transfer_syntaxes import transfer_syntaxes
from uidscope.core.catalog.tree import Node, NodeRow, path_to, row
from uidscope.core.uid.registry import registered


class TwoCopies(NamedTuple):
    """The ids of two occurrences, as A and B."""

    first: int
    second: int


class CopyCard(NamedTuple):
    """What there is to say of a file besides its elements.

    ``node`` is where it stands in the tree and ``place`` the way there; none of a DICOMDIR. ``size`` counts
    bytes; ``device`` is manufacturer, model and serial number as far as the file has them;
    ``transfer_syntax`` is its name in PS3.6, else the UID, else empty.
    """

    node: Node | None
    path: str
    size: int
    modified: dt.datetime
    device: str
    transfer_syntax: str
    place: tuple[NodeRow, ...]


def copies_to_compare(catalog: Catalog, nodes: Sequence[Node]) -> TwoCopies | None:
    """Return two copies of what is selected: of two places the first file each, of one its first two."""
    if len(nodes) == 1 and nodes[0].level in ("instance", "file"):
        below = occurrences_below(catalog, _instance(catalog, nodes[0]))
        if nodes[0].level == "file":
            below = [nodes[0].id, *(id_ for id_ in below if id_ != nodes[0].id)]
        return TwoCopies(*below[:2]) if len(below) > 1 else None
    if len(nodes) == 2 and all(node.level in ("instance", "file") for node in nodes):
        first, second = (occurrences_below(catalog, node)[0] for node in nodes)
        return TwoCopies(first, second)
    return None


def copies_of_finding(catalog: Catalog, found: KeptFinding) -> TwoCopies | None:
    """Return the first two files that a finding is about; None where it is about one alone."""
    ids = finding_occurrences(catalog, found.id, limit=2)
    return TwoCopies(*ids) if len(ids) > 1 else None


def copy_card(catalog: Catalog, occurrence_id: int) -> CopyCard:
    """Return what there is to say of a file; raises ``LookupError`` where there is none."""
    file = occurrence(catalog, occurrence_id)
    syntax = transfer_syntaxes(catalog, [occurrence_id]).get(occurrence_id, "")
    entry = registered(syntax)
    parts = (file.profile.get(name, "") for name in ("Manufacturer", "ManufacturerModelName"))
    serial = file.profile.get("DeviceSerialNumber", "")
    device = " ".join(filter(None, parts))
    node = node_of_occurrence(catalog, occurrence_id)
    way = path_to(catalog, node) if node is not None else ()
    return CopyCard(
        node,
        display_paths(catalog, [occurrence_id])[occurrence_id],
        file.stamp.size,
        dt.datetime.fromtimestamp(file.stamp.modified_ns / 1e9).astimezone(),
        f"{device} ({serial})" if device and serial else device or serial,
        entry.name if entry else syntax,
        tuple(row(catalog, step) for step in way if step.level != "file"),
    )


def _instance(catalog: Catalog, node: Node) -> Node:
    return path_to(catalog, node)[-2] if node.level == "file" else node
