"""What an export did, or would do, as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from uidscope.core.export.request import REJECTION_TITLES, ChangeOfFile, ExportResult
from uidscope.core.export.target import ARCHIVE_ENDING
from uidscope.core.plan.entry import UNDONE
from uidscope.core.plan.told.notes import PlanNote, sentence
from uidscope.core.report.counted import counted
from uidscope.core.report.visible import visible
from uidscope.core.uid.phrases import phrase

_FILLED_SHOWN: Final = 10

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
    back = sum(entry.reason == UNDONE for entry in result.entries)
    new = sum(entry.is_new_uid for entry in result.entries) - back
    lines += [f"{back} UIDs as they were before."] if back else [f"{new} new UIDs."]
    lines.append(_references(result))
    for reason, number in Counter(skipped.reason for skipped in result.skipped).items():
        lines.append(f"{number} files not written: {reason}.")
    lines += _more_lines(result)
    lines += [f"Note: {visible(sentence(note))}" for note in notes]
    if not result.dry_run:
        target = _beside(result)
        lines += [
            f"The copy is in {visible(result.target)}",
            f"Old and new UIDs: {target}.crosswalk.csv (this list re-identifies: keep it safe)",
            f"The UIDs replaced: {target}.old-uids.txt (reject them in an archive only where the new objects"
            " take their place)",
        ]
    lines.append("New UIDs are not de-identification: names, dates and burned-in text remain.")
    return "\n".join(map(phrase, lines)) + "\n"


def _more_lines(result: ExportResult) -> Iterator[str]:
    """What only some exports have."""
    if result.resumed:
        yield f"{result.resumed} of these files were there from the interrupted export, and are as planned."
    directory = result.directory
    if directory is not None and not result.dry_run:
        yield f"DICOMDIR: {directory.records} records, read back and found to list every file."
    filled = directory.filled if directory is not None else ()
    for key in filled[:_FILLED_SHOWN]:
        yield (
            f"DICOMDIR: {visible(key.output)} has no {key.attribute}; its {key.record} record says"
            f" “{visible(key.value)}”."
        )
    if len(filled) > _FILLED_SHOWN:
        yield f"DICOMDIR: {len(filled) - _FILLED_SHOWN:,} more such values, all in the manifest."
    for note in result.rejection_notes:
        yield (
            f"Rejection note ({REJECTION_TITLES[note.title]}, {counted(note.objects, 'object')}):"
            f" {_beside(result)}.rejection/{note.output}"
        )
    left_out = _replaced(result) - sum(note.objects for note in result.rejection_notes)
    if result.rejection_notes and left_out > 0:
        yield (
            f"{counted(left_out, 'replaced UID')} in no rejection note: other objects bear it, or the study"
            " or the series is not known."
        )


def _replaced(result: ExportResult) -> int:
    """How many SOP Instance UIDs were replaced."""
    entries = (entry for entry in result.entries if entry.is_new_uid and entry.kind == "instance")
    return len({entry.old for entry in entries if entry.old})


def _beside(result: ExportResult) -> str:
    """What the names of the files beside the export begin with."""
    target = result.target.removesuffix(ARCHIVE_ENDING) if result.archive else result.target
    return visible(target)


def _references(result: ExportResult) -> str:
    before, after = result.references_before["resolved"], result.references_after["resolved"]
    return f"References among these files that resolve: {before} before, {after} after."
