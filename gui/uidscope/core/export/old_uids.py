"""The list of SOP Instance UIDs that were replaced, for an archive that is to reject them."""

from __future__ import annotations

from collections.abc import Iterable

from uidscope.core.plan.entry import ONLY_NAMED, MapEntry


def old_uids_text(entries: Iterable[MapEntry]) -> bytes:
    """Return each replaced SOP Instance UID once, one a line, in the order of the entries."""
    replaced = {
        entry.old: None
        for entry in entries
        if entry.change == "new-uid" and entry.kind == "instance" and entry.old and entry.reason != ONLY_NAMED
    }
    return "".join(f"{uid}\n" for uid in replaced).encode("utf-8", "backslashreplace")
