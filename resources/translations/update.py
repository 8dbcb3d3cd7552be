"""Brings the translations of the window after its sources: ``python resources/translations/update.py``.

Qt's own tools, which come with PySide6, collect what the sources say into each ``uidscope_<language>.ts`` and
make of it the ``uidscope_<language>.qm`` that the program loads. What is new stands in the ``.ts`` as
unfinished: translate it there, by hand or with Qt Linguist, and run this again.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Final

import PySide6

HERE: Final = Path(__file__).resolve().parent
SOURCES: Final = HERE.parents[1] / "gui" / "uidscope" / "qt"
_TOOLS: Final = Path(PySide6.__file__).parent


def collect(ts: Path) -> None:
    """Bring a ``.ts`` after the sources; what they no longer say is dropped."""
    options = ("-no-obsolete", "-locations", "none", "-source-language", "en", "-extensions", "py")
    _run("lupdate", *options, str(SOURCES), "-ts", str(ts))


def release(ts: Path, qm: Path) -> None:
    """Make a ``.qm`` of a ``.ts``."""
    _run("lrelease", str(ts), "-qm", str(qm))


def unfinished(ts: Path) -> list[str]:
    """Return what a ``.ts`` has no translation of."""
    contexts = ET.parse(ts).getroot().iter("context")
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in contexts
        for message in context.iter("message")
        if (translation := message.find("translation")) is None or translation.get("type") is not None
    ]


def _run(tool: str, *arguments: str) -> None:
    if sys.platform == "win32":
        tool += ".exe"
    subprocess.run([str(_TOOLS / tool), "-silent", *arguments], check=True)


def main() -> int:
    """Update every language; the status is 1 where something is not translated."""
    left = []
    for ts in sorted(HERE.glob("*.ts")):
        collect(ts)
        left += [f"{ts.name}: {each}" for each in unfinished(ts)]
        release(ts, ts.with_suffix(".qm"))
    print("\n".join(left) or "Everything is translated.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
