"""Makes what the frozen program is built with: notices, icons, the manual page, the version of Windows.

``python packaging/parts.py FOLDER``, in the environment of the build.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import manual_page
import notices
import program_icons
import project


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    notices.write(folder / "licences")
    program_icons.write(folder)
    (folder / "uidscope.1").write_text(manual_page.text(), "utf-8")
    (folder / "version.txt").write_text(_windows_version(), "utf-8")


def _windows_version() -> str:
    """Return the resource that Windows shows as a file's properties, in PyInstaller's notation."""
    numbers = tuple(int(part) for part in re.findall(r"\d+", project.version())[:3])
    four = (*numbers, *(0,) * (4 - len(numbers)))
    strings = {
        "CompanyName": project.publisher(),
        "FileDescription": project.TITLE,
        "FileVersion": project.version(),
        "LegalCopyright": f"{project.publisher()}, MIT licence",
        "ProductName": project.TITLE,
        "ProductVersion": project.version(),
    }
    pairs = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={four}, prodvers={four}),"
        f" kids=[StringFileInfo([StringTable('040904B0', [{pairs}])]),"
        " VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]))
