"""The package for Windows Installer from the frozen program: ``msi.py PROGRAM PARTS FOLDER``.

Windows knows a program again by codes that must never change. Each is derived from the application id and
from what it stands for, so that no list of them need be kept: the upgrade code from the id alone, a file's
code from its path in the program. An upgrade finds the earlier version by the first and counts the users of
a file by the other.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import uuid
import xml.etree.ElementTree as ET
from pathlib import Path, PurePosixPath
from typing import Final

HERE: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import project  # noqa: E402 - the folder above

TOOL: Final = "wixl"
UPGRADE: Final = "upgrade"
OPEN_WITH: Final = "open with"
CONSOLE, WINDOW = "uidscope.exe", "uidscope-window.exe"
_NAMESPACE: Final = "http://schemas.microsoft.com/wix/2006/wi"


def code(meaning: str) -> str:
    """Return the code of what is meant: ``UPGRADE``, ``OPEN_WITH``, or a file by its path with ``/``.

    The same meaning has the same code in every version.
    """
    family = uuid.uuid5(uuid.NAMESPACE_DNS, project.APPLICATION_ID)
    return str(uuid.uuid5(family, meaning)).upper()


def version() -> tuple[int, int, int]:
    """Return the version as Windows Installer compares it, whose numbers have a largest value."""
    found = re.fullmatch(r"(\d{1,3})\.(\d{1,3})\.(\d{1,5})", project.version())
    if found is None:
        raise SystemExit(f"Windows Installer cannot compare the version {project.version()}.")
    major, minor, patch = (int(part) for part in found.groups())
    # The number after the last is written too.
    if major > 255 or minor > 255 or patch > 65_534:
        raise SystemExit(f"Windows Installer cannot compare the version {project.version()}.")
    return major, minor, patch


def build(program: Path, parts: Path, packages: Path) -> Path:
    """Build from the folder of the frozen program; return the package."""
    package = packages / f"{project.name()}-{project.version()}-windows-x64.msi"
    with tempfile.TemporaryDirectory() as scratch:
        files = Path(scratch) / "internal.wxs"
        files.write_bytes(internal_files(program))
        defined = [f"--define={word}={value}" for word, value in definitions(program, parts).items()]
        subprocess.run(
            [TOOL, "--arch=x64", *defined, f"--output={package}", HERE / "uidscope.wxs", files],
            cwd=program,
            check=True,
        )
    return package


def definitions(program: Path, parts: Path) -> dict[str, str]:
    """Return what uidscope.wxs asks for by name."""
    major, minor, patch = version()
    return {
        "TITLE": project.TITLE,
        "VERSION": f"{major}.{minor}.{patch}",
        "NEXT_VERSION": f"{major}.{minor}.{patch + 1}",
        "PUBLISHER": project.publisher(),
        "DESCRIPTION": project.description().rstrip("."),
        # The tool wants paths from where it runs.
        "ICON": os.path.relpath(parts / f"{project.name()}.ico", program),
        "UPGRADE_CODE": code(UPGRADE),
        "OPEN_WITH_CODE": code(OPEN_WITH),
        "CONSOLE_CODE": code(CONSOLE),
        "WINDOW_CODE": code(WINDOW),
    }


def internal_files(program: Path) -> bytes:
    """Return the XML that lists every file of the program but its two executables, a component each.

    A component of its own lets Windows repair and remove each file by itself.
    """
    root = ET.Element("Wix", xmlns=_NAMESPACE)
    installed = ET.SubElement(ET.SubElement(root, "Fragment"), "DirectoryRef", Id="INSTALLFOLDER")
    folders = {PurePosixPath(): installed}
    group = ET.SubElement(ET.SubElement(root, "Fragment"), "ComponentGroup", Id="Internal")
    for file in sorted(file for file in program.rglob("*") if file.is_file()):
        path = PurePosixPath(file.relative_to(program).as_posix())
        if str(path) in (CONSOLE, WINDOW):
            continue
        if not str(path).isascii():
            raise SystemExit(f"The package's code page may lack a letter of {path}.")
        within = _folder(path.parent, folders)
        component = ET.SubElement(
            within, "Component", Id=_name("component", path), Guid=code(str(path)), Win64="yes"
        )
        ET.SubElement(component, "File", Id=_name("file", path), Source=str(path), KeyPath="yes")
        ET.SubElement(group, "ComponentRef", Id=_name("component", path))
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _folder(path: PurePosixPath, folders: dict[PurePosixPath, ET.Element]) -> ET.Element:
    """Return the element of a folder, made with those above it where it is new."""
    if path not in folders:
        above = _folder(path.parent, folders)
        folders[path] = ET.SubElement(above, "Directory", Id=_name("folder", path), Name=path.name)
    return folders[path]


def _name(kind: str, path: PurePosixPath) -> str:
    """Return a name as the tables of the package allow: no slash, at most 72 characters."""
    return f"{kind}.{hashlib.sha256(str(path).encode()).hexdigest()[:32]}"


if __name__ == "__main__":
    if shutil.which(TOOL) is None:
        raise SystemExit(f"{TOOL} is not installed.")
    made = build(*(Path(word).resolve() for word in sys.argv[1:4]))
    print(f"{made.name}: {made.stat().st_size / 1e6:.0f} MB")
