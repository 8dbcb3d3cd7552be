"""Text as it is written into a file: in the character set that the file has."""

from __future__ import annotations

from typing import Final

from uidscope.core.errors import UsageError
from uidscope.core.read.structure import FileStructure

_SPECIFIC_CHARACTER_SET: Final = 0x0008_0005


def encoded_for(structure: FileStructure, text: str, what: str) -> bytes:
    """Return text in the file's first character set, without escapes to others (PS3.3 C.12.1.1.2).

    Raises ``UsageError``, which calls the text ``what``, where that set cannot hold it.
    """
    if text.isascii():
        return text.encode("ascii")
    from pydicom.charset import python_encoding  # noqa: PLC0415 - slow to import, and rarely needed

    element = structure.dataset.find(_SPECIFIC_CHARACTER_SET)
    character_set = "" if element is None else structure.text(element)
    first = character_set.partition("\\")[0].strip()
    try:
        return text.encode(python_encoding.get(first, "ascii") if first else "ascii")
    except UnicodeEncodeError:
        raise UsageError(
            f"The {what} has letters that the character set of a selected file "
            f"({first or 'ISO_IR 6'}) cannot hold."
        ) from None
