"""One file of the output, before and after, for whoever looks at an entry of the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from uidscope.core.catalog.lookup import display_path, nodes_with_uid, occurrence, occurrences_below
from uidscope.core.catalog.plan_questions import carriers
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import element_patterns
from uidscope.core.plan.edits.follow import edits_for
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.told.preview import FileChange, file_changes
from uidscope.core.plan.told.whole_file import whole_file
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.structure import parse_structure, walk_elements


class FilePreview(NamedTuple):
    """What changes in one file; ``elements`` counts all it has, at every level, file meta included.

    ``whole`` has what stays as well, in the order of the file, where that was asked for.
    """

    path: str
    changes: tuple[FileChange, ...]
    elements: int
    whole: tuple[FileChange, ...] = ()


def file_of_entry(catalog: Catalog, uid_map: UidMap, entry: MapEntry) -> int | None:
    """Return a file of the output in which an entry changes something; None where there is none.

    It is one that bears the entity itself, where the output holds such a file.
    """
    return next(_files_of(catalog, uid_map, entry), None)


def preview_file(
    catalog: Catalog, uid_map: UidMap, occurrence_id: int, *, whole: bool = False
) -> FilePreview:
    """Read one file of the output and say what changes in it; with ``whole`` what stays too.

    Raises ``InputError`` where it cannot be read any more, ``StructureFault`` where it has become
    something else, and ``UsageError`` where it cannot hold the Series Description asked for.
    """
    with open_window(occurrence(catalog, occurrence_id).absolute_path, follow_links=True) as window:
        structure = parse_structure(window)
        edits = edits_for(structure, occurrence_id, uid_map)
        changes = file_changes(structure, edits)
        every = whole_file(structure, edits, changes) if whole else ()
        elements = sum(1 for _ in walk_elements(structure.dataset))
        if structure.meta is not None:
            elements += sum(1 for _ in walk_elements(structure.meta))
    return FilePreview(display_path(catalog, occurrence_id), changes, elements, every)


def _files_of(catalog: Catalog, uid_map: UidMap, entry: MapEntry) -> Iterator[int]:
    if entry.change != "new-uid":
        yield from (id_ for id_, rules in uid_map.mended.items() if entry.reason in rules)
        return
    match entry.kind:
        case "instance":
            for id_, own in uid_map.own_instances.items():
                if own.new == entry.new:
                    yield id_
            for id_ in _bearing(catalog, uid_map, entry.old):
                if uid_map.new_instance_uid(id_, entry.old) == entry.new:
                    yield id_
        case "study" | "series" as level:
            for id_, outcome in uid_map.outcomes.items():
                if outcome.parent(level) == (entry.old, entry.new):
                    yield id_
    yield from _holding(catalog, uid_map, entry)


def _bearing(catalog: Catalog, uid_map: UidMap, instance_uid: str) -> Iterator[int]:
    """The files of the output that hold the instance with this UID."""
    for node in nodes_with_uid(catalog, instance_uid):
        if node.level == "instance":
            yield from (id_ for id_ in occurrences_below(catalog, node) if id_ in uid_map.outcomes)


def _holding(catalog: Catalog, uid_map: UidMap, entry: MapEntry) -> Iterator[int]:
    """The files of the output in which the old value becomes the new one, wherever it stands."""
    if not entry.old:
        return
    found = carriers(catalog, [entry.old], element_patterns(catalog))[entry.old]
    kind = None if entry.kind == "other" else entry.kind
    for id_ in sorted(found & uid_map.outcomes.keys()):
        if uid_map.new_uid(kind, entry.old, id_) == entry.new:
            yield id_
