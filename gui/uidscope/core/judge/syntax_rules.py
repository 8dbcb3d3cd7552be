"""UID-S01 to S18 and S26: the form of every value, and the bytes of every UI field.

A value is judged once, however many files hold it; only the values that break a rule are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, islice
from operator import attrgetter
from typing import Final, NamedTuple

from uidscope.core.catalog.entity import objects_without
from uidscope.core.catalog.finding import FactValue, Finding, Level
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import (
    ESCAPED_SEPARATOR,
    SOP_INSTANCE_UID,
    ValuePlace,
    element_patterns,
    instances_of,
    odd_fields,
    several_values,
    uid_texts,
    value_patterns,
    value_places,
)
from uidscope.core.judge.element_path import defining, is_nested, is_private, leaf, level_of, ui_element_at
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.uid.registry import is_registered
from uidscope.core.uid.syntax import faulty_parts, judge_encoding, judge_value

_VALUE_CODES: Final = (
    *(f"UID-S0{number}" for number in range(1, 8)),
    "UID-S16",
    "UID-S17",
    "UID-S18",
    "UID-S26",
)
_ENCODING_CODES: Final = ("UID-S08", "UID-S09", "UID-S10", "UID-S11", "UID-S12", "UID-S15")
_VALUES_AT_A_TIME: Final = 20_000
_VALUES_BETWEEN_LOOKS: Final = 100_000
_ELEMENTS_NAMED: Final = 10

_BAD_CHARACTER: Final = re.compile(r"\\x[0-9a-f]{2}|[^0-9.]")
_FIRST_SHOWN, _LAST_SHOWN = 0x21, 0x7E
_EXAMPLE_LENGTH: Final = 200

# Objects of these classes have a patient, a study and a series (PS3.3 A.1.2) ...
_COMPOSITE_STORAGE: Final = "1.2.840.10008.5.1.4.1.1."
# ... but for protocols that define something, inventories, and what other industries store.
_OUTSIDE_THE_HIERARCHY: Final = (
    "1.2.840.10008.5.1.4.1.1.200.1",
    "1.2.840.10008.5.1.4.1.1.200.3",
    "1.2.840.10008.5.1.4.1.1.200.7",
    "1.2.840.10008.5.1.4.1.1.201.",
    "1.2.840.10008.5.1.4.1.1.501.",
    "1.2.840.10008.5.1.4.1.1.601.",
)
_KEYS: Final[tuple[tuple[str, Level], ...]] = (
    ("SOPInstanceUID", "instance"),
    ("SOPClassUID", "instance"),
    ("StudyInstanceUID", "study"),
    ("SeriesInstanceUID", "series"),
)
# Type 1 wherever they stand in an item of a standard sequence (PS3.3 Table 10-11).
_REQUIRED_IN_ITEMS: Final = frozenset({"ReferencedSOPClassUID", "ReferencedSOPInstanceUID"})


class _OddElement(NamedTuple):
    """One element of one series; a DICOMDIR, and a series without UID, stand for themselves."""

    code: str
    pattern: str
    series_uid: str
    lone_series: int
    lone_file: int


def broken_values(inquiry: Inquiry) -> Iterator[Finding]:
    """Find the values that break a rule of form or meaning: one finding for each rule and value."""
    faulty = _faulty_values(inquiry)
    while some := dict(islice(faulty, _VALUES_AT_A_TIME)):
        places = value_places(inquiry.catalog, some)
        for uid_id, members in groupby(places, attrgetter("uid_id")):
            inquiry.cancel.raise_if_cancelled()
            text, codes = some[uid_id]
            yield from _findings_of_value(text, codes, list(members))


def odd_encodings(inquiry: Inquiry) -> Iterator[Finding]:
    """Find the fields whose bytes break a rule: one finding for each rule, element and series."""
    fields: dict[_OddElement, int] = {}
    occurrences: dict[_OddElement, list[int]] = {}
    examples: dict[_OddElement, str] = {}
    for field in odd_fields(inquiry.catalog):
        inquiry.cancel.raise_if_cancelled()
        element = ui_element_at(field.pattern)
        multiple_allowed = element is None or element.multiple_allowed
        for code in judge_encoding(field.raw, multiple_allowed=multiple_allowed):
            if code == "UID-S12":
                continue  # asked for by the number of values, since most such fields are plainly encoded
            key = _odd_element(code, field.pattern, field.series_uid, field.series_id, field.occurrence_id)
            fields[key] = fields.get(key, 0) + field.times
            occurrences.setdefault(key, []).append(field.occurrence_id)
            examples.setdefault(key, _example(field.raw))
    for key, ids in occurrences.items():
        facts: dict[str, FactValue] = {"fields": fields[key], "example": examples[key]}
        yield _encoding_finding(key, ids, facts)
    yield from _several_values(inquiry.catalog)


def empty_values(inquiry: Inquiry) -> Iterator[Finding]:
    """Find UID-S13: required UIDs that are absent or empty, for each file and element."""
    for keyword, level in _KEYS:
        for lacking in objects_without(inquiry.catalog, keyword):
            inquiry.cancel.raise_if_cancelled()
            if not _needs(keyword, lacking.class_uid, is_present=lacking.is_present):
                continue
            yield rule("UID-S13").finding(
                level,
                lacking.sop_instance_uid if level == "instance" else "",
                (lacking.occurrence_id,),
                attribute=keyword,
                path=keyword,
            )
    yield from _empty_in_items(inquiry.catalog)


def _faulty_values(inquiry: Inquiry) -> Iterator[tuple[int, tuple[str, tuple[str, ...]]]]:
    """Every value that breaks a rule, by id; the only loop over all values."""
    texts = uid_texts(inquiry.catalog)
    while some := list(islice(texts, _VALUES_BETWEEN_LOOKS)):
        inquiry.cancel.raise_if_cancelled()
        yield from [
            (uid_id, (text, codes))
            for uid_id, text in some
            # Two values in one text: UID-S12 says so.
            if (codes := judge_value(text)) and ESCAPED_SEPARATOR not in text
        ]


def _findings_of_value(text: str, codes: tuple[str, ...], places: list[ValuePlace]) -> Iterator[Finding]:
    patterns = list(dict.fromkeys(place.pattern for place in places))
    path = defining(patterns)
    occurrences = tuple(sorted({place.occurrence_id for place in places}))
    for code in codes:
        if code == "UID-S26" and SOP_INSTANCE_UID not in patterns:
            continue
        yield rule(code).finding(
            level_of(path),
            text,
            occurrences,
            attribute=leaf(path),
            path=path,
            facts={**_value_facts(code, text), "elements": tuple(patterns[:_ELEMENTS_NAMED])},
        )


def _value_facts(code: str, text: str) -> dict[str, FactValue]:
    if code == "UID-S01":
        return {"characters": tuple(dict.fromkeys(_BAD_CHARACTER.findall(text)))}
    if code == "UID-S02":
        return {"length": len(re.sub(r"\\x[0-9a-f]{2}", "?", text))}
    if code in ("UID-S04", "UID-S06", "UID-S07"):
        index = next(part.place for part in faulty_parts(text) if part.code == code)
        return {"part": text.split(".")[index], "position": index + 1}
    return {}


def _several_values(catalog: Catalog) -> Iterator[Finding]:
    """UID-S12: a second value in an element that may have one."""
    singles = {
        pattern.removesuffix("(2)")
        for pattern in element_patterns(catalog)
        if pattern.endswith("(2)")
        and (element := ui_element_at(pattern)) is not None
        and not element.multiple_allowed
    }
    groups: dict[_OddElement, list[int]] = {}
    for found in several_values(catalog, singles):
        key = _odd_element("UID-S12", found.pattern, found.series_uid, found.series_id, found.occurrence_id)
        groups.setdefault(key, []).append(found.occurrence_id)
    for key, ids in groups.items():
        yield _encoding_finding(key, ids, {"fields": len(ids)})


def _odd_element(
    code: str, pattern: str, series_uid: str, series_id: int | None, occurrence_id: int
) -> _OddElement:
    if series_id is None:
        return _OddElement(code, pattern, "", 0, occurrence_id)
    return _OddElement(code, pattern, series_uid, 0 if series_uid else series_id, 0)


def _encoding_finding(key: _OddElement, occurrences: list[int], facts: dict[str, FactValue]) -> Finding:
    return rule(key.code).finding(
        "file" if key.lone_file else "series",
        key.series_uid,
        tuple(sorted(set(occurrences))),
        attribute=leaf(key.pattern),
        path=key.pattern,
        facts=facts,
    )


def _example(raw: bytes) -> str:
    """The field as text in which every pad shows."""
    return "".join(
        chr(byte) if _FIRST_SHOWN <= byte <= _LAST_SHOWN else f"\\x{byte:02x}"
        for byte in raw[:_EXAMPLE_LENGTH]
    )


def _needs(keyword: str, class_uid: str, *, is_present: bool) -> bool:
    """Whether an object of this class must have the key. Unknown and private classes are not judged."""
    if keyword in ("SOPInstanceUID", "SOPClassUID") or is_present:
        return True
    is_composite = class_uid.startswith(_COMPOSITE_STORAGE) and is_registered(class_uid)
    return is_composite and not class_uid.startswith(_OUTSIDE_THE_HIERARCHY)


def _empty_in_items(catalog: Catalog) -> Iterator[Finding]:
    """References without class or instance, whatever refers."""
    required = [
        pattern
        for pattern in value_patterns(catalog, [0]).get(0, ())
        if leaf(pattern) in _REQUIRED_IN_ITEMS
        and is_nested(pattern)
        and not is_private(pattern)
        and not pattern.startswith("DirectoryRecordSequence")
    ]
    if not required:
        return
    places = list(value_places(catalog, [0], required))
    instances = instances_of(catalog, {place.occurrence_id for place in places})
    for place in places:
        yield rule("UID-S13").finding(
            "instance",
            instances[place.occurrence_id] or "",
            (place.occurrence_id,),
            attribute=leaf(place.pattern),
            path=place.pattern,
        )


CHECKS: Final = (
    Check(_VALUE_CODES, broken_values),
    Check(_ENCODING_CODES, odd_encodings),
    Check(("UID-S13",), empty_values),
)
