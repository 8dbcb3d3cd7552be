"""Exports that are stopped dead: `python -m tests.kills [N] [--seed S]`, `... --exits [--everywhere]`.

N exports (150 unless told otherwise) run in child processes, each killed at a random moment, by turns to
folders, media, archives and resumed; or one export for every operation on files that there is, at which its
process exits. After each, the target must be absent or complete, a second start must clear what is left, or
go on with it, and succeed, and no source may have changed. Prints how many were stopped where; ends with an
error at the first that breaks a promise.

A program of its own, since it forks: nothing else may run in the process.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.core.export.faults import (
    LAYOUTS,
    MORE_WAYS,
    Scene,
    Way,
    count_operations,
    from_the_nth,
    is_complete,
    make_scene,
    remove,
    start_again,
)
from tests.core.export.requests import staging_of, state_of
from uidscope.core.export.export import export
from uidscope.core.export.request import ExportRequest

_WAYS = (*LAYOUTS, *MORE_WAYS)
_MOMENTS = 12
_MOST_OPERATIONS = 10_000


def kills(folder: Path, times: int, seed: int) -> Counter[str]:
    """Kill exports at random moments, by turns in each way; return how many were stopped where."""
    scene = make_scene(folder, files=24, ways=_WAYS)
    before = [state_of(source) for source in scene.sources()]
    moments = random.Random(seed)
    lasts = {way: _duration(scene, folder / f"timed-{way}", way) for way in _WAYS}
    stopped: Counter[str] = Counter()
    for number in range(times):
        way = _WAYS[number % len(_WAYS)]
        request = scene.request(folder / "out", way)
        scene.prepare(folder / "out", way)
        child = _child(request)
        time.sleep(moments.uniform(0, 1.1 * lasts[way]))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        stopped[_looked_at(request, scene, way)] += 1
    assert [state_of(source) for source in scene.sources()] == before, "a source was changed"
    return stopped


def exits(folder: Path, *, everywhere: bool) -> Counter[str]:
    """Exit at every operation of an export, in each layout; return how many were stopped where.

    Media, archives and resumed exports stop at some operations, unless `everywhere`.
    """
    scene = make_scene(folder, ways=_WAYS)
    before = [state_of(source) for source in scene.sources()]
    stopped: Counter[str] = Counter()
    for way in _WAYS:
        request = scene.request(folder / "out", way)
        step = 1
        if way in MORE_WAYS and not everywhere:
            scene.prepare(folder / "out", way)
            step = count_operations(request) // _MOMENTS
            remove(folder / "out")
        for nth in range(1, _MOST_OPERATIONS, step):
            scene.prepare(folder / "out", way)
            child = _child(request, exit_at=nth)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            assert status in (0, 9), f"the child ended with {status}"
            stopped[_looked_at(request, scene, way)] += 1
            if status == 0:
                break
    assert [state_of(source) for source in scene.sources()] == before, "a source was changed"
    return stopped


def _duration(scene: Scene, target: Path, way: Way) -> float:
    """How long an export takes in a child, from its fork to its end."""
    request = scene.request(target, way)
    scene.prepare(target, way)
    start = time.perf_counter()
    os.waitpid(_child(request), 0)
    return time.perf_counter() - start


def _child(request: ExportRequest, *, exit_at: int = 0) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        with from_the_nth(exit_at, lambda: os._exit(9)):
            export(request)
        status = 0
    finally:
        os._exit(status)


def _looked_at(request: ExportRequest, scene: Scene, way: Way) -> str:
    """Check what a stopped export left, start again, and say where it was stopped."""
    target, expected = Path(request.target), scene.expected[way]
    complete = is_complete(request, expected)
    left = staging_of(target).exists()
    start_again(request, expected)
    remove(target)
    if complete:
        return "cleaning up" if left else "at the end"
    return "working" if left else "before it began"


def main() -> None:
    """Do what the command line says and print the result."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("times", nargs="?", type=int, default=150)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--exits", action="store_true", help="exit at every operation instead")
    parser.add_argument("--everywhere", action="store_true", help="in every way at every operation")
    given = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        if given.exits:
            what, stopped = "exits", exits(Path(folder), everywhere=given.everywhere)
        else:
            sys.stdout.write(f"seed {given.seed}\n")
            what, stopped = "kills", kills(Path(folder), given.times, given.seed)
    told = ", ".join(f"{times} {where}" for where, times in sorted(stopped.items()))
    sys.stdout.write(f"{stopped.total()} {what} in {time.perf_counter() - start:.0f} s: {told}\n")


if __name__ == "__main__":
    main()
