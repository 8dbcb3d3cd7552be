"""What an earlier scan read, taken again for the files that have not changed since.

The records are kept as they were read, not taken out of the catalog's rows: so a catalog that is made of them
and of what is read anew is that of a fresh scan.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from uidscope import __version__
from uidscope.core.catalog.store import Catalog
from uidscope.core.progress import CancelToken, Progress, ProgressCallback, ignore_progress
from uidscope.core.read.find_files import FoundFile, Source, find_files
from uidscope.core.read.read_chunk import Packed, ReadOptions, look_at, look_of, unpacked
from uidscope.core.read.read_file import stamp_of
from uidscope.core.read.record import HARD_LINKED, FileRecord, FileStamp, NotLoaded
from uidscope.core.read.scan import ANOTHER_NAME, ScanOptions

# Two changes so close together may bear one time, on the coarsest file systems.
_SAME_TIME_NS: Final = 2_000_000_000
# Why a file is not loaded for what it holds; other reasons may be gone although the file is the same.
_FOR_ITS_BYTES: Final = frozenset({"not-dicom", "too-deep", "too-large"})
_FILES_BETWEEN_REPORTS: Final = 1000
_HOW, _WHOLE = "scanned", "scanned whole"


def begin_keeping(catalog: Catalog, sources: Sequence[Source], options: ScanOptions) -> None:
    """Keep by what reader and how the sources are going to be read."""
    catalog.set_about(_HOW, _how(sources, options))


def end_keeping(catalog: Catalog) -> None:
    """Keep that every file was read."""
    catalog.set_about(_WHOLE, "yes")


def _how(sources: Sequence[Source], options: ScanOptions) -> str:
    told: dict[str, object] = {
        "reader": __version__,
        "links": options.follow_links,
        "numbers": options.numbers,
    }
    told["sources"] = [
        (os.fsencode(source.path).hex(), source.is_folder, _archive_stamp(source)) for source in sources
    ]
    return json.dumps(told)


def _archive_stamp(source: Source) -> str | None:
    """Size and time of an archive; None of another source."""
    if not source.is_archive:
        return None
    try:
        status = os.stat(source.path)
    except OSError:
        return None
    return f"{status.st_size} {status.st_mtime_ns}"


def is_unchanged(
    catalog: Catalog,
    sources: Sequence[Source],
    options: ScanOptions,
    *,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
) -> bool:
    """Say whether a scan of these sources would find what the catalog holds already.

    The files are looked up by size, time and inode, and few are read. Raises ``Cancelled``.
    """
    cancel = cancel or CancelToken()
    if catalog.about(_WHOLE) is None or catalog.about(_HOW) != _how(sources, options):
        return False
    in_folders = [source for source in sources if not source.is_archive]
    if not all(os.path.isdir(each.unpacked) for each in catalog.sources() if each.unpacked):
        return False
    kept = KeptFiles(catalog, in_folders, options)
    reading = ReadOptions(options.follow_links, options.numbers)
    refused: Counter[NotLoaded] = Counter()
    found = find_files(in_folders, follow_links=options.follow_links, cancel=cancel)
    for number, item in enumerate(found):
        cancel.raise_if_cancelled()
        if isinstance(item, NotLoaded):
            refused[item] += 1
            continue
        if number % _FILES_BETWEEN_REPORTS == 0:
            progress(Progress("finding", number, 0, os.path.dirname(item.path)))
        known = kept.look(item)
        if known is None:
            known = kept.latest
            if known is None or look_of(known) != look_at(item, reading):
                return False
        if _is_refused(known):
            refused[NotLoaded._make(known[:-1])] += 1
    return not kept.misses_files and _are_those_not_loaded(catalog, in_folders, refused)


def _are_those_not_loaded(catalog: Catalog, sources: Sequence[Source], refused: Counter[NotLoaded]) -> bool:
    """Whether a catalog names these files as not loaded, and none but further names of loaded ones."""
    numbers = dict(zip([each.id for each in catalog.sources()], range(len(catalog.sources())), strict=True))
    of_folders = {source.number for source in sources}
    listed = Counter(
        NotLoaded(numbers[source_id], os.fsdecode(path), reason, detail)
        for source_id, path, reason, detail in catalog.connection.execute(
            "SELECT source_id, path, reason, detail FROM not_loaded"
        )
        if numbers[source_id] in of_folders
    )
    return not refused - listed and all(each[2:] == ANOTHER_NAME for each in listed - refused)


class KeptFiles:
    """The files of an earlier scan, asked for in the order in which the new one finds them.

    ``latest`` is what was read of the file that was asked for last, changed or not; None where it is new.
    """

    def __init__(self, catalog: Catalog, sources: Sequence[Source], options: ScanOptions) -> None:
        self._streams = _streams(catalog, sources, options)
        self.latest: Packed | None = None

    @property
    def misses_files(self) -> bool:
        """Whether files were known that have not been asked for."""
        return any(stream.has_gone or stream.next is not None for stream in self._streams.values())

    def look(self, item: FoundFile) -> Packed | None:
        """Return what was read of a file that is unchanged by its size, time and inode, else None."""
        self.latest = None
        stream = self._streams.get(item.source)
        if stream is None:
            return None
        known = stream.take(item.path)
        if known is None:
            return None
        self.latest, read_ns = known
        return _if_unchanged(self.latest, item, read_ns, unpacked_anew=stream.unpacked_anew)


def _streams(catalog: Catalog, sources: Sequence[Source], options: ScanOptions) -> dict[int, _Stream]:
    """The kept files of each source that was scanned before in the same way, by its new number."""
    told = json.loads(catalog.about(_HOW) or "{}")
    now = json.loads(_how(sources, options))
    if any(told.get(fact) != now[fact] for fact in ("reader", "links", "numbers")):
        return {}
    before = dict(zip([tuple(each) for each in told["sources"]], catalog.sources(), strict=True))
    return {
        source.number: _Stream(catalog, before[how].id, unpacked_anew=source.is_archive)
        for source, how in zip(sources, [tuple(each) for each in now["sources"]], strict=True)
        if how in before and (how[2] is not None) == source.is_archive
    }


class _Stream:
    """The kept files of one source, in the order in which they were found."""

    def __init__(self, catalog: Catalog, source_id: int, *, unpacked_anew: bool) -> None:
        self.unpacked_anew = unpacked_anew
        self.has_gone = False
        self._files = self._read(catalog, source_id)
        self.next = next(self._files, None)

    def take(self, path: str) -> tuple[Packed, int] | None:
        """Return what was kept of a file, and when it was read; those before it have gone."""
        while self.next is not None and self.next[0][1] != path:
            if self.unpacked_anew or _place(self.next[0][1]) > _place(path):
                return None
            self.has_gone = True
            self.next = next(self._files, None)
        taken, self.next = self.next, next(self._files, None)
        return taken

    @staticmethod
    def _read(catalog: Catalog, source_id: int) -> Iterator[tuple[Packed, int]]:
        last = 0
        while True:
            row = catalog.connection.execute(
                "SELECT id, read_ns, packed FROM kept_files"
                " WHERE source_id = ? AND id > ? ORDER BY id LIMIT 1",
                (source_id, last),
            ).fetchone()
            if row is None:
                return
            last, read_ns, packed = row
            for plain in unpacked(packed, small=True):
                yield plain, read_ns


def _place(path: str) -> tuple[tuple[bool, str], ...]:
    """Orders paths as ``find_files`` does: the files of a folder by name, then its folders."""
    *folders, name = path.split("/")
    return (*((True, folder) for folder in folders), (False, name))


def _if_unchanged(known: Packed, item: FoundFile, read_ns: int, *, unpacked_anew: bool) -> Packed | None:
    refused = _is_refused(known)
    before = known[-1] if refused else known[_STAMP]
    if before is None or (refused and known[2] not in _FOR_ITS_BYTES):
        return None
    try:
        status = os.stat(item.file)
    except OSError:
        return None
    stamp = stamp_of(status)
    if stamp == before and not unpacked_anew and not refused:  # as nearly all are
        is_settled = stamp.modified_ns < read_ns - _SAME_TIME_NS
        if is_settled and status.st_nlink == 1 and not known[_FLAGS] & HARD_LINKED:
            return known if known[0] == item.source else (item.source, *known[1:])
    is_same = stamp.size == before[0]
    if not unpacked_anew:
        is_same = is_same and (stamp.modified_ns, stamp.inode) == (before[1], before[3])
        is_same = is_same and stamp.modified_ns < read_ns - _SAME_TIME_NS
    if not refused:
        is_same = is_same and (status.st_nlink > 1) == bool(known[_FLAGS] & HARD_LINKED)
    return _as_found(known, item.source, stamp, refused=refused) if is_same else None


def _as_found(known: Packed, source: int, stamp: FileStamp, *, refused: bool) -> Packed:
    """What was read, as of today: a share may be another device, and a source another number."""
    at = len(known) - 1 if refused else _STAMP
    if known[0] == source and stamp == known[at]:
        return known
    return (source, *known[1:at], tuple(stamp), *known[at + 1 :])


_STAMP: Final = FileRecord._fields.index("stamp")
_FLAGS: Final = FileRecord._fields.index("flags")


def _is_refused(plain: Packed) -> bool:
    return len(plain) <= len(FileRecord._fields)
