"""An archive is unpacked entry by entry into one folder, whatever its names and sizes say."""

from __future__ import annotations

import os
import random
import stat
import struct
import sys
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.archives import add_link, marked_encrypted, with_bytes_replaced, write_archive
from uidscope.core.progress import CancelToken
from uidscope.core.read import archive as bounds
from uidscope.core.read.archive import Refused, Unpacked, stays_inside, unpack
from uidscope.core.read.archive_head import is_archive


def unpacked(path: Path, cancel: CancelToken | None = None) -> tuple[dict[str, bytes], dict[str, str]]:
    """What comes out, and the reasons of what does not; nothing else may have been written."""
    folder = path.parent / f"{path.name}-out"
    folder.mkdir(mode=0o700)
    before = everything(path.parent)
    files: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    for entry in unpack(str(path), str(folder), cancel):
        if isinstance(entry, Unpacked):
            assert Path(entry.file).resolve().is_relative_to(folder.resolve())
            files[entry.path] = Path(entry.file).read_bytes()
        else:
            assert isinstance(entry, Refused)
            refused[entry.path] = entry.reason
    outside = everything(path.parent) - before - everything(folder)
    assert outside == set()
    assert {each.is_file() for each in folder.rglob("*") if not each.is_dir()} <= {True}
    assert sum(1 for each in folder.rglob("*") if each.is_file()) == len(files)
    return files, refused


def everything(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_every_entry_becomes_a_file_and_folders_are_none(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"a/": b"", "a/1": b"one", "a/b/2": b"two", "3": b""})
    assert unpacked(path) == ({"a/1": b"one", "a/b/2": b"two", "3": b""}, {})


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_what_is_unpacked_is_of_this_user_alone(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"a/1": b"one"})
    unpacked(path)
    modes = {stat.S_IMODE(os.stat(each).st_mode) for each in (tmp_path / "a.zip-out").rglob("*")}
    assert modes == {0o700, 0o600}


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/evil", "a//evil", ".", "..", "a/./b", "a/..", "//server/evil"]
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    path = write_archive(tmp_path / "a.zip", {name: b"evil", "good": b"good"})
    assert unpacked(path) == ({"good": b"good"}, {name: "unreadable"})


@pytest.mark.parametrize(
    "name", ["C:evil", "a\\..\\evil", "CON", "a/nul.txt", "LPT1 .x", "a.", "a ", "a:stream", "a*", "a\n"]
)
def test_a_name_that_means_something_else_to_windows_is_refused_there(name: str) -> None:
    assert stays_inside(name, on_windows=False)
    assert not stays_inside(name, on_windows=True)
    assert stays_inside("a/CONE/nullx.b c.dcm", on_windows=True)


def test_a_backslash_from_an_old_program_is_a_separator_and_leads_nowhere(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"a|b": b"1", "..|evil": b"2"})
    data = path.read_bytes().replace(b"a|b", b"a\\b").replace(b"..|evil", b"..\\evil")
    # "Made by" MS-DOS and the like (APPNOTE 4.4.2).
    path.write_bytes(data.replace(b"PK\1\2\x14\x03", b"PK\1\2\x14\x00"))
    assert unpacked(path) == ({"a/b": b"1"}, {"../evil": "unreadable"})


def test_links_and_devices_are_not_made(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"good": b"good"})
    add_link(path, "link", "/etc/passwd")
    add_link(path, "folder", "..")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("folder/through", b"evil")
        fifo = zipfile.ZipInfo("fifo")
        fifo.external_attr = (stat.S_IFIFO | 0o666) << 16
        archive.writestr(fifo, b"")
    files, refused = unpacked(path)
    assert files == {"good": b"good", "folder/through": b"evil"}
    assert refused == dict.fromkeys(("link", "folder", "fifo"), "special-file")


def test_of_two_entries_of_one_name_the_first_is_taken_and_the_other_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)
        for data in (b"first", b"second"):
            archive.writestr("same", data)
        archive.writestr("same/below", b"third")
    assert unpacked(path) == ({"same": b"first"}, {"same": "unreadable", "same/below": "unreadable"})


def test_an_encrypted_entry_is_named(tmp_path: Path) -> None:
    path = marked_encrypted(write_archive(tmp_path / "a.zip", {"a": b"secret"}))
    (entry,) = unpack(str(path), str(tmp_path))
    assert entry == Refused("a", "unreadable", "encrypted")


def test_a_compression_that_is_not_used_for_dicom_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a", b"a" * 100)
    assert unpacked(path) == ({}, {"a": "unreadable"})


@pytest.mark.parametrize("large", [65 << 20])
def test_a_bomb_is_not_inflated(tmp_path: Path, large: int) -> None:
    path = write_archive(tmp_path / "a.zip", {"bomb": bytes(large), "good": b"good"})
    assert path.stat().st_size < large / 500
    assert unpacked(path) == ({"good": b"good"}, {"bomb": "too-large"})


def test_a_size_that_is_a_lie_ends_at_what_was_said(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"a": bytes(5 << 20), "good": b"good"})
    with_bytes_replaced(path, struct.pack("<L", 5 << 20), struct.pack("<L", 100))
    files, refused = unpacked(path)
    assert (files, refused) == ({"good": b"good"}, {"a": "unreadable"})


def test_all_entries_together_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_ARCHIVE_BYTES", 1 << 20)
    path = write_archive(tmp_path / "a.zip", {f"{number}": bytes(400_000) for number in range(5)})
    files, refused = unpacked(path)
    assert list(files) == ["0", "1"]
    assert refused == dict.fromkeys("234", "too-large")


def test_a_large_entry_that_is_hardly_compressed_is_no_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "_ENTRY_BYTES", 1000)
    monkeypatch.setattr(bounds, "_ARCHIVE_BYTES", 1000)
    data = random.Random(1).randbytes(200_000)
    assert unpacked(write_archive(tmp_path / "a.zip", {"a": data})) == ({"a": data}, {})


@pytest.mark.parametrize("bound", ["_MOST_ENTRIES", "_DIRECTORY_BYTES"])
def test_the_list_of_entries_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setattr(bounds, bound, 3)
    path = write_archive(tmp_path / "a.zip", {f"{number}": b"" for number in range(4)})
    assert unpacked(path) == ({}, {".": "too-large"})


def test_a_full_disk_is_told_of_each_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_DISK_TO_LEAVE", 1 << 60)
    path = write_archive(tmp_path / "a.zip", {"a": b"a", "b": b"b"})
    assert unpacked(path) == ({}, {"a": "unreadable", "b": "unreadable"})


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_an_archive_that_was_cut_off_is_one_line(tmp_path: Path, keep: float) -> None:
    path = write_archive(tmp_path / "a.zip", {f"{number}": b"data" for number in range(20)})
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert unpacked(path) == ({}, {".": "unreadable"})


def test_an_archive_that_has_gone_is_one_line(tmp_path: Path) -> None:
    assert list(unpack(str(tmp_path / "gone.zip"), str(tmp_path))) == [
        Refused(".", "unreadable", os.strerror(2))
    ]


def test_names_without_the_flag_are_utf_8_or_code_page_437(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"one?": b"1", "two??": b"2"})
    data = path.read_bytes().replace(b"one?", b"one\x81").replace(b"two??", "two\u00e9".encode())
    path.write_bytes(data)
    assert unpacked(path) == ({"one\u00fc": b"1", "two\u00e9": b"2"}, {})


def test_names_of_any_script_with_the_flag(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"\u5c71/\u0431": b"1"})
    assert unpacked(path) == ({"\u5c71/\u0431": b"1"}, {})


def test_a_name_that_is_not_the_utf_8_it_is_said_to_be_spoils_no_other(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"bad\u00e9": b"1", "good\u00e9": b"2"})
    with_bytes_replaced(path, b"bad\xc3\xa9", b"bad\xc3\x28")
    assert unpacked(path) == ({"bad\u251c(": b"1", "good\u00e9": b"2"}, {})


def test_a_name_longer_than_the_system_allows_is_named(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"x" * 300: b"1", "good": b"good"})
    assert unpacked(path) == ({"good": b"good"}, {"x" * 300: "unreadable"})


def test_after_a_cancel_the_rest_is_named_and_not_unpacked(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"a": b"a", "b": b"b"})
    cancel = CancelToken()
    entries = unpack(str(path), str(tmp_path), cancel)
    assert isinstance(next(entries), Unpacked)
    cancel.cancel()
    assert list(entries) == [Refused("b", "cancelled", "")]


def test_what_is_an_archive_shows_in_its_first_bytes(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "no-ending", {"a": b"a"})
    assert is_archive(str(path))
    assert is_archive(str(write_archive(tmp_path / "empty.zip", {})))
    (tmp_path / "named.zip").write_bytes(b"not one")
    assert not is_archive(str(tmp_path / "named.zip"))
    (tmp_path / "both.dcm").write_bytes(b"PK\3\4".ljust(128, b"\0") + b"DICM")
    assert not is_archive(str(tmp_path / "both.dcm"))
    assert not is_archive(str(tmp_path / "gone"))
    assert not is_archive(str(tmp_path))


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("seed")
    path = write_archive(folder / "a.zip", {"a/1": b"one" * 50, "a/2": b"two", "b": b""})
    return path.read_bytes()


@settings(max_examples=150, deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6))
def test_no_bytes_make_it_raise(
    seed: bytes, tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]]
) -> None:
    data = bytearray(seed)
    for place, value in changes:
        data[int(place * len(data))] = value
    folder = tmp_path_factory.mktemp("changed")
    (folder / "a.zip").write_bytes(data)
    unpacked(folder / "a.zip")
