"""Schemes that write the time into the UID, for systems that expect it.

A clock may step back and two machines may agree, so the time alone is never trusted: a tick is used
once in a process, and a number drawn for the process tells processes and machines apart.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from typing import Final, NamedTuple

from uidscope.core.uid.organization.organization import INSTALLATIONS_BRANCH
from uidscope.core.uid.scheme_parts import (
    Request,
    Scheme,
    SchemeOptions,
    require_number,
    require_room,
    spend,
)

_KIND_NUMBERS: Final = {"study": 1, "series": 2, "instance": 3}
_OTHER_KIND: Final = 4

# Characters after the root, points included.
_DATE_COUNTER_FIXED: Final = len(".99999999.2000.12.31.23.59.59.999.999")
INSTALLATION_SUFFIX: Final = len(".4.999999.1000000000000.999")
_LONG_TIME: Final = len(".20001231235959")
_COUNTER_DIGITS: Final = 5  # of the ticks within one second
_LEAST_TAIL: Final = 6
_MOST_TAIL: Final = 20


class Tick(NamedTuple):
    """A moment that this process uses once: units since 1970 (UTC), and a counter from 1 within it."""

    at: int
    counter: int


class SteadyClock:
    """Hands out ticks that never repeat and never step back within the process.

    ``per_second`` is the unit; at most ``most`` ticks fall in one, then the next unit is used ahead
    of its time. ``now_ns`` can be replaced by a test.
    """

    def __init__(self, per_second: int, most: int, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._unit_ns = 1_000_000_000 // per_second
        self._most = most
        self._now_ns = now_ns
        self._last = Tick(0, 0)
        self._lock = threading.Lock()

    def next_tick(self) -> Tick:
        """Return the next tick."""
        with self._lock:
            now = self._now_ns() // self._unit_ns
            if now > self._last.at:
                self._last = Tick(now, 1)
            elif self._last.counter < self._most:
                self._last = Tick(self._last.at, self._last.counter + 1)
            else:
                self._last = Tick(self._last.at + 1, 1)
            return self._last


class ProcessNumber:
    """A number for this process on this machine; a forked child gets another."""

    def __init__(self, digits: int) -> None:
        self._limit: int = 10**digits
        self._drawn: dict[int, int] = {}

    def value(self) -> int:
        """Return the number, below 10 to the power of ``digits``."""
        process = os.getpid()
        # setdefault is one step, so that two threads that meet here agree
        return self._drawn.get(process) or self._drawn.setdefault(process, self._draw(process))

    def _draw(self, process: int) -> int:
        # The random bytes tell cloned machines apart, whose names and process numbers agree.
        seed = b"\0".join((socket.gethostname().encode(), str(process).encode(), secrets.token_bytes(16)))
        return 1 + int.from_bytes(hashlib.sha256(seed).digest(), "big") % (self._limit - 1)


_MILLISECONDS: Final = SteadyClock(1000, 999)
_SECONDS: Final = SteadyClock(1, 10**_COUNTER_DIGITS - 1)
_PROCESS_8: Final = ProcessNumber(8)
_PROCESS_6: Final = ProcessNumber(6)
_PROCESS_20: Final = ProcessNumber(_MOST_TAIL)


class _RunningNumbers:
    """Counts the study and series UIDs that a scheme has made, for show: nothing depends on them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._study = 0
        self._series = 0

    def after(self, kind: str) -> tuple[int, int]:
        """Return the study's and the series' number, counted on where the kind says so."""
        with self._lock:
            if kind == "study":
                self._study = self._study % 99 + 1
            elif kind == "series":
                self._series = self._series % 999 + 1
            return self._study, self._series


def make_date_counter_scheme(options: SchemeOptions, clock: SteadyClock = _MILLISECONDS) -> Scheme:
    """Return the scheme ``date-counter``: ``root.process.Y.M.D.h.m.s.ms.counter``, in UTC.

    No number is padded with zeros. The root has at most 27 characters.
    """
    root = options.root

    def make(_request: Request) -> str:
        tick = clock.next_tick()
        seconds, millisecond = divmod(tick.at, 1000)
        at = _utc(seconds)
        moment = (at.year, at.month, at.day, at.hour, at.minute, at.second, millisecond)
        return ".".join(map(str, (root, _PROCESS_8.value(), *moment, tick.counter)))

    return Scheme("date-counter", require_room("date-counter", root, _DATE_COUNTER_FIXED), make)


def make_installation_scheme(options: SchemeOptions, clock: SteadyClock = _MILLISECONDS) -> Scheme:
    """Return the scheme ``installation``: ``root.2.serial.kind.process.milliseconds.counter``.

    Each installation has a root of its own. Root, branch and serial number have at most 37 characters.
    """
    numbers = (require_number("serial number", part) for part in options.serial.split("."))
    branch = "".join(f".{number}" for number in (INSTALLATIONS_BRANCH, *numbers))
    root = options.root + branch

    def make(request: Request) -> str:
        tick = clock.next_tick()
        kind = _KIND_NUMBERS.get(request.kind, _OTHER_KIND)
        return f"{root}.{kind}.{_PROCESS_6.value()}.{tick.at}.{tick.counter}"

    budget = require_room("installation", options.root, len(branch) + INSTALLATION_SUFFIX)
    return Scheme("installation", budget, make)


def make_long_scheme(options: SchemeOptions, clock: SteadyClock = _SECONDS) -> Scheme:
    """Return the scheme ``long``: ``root.product.version.site.study.series.image.yyyyMMddHHmmss.counter``.

    Study and series count on with each new one, and image counts within the second, unless the options
    give them. The last number is that of the process, of as many digits as fit (6 to 20), so that
    processes and machines are told apart; where the image number is given, the count follows in it.
    """
    fixed = (
        require_number("product number", options.product),
        *(require_number("version", part) for part in options.version.split(".")),
        require_number("site number", options.site),
    )
    given = {
        kind: require_number(f"{kind} number", number)
        for kind, number in (("study", options.study), ("series", options.series), ("image", options.image))
        if number
    }
    branch = "".join(f".{number}" for number in fixed)
    shown = (given.get("study", "99"), given.get("series", "999"), given.get("image", "9" * _COUNTER_DIGITS))
    counted = _COUNTER_DIGITS if "image" in given else 0
    least = len(branch) + sum(1 + len(part) for part in shown) + _LONG_TIME + 1 + _LEAST_TAIL + counted
    spare = min(_MOST_TAIL - _LEAST_TAIL, require_room("long", options.root, least).remains)
    limit = 10 ** (_LEAST_TAIL + spare)
    running = _RunningNumbers()

    def make(request: Request) -> str:
        tick = clock.next_tick()
        study, series = running.after(request.kind)
        process = 1 + _PROCESS_20.value() % (limit - 1)
        tail = f"{process}{tick.counter:0{counted}}" if counted else str(process)
        return ".".join(
            (
                options.root + branch,
                given.get("study", str(study)),
                given.get("series", str(series)),
                given.get("image", str(tick.counter)),
                f"{_utc(tick.at):%Y%m%d%H%M%S}",
                tail,
            )
        )

    return Scheme("long", spend(options.root, least + spare, least), make)


def _utc(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
