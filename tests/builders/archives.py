"""ZIP archives for the tests, right ones and hostile ones."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

ENCRYPTED_FLAG = 1


def write_archive(path: Path, entries: Mapping[str, bytes]) -> Path:
    """An archive with these entries, names as they stand, and return its path."""
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def add_link(path: Path, name: str, target: str) -> None:
    """Add an entry that unpacks to a symbolic link where a program lets it."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3  # UNIX
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, target)


def with_bytes_replaced(path: Path, old: bytes, new: bytes) -> Path:
    """Replace bytes in the archive's own structures, all of them, by others of the same length."""
    assert len(old) == len(new)
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    return path


def marked_encrypted(path: Path) -> Path:
    """Say of every entry that it is encrypted (APPNOTE 4.4.4, bit 0)."""
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= ENCRYPTED_FLAG
            place = data.find(signature, place + 4)
    path.write_bytes(data)
    return path
