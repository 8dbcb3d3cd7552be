"""Every command that the README shows is run as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import rt_set
from tests.watch import SourceFolders

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")

SHOWN = [
    re.split(r"\s{3,}", line)[0].strip()
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    if not language
    for line in block.splitlines()
    if line.startswith("uidscope ")
]


def test_the_readme_shows_commands() -> None:
    assert len(SHOWN) >= 5


@pytest.mark.parametrize("command", SHOWN)
def test_a_command_of_the_readme_does_what_it_says(
    make_source: SourceFolders, tmp_path: Path, command: str
) -> None:
    rt = rt_set(2)
    folder = make_source(rt.all)
    new = make_source(rt.all, folder="copy") if "compare" in command else tmp_path / "new"
    words = {
        "FOLDER": str(folder),
        "OLD": str(folder),
        "NEW": str(new),
        "series=UID": f"series={rt.dose.SeriesInstanceUID}",
    }
    arguments = [words.get(word, word) for word in shlex.split(command)[1:]]
    done = subprocess.run(
        [sys.executable, "-m", "uidscope", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if "-o" in arguments:
        assert (tmp_path / arguments[arguments.index("-o") + 1]).stat().st_size > 0
    else:
        assert done.stdout


@pytest.mark.skipif(
    not (ROOT / ".venv" / "bin" / "uidscope").exists(), reason="no .venv of the set-up's own here"
)
def test_start_without_a_display_says_so_and_inspects(make_source: SourceFolders) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [str(ROOT / "packaging" / "linux" / "start"), str(make_source(rt_set(2).all))],
        capture_output=True,
        text=True,
        env=environment,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stderr
    assert "0 errors" in done.stdout
