"""ZIP archives: every entry unpacked into a folder of ours, within bounds, or why it is not.

A name inside an archive is a stranger's: it is taken apart, and one that could lead out is refused. Only
regular files are made, each new, so that no link and no second entry can stand in the way.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Final, NamedTuple

from uidscope.core.progress import CancelToken
from uidscope.core.read.platform_io import open_regular
from uidscope.core.read.record import NotLoaded
from uidscope.core.read.zip_names import NamesUnsaid, entry_name

# As for a deflated data set: the larger of the two, for each entry.
_ENTRY_BYTES: Final = 64 << 20
_ENTRY_RATIO: Final = 20
# The same for all entries together.
_ARCHIVE_BYTES: Final = 1 << 30
_ARCHIVE_RATIO: Final = 20
_MOST_ENTRIES: Final = 500_000
_DIRECTORY_BYTES: Final = 128 << 20
_DISK_TO_LEAVE: Final = 256 << 20

_BLOCK: Final = 1 << 20
_END: Final = b"PK\5\6"
_END_SIZE, _LONGEST_COMMENT = 22, 0xFFFF
_ENCRYPTED: Final = 1
# Others are not used for DICOM (PS3.12 V), and some ask for as much memory as they like.
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NO_NAME_ON_WINDOWS: Final = re.compile(r'[\\:*?"<>|\x00-\x1f]|[. ]$')
_DEVICE_ON_WINDOWS: Final = re.compile(
    r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\.|$)", re.IGNORECASE
)
# What a stream says that is not what it claims to be, or not whole.
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, ValueError)


class Unpacked(NamedTuple):
    """An entry that is now a file: its path in the archive, and where it lies."""

    path: str
    file: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that is not unpacked; ``reason`` and ``detail`` as in ``record.NotLoaded``."""

    path: str
    reason: str
    detail: str

    def not_loaded(self, source: int) -> NotLoaded:
        """The same, as a file that was found and not loaded."""
        return NotLoaded(source, self.path, self.reason, self.detail)


def unpack(path: str, folder: str, cancel: CancelToken | None = None) -> Iterator[Unpacked | Refused]:
    """Unpack the entries of an archive, one at a time and in its order, into an empty folder of ours.

    Every entry but a folder's comes once; after ``cancel`` as refused. An archive that cannot be read at all
    is refused as ``.``. The archive is opened for reading only. Never raises for what it holds or for what
    cannot be written.
    """
    try:
        descriptor = open_regular(path, follow_links=True)
    except OSError as error:
        yield Refused(".", "unreadable", error.strerror or "")
        return
    with os.fdopen(descriptor, "rb") as file:
        yield from _unpack(file, folder, cancel or CancelToken())


def _unpack(file: IO[bytes], folder: str, cancel: CancelToken) -> Iterator[Unpacked | Refused]:
    size = os.fstat(file.fileno()).st_size
    if _directory_size(file, size) > _DIRECTORY_BYTES:
        yield Refused(".", "too-large", "the archive lists more files than can be read")
        return
    readable = NamesUnsaid(file)
    try:
        archive = zipfile.ZipFile(readable)
    except (*_DAMAGE, OSError, NotImplementedError):
        yield Refused(".", "unreadable", "the archive is damaged or not complete")
        return
    readable.headers = frozenset(entry.header_offset for entry in archive.infolist())
    with archive:
        entries = [entry for entry in archive.infolist() if not entry_name(entry).endswith("/")]
        if len(entries) > _MOST_ENTRIES:
            yield Refused(".", "too-large", "the archive lists more files than can be read")
            return
        unpacker = _Unpacker(archive, folder, max(_ARCHIVE_BYTES, _ARCHIVE_RATIO * size))
        for entry in entries:
            yield Refused(entry_name(entry), "cancelled", "") if cancel.cancelled else unpacker.unpack(entry)


class _Unpacker:
    def __init__(self, archive: zipfile.ZipFile, folder: str, bytes_left: int) -> None:
        self._archive = archive
        self._folder = folder
        self._bytes_left = bytes_left

    def unpack(self, entry: zipfile.ZipInfo) -> Unpacked | Refused:
        path = entry_name(entry)
        why = _fault(entry, path) or self._no_room_for(entry)
        if why:
            return Refused(path, *why)
        try:
            return self._write(entry, path)
        except FileExistsError:
            return Refused(path, "unreadable", "the archive holds another file of this name")
        except OSError as error:
            return Refused(path, "unreadable", f"not unpacked: {error.strerror or 'input or output failed'}")
        except (*_DAMAGE, RuntimeError):
            return Refused(path, "unreadable", "damaged in the archive")

    def _write(self, entry: zipfile.ZipInfo, path: str) -> Unpacked | Refused:
        with self._archive.open(entry) as packed:
            target = os.path.join(self._folder, *path.split("/"))
            os.makedirs(os.path.dirname(target), 0o700, exist_ok=True)
            output = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            try:
                with os.fdopen(output, "wb") as unpacked:
                    fits = self._copy(packed, unpacked, _bound(entry))
            except BaseException:
                _remove(target)
                raise
        if fits:
            return Unpacked(path, target)
        _remove(target)
        return Refused(path, "too-large", "it inflates to more than is allowed")

    def _copy(self, packed: IO[bytes], unpacked: IO[bytes], bound: int) -> bool:
        """Copy at most ``bound`` bytes; false where there are more, or more than all entries may have."""
        left = bound
        while block := packed.read(_BLOCK):
            left -= len(block)
            self._bytes_left -= len(block)
            if left < 0 or self._bytes_left < 0:
                return False
            unpacked.write(block)
        return True

    def _no_room_for(self, entry: zipfile.ZipInfo) -> tuple[str, str] | None:
        """Why an entry is not begun: what it says of its size is checked again while it is written."""
        if self._bytes_left <= 0 or entry.file_size > self._bytes_left:
            return "too-large", "the archive inflates to more than is allowed"
        if entry.file_size > _bound(entry):
            return "too-large", "it inflates to more than is allowed"
        if shutil.disk_usage(self._folder).free < entry.file_size + _DISK_TO_LEAVE:
            return "unreadable", "not unpacked: no space left for temporary files"
        return None


def _fault(entry: zipfile.ZipInfo, path: str) -> tuple[str, str] | None:
    """Why an entry is not to be unpacked, whatever its size."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "special-file", "a link, not followed"
    if kind not in (0, stat.S_IFREG):
        return "special-file", "not a regular file"
    if not stays_inside(path):
        return "unreadable", "its name leads out of the archive or is none"
    if entry.flag_bits & _ENCRYPTED:
        return "unreadable", "encrypted"
    if entry.compress_type not in _METHODS:
        return "unreadable", "compressed in a way that is not supported"
    return None


def stays_inside(path: str, *, on_windows: bool = os.name == "nt") -> bool:
    """Whether a path with ``/`` may be joined to a folder: each part a plain name on this system."""
    for part in path.split("/"):
        if part in ("", ".", "..") or "\0" in part:
            return False
        if on_windows and (_NO_NAME_ON_WINDOWS.search(part) or _DEVICE_ON_WINDOWS.match(part)):
            return False
    return True


def _bound(entry: zipfile.ZipInfo) -> int:
    return max(_ENTRY_BYTES, _ENTRY_RATIO * entry.compress_size)


def _directory_size(file: IO[bytes], size: int) -> int:
    """The bytes of the list of entries as the archive states them; 0 where it does not."""
    tail = min(size, _END_SIZE + _LONGEST_COMMENT)
    file.seek(size - tail)
    data = file.read(tail)
    place = data.rfind(_END)
    if place < 0 or len(data) < place + _END_SIZE:
        return 0
    stated = int.from_bytes(data[place + 12 : place + 16], "little")
    # The 64-bit form holds the size elsewhere; the list cannot be longer than the file.
    return size if stated == 0xFFFFFFFF else stated


def _remove(path: str) -> None:
    with suppress(OSError):
        os.remove(path)
