"""How an export starts: afresh, or where one that was interrupted stopped.

UIDs are random as a rule, so a second start makes the same files only with the UIDs that the first one
had issued, and with its time of creation: both are kept with the unfinished work.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass

from uidscope.core.audit.recording import recorded
from uidscope.core.errors import OutputError
from uidscope.core.export.journal import Journal, request_digest, resumed_plan
from uidscope.core.export.stage import Interrupted, clear_interrupted, find_interrupted
from uidscope.core.export.target import target_names
from uidscope.core.flow import Destination
from uidscope.core.plan.intention import Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import local_time
from uidscope.core.read.byte_window import shown
from uidscope.core.read.find_files import Source
from uidscope.core.uid.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Start:
    """The plan to derive the map from, the table of UIDs to derive it with, and the time of creation.

    ``request`` is a digest of what is asked for; ``resumes`` says that unfinished work is gone on with.
    """

    plan: Plan
    issued: IssuedUids
    created: dt.datetime
    request: str
    resumes: bool

    def time(self) -> dt.datetime:
        """Return when the new instances are created, as ``derive_map`` asks for it."""
        return self.created

    def journal(self) -> Journal:
        """Return what a later start needs, once the map has been derived."""
        ids = tuple(intention.id for intention in self.plan.intentions)
        return Journal(self.request, self.created, ids, self.issued.rows(), self.plan.kept, self.plan.by_hand)


def unfinished(destination: Destination) -> Interrupted | None:
    """Return what an interrupted export to this destination left; None where there is nothing.

    Raises ``OutputError`` where what lies there was not made by an export, or where one still works in it.
    """
    return find_interrupted(target_names(destination.target, zipped=destination.zipped))


def clear_unfinished(destination: Destination) -> None:
    """Remove what an interrupted export to this destination left. Raises ``OutputError``."""
    with recorded("cleared"):
        clear_interrupted(target_names(destination.target, zipped=destination.zipped))


def fresh_or_resumed(
    plan: Plan,
    issued: IssuedUids,
    scheme: Scheme,
    sources: Sequence[Source],
    destination: Destination,
    interrupted: Interrupted | None = None,
    *more: object,
) -> Start:
    """Return how to start; ``interrupted`` is what to go on with, ``more`` whatever else was asked for.

    Raises ``OutputError`` where that cannot be gone on with.
    """
    paths = [os.path.abspath(source.path) for source in sources]
    request = request_digest(paths, plan, scheme, destination.layout, destination.zipped, *more)
    if interrupted is None:
        return Start(plan, issued, local_time(), request, resumes=False)
    if interrupted.published:
        raise OutputError(
            f"The export is complete; {shown(interrupted.staging)} is a remainder that can be cleared."
        )
    journal = interrupted.journal
    if journal is None:
        raise OutputError(
            f"{shown(interrupted.staging)} does not say how to go on; it can be cleared, not resumed."
        )
    issued.restore(journal.issued)
    return Start(resumed_plan(plan, journal, request), issued, journal.created, request, resumes=True)
