"""Builds all packages that this machine can build; ``packaging/build`` starts it.

What cannot be built here is named, and is no failure.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

import freezing
import project

Result = TypeVar("Result")
HERE: Final = Path(__file__).resolve().parent


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", nargs="?", type=Path, default=project.ROOT / "dist", metavar="FOLDER")
    out: Path = options.parse_args().out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    work, packages = out / "build", out / "packages"
    shutil.rmtree(packages, ignore_errors=True)
    packages.mkdir()

    python = timed("environment", lambda: freezing.environment(work / "environment"))
    program = timed("frozen program", lambda: freezing.freeze(python, work))
    timed("selftest", lambda: freezing.prove(program, work / "selftest.json"))
    for what, command in steps(python, program, work / "parts", packages):
        timed(what, functools.partial(subprocess.run, command, check=True))
    (packages / "SHA256SUMS").write_text("".join(checksums(packages)), "utf-8")
    print((packages / "SHA256SUMS").read_text("utf-8"), end="")


def steps(python: Path, program: Path, parts: Path, packages: Path) -> Iterator[tuple[str, list[str | Path]]]:
    """Yield what is built from the frozen program, and the command for it."""
    yield "wheel", [python, "-c", _WHEEL, packages]
    yield "bill of materials", [python, HERE / "bill_of_materials.py", packages]
    builder = {"linux": "linux", "win32": "windows", "darwin": "macos"}.get(sys.platform)
    if builder is not None:
        yield f"packages for {builder}", [python, HERE / builder / "build.py", program, parts, packages]


# The build tools are those of the lock; nothing is fetched.
_WHEEL = f"""
import os, sys
from hatchling import build
os.chdir({str(project.ROOT)!r})
build.build_wheel(sys.argv[1])
build.build_sdist(sys.argv[1])
"""


def timed(what: str, run: Callable[[], Result]) -> Result:
    print(f"== {what}", flush=True)
    begun = time.monotonic()
    result = run()
    print(f"== {what}: {time.monotonic() - begun:.0f} s", flush=True)
    return result


def checksums(folder: Path) -> Iterator[str]:
    """Yield a line a file, as ``sha256sum --check`` reads them."""
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.name != "SHA256SUMS":
            with file.open("rb") as opened:
                yield f"{hashlib.file_digest(opened, 'sha256').hexdigest()}  {file.name}\n"


if __name__ == "__main__":
    main()
