"""A rescan opens only what has changed, and its catalog is that of a fresh scan."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import add_private_text, ct_series, encoded, rt_set
from tests.builders.archives import write_archive
from uidscope.core.catalog.kept_files import is_unchanged
from uidscope.core.catalog.not_loaded_list import not_loaded_reasons
from uidscope.core.catalog.store import Catalog
from uidscope.core.flow import check, load
from uidscope.core.progress import CancelToken
from uidscope.core.read import read_chunk
from uidscope.core.read.find_files import FoundFile, resolve_sources
from uidscope.core.read.platform_io import open_with_status
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.inspection import InspectionParts, inspection

KEEPING = ScanOptions(jobs=1, numbers=True, keep=True)
NAMES = ("1", "2", "a/1", "a/b/1", "a/b/2", "a/c", "b/1", "b/é", "c.d/1")


@cache
def contents() -> tuple[bytes, ...]:
    """Files that have to do with each other, good ones and bad ones."""
    images = ct_series(4)
    add_private_text(images[1], images[0].SOPInstanceUID)
    images[2].StudyDescription = "ANOTHER"
    rt = rt_set(2)
    made = [encoded(dataset) for dataset in (*images, *rt.images, rt.structure_set, rt.plan)]
    return (*made, made[0], made[3][:-30], b"no DICOM", b"")


class Folder:
    """A folder whose files change; each has a time of its own, long ago."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._times = count(1_500_000_000)
        path.mkdir(exist_ok=True)

    def put(self, name: str, content: bytes) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_bytes(content)
        self.touch(name)

    def touch(self, name: str) -> None:
        time = next(self._times)
        os.utime(self.path / name, (time, time))

    def change(self, changes: Mapping[str, int | None]) -> None:
        for name, content in changes.items():
            if content is None:
                (self.path / name).unlink(missing_ok=True)
            else:
                self.put(name, contents()[content])


def told(catalog: Catalog) -> str:
    check(catalog)
    return json.dumps(inspection(catalog, InspectionParts(uids=True, references=True)))


def read(paths: list[Path], before: Catalog | None = None, options: ScanOptions = KEEPING) -> Catalog:
    catalog = Catalog.create()
    load(catalog, resolve_sources([str(path) for path in paths]), options, before=before)
    return catalog


def unchanged(catalog: Catalog, paths: list[Path], options: ScanOptions = KEEPING) -> bool:
    return is_unchanged(catalog, resolve_sources([str(path) for path in paths]), options)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read."""
    files: list[str] = []

    def noted(path: str, *, follow_links: bool = False) -> tuple[int, os.stat_result]:
        files.append(re.sub(r"^.*/(set|one|two|unpacked-\d+)/", "", Path(path).as_posix()))
        return open_with_status(path, follow_links=follow_links)

    monkeypatch.setattr("uidscope.core.read.read_chunk.open_with_status", noted)
    return files


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The files that the system does not let this user open; root, whom tests may run as, it lets."""
    files: set[str] = set()

    def tried(path: str, *, follow_links: bool = False) -> tuple[int, os.stat_result]:
        if path in files:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return open_with_status(path, follow_links=follow_links)

    for reader in ("read_chunk", "read_file"):
        monkeypatch.setattr(f"uidscope.core.read.{reader}.open_with_status", tried)
    return files


file_contents = st.integers(0, len(contents()) - 1)


@settings(deadline=None, max_examples=25)
@given(
    first=st.dictionaries(st.sampled_from(NAMES), file_contents),
    changes=st.dictionaries(st.sampled_from(NAMES), st.none() | file_contents, max_size=4),
)
def test_a_rescan_is_a_fresh_scan(first: dict[str, int], changes: dict[str, int | None]) -> None:
    with tempfile.TemporaryDirectory() as room:
        folder = Folder(Path(room) / "set")
        folder.change(first)
        with read([folder.path]) as before:
            folder.change(changes)
            really = {name for name, content in changes.items() if content is not None or name in first}
            assert unchanged(before, [folder.path]) == (not really)
            with read([folder.path], before) as again, read([folder.path]) as fresh:
                assert told(again) == told(fresh)
                assert unchanged(again, [folder.path])


def test_only_what_changed_is_opened(tmp_path: Path, opened: list[str]) -> None:
    folder = Folder(tmp_path / "set")
    folder.change({"1": 0, "2": 1, "a/1": 2, "b/1": 10})
    with read([folder.path]) as before:
        opened.clear()
        assert unchanged(before, [folder.path])
        assert opened == []
        folder.change({"2": 3, "a/0": 5, "a/1": None})
        assert not unchanged(before, [folder.path])
        opened.clear()
        with read([folder.path], before):
            assert sorted(opened) == ["2", "a/0"]


def test_a_folder_that_comes_to_others_is_read_alone(tmp_path: Path, opened: list[str]) -> None:
    one, two = Folder(tmp_path / "one"), Folder(tmp_path / "two")
    one.change({"1": 0, "2": 1})
    two.change({"1": 4, "2": 5})
    with read([one.path]) as before:
        opened.clear()
        assert not unchanged(before, [two.path, one.path])
        with read([two.path, one.path], before) as both, read([two.path, one.path]) as fresh:
            assert opened[:2] == ["1", "2"]
            assert len(opened) == 6
            assert told(both) == told(fresh)


def test_a_change_just_before_the_scan_is_looked_at_again(tmp_path: Path, opened: list[str]) -> None:
    """A second change in the same moment would leave no trace in size and time."""
    folder = Folder(tmp_path / "set")
    folder.change({"1": 0, "2": 1})
    (folder.path / "2").touch()
    with read([folder.path]) as before:
        opened.clear()
        assert unchanged(before, [folder.path])
        assert opened == ["2"]


def test_links_and_hard_links(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "set")
    folder.change({"1": 0, "2": 1})
    (folder.path / "0").symlink_to("1")
    (folder.path / "3").hardlink_to(folder.path / "2")
    with read([folder.path]) as before:
        assert unchanged(before, [folder.path])
        (folder.path / "3").unlink()
        assert not unchanged(before, [folder.path])
        with read([folder.path], before) as again, read([folder.path]) as fresh:
            assert told(again) == told(fresh)


def test_a_file_that_could_not_be_read_is_tried_again(tmp_path: Path, refused: set[str]) -> None:
    folder = Folder(tmp_path / "set")
    folder.change({"1": 0, "2": 1})
    refused.add(str(folder.path / "1"))
    with read([folder.path]) as before:
        assert not_loaded_reasons(before) == {"unreadable": 1}
        assert unchanged(before, [folder.path])
        refused.clear()
        assert not unchanged(before, [folder.path])


def test_other_options_and_a_cancelled_scan_are_no_scan_of_the_same(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "set")
    folder.change({"1": 0, "2": 1})
    with read([folder.path]) as before:
        assert not unchanged(before, [folder.path], ScanOptions(follow_links=True, numbers=True, keep=True))
        assert not unchanged(before, [folder.path], ScanOptions(keep=True))
    cancel = CancelToken()
    cancel.cancel()
    with Catalog.create() as cut:
        load(cut, resolve_sources([str(folder.path)]), KEEPING, cancel=cancel)
        assert not unchanged(cut, [folder.path])
        with read([folder.path], cut) as again, read([folder.path]) as fresh:
            assert told(again) == told(fresh)


def test_an_archive_is_read_again_when_it_changes(tmp_path: Path, opened: list[str]) -> None:
    archive = write_archive(tmp_path / "set.zip", {"1": contents()[0], "a/2": contents()[1], "x": b"no"})
    folder = Folder(tmp_path / "set")
    folder.change({"1": 4})
    sources = [archive, folder.path]
    with read(sources) as before:
        opened.clear()
        assert unchanged(before, sources)
        with read(sources, before) as again:
            assert opened == []
            with read(sources) as fresh:
                assert told(again) == told(fresh)
        archive.unlink()
        write_archive(archive, {"1": contents()[2]})
        opened.clear()
        assert not unchanged(before, sources)
        with read(sources, before) as again, read(sources) as fresh:
            assert opened[0] == "1"
            assert told(again) == told(fresh)


def test_the_folder_has_gone(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "set")
    folder.change({"a/1": 0})
    sources = resolve_sources([str(folder.path)])
    with read([folder.path]) as before:
        shutil.rmtree(folder.path)
        assert not is_unchanged(before, sources, KEEPING)


def test_a_scan_without_keeping_knows_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "set")
    folder.change({"1": 0})
    with read([folder.path], options=ScanOptions(numbers=True)) as before:
        assert not unchanged(before, [folder.path])


def test_found_files_are_what_is_asked_for(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "set")
    folder.change({"1": 0})
    look = read_chunk.look_at(FoundFile(0, "1", str(folder.path / "1")), read_chunk.ReadOptions())
    assert read_chunk.look_of(read_chunk.plain_look(look)) == look
