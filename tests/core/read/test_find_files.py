"""Every file below the paths given is found once, or named with its reason; nothing is followed or opened."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from uidscope.core.errors import InputError
from uidscope.core.read.find_files import FoundFile, find_files, resolve_sources
from uidscope.core.read.record import NotLoaded


def found(*paths: Path, follow_links: bool = False) -> tuple[list[str], dict[str, str]]:
    files, refused = [], {}
    for item in find_files(resolve_sources([str(path) for path in paths]), follow_links=follow_links):
        if isinstance(item, FoundFile):
            files.append(f"{item.source}:{item.path}")
        else:
            assert isinstance(item, NotLoaded)
            refused[f"{item.source}:{item.path}"] = item.reason
    return files, refused


def test_folders_are_walked_by_name(tmp_path: Path) -> None:
    for name in ("b/2", "b/10", "a/x/deep", "c"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"1")
    assert found(tmp_path) == (["0:c", "0:a/x/deep", "0:b/10", "0:b/2"], {})


def test_a_dicomdir_stands_for_its_folder(tmp_path: Path) -> None:
    (tmp_path / "DICOMDIR").write_bytes(b"1")
    (tmp_path / "IM1").write_bytes(b"1")
    assert found(tmp_path / "DICOMDIR")[0] == ["0:DICOMDIR", "0:IM1"]


def test_what_is_no_file_is_named_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "socket"))
    (tmp_path / "target").write_bytes(b"1")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    (tmp_path / "loop").symlink_to(tmp_path)
    server.close()
    assert found(tmp_path) == (
        ["0:target"],
        dict.fromkeys(("0:fifo", "0:link", "0:loop", "0:socket"), "special-file"),
    )


def test_followed_links_end_in_no_loop_and_no_double(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_bytes(b"1")
    (tmp_path / "folder" / "loop").symlink_to(tmp_path)
    files, refused = found(tmp_path, follow_links=True)
    assert files == ["0:folder/file"]
    assert set(refused.values()) <= {"same-file"}


def test_sources_that_overlap_give_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").write_bytes(b"1")
    (tmp_path / "other").write_bytes(b"1")
    assert found(tmp_path, tmp_path / "in") == (["0:other", "0:in/file"], {"1:file": "same-file"})
    assert found(tmp_path / "other", tmp_path / "other", tmp_path) == (
        ["0:other", "2:in/file"],
        {"1:other": "same-file", "2:other": "same-file"},
    )


def test_names_that_are_not_utf8_are_kept(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xe9\xff", "wb") as file:
        file.write(b"1")
    assert found(tmp_path)[0] == ["0:\udce9\udcff"]


def test_a_path_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no-such.*No such file"):
        resolve_sources([str(tmp_path / "no-such")])
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(InputError, match="neither a folder nor a file"):
        resolve_sources([str(tmp_path / "fifo")])


@pytest.mark.skipif(os.name == "nt", reason="folders have no read permission to take away there")
def test_an_unreadable_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "file").write_bytes(b"1")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == (["0:file"], {"0:locked": "unreadable"})
