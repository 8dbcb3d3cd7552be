"""The licences and notices that a program carries when it is shipped with Python and Qt in it."""

from __future__ import annotations

from typing import Final

from uidscope.core.uid.resource_files import read_text, resource_root

_TEXTS: Final = ("replacing-qt.txt", "notices.txt", "LGPL-3.0.txt", "GPL-3.0.txt")


def shipped_licences() -> str:
    """Return all texts in one; empty where Python and Qt were installed by others, who say it themselves."""
    if not (resource_root() / "licences").is_dir():
        return ""
    return "\n\n\n".join(read_text("licences", name) for name in _TEXTS)
