"""Records of the audit log as the audit messages of PS3.15 A.5.1, in XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

_EVENT: Final = ("EventActionCode", "EventDateTime", "EventOutcomeIndicator")
_PARTICIPANT: Final = (
    *("UserID", "AlternativeUserID", "UserIsRequestor"),
    *("NetworkAccessPointID", "NetworkAccessPointTypeCode"),
)
_OBJECT: Final = ("ParticipantObjectID", "ParticipantObjectTypeCode", "ParticipantObjectTypeCodeRole")
_CODE: Final = ("csd-code", "codeSystemName", "originalText")


def audit_messages(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield an XML document piece by piece: an ``AuditMessage`` for each record.

    The standard has a document for each message; the element around them is this program's own. The
    counts of a record stand in ``EventOutcomeDescription``.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<AuditMessages>\n'
    for record in records:
        yield audit_message(record)
    yield "</AuditMessages>\n"


def audit_message(record: Mapping[str, Any]) -> str:
    """Return one record as an ``AuditMessage``."""
    event = record["EventIdentification"]
    counts = "".join(f", {name} {number}" for name, number in record.get("Counts", {}).items())
    said = escape(_text(event.get("EventOutcomeDescription", "")) + counts)
    lines = [
        "<AuditMessage>",
        f" <EventIdentification{_attributes(event, _EVENT)}>",
        f"  <EventID{_attributes(event['EventID'], _CODE)}/>",
        f"  <EventTypeCode{_attributes(event['EventTypeCode'], _CODE)}/>",
        f"  <EventOutcomeDescription>{said}</EventOutcomeDescription>",
        " </EventIdentification>",
    ]
    participants = record["ActiveParticipant"]
    lines += [f" <ActiveParticipant{_attributes(each, _PARTICIPANT)}/>" for each in participants]
    source = record["AuditSourceIdentification"]
    lines.append(f" <AuditSourceIdentification{_attributes(source, ('AuditSourceID',))}/>")
    study = record["ParticipantObjectIdentification"]
    for uid in study["ParticipantObjectID"]:
        told = _attributes({**study, "ParticipantObjectID": uid}, _OBJECT)
        lines += [
            f" <ParticipantObjectIdentification{told}>",
            f"  <ParticipantObjectIDTypeCode{_attributes(study['ParticipantObjectIDTypeCode'], _CODE)}/>",
            " </ParticipantObjectIdentification>",
        ]
    return "\n".join([*lines, "</AuditMessage>"]) + "\n"


def _attributes(values: Mapping[str, Any], names: Iterable[str]) -> str:
    return "".join(f" {name}={quoteattr(_text(values[name]))}" for name in names if name in values)


def _text(value: object) -> str:
    """A value as XML may hold it: a name of a machine or a user may be any text."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return "".join(each if each.isprintable() else "?" for each in text)
