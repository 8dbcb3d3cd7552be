"""A finding as it is kept in the catalog: a code and facts, no prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "info"]
FactValue = str | int | tuple[str, ...]
Level = Literal["file", "instance", "series", "study", "patient", "frame_of_reference"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, whatever the number of files it shows in.

    ``uid`` is the value it is about (for level ``file`` empty, for ``patient`` the Patient ID);
    ``attribute`` the keyword of the element, or empty; ``path`` the element path that defines the
    entity, else the first; ``occurrences`` the catalog's ids of all files concerned; ``facts`` text
    and numbers for the words, with values as the files state them.
    """

    rule: str
    severity: Severity
    level: Level
    uid: str
    attribute: str
    path: str
    occurrences: tuple[int, ...]
    facts: Mapping[str, FactValue] = field(default_factory=dict)
