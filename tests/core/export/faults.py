"""Faults of the disk: the nth operation of the process on files fails, or is never come back from.

The seam is the module `os`: whatever the program and the libraries it calls do with files by way of Python
goes through it, the sources included.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import itertools
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import pytest

from tests.builders import ct_series, encoded
from tests.core.export.requests import (
    NEW_UID,
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
from uidscope.core.export.journal import Journal
from uidscope.core.export.request import ExportRequest, Place
from uidscope.core.export.stage import Stage, clear_interrupted, find_interrupted
from uidscope.core.export.target import target_names
from uidscope.core.progress import Progress

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
    "writev",
)
Way = Literal["keep", "hierarchy", "media", "zip", "resumed"]
LAYOUTS: Final[tuple[Way, ...]] = ("keep", "hierarchy")
# These share most operations with the others, so the tests try only some moments of each.
MORE_WAYS: Final[tuple[Way, ...]] = ("media", "zip", "resumed")
JOURNAL: Final = Journal("digest", dt.datetime(2024, 2, 3, tzinfo=dt.UTC), (), ())
LARGE: Final = 1_200_000  # bytes, more than one block

Digests = dict[str, str]


class Operations:
    """How many operations on files there have been, and whether the fault was reached."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)  # one step for all threads
        self.reached = False

    def next(self) -> int:
        return next(self._numbers)


def count_operations(request: ExportRequest) -> int:
    """How many operations on files an undisturbed export takes."""
    with from_the_nth(0, lambda: None) as operations:
        export(request)
    return operations.next() - 1


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
    """Sources, what an undisturbed export of each way writes, and what one that was killed had left."""

    source: Path
    expected: dict[Way, Digests]
    media: Path
    interrupted: Path

    def sources(self) -> list[Path]:
        """Every source there is."""
        return [self.source, self.media]

    def request(self, target: Path, way: Way) -> ExportRequest:
        """What is to be exported."""
        if way == "media":
            return _media_request(self.media, target)
        if way == "zip":
            return request_for(self.source, target, zipped=True)
        if way == "resumed":
            return request_for(self.source, target, journal=JOURNAL, resume=True)
        return request_for(self.source, target, layout=way)

    def prepare(self, target: Path, way: Way) -> None:
        """Have there be what an export of this way finds when it starts."""
        if way == "resumed":
            shutil.copytree(self.interrupted, staging_of(target))


def make_scene(folder: Path, *, files: int = 1, ways: Iterable[Way] = LAYOUTS) -> Scene:
    """A source of some small files in folders and one that is written in several blocks."""
    source = make_source(folder / "source", [f"{number % 3}/{number}.dcm" for number in range(files)])
    (source / "large.dcm").write_bytes(image_file(9, LARGE))
    media = folder / "media"
    media.mkdir()
    for number, image in enumerate(ct_series(2)):
        (media / f"{number}.dcm").write_bytes(encoded(image))
    scene = Scene(source, {}, media, folder / "interrupted")
    if "resumed" in ways:
        _interrupt(request_for(source, folder / "stopped", journal=JOURNAL), scene.interrupted)
    for way in ways:
        target = folder / f"undisturbed-{way}"
        request = scene.request(target, way)
        scene.prepare(target, way)
        export(request)
        scene.expected[way] = digests(published_of(request))
        assert len(scene.expected[way]) == len(request.files) + (way == "media")
    return scene


def _media_request(source: Path, target: Path) -> ExportRequest:
    found = files_of(source, changed="unchanged")
    files = [replace(file, place=Place("1", "1", "1", "CT")) for file in found]
    # The same UID of the DICOMDIR each time, so that two exports can be compared.
    return request_for(source, target, files=tuple(files), layout="media", new_uid=lambda _: NEW_UID)


def _interrupt(request: ExportRequest, left: Path) -> None:
    """Stop an export when its first file is verified, and keep what it leaves."""

    def stop(report: Progress) -> None:
        if report.stage == "verifying":
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Stage, "close", lambda _: None)
        with contextlib.suppress(KeyboardInterrupt):
            export(request, stop)
    staging_of(Path(request.target)).rename(left)


def published_of(request: ExportRequest) -> Path:
    """What gets the final name: a folder, or an archive."""
    target = Path(request.target)
    return target.with_name(f"{target.name}.zip") if request.zipped else target


def remove(target: Path) -> None:
    """Remove an export where there is one, so that the next can have its name."""
    shutil.rmtree(target, ignore_errors=True)
    for path in (*sidecars_of(target), target.with_name(f"{target.name}.zip")):
        path.unlink(missing_ok=True)


def digests(published: Path) -> Digests:
    """The SHA-256 of every file of an export, by its name."""
    if published.suffix != ".zip":
        return {name: digest for name, (digest, _, _) in state_of(published).items()}
    with zipfile.ZipFile(published) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


def is_complete(request: ExportRequest, expected: Digests) -> bool:
    """Whether the export is there; an AssertionError where a part of it has its final name."""
    target, published = Path(request.target), published_of(request)
    there = [path for path in sidecars_of(target) if os.path.lexists(path)]
    if not os.path.lexists(published):
        # What stands beside it may have its name already while the work that says so is still there.
        assert not there or os.path.lexists(staging_of(target))
        return False
    assert digests(published) == expected
    assert there == sidecars_of(target)
    assert all(path.stat().st_size for path in there)
    return True


def start_again(request: ExportRequest, expected: Digests) -> bool:
    """Start once more after an interruption; return whether something had to be gone on with or cleared.

    A published export is not made again, and what lies beside it is cleared. Where nothing at all is left,
    the second start would be the first once more, and is not made.
    """
    target = Path(request.target)
    left = staging_of(target).exists()
    if not left and not is_complete(request, expected):
        return False
    if left:
        names = target_names(request.target, zipped=request.zipped)
        with pytest.raises(OutputError):
            export(replace(request, resume=False))
        found = find_interrupted(names)
        assert found is not None
        if not request.resume or found.published or found.journal is None:
            clear_interrupted(names)
            assert not staging_of(target).exists()
    if not is_complete(request, expected):
        export(request)
    assert is_complete(request, expected)
    assert not staging_of(target).exists()
    return left
