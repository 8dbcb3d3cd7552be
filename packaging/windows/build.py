"""The packages for Windows from the frozen program: ``build.py PROGRAM PARTS FOLDER``.

SIGN_COMMAND in the environment is the command that signs a file, with ``%1`` for its name.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import msi  # noqa: E402 - the folders above
import project  # noqa: E402


def main(program: Path, parts: Path, packages: Path) -> None:
    sign = os.environ.get("SIGN_COMMAND", "")
    if sign:
        for file in sorted(program.glob("*.exe")):
            subprocess.run(sign.replace("%1", str(file)), shell=True, check=True)
    makensis = shutil.which("makensis") or shutil.which("makensis", path=_USUAL_FOLDER)
    if makensis is None:
        print("makensis is not installed: no setup.exe")
    else:
        package = packages / f"{project.name()}-{project.version()}-windows-x64-setup.exe"
        subprocess.run(command(makensis, program, parts, package, sign), check=True)
        print(f"{package.name}: {package.stat().st_size / 1e6:.0f} MB")
    if shutil.which(msi.TOOL) is None:
        print(f"{msi.TOOL}, which runs on Linux, is not installed: no .msi")
    else:
        package = msi.build(program, parts, packages)
        print(f"{package.name}: {package.stat().st_size / 1e6:.0f} MB")


_USUAL_FOLDER = os.path.join(os.environ.get("PROGRAMFILES(X86)", ""), "NSIS")


def command(makensis: str, program: Path, parts: Path, package: Path, sign: str) -> list[str]:
    """Return the command that makes the installer."""
    words = {"VERSION": project.version(), "PROGRAM": program, "PARTS": parts, "OUTPUT": package}
    if sign:
        words["SIGN"] = sign
    if os.name != "nt":
        # For a trial with a Wine that runs 64-bit programs alone.
        words["TARGET64"] = "1"
    return [
        makensis,
        "-V2",
        *(f"-D{word}={value}" for word, value in words.items()),
        str(HERE / "uidscope.nsi"),
    ]


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:4]))
