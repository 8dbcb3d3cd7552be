"""A disk that fails below the catalog: one sentence, the sources untouched, what was kept still there."""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.builders import rt_set, write_folder
from tests.cli.running import run_cli
from tests.core.export.requests import state_of
from uidscope.core.catalog.failures import failure_of
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts
from uidscope.core.errors import OutputError
from uidscope.core.flow import check, load
from uidscope.core.read.find_files import resolve_sources

FULL, FAILED = sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR
MOMENTS = 25


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_folder(rt_set(3).all, tmp_path / "source")
    return tmp_path / "source"


@contextmanager
def failing(nth: int, code: int) -> Iterator[list[int]]:
    """Have the nth operation of all connections opened fail, 0 for none; give how many there were."""
    numbers, done = itertools.count(1), [0]

    def fail() -> None:
        done[0] = next(numbers)
        if done[0] == nth:
            error = sqlite3.OperationalError("injected")
            error.sqlite_errorcode = code
            raise error

    class Failing(sqlite3.Connection):
        def execute(self, *arguments: Any) -> Any:
            fail()
            return super().execute(*arguments)

        def executemany(self, *arguments: Any) -> Any:
            fail()
            return super().executemany(*arguments)

        def executescript(self, *arguments: Any) -> Any:
            fail()
            return super().executescript(*arguments)

        def commit(self) -> None:
            fail()
            super().commit()

    connect = sqlite3.connect

    def connected(*arguments: Any, **named: Any) -> Any:
        return connect(*arguments, factory=Failing, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sqlite3, "connect", connected)
        yield done


def load_and_check(source: Path) -> int:
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([str(source)]))
        check(catalog)
        return counts(catalog).occurrences


@pytest.mark.parametrize("code", [FULL, FAILED])
def test_any_operation_may_fail_while_loading_and_checking(source: Path, code: int) -> None:
    before = state_of(source)
    with failing(0, code) as done:
        whole = load_and_check(source)
    assert whole == len(before)
    step = max(1, done[0] // MOMENTS)
    failed = 0
    for nth in range(1 + code % step, done[0], step):
        with failing(nth, code), pytest.raises(OutputError) as failure:
            load_and_check(source)
        failed += 1
        sentence = str(failure.value)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert ("the disk is full" in sentence) == (code == FULL)
    assert failed >= MOMENTS
    assert state_of(source) == before
    assert load_and_check(source) == whole


@pytest.mark.parametrize("code", [FULL, FAILED])
def test_a_kept_catalog_survives_what_fails_while_it_is_brought_up_to_date(
    source: Path, tmp_path: Path, code: int
) -> None:
    kept = tmp_path / "kept"
    words = ("inspect", str(source), "--catalog", str(kept), "--quiet", "--format", "json")
    assert run_cli(*words).exit_code == 0
    as_it_was = kept.read_bytes()
    (source / "new.dcm").write_bytes((source / "0001.dcm").read_bytes())
    before = state_of(source)
    with failing(0, code) as done:
        assert run_cli(*words, "--reread").exit_code == 0
    kept.write_bytes(as_it_was)
    for nth in range(2 + code % 3, done[0], max(1, done[0] // 12)):
        with failing(nth, code):
            result = run_cli(*words, "--reread")
        assert result.exit_code in (0, 3), (nth, result.stderr)
        if result.exit_code == 3:
            assert kept.read_bytes() == as_it_was
        assert not os.path.exists(f"{kept}.incomplete")
        kept.write_bytes(as_it_was)
    assert run_cli(*words).exit_code == 0
    assert state_of(source) == before


@pytest.mark.skipif(sys.platform == "win32", reason="a bound on the size of files is POSIX")
@pytest.mark.parametrize("room", [0, 8192, 65536, 200_000])
def test_a_disk_that_takes_no_more(source: Path, tmp_path: Path, room: int) -> None:
    """SQLite itself is refused its writes, by a bound on the size of the files of the process."""
    bounded = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}));"
        "from uidscope.__main__ import main; sys.argv[0] = 'uidscope'; sys.exit(main())"
    )
    before = state_of(source)
    kept = tmp_path / "kept"
    words = ["inspect", str(source), "--quiet", "--catalog", str(kept)]
    environment = {**os.environ, "UIDSCOPE_AUDIT_LOG": "off"}
    ended = subprocess.run(
        [sys.executable, "-c", bounded, *words], capture_output=True, text=True, check=False, env=environment
    )
    assert ended.returncode == 3, ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr
    assert not kept.exists()
    assert state_of(source) == before


def test_a_fault_of_the_program_is_not_told_as_one_of_the_disk() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError) as fault:
        connection.execute("SELECT nothing")
    connection.close()
    assert failure_of(fault.value, "catalog") is None
    assert failure_of(sqlite3.ProgrammingError("closed"), "catalog") is None
