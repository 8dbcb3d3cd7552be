"""The files that were not loaded, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from uidscope.core.report.counted import more_line
from uidscope.core.report.visible import visible

_SHOWN: Final = 20


def not_loaded_lines(refused: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the first of them with their reasons, and how many more there are; nothing where there is none.

    They are those of the JSON format, each with the ``folder`` it is in where there are several.
    """
    if not refused:
        return
    yield "\nNot loaded:\n"
    for entry in refused[:_SHOWN]:
        folder = f"{entry['folder']}: " if "folder" in entry else ""
        detail = f" ({entry['detail']})" if entry["detail"] else ""
        yield f"  {folder}{visible(entry['file'])}: {entry['reason']}{detail}\n"
    yield from more_line(len(refused), _SHOWN, "  ")
