"""Which tests run which functions: a pytest plugin that writes it down, and what was written, read again.

Only calls are traced, so that a run with it takes hardly longer than one without.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Final, NamedTuple

import pytest

WANTED: Final = "UIDSCOPE_CALL_MAP"  # the file to append to, then the folder whose calls are of interest


class Test(NamedTuple):
    """A test function, all its parameters together: how long it takes, and what it runs.

    ``calls`` are modules and the qualified names of their functions.
    """

    name: str
    seconds: float
    calls: frozenset[tuple[str, str]]


def read_call_map(path: Path) -> tuple[Test, ...]:
    """Return what the plugin wrote, each test once."""
    seconds: dict[str, float] = {}
    calls: dict[str, set[tuple[str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        seconds[told["test"]] = seconds.get(told["test"], 0.0) + told["seconds"]
        calls.setdefault(told["test"], set()).update((module, function) for module, function in told["calls"])
    return tuple(Test(name, seconds[name], frozenset(calls[name])) for name in seconds)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    target, _, folder = os.environ[WANTED].partition(os.pathsep)
    seen: set[CodeType] = set()

    def trace(frame: FrameType, event: str, _: object) -> None:
        seen.add(frame.f_code)

    start = time.perf_counter()
    threading.settrace(trace)
    sys.settrace(trace)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        threading.settrace(None)
        name = item.nodeid.partition("[")[0]
        told = {"test": name, "seconds": time.perf_counter() - start, "calls": sorted(_places(seen, folder))}
        with open(target, "ab", buffering=0) as lines:  # each line at once: several processes write
            lines.write(json.dumps(told).encode() + b"\n")


def _places(seen: Iterable[CodeType], folder: str) -> set[tuple[str, str]]:
    return {
        (Path(code.co_filename).relative_to(folder).as_posix(), code.co_qualname.replace(".<locals>", ""))
        for code in seen
        if code.co_filename.startswith(folder)
    }
