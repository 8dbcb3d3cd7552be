"""ENT-30, ENT-31 and ENT-32: a multi-frame object that was split, and whether its parts fit together.

Which files are parts, where they stand and what they name as their source is asked of the catalog; how
they are numbered and what they have in common, of the files themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from uidscope.core.catalog.finding import FactValue, Finding
from uidscope.core.catalog.lookup import OccurrenceRow, occurrences
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import element_patterns, value_places, values_in
from uidscope.core.errors import InputError
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule

if TYPE_CHECKING:
    from uidscope.core.judge.concatenation_member import MemberNumbers

CONCATENATION: Final = "ConcatenationUID"
_SOURCE: Final = "SOPInstanceUIDOfConcatenationSource"
_NUMBER: Final = "InConcatenationNumber"
_NAMED: Final = 10


class _Concatenation(NamedTuple):
    """The UID, its parts file by file, and what each names as the source, '' for nothing."""

    uid: str
    files: tuple[OccurrenceRow, ...]
    sources: tuple[str, ...]


class _FromFiles(NamedTuple):
    """What the files say: the numbers of each part, by instance, and the attributes that differ.

    ``is_all``: every part could be read again.
    """

    numbers: dict[int, MemberNumbers]
    differing: tuple[str, ...]
    is_all: bool


def concatenations(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-30, ENT-31 and ENT-32: one finding of each for each concatenation."""
    for each in _concatenations(inquiry.catalog):
        inquiry.cancel.raise_if_cancelled()
        read = _read(inquiry, each.files)
        yield from _not_one_object(each, read.differing)
        yield from _numbered_wrong(each, read)
        yield from _source_is_a_part(each)


def concatenation_of_parts(catalog: Catalog) -> dict[int, int]:
    """Return the files that are parts of a concatenation, each with the id of the concatenation's UID."""
    if CONCATENATION not in element_patterns(catalog):
        return {}
    ids = [use.uid_id for use in values_in(catalog, (CONCATENATION,))]
    return {place.occurrence_id: place.uid_id for place in value_places(catalog, ids, (CONCATENATION,))}


def _not_one_object(each: _Concatenation, differing: tuple[str, ...]) -> Iterator[Finding]:
    """ENT-30."""
    series = sorted({row.series_uid for row in each.files})
    if len(series) < 2 and not differing:
        return
    attribute = "SeriesInstanceUID" if len(series) > 1 else differing[0]
    facts: dict[str, FactValue] = {
        "series": tuple(series) if len(series) > 1 else (),
        "differing": differing[:_NAMED],
    }
    yield _finding("ENT-30", each, attribute, facts)


def _numbered_wrong(each: _Concatenation, read: _FromFiles) -> Iterator[Finding]:
    """ENT-31."""
    sources = sorted({source for source in each.sources if source})
    stated = read.numbers.values()
    counted = Counter(numbers.number for numbers in stated if numbers.number is not None)
    twice = sorted(number for number, times in counted.items() if times > 1)
    total = max((numbers.total or 0 for numbers in stated), default=0) if read.is_all else 0
    missing = [number for number in range(1, total + 1) if number not in counted]
    if len(sources) < 2 and not twice and not missing:
        return
    facts: dict[str, FactValue] = {
        "sources": tuple(sources) if len(sources) > 1 else (),
        "twice": tuple([str(number) for number in twice[:_NAMED]]),
        "missing": tuple([str(number) for number in missing[:_NAMED]]),
        "missing_count": len(missing),
        "total": total,
    }
    yield _finding("ENT-31", each, _NUMBER if twice or missing else _SOURCE, facts)


def _source_is_a_part(each: _Concatenation) -> Iterator[Finding]:
    """ENT-32."""
    parts = {row.sop_instance_uid for row in each.files}
    named = sorted({source for source in each.sources if source in parts})
    if named:
        yield _finding("ENT-32", each, _SOURCE, {"parts": tuple(named)})


def _finding(code: str, each: _Concatenation, attribute: str, facts: dict[str, FactValue]) -> Finding:
    return rule(code).finding(
        "series",
        each.uid,
        tuple(sorted(row.id for row in each.files)),
        attribute=attribute,
        path=attribute,
        facts=facts,
    )


def _concatenations(catalog: Catalog) -> Iterator[_Concatenation]:
    if CONCATENATION not in element_patterns(catalog):
        return
    texts = {use.uid_id: use.text for use in values_in(catalog, (CONCATENATION, _SOURCE))}
    sources = {place.occurrence_id: texts[place.uid_id] for place in value_places(catalog, texts, (_SOURCE,))}
    for uid_id, members in groupby(value_places(catalog, texts, (CONCATENATION,)), attrgetter("uid_id")):
        files = tuple(occurrences(catalog, [member.occurrence_id for member in members]))
        yield _Concatenation(texts[uid_id], files, tuple([sources.get(row.id, "") for row in files]))


def _read(inquiry: Inquiry, files: Sequence[OccurrenceRow]) -> _FromFiles:
    """Read the parts again, each once, and compare each with the first."""
    from uidscope.core.judge.concatenation_member import open_member  # noqa: PLC0415 - few folders hold one

    parts: dict[int, OccurrenceRow] = {}
    for row in files:  # the second file of a part says nothing new
        parts.setdefault(row.instance_id, row)
    first = next(iter(parts.values()))
    numbers: dict[int, MemberNumbers] = {}
    differing: dict[str, None] = {}
    with open_member(first.absolute_path, first.stamp, inquiry.cancel) as model:
        for row in parts.values():
            inquiry.cancel.raise_if_cancelled()
            with suppress(InputError), open_member(row.absolute_path, row.stamp, inquiry.cancel) as part:
                if part is not None:
                    numbers[row.instance_id] = part.numbers()
                if part is not None and model is not None:
                    differing.update(dict.fromkeys(part.differing(model)))
    return _FromFiles(numbers, tuple(differing), len(numbers) == len(parts))


CHECKS: Final = (Check(("ENT-30", "ENT-31", "ENT-32"), concatenations),)
