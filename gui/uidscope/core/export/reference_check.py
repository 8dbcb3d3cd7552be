"""Whether every reference among the files written still holds: each resolves to the mapped target.

Looked at are the files as they were and as they are, each set by itself: what lies outside the output
is no target in either. What the Original Attributes, (0400,0561), name is the past: it follows nothing and
is not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple, Self

from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.lookup import occurrences_below
from uidscope.core.catalog.references import (
    UNRESOLVED_STATES,
    ReferenceRow,
    ReferenceState,
    references_of,
    state_counts,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT
from uidscope.core.errors import VerificationError
from uidscope.core.export.request import MOST_UNRESOLVED, UnresolvedReference
from uidscope.core.read.record import FileRecord

_ITEM_NUMBER = re.compile(r"\[\d+\]")

# A Study or Series UID that qualifies nothing of the output stays as it is, though its study was loaded;
# one that qualifies a file of the output is part of that reference's state.
_COMPARED = ("instance", "frame_of_reference")
_FORMER = "OriginalAttributesSequence[]"

# (element path without item numbers, kind, the targets by their place among the files)
_Resolved = tuple[str, str, frozenset[int]]
# (element path without item numbers, the UID that is named)
_Named = tuple[str, str]


class _OfFile(NamedTuple):
    """The references of one file that resolve, what all of them name, and those that do not resolve."""

    resolved: Counter[_Resolved]
    named: Counter[_Named]
    unresolved: tuple[ReferenceRow, ...] = ()


class ReferenceCounts(NamedTuple):
    """How many references among the files written are in which state, before and after.

    ``rewritten`` counts those that name another UID than before; what is added or removed is none of them.
    ``unresolved`` are the first of those that do not resolve after.
    """

    before: Mapping[ReferenceState, int]
    after: Mapping[ReferenceState, int]
    rewritten: int = 0
    unresolved: tuple[UnresolvedReference, ...] = ()


class ReferenceCheck:
    """Takes each file as it was and as it is, in one order; ``finish`` compares. Close it after use.

    References to the ``decided`` UIDs may resolve to another object than before.
    """

    def __init__(self, decided: Collection[str] = ()) -> None:
        self._decided = decided
        self._before, self._after = Catalog.create(None), Catalog.create(None)
        self._writers = CatalogWriter(self._before), CatalogWriter(self._after)
        for writer in self._writers:
            writer.add_sources([("/", True)])
        self._names: list[str] = []
        self._removed: dict[int, tuple[str, ...]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._before.close()
        self._after.close()

    def add(self, name: str, before: FileRecord, after: FileRecord, removed: Collection[str]) -> None:
        """Take one file; ``removed`` are the paths of elements and items that the plan takes out."""
        number = len(self._names)
        self._names.append(name)
        if removed:
            self._removed[number] = tuple(_ITEM_NUMBER.sub("[]", path) for path in removed)
        for writer, record in zip(self._writers, (before, after), strict=True):
            writer.add([record._replace(source=0, path=f"{number:09}")])

    def finish(self) -> ReferenceCounts:
        """Compare and count.

        Raises ``VerificationError`` for a reference that resolved before and does not resolve to the
        same file after.
        """
        for writer in self._writers:
            writer.finish()
        past = Counter[ReferenceState](), Counter[ReferenceState]()
        resolved = zip(
            _by_file(self._before, past[0], self._decided), _by_file(self._after, past[1]), strict=True
        )
        rewritten = 0
        unresolved: list[UnresolvedReference] = []
        for number, (before, after) in enumerate(resolved):
            rewritten += _rewritten(before.named, after.named)
            unresolved += self._told(number, after.unresolved[: MOST_UNRESOLVED - len(unresolved)])
            lost = {
                key: times
                for key, times in (before.resolved - after.resolved).items()
                if not self._is_removed(number, key[0])
            }
            if lost:
                pattern, kind, _ = next(iter(lost))
                raise VerificationError(
                    f"{self._names[number]}: the reference {pattern} ({kind.replace('_', ' ')}) no longer"
                    " resolves to the same object; nothing was published."
                )
        return ReferenceCounts(
            _less(state_counts(self._before), past[0]),
            _less(state_counts(self._after), past[1]),
            rewritten,
            tuple(unresolved),
        )

    def _told(self, number: int, rows: Iterable[ReferenceRow]) -> Iterator[UnresolvedReference]:
        for row in rows:
            yield UnresolvedReference(
                self._names[number], row.pattern, row.uid, row.kind, row.class_uid, row.state, row.count
            )

    def _is_removed(self, number: int, pattern: str) -> bool:
        return pattern.startswith(self._removed.get(number, ()) or "\0")


def _less(counts: Mapping[ReferenceState, int], past: Counter[ReferenceState]) -> dict[ReferenceState, int]:
    return {state: times - past[state] for state, times in counts.items()}


def _by_file(
    catalog: Catalog, past: Counter[ReferenceState], left_out: Collection[str] = ()
) -> Iterator[_OfFile]:
    """The references of every file, those resolved but to some UIDs, in the order the files were added.

    Those that are the past are left out, and counted in ``past``.
    """
    ids = occurrences_below(catalog, ROOT)
    place = {id_: number for number, id_ in enumerate(ids)}
    grouped = groupby(references_of(catalog, ids), key=lambda row: row.from_occurrence)
    pending = next(grouped, None)
    for id_ in ids:
        if pending is not None and pending[0] == id_:
            rows = list(_present(pending[1], past))
            resolved = _resolved((row for row in rows if row.uid not in left_out), place)
            unresolved = tuple(row for row in rows if row.state in UNRESOLVED_STATES)
            yield _OfFile(resolved, _named(rows), unresolved)
            pending = next(grouped, None)
        else:
            yield _OfFile(Counter(), Counter())


def _present(rows: Iterator[ReferenceRow], past: Counter[ReferenceState]) -> Iterator[ReferenceRow]:
    for row in rows:
        if _FORMER in row.pattern:
            past[row.state] += row.count
        else:
            yield row


def _named(rows: Iterable[ReferenceRow]) -> Counter[_Named]:
    found: Counter[_Named] = Counter()
    for row in rows:
        found[row.pattern, row.uid] += row.count
    return found


def _rewritten(before: Counter[_Named], after: Counter[_Named]) -> int:
    """How many references of a file have changed: in each place as many as have gone and have come."""
    gone, come = Counter[str](), Counter[str]()
    for changed, difference in ((gone, before - after), (come, after - before)):
        for (pattern, _), times in difference.items():
            changed[pattern] += times
    return (gone & come).total()


def _resolved(rows: Iterable[ReferenceRow], place: dict[int, int]) -> Counter[_Resolved]:
    found: Counter[_Resolved] = Counter()
    for row in rows:
        if row.state == "resolved" and row.kind in _COMPARED:
            targets = frozenset(place[target] for target in row.targets)
            found[row.pattern, row.kind, targets] += row.count
    return found
