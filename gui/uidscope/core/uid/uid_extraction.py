"""UIDs out of a text that somebody pastes: an error log, a mail, a column of a table.

What stands there need not be written rightly: spaces inside, pads, quotes and GUIDs are understood, and
what is wrong is said. Dates, versions and network addresses look much like UIDs; in running text only what
has at least five parts (2.25 and a long number: three) is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from uidscope.core.uid.anatomy import Anatomy, Verdict, explain
from uidscope.core.uid.syntax import judge_value
from uidscope.core.uid.uuid_anatomy import parse_uuid, take_apart


class FoundUid(NamedTuple):
    """One UID of a text.

    ``uid`` is what it is read as, ``text`` what stands there (pads as NUL and space); ``faults`` are the
    codes of the rules that it breaks as it stands, none where it is right. ``other_readings`` are further
    values that may be meant: the text with its spaces, the other byte order of a GUID.
    """

    uid: str
    text: str
    faults: tuple[str, ...]
    other_readings: tuple[str, ...] = ()


def extract_uids(text: str) -> tuple[FoundUid, ...]:
    """Return the UIDs of a text in their order, each once; a faulty form of one stands for all its forms."""
    found: dict[str, FoundUid] = {}
    for line in _with_plain_characters(text).splitlines():
        for each in _of_line(line):
            known = found.get(each.uid)
            if known is None or (each.faults and not known.faults):
                found[each.uid] = each
    return tuple(found.values())


def decode_log(raw: bytes) -> str:
    """Return the text of a log file, whatever it is written in: UTF-8, or UTF-16 where it says so."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    return raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def explain_found(found: FoundUid) -> Anatomy:
    """Take what was found apart, with all that is wrong with it as it stands."""
    if parse_uuid(found.text) is not None:
        return explain(found.text)
    anatomy = explain(found.uid)
    said = {item.code for item in anatomy.verdict}
    verdict = tuple(Verdict(code) for code in found.faults if code not in said)
    inner = found.text.strip(_PADS)
    notes = (Verdict("spaces-inside"),) if inner != inner.translate(_WITHOUT_PADS) else ()
    return anatomy._replace(
        text=found.text, verdict=(*verdict, *anatomy.verdict), notes=(*notes, *anatomy.notes)
    )


_PADS: Final = " \t\0"
_WITHOUT_PADS: Final = dict.fromkeys(map(ord, _PADS))
_FEWEST_PARTS: Final = 5
_FEWEST_PARTS_IF_ODD: Final = 6
_LONG: Final = 20

# How logs write a NUL, and characters that URLs and JSON write as numbers, which would run into a UID.
_NUL: Final = re.compile(r"\\x00|\\u0000|\\0(?![0-9.])|\^@|<NUL>|<00>|&#0;|%00")
_BY_NUMBER: Final = re.compile(
    r"%(2[0-9A-F]|3[A-F]|[57][B-D])|\\u00(2[0-9a-f]|3[a-f]|[57][b-d])", re.IGNORECASE
)
# Spaces of other kinds, and marks that do not show: they come along from tables and web pages.
_OTHER_SPACES: Final = re.compile("[\u00a0\u00ad\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]")

_GUID: Final = re.compile(
    r"(?<![0-9A-Za-z-])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Za-z-])"
)
_BARE_GUID: Final = re.compile(r"(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{32}")
# Digits, dots and pads in a row.
_ISLAND: Final = re.compile(r"\.*[0-9][0-9. \t\0]*")
_ELLIPSIS: Final = re.compile(r"\.{3,}")
_OPENING: Final = tuple("\"'`[<({|“‘«„")
_CLOSING: Final = tuple("\"'`]>)}|”’»“")
_AROUND_AN_ITEM: Final = " \t\"'`[]<>(){}|“”‘’«»„,;:*•"
_LABEL: Final = re.compile(r"(?:UIDs?|UI)[\W_]{1,8}\Z", re.IGNORECASE)
_LABEL_REACH: Final = 20
_GLUED: Final = re.compile(r"[A-Za-z][0-9A-Za-z.]*")


def _with_plain_characters(text: str) -> str:
    if "%" in text or "\\" in text or "^" in text or "<" in text or "&" in text:
        text = _NUL.sub("\0", text)
        text = _BY_NUMBER.sub(lambda found: chr(int(found.group(1) or found.group(2), 16)), text)
    return text if text.isascii() else _OTHER_SPACES.sub(" ", text)


def _of_line(line: str) -> Iterator[FoundUid]:
    item = line.strip(_AROUND_AN_ITEM)
    if _BARE_GUID.fullmatch(item):
        yield _of_guid(item)
        return
    start = 0
    for guid in _GUID.finditer(line):
        yield from _of_piece(line[start : guid.start()], item)
        yield _of_guid(guid.group())
        start = guid.end()
    yield from _of_piece(line[start:], item)


def _of_guid(text: str) -> FoundUid:
    number = parse_uuid(text)
    assert number is not None
    return FoundUid(f"2.25.{number}", text, (), (f"2.25.{take_apart(number).dotnet_number}",))


def _of_piece(piece: str, item: str) -> Iterator[FoundUid]:
    """The UIDs of a line, or of a part without GUIDs; ``item`` is the line without what encloses it."""
    for island in _ISLAND.finditer(piece):
        start, end = island.span()
        text = _enclosed(piece, start, end)
        is_item = island.group().strip(_PADS) == item
        values = _enclosed_values(text) if text else _values(island.group().strip(" \t"), is_item=is_item)
        is_expected = is_item and len(values) == 1
        is_labelled = _LABEL.search(piece, max(0, start - _LABEL_REACH), start) is not None
        glued = _GLUED.match(piece, end) if piece[end - 1].isdigit() else None
        for number, value in enumerate(values):
            if _is_plausible(value) or (number == 0 and _is_short_uid(value, is_expected, is_labelled)):
                is_last = number == len(values) - 1
                yield _found(value + glued.group().rstrip(".") if glued and is_last else value)


def _enclosed(piece: str, start: int, end: int) -> str:
    """What stands alone between quotes or brackets, pads included; empty where nothing encloses it."""
    first = start
    while first > 0 and piece[first - 1] in _PADS:
        first -= 1
    if first == 0 or piece[first - 1] not in _OPENING or piece[end : end + 1] not in _CLOSING:
        return ""
    text = piece[first:end]
    # With a space on both sides it is a matter of style.
    return text.strip(" \t") if text[0] in " \t" and text[-1] in " \t" else text


def _enclosed_values(text: str) -> list[str]:
    """Between quotes or brackets stands one value, pads and all, unless all its pieces are good UIDs."""
    pieces = text.split()
    return pieces if len(pieces) > 1 and all(map(_is_plausible, pieces)) else [text]


def _values(text: str, *, is_item: bool) -> list[str]:
    """The values of a row of digits, dots and pads; a space beside a dot is one inside of a value."""
    values: list[str] = []
    for run in _ELLIPSIS.split(text):
        pieces = run.split()
        if is_item and len(pieces) > 1 and not any(map(_is_plausible, pieces)):
            return [text]
        joined: list[str] = []
        for piece in pieces:
            if joined and _belong_together(joined[-1], piece):
                joined[-1] += f" {piece}"
            else:
                joined.append(piece)
        values += [value.strip(".") for value in joined]
    return values


def _belong_together(left: str, right: str) -> bool:
    if right.startswith("."):
        return True
    return left.endswith(".") and not _is_plausible(left) and not _is_plausible(right)


def _numbers(value: str) -> list[str]:
    return [number for number in value.translate(_WITHOUT_PADS).split(".") if number]


def _is_plausible(value: str) -> bool:
    """Whether a value is a UID wherever it stands."""
    numbers = _numbers(value)
    if len(numbers) >= _FEWEST_PARTS_IF_ODD:
        return True
    if not numbers or numbers[0] not in {"0", "1", "2"}:
        return False
    if len(numbers) >= _FEWEST_PARTS:
        return True
    return len(value) >= _LONG and (len(numbers) == 4 or numbers[:2] == ["2", "25"])


def _is_short_uid(value: str, is_expected: bool, is_labelled: bool) -> bool:
    """Whether a value of few parts is one, since it stands alone, or behind a word such as UID."""
    numbers = _numbers(value)
    if is_labelled:
        return len(numbers) >= 2
    return is_expected and len(numbers) >= 3 and numbers[0] in {"0", "1", "2"}


def _found(text: str) -> FoundUid:
    inner = text.strip(_PADS)
    uid = inner.translate(_WITHOUT_PADS)
    faults = (["UID-S01"] if inner != uid else []) + _pad_faults(text, uid)
    faults += [code for code in judge_value(uid) if code not in faults]
    return FoundUid(uid, text, tuple(sorted(faults)), (inner,) if inner != uid else ())


def _pad_faults(text: str, uid: str) -> list[str]:
    """What is wrong with the pads around a value, as far as a log shows it (PS3.5 9.1)."""
    before = text[: len(text) - len(text.lstrip(_PADS))]
    behind = text[len(text.rstrip(_PADS)) :]
    faults = {
        "UID-S08": bool(behind.strip("\0")),
        "UID-S09": "\0" in behind and (len(behind) > 1 or len(uid) % 2 == 0),
        "UID-S10": bool(before),
    }
    return [code for code, broken in faults.items() if broken]
