"""Two files side by side, element by element, with what each says: plain values for a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import zip_longest
from typing import NamedTuple

from uidscope.core.catalog.lookup import occurrence
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import InputError
from uidscope.core.judge.copies_compared import require_unchanged
from uidscope.core.judge.object_comparison import OpenObject
from uidscope.core.judge.paired_elements import (
    MOST_PAIRS,
    ElementPair,
    PairLevel,
    PairState,
    paired_elements,
)
from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import LARGEST_BLOCK, ByteWindow, open_window
from uidscope.core.read.encoding import find_start
from uidscope.core.read.pixel_content import PixelComparison
from uidscope.core.read.same_value import ElementAt, known_vr
from uidscope.core.read.structure import StructureFault, parse_structure
from uidscope.core.report.element_names import element_name, tag_text
from uidscope.core.report.may_name import may_name_somebody
from uidscope.core.report.shown_names import MASKED
from uidscope.core.report.value_text import value_text
from uidscope.core.uid.registry import registered

RowState = PairState


class ComparedFile(NamedTuple):
    """One of two files. ``transfer_syntax`` is what its file meta declares, a name where PS3.6 has one."""

    path: str
    size: int
    encoding: str
    transfer_syntax: str
    has_preamble: bool
    has_file_meta: bool


class ShownValue(NamedTuple):
    """What one file says in an element: VR ('' where nothing tells it), bytes, and a bounded text.

    ``is_cut`` says that the text is not all of it.
    """

    vr: str
    length: int
    text: str
    is_cut: bool


class ComparedRow(NamedTuple):
    """One element; None where a file does not have it.

    ``level`` is what the element is about. ``is_encoding``: it only says how the object is written, so
    that a difference is none of content. ``written_alike`` is False where both say the same in other
    bytes: a pad, a byte order, another VR.
    """

    path: str
    tag: str
    name: str
    level: PairLevel
    state: RowState
    is_encoding: bool
    written_alike: bool
    first: ShownValue | None
    second: ShownValue | None


class SideBySide(NamedTuple):
    """Two files and their elements, at most ``MOST_PAIRS``; ``cut`` says that there are more.

    ``pixels`` says how pixel data were compared. ``same_bytes``: the files are the same, byte for byte.
    """

    first: ComparedFile
    second: ComparedFile
    rows: tuple[ComparedRow, ...]
    cut: bool
    pixels: PixelComparison
    same_bytes: bool

    @property
    def states(self) -> Counter[RowState]:
        """How many elements are in which state."""
        return Counter(row.state for row in self.rows)

    @property
    def same_content(self) -> bool:
        """Whether nothing differs but how the object is written; False too where not all was compared."""
        of_content = (row.state for row in self.rows if not row.is_encoding and row.level != "file-meta")
        return self.same_bytes or (not self.cut and all(state == "same" for state in of_content))


def files_side_by_side(
    first: str, second: str, cancel: CancelToken | None = None, *, most_rows: int = MOST_PAIRS
) -> SideBySide:
    """Compare two files.

    Raises ``InputError`` with the name of the file where one cannot be read, is cut off, broken or no
    DICOM, and ``Cancelled``.
    """
    token = cancel or CancelToken()
    with _both(_opened(first, token), _opened(second, token)) as (one, other):
        return _compared((first, one), (second, other), most_rows)


def copies_side_by_side(
    catalog: Catalog,
    first: int,
    second: int,
    cancel: CancelToken | None = None,
    *,
    most_rows: int = MOST_PAIRS,
) -> SideBySide:
    """Compare the files of two occurrences, whether or not they bear one UID.

    Raises ``LookupError`` where there is no such occurrence, and what ``files_side_by_side`` does, also
    ``InputError`` where a file has changed since it was loaded.
    """
    token = cancel or CancelToken()
    rows = occurrence(catalog, first), occurrence(catalog, second)
    for row in rows:
        require_unchanged(row)
    opened = (_opened(row.absolute_path, token, row.named_path) for row in rows)
    with _both(*opened) as (one, other):
        return _compared((rows[0].named_path, one), (rows[1].named_path, other), most_rows)


def without_names(compared: SideBySide) -> SideBySide:
    """Return the comparison without the names of the files, and without values that may name somebody."""
    return compared._replace(
        first=compared.first._replace(path="file-1"),
        second=compared.second._replace(path="file-2"),
        rows=tuple(_without_names(row) for row in compared.rows),
    )


@contextmanager
def _both(
    first: AbstractContextManager[OpenObject], second: AbstractContextManager[OpenObject]
) -> Iterator[tuple[OpenObject, OpenObject]]:
    with first as one, second as other:
        yield one, other


@contextmanager
def _opened(path: str, cancel: CancelToken, name: str = "") -> Iterator[OpenObject]:
    """Open a file; ``name`` is what to call it, the path where it is empty."""
    name = name or path
    try:
        with open_window(path, follow_links=True) as window:
            if find_start(window.at(0, LARGEST_BLOCK), window.size) is None:
                raise InputError(f"{name} is no DICOM file.")
            yield OpenObject(parse_structure(window), cancel)
    except StructureFault as fault:
        raise InputError(f"{name} cannot be compared: {fault}") from None


def _compared(first: tuple[str, OpenObject], second: tuple[str, OpenObject], most_rows: int) -> SideBySide:
    found = paired_elements(first[1], second[1], most_rows)
    windows = first[1].structure.file_window, second[1].structure.file_window
    return SideBySide(
        _file(*first),
        _file(*second),
        tuple(_row(pair) for pair in found.pairs),
        found.cut,
        found.pixels,
        _same_bytes(*windows, first[1].cancel),
    )


def _file(path: str, opened: OpenObject) -> ComparedFile:
    structure = opened.structure
    entry = registered(structure.transfer_syntax)
    return ComparedFile(
        path,
        structure.file_window.size,
        structure.encoding,
        entry.name if entry else structure.transfer_syntax,
        structure.preamble is not None,
        structure.meta is not None,
    )


def _row(pair: ElementPair) -> ComparedRow:
    fields = [each for each in (pair.first, pair.second) if each is not None]
    creator = next((name for each in fields if (name := each.dataset.creator(pair.tag))), "")
    return ComparedRow(
        pair.path,
        tag_text(pair.tag),
        element_name(pair.tag, creator.strip(" \0")),
        pair.level,
        pair.state,
        pair.is_encoding,
        pair.written_alike,
        None if pair.first is None else _shown(pair.first, pair.second),
        None if pair.second is None else _shown(pair.second, pair.first),
    )


def _shown(field: ElementAt, other: ElementAt | None) -> ShownValue:
    """A value; where its own file does not tell the VR, the other one may."""
    vr = known_vr(field) if other is None else known_vr(field, other)
    told = value_text(field, vr)
    return ShownValue(vr, field.length, told.text, told.is_cut)


def _same_bytes(first: ByteWindow, second: ByteWindow, cancel: CancelToken) -> bool:
    if first.size != second.size:
        return False
    # One that shrinks meanwhile has fewer blocks.
    for one, other in zip_longest(first.blocks(0, first.size), second.blocks(0, second.size)):
        cancel.raise_if_cancelled()
        if one != other:
            return False
    return True


def _without_names(row: ComparedRow) -> ComparedRow:
    return row._replace(first=_masked(row.first, row), second=_masked(row.second, row))


def _masked(value: ShownValue | None, row: ComparedRow) -> ShownValue | None:
    if value is None or not value.text or not may_name_somebody(row.level, value.vr):
        return value
    return value._replace(text=MASKED, is_cut=False)
