"""Readers that do what a file may make one do; in a module, so that processes can import them."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time

from uidscope.core.read.find_files import FoundFile
from uidscope.core.read.read_chunk import Look, ReadOptions, look_at

# Lets those go on that hang in a thread of this process: it cannot be ended.
go_on = threading.Event()


def hostile(item: FoundFile, options: ReadOptions) -> Look:
    """Read as ever, but for files whose name says otherwise."""
    name = os.path.basename(item.path)
    if name.startswith("dies"):
        os._exit(3)
    if name.startswith("hangs"):
        go_on.wait(3600)
    if name.startswith("grows"):
        bytearray(64 << 30)
    if name.startswith("fails"):
        raise RecursionError
    return look_at(item, options)


def slow(item: FoundFile, options: ReadOptions) -> Look:
    """As from a share that lets every file wait."""
    time.sleep(0.005)
    return look_at(item, options)


def slow_here(item: FoundFile, options: ReadOptions) -> Look:
    """Slow in this process alone, so that others have something to do."""
    if multiprocessing.parent_process() is None:
        time.sleep(0.05)
    return look_at(item, options)


def walked(item: FoundFile, options: ReadOptions) -> Look:
    """Read without remembering the files before."""
    return look_at(item, options, None)
