"""Thousands of broken files, always the same: nothing crashes, hangs or takes the memory; no cut goes unseen.

The same by the million, and with a moving seed: `python -m tests.fuzz`, `python -m tests.fuzz.guided`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.fuzz.differential import compared
from tests.fuzz.truncation import cuts, files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the watch over time and memory is POSIX")

_SEED = 2026
_CHECKOUT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.timeout(600)
def test_twenty_thousand_mutants_crash_nothing() -> None:
    """In a process of its own, whose memory is that of the fuzzer alone."""
    command = [sys.executable, "-m", "tests.fuzz", "--count", "20000", "--seed", str(_SEED), "--json"]
    ended = subprocess.run(command, cwd=_CHECKOUT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-5000:] + ended.stderr[-2000:]
    figures = json.loads(ended.stdout)
    assert figures["mutants"] == 20_000
    assert (figures["crashes"], figures["hangs"], figures["unclassified"]) == (0, 0, 0)
    assert figures["peak_memory_mib"] <= 512
    outcomes = figures["outcomes"]
    # The mutants are neither all refused at once nor all sound, and some went the whole way.
    assert min(outcomes[each] for each in ("rewritten", "truncated", "broken", "too deep")) > 100
    assert outcomes["exports done"] > 5


def test_pydicom_and_the_walker_see_the_same_values_or_it_is_known_why() -> None:
    from tests.fuzz.run import nth_mutant

    seen: Counter[str] = Counter()
    differences = []
    for number in range(3000):
        name, data = nth_mutant(_SEED, number)
        said = compared(data)
        seen[said] += 1
        if said.startswith("differ"):
            differences.append(f"{number} ({name}): {said}")
    assert differences == []
    assert seen["agree"] > 500
    assert seen["twice"] + seen["another encoding"] < seen["agree"] / 5


def test_no_cut_goes_unseen() -> None:
    """Twenty files, cut at every byte."""
    seen: Counter[str] = Counter()
    for _, data in files():
        seen += cuts(data, range(len(data)))
    assert seen["undetected"] == 0
    assert seen["truncated"] > 25_000
    at_an_end = sum(times for what, times in seen.items() if what.startswith("at an element's end"))
    assert at_an_end < seen.total() / 30
