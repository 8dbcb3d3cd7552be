"""Which libraries of the system a folder of programs needs, read from the files themselves (ELF)."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Needs(NamedTuple):
    """Names of shared libraries (``libX11.so.6``) that are not in the folder, and the least C library.

    ``optional`` are those that only such parts need as the program does without: a theme, Wayland.
    """

    required: frozenset[str]
    optional: frozenset[str]
    glibc: str


_OPTIONAL = re.compile(r"/(?:platformthemes|wayland-[\w-]+)/|/libqwayland|/libQt6(?:Wayland|WlShell)\w+")


def needs_of(folder: Path) -> Needs:
    """Return what the programs and libraries below a folder need that is not among them."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink() and _is_elf(file)]
    own = {file.name for file in files}
    required: set[str] = set()
    optional: set[str] = set()
    versions = {(2, 0)}
    for file in files:
        command = ["objdump", "--private-headers", "--dynamic-syms", str(file)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        needed = set(re.findall(r"^\s+NEEDED\s+(\S+)$", told, re.MULTILINE)) - own
        (optional if _OPTIONAL.search(file.as_posix()) else required).update(needed)
        versions |= {(int(major), int(minor)) for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", told)}
    return Needs(frozenset(required), frozenset(optional - required), "{}.{}".format(*max(versions)))


def debian_packages(libraries: Iterable[str]) -> set[str]:
    """Return the packages of this system that hold the libraries.

    Raises SystemExit where one is not installed here, for then nobody knows its package.
    """
    places = dict(re.findall(r"^\s+(\S+) \([^)]*64[^)]*\) => (\S+)$", _ldconfig(), re.MULTILINE))
    missing = sorted(library for library in libraries if library not in places)
    if missing:
        raise SystemExit(f"Install what holds these, to learn its name: {', '.join(missing)}.")
    return {_package_of(Path(places[library])) for library in libraries}


def _package_of(file: Path) -> str:
    # The linker's table names /lib, the packages /usr/lib, or the other way round.
    for path in dict.fromkeys(
        (file, file.resolve(), Path("/usr", *file.parts[1:]), _without_usr(file.resolve()))
    ):
        asked = subprocess.run(["dpkg", "-S", path], check=False, capture_output=True, text=True)
        if asked.returncode == 0:
            return asked.stdout.partition(":")[0]
    raise SystemExit(f"No package holds {file}.")


def _without_usr(file: Path) -> Path:
    return Path("/", *file.parts[2:]) if file.parts[1:2] == ("usr",) else file


def _ldconfig() -> str:
    return subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout


def _is_elf(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"
