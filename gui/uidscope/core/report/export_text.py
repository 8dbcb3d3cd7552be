"""What an export did, or would do, as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from uidscope.core.export.request import ChangeOfFile, ExportResult
from uidscope.core.plan.notes import PlanNote, sentence
from uidscope.core.report.visible import visible

_CHANGES: dict[ChangeOfFile, str] = {
    "new-uid": "with a new SOP Instance UID",
    "changed-same-uid": "changed, with the SOP Instance UID kept",
    "unchanged": "unchanged",
}


def export_text(result: ExportResult, notes: Iterable[PlanNote] = ()) -> str:
    """Return a few lines: what was written, what was skipped, what to know."""
    verb = "would be written" if result.dry_run else "written, read back and found as planned"
    lines = [f"{len(result.files)} files, {result.total_bytes:,} bytes: {verb}."]
    changes = Counter(file.changed for file in result.files)
    lines += [f"  {changes[change]} {words}" for change, words in _CHANGES.items() if changes[change]]
    new = sum(entry.change == "new-uid" for entry in result.entries)
    lines.append(f"{new} new UIDs.")
    lines.append(_references(result))
    for reason, number in Counter(skipped.reason for skipped in result.skipped).items():
        lines.append(f"{number} files not written: {reason}.")
    lines += [f"Note: {visible(sentence(note))}" for note in notes]
    if not result.dry_run:
        target = visible(result.target)
        lines += [
            f"The copy is in {target}",
            f"Old and new UIDs: {target}.crosswalk.csv (this list re-identifies: keep it safe)",
            f"The UIDs replaced: {target}.old-uids.txt (reject them in an archive only where the new objects"
            " take their place)",
        ]
    lines.append("New UIDs are not de-identification: names, dates and burned-in text remain.")
    return "\n".join(lines) + "\n"


def _references(result: ExportResult) -> str:
    before, after = result.references_before["resolved"], result.references_after["resolved"]
    return f"References among these files that resolve: {before} before, {after} after."
