"""A file that a reader does not live through is named, and costs no other."""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.builders import ct_series, write_folder
from tests.core.read.hostile_readers import go_on, hostile, slow, slow_here
from uidscope.core.progress import CancelToken
from uidscope.core.read import scan as scan_module
from uidscope.core.read.find_files import FoundFile, resolve_sources
from uidscope.core.read.read_chunk import ChunkReader, Look, ReadOne, ReadOptions, look_of, unpacked
from uidscope.core.read.record import FileRecord, NotLoaded
from uidscope.core.read.scan import ScanOptions, scan
from uidscope.core.read.worker import Answer, Chunk, Slot
from uidscope.core.read.workers import Workers

OPTIONS = ReadOptions()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(ct_series(6), tmp_path / "set")
    return tmp_path / "set"


def renamed(folder: Path, **names: str) -> None:
    for old, new in names.items():
        (folder / f"{old.removeprefix('_')}.dcm").rename(folder / new)


@pytest.fixture
def hanging() -> Iterator[None]:
    """Threads of this process may hang in this test; they end with it."""
    go_on.clear()
    yield
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "reader":
            thread.join(10)


@pytest.fixture
def processes() -> Iterator[Workers]:
    workers = Workers(hostile, OPTIONS, 3.0, threads=False)
    workers.start_processes(1)
    yield workers
    workers.close()


def answer(workers: Workers, *files: Path) -> Answer:
    """What becomes of one chunk."""
    found = [FoundFile(0, file.name, str(file)) for file in files]
    end = time.monotonic() + 60
    while not workers.has_room():
        workers.answers(0.05)
        assert time.monotonic() < end
    workers.put(Chunk(found, Slot(found), range(len(found))))
    while True:
        for each in workers.answers(0.05):
            return each
        assert time.monotonic() < end


def results(each: Answer) -> list[FileRecord | NotLoaded]:
    return [look_of(plain).result for plain in unpacked(each.results, small=False)]


def scanned(
    folder: Path, read: ReadOne, **options: object
) -> tuple[list[str], dict[str, tuple[str, str]], float]:
    """The files read, those not loaded with their reasons, and the seconds it took."""
    start = time.monotonic()
    read_files: list[str] = []
    refused: dict[str, tuple[str, str]] = {}
    executor = options.pop("executor", None)
    for batch in scan(
        resolve_sources([str(folder)]),
        ScanOptions(**options),  # type: ignore[arg-type]
        executor=executor,  # type: ignore[arg-type]
        read=read,
    ):
        read_files += [record.path for record in batch.records]
        refused |= {each.path: (each.reason, each.detail) for each in batch.not_loaded}
    return read_files, refused, time.monotonic() - start


def test_a_process_that_dies_hands_its_chunk_back_and_is_replaced(processes: Workers, folder: Path) -> None:
    renamed(folder, _0003="dies.dcm")
    files = sorted(folder.iterdir())
    assert answer(processes, *files).failure == "died"
    assert len(results(answer(processes, files[0], files[1]))) == 2


def test_a_process_that_stands_still_is_ended(processes: Workers, folder: Path) -> None:
    renamed(folder, _0003="hangs.dcm")
    assert answer(processes, folder / "hangs.dcm").failure == "timeout"
    assert len(results(answer(processes, folder / "0001.dcm"))) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded on Linux alone")
def test_memory_is_bounded(processes: Workers, folder: Path) -> None:
    renamed(folder, _0003="grows.dcm")
    grown, read = results(answer(processes, folder / "grows.dcm", folder / "0001.dcm"))
    assert isinstance(grown, NotLoaded)
    assert (grown.reason, grown.detail) == ("too-large", "more memory than may be used")
    assert isinstance(read, FileRecord)


def test_a_file_that_kills_its_reader_is_named(folder: Path) -> None:
    renamed(folder, _0002="dies.dcm", _0005="fails.dcm")
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        read, refused, _ = scanned(folder, hostile, executor=pool)
    assert read == ["0001.dcm", "0003.dcm", "0004.dcm", "0006.dcm"]
    assert refused == {
        "dies.dcm": ("unreadable", "the reader died over this file"),
        "fails.dcm": ("unreadable", "the reader failed (RecursionError)"),
    }


@pytest.mark.usefixtures("hanging")
def test_a_file_that_never_comes_is_named(folder: Path) -> None:
    renamed(folder, _0002="hangs.dcm")
    read, refused, _ = scanned(folder, hostile, seconds_a_file=1.5)
    assert read == ["0001.dcm", "0003.dcm", "0004.dcm", "0005.dcm", "0006.dcm"]
    assert refused == {"hangs.dcm": ("timeout", "the reader did not come back from this file")}


@pytest.mark.usefixtures("hanging")
def test_a_cancel_does_not_wait_for_a_file(folder: Path) -> None:
    renamed(folder, _0002="hangs.dcm")
    cancel = CancelToken()
    stop = threading.Timer(0.5, cancel.cancel)
    stop.start()
    reasons: list[str] = []
    for batch in scan(resolve_sources([str(folder)]), cancel=cancel, read=hostile):
        reasons += [each.reason for each in batch.not_loaded]
    stop.join()
    assert reasons == ["cancelled"] * 6


def test_processes_take_over_and_the_order_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(ct_series(120), folder / "more")
    alone, _, _ = scanned(folder, slow_here, jobs=1)
    monkeypatch.setattr(scan_module, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(scan_module, "CHUNK", 4)
    together, _, _ = scanned(folder, slow_here, jobs=2)
    assert together == alone


def test_files_of_a_slow_disk_are_read_at_once(folder: Path) -> None:
    write_folder(ct_series(60), folder / "more")
    files = [FoundFile(0, path.name, str(path)) for path in sorted((folder / "more").iterdir())]
    reader = ChunkReader(slow, OPTIONS, lambda: None)
    for start in range(0, 60, 10):
        looks = [look_of(plain) for plain in reader.read(files[start : start + 10])]
        assert [look.result.path for look in looks] == [item.path for item in files[start : start + 10]]
    assert reader.at_once > 4


def test_files_at_hand_are_read_one_by_one(folder: Path) -> None:
    files = [FoundFile(0, path.name, str(path)) for path in sorted(folder.iterdir())] * 50
    reader = ChunkReader(computing, OPTIONS, lambda: None)
    reader.at_once = 2
    reader.read(files)
    assert reader.at_once == 1


def computing(item: FoundFile, _options: ReadOptions) -> Look:
    """A file that takes computing and no waiting."""
    sum(range(1000))
    return Look(NotLoaded(item.source, item.path, "not-dicom", ""))
