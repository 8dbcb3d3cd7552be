"""Whether a file is a ZIP archive; asked of every file, where few are and need what unpacks them."""

from __future__ import annotations

import os
from typing import Final

from uidscope.core.read.platform_io import open_regular, read_at

_STARTS: Final = (b"PK\3\4", b"PK\5\6")  # the latter of an archive without entries
_PREAMBLE: Final = 128


def is_archive(path: str) -> bool:
    """Whether a file is a ZIP archive by its first bytes; a DICOM file whose preamble looks like one is not.

    False where it cannot be read.
    """
    try:
        descriptor = open_regular(path, follow_links=True)
    except OSError:
        return False
    try:
        head = read_at(descriptor, _PREAMBLE + 4, 0)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return looks_like_archive(head)


def looks_like_archive(head: bytes) -> bool:
    """Whether a file that begins with these bytes, 132 at least if it has them, is a ZIP archive."""
    return head.startswith(_STARTS) and head[_PREAMBLE : _PREAMBLE + 4] != b"DICM"
