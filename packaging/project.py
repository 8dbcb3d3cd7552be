"""What the builds ask of the project: its name, version and words, each from the one place that has it.

``python packaging/project.py version`` prints the version, ``notes`` what CHANGELOG.md says of it.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import re
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
TITLE: Final = "UIDscope"
APPLICATION_ID: Final = "io.github.uidscope.uidscope"
"""The name in reverse-domain form that desktops and macOS ask for; not to change once released."""

MAINTAINER: Final = "UIDscope developers <uidscope@users.noreply.github.com>"
"""Whom the packages of Linux name; an address is obligatory there."""


@functools.cache
def metadata() -> dict[str, Any]:
    """Return the table ``[project]`` of pyproject.toml."""
    table: dict[str, Any] = _pyproject()["project"]
    return table


@functools.cache
def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def name() -> str:
    return str(metadata()["name"])


def description() -> str:
    """Return one sentence, with its full stop."""
    return str(metadata()["description"])


def publisher() -> str:
    return str(metadata()["authors"][0]["name"])


def homepage() -> str:
    """Return the address that pyproject.toml names; empty where it names none."""
    return str(metadata().get("urls", {}).get("Homepage", ""))


def version() -> str:
    """Return the version, read from the file that pyproject.toml names for it."""
    source = ROOT / _pyproject()["tool"]["hatch"]["version"]["path"]
    found = re.search(r'^__version__ = "([^"]+)"$', source.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit(f"{source} states no version.")
    return found.group(1)


def release_notes() -> str:
    """Return what CHANGELOG.md says of this version, without its heading."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    found = re.search(
        rf"^## \[?{re.escape(version())}\]?[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    if found is None:
        raise SystemExit(f"CHANGELOG.md says nothing of {version()}.")
    return found.group(1).strip() + "\n"


def build_time() -> dt.datetime:
    """Return the time to write into packages: now, or SOURCE_DATE_EPOCH, so that a build can be repeated."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC) if seconds else dt.datetime.now(dt.UTC)


if __name__ == "__main__":
    answers = {"version": version, "notes": release_notes}
    if sys.argv[1:] and sys.argv[1] in answers:
        print(answers[sys.argv[1]]().rstrip("\n"))
    else:
        raise SystemExit(f"usage: project.py {'|'.join(answers)}")
