"""A patient through every feature, and then a search: nothing of them but where somebody asked for it.

Searched are the user's folders (settings, logs, crash reports, recent files, notes of exports), the folder of
temporary files, and what is written on standard output and error. What the program makes for itself there is
for its user alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.canary import CANARY, canary_source, twin_file
from tests.qt.every_place import every_dialog, every_panel, plan_everything, undo_what_is_open
from tests.qt.steps import settle_window
from tests.qt.windows import LONGEST_WAIT, load, shown_window
from tests.watch import SourceFolders
from uidscope.core.audit.log_file import AuditLogFile
from uidscope.core.crash_report import left_reports
from uidscope.core.flow import Destination
from uidscope.core.project_file import PROJECT_ENDING
from uidscope.qt.planning.export_operations import Ends, write_export
from uidscope.qt.start.crash_watch import crashes_kept
from uidscope.qt.tasks import Task

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the folders and modes of other systems")
_FOLDERS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "HOME")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folders of a user who has never used the program, and of temporary files."""
    home = tmp_path / "home"
    for name in (*_FOLDERS, "TMPDIR"):
        folder = home / name.lower()
        folder.mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(home / "tmpdir"))
    before = os.umask(0o022)
    yield home
    os.umask(before)


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """Where the files go that somebody asks for."""
    folder = tmp_path / "asked"
    folder.mkdir()
    return folder


def hits(home: Path) -> list[str]:
    """Every file whose name or content is of the patient."""

    def names_somebody(path: Path) -> bool:
        inside = path.read_bytes().decode("latin-1") if path.is_file() else ""
        return any(CANARY.search(text) for text in (path.name, inside, inside.replace("\0", "")))

    return [str(path.relative_to(home)) for path in home.rglob("*") if names_somebody(path)]


def open_to_others(home: Path) -> list[str]:
    """Every file and folder, below the user's own, that anybody else may read."""
    roots = {home, *home.iterdir()}
    return [
        f"{path.stat().st_mode & 0o777:o} {path.relative_to(home)}"
        for path in home.rglob("*")
        if path not in roots and path.exists() and path.stat().st_mode & 0o077
    ]


def run(*arguments: object, status: int) -> str:
    """What the program said, started as from a shell."""
    command = [sys.executable, "-m", "uidscope", *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, timeout=120, check=False)
    said = (ended.stdout + ended.stderr).decode("utf-8", "replace")
    assert ended.returncode == status, said
    return said


@pytest.mark.timeout(240)
def test_the_command_line(home: Path, asked: Path, make_source: SourceFolders) -> None:
    source = canary_source(make_source)
    said = [
        run("inspect", source, "--format", "json", "-o", asked / "report.json", "--quiet", status=1),
        run("inspect", source, "--mask-names", "--verbose", "--quiet", status=1),
        run("inspect", source, "-o", source / "inside.html", "--quiet", status=3),
        run("inspect", source, "-o", asked / "no" / "folder.html", "--quiet", status=3),
        run("inspect", source, "--catalog", asked / "kept.catalog", "--quiet", "-o", asked / "t", status=1),
        run("compare", source, source, "--mask-names", "--quiet", "-o", asked / "c.html", status=0),
        run("regenerate", source, "--out", source / "inside", "--as", "copy", "--quiet", status=3),
        run("regenerate", source, "--out", asked / "out", "--as", "copy", "--quiet", status=0),
        run("regenerate", source, "--out", asked / "out", "--as", "copy", "--quiet", status=3),
        run("key", asked / "own.key", status=0),
        run("generate", "-n", "3", status=0),
    ]
    told = [line for text in said for line in text.splitlines() if CANARY.search(line)]
    assert told == []
    assert hits(home) == []
    assert open_to_others(home) == []
    assert CANARY.search((asked / "report.json").read_text("utf-8")), "where it was asked for"
    assert (asked / "kept.catalog").stat().st_mode & 0o777 == 0o600
    assert (asked / "out.crosswalk.csv").stat().st_mode & 0o777 == 0o600
    recorded = AuditLogFile().records()
    assert len(recorded.records) > 8
    assert recorded.damaged == 0


@pytest.mark.timeout(120)
def test_a_fault_of_the_program_itself(home: Path, make_source: SourceFolders) -> None:
    """An error whose text quotes a file ends in a sentence, and leaves a report without that text."""
    source = canary_source(make_source)
    program = (
        "import sys\n"
        "from uidscope.cli import inspect_command\n"
        "from uidscope.cli.main import run\n"
        "def fail(*_):\n"
        "    name = 'CANARY^YELLOW'\n"
        "    raise KeyError(f'{name} is no number')\n"
        "inspect_command._status = fail\n"
        "run(['inspect', sys.argv[1], '--mask-names', '--quiet'])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(source)], capture_output=True, timeout=60, check=False
    )
    assert ended.returncode == 3
    assert b"KeyError" in ended.stderr
    assert not CANARY.search((ended.stdout + ended.stderr).decode())
    assert len(left_reports()) == 1
    assert hits(home) == []
    assert open_to_others(home) == []


@pytest.mark.timeout(120)
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills otherwise")
def test_a_killed_program_is_cleared_up_after_at_the_next_start(
    home: Path, make_source: SourceFolders
) -> None:
    source = canary_source(make_source)
    program = (
        "import sys, time\n"
        "from uidscope.core.catalog.store import Catalog\n"
        "from uidscope.core.flow import load\n"
        "from uidscope.core.read.find_files import resolve_sources\n"
        "from uidscope.core.read.scan import ScanOptions\n"
        "catalog = Catalog.create()\n"
        "load(catalog, resolve_sources([sys.argv[1]]), ScanOptions(1))\n"
        "print('loaded', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(source)], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"loaded\n"
        running.kill()
    assert hits(home), "what it had read is still there"
    assert open_to_others(home) == []
    run("inspect", source, "--mask-names", "--quiet", status=1)
    assert hits(home) == []


@pytest.mark.timeout(400)
@pytest.mark.expected_log("task crash: ValueError")
def test_the_window(
    home: Path, asked: Path, qtbot: QtBot, make_source: SourceFolders, capfd: pytest.CaptureFixture[str]
) -> None:
    source = canary_source(make_source)
    settings_folder = home / "xdg_config_home" / "uidscope"
    with crashes_kept():
        window = shown_window(qtbot, settings_folder)
        load(qtbot, window, source)
        plan_everything(qtbot, window, twin_file(source))
        places = len(list(every_panel(qtbot, window))) + len(list(every_dialog(qtbot, window)))
        assert places > 80

        window.runner.run(Task("crash", lambda _progress, _cancel: int("CANARY^YELLOW")))
        settle_window(qtbot, window)
        window.operations.save_report(str(asked / "report.html"))
        window.operations.save_report(str(asked / "nowhere" / "report.html"))
        window.projects.save(str(asked / f"work{PROJECT_ENDING}"))
        window.audit.export(str(asked / "log.jsonl"))
        settle_window(qtbot, window)
        undo_what_is_open(qtbot, window)
        plan_everything(qtbot, window)
        ended: list[str] = []
        ends = Ends(lambda _result: ended.append("done"), lambda error: ended.append(type(error).__name__))
        for target in (asked / "out", asked / "out", source / "inside"):
            write_export(window.state, window.runner, Destination(str(target)), ends, resume=False)
            qtbot.waitUntil(lambda: not window.runner.is_running, timeout=LONGEST_WAIT)
        assert ended == ["done", "OutputError", "OutputError"]
        # A check box of the dialog keeps the name of who exports; here nobody ticked it.
        during = hits(home)
        window.state.set_exported()
        window.close()
        settle_window(qtbot, window)
    said = capfd.readouterr()
    assert not CANARY.search(said.out + said.err)
    assert [name for name in during if not name.startswith("tmpdir/uidscope-")] == [], "but in the catalog"
    assert hits(home) == []
    assert open_to_others(home) == []
    assert len(left_reports()) == 1
    assert CANARY.search((asked / "report.html").read_text("utf-8")), "where it was asked for"
    assert not CANARY.search((asked / "log.jsonl").read_text("utf-8"))
    assert (settings_folder / "window.ini").is_file()
