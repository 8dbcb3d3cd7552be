"""One line of the audit log, in the words and the shape of PS3.15 A.5.

``EventIdentification``, ``ActiveParticipant``, ``AuditSourceIdentification`` and
``ParticipantObjectIdentification`` mean what the standard says. A study is told by its UID; patients,
descriptions and names of files are not told at all.
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
import platform
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

from uidscope import __version__

SCHEMA: Final = "uidscope/audit/1"

Json = dict[str, Any]

Action = Literal[
    "load", "check", "export", "resumed", "undo", "cleared", "report-saved", "crosswalk-saved", "list-saved"
]
Outcome = Literal["success", "cancelled", "failed"]

MOST_STUDIES: Final = 1000
"""A line names no more studies; ``Studies`` says how many there are."""

_PROGRAM_CODES: Final = "99UIDSCOPE"
# What stands in a file as a Study Instance UID may be any text.
_UID: Final = re.compile(r"[0-9.]{1,64}")


class Code(NamedTuple):
    """A code with the system it is of and its meaning."""

    code: str
    system: str
    meaning: str


class _Kind(NamedTuple):
    event: Code
    action_code: Literal["C", "R", "U", "D", "E"]
    meaning: str


# PS3.16 CID 400.
_ACCESSED: Final = Code("110103", "DCM", "DICOM Instances Accessed")
_EXPORT: Final = Code("110106", "DCM", "Export")
_STUDY_UID: Final = Code("110180", "DCM", "Study Instance UID")
_KINDS: Final[Mapping[Action, _Kind]] = {
    "load": _Kind(_ACCESSED, "R", "Files read"),
    "check": _Kind(_ACCESSED, "E", "UIDs checked"),
    "export": _Kind(_EXPORT, "C", "Copy with new UIDs written"),
    "resumed": _Kind(_EXPORT, "C", "Interrupted export gone on with"),
    "undo": _Kind(_EXPORT, "C", "Copy with the old UIDs written"),
    "cleared": _Kind(_EXPORT, "D", "Remains of an interrupted export removed"),
    "report-saved": _Kind(_EXPORT, "R", "Report saved"),
    "crosswalk-saved": _Kind(_EXPORT, "R", "List of old and new UIDs saved"),
    "list-saved": _Kind(_EXPORT, "R", "List beside an export saved"),
}
_OUTCOMES: Final[Mapping[Outcome, str]] = {"success": "0", "cancelled": "4", "failed": "8"}


class AuditEvent(NamedTuple):
    """What was done.

    ``detail`` is a word for how it ended: the class of an error, never its text. ``studies`` are UIDs as
    they stand in files.
    """

    action: Action
    when: dt.datetime
    outcome: Outcome = "success"
    detail: str = ""
    counts: Mapping[str, int] | None = None
    studies: Iterable[str] = ()


def as_object(event: AuditEvent) -> Json:
    """Return an event as one JSON object of plain values, said to be done by whoever runs this program.

    The studies share one ``ParticipantObjectIdentification``, which holds a list of their UIDs.
    """
    kind = _KINDS[event.action]
    uids = sorted(set(event.studies))
    named = [uid for uid in uids if _UID.fullmatch(uid)][:MOST_STUDIES]
    return {
        "schema": SCHEMA,
        "EventIdentification": {
            "EventID": _code(kind.event),
            "EventTypeCode": _code(Code(event.action, _PROGRAM_CODES, kind.meaning)),
            "EventActionCode": kind.action_code,
            "EventDateTime": event.when.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
            "EventOutcomeIndicator": _OUTCOMES[event.outcome],
            "EventOutcomeDescription": " ".join(filter(None, (event.outcome, event.detail))),
        },
        "ActiveParticipant": [
            {
                "UserID": _user(),
                "AlternativeUserID": str(os.getpid()),
                "UserIsRequestor": True,
                "NetworkAccessPointID": platform.node(),
                "NetworkAccessPointTypeCode": "1",  # a machine name
            }
        ],
        "AuditSourceIdentification": {"AuditSourceID": f"UIDscope {__version__} on {platform.node()}"},
        "ParticipantObjectIdentification": {
            "ParticipantObjectTypeCode": "2",  # a system object
            "ParticipantObjectTypeCodeRole": "3",  # a report, which is what a study is to PS3.15
            "ParticipantObjectIDTypeCode": _code(_STUDY_UID),
            "ParticipantObjectID": named,
        },
        "Counts": {**(event.counts or {}), "studies": len(uids)},
    }


def _code(code: Code) -> Json:
    return {"csd-code": code.code, "codeSystemName": code.system, "originalText": code.meaning}


def _user() -> str:
    """The name by which the system knows the user; their number where they have none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else "unknown"
