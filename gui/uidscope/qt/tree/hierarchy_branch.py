"""An opened node of the tree: all its children by their ids, and the window of them that views know of."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node, NodeLevel, child_ids, level_below
from uidscope.core.catalog.tree_filter import TreeFilter
from uidscope.core.catalog.tree_order import Order
from uidscope.qt.tree.row_differences import Insertion, Move, Removal, differences

ROWS_AT_A_TIME: Final = 500
MOST_ROWS: Final = 6 * ROWS_AT_A_TIME
"""A tree view lays out all rows it knows of anew whenever some come, so it never knows of more."""

Change = Removal | Move | Insertion
Question = Callable[[], Sequence[int]]


@dataclass(slots=True)
class Branch:
    """`shown` are the ids of the window, which begins at `first` of `all_ids`.

    `key` is the internal id of the children's indexes. `place` is where the node itself stands below
    `above`, as far as is known. `whole` says for each filter whether it keeps everything here. `question`
    is how the ids are being found, while they are; `is_outdated` says that they must be found once more.
    `copied` are those instances of the window that have several files. `opened` holds the branches of
    children by their ids.
    """

    key: int
    node: Node
    above: int
    whole: tuple[bool, ...]
    place: int = 0
    all_ids: Sequence[int] = ()
    first: int = 0
    shown: array[int] = field(default_factory=lambda: array("q"))
    question: Question | None = None
    is_outdated: bool = False
    copied: frozenset[int] = frozenset()
    opened: dict[int, Branch] = field(default_factory=dict)
    level: NodeLevel = field(init=False)

    def __post_init__(self) -> None:
        level = level_below(self.node)
        assert level is not None
        self.level = level

    @property
    def waits(self) -> bool:
        """Whether no ids are there before those that are being found."""
        return self.question is not None and not self.all_ids

    @property
    def past_last(self) -> int:
        """Where in `all_ids` the window ends."""
        return self.first + len(self.shown)

    def child(self, place: int) -> Node:
        """The child at a place of the window."""
        return Node(self.level, self.shown[place])

    def may_open(self, place: int) -> bool:
        """Whether the child at a place has something below it, told without reading it.

        What is above an instance is in the catalog for what lies below it.
        """
        if self.level == "instance":
            return self.shown[place] in self.copied
        return self.level != "file"

    def after(self) -> Iterator[Change]:
        """Let the window take in more rows at its end."""
        past_last = min(self.past_last + ROWS_AT_A_TIME, len(self.all_ids))
        yield from self._move_window(max(self.first, past_last - MOST_ROWS), past_last)

    def before(self) -> Iterator[Change]:
        """Let the window take in more rows at its beginning."""
        first = max(self.first - ROWS_AT_A_TIME, 0)
        yield from self._move_window(first, min(self.past_last, first + MOST_ROWS))

    def around(self, place: int) -> Iterator[Change]:
        """Let the window hold a place of `all_ids`: by one step if it is near, else by a jump."""
        if self.past_last <= place < self.past_last + ROWS_AT_A_TIME:
            yield from self.after()
        elif self.first - ROWS_AT_A_TIME <= place < self.first:
            yield from self.before()
        else:
            first = max(place - ROWS_AT_A_TIME // 2, 0)
            yield from self._move_window(first, min(first + ROWS_AT_A_TIME, len(self.all_ids)))

    def renew(self, ids: Sequence[int]) -> Iterator[Change]:
        """Take other ids, and keep the window where it is among those that stay."""
        was_whole = self.past_last == len(self.all_ids)
        self.all_ids = ids
        ends = _ends(ids, self.shown)
        first = ends[0] if self.first else 0
        past_last = max(first, ends[1])
        if was_whole:
            past_last = max(past_last, min(len(ids), first + ROWS_AT_A_TIME))
        yield from self._move_window(first, min(past_last, first + MOST_ROWS))

    def apply(self, change: Change) -> None:
        """Do to the window what a change says."""
        match change:
            case Removal(first, past_last):
                del self.shown[first:past_last]
            case Move(origin, target):
                self.shown.insert(target, self.shown.pop(origin))
            case Insertion(first, ids):
                self.shown[first:first] = array("q", ids)

    def _move_window(self, first: int, past_last: int) -> Iterator[Change]:
        self.first = first
        yield from differences(self.shown, self.all_ids[first:past_last])


def kept_ids(
    catalog: Catalog,
    node: Node,
    filters: Sequence[TreeFilter],
    whole: Sequence[bool],
    order: Order | None = None,
) -> Sequence[int]:
    """The ids of all children of a node that the filters keep, in order."""
    ids = child_ids(catalog, node, order)
    level = level_below(node)
    if level is None:
        return ids
    for each, inside in zip(filters, whole, strict=True):
        if not inside:
            ids = each.wanted.counted(level, ids)
    return ids


def _ends(ids: Sequence[int], known: Sequence[int]) -> tuple[int, int]:
    """Where in `ids` those known begin and have ended; (0, 0) where none of them is left."""
    if not known:
        return 0, 0
    first, last = place_of(ids, known[0]), place_of(ids, known[-1])
    if 0 <= first <= last:
        return first, last + 1
    left = set(known)
    places = [place for place, id_ in enumerate(ids) if id_ in left]
    return (places[0], places[-1] + 1) if places else (0, 0)


def place_of(ids: Sequence[int], id_: int) -> int:
    """Where an id stands; -1 where it does not."""
    try:
        return ids.index(id_)
    except ValueError:
        return -1
