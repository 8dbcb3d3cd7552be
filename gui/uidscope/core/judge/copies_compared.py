"""The files that bear one SOP Instance UID, told apart by what they hold.

Identical bytes are read once. Of the different contents each is compared with the first, and with one
that has the same pixel data, so that the work grows with their number and not with its square.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from uidscope.core.catalog.content import contents
from uidscope.core.catalog.lookup import OccurrenceRow, occurrences
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import InputError
from uidscope.core.judge.object_comparison import (
    ObjectComparison,
    OpenObject,
    compare_objects,
    opened_object,
)
from uidscope.core.progress import CancelToken
from uidscope.core.read.pixel_content import PixelComparison, PixelContent, compare_pixels
from uidscope.core.read.structure import StructureFault


@dataclass(slots=True)
class CopiesCompared:
    """What a look at all files of one SOP Instance UID has shown.

    ``comparisons``: each content that is not the first's, compared with it. ``objects``: occurrence ->
    a number, the same for those that are one object. ``contents`` counts what differs in any byte;
    ``unreadable`` files are gone or changed, ``incomplete`` ones cut off or broken: neither is compared.
    ``pixels``: every comparison of pixel data, among those of one compression too.
    """

    contents: int
    unreadable: int = 0
    incomplete: tuple[int, ...] = ()
    comparisons: list[ObjectComparison] = field(default_factory=list)
    pixels: list[PixelComparison] = field(default_factory=list)
    objects: dict[int, int] = field(default_factory=dict)

    @property
    def identical(self) -> bool:
        """Whether all files are the same, byte for byte."""
        return self.contents == 1 and not self.unreadable


def compare_copies(catalog: Catalog, occurrence_ids: Collection[int], cancel: CancelToken) -> CopiesCompared:
    """Read and compare the files of these occurrences. Raises ``Cancelled``."""
    known = contents(catalog, occurrence_ids, token=cancel)
    by_content: dict[bytes, list[int]] = {}
    for id_ in occurrence_ids:
        if id_ in known:
            by_content.setdefault(known[id_].sha256, []).append(id_)
    found = CopiesCompared(len(by_content), unreadable=len(occurrence_ids) - len(known))
    if len(by_content) > 1:
        _Group(catalog, by_content, found, cancel).compare()
    return found


def require_unchanged(row: OccurrenceRow) -> None:
    """Raise ``InputError`` where the file of an occurrence is gone, or is not the one that was scanned."""
    try:
        status = os.stat(row.absolute_path)
    except OSError as error:
        raise InputError(f"The file cannot be read: {error.strerror}.") from error
    if (status.st_size, status.st_mtime_ns) != (row.stamp.size, row.stamp.modified_ns):
        raise InputError("The file has changed since it was loaded.")


@contextmanager
def opened_occurrence(row: OccurrenceRow, cancel: CancelToken) -> Iterator[OpenObject]:
    """Open the file of an occurrence and take it apart.

    Raises what ``require_unchanged`` does, and ``StructureFault`` where the file is cut off or broken.
    """
    require_unchanged(row)
    with opened_object(row.absolute_path, cancel) as opened:
        yield opened


class _Group:
    """The contents of one UID; each stands for all occurrences that hold the same bytes."""

    def __init__(
        self,
        catalog: Catalog,
        by_content: Mapping[bytes, list[int]],
        found: CopiesCompared,
        cancel: CancelToken,
    ) -> None:
        self._found = found
        self._cancel = cancel
        self._members = {ids[0]: ids for ids in by_content.values()}
        rows = {row.id: row for row in occurrences(catalog, self._members)}
        self._rows = [rows[id_] for id_ in self._members]
        self._with_pixels: dict[bytes, OccurrenceRow] = {}
        self._compressed: dict[str | None, PixelContent | None] = {}

    def compare(self) -> None:
        """Compare all contents with the first that can be taken apart."""
        rows = iter(self._rows)
        for row in rows:
            with ExitStack() as stack:
                first = self._opened(stack, row)
                if first is None:
                    continue
                self._number(row, row.id)
                self._remember_pixels(row, first)
                for other in rows:
                    self._compare_with(row, first, other)

    def _compare_with(self, first_row: OccurrenceRow, first: OpenObject, row: OccurrenceRow) -> None:
        self._cancel.raise_if_cancelled()
        with ExitStack() as stack:
            opened = self._opened(stack, row)
            if opened is None:
                return
            comparison = compare_objects(first, opened)
            self._found.comparisons.append(comparison)
            self._found.pixels.append(comparison.pixels)
            same = first_row if comparison.one_object else self._same_pixels(opened, first_row)
            self._number(row, same.id if same is not None else row.id)
            self._remember_pixels(row, opened)

    def _same_pixels(self, opened: OpenObject, first_row: OccurrenceRow) -> OccurrenceRow | None:
        """The file, but for the first, that is the same object and has the same pixel data, if any."""
        for digest in opened.pixels.digests if opened.pixels else ():
            row = self._with_pixels.get(digest)
            if row is None or row is first_row:
                continue
            with opened_occurrence(row, self._cancel) as other:
                if compare_objects(other, opened).one_object:
                    return row
        return None

    def _remember_pixels(self, row: OccurrenceRow, opened: OpenObject) -> None:
        compression = opened.pixels.transfer_syntax if opened.pixels else None
        alike = self._compressed.setdefault(compression, opened.pixels)
        if alike is not opened.pixels:
            self._found.pixels.append(compare_pixels(alike, opened.pixels))
        for digest in opened.pixels.digests if opened.pixels else ():
            self._with_pixels.setdefault(digest, row)

    def _number(self, row: OccurrenceRow, number: int) -> None:
        number = self._found.objects.get(number, number)
        self._found.objects |= dict.fromkeys(self._members[row.id], number)

    def _opened(self, stack: ExitStack, row: OccurrenceRow) -> OpenObject | None:
        """A file taken apart; None where that cannot be done, which is counted."""
        try:
            return stack.enter_context(opened_occurrence(row, self._cancel))
        except InputError:
            self._found.unreadable += len(self._members[row.id])
        except StructureFault:
            self._found.incomplete += tuple(self._members[row.id])
        return None
