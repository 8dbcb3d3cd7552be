"""What must be announced to turn one order of rows into another, in the order in which it is announced."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Removal(NamedTuple):
    """Take out the rows from `first` to before `past_last`."""

    first: int
    past_last: int


class Move(NamedTuple):
    """Take the row at `origin` to `target`, which lies before it."""

    origin: int
    target: int


class Insertion(NamedTuple):
    """Put new rows before the one at `first`."""

    first: int
    ids: tuple[int, ...]


def differences(old: Sequence[int], new: Sequence[int]) -> Iterator[Removal | Move | Insertion]:
    """The changes from `old` to `new`, each with places as they are after those before it.

    Neither holds an id twice. Rows that stay where they are among the others are not touched; runs of
    rows are removed and inserted at once.
    """
    rows = list(old)
    wanted = set(new)
    for removal in _removals(rows, wanted):
        del rows[removal.first : removal.past_last]
        yield removal
    there = set(rows)
    for target, id_ in enumerate(id_ for id_ in new if id_ in there):
        if rows[target] != id_:
            origin = rows.index(id_, target)
            rows.insert(target, rows.pop(origin))
            yield Move(origin, target)
    yield from _insertions(there, new)


def _removals(rows: Sequence[int], wanted: set[int]) -> list[Removal]:
    """From the last to the first, so that the places before stay as they are."""
    removals: list[Removal] = []
    past_last = len(rows)
    while past_last:
        first = past_last
        while first and rows[first - 1] not in wanted:
            first -= 1
        if first < past_last:
            removals.append(Removal(first, past_last))
        past_last = max(first - 1, 0)
    return removals


def _insertions(there: set[int], new: Sequence[int]) -> Iterator[Insertion]:
    run: list[int] = []
    for place, id_ in enumerate(new):
        if id_ not in there:
            run.append(id_)
        elif run:
            yield Insertion(place - len(run), tuple(run))
            run = []
    if run:
        yield Insertion(len(new) - len(run), tuple(run))
