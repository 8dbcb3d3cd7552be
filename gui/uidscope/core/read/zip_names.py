"""The names of the entries of a ZIP archive, whatever the archive says of their encoding."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from typing import IO, Final

_LISTED: Final = b"PK\1\2"
_LISTED_SIZE: Final = 46
_HEADER_SIZE: Final = 30
_NOT_UTF_8: Final = 0xF7  # in the second byte of the flags


class NamesUnsaid:
    """An archive that is read as if no name were said to be UTF-8.

    The library gives up the whole archive where one name is said to be and is not. ``headers`` is where the
    entries begin, None while they are listed.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self.headers: frozenset[int] | None = None

    def read(self, size: int = -1) -> bytes:
        """Read on, as of the file itself."""
        place = self._file.tell()
        data = self._file.read(size)
        if self.headers is None:
            return _list_without_flags(data)
        if len(data) == _HEADER_SIZE and place in self.headers:
            return data[:7] + bytes([data[7] & _NOT_UTF_8]) + data[8:]
        return data


def _list_without_flags(data: bytes) -> bytes:
    """A list of entries with bit 11 of each entry's flags taken away (APPNOTE 4.4.4)."""
    changed = bytearray(data)
    place = 0
    while changed.startswith(_LISTED, place) and place + _LISTED_SIZE <= len(changed):
        changed[place + 9] &= _NOT_UTF_8
        lengths = (changed[place + at] | changed[place + at + 1] << 8 for at in (28, 30, 32))
        place += _LISTED_SIZE + sum(lengths)
    return bytes(changed)


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The path of an entry: UTF-8 where it can be, else code page 437, the two the format knows (APPNOTE D).

    Many write UTF-8 without saying so.
    """
    name = entry.orig_filename
    with suppress(UnicodeError):
        name = name.encode("cp437").decode("utf-8")
    # Programs of old wrote the separator of their own system.
    return name.replace("\\", "/") if "/" not in name and entry.create_system == 0 else name
