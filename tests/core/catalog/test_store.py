"""The catalog's file: private, one connection a thread, gone when it was temporary."""

from __future__ import annotations

import gc
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from tests.core.catalog.records import a_catalog, a_record
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.store import Catalog, Source
from uidscope.core.catalog.tree import ROOT, child_count
from uidscope.core.errors import InputError, OutputError
from uidscope.core.private_folder import clear_left_behind


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_temporary_catalog_is_readable_by_its_user_alone() -> None:
    with a_catalog([a_record("1.2.3")]) as catalog:
        folder = os.path.dirname(catalog.path)
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        assert {stat.S_IMODE(os.stat(entry).st_mode) for entry in os.scandir(folder)} == {0o600}


def test_a_temporary_catalog_is_gone_once_closed() -> None:
    catalog = a_catalog([a_record("1.2.3")])
    catalog.close()
    assert not os.path.exists(os.path.dirname(catalog.path))
    with pytest.raises(InputError):
        _ = catalog.connection


def test_a_temporary_catalog_that_nobody_closes_is_gone_with_its_last_user() -> None:
    catalog = a_catalog([a_record("1.2.3")])
    folder = os.path.dirname(catalog.path)
    del catalog
    gc.collect()
    assert not os.path.exists(folder)


def test_what_a_killed_program_left_behind_is_cleared_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed = (
        "import os; from uidscope.core.catalog.store import Catalog\ncatalog = Catalog.create(); os._exit(9)"
    )
    temporary = {"TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", killed], env={**os.environ, **temporary}, check=False)
    assert ended.returncode == 9
    (left_behind,) = tmp_path.iterdir()
    (tmp_path / "uidscope-catalog-other").mkdir()
    with a_catalog([a_record("1.2.3")]) as in_use:
        assert clear_left_behind() == 1
        assert not left_behind.exists()
        assert child_count(in_use, ROOT) == 1
        assert len(list(tmp_path.iterdir())) == 2
        assert clear_left_behind() == 0


def test_a_named_catalog_stays_and_opens_again(tmp_path: Path) -> None:
    path = str(tmp_path / "kept.sqlite")
    with Catalog.create(path) as catalog:
        writer = CatalogWriter(catalog)
        writer.add_sources([(str(tmp_path), True), (str(tmp_path / "one.dcm"), False)])
        writer.add([a_record("1.2.3")])
        writer.finish()
        catalog.set_about("reader_version", "7")
    with Catalog.open(path) as again:
        assert again.sources() == (
            Source(1, str(tmp_path), True),
            Source(2, str(tmp_path / "one.dcm"), False),
        )
        assert again.about("reader_version") == "7"
        assert again.about("never said") is None
        assert child_count(again, ROOT) == 1
    assert os.path.exists(path)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "there.sqlite"
    path.write_bytes(b"precious")
    with pytest.raises(OutputError):
        Catalog.create(str(path))
    assert path.read_bytes() == b"precious"


def test_a_folder_that_is_not_there_cannot_hold_a_catalog(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        Catalog.create(str(tmp_path / "no" / "such" / "folder"))


@pytest.mark.parametrize("content", [b"", b"no database at all, but a long enough text" * 100])
def test_what_is_no_catalog_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(InputError):
        Catalog.open(str(path))
    assert path.read_bytes() == content


def test_a_catalog_of_another_version_is_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "old.sqlite")
    with Catalog.create(path) as catalog:
        catalog.set_about("schema_version", "0")
    with pytest.raises(InputError):
        Catalog.open(path)


def test_no_catalog_there(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Catalog.open(str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_each_thread_has_a_connection_and_sees_what_was_committed() -> None:
    with a_catalog([a_record("1.2.3")], finish=False) as catalog:
        writer = CatalogWriter(catalog)
        writer.add([a_record("1.2.4", PatientID="B2")])
        seen: list[object] = []

        def look() -> None:
            seen.append(catalog.connection)
            seen.append(child_count(catalog, ROOT))

        for _ in range(2):
            thread = threading.Thread(target=look)
            thread.start()
            thread.join()
            writer.commit()
        assert seen[0] is not catalog.connection
        assert seen[1::2] == [1, 2]


def test_what_is_remembered_is_asked_again_after_a_change() -> None:
    with a_catalog([a_record("1.2.3")]) as catalog:
        asked: list[int] = []

        def find() -> int:
            asked.append(1)
            return len(asked)

        assert [catalog.remembered("key", find) for _ in range(3)] == [1, 1, 1]
        catalog.set_about("anything", "new")
        assert catalog.remembered("key", find) == 2
        other = sqlite3.connect(catalog.path)
        other.execute("INSERT INTO about VALUES ('by', 'another')")
        other.commit()
        other.close()
        assert catalog.remembered("key", find) == 3
