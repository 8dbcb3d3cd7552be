"""Cycles are looked for seldom while somebody asks for it, and as before afterwards."""

from __future__ import annotations

import gc
import subprocess
import sys

from uidscope.core.collector import seldom_collected

_ENDING = """
import atexit, gc, sys, weakref
from uidscope.core.collector import not_collected_at_the_end

class Cycle:
    def __init__(self):
        self.itself = self

    def __del__(self):
        print("found")

gc.disable()
folder = type("Folder", (), {})()
weakref.finalize(folder, print, "removed")
if sys.argv[1] == "short":
    not_collected_at_the_end()
Cycle()
"""


def test_it_holds_until_the_last_has_left() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        seldom = gc.get_threshold()
        with seldom_collected():
            pass
        within = gc.get_threshold()
    assert seldom[0] > before[0]
    assert within == seldom
    assert gc.get_threshold() == before


def said_at_the_end(how: str) -> list[str]:
    run = [sys.executable, "-c", _ENDING, how]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()


def test_the_end_looks_for_no_cycles_and_does_what_was_asked_of_it() -> None:
    assert said_at_the_end("as ever") == ["removed", "found"]
    assert said_at_the_end("short") == ["removed"]
