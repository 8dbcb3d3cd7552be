"""Files that are made and opened again: never through a link, never over what is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from uidscope.core.export.durable import create_file, preallocate, reopen_file, sync_file, sync_folder

needs_links = pytest.mark.skipif(os.name == "nt", reason="Links need rights of their own on Windows.")


def test_a_file_is_made_with_its_rights_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "new"
    descriptor = create_file(str(path), 0o600)
    os.write(descriptor, b"all")
    sync_file(descriptor)
    os.close(descriptor)
    assert path.read_bytes() == b"all"
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        create_file(str(path), 0o600)


@needs_links
def test_no_file_is_made_or_opened_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"kept")
    (tmp_path / "link").symlink_to(tmp_path / "there")
    (tmp_path / "loose").symlink_to(tmp_path / "not there")
    for name in ("link", "loose"):
        with pytest.raises(OSError, match="exists"):
            create_file(str(tmp_path / name), 0o600)
        with pytest.raises(OSError, match=name):
            reopen_file(str(tmp_path / name))
    assert not (tmp_path / "not there").exists()


def test_a_file_that_is_opened_again_can_be_brought_to_the_disk_and_written(tmp_path: Path) -> None:
    path = tmp_path / "there"
    path.write_bytes(b"old")
    descriptor = reopen_file(str(path))
    try:
        os.write(descriptor, b"new")
        sync_file(descriptor)
    finally:
        os.close(descriptor)
    assert path.read_bytes() == b"new"
    sync_folder(str(tmp_path))


def test_where_no_room_can_be_taken_at_once_the_file_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    descriptor = create_file(str(tmp_path / "new"), 0o600)
    try:
        preallocate(descriptor, 4096)
        assert os.fstat(descriptor).st_size == 0
    finally:
        os.close(descriptor)


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="This system cannot take the room at once.")
def test_the_room_for_a_file_is_taken_at_once_and_none_for_an_empty_one(tmp_path: Path) -> None:
    descriptor = create_file(str(tmp_path / "new"), 0o600)
    try:
        preallocate(descriptor, 0)
        preallocate(descriptor, 4096)
        assert os.fstat(descriptor).st_size == 4096
    finally:
        os.close(descriptor)
