"""Records of files whose headers are like those read before, without walking them again.

The memo holds the layouts of the last few kinds of header. A file that fits one of them gets the record
that the walk would have made; any other is walked as ever. What is kept is made from files that are whole
and faultless, and is tried on the very file it was made from before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidscope.core.errors import UidscopeError
from uidscope.core.read.item_layout import ItemMemo
from uidscope.core.read.record import FileRecord, FileStamp
from uidscope.core.read.walker import ReadAt, TooDeep, TooLarge

# What learns is loaded when a second file of a kind comes.
if TYPE_CHECKING:
    from uidscope.core.read.header_kind import HeaderKind, Recalled
    from uidscope.core.read.layout_example import Example

_MOST_LAYOUTS: Final = 8
_MOST_VALUES: Final = 100  # objects that hold more are mostly one of a kind
# To learn from a file takes as long as so many recalled records save.
_PRICE: Final = 25
_FIRST_CREDIT: Final = 12 * _PRICE
_MOST_CREDIT: Final = 40 * _PRICE
_ANYWAY: Final = 100  # one in so many files is learned from where learning has not paid
_MOST_SHAPES: Final = 64


class RecordMemo:
    """What one process remembers of the headers it has read. Bounded; threads may share one.

    ``items`` is what it remembers of the items of sequences, for the walk of the other files.
    """

    def __init__(self) -> None:
        self.items = ItemMemo()
        self._kinds: tuple[HeaderKind, ...] = ()
        self._credit = _FIRST_CREDIT
        self._passed_over = 0
        self._shapes: set[tuple[object, ...]] = set()

    def recall(
        self, source: int, path: str, stamp: FileStamp, head: bytes, read_at: ReadAt
    ) -> FileRecord | None:
        """The record of a file whose header is like one read before, else ``None``; as ``recall_whole``."""
        recalled = self.recall_whole(source, path, stamp, head, read_at)
        return None if recalled is None else recalled.record

    def recall_whole(
        self, source: int, path: str, stamp: FileStamp, head: bytes, read_at: ReadAt
    ) -> Recalled | None:
        """The same, with what is to be searched for numbers.

        ``head`` is how the file begins; ``read_at`` brings its other bytes, and what it raises is raised.
        """
        for kind in self._kinds:
            recalled = kind.recall(source, path, stamp, head, read_at)
            if recalled is not None:
                if self._kinds[0] is not kind:
                    self._kinds = (kind, *[each for each in self._kinds if each is not kind])
                if self._credit < _MOST_CREDIT:
                    self._credit += 1
                return recalled
        return None

    def learn(self, record: FileRecord, head: bytes, read_at: ReadAt) -> None:
        """Keep the layout of a file that was read the long way; ``record`` is what came of it.

        Only what seems to come again is kept, and little more time is spent on it than it has saved.
        Never raises.
        """
        if record.faults or record.encoding == "deflated" or len(record.values) > _MOST_VALUES:
            return
        if not self._comes_again(record):
            return
        self._passed_over += 1
        if self._credit < _PRICE and self._passed_over < _ANYWAY:
            return
        self._passed_over, self._credit = 0, max(0, self._credit - _PRICE)
        from uidscope.core.read.layout_example import Example, NotKept  # noqa: PLC0415 - as said above

        try:
            self._keep(Example(record, head, read_at))
        except (OSError, UidscopeError, TooDeep, TooLarge, NotKept):
            return

    def _comes_again(self, record: FileRecord) -> bool:
        """Whether a file with the same UI elements was read before."""
        shape = (record.encoding, record.flags, *[pattern for pattern, _, _ in record.values])
        if shape in self._shapes:
            return True
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        self._shapes.add(shape)
        return False

    def _keep(self, example: Example) -> None:
        from uidscope.core.read.header_kind import HeaderKind  # noqa: PLC0415 - as said above

        new, replaced = HeaderKind(example, example.layout), None
        for kind in self._kinds:
            merged = kind.layout.merged(example.layout)
            if merged is not None:
                replaced = kind
                if not merged.mostly_differs():
                    new = HeaderKind(example, merged)
                break
        record = example.record
        recalled = new.recall(record.source, record.path, record.stamp, example.head, example.read_at)
        if recalled is not None and recalled.record == record:
            others = [each for each in self._kinds if each is not replaced]
            self._kinds = (new, *others[: _MOST_LAYOUTS - 1])
