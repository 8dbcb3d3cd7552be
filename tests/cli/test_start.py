"""What a short command loads: a library that takes long to load and is not needed makes every start slow."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import ct_series, encoded

# Each takes from 20 to several hundred milliseconds.
HEAVY = frozenset({"PySide6", "jinja2", "keyring", "msgspec", "numpy", "pydicom", "rich", "uidscope.qt"})
WRITING = frozenset(
    {"uidscope.core.export.export", "uidscope.core.plan.uid_map", "uidscope.core.uid.schemes"}
)
READING = frozenset({"sqlite3", "multiprocessing", "uidscope.core.catalog", "uidscope.core.read"})
# Some milliseconds each, for what one file without settings, archive or DICOMDIR does not ask for.
SELDOM = frozenset(
    {
        "multiprocessing",
        "subprocess",
        "tomllib",
        "zipfile",
        "uidscope.core.judge.concatenation_member",
        "uidscope.core.judge.object_comparison",
        "uidscope.core.read.dicomdir",
        "uidscope.core.read.header_kind",
        "uidscope.core.read.process_worker",
        "uidscope.core.read.structure",
    }
)

_RUN = """
import json, sys
from uidscope.__main__ import main
try:
    main(json.loads(sys.argv[1]))
except SystemExit:
    pass
with open(sys.argv[2], "w") as file:
    json.dump(sorted(sys.modules), file)
"""


def loaded_by(folder: Path, *words: str) -> set[str]:
    """The modules that a command has loaded when it is done."""
    names = folder / "modules.json"
    subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(words), str(names)], check=True, stdout=subprocess.DEVNULL
    )
    return set(json.loads(names.read_text()))


@pytest.fixture
def image(tmp_path: Path) -> str:
    path = tmp_path / "image.dcm"
    path.write_bytes(encoded(ct_series(1)[0]))
    return str(path)


@pytest.mark.parametrize("format_", ["text", "json"])
def test_explaining_a_uid_loads_no_reader_and_nothing_heavy(tmp_path: Path, format_: str) -> None:
    loaded = loaded_by(tmp_path, "explain", "1.2.840.10008.1.2", "--format", format_)
    assert "uidscope.core.uid.anatomy" in loaded
    assert not loaded & (HEAVY | WRITING | READING | SELDOM | {"uidscope.core.uid.uid_extraction"})


@pytest.mark.parametrize("format_", ["text", "json", "jsonl"])
def test_inspecting_a_file_loads_nothing_that_writes_and_nothing_heavy(
    tmp_path: Path, image: str, format_: str
) -> None:
    loaded = loaded_by(tmp_path, "inspect", image, "--quiet", "--fail-on", "never", "--format", format_)
    assert "uidscope.core.judge.rule_book" in loaded
    assert not loaded & (HEAVY | WRITING | SELDOM)


def test_an_option_that_only_tells_loads_no_command(tmp_path: Path) -> None:
    assert not loaded_by(tmp_path, "--version") & (HEAVY | WRITING | READING)


def test_whether_a_word_is_a_command_is_known_without_the_command_line(tmp_path: Path) -> None:
    """The window asks it too."""
    names = tmp_path / "modules.json"
    ask = "import json, sys, uidscope.__main__; json.dump(sorted(sys.modules), open(sys.argv[1], 'w'))"
    subprocess.run([sys.executable, "-c", ask, str(names)], check=True)
    assert not set(json.loads(names.read_text())) & {"click", "uidscope.cli.main"}
