"""One kind of header: the layout that files of one make share, and the record of a file that fits it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from uidscope.core.read import attributes
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.header_layout import Freedom, HeaderLayout, Use
from uidscope.core.read.layout_example import Example, Target
from uidscope.core.read.layout_numbers import holds_numbers_in_ui_only
from uidscope.core.read.make_record import make_record
from uidscope.core.read.record import FileRecord, FileStamp, RawReference, RawUiValue
from uidscope.core.read.walker import HeaderWalker, ReadAt

_MOST_VARIANTS: Final = 256

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


class HeaderKind:
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
                meta[target.meta] = meta[target.meta]._replace(raw=raw)
            elif target.value >= 0:
                pattern, _, offset, item = values[target.value]
                values[target.value] = (pattern, raw, offset, item)
            else:
                keys[target.key] = raw
        start = self._start._replace(meta=tuple(meta))
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
