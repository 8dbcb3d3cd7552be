"""Gathers the licences and notices of everything that is shipped, from the packages installed from the lock.

``write(folder)`` fills a folder: one text that holds all notices, the texts of the GNU licences, and a page
on how to replace Qt.
"""

from __future__ import annotations

import platform
import re
import shutil
import sqlite3
import ssl
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path
from typing import Final, NamedTuple

import project

LICENCES: Final = project.ROOT / "packaging" / "licences"
_QT: Final = "PySide6-Essentials"
_NOTICE_NAME: Final = re.compile(r"(?:^|/)(?:licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_RULE: Final = "-" * 78


class BundledPart(NamedTuple):
    """Something inside another part; ``licence`` is an SPDX expression, ``version`` empty where unknown."""

    name: str
    licence: str
    version: str
    source: str
    copyright: str


def locked_packages() -> list[Distribution]:
    """Return the packages of requirements/runtime.txt that are installed for this system and Python."""
    text = (project.ROOT / "requirements" / "runtime.txt").read_text("utf-8")
    # A line a package and Python version; the marker says for which.
    names = dict.fromkeys(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
    return [found for name in names if (found := _installed(name)) is not None]


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except ModuleNotFoundError:
        return None


def modules_not_locked() -> list[str]:
    """Return the modules installed here that the program does not ask for, but the build does."""
    locked = {_normal(package.name) for package in locked_packages()}
    return sorted(
        module
        for module, owners in packages_distributions().items()
        if module.isidentifier() and not any(_normal(owner) in locked for owner in owners)
    )


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def bundled_parts() -> list[BundledPart]:
    """Return what comes along inside Python, Qt and cryptography."""
    known = {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "openssl": ssl.OPENSSL_VERSION.split()[1],
        "qt": distribution(_QT).version,
    }
    entries = tomllib.loads((LICENCES / "bundled_parts.toml").read_text("utf-8"))["part"]
    return [BundledPart(**{"version": "", **entry} | _version(entry, known)) for entry in entries]


def _version(entry: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    return {"version": known[entry["version"]]} if "version" in entry else {}


def licence_of(package: Distribution) -> str:
    """Return what a package says of its licence, in a word or an SPDX expression."""
    said = package.metadata
    for field in ("License-Expression", "License"):
        if field in said:
            return said[field].splitlines()[0]
    classes = [
        line.rsplit(" :: ", 1)[-1] for line in said.get_all("Classifier", []) if line.startswith("License ::")
    ]
    return ", ".join(classes) or "see its text"


def texts_of(package: Distribution) -> list[str]:
    """Return the texts of licences and notices that a package carries."""
    files = [
        file for file in package.files or [] if ".dist-info/" in str(file) and _NOTICE_NAME.search(str(file))
    ]
    return [file.read_text(encoding="utf-8").strip() for file in sorted(files, key=str)]


def write(folder: Path) -> None:
    """Fill a folder, which is made, with all that must go along with the program."""
    folder.mkdir(parents=True, exist_ok=True)
    for text in LICENCES.glob("*.txt"):
        shutil.copy(text, folder)
    replacing = (
        (LICENCES / "replacing-qt.md").read_text("utf-8").replace("VERSION", distribution(_QT).version)
    )
    (folder / "replacing-qt.txt").write_text(replacing, "utf-8")
    (folder / "notices.txt").write_text("\n".join(_notices()) + "\n", "utf-8")


def _notices() -> Iterator[str]:
    yield f"{project.TITLE} {project.version()}"
    yield ""
    yield (project.ROOT / "LICENSE").read_text("utf-8").strip()
    yield ""
    yield "The tables of the standard and the private dictionary:"
    yield ""
    yield (project.ROOT / "resources" / "tables" / "NOTICE.txt").read_text("utf-8").strip()
    for part in bundled_parts():
        yield from ("", _RULE, f"{part.name} {part.version}".strip(), f"Licence: {part.licence}")
        yield from (part.copyright, f"Source: {part.source}")
    yield from ("", _RULE, f"The licence of Python {platform.python_version()}", "", _python_licence())
    for package in locked_packages():
        yield from ("", _RULE, f"{package.name} {package.version}", f"Licence: {licence_of(package)}")
        texts = texts_of(package)
        if not texts:
            yield "The texts of the GNU licences lie beside this file, with what to know about replacing Qt."
        for text in texts:
            yield from ("", text)


def _python_licence() -> str:
    folders = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix), Path(sys.base_prefix) / "Doc")
    for folder in folders:
        file = folder / "LICENSE.txt"
        if file.is_file():
            return file.read_text("utf-8").strip()
    raise SystemExit("The licence of this Python is not found beside it; it must go along with the program.")
