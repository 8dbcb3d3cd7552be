"""Where a UID is used, as a table that can be pasted into a mail or a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.uid_uses import uid_uses
from uidscope.core.report.csv_table import spreadsheet_safe
from uidscope.core.report.visible import visible

COLUMNS: Final = ("uid", "kind", "names", "element", "file", "times")


def uid_uses_text(catalog: Catalog, uid: str, file_name: Callable[[str], str] = str) -> str:
    """Return one line for each element of each file that holds the UID, its columns set apart by tabs.

    The first line names the columns; what a file's text might act by is spelled out. ``file_name`` says what
    a file is called.
    """
    lines = [COLUMNS]
    lines += [
        (uid, use.kind, use.entity, use.pattern, file_name(use.file), str(use.count))
        for use in uid_uses(catalog, uid)
    ]
    return "".join("\t".join(spreadsheet_safe(visible(cell)) for cell in line) + "\n" for line in lines)
