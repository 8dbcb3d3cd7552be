"""``uidscope sample``: files to try the other commands on."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import run_cli


def test_what_it_writes_can_be_inspected(tmp_path: Path) -> None:
    written = run_cli("sample", str(tmp_path / "sample"))
    assert written.exit_code == 0, written.stderr
    assert Path(written.stdout.strip()).is_file()
    inspected = run_cli("inspect", str(tmp_path / "sample"), "--format", "json")
    assert inspected.exit_code == 1
    assert json.loads(inspected.stdout)["counts"]["findings"]["error"] > 0
    clean = run_cli("inspect", str(tmp_path / "sample" / "clean"), "--fail-on", "warning")
    assert clean.exit_code == 0


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    written = run_cli("sample", str(tmp_path / "mine"))
    assert written.exit_code == 3
    assert written.stderr.count("\n") == 1
    assert (tmp_path / "mine").read_text() == "mine"
