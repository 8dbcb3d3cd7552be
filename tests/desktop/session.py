"""A screen, a D-Bus session and the program in it, each ended again."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.desktop.parts import Part, Parts, parts_of, python_with_bindings

PROGRAMS: Final = ("Xvfb", "xdotool", "dbus-run-session")
SIZE: Final = (1440, 900)
_PATIENCE: Final = 60.0  # seconds
_PAUSE: Final = 0.2
_SETTLING: Final = 0.4


class NeverCame(AssertionError):
    """Something was waited for and did not come."""


def missing() -> str:
    """What this command needs and is not there, as a sentence; empty where nothing is missing."""
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    if not python_with_bindings():
        absent.append("the AT-SPI bindings of Python (gir1.2-atspi-2.0)")
    return f"Skipped: {', '.join(absent)} is missing." if absent else ""


@contextlib.contextmanager
def a_screen() -> Iterator[str]:
    """A screen of its own; what to set DISPLAY to."""
    reading, writing = os.pipe()
    width, height = SIZE
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        if not select.select([reading], [], [], _PATIENCE)[0]:
            raise NeverCame("Xvfb gives no screen.")
        yield f":{os.read(reading, 32).decode().strip()}"
    finally:
        os.close(reading)
        _end(server)


class Desktop:
    """The program on a screen, and the hand and the eye of its user.

    Without a window manager nobody gives a new window the keyboard; the hand does, as a click would.
    """

    def __init__(self, display: str, home: Path, pictures: Path) -> None:
        self._pictures = pictures
        self._taken = 0
        self.environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            # Qt tells each time that it does not answer one question of AT-SPI.
            "QT_LOGGING_RULES": "qt.accessibility.atspi=false",
            "LC_ALL": "C.UTF-8",
            **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")},
            "XDG_RUNTIME_DIR": str(home / "runtime"),
        }
        (home / "runtime").mkdir(mode=0o700)
        self._program: subprocess.Popen[bytes] | None = None
        self._others: list[subprocess.Popen[bytes]] = []

    # The program

    def start(self, *arguments: str) -> None:
        """Start the program as its user does."""
        self._program = subprocess.Popen([sys.executable, "-m", "uidscope", *arguments], env=self.environment)

    def start_beside(self, module: str, *arguments: str) -> None:
        """Start another module on the same screen."""
        self._others.append(
            subprocess.Popen([sys.executable, "-m", module, *arguments], env=self.environment)
        )

    def exit_status(self) -> int:
        """Wait for the program's end."""
        assert self._program is not None
        return self._program.wait(_PATIENCE)

    def end(self) -> None:
        """End whatever still runs."""
        for process in (*self._others, *([self._program] if self._program else [])):
            _end(process)
        self._others.clear()

    # The eye

    def parts(self) -> Parts:
        """What is told to a screen reader now."""
        assert self._program is not None
        return parts_of(self._program.pid, self.environment)

    def wait(self, role: str, name: str, *states: str) -> Part:
        """A part of this role and name (patterns) in these states, waited for.

        Of several it is that of the window that came last, which is in front.
        """

        def found(parts: Parts) -> Part | None:
            there = [part for part in parts.seen(role, name) if part.states >= set(states)]
            return there[-1] if there else None

        part = self.wait_until(found, f"{role} “{name}” {' '.join(states)}")
        assert part is not None
        return part

    def wait_until(self, found: Callable[[Parts], Part | bool | None], what: str) -> Part | None:
        """Look again and again until something holds; the part that shows it, if one does."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            assert self._program is not None
            if self._program.poll() is not None:
                raise NeverCame(f"The program has ended while this was waited for: {what}.")
            answer = found(self.parts())
            if answer:
                return answer if isinstance(answer, Part) else None
            time.sleep(_PAUSE)
        self.picture("what was seen instead")
        raise NeverCame(f"This never came: {what}.")

    def picture(self, name: str) -> None:
        """Keep what is on the screen."""
        self._taken += 1
        file = self._pictures / f"{self._taken:02}-{name.replace(' ', '-')}.png"
        time.sleep(_SETTLING)
        command = [sys.executable, "-m", "tests.desktop.picture", str(file)]
        subprocess.run(command, env=self.environment, check=True, timeout=_PATIENCE)

    # The hand

    def hand(self, *words: str) -> str:
        """Let xdotool do something."""
        done = subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=_PATIENCE,
        )
        time.sleep(_PAUSE)
        return done.stdout

    def keys(self, *keys: str) -> None:
        """Press keys one after the other, in the window that came last."""
        self._give_keyboard()
        for key in keys:
            self.hand("key", "--clearmodifiers", key)

    def write(self, text: str) -> None:
        """Type a text."""
        self._give_keyboard()
        self.hand("type", "--clearmodifiers", "--delay", "15", text)

    def click(self, part: Part) -> None:
        """Click into the middle of a part."""
        self.hand("mousemove", *map(str, part.middle), "click", "1")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag from one place of the screen to another, let go there."""
        self.hand("mousemove", *map(str, start), "mousedown", "1")
        steps = 12
        for step in range(1, steps + 1):
            at = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            self.hand("mousemove", *map(str, at))

    def let_go(self) -> None:
        """Release the mouse button."""
        self.hand("mouseup", "1")

    def _give_keyboard(self) -> None:
        assert self._program is not None
        windows = self._windows(self._program.pid)
        if windows:
            self.hand("windowfocus", "--sync", windows[-1])

    def _windows(self, process: int) -> Sequence[str]:
        """The program's windows on the screen, the one that came last at the end."""
        try:
            return self.hand("search", "--onlyvisible", "--pid", str(process)).split()
        except subprocess.CalledProcessError:
            return ()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
