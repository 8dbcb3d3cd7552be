"""What a screen reader is told of the program, part by part."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_DUMP = Path(__file__).with_name("at_spi_dump.py")
_BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


class Part(NamedTuple):
    """A part of a window; ``at`` is its place in the list it came from, ``above`` that of what it is in."""

    at: int
    above: int
    role: str
    name: str
    states: frozenset[str]
    place: tuple[int, int, int, int]  # x, y, width, height on the screen
    text: str

    @property
    def middle(self) -> tuple[int, int]:
        x, y, width, height = self.place
        return x + width // 2, y + height // 2

    @property
    def is_seen(self) -> bool:
        return "showing" in self.states and self.place[2] > 0 and self.place[3] > 0


class Parts(tuple[Part, ...]):
    """All parts of a program's windows at one moment."""

    def seen(self, role: str, name: str) -> Iterator[Part]:
        """Those on the screen of a role (a pattern) whose name a pattern finds."""
        for part in self:
            if part.is_seen and re.fullmatch(role, part.role) and re.search(name, part.name):
                yield part

    def below(self, above: Part) -> Iterator[Part]:
        """What stands in a part, at any depth."""
        inside = {above.at}
        for part in self[above.at + 1 :]:
            if part.above in inside:
                inside.add(part.at)
                yield part

    def way_to(self, part: Part) -> str:
        """What a part stands in, from the window down."""
        names = []
        step: Part | None = part
        while step is not None:
            names.append(f"{step.role} “{step.name}”")
            step = self[step.above] if step.above >= 0 else None
        return " > ".join(reversed(names))


@functools.cache
def python_with_bindings() -> str:
    """A Python that can ask AT-SPI; empty where there is none."""
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            asked = subprocess.run([python, "-c", _BINDINGS], capture_output=True, check=False)
        except OSError:
            continue
        if asked.returncode == 0:
            return python
    return ""


def parts_of(process: int, environment: Mapping[str, str]) -> Parts:
    """What the program of a process shows now; nothing while it is not known to AT-SPI yet."""
    told = subprocess.run(
        [python_with_bindings(), str(_DUMP), str(process)],
        env=dict(environment),
        capture_output=True,
        check=True,
        timeout=120,
    )
    return Parts(
        Part(
            at,
            each["above"],
            each["role"],
            each["name"],
            frozenset(each["states"]),
            tuple(each["place"]),
            each["text"],
        )
        for at, each in enumerate(json.loads(told.stdout))
    )
