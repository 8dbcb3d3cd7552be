"""What is kept of an error nobody caught: versions and places in the program, never a value.

The text of an exception may quote a file and a variable may hold a name, so neither is looked at. The
reports lie in the user's state folder and are readable by this user alone.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import platform
import re
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from importlib import metadata
from types import TracebackType
from typing import IO, Final

import platformdirs

from uidscope import __version__
from uidscope.core.private_folder import make_private

_MOST_KEPT: Final = 10
_REPORT, _FATAL, _ENDING = "error-", "fatal-", ".txt"
_PACKAGES: Final = ("pydicom", "PySide6-Essentials", "shiboken6")
_CAUSES: Final = 5
# As faulthandler writes them.
_FATAL_KIND: Final = re.compile(
    r"^(?:Fatal Python error|Windows fatal exception): ([\w :-]{1,60})", re.MULTILINE
)
_FATAL_PLACE: Final = re.compile(r'^  File "([^"\n]*)", line (\d+) in ([\w.<>]+)', re.MULTILINE)


def crash_folder() -> str:
    """The folder of the reports."""
    return os.path.join(platformdirs.user_state_dir("uidscope", appauthor=False), "crashes")


def keep_crash(error: BaseException, versions: Mapping[str, str] | None = None) -> str:
    """Write a report of an error and return its path; empty where it cannot be written or stands there.

    ``versions`` are those of what the caller runs on. Never raises.
    """
    try:
        return _keep(report_text(error, versions))
    except Exception:  # noqa: BLE001 - an error while telling of an error must not hide the first
        return ""


def report_text(error: BaseException, versions: Mapping[str, str] | None = None) -> str:
    """Return the report of an error: its type and places, and those of what it came from."""
    parts = []
    for each in _with_causes(error):
        parts.append(f"{type(each).__module__}.{type(each).__qualname__}")
        parts += [f"  {place}" for place in places(each.__traceback__)]
    return _with_versions(parts, versions)


def places(trace: TracebackType | None) -> list[str]:
    """Return file, line and function of each call, the outermost first."""
    return [
        f"{_program_path(frame.f_code.co_filename)}:{line} {frame.f_code.co_qualname}"
        for frame, line in traceback.walk_tb(trace)
    ]


def left_reports() -> tuple[str, ...]:
    """Return the paths of the reports there are, the oldest first."""
    _take_fatal_ends()
    return tuple(sorted(os.path.join(crash_folder(), name) for name in _names() if name.startswith(_REPORT)))


def read_report(path: str) -> str:
    """Return a report's text; empty where it has gone."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def delete_reports() -> None:
    """Remove all reports."""
    for path in left_reports():
        with contextlib.suppress(OSError):
            os.remove(path)


@contextlib.contextmanager
def fatal_ends_kept() -> Iterator[None]:
    """While this lasts, an end that no Python code hears of (a fault in a library) leaves its places too."""
    path = os.path.join(crash_folder(), f"{_FATAL}{os.getpid()}{_ENDING}")
    try:
        _make_folder()
        file = _open_new(path)
    except OSError:
        yield
        return
    try:
        with file:
            faulthandler.enable(file=file)
            try:
                yield
            finally:
                faulthandler.disable()
    finally:
        with contextlib.suppress(OSError):
            if os.path.getsize(path) == 0:
                os.remove(path)


def _keep(text: str) -> str:
    _make_folder()
    kept = left_reports()
    same = text.split("\n", 1)[1]
    if any(read_report(path).split("\n", 1)[-1] == same for path in kept):
        return ""
    for path in kept[: max(0, len(kept) - _MOST_KEPT + 1)]:
        os.remove(path)
    path = os.path.join(crash_folder(), f"{_REPORT}{time.time_ns()}{_ENDING}")
    with _open_new(path) as file:
        file.write(text)
    return path


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, each once."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen and len(seen) < _CAUSES:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _with_versions(parts: list[str], versions: Mapping[str, str] | None) -> str:
    when = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
    known = {"UIDscope": __version__, "Python": platform.python_version(), **_packages(), **(versions or {})}
    known["System"] = f"{platform.system()} {platform.release()} {platform.machine()}"
    return "\n".join([when, *(f"{name} {version}" for name, version in known.items()), "", *parts]) + "\n"


def _packages() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def _program_path(file: str) -> str:
    """A source file's path from its package on: what stands before it may be the name of a person."""
    parts = re.split(r"[/\\]", file)
    for top in ("site-packages", "uidscope", f"python{sys.version_info[0]}.{sys.version_info[1]}", "Lib"):
        if top in parts[:-1]:
            place = len(parts) - 1 - parts[::-1].index(top)
            return "/".join(parts[place if top == "uidscope" else place + 1 :])
    return parts[-1]


def _take_fatal_ends() -> None:
    """Make reports of what was written while the program died, leaving out all but the places."""
    for name in _names():
        if not name.startswith(_FATAL) or _runs(name):
            continue
        path = os.path.join(crash_folder(), name)
        written = read_report(path)
        with contextlib.suppress(OSError):
            os.remove(path)  # on Windows refused while the program that writes it runs
            if written:
                _keep_text_of(written)


def _keep_text_of(written: str) -> None:
    kind = _FATAL_KIND.search(written)
    parts = [kind[1].strip() if kind else "The program ended of a sudden"]
    parts += [f"  {_program_path(file)}:{line} {name}" for file, line, name in _FATAL_PLACE.findall(written)]
    path = os.path.join(crash_folder(), f"{_REPORT}{time.time_ns()}{_ENDING}")
    with _open_new(path) as file:
        file.write(_with_versions(parts, None))


def _runs(name: str) -> bool:
    """Whether the program that a file is named after runs still."""
    number = name.removeprefix(_FATAL).removesuffix(_ENDING)
    if not number.isdecimal() or os.name == "nt":
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _names() -> list[str]:
    try:
        return [name for name in os.listdir(crash_folder()) if name.endswith(_ENDING)]
    except OSError:
        return []


def _make_folder() -> None:
    make_private(crash_folder())


def _open_new(path: str) -> IO[str]:
    """A new file of this user alone; what stands there by its name is an old one of a like number."""
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")
