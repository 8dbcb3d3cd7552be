"""``uidscope inspect --catalog FILE``: the second time only what changed is read, with the same result."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.builders import add_private_text, ct_series, write_folder
from tests.cli.running import run_cli
from uidscope.core import rescan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose files were written long ago."""
    images = ct_series(5)
    add_private_text(images[1], images[0].SOPInstanceUID)
    for file in write_folder(images, tmp_path / "set"):
        os.utime(file, (1_500_000_000, 1_500_000_000))
    return tmp_path / "set"


def told(folder: Path, *options: str) -> str:
    result = run_cli("inspect", str(folder), "--format", "json", "--fail-on", "never", *options)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def kept(folder: Path, *options: str) -> str:
    return told(folder, "--catalog", str(folder.parent / "catalog.db"), *options)


def test_the_second_time_nothing_is_loaded_and_nothing_judged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept(folder)
    assert "FILE-05" in first
    assert first == told(folder)
    monkeypatch.setattr(rescan, "load", None)
    monkeypatch.setattr(rescan, "check", None)
    assert kept(folder) == first


def test_what_has_changed_come_and_gone_is_seen(folder: Path) -> None:
    kept(folder)
    shutil.copy(folder / "0001.dcm", folder / "copy.dcm")
    (folder / "0003.dcm").unlink()
    (folder / "0004.dcm").write_text("no DICOM any more")
    again = kept(folder)
    assert '"files": 5' in again
    assert again == told(folder)
    assert kept(folder) == again


def test_everything_can_be_read_again(folder: Path) -> None:
    """A file whose size and time say nothing of its change."""
    first = kept(folder)
    file = folder / "0002.dcm"
    before = file.stat()
    with file.open("r+b") as stream:
        data = stream.read()
        stream.seek(data.index(b"TEST^"))
        stream.write(b"TESS^")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert kept(folder) == first
    again = kept(folder, "--reread")
    assert again != first
    assert again == told(folder)


def test_the_profile_of_rules_is_that_of_each_command(folder: Path) -> None:
    kept(folder)
    archive = kept(folder, "--profile", "archive")
    assert archive == told(folder, "--profile", "archive")
    assert kept(folder) == told(folder)


def test_another_folder_takes_the_place_of_the_first(folder: Path, tmp_path: Path) -> None:
    kept(folder)
    write_folder(ct_series(2), tmp_path / "other")
    other = told(tmp_path / "other", "--catalog", str(tmp_path / "catalog.db"))
    assert other == told(tmp_path / "other")
    assert list(tmp_path.glob("*.incomplete*")) == []
