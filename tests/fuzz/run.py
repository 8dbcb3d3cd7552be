"""Many mutants, each watched: what it became of, how long it took, and the most memory that was held."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from tests.fuzz.mutations import mutant
from tests.fuzz.seeds import Seed, real_seeds, seeds
from tests.fuzz.stages import Unclassified, go_through
from tests.fuzz.whole_way import take_the_whole_way
from tests.peak_memory import peak_memory

LONGEST: Final = 5.0  # seconds of processor time for one mutant
_LONGEST_GROUP: Final = 120.0
_GROUP: Final = 25  # mutants that are loaded, judged and exported together
_CHUNK: Final = 4000
_KEPT: Final = 50  # failures told


class _Hung(BaseException):
    """A mutant took longer than ``LONGEST``."""


@dataclass(slots=True)
class Tally:
    """What became of mutants. ``failures`` tell of the first that crashed or hung; bytes of memory."""

    mutants: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: int = 0
    hangs: int = 0
    unclassified: int = 0
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    peak_memory: int = 0

    def add(self, other: Tally) -> None:
        """Take in what another range of mutants came to."""
        self.mutants += other.mutants
        self.outcomes += other.outcomes
        self.crashes += other.crashes
        self.hangs += other.hangs
        self.unclassified += other.unclassified
        self.failures = (self.failures + other.failures)[:_KEPT]
        self.slowest = max(self.slowest, other.slowest)
        self.peak_memory = max(self.peak_memory, other.peak_memory)


def nth_mutant(seed: int, number: int) -> tuple[str, bytes]:
    """The mutant of this number: the name of what it was made of, and its bytes; always the same."""
    chance = random.Random(f"{seed}/{number}")
    of, other = chance.choice(_pool()), chance.choice(_pool())
    return of.name, mutant(chance, of, other)


def run(
    seed: int,
    count: int,
    *,
    first: int = 0,
    processes: int = 1,
    whole_way_every: int = 50,
    told: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Try this many mutants from number ``first`` on; one in ``whole_way_every`` goes the whole way too."""
    total = Tally()
    starts = range(first, first + count, _CHUNK)
    work = [(seed, start, min(start + _CHUNK, first + count), whole_way_every) for start in starts]
    if processes == 1:
        for part in work:
            total.add(_try(*part))
            told(total)
        return total
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        for tally in pool.map(_try, *zip(*work, strict=True)):
            total.add(tally)
            told(total)
    return total


@cache
def _pool() -> tuple[Seed, ...]:
    return seeds() + real_seeds()


def _try(seed: int, first: int, last: int, whole_way_every: int) -> Tally:
    tally = Tally()
    group: dict[str, bytes] = {}
    for number in range(first, last):
        name, data = nth_mutant(seed, number)
        with _watched(tally, f"{number} ({name})", LONGEST):
            tally.outcomes[go_through(data)] += 1
        tally.mutants += 1
        if number % whole_way_every == 0:
            group[f"{number}.dcm"] = data
        if len(group) >= _GROUP or (group and number == last - 1):
            with _watched(tally, f"the whole way, {', '.join(group)}", _LONGEST_GROUP):
                tally.outcomes += take_the_whole_way(group, random.Random(number))
            group.clear()
    tally.peak_memory = peak_memory()
    return tally


@contextlib.contextmanager
def _watched(tally: Tally, what: str, longest: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _Hung

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, longest)
    start = time.process_time()
    try:
        yield
    except _Hung:
        tally.hangs += 1
        tally.failures.append(f"{what}: hung")
    except Unclassified as unclassified:
        tally.unclassified += 1
        tally.failures.append(f"{what}: {unclassified}")
    except Exception as crash:  # noqa: BLE001 - whatever it is, it is a crash
        tally.crashes += 1
        place = traceback.extract_tb(crash.__traceback__)[-1]
        tally.failures.append(f"{what}: {type(crash).__name__} at {place.name}:{place.lineno}: {crash}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        if longest == LONGEST:
            tally.slowest = max(tally.slowest, time.process_time() - start)
    del tally.failures[_KEPT:]
