"""Where the standard says what a rule asks for, short enough to stand beside its title."""

from __future__ import annotations

import re
from typing import Final

_REMARK: Final = re.compile(r"\s*\([^)]*\)")
_STANDARD: Final = re.compile(r"PS3\.\d|RFC |X\.\d")


def short_citation(citation: str) -> str:
    """Return the first section that a rule's citation names, without remarks; empty for mere practice."""
    first = _REMARK.sub("", citation.partition(";")[0]).strip()
    return first if _STANDARD.match(first) else ""
