"""``uidscope --selftest``: passes where all is there, names what is not, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import uidscope
from uidscope.core.errors import UidscopeError
from uidscope.core.selftest import Probe, Skipped, core_probes, run_probes
from uidscope.core.uid.resource_files import resource_root


def selftest(home: Path, *arguments: str, package: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run it as a program whose temporary files and user's folders lie below ``home``."""
    home.mkdir(exist_ok=True)
    names = ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    surroundings = os.environ | dict.fromkeys(names, str(home)) | {"QT_QPA_PLATFORM": "offscreen"}
    if package is not None:
        surroundings["PYTHONPATH"] = str(package)
    return subprocess.run(
        [sys.executable, "-m", "uidscope", "--selftest", *arguments],
        env=surroundings,
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def test_it_passes_here_and_leaves_nothing_behind(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    ended = selftest(tmp_path / "home", "--out", str(report))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    lines = ended.stdout.splitlines()
    assert lines[0].startswith(f"uidscope {uidscope.__version__}, Python ")
    assert {line.split()[0] for line in lines[1:]} <= {"ok", "skipped"}
    assert os.listdir(tmp_path / "home") == []
    told = json.loads(report.read_text("utf-8"))
    assert told["passed"] is True
    assert len(told["probes"]) == len(lines) - 1
    proved = {probe["name"] for probe in told["probes"] if probe["state"] == "ok"}
    assert {"rules", "database", "processes", "inspection", "regeneration", "icons", "window"} <= proved


def test_what_is_missing_is_named_and_the_status_is_3(tmp_path: Path) -> None:
    """A copy of the program without its words of findings, as a build might leave them out."""
    package = tmp_path / "program"
    source = Path(uidscope.__file__).parent
    shutil.copytree(source, package / "uidscope", ignore=shutil.ignore_patterns("__pycache__", "resources"))
    shutil.copytree(resource_root(), package / "uidscope" / "resources")
    (package / "uidscope" / "resources" / "words" / "findings.en.json").unlink()
    ended = selftest(tmp_path / "home", package=package)
    assert ended.returncode == 3
    states = {line.split()[1]: line.split()[0] for line in ended.stdout.splitlines()[1:]}
    assert states["rules"] == "failed"
    assert states["database"] == "ok"
    assert "Traceback" not in ended.stdout + ended.stderr
    assert os.listdir(tmp_path / "home") == []


def test_an_unknown_option_is_told() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "uidscope", "--selftest", "--faster"], capture_output=True, check=False
    )
    assert ended.returncode == 2


def test_each_probe_runs_whatever_became_of_the_others(tmp_path: Path) -> None:
    def refuses(_: str) -> str:
        raise UidscopeError("It is not there.")

    def breaks(_: str) -> str:
        raise KeyError("two\nlines")

    def skips(_: str) -> str:
        raise Skipped("not here")

    probes = [Probe("a", refuses), Probe("b", breaks), Probe("c", skips), Probe("d", lambda folder: folder)]
    results = list(run_probes(probes, str(tmp_path)))
    assert [result.state for result in results] == ["failed", "failed", "skipped", "ok"]
    assert results[0].said == "It is not there."
    assert all("\n" not in result.said for result in results)
    assert results[3].said == str(tmp_path)


@pytest.mark.parametrize("folder", ["clean", "leading-zero"])
def test_a_changed_original_is_noticed(tmp_path: Path, folder: str) -> None:
    """The last probe is what would tell of the worst fault."""
    by_name = {probe.name: probe for probe in core_probes()}
    by_name["sample"].run(str(tmp_path))
    changed = next(file for file in sorted((tmp_path / "sample" / folder).rglob("*.dcm")))
    changed.write_bytes(changed.read_bytes() + b"\0")
    (result,) = run_probes([by_name["originals"]], str(tmp_path))
    assert result.state == "failed"
