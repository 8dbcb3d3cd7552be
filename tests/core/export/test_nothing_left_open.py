"""After an export, done or failed, no file is open that was not open before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.export.requests import make_source, request_for
from uidscope.core.errors import OutputError, UsageError
from uidscope.core.export import output_file
from uidscope.core.export.export import export

_OPEN = Path("/proc/self/fd")

pytestmark = pytest.mark.skipif(not _OPEN.is_dir(), reason="This system does not tell which files are open.")


def _open_files(below: Path) -> list[str]:
    """The open files below a folder, whether they still have a name or not."""
    return [path for path in _named() if path.startswith(str(below))]


def _named() -> Iterator[str]:
    for name in os.listdir(_OPEN):
        try:
            yield os.readlink(_OPEN / name)
        except FileNotFoundError:  # that of the listing itself
            continue


def test_after_an_export(tmp_path: Path) -> None:
    source = make_source(tmp_path / "source", [f"{number}.dcm" for number in range(6)])
    for name, more in (("folder", {}), ("packed", {"zipped": True}), ("dry", {"dry_run": True})):
        export(request_for(source, tmp_path / name, **more))
        assert _open_files(tmp_path) == []


def test_after_one_that_cannot_work_out_a_file(tmp_path: Path) -> None:
    source = make_source(tmp_path / "source", [f"{number}.dcm" for number in range(6)])
    request = request_for(source, tmp_path / "out")

    def refuse(_: object) -> tuple[()]:
        raise UsageError("A value is too long.")

    files = (*request.files[:-1], replace(request.files[-1], edits=refuse))
    with pytest.raises(UsageError, match=r"5\.dcm: A value is too long"):
        export(request_for(source, tmp_path / "out", files=files))
    assert _open_files(tmp_path) == []


def test_after_one_that_cannot_bring_a_file_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_source(tmp_path / "source", [f"{number}.dcm" for number in range(6)])

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output_file, "sync_file", fail)
    with pytest.raises(OutputError, match="No space left"):
        export(request_for(source, tmp_path / "out"))
    assert _open_files(tmp_path) == []
