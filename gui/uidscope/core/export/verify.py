"""Reads a written file back and holds it against the source and what was to become of it.

The splice works on bytes and lengths; this works on the elements of both files, parsed anew: what no
edit touches must be the same bytes, element for element; what an edit touches must be what it says.
So every UI value of the output, at its path with item numbers, is the source's with the edits applied.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from uidscope.core.errors import VerificationError
from uidscope.core.export.expected import Expected, PutValue
from uidscope.core.export.splice import META_GROUP_LENGTH
from uidscope.core.plan.edits.element_bytes import ByteOrder, encoded_element, padded
from uidscope.core.read.byte_window import ByteWindow
from uidscope.core.read.structure import (
    Dataset,
    Element,
    FileStructure,
    Item,
    StructureFault,
    parse_structure,
)
from uidscope.core.uid.dictionary import keyword

_NO_DATASET: Final = Dataset((), True, False, {})

# Larger blocks get fresh memory from the system each time, which takes longer than comparing them.
_BLOCK: Final = 64 * 1024


def verify_file(name: str, source: FileStructure, expected: Expected, written: ByteWindow) -> None:
    """Raise ``VerificationError``, with ``name`` and the element path, where the file is not as planned."""
    try:
        output = parse_structure(written)
    except StructureFault as fault:
        raise _differs(name, "its structure") from fault
    comparison = _Comparison(name, source, output, expected)
    comparison.heads()
    comparison.datasets()


def verify_copy(name: str, source: ByteWindow, preamble: bytes, written: ByteWindow) -> None:
    """Raise ``VerificationError`` where a file copied unchanged is not the source with this preamble."""
    start = len(preamble)
    if (
        source.size != written.size
        or written.at(0, start) != preamble
        or not _same_bytes(source, (start, source.size), written, (start, written.size))
    ):
        raise _differs(name, "a copied file")


def sha256_of(window: ByteWindow) -> str:
    """Return the SHA-256 of the whole file, in hex."""
    digest = hashlib.sha256()
    for block in window.blocks(0, window.size, _BLOCK):
        digest.update(block)
    return digest.hexdigest()


class _Comparison:
    def __init__(self, name: str, source: FileStructure, output: FileStructure, expected: Expected) -> None:
        self._name = name
        self._source = source
        self._output = output
        self._expected = expected
        sequences = {start for start, _ in expected.removed_items}
        self._starts = sorted({*expected.values, *expected.removed, *sequences, *expected.added_items})

    def heads(self) -> None:
        """Compare preamble, encoding and file meta."""
        if self._output.preamble != self._expected.preamble:
            raise _differs(self._name, "preamble")
        if self._output.encoding != self._source.encoding:
            raise _differs(self._name, "its encoding")
        meta = self._output.meta or _NO_DATASET
        self._dataset(self._source.meta or _NO_DATASET, meta, self._expected.meta_puts, "meta.")
        if self._output.meta is not None and self._source.meta is None:
            self._new_meta(meta)

    def datasets(self) -> None:
        """Compare the data sets, and the padding behind them."""
        source, output = self._source, self._output
        self._dataset(source.dataset, output.dataset, self._expected.puts, "")
        padding = (source.dataset_end, source.window.size), (output.dataset_end, output.window.size)
        if not _same_bytes(source.window, padding[0], output.window, padding[1]):
            raise _differs(self._name, "the padding at its end")

    def _new_meta(self, meta: Dataset) -> None:
        """Hold a file meta that the source did not have against the data set."""
        for meta_tag, tag in ((0x0002_0002, 0x0008_0016), (0x0002_0003, 0x0008_0018)):
            named, own = meta.find(meta_tag), self._output.dataset.find(tag)
            if named and (own is None or self._output.text(named) != self._output.text(own)):
                raise _differs(self._name, f"meta.{keyword(meta_tag)}")

    def _dataset(self, before: Dataset, after: Dataset, puts: Mapping[int, PutValue], prefix: str) -> None:
        if before.elements and (before.explicit, before.big_endian) != (after.explicit, after.big_endian):
            raise _differs(self._name, prefix or "its encoding")
        self._check_puts(before, after, puts, prefix)
        kept: Sequence[Element] = before.elements
        written: Sequence[Element] = after.elements
        if self._expected.removed or puts:
            removed = self._expected.removed
            kept = [one for one in kept if one.header_start not in removed and one.tag not in puts]
            written = [one for one in written if one.tag not in puts]
        if prefix == "meta.":
            self._meta_group_length(after)
            kept = [element for element in kept if element.tag != META_GROUP_LENGTH]
            written = written[1:]
        if len(kept) != len(written):
            raise _differs(self._name, f"{prefix}number of elements")
        gapless = len(kept) == len(before.elements) and len(written) == len(after.elements)
        self._elements(kept, written, after, prefix, gapless=gapless)

    def _check_puts(self, before: Dataset, after: Dataset, puts: Mapping[int, PutValue], prefix: str) -> None:
        for tag, put in puts.items():
            expected = max(1, sum(element.tag == tag for element in before.elements))
            found = [element for element in after.elements if element.tag == tag]
            order: ByteOrder = "big" if after.big_endian else "little"
            whole = encoded_element(put.tag, put.vr, put.value, explicit=after.explicit, order=order)
            written = [self._output.window.at(one.header_start, one.end - one.header_start) for one in found]
            if written != [whole] * expected:
                raise _differs(self._name, put.path or f"{prefix}{keyword(tag)}")

    def _elements(
        self,
        kept: Sequence[Element],
        written: Sequence[Element],
        after: Dataset,
        prefix: str,
        *,
        gapless: bool,
    ) -> None:
        """Compare elements one by one where they may differ, and in runs of bytes where they may not.

        ``gapless``: in both each element follows upon the one before.
        """
        places = self._that_may_differ(kept)
        for index in places:
            self._element(kept[index], written[index], after, prefix)
        for cut, next_cut in pairwise((-1, *places, len(kept))):
            self._run(kept[cut + 1 : next_cut], written[cut + 1 : next_cut], prefix, gapless=gapless)

    def _that_may_differ(self, elements: Sequence[Element]) -> list[int]:
        """Return where the group lengths are, and what an edit names or is inside of, in order."""
        places = {index for index, element in enumerate(elements) if not element.tag & 0xFFFF}
        if elements:
            first = bisect_left(self._starts, elements[0].header_start)
            last = bisect_left(self._starts, elements[-1].end)
            for start in self._starts[first:last]:
                index = bisect_right(elements, start, key=_header_start) - 1
                if start < elements[index].end:  # else it is one that was removed
                    places.add(index)
        return sorted(places)

    def _element(self, before: Element, after: Element, dataset: Dataset, prefix: str) -> None:
        path = prefix + keyword(before.tag)
        if before[:3] != after[:3] or self._frame(self._source, before) != self._frame(self._output, after):
            raise _differs(self._name, path)
        planned = self._expected.values.get(before.header_start)
        if planned is not None:
            if self._output.value(after) != padded(before.vr, planned):
                raise _differs(self._name, path)
        elif before.tag & 0xFFFF == 0 and not before.items:
            if self._source.value(before) != self._output.value(after):
                self._group_length(after, dataset, prefix)
        else:
            self._sequence(before, after, path)

    def _meta_group_length(self, meta: Dataset) -> None:
        """Hold the element that every file meta begins with against the rest of it (PS3.10 7.1)."""
        length = sum(one.end - one.header_start for one in meta.elements[1:])
        value = length.to_bytes(4, "little")
        expected = encoded_element(META_GROUP_LENGTH, "UL", value, explicit=meta.explicit, order="little")
        start = self._output.data_start - length - len(expected)
        if self._output.window.at(start, len(expected)) != expected:
            raise _differs(self._name, f"meta.{keyword(META_GROUP_LENGTH)}")

    @staticmethod
    def _frame(file: FileStructure, part: Element | Item) -> tuple[bool, bytes, bytes]:
        """Return what stands around a value: the header but for its length, and the delimiter."""
        length_size = part.length_size if isinstance(part, Element) else 4
        header = file.window.at(part.header_start, part.value_start - length_size - part.header_start)
        return part.undefined_length, header, file.window.at(part.value_end, part.end - part.value_end)

    def _group_length(self, element: Element, dataset: Dataset, prefix: str) -> None:
        members = [one for one in dataset.elements if one.tag >> 16 == element.tag >> 16 and one.tag & 0xFFFF]
        length = sum(one.end - one.header_start for one in members)
        if self._output.value(element) != length.to_bytes(4, "big" if dataset.big_endian else "little"):
            raise _differs(self._name, prefix + keyword(element.tag))

    def _sequence(self, before: Element, after: Element, path: str) -> None:
        kept = list(self._kept_items(before))
        added = self._expected.added_items.get(before.header_start, [])
        behind = after.items[len(kept) :]
        if [self._output.window.at(one.header_start, one.end - one.header_start) for one in behind] != added:
            raise _differs(self._name, path)
        for (number, item), written in zip(kept, after.items[: len(kept)], strict=True):
            if self._frame(self._source, item) != self._frame(self._output, written):
                raise _differs(self._name, f"{path}[{number}]")
            self._dataset(item.dataset, written.dataset, {}, f"{path}[{number}].")

    def _kept_items(self, sequence: Element) -> Iterator[tuple[int, Item]]:
        for number, item in enumerate(sequence.items, start=1):
            if (sequence.header_start, number) not in self._expected.removed_items:
                yield number, item

    def _run(
        self, before: Sequence[Element], after: Sequence[Element], prefix: str, *, gapless: bool
    ) -> None:
        """Compare elements that no edit touches; where one was removed or put in between them, in parts."""
        if not before:
            return
        gaps = [] if gapless else _gaps(before, after)
        for first, end in pairwise((0, *gaps, len(before))):
            spans = _spans(before[first:end], after[first:end])
            if not _same_bytes(self._source.window, spans[0], self._output.window, spans[1]):
                raise _differs(self._name, self._first_difference(before, after, prefix))

    def _first_difference(self, before: Sequence[Element], after: Sequence[Element], prefix: str) -> str:
        for one, other in zip(before, after, strict=True):
            spans = _spans((one,), (other,))
            if not _same_bytes(self._source.window, spans[0], self._output.window, spans[1]):
                return prefix + keyword(one.tag)
        return prefix + "order of elements"


def _header_start(element: Element) -> int:
    return element.header_start


def _gaps(before: Sequence[Element], after: Sequence[Element]) -> list[int]:
    """Return the indexes of the elements that do not follow upon the one before, in either."""
    neighbours = zip(before, before[1:], after, after[1:], strict=False)
    return [
        index
        for index, (one, next_one, other, next_other) in enumerate(neighbours, start=1)
        if one.end != next_one.header_start or other.end != next_other.header_start
    ]


def _spans(before: Sequence[Element], after: Sequence[Element]) -> tuple[tuple[int, int], tuple[int, int]]:
    return (before[0].header_start, before[-1].end), (after[0].header_start, after[-1].end)


def _same_bytes(
    source: ByteWindow, span: tuple[int, int], output: ByteWindow, other_span: tuple[int, int]
) -> bool:
    length = span[1] - span[0]
    if length != other_span[1] - other_span[0]:
        return False
    if length <= _BLOCK:
        return source.at(span[0], length) == output.at(other_span[0], length)
    blocks = zip(source.blocks(*span, _BLOCK), output.blocks(*other_span, _BLOCK), strict=True)
    return all(block == other for block, other in blocks)


def _differs(name: str, what: str) -> VerificationError:
    return VerificationError(f"{name} was not written as planned ({what}); nothing was published.")
