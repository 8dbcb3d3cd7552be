"""What a UID is made of, as far as its digits tell.

Nothing here decides anything: PS3.5 section 9 gives a UID no meaning, and the owner of a root, a
UUID's time or a number that looks like a date are shown for the reader alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from uidscope.core.uid.registry import RegisteredUid, is_under_dicom_root, registered
from uidscope.core.uid.roots import RootOwner, owner_of
from uidscope.core.uid.syntax import UUID_ROOT, faulty_parts, has_uuid_bits, judge_value, uuid_number
from uidscope.core.uid.uuid_anatomy import UuidAnatomy, parse_uuid, take_apart
from uidscope.core.uid.word_files import read_words

PartKind = Literal["root", "registered", "below", "uuid", "date", "faulty"]

_OID_URN: Final = "urn:oid:"
_DEEPEST_ARC: Final = 8  # parts; no arc in the words is deeper
_DATE: Final = re.compile(r"(?:19|20)[0-9]{6}(?:[0-9]{4}|[0-9]{6}|[0-9]{9})?")
_DATE_FORMS: Final = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S", 17: "%Y%m%d%H%M%S%f"}
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


class Part(NamedTuple):
    """One part of a UID; ``meaning`` is a few words for the reader, ``code`` the rule it breaks."""

    number: str
    kind: PartKind
    meaning: str
    code: str = ""


class EmbeddedDate(NamedTuple):
    """Numbers that look like a date: the first and last part (from 0), and the date as ISO text."""

    first: int
    last: int
    text: str


class Verdict(NamedTuple):
    """A rule that the value breaks on its own, and the facts for its words."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


class Anatomy(NamedTuple):
    """A UID taken apart.

    ``text`` is what was given and ``uid`` what it is read as. ``root_parts`` is the number of parts
    that the known root takes, 0 where none is known. ``notes`` are keys of the words, with facts.
    """

    text: str
    uid: str
    length: int
    parts: tuple[Part, ...]
    owner: RootOwner | None
    root_parts: int
    registered: RegisteredUid | None
    uuid: UuidAnatomy | None
    date: EmbeddedDate | None
    verdict: tuple[Verdict, ...]
    notes: tuple[Verdict, ...]


def anatomy_words(language: str | None = None) -> Mapping[str, Mapping[str, str]]:
    """Return the words of ``words/anatomy.<language>.json``, by group and key."""
    words: Mapping[str, Mapping[str, str]] = read_words("anatomy", language)
    return words


def explain(text: str) -> Anatomy:
    """Take a UID, a UUID or a GUID apart, whatever its form; odd text gets a verdict, never an error."""
    uid, notes = _read(text)
    owner = owner_of(uid)
    root_parts = owner.root.count(".") + 1 if owner else 0
    entry = registered(uid)
    number = uuid_number(uid)
    uuid = take_apart(number) if number is not None else None
    numbers = uid.split(".") if uid else []
    date = _find_date(numbers, root_parts) if entry is None and uuid is None else None
    verdict = _verdict(uid, entry, number)
    return Anatomy(
        text=text,
        uid=uid,
        length=len(uid),
        parts=_parts(numbers, owner, root_parts, entry, uuid, date),
        owner=owner,
        root_parts=root_parts,
        registered=entry,
        uuid=uuid,
        date=date,
        verdict=verdict,
        notes=(*notes, *_notes(owner, entry, uuid, date, from_uuid=_has(notes, "from-uuid"))),
    )


def _read(text: str) -> tuple[str, tuple[Verdict, ...]]:
    """The UID that a text stands for, and what was done to get there."""
    notes = []
    uid = text.strip(" \t\r\n\0")
    if "\0" in text[len(text.rstrip(" \t\r\n\0")) :]:
        notes.append(Verdict("pad"))
    if uid != text.strip("\0"):
        notes.append(Verdict("spaces"))
    if not uid:
        return "", (*notes, Verdict("empty"))
    if uid.lower().startswith(_OID_URN):
        return uid[len(_OID_URN) :], (*notes, Verdict("from-oid-urn"))
    number = parse_uuid(uid)
    if number is None:
        return uid, tuple(notes)
    return f"2.25.{number}", (*notes, Verdict("from-uuid"))


def _verdict(uid: str, entry: RegisteredUid | None, number: int | None) -> tuple[Verdict, ...]:
    """The rules on the value alone, S19 for the reader, and S22 for what the registry does not know."""
    if entry is not None:
        return ()
    facts: dict[str, tuple[tuple[str, str], ...]] = {"UID-S02": (("length", str(len(uid))),)}
    verdict = [Verdict(code, facts.get(code, ())) for code in judge_value(uid)]
    if number is not None and not verdict and not has_uuid_bits(number):
        variant, version = str(number >> 62 & 3), str(number >> 76 & 15)
        verdict.append(Verdict("UID-S19", (("variant", variant), ("version", version))))
    if is_under_dicom_root(uid):
        verdict.append(Verdict("UID-S22"))
    return tuple(verdict)


def _notes(
    owner: RootOwner | None,
    entry: RegisteredUid | None,
    uuid: UuidAnatomy | None,
    date: EmbeddedDate | None,
    *,
    from_uuid: bool,
) -> tuple[Verdict, ...]:
    notes = []
    if uuid is not None:
        notes += _uuid_notes(uuid, from_uuid=from_uuid)
    elif entry is not None:
        notes += [Verdict("never-replaced")] + ([Verdict("retired")] if entry.retired else [])
    elif owner is not None and owner.root != UUID_ROOT:
        notes += [Verdict("owner")] if owner.basis == "documented" else [Verdict(f"owner-{owner.basis}")]
    if date is not None:
        notes.append(Verdict("date", (("date", date.text),)))
    return tuple(notes)


def _uuid_notes(uuid: UuidAnatomy, *, from_uuid: bool) -> list[Verdict]:
    notes = []
    if from_uuid:
        notes.append(Verdict("dotnet", (("other_uid", f"2.25.{uuid.dotnet_number}"),)))
    else:
        notes.append(Verdict("dotnet-guid", (("guid", uuid.dotnet_text),)))
    if uuid.address:
        notes.append(Verdict("address", (("version", str(uuid.version)), ("address", uuid.address))))
    if uuid.random_node:
        notes.append(Verdict("no-address"))
    return notes


def _parts(
    numbers: list[str],
    owner: RootOwner | None,
    root_parts: int,
    entry: RegisteredUid | None,
    uuid: UuidAnatomy | None,
    date: EmbeddedDate | None,
) -> tuple[Part, ...]:
    """Each part with its kind and its meaning; a fault hides any other meaning."""
    words = anatomy_words()
    faults = {fault.place: fault.code for fault in reversed(faulty_parts(".".join(numbers)))}
    parts = []
    for index, number in enumerate(numbers):
        arc = words["arcs"].get(".".join(numbers[: index + 1])) if index < _DEEPEST_ARC else None
        if index in faults:
            code = faults[index]
            reason = words["faults"].get(code, code)
            parts.append(Part(number, "faulty", words["parts"]["faulty"].format(reason=reason), code))
        elif entry is not None and index == len(numbers) - 1:
            parts.append(Part(number, "registered", words["parts"]["registered"].format(name=entry.name)))
        elif owner is not None and index == root_parts - 1:
            meaning = arc or words["parts"]["root-end"].format(owner=owner.owner)
            parts.append(Part(number, "root", meaning))
        elif arc is not None or index < root_parts:
            parts.append(Part(number, "root", arc or words["parts"]["root"]))
        elif entry is not None:
            parts.append(Part(number, "registered", words["parts"]["standard"]))
        elif uuid is not None:
            parts.append(Part(number, "uuid", words["parts"]["uuid"]))
        elif date is not None and date.first <= index <= date.last:
            parts.append(Part(number, "date", words["parts"]["date"].format(date=date.text)))
        else:
            parts.append(Part(number, "below", words["parts"]["below" if owner else "unknown"]))
    return tuple(parts)


def _find_date(numbers: list[str], start: int) -> EmbeddedDate | None:
    """The first number, or run of numbers year, month, day and on, that is a date of 1900 to 2099."""
    for index in range(start, len(numbers)):
        found = _whole_date(numbers[index])
        if found:
            return EmbeddedDate(index, index, found)
        run = _date_in_steps(numbers[index : index + 6])
        if run is not None:
            length, text = run
            return EmbeddedDate(index, index + length - 1, text)
    return None


def _whole_date(number: str) -> str:
    """The ISO text of one number such as 20240131 or 20240131235959, empty where it is none."""
    if not _DATE.fullmatch(number):
        return ""
    try:
        at = dt.datetime.strptime(number, _DATE_FORMS[len(number)]).replace(tzinfo=dt.UTC)
    except ValueError:
        return ""
    return _date_text(at, with_time=len(number) > 8)


def _date_in_steps(numbers: list[str]) -> tuple[int, str] | None:
    """Length and ISO text of a run such as 2024.1.31 or 2024.1.31.23.59.59."""
    if len(numbers) < 3 or not _YEAR.fullmatch(numbers[0]):
        return None
    small = [number for number in numbers[1:] if len(number) <= 2 and number.isascii() and number.isdigit()]
    if small != numbers[1:] or len(numbers) < 6:
        numbers = numbers[:3]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return None
    year, month, day, hour, minute, second = (*map(int, numbers), 0, 0, 0)[:6]
    try:
        at = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
    except (ValueError, OverflowError):  # the latter for a number past 2**31
        return None
    return len(numbers), _date_text(at, with_time=len(numbers) > 3)


def _date_text(at: dt.datetime, *, with_time: bool) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S") if with_time else at.strftime("%Y-%m-%d")


def _has(notes: tuple[Verdict, ...], code: str) -> bool:
    return any(note.code == code for note in notes)
