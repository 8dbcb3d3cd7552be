"""Faults of the disk: the nth operation of the process on files fails, or is never come back from.

The seam is the module `os`: whatever the program and the libraries it calls do with files by way of Python
goes through it, the sources included.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from tests.core.export.requests import (
    files_of,
    image_file,
    make_source,
    request_for,
    sidecars_of,
    staging_of,
    state_of,
)
from uidscope.core.errors import OutputError
from uidscope.core.export.export import export
from uidscope.core.export.request import ExportRequest, Layout
from uidscope.core.export.stage import clear_interrupted
from uidscope.core.export.target import target_names

OPERATIONS: Final = (
    "close",
    "copy_file_range",
    "fstat",
    "fsync",
    "ftruncate",
    "link",
    "lstat",
    "mkdir",
    "open",
    "posix_fallocate",
    "pread",
    "read",
    "rename",
    "replace",
    "rmdir",
    "scandir",
    "stat",
    "unlink",
    "write",
)
LAYOUTS: Final[tuple[Layout, ...]] = ("keep", "hierarchy")
LARGE: Final = 1_200_000  # bytes, more than one block

Digests = dict[str, str]


class Operations:
    """How many operations on files there have been, and whether the fault was reached."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)  # one step for all threads
        self.reached = False

    def next(self) -> int:
        return next(self._numbers)


@contextlib.contextmanager
def from_the_nth(nth: int, happens: Callable[[], None], *, lasting: bool = False) -> Iterator[Operations]:
    """Have something happen instead of the nth operation; `lasting`: and of all that follow.

    A file that fails to close is closed all the same, as systems do.
    """
    operations = Operations()

    def with_fault(name: str, operation: Callable[..., Any]) -> Callable[..., Any]:
        def operate(*arguments: Any, **more: Any) -> Any:
            number = operations.next()
            if number == nth or (lasting and number > nth):
                operations.reached = True
                if name == "close":
                    operation(*arguments, **more)
                happens()
            return operation(*arguments, **more)

        return operate

    with pytest.MonkeyPatch.context() as patched:
        for name in OPERATIONS:
            if hasattr(os, name):
                patched.setattr(os, name, with_fault(name, getattr(os, name)))
        yield operations


class Scene(NamedTuple):
    """A source, and what an undisturbed export of it writes."""

    source: Path
    expected: dict[Layout, Digests]

    def request(self, target: Path, layout: Layout) -> ExportRequest:
        return request_for(self.source, target, layout=layout)


def make_scene(folder: Path, *, files: int = 1) -> Scene:
    """A source of some small files in folders and one that is written in several blocks."""
    source = make_source(folder / "source", [f"{number % 3}/{number}.dcm" for number in range(files)])
    (source / "large.dcm").write_bytes(image_file(9, LARGE))
    expected: dict[Layout, Digests] = {}
    for layout in LAYOUTS:
        target = folder / f"undisturbed-{layout}"
        export(request_for(source, target, layout=layout))
        expected[layout] = digests(target)
        assert len(expected[layout]) == len(files_of(source))
    return Scene(source, expected)


def remove(target: Path) -> None:
    """Remove an export where there is one, so that the next can have its name."""
    shutil.rmtree(target, ignore_errors=True)
    for path in sidecars_of(target):
        path.unlink(missing_ok=True)


def digests(folder: Path) -> Digests:
    return {name: digest for name, (digest, _, _) in state_of(folder).items()}


def is_complete(target: Path, expected: Digests) -> bool:
    """Whether the export is there; an AssertionError where a part of it has its final name."""
    there = [path for path in sidecars_of(target) if os.path.lexists(path)]
    if not os.path.lexists(target):
        # What stands beside it may have its name already while the work that says so is still there.
        assert not there or os.path.lexists(staging_of(target))
        return False
    assert digests(target) == expected
    assert there == sidecars_of(target)
    assert all(path.stat().st_size for path in there)
    return True


def start_again(request: ExportRequest, expected: Digests) -> bool:
    """Start once more after an interruption; return whether something had to be cleared first.

    A published export is not made again, and what lies beside it is cleared. Where nothing at all is left,
    the second start would be the first once more, and is not made.
    """
    target = Path(request.target)
    left = staging_of(target).exists()
    if not left and not is_complete(target, expected):
        return False
    if left:
        with pytest.raises(OutputError):
            export(request)
        clear_interrupted(target_names(request.target))
        assert not staging_of(target).exists()
    if not is_complete(target, expected):
        export(request)
    assert is_complete(target, expected)
    assert not staging_of(target).exists()
    return left
