"""An anatomy as plain text and as JSON, for the command line and the clipboard."""

from __future__ import annotations

import functools
from typing import Any

from uidscope.core.uid.anatomy import Anatomy, Verdict, anatomy_words
from uidscope.core.uid.resource_files import read_table
from uidscope.core.uid.syntax import LONGEST_UID, UUID_ROOT

_WIDEST_NUMBER = 40


def anatomy_as_json(anatomy: Anatomy) -> dict[str, Any]:
    """Return an anatomy as plain values for ``json.dumps``; ``valid`` says that no rule finds an error."""
    owner, entry, uuid, date = anatomy.owner, anatomy.registered, anatomy.uuid, anatomy.date
    return {
        "text": anatomy.text,
        "uid": anatomy.uid,
        "length": anatomy.length,
        "longest": LONGEST_UID,
        "valid": is_valid(anatomy),
        "parts": [
            {"number": part.number, "kind": part.kind, "meaning": part.meaning, "rule": part.code}
            for part in anatomy.parts
        ],
        "owner": owner
        and {"root": owner.root, "owner": owner.owner, "basis": owner.basis, "parts": anatomy.root_parts},
        "registered": entry
        and {
            "name": entry.name,
            "type": entry.type,
            "keyword": entry.keyword,
            "info": entry.info,
            "retired": entry.retired,
        },
        "uuid": uuid
        and {
            "text": uuid.text,
            "variant": uuid.variant,
            "version": uuid.version,
            "time": uuid.time,
            "address": uuid.address,
            "dotnet_text": uuid.dotnet_text,
        },
        "date": date and {"first": date.first, "last": date.last, "text": date.text},
        "verdict": [
            {
                "rule": item.code,
                "severity": _rules()[item.code]["severity_read"],
                "citation": _rules()[item.code]["citation"],
                "message": verdict_words(item),
                "facts": dict(item.facts),
            }
            for item in anatomy.verdict
        ],
        "notes": [{"note": item.code, "message": note_words(item)} for item in anatomy.notes],
    }


def anatomy_as_text(anatomy: Anatomy) -> str:
    """Return an anatomy as lines for a terminal; what cannot be printed is shown escaped."""
    words = anatomy_words()
    labels = words["labels"]
    lines = [_printable(anatomy.uid) or '""']
    if anatomy.text != anatomy.uid:
        lines.append(f"  {labels['given']} {_printable(anatomy.text)!s}")
    lines.append(f"  {labels['length'].format(length=anatomy.length)}")
    lines += _part_lines(anatomy)
    lines += _owner_lines(anatomy) + _uuid_lines(anatomy)
    lines += [f"  {labels['verdict']}: {line}" for line in _verdict_lines(anatomy)]
    lines += [f"  - {_printable(note_words(item))}" for item in anatomy.notes]
    return "\n".join(lines)


def is_valid(anatomy: Anatomy) -> bool:
    """Say whether the text is a UID against which no rule finds an error."""
    severities = {_rules()[item.code]["severity_read"] for item in anatomy.verdict}
    return bool(anatomy.uid) and "error" not in severities


def verdict_words(item: Verdict) -> str:
    """Return the sentence of one verdict."""
    return anatomy_words()["verdicts"].get(item.code, item.code).format(**dict(item.facts))


def note_words(item: Verdict) -> str:
    """Return the sentence of one note."""
    return anatomy_words()["notes"].get(item.code, item.code).format(**dict(item.facts))


def _part_lines(anatomy: Anatomy) -> list[str]:
    shown = [_printable(part.number) or '""' for part in anatomy.parts]
    width = min(_WIDEST_NUMBER, max(map(len, shown), default=0))
    return [
        f"    {number:<{width}}  {_printable(part.meaning)}"
        for number, part in zip(shown, anatomy.parts, strict=True)
    ]


def _owner_lines(anatomy: Anatomy) -> list[str]:
    labels = anatomy_words()["labels"]
    lines = []
    if anatomy.owner is not None and anatomy.owner.root != UUID_ROOT:
        lines.append(f"  {labels['owner']}: {anatomy.owner.root}, {anatomy.owner.owner}")
    if anatomy.registered is not None:
        lines.append(f"  {labels['registered']}: {anatomy.registered.name} ({anatomy.registered.type})")
    return lines


def _uuid_lines(anatomy: Anatomy) -> list[str]:
    uuid = anatomy.uuid
    if uuid is None:
        return []
    words = anatomy_words()
    labels = words["labels"]
    if uuid.version:
        method = words["uuid_methods"].get(str(uuid.version), "?")
        about = labels["uuid_version"].format(version=uuid.version, method=method)
    else:
        about = labels["uuid_variant"].format(variant=uuid.variant)
    time = [f"  {labels['time']}: {uuid.time}"] if uuid.time else []
    return [f"  {labels['uuid']}: {uuid.text} ({about})", *time]


def _verdict_lines(anatomy: Anatomy) -> list[str]:
    words = anatomy_words()
    if not anatomy.uid:
        return []
    if not anatomy.verdict:
        return [words["verdicts"]["ok"]]
    lines = []
    for item in anatomy.verdict:
        rule = _rules()[item.code]
        severity = words["severities"].get(rule["severity_read"], rule["severity_read"])
        lines.append(f"{severity}: {verdict_words(item)} ({item.code}, {rule['citation']})")
    return lines


def _printable(text: str) -> str:
    """The text without anything that a terminal might obey."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


@functools.cache
def _rules() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in read_table("syntax_rules")}
