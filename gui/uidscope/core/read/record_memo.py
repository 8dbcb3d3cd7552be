"""Records of files whose headers are like those read before, without walking them again.

The memo holds the layouts of the last few kinds of header. A file that fits one of them gets the record
that the walk would have made; any other is walked as ever. What is kept is made from files that are whole
and faultless, and is tried on the very file it was made from before it is used.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from uidscope.core.errors import UidscopeError
from uidscope.core.read import attributes
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.header_layout import Freedom, HeaderLayout, Use
from uidscope.core.read.item_layout import ItemMemo
from uidscope.core.read.layout_example import Example, NotKept, Target
from uidscope.core.read.layout_numbers import holds_numbers_in_ui_only
from uidscope.core.read.make_record import make_record
from uidscope.core.read.record import FileRecord, FileStamp, RawReference, RawUiValue
from uidscope.core.read.walker import HeaderWalker, ReadAt, TooDeep, TooLarge

_MOST_LAYOUTS: Final = 8
_MOST_VARIANTS: Final = 256
_MOST_VALUES: Final = 100  # objects that hold more are mostly one of a kind
# To learn from a file takes as long as so many recalled records save.
_PRICE: Final = 25
_FIRST_CREDIT: Final = 12 * _PRICE
_MOST_CREDIT: Final = 40 * _PRICE
_ANYWAY: Final = 100  # one in so many files is learned from where learning has not paid
_MOST_SHAPES: Final = 64

_plain_uid = re.compile(rb"[0-9.]+\0?").fullmatch


class _Variant(NamedTuple):
    """What a record says that its own UIDs and its number have no part in."""

    profile: tuple[str | None, ...]
    values: tuple[RawUiValue, ...]
    references: tuple[RawReference, ...]


class Recalled(NamedTuple):
    """A record, and the bytes in which alone a number can stand that is no UI element's.

    ``searchable`` is None where it is not known which bytes these are.
    """

    record: FileRecord
    searchable: list[bytes] | None


class RecordMemo:
    """What one process remembers of the headers it has read. Bounded; threads may share one.

    ``items`` is what it remembers of the items of sequences, for the walk of the other files.
    """

    def __init__(self) -> None:
        self.items = ItemMemo()
        self._kinds: tuple[_Kind, ...] = ()
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
        new, replaced = _Kind(example, example.layout), None
        for kind in self._kinds:
            merged = kind.layout.merged(example.layout)
            if merged is not None:
                replaced = kind
                if not merged.mostly_differs():
                    new = _Kind(example, merged)
                break
        record = example.record
        recalled = new.recall(record.source, record.path, record.stamp, example.head, example.read_at)
        if recalled is not None and recalled.record == record:
            others = [each for each in self._kinds if each is not replaced]
            self._kinds = (new, *others[: _MOST_LAYOUTS - 1])


class _Kind:
    """A layout, and how the values that differ make a record of a file that fits it."""

    def __init__(self, example: Example, layout: HeaderLayout) -> None:
        self.layout = layout
        self._record = example.record
        self._start = example.start
        self._walk = example.walk
        self._pixel_length = example.walk.pixel_length or 0
        self._is_searchable = holds_numbers_in_ui_only(example, layout)
        self._own: list[Target] = []
        self._other: list[Target] = []
        for part, target in zip(layout.parts, example.targets, strict=True):
            if part.free > Freedom.NOTHING and target is not None and part.use:
                (self._own if part.use is Use.OWN else self._other).append(target)
        self._meta_at = next((at for at, each in enumerate(self._own) if each.meta >= 0), -1)
        self._uid_at = next((at for at, each in enumerate(self._own) if each.value >= 0), -1)
        self._number_at = next((at for at, each in enumerate(self._own) if each.key >= 0), -1)
        self._character_set = example.walk.keys.get(attributes.SPECIFIC_CHARACTER_SET, b"")
        self._variants: dict[tuple[bytes, ...], _Variant] = {}

    def recall(
        self, source: int, path: str, stamp: FileStamp, head: bytes, read_at: ReadAt
    ) -> Recalled | None:
        """What is recalled of a file that fits, else ``None``."""
        size = stamp[0]
        fit = self.layout.fit(head, size, read_at)
        if fit is None:
            return None
        own, other, searchable, end, buffer, base = fit
        if self._pixel_length < 0:
            pixels = HeaderWalker(buffer, base, size, read_at)
            if pixels.fragments_end(end, self._record.encoding) != size:
                return None
        elif end + self._pixel_length != size:
            return None
        variant = self._variants.get(tuple(other)) or self._new_variant(other, stamp)
        uids = self._own_uids(own)
        if variant is None or uids is None:
            return None
        known, number_at = self._record, self._number_at
        number = known.instance_number if number_at < 0 else decode_text(own[number_at], self._character_set)
        profile, values, references = variant
        record = tuple.__new__(  # a third of the time of FileRecord(...)
            FileRecord,
            (
                source,
                path,
                stamp,
                known.encoding,
                known.flags,
                profile,
                uids[0],
                uids[1],
                number,
                values,
                references,
                known.faults,
            ),
        )
        return Recalled(record, searchable if self._is_searchable else None)

    def _own_uids(self, own: list[bytes]) -> tuple[str, str | None] | None:
        """The object's UID, and that of the file meta; ``None`` where one is oddly encoded."""
        uid, meta_uid = self._record.sop_instance_uid, self._record.meta_sop_instance_uid
        raw_uid = None
        if self._uid_at >= 0:
            raw_uid = own[self._uid_at]
            if len(raw_uid) & 1 or not _plain_uid(raw_uid):
                return None
            uid = raw_uid.rstrip(b"\0").decode("ascii")
        if self._meta_at >= 0:
            raw = own[self._meta_at]
            if raw == raw_uid:
                return uid, uid
            if len(raw) & 1 or not _plain_uid(raw):
                return None
            meta_uid = raw.rstrip(b"\0").decode("ascii")
        return uid, meta_uid

    def _new_variant(self, other: list[bytes], stamp: FileStamp) -> _Variant | None:
        """Make the record as ever, from what the walk of the file would have found."""
        meta, walk = list(self._start.meta), self._walk
        values, keys = list(walk.values), dict(walk.keys)
        for target, raw in zip(self._other, other, strict=True):
            if target.meta >= 0:
                meta[target.meta] = replace(meta[target.meta], raw=raw)
            elif target.value >= 0:
                pattern, _, offset, item = values[target.value]
                values[target.value] = (pattern, raw, offset, item)
            else:
                keys[target.key] = raw
        start = replace(self._start, meta=tuple(meta))
        record = make_record(
            0, "", stamp, start, replace(walk, values=values, keys=keys), self._record.encoding
        )
        if record.faults or record.flags != self._record.flags:
            return None
        variant = _Variant(record.profile, record.values, record.references)
        if len(self._variants) >= _MOST_VARIANTS:
            self._variants.clear()
        self._variants[tuple(other)] = variant
        return variant
