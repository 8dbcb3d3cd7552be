"""The header walker: every UI value of a file, from its raw bytes, without building a dataset.

One loop over the elements, stepping into sequences as it meets them and over everything else by its
length; only UI fields and a few keys of the top level are ever sliced. The bytes are looked at as they
are, since a library that strips padding hides the faults this program looks for.

``structure`` reads the same files completely; tests hold the two side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from uidscope.core.read.attributes import PIXEL_DATA
from uidscope.core.read.dialect import (
    DULL,
    LONG,
    NO_VR,
    SQ,
    UI,
    UN,
    Dialect,
    PathNames,
    dialect_named,
    keys_of,
    names_for,
    note_creator,
    vr_of_unknown,
)
from uidscope.core.read.item_layout import MOST_ITEMS, ItemMemo, Siblings
from uidscope.core.read.walk import Walk
from uidscope.core.uid.dictionary import LONGEST_CREATOR

UNDEFINED = 0xFFFFFFFF
MAX_DEPTH = 64
MAX_ITEMS = 2_000_000
FIRST_READ = 8192
NEXT_READ = 65536

ReadAt = Callable[[int, int], bytes]


class TooDeep(Exception):
    """Sequences are nested deeper than ``MAX_DEPTH``."""


class TooLarge(Exception):
    """More items than ``MAX_ITEMS``."""


class _Stop(Exception):
    """The rest cannot be read; the fault is already noted."""


class HeaderWalker:
    """Walks one data set; ``buffer`` holds its bytes from ``base`` on, ``read_at`` brings others.

    ``size`` is where the data set's bytes end. The walker never reads outside ``[base, size)``.
    ``items`` holds what was learned of the items of sequences; without it each is walked. What comes
    of it is the same.
    """

    def __init__(
        self, buffer: bytes, base: int, size: int, read_at: ReadAt, items: ItemMemo | None = None
    ) -> None:
        self._items = items
        self._buffer = buffer
        self._base = base
        self._size = size
        self._read_at = read_at
        self.walk = Walk()

    def run(self, start: int, encoding: str) -> Walk:
        """Walk from offset ``start``; ``encoding`` is explicit-le, implicit-le or explicit-be.

        Truncation and faults of structure end the walk and stand in ``Walk.faults``.
        Raises TooDeep and TooLarge.
        """
        dialect = dialect_named(encoding)
        if dialect.big_endian:
            self.walk.byte_order = "big"
        with suppress(_Stop):
            self._dataset(dialect, start, self._size, dialect.names, 0, 0, is_open=False)
        return self.walk

    def fragments_end(self, start: int, encoding: str) -> int | None:
        """Where encapsulated data end whose fragments begin at ``start``; ``None`` where they are broken."""
        with suppress(_Stop):
            return self._fragments(dialect_named(encoding), start, "")
        return None

    # ---- bytes ---------------------------------------------------------------------------------

    def _refill(self, position: int, need: int) -> None:
        """Make the buffer start at ``position`` and hold ``need`` bytes; a file may have shrunk."""
        length = min(max(need, NEXT_READ), self._size - position)
        self._buffer = self._read_at(position, length) if length > 0 else b""
        self._base = position
        if len(self._buffer) < need:
            self._fault(
                "FILE-01", "", f"the file ends inside an element, at byte {position + len(self._buffer)}"
            )
            raise _Stop

    def _bytes(self, position: int, length: int) -> bytes:
        """``length`` bytes from ``position``; ends the walk with FILE-01 where the file has fewer."""
        offset = position - self._base
        if offset < 0 or offset + length > len(self._buffer):
            if position + length > self._size:
                self._fault("FILE-01", "", f"the file ends inside an element at byte {position}")
                raise _Stop
            self._refill(position, length)
            offset = 0
        return self._buffer[offset : offset + length]

    def _fault(self, rule: str, path: str, detail: str) -> None:
        """Note a fault; of several in a chain of containers the first names the cause."""
        if rule in ("FILE-01", "FILE-02") and any(
            known in ("FILE-01", "FILE-02") for known, _, _ in self.walk.faults
        ):
            return
        self.walk.faults.append((rule, path.rstrip("."), detail))

    # ---- data sets -----------------------------------------------------------------------------

    def _dataset(
        self,
        dialect: Dialect,
        start: int,
        end: int,
        names: PathNames,
        item: int,
        depth: int,
        *,
        is_open: bool,
    ) -> int:
        """Walk the elements of one data set; gives the offset behind it.

        ``is_open``: of undefined length, so an Item Delimitation closes it (PS3.5 7.5.2).
        """
        seen: list[int] = []
        creators: dict[int, str] = {}
        elements = self._explicit if dialect.explicit else self._implicit
        if dialect.explicit and self._looks_implicit(dialect, start, end):
            # Some writers leave the VRs out inside sequences of an explicit file.
            other = dialect_named("implicit-le")
            names = names_for(other, names)
            return self._dataset(other, start, end, names, item, depth, is_open=is_open)
        position = elements(dialect, start, end, names, item, depth, seen, creators, is_open)
        once = set(seen)
        if len(once) != len(seen):
            self._note_doubles(names, seen)
        if not dialect.delimiters.isdisjoint(once):
            self._fault("FILE-02", names.prefix, "a delimiter stands as an element")
        return position

    def _looks_implicit(self, dialect: Dialect, start: int, end: int) -> bool:
        """Whether a data set declared explicit begins with an element that has no VR."""
        if end - start < 8 or start + 8 > self._size:
            return False
        head = self._bytes(start, 8)
        tag, vr, _ = dialect.unpack_header(head, 0)
        if dialect.kinds[vr] != NO_VR or tag in dialect.delimiters:
            return False
        return not (head[4:6].isalpha() and head[4:6].isupper()) and not dialect.big_endian

    def _note_doubles(self, names: PathNames, seen: list[int]) -> None:
        counted: dict[int, int] = {}
        for tag in seen:
            counted[tag] = counted.get(tag, 0) + 1
        for tag, count in counted.items():
            if count > 1:
                self._fault("FILE-04", names[tag], f"stands {count} times")

    def _explicit(  # noqa: C901, PLR0912 - the one hot loop: a call an element would double its time
        self,
        dialect: Dialect,
        position: int,
        end: int,
        names: PathNames,
        item: int,
        depth: int,
        seen: list[int],
        creators: dict[int, str],
        is_open: bool,
    ) -> int:
        unpack, kinds = dialect.unpack_header, dialect.kinds
        odd_group, creators_below = dialect.odd_group, dialect.creators_below
        keys = keys_of(dialect, names, item)
        values, taken = self.walk.values, self.walk.keys
        see = seen.append
        while True:
            buffer, base = self._buffer, self._base
            held = len(buffer)
            offset, stop = position - base, min(end - base, held) - 7
            if offset < 0:
                stop = offset  # another data set moved the window: fetch ours again
            while offset < stop:
                tag, vr, length = unpack(buffer, offset)
                kind = kinds[vr]
                if kind == DULL:
                    if tag in keys or (tag & odd_group and tag < creators_below):
                        if offset + 8 + length > held:
                            break
                        raw = buffer[offset + 8 : offset + 8 + length]
                        if tag in keys:
                            self._take(dialect, taken, tag, raw, item)
                        else:
                            note_creator(dialect, creators, tag, raw)
                    see(tag)
                    offset += 8 + length
                elif kind == UI:
                    if offset + 8 + length > held:
                        break
                    see(tag)
                    offset += 8
                    values.append((names[tag], buffer[offset : offset + length], base + offset, item))
                    offset += length
                else:
                    break
            position = base + offset
            if position >= end:
                return self._finish(position, end, names, is_open)
            if offset >= stop or DULL <= kind < LONG:
                self._need(position, 8 if offset >= stop else 8 + length, end, names, is_open)
                continue
            if kind == NO_VR:
                if tag in dialect.delimiters:
                    return self._delimiter(dialect, tag, position, names, is_open)
                if tag == 0 and self._only_zeros(position, end):
                    return end
                header, length = self._unknown_vr(dialect, position, names)
                see(tag)
                self._note_creator(dialect, creators, tag, position + header, length, end)
                position += header + length
                continue
            see(tag)
            (length,) = dialect.unpack_length(self._bytes(position, 12), 8)
            position = self._long(
                dialect, tag, kind, position + 12, length, end, names, item, depth, creators
            )

    def _implicit(  # noqa: C901, PLR0912, PLR0915 - as above
        self,
        dialect: Dialect,
        position: int,
        end: int,
        names: PathNames,
        item: int,
        depth: int,
        seen: list[int],
        creators: dict[int, str],
        is_open: bool,
    ) -> int:
        unpack, special = dialect.unpack_header, dialect.special
        keys = keys_of(dialect, names, item)
        values, taken = self.walk.values, self.walk.keys
        ui, see = dialect.ui, seen.append
        creators_below, block_mask = dialect.creators_below, dialect.block_mask
        while True:
            buffer, base = self._buffer, self._base
            held = len(buffer)
            offset, stop = position - base, min(end - base, held) - 7
            if offset < 0:
                stop = offset
            while offset < stop:
                tag, length = unpack(buffer, offset)
                if tag in special or tag & 1 or length == UNDEFINED:
                    behind = offset + 8 + length
                    if tag in ui:
                        if behind > held:
                            break
                        see(tag)
                        values.append((names[tag], buffer[offset + 8 : behind], base + offset + 8, item))
                    elif tag in keys:
                        if behind > held:
                            break
                        see(tag)
                        self._take(dialect, taken, tag, buffer[offset + 8 : behind], item)
                    elif tag & 1 and length != UNDEFINED and behind <= held:
                        if tag < creators_below:
                            note_creator(dialect, creators, tag, buffer[offset + 8 : behind])
                        elif tag & block_mask in creators and vr_of_unknown(dialect, tag, creators):
                            break
                        see(tag)
                    elif tag in dialect.keys or tag in dialect.purpose_keys:
                        see(tag)  # a key, but of another level
                    else:
                        break
                    offset = behind
                else:
                    see(tag)
                    offset += 8 + length
            position = base + offset
            if position >= end:
                return self._finish(position, end, names, is_open)
            if offset >= stop:
                self._need(position, 8, end, names, is_open)
            elif tag in dialect.delimiters:
                return self._delimiter(dialect, tag, position, names, is_open)
            elif tag in ui or tag in keys:
                self._need(position, 8 + length, end, names, is_open)
            elif tag == 0 and self._only_zeros(position, end):
                return end
            else:
                see(tag)
                kind = self._implicit_kind(dialect, tag, length)
                position = self._long(
                    dialect, tag, kind, position + 8, length, end, names, item, depth, creators
                )

    def _implicit_kind(self, dialect: Dialect, tag: int, length: int) -> int:
        """The VR of an implicit element that is neither a standard UI nor a key."""
        if tag in dialect.pixel_data or tag == dialect.provider_url:
            return LONG
        if tag in dialect.sq or (length == UNDEFINED and not tag & 1):
            return SQ
        return UN if tag & 1 else LONG

    # ---- elements with a length of their own -----------------------------------------------------

    def _long(
        self,
        dialect: Dialect,
        tag: int,
        kind: int,
        start: int,
        length: int,
        end: int,
        names: PathNames,
        item: int,
        depth: int,
        creators: dict[int, str],
    ) -> int:
        """One element whose value begins at ``start``; gives the offset behind it."""
        inner = dialect
        self._note_creator(dialect, creators, tag, start, length, end)
        if kind == UN:
            vr = vr_of_unknown(dialect, tag, creators)
            if length == UNDEFINED:
                kind, inner = SQ, dialect_named("implicit-le")  # PS3.5 6.2.2, note on UN
            elif vr == "UI":
                self.walk.values.append((names[tag], self._bytes(start, length), start, item))
            elif tag in dialect.keys and not item and length <= NEXT_READ:
                self._take(dialect, self.walk.keys, tag, self._bytes(start, length), item)
            elif vr == "SQ" and self._begins_with_item(start, length, end):
                kind, inner = SQ, dialect_named("implicit-le")
        if kind == SQ:
            below = names_for(inner, names.below(tag)) if inner is not dialect else names.below(tag)
            return self._sequence(inner, start, length, end, below, item, depth)
        if tag in dialect.pixel_data:
            if not item:
                self.walk.pixel_length = -1 if length == UNDEFINED else min(length, self._size - start)
                self.walk.has_float_pixels = dialect.natural(tag) != PIXEL_DATA[0]
        elif tag == dialect.provider_url:
            self.walk.has_provider_url = True
        if length == UNDEFINED:
            return self._fragments(dialect, start, names[tag])
        if start + length > end:
            self._overrun(start + length, names[tag])
        return start + length

    def _note_creator(
        self, dialect: Dialect, creators: dict[int, str], tag: int, start: int, length: int, end: int
    ) -> None:
        """Note the element if it is a private creator; some writers know all of a group as UN, it too."""
        if length == UNDEFINED or start + length > end:
            return
        if tag & dialect.odd_group and tag < dialect.creators_below:
            note_creator(dialect, creators, tag, self._bytes(start, min(length, LONGEST_CREATOR)))

    def _begins_with_item(self, start: int, length: int, end: int) -> bool:
        if length == 0 or start + length > end:
            return length == 0
        return length >= 8 and self._bytes(start, 4) == b"\xfe\xff\x00\xe0"

    def _unknown_vr(self, dialect: Dialect, position: int, names: PathNames) -> tuple[int, int]:
        """Header and value length of an element with a VR that no edition lists."""
        head = self._bytes(position, 8)
        tag, _, length = dialect.unpack_header(head, 0)
        if not (head[4:6].isalpha() and head[4:6].isupper()):
            self._fault("FILE-02", names[tag], f"no VR where one must stand, at byte {position}")
            raise _Stop
        if length:
            return 8, length
        # A VR of a later edition has two reserved bytes and a 32-bit length (PS3.5 7.1.2).
        (length,) = dialect.unpack_length(self._bytes(position, 12), 8)
        return 12, length

    def _fragments(self, dialect: Dialect, position: int, path: str) -> int:
        """Step over encapsulated pixel data (PS3.5 A.4); gives the offset behind the delimiter."""
        while True:
            if position + 8 > self._size:
                self._fault("FILE-01", path, "the file ends inside encapsulated data")
                raise _Stop
            tag, length = dialect.unpack_item(self._fragment_head(position), 0)
            position += 8
            if tag == dialect.sequence_end:
                return position
            if tag != dialect.item or length == UNDEFINED:
                self._fault("FILE-02", path, f"no fragment where one must stand, at byte {position - 8}")
                raise _Stop
            position += length

    def _fragment_head(self, position: int) -> bytes:
        """Eight bytes, read alone where they lie outside the window: fragments may be large and many."""
        offset = position - self._base
        if offset >= 0 and offset + 8 <= len(self._buffer):
            return self._buffer[offset : offset + 8]
        head = self._read_at(position, min(FIRST_READ, self._size - position))
        self._buffer, self._base = head, position
        return head[:8].ljust(8, b"\0")

    # ---- sequences -------------------------------------------------------------------------------

    def _sequence(
        self,
        dialect: Dialect,
        position: int,
        length: int,
        limit: int,
        names: PathNames,
        item: int,
        depth: int,
    ) -> int:
        if depth >= MAX_DEPTH:
            raise TooDeep
        is_open = length == UNDEFINED
        end = limit if is_open else position + length
        if end > limit:
            self._note_overrun(end, names.prefix)
            self._sequence(dialect, position, limit - position, limit, names, item, depth)
            raise _Stop  # what lies inside was read; what follows cannot be trusted
        walk, number = self.walk, 0
        siblings = self._items.siblings(dialect, names) if self._items else None
        while is_open or position < end:
            if position + 8 > end:
                self._unclosed(position, names, is_open=is_open)
            tag, item_length = dialect.unpack_item(self._bytes(position, 8), 0)
            position += 8
            if tag == dialect.item:
                number += 1
                if siblings and siblings.layouts and len(walk.parents) < MAX_ITEMS - MOST_ITEMS:
                    # The window stays where the walk would have it: how a fault is told may hang on it.
                    buffer, base = self._buffer, self._base
                    start, most = position - base, min(end - base, len(buffer))
                    behind = siblings.add(walk, buffer, base, start, item_length, most, item, number)
                    if behind >= 0:
                        position = base + behind
                        continue
                start = position
                position = self._item(dialect, start, item_length, end, names, item, number, depth)
                if siblings:
                    self._learn(siblings, dialect, names, start, position, is_open=item_length == UNDEFINED)
            elif tag == dialect.sequence_end and is_open:
                return position
            else:
                self._fault("FILE-02", names.prefix, f"no item where one must stand, at byte {position - 8}")
                raise _Stop
        return position

    def _learn(
        self, siblings: Siblings, dialect: Dialect, names: PathNames, start: int, end: int, *, is_open: bool
    ) -> None:
        """Let the next items be held against the one from ``start`` to ``end``, if it is at hand."""
        first, last = start - self._base, end - self._base
        if self._items and first >= 0 and last <= len(self._buffer) and not self.walk.faults:
            self._items.learn(siblings, dialect, names, self._buffer[first:last], is_open=is_open)

    def _item(
        self,
        dialect: Dialect,
        position: int,
        length: int,
        limit: int,
        names: PathNames,
        parent: int,
        number: int,
        depth: int,
    ) -> int:
        walk = self.walk
        item = len(walk.parents)
        if item > MAX_ITEMS:
            raise TooLarge
        walk.parents.append(parent)
        walk.ordinals.append(number)
        if length == UNDEFINED:
            return self._dataset(dialect, position, limit, names, item, depth + 1, is_open=True)
        if position + length > limit:
            self._note_overrun(position + length, names.prefix)
            self._dataset(dialect, position, limit, names, item, depth + 1, is_open=False)
            raise _Stop
        return self._dataset(dialect, position, position + length, names, item, depth + 1, is_open=False)

    # ---- ends ------------------------------------------------------------------------------------

    def _finish(self, position: int, end: int, names: PathNames, is_open: bool) -> int:
        """The last element of a data set ends at ``position``, at or behind ``end``."""
        if position > end:
            self._overrun(position, names.prefix)
        if is_open:
            self._unclosed(position, names, is_open=True)
        return position

    def _note_overrun(self, position: int, path: str) -> None:
        if position > self._size:
            self._fault("FILE-01", path, f"the file has {self._size} bytes, an element ends at {position}")
        else:
            self._fault("FILE-02", path, f"a length runs past its parent, to byte {position}")

    def _overrun(self, position: int, path: str) -> NoReturn:
        self._note_overrun(position, path)
        raise _Stop

    def _unclosed(self, position: int, names: PathNames, *, is_open: bool) -> NoReturn:
        if position + 8 > self._size and position < self._size:
            self._fault("FILE-01", names.prefix, "the file ends inside an element header")
        elif is_open:
            self._fault("FILE-02", names.prefix, "an undefined length is never closed")
        else:
            self._fault("FILE-02", names.prefix, "a sequence ends inside an item header")
        raise _Stop

    def _delimiter(self, dialect: Dialect, tag: int, position: int, names: PathNames, is_open: bool) -> int:
        if tag == dialect.item_end and is_open:
            return position + 8
        self._fault("FILE-02", names.prefix, f"a delimiter stands where none can, at byte {position}")
        raise _Stop

    def _need(self, position: int, need: int, end: int, names: PathNames, is_open: bool) -> None:
        """Bring the bytes of the element at ``position``, or end the walk where there are none."""
        if position + need > end:
            if position + need > self._size:
                self._fault("FILE-01", names.prefix, f"the file ends inside an element, at byte {self._size}")
            elif is_open:
                self._fault("FILE-02", names.prefix, "an undefined length is never closed")
            else:
                self._fault("FILE-02", names.prefix, f"an element at byte {position} runs past its parent")
            raise _Stop
        self._refill(position, need)

    def _only_zeros(self, position: int, end: int) -> bool:
        """Whether nothing but zero bytes follows, as some writers leave behind a data set."""
        if end != self._size:
            return False
        while position < end:
            chunk = self._read_at(position, min(NEXT_READ, end - position))
            if not chunk or chunk.strip(b"\0"):
                return False
            position += len(chunk)
        return True

    def _take(self, dialect: Dialect, taken: dict[int, bytes], tag: int, raw: bytes, item: int) -> None:
        if item:
            self.walk.purposes.setdefault(self.walk.parents[item], raw)
        else:
            taken.setdefault(dialect.natural(tag), raw)
