"""In which files of the output a plan replaces UIDs in texts, and what is to be told of the others."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

from uidscope.core.catalog.lookup import display_path
from uidscope.core.catalog.plan_questions import occurrences_of_rule, paths_on_disk
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UidscopeError
from uidscope.core.plan.edits.leftovers import Leftover, leftovers_in
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.structure import parse_structure


class LeftoverFiles(NamedTuple):
    """The files in which something is replaced, and notes."""

    changed: frozenset[int]
    notes: tuple[PlanNote, ...]


def is_to_replace(note: PlanNote) -> bool:
    """Say whether a note tells of UIDs in texts that stay only until it is asked to replace them."""
    return note.code == "leftovers-kept"


def leftover_files(catalog: Catalog, uid_map: UidMap, *, replace: bool, token: CancelToken) -> LeftoverFiles:
    """Look at the files of the output of which FILE-05 was found; each is read where ``replace`` is asked.

    Raises ``Cancelled``. A file that cannot be read any more is left out: its export fails anyhow.
    """
    found = sorted(occurrences_of_rule(catalog, "FILE-05") & uid_map.outcomes.keys())
    if not found or not uid_map.new_uid_count():
        return LeftoverFiles(frozenset(), ())
    if not replace:
        note = PlanNote("leftovers-kept", {"files": len(found)}, tuple(found))
        return LeftoverFiles(frozenset(), (note,))
    replaced: dict[int, int] = {}
    left: dict[int, int] = {}
    for occurrence, path in paths_on_disk(catalog, found).items():
        token.raise_if_cancelled()
        for leftover in _leftovers(path, occurrence, uid_map):
            counts = left if leftover.edit is None else replaced
            counts[occurrence] = counts.get(occurrence, 0) + 1
    notes = []
    if replaced:
        notes.append(_note(catalog, "leftovers-replaced", replaced))
    if left:
        notes.append(_note(catalog, "leftovers-left", left))
    return LeftoverFiles(frozenset(replaced), tuple(notes))


def _leftovers(path: str, occurrence: int, uid_map: UidMap) -> Iterable[Leftover]:
    new_uid = functools.partial(uid_map.new_free_uid, occurrence=occurrence)
    try:
        with open_window(path, follow_links=True) as window:
            return list(leftovers_in(parse_structure(window), new_uid))
    except (UidscopeError, OSError):
        return ()


def _note(catalog: Catalog, code: str, counts: dict[int, int]) -> PlanNote:
    files = tuple(sorted(counts))
    first = display_path(catalog, files[0])
    facts: dict[str, str | int] = {"elements": sum(counts.values()), "files": len(files), "file": first}
    return PlanNote(code, facts, files)
