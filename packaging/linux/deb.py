"""The package for Debian, Ubuntu and their kin. It has no scripts: all that must be told, triggers tell."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from email.utils import format_datetime
from pathlib import Path
from typing import Final

import installed_tree
import project
import shared_libraries
from shared_libraries import Needs

# A theme of the desktop would bring the desktop with it.
_OF_DESKTOP: Final = ("libatk", "libcairo", "libgdk", "libgtk", "libharfbuzz", "libpango")
_DESCRIPTION: Final = (
    "find, explain and mend identifiers in DICOM files",
    "UIDscope loads folders of DICOM files into a tree of patients, studies,",
    "series and instances, judges every UID in every file, shows which object",
    "refers to which, and gives derived or faulty objects new identifiers",
    "without breaking a reference. The originals are never changed.",
)


def build(tree: Path, needs: Needs, packages: Path) -> Path:
    """Build from a tree of installed files, which is changed; return the package."""
    name, version = project.name(), project.version()
    architecture = _output("dpkg", "--print-architecture")
    documents = tree / "usr" / "share" / "doc" / name
    installed_tree.compressed(documents / "changelog.gz", _changelog())
    overrides = tree / "usr" / "share" / "lintian" / "overrides" / name
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(installed_tree.HERE / "lintian-overrides", overrides)
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "md5sums").write_text("".join(_digests(tree)), "utf-8")
    (control / "control").write_text(_control(tree, needs, architecture), "utf-8")
    package = packages / f"{name}_{version}_{architecture}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, package],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return package


def _control(tree: Path, needs: Needs, architecture: str) -> str:
    required = shared_libraries.debian_packages(needs.required) - {"libc6"}
    optional = shared_libraries.debian_packages(needs.optional) - required - {"libc6"}
    # A theme of the desktop would bring the desktop with it.
    suggested = {
        package for package in optional if package.startswith(("libgtk", "libgdk", "libpango", "libcairo"))
    }
    size = sum(file.lstat().st_size for file in tree.rglob("*")) // 1024
    fields = {
        "Package": project.name(),
        "Version": project.version(),
        "Architecture": architecture,
        "Maintainer": project.MAINTAINER,
        "Installed-Size": str(size),
        "Depends": ", ".join([f"libc6 (>= {needs.glibc})", *sorted(required)]),
        "Recommends": ", ".join([*sorted(optional - suggested), "xdg-utils"]),
        "Suggests": ", ".join([*sorted(suggested), "fonts-noto-cjk"]),
        "Section": "science",
        "Priority": "optional",
        "Homepage": project.homepage(),
        "Description": _description(),
    }
    return "".join(f"{field}: {value}\n" for field, value in fields.items() if value)


def _description() -> str:
    return "\n ".join(_DESCRIPTION)


def _changelog() -> str:
    return (
        f"{project.name()} ({project.version()}) unstable; urgency=medium\n\n"
        "  * What is new in this version: see the project's CHANGELOG.md.\n\n"
        f" -- {project.MAINTAINER}  {format_datetime(project.build_time())}\n"
    )


def _digests(tree: Path) -> list[str]:
    """The lines of ``md5sums``, with which dpkg finds damage; nobody's safety depends on them."""
    files = sorted(file for file in tree.rglob("*") if file.is_file() and not file.is_symlink())
    return [
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree)}\n"
        for file in files
    ]


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
