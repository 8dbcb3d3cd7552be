"""Every UI value and every reference of the loaded files, with item numbers: read again, file by file.

The catalog keeps patterns and counts only, since a path with numbers is as good as unique.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from uidscope.core.read.encoding import FileStart
from uidscope.core.read.read_file import walk_file
from uidscope.core.read.record import RawReference
from uidscope.core.read.references import placed_references
from uidscope.core.read.walk import Walk, numbered_path
from uidscope.core.uid.dictionary import ui_tags
from uidscope.core.uid.syntax import is_plainly_encoded, split_field, strip_value


class NumberedValue(NamedTuple):
    """One UI value: its element path, the stripped text, and the odd bytes, if odd.

    ``raw`` is the value's own bytes where they differ from the text by more than the legal pad.
    """

    path: str
    value: str
    raw: bytes | None


def numbered_values(file: str) -> Iterator[NumberedValue]:
    """Yield every UI value of a file in file order; nothing where the file has gone meanwhile."""
    walked = walk_file(file)
    if walked is None:
        return
    start, walk = walked
    for path, raw in _fields(start, walk):
        yield from _values(path, raw)


def numbered_references(file: str) -> Iterator[tuple[str, RawReference]]:
    """Yield every reference of a file with its element path; nothing where the file has gone meanwhile."""
    walked = walk_file(file)
    if walked is None:
        return
    _, walk = walked
    for item, reference in placed_references(walk):
        yield numbered_path(walk, reference.pattern, item), reference


def _fields(start: FileStart, walk: Walk) -> Iterator[tuple[str, bytes]]:
    for field in start.meta:
        if field.tag in ui_tags():
            yield field.path, field.raw
    for pattern, raw, _, item in walk.values:
        yield numbered_path(walk, pattern, item), raw


def _values(path: str, raw: bytes) -> Iterator[NumberedValue]:
    values = split_field(raw)
    odd = not is_plainly_encoded(raw)
    for number, value in enumerate(values, 1):
        suffix = f"({number})" if len(values) > 1 else ""
        text = strip_value(value)
        yield NumberedValue(path + suffix, text, value if odd else None)
