"""The form of one UID and of the bytes it stands in (PS3.5 6.2, 6.4, 9.1 and B.2).

The codes are those of ``resources/tables/syntax_rules.csv``. Nothing here knows in which element a
value stands; ``use`` does.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

LONGEST_UID: Final = 64  # characters of one value (PS3.5 9.1)
UUID_ROOT: Final = "2.25"  # of UUID-derived UIDs (PS3.5 B.2)
LARGEST_UUID: Final = 2**128 - 1
_SMALLEST_PLAUSIBLE_UUID: Final = 2**64

_PADS: Final = b"\0 "
_SEPARATOR: Final = b"\\"

_NUMBER: Final = r"(?:0|[1-9][0-9]*+)"
# A value that no rule can touch but the one on its length: two parts at least, the first two within
# their arcs, not under 2.25, and not like a placeholder. Nearly every value ends here.
_PLAINLY_GOOD: Final = re.compile(
    r"(?!2\.25(?:\.|\Z)|1\.2\.3(?:\.|\Z)|([012])\.\1(?:\.|\Z)|1\.2\.(?:333|777|999)\.|1\.9\.999\.)"
    rf"(?:[01]\.(?:[1-3]?[0-9])|2\.{_NUMBER})(?:\.{_NUMBER})*+"
)
# 2.25.N with N plainly between 2**64 and 2**128.
_PLAIN_UUID: Final = re.compile(r"2\.25\.(?:[1-9][0-9]{20,37}|[12][0-9]{38}|3[0-3][0-9]{37})")
_BAD_CHARACTER: Final = re.compile(r"[^0-9.]")
_ESCAPED_BYTE: Final = re.compile(r"\\x[0-9a-f]{2}")
_UNSHOWN: Final = re.compile(rb"[^ -\[\]-~]")
_SHOWN: Final = re.compile(rb"\\x([0-9a-f]{2})")

# Seen in public sample files in place of a root of one's own.
_SAMPLE_ROOTS: Final = ("1.2.333.444.55.", "1.2.777.777.77.", "1.2.999.999.99.", "1.9.999.999.99.")


class FaultyPart(NamedTuple):
    """A part of a value that breaks a rule, by its ``place``: the first part has 0."""

    place: int
    code: str


def split_field(raw: bytes) -> tuple[bytes, ...]:
    """Return the values of one UI field; joined by backslashes they are the field again.

    An empty field holds one empty value. The pads stay where they are.
    """
    return tuple(raw.split(_SEPARATOR))


def strip_value(raw: bytes) -> str:
    """Return one value as text without the NUL and space around it.

    Any other byte that is not a printable ASCII character, and a backslash, becomes ``\\xNN``, so that
    two different values never look the same.
    """
    stripped = raw.strip(_PADS)
    text = stripped.decode("latin-1")
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return _UNSHOWN.sub(lambda found: b"\\x%02x" % found.group()[0], stripped).decode("ascii")


def raw_value_of(text: str) -> bytes:
    """Return the bytes that ``strip_value`` shows as this text, without pad."""
    return _SHOWN.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), text.encode("ascii"))


def is_plainly_encoded(raw: bytes) -> bool:
    """Say whether a field has even length and no pad but the one NUL that makes it so (PS3.5 6.2, 6.4)."""
    if len(raw) % 2:
        return False
    field = raw[:-1] if raw.endswith(b"\0") else raw
    if _SEPARATOR in field:
        return all(value.strip(_PADS) == value for value in field.split(_SEPARATOR))
    return field.strip(_PADS) == field and not (raw and not field)


def judge_value(value: str, *, writing: bool = False) -> tuple[str, ...]:
    """Return the codes of the rules that one stripped value breaks, in order.

    UID-S01 to S07 judge the form; only a value that passes them is held against S16, S17, S18 and
    S26, and S19 where it is to be written. An empty value is no value: ``()``.
    """
    if _PLAINLY_GOOD.fullmatch(value) and len(value) <= LONGEST_UID:
        return ()
    if not writing and _PLAIN_UUID.fullmatch(value):
        return ()
    if not value:
        return ()
    return _form_faults(value) or _meaning_faults(value, writing=writing)


def is_well_formed(value: str) -> bool:
    """Say whether the program itself might write this value as a UID: no rule is broken on writing."""
    return bool(value) and not judge_value(value, writing=True)


def judge_encoding(raw_field: bytes, *, multiple_allowed: bool) -> tuple[str, ...]:
    """Return the codes (UID-S08 to S12, S15) of the rules that a whole field's bytes break, in order.

    ``multiple_allowed`` says whether the element's VM allows more than one value (PS3.6).
    """
    if is_plainly_encoded(raw_field) and (multiple_allowed or _SEPARATOR not in raw_field):
        return ()
    *earlier, last = raw_field.split(_SEPARATOR)
    trailing = last[len(last.rstrip(_PADS)) :]
    legal_pad = trailing == b"\0" and len(raw_field) % 2 == 0
    faults = {
        "UID-S08": bool(trailing) and not trailing.strip(b" "),
        "UID-S09": b"\0" in trailing and not legal_pad,
        "UID-S10": any(value.lstrip(_PADS) not in (b"", value) for value in (*earlier, last)),
        "UID-S11": any(value.rstrip(_PADS) != value for value in earlier),
        "UID-S12": bool(earlier) and not multiple_allowed,
        "UID-S15": len(raw_field) % 2 == 1,
    }
    return tuple(code for code, broken in faults.items() if broken)


def faulty_parts(value: str) -> tuple[FaultyPart, ...]:
    """Return which parts of a stripped value break which rule of form or meaning, part by part.

    A rule that the value breaks as a whole (S26) names no part.
    """
    codes = judge_value(value)
    if not codes:
        return ()
    parts = value.split(".")
    found = [fault for index, part in enumerate(parts) for fault in _part_faults(index, part)]
    whole = {
        "UID-S02": _part_past_the_limit(parts),
        "UID-S05": 0,
        "UID-S06": 0,
        "UID-S07": 1,
        "UID-S16": 2,
        "UID-S18": 2,
    }
    found += [FaultyPart(index, code) for code, index in whole.items() if code in codes]
    if "UID-S17" in codes:
        found += [FaultyPart(index, "UID-S17") for index in range(3, len(parts)) or (1,)]
    return tuple(sorted(found))


def uuid_number(value: str) -> int | None:
    """Return N of a value ``2.25.N`` that is a UUID by its size (0 to 2**128 - 1), else None."""
    parts = value.split(".")
    if len(parts) != 3 or parts[:2] != ["2", "25"] or not _is_number(parts[2]) or len(parts[2]) > 39:
        return None
    number = int(parts[2])
    return number if number <= LARGEST_UUID else None


def has_uuid_bits(number: int) -> bool:
    """Say whether variant and version are those of a UUID (RFC 9562: variant 10, version 1 to 8)."""
    return (number >> 62) & 3 == 2 and 1 <= (number >> 76) & 15 <= 8


def _form_faults(value: str) -> tuple[str, ...]:
    """UID-S01 to S07."""
    parts = value.split(".")
    first, second = (*parts, "")[:2]
    arcs_known = _is_number(first)
    faults = {
        "UID-S01": _BAD_CHARACTER.search(value) is not None,
        "UID-S02": _length(value) > LONGEST_UID,
        "UID-S03": "" in parts,
        "UID-S04": any(_has_leading_zero(part) for part in parts),
        "UID-S05": len(parts) == 1 and _BAD_CHARACTER.search(value) is None,
        "UID-S06": arcs_known and first not in ("0", "1", "2"),
        "UID-S07": first in ("0", "1") and _is_number(second) and (len(second) > 2 or int(second) > 39),
    }
    return tuple(code for code, broken in faults.items() if broken)


def _meaning_faults(value: str, *, writing: bool) -> tuple[str, ...]:
    """UID-S16 to S19 and S26, of a value of good form."""
    parts = value.split(".")
    if parts[:2] == ["2", "25"]:
        return _uuid_faults(parts[2:], writing=writing)
    return ("UID-S26",) if _is_placeholder(value, parts) else ()


def _uuid_faults(rest: list[str], *, writing: bool) -> tuple[str, ...]:
    """What is wrong with ``2.25.<rest>`` (PS3.5 B.2)."""
    if len(rest) != 1:
        return ("UID-S17",)
    number = int(rest[0])
    if number > LARGEST_UUID:
        return ("UID-S16",)
    if number < _SMALLEST_PLAUSIBLE_UUID:
        return ("UID-S18",)
    return ("UID-S19",) if writing and not has_uuid_bits(number) else ()


def _is_placeholder(value: str, parts: list[str]) -> bool:
    """Whether nobody can have been given this: 1.2.3, 1.2.3.4 ..., all parts equal, a root of samples."""
    counts_up = len(parts) >= 3 and all(part == str(at) for at, part in enumerate(parts, start=1))
    return counts_up or len(set(parts)) == 1 or f"{value}.".startswith(_SAMPLE_ROOTS)


def _part_faults(index: int, part: str) -> list[FaultyPart]:
    faults = {
        "UID-S01": _BAD_CHARACTER.search(part) is not None,
        "UID-S03": not part,
        "UID-S04": _has_leading_zero(part),
    }
    return [FaultyPart(index, code) for code, broken in faults.items() if broken]


def _part_past_the_limit(parts: list[str]) -> int:
    length = 0
    for index, part in enumerate(parts):
        length += _length(part)
        if length > LONGEST_UID:
            return index
        length += 1
    return len(parts) - 1


def _length(text: str) -> int:
    """Length in bytes of the file: an escape written by ``strip_value`` stands for one."""
    return len(_ESCAPED_BYTE.sub("?", text)) if "\\" in text else len(text)


def _is_number(part: str) -> bool:
    return part == "0" or (part.isascii() and part.isdigit() and part[0] != "0")


def _has_leading_zero(part: str) -> bool:
    return len(part) > 1 and part[0] == "0" and part.isascii() and part.isdigit()
