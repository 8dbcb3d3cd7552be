"""The shared corpus of real files, and what is known to be true of it.

`UIDSCOPE_CORPUS` names its folder; without it, `../shared/corpus` beside the checkout is taken.
"""

from __future__ import annotations

import functools
import json
import os
from pathlib import Path
from typing import Any

import pytest

_CHECKOUT = Path(__file__).resolve().parent.parent


def corpus_folder() -> Path:
    """The corpus's folder; skips the test, with the reason, where it is absent."""
    named = os.environ.get("UIDSCOPE_CORPUS")
    folder = Path(named) if named else _CHECKOUT.parent / "shared" / "corpus"
    if not (folder / "expected.json").is_file() or not (folder / "data").is_dir():
        where = "where UIDSCOPE_CORPUS says" if named else "beside the checkout; UIDSCOPE_CORPUS can name it"
        pytest.skip(f"the corpus of real files is not {where}")
    return folder


def corpus_data() -> Path:
    """The folder with the corpus's DICOM files; skips where it is absent. Never write there."""
    return corpus_folder() / "data"


def expected() -> dict[str, Any]:
    """The whole of `expected.json`: `facts` about the corpus, and `files`, one object a file."""
    return _loaded(corpus_folder() / "expected.json")


def expected_files() -> dict[str, dict[str, Any]]:
    """The facts about each file, by its path below the data folder."""
    return {file["path"]: file for file in expected()["files"]}


@functools.cache
def _loaded(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded
