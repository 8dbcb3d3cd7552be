"""Whatever happens on the disk: the target is absent or complete, no source changes, a second start works.

`python -m tests.kills` kills more often than the tests do; `UIDSCOPE_KILLS` says how often they do it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.core.export.faults import (
    LAYOUTS,
    MORE_WAYS,
    Scene,
    Way,
    count_operations,
    digests,
    from_the_nth,
    is_complete,
    make_scene,
    remove,
    start_again,
)
from tests.core.export.requests import staging_of, state_of
from uidscope.core.errors import InputError, OutputError, VerificationError
from uidscope.core.export.export import export
from uidscope.core.export.request import ExportRequest

PROJECT = Path(__file__).parents[3]
ERRORS = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS]
MOMENTS = 12  # of each way that is tried at some only
PAGE = 4096  # bytes; what the small disk gives away at a time


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """A source, the same after the test as before."""
    made = make_scene(tmp_path, ways=(*LAYOUTS, *MORE_WAYS))
    before = [state_of(source) for source in made.sources()]
    yield made
    assert [state_of(source) for source in made.sources()] == before


def sentence_of_failure(request: ExportRequest) -> str:
    """What an export that fails says; empty where it does not fail."""
    try:
        export(request)
    except (OutputError, InputError, VerificationError) as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("number", "layout"),
    [
        (errno.ENOSPC, "keep"),
        (errno.EIO, "hierarchy"),
        (errno.EACCES, "keep"),
        (errno.EROFS, "hierarchy"),
    ],
    ids=["ENOSPC", "EIO", "EACCES", "EROFS"],
)
def test_a_failure_of_any_one_operation(tmp_path: Path, scene: Scene, number: int, layout: Way) -> None:
    request = scene.request(tmp_path / "out", layout)
    failing = failing_at_each(request, scene, layout, [number], lasting=False)
    failures = [failed for failed, _ in failing]
    assert len(failures) > 100


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_disk_that_fails_from_one_moment_on(tmp_path: Path, scene: Scene, layout: Way) -> None:
    """Nothing can be cleaned up then, and the next start has to."""
    request = scene.request(tmp_path / "out", layout)
    outcomes = list(failing_at_each(request, scene, layout, ERRORS, lasting=True))
    assert len(outcomes) > 100
    assert sum(left for _, left in outcomes) > 50


# The temporary folder of the second reader of a DICOMDIR cannot be removed then either.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("way", MORE_WAYS)
@pytest.mark.parametrize("lasting", [False, True])
def test_media_archives_and_resumed_exports_fail_as_well(
    tmp_path: Path, scene: Scene, way: Way, lasting: bool
) -> None:
    """At some moments; at all of them, with each error, where `UIDSCOPE_FAULTS` is set."""
    request = scene.request(tmp_path / "out", way)
    every, step = bool(os.environ.get("UIDSCOPE_FAULTS")), 1
    if not every:
        scene.prepare(tmp_path / "out", way)
        step = count_operations(request) // MOMENTS
        remove(tmp_path / "out")
    failed = 0
    for errors in [[number] for number in ERRORS] if every else [ERRORS]:
        failing = failing_at_each(request, scene, way, errors, lasting=lasting, step=step)
        failed += sum(has_failed for has_failed, _ in failing)
    # Only that some did: every second operation on media clears up or looks again, and may fail unharmed.
    assert failed >= MOMENTS // 4


def failing_at_each(
    request: ExportRequest, scene: Scene, way: Way, numbers: list[int], *, lasting: bool, step: int = 1
) -> Iterator[tuple[bool, bool]]:
    """Fail at each operation of an export; give whether it failed, and whether it left work behind."""
    target, expected = Path(request.target), scene.expected[way]
    for tried, nth in enumerate(range(1, 100_000, step)):
        number = numbers[tried % len(numbers)]
        scene.prepare(target, way)

        def fail(number: int = number) -> None:
            raise OSError(number, os.strerror(number))

        with from_the_nth(nth, fail, lasting=lasting) as operations:
            sentence = sentence_of_failure(request)
        complete = is_complete(request, expected)
        assert sentence.endswith(".") or complete
        left = start_again(request, expected)
        remove(target)
        if not operations.reached:
            assert complete
            return
        yield bool(sentence), left
    raise AssertionError("an export has no end")


def stopped_dead(*arguments: str) -> str:
    """The last line of `python -m tests.kills`, which stops exports in processes of its own."""
    if not hasattr(os, "fork"):
        pytest.skip("the test forks, which this system cannot")
    ended = subprocess.run(
        [sys.executable, "-m", "tests.kills", *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout.splitlines()[-1]


@pytest.mark.timeout(300)
def test_an_exit_at_any_operation() -> None:
    told = stopped_dead("--exits")
    assert all(where in told for where in ("before it began", "working", "cleaning up", "at the end")), told


def test_kills_at_random_moments() -> None:
    told = stopped_dead(os.environ.get("UIDSCOPE_KILLS", "20"))
    assert "working" in told


# ---- a disk that is full --------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own in memory: 4 MiB and 64 names."""
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("a small disk in memory needs Linux and mount")
    disk = tmp_path / "disk"
    disk.mkdir()
    options = ["-t", "tmpfs", "-o", "size=4m,nr_inodes=64", "tmpfs", str(disk)]
    mounted = subprocess.run([mount, *options], capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path, *, but_pages: int) -> Path:
    """Leave so many pages free, with one file; return it."""
    ballast = disk / "ballast"
    status = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, status.f_bavail * status.f_frsize - but_pages * PAGE)
    return ballast


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_disk_that_fills_up(
    small_disk: Path, scene: Scene, layout: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else takes the room after it was asked for: each time a little later."""
    target, expected = small_disk / "out", scene.expected[layout]
    request = scene.request(target, layout)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1 << 40))
    needed = sum(file.stamp.size for file in request.files) // PAGE
    failed = 0
    for free in [*range(12), *range(12, needed - 12, 40), *range(needed - 12, needed + 40)]:
        ballast = fill(small_disk, but_pages=free)
        sentence = sentence_of_failure(request)
        assert is_complete(request, expected) == (not sentence)
        if sentence:
            failed += 1
            assert "No space left" in sentence
        ballast.unlink()
        start_again(request, expected)
        remove(target)
    assert failed > needed // 40
    assert not sentence


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_disk_without_room_for_another_name(small_disk: Path, scene: Scene, layout: Way) -> None:
    target, expected = small_disk / "out", scene.expected[layout]
    request = scene.request(target, layout)
    failed = 0
    for free in range(30):
        names = [small_disk / str(number) for number in range(os.statvfs(small_disk).f_favail - free)]
        for name in names:
            name.touch()
        sentence = sentence_of_failure(request)
        assert is_complete(request, expected) == (not sentence)
        failed += bool(sentence)
        for name in names:
            name.unlink()
        start_again(request, expected)
        remove(target)
    assert failed > 5
    assert not sentence


def test_a_disk_that_is_too_small_is_seen_before_anything_is_written(small_disk: Path, scene: Scene) -> None:
    target = small_disk / "out"
    with contextlib.ExitStack() as filled:
        filled.callback(fill(small_disk, but_pages=100).unlink)
        assert "make room" in sentence_of_failure(scene.request(target, "keep"))
        assert not staging_of(target).exists()
    export(scene.request(target, "keep"))
    assert digests(target) == scene.expected["keep"]
