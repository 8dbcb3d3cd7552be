"""Rejection notes: they tell an archive which old objects new ones have taken the place of (IHE IOCM)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from uidscope.core.errors import UsageError
from uidscope.core.export.request import ExportRequest, RejectionNote
from uidscope.core.export.write_files import OldObject, Written


class MadeNote(NamedTuple):
    """A rejection note, and what is told of it."""

    told: RejectionNote
    content: bytes


def plan_notes(request: ExportRequest, written: Written) -> tuple[RejectionNote, ...]:
    """Return the notes that ``rejection_notes`` will make, without their digests."""
    if request.rejection is None:
        return ()
    return tuple(
        RejectionNote(_name(number), request.rejection, study, len(objects), "")
        for number, (study, objects) in enumerate(_by_study(written).items(), start=1)
    )


def rejection_notes(request: ExportRequest, written: Written) -> list[MadeNote]:
    """Make a note for each study of the objects replaced, none where none is asked for.

    Raises ``UsageError`` where no object has the keys that a note must name.
    """
    if request.rejection is None:
        return []
    from uidscope.core.export.key_object import rejection_note  # noqa: PLC0415 - pydicom is slow to import

    notes = []
    for told, objects in zip(plan_notes(request, written), _by_study(written).values(), strict=True):
        content = rejection_note(told.title, objects, request.new_uid)
        notes.append(MadeNote(told._replace(sha256=hashlib.sha256(content).hexdigest()), content))
    return notes


def _by_study(written: Written) -> dict[str, Sequence[OldObject]]:
    """The objects that a note can name, by their study."""
    studies: dict[str, list[OldObject]] = {}
    for old in written.replaced.values():
        if old.study_uid and old.series_uid and old.instance_uid and old.class_uid:
            studies.setdefault(old.study_uid, []).append(old)
    if not studies:
        raise UsageError("The objects replaced have no keys by which an archive could reject them.")
    return dict(studies)


def _name(number: int) -> str:
    return f"rejection-{number:03}.dcm"
