"""An export in numbers: what a dry run promises, and what is held beside it afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from uidscope.core.catalog.references import UNRESOLVED_STATES
from uidscope.core.export.request import ExportResult


class ExportFigures(NamedTuple):
    """The numbers of one export; those of its dry run are equal.

    ``new_uids`` counts by kind of entity, ``skipped`` by reason. ``kept_and_changed`` are the files that
    change under the SOP Instance UID they had. References are those among the files written, before and
    after; ``unresolved_before`` leaves out those to itself and those that are not checked, and
    ``only_not_written`` are those of ``unresolved_after`` that name something loaded. ``filled_keys``
    are the values that only the DICOMDIR has, ``rejected`` the objects that the rejection notes name.
    """

    files: int
    total_bytes: int
    new_uids: Mapping[str, int]
    kept: int
    kept_and_changed: int
    skipped: Mapping[str, int]
    resolved_before: int
    resolved_after: int
    unresolved_before: int
    unresolved_after: int
    preambles_zeroed: int
    filled_keys: int
    rejection_notes: int
    rejected: int
    references_rewritten: int
    only_not_written: int = 0


def figures(result: ExportResult) -> ExportFigures:
    """Count what an export did, or what a dry run says that it would do."""
    changed = Counter(file.changed for file in result.files)
    before, after = result.references_before, result.references_after
    return ExportFigures(
        files=len(result.files),
        total_bytes=result.total_bytes,
        new_uids=dict(Counter(entry.kind for entry in result.entries if entry.change == "new-uid")),
        kept=changed["changed-same-uid"] + changed["unchanged"],
        kept_and_changed=changed["changed-same-uid"],
        skipped=dict(Counter(skipped.reason for skipped in result.skipped)),
        resolved_before=before.get("resolved", 0),
        resolved_after=after.get("resolved", 0),
        unresolved_before=sum(before.get(state, 0) for state in UNRESOLVED_STATES),
        unresolved_after=sum(after.get(state, 0) for state in UNRESOLVED_STATES),
        preambles_zeroed=sum(
            entry.file_count
            for entry in result.entries
            if entry.kind == "preamble" and entry.reason != "preamble-added"
        ),
        filled_keys=len(result.directory.filled) if result.directory is not None else 0,
        rejection_notes=len(result.rejection_notes),
        rejected=sum(note.objects for note in result.rejection_notes),
        references_rewritten=result.references_rewritten,
        only_not_written=sum(each.times for each in result.unresolved if each.is_loaded),
    )
