"""Processes that write: the output is that of one, and whatever becomes of them, nothing is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.core.export.makers import EXPLICIT_LE, Leaf, encode, part10
from tests.core.export.requests import (
    files_of,
    image_file,
    make_source,
    request_for,
    sidecars_of,
    staging_of,
    state_of,
)
from uidscope.core.errors import Cancelled, OutputError, VerificationError
from uidscope.core.export import writers
from uidscope.core.export.export import export
from uidscope.core.export.request import ExportResult
from uidscope.core.export.rewrite import rewrite
from uidscope.core.progress import CancelToken, Progress

FILES = 100  # several chunks for each process


@pytest.fixture(autouse=True)
def _processes_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "_WORTH_PROCESSES", 1)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = make_source(tmp_path / "source", [f"s{number % 3}/{number:03}.dcm" for number in range(FILES)])
    (folder / "s0" / "large.dcm").write_bytes(image_file(1000, pixels=3_000_000))
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def digests(folder: Path) -> dict[str, str]:
    return {name: digest for name, (digest, _, _) in state_of(folder).items()}


def told(result: ExportResult) -> ExportResult:
    return replace(result, target="")


def nothing_of(target: Path) -> bool:
    return not any(path.exists() for path in (target, staging_of(target), *sidecars_of(target)))


@pytest.mark.parametrize("changed", ["new-uid", "unchanged"])
def test_the_output_is_the_same_with_any_number(source: Path, tmp_path: Path, changed: str) -> None:
    results, folders = [], []
    for processes in (1, 2, 4):
        target = tmp_path / f"out-{processes}"
        files = files_of(source, changed=changed)
        results.append(told(export(request_for(source, target, processes=processes, files=files))))
        folders.append(digests(target))
    assert len(folders[0]) == FILES + 1
    assert folders[1] == folders[0]
    assert folders[2] == folders[0]
    assert results[1] == results[0]
    assert results[2] == results[0]


def test_a_file_too_large_to_be_handed_over_is_written_here(
    source: Path, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(request_for(source, tmp_path / "reference", processes=1))
    monkeypatch.setattr(writers, "_MOST_HANDED_OVER", 1)
    export(request_for(source, target, processes=2))
    assert digests(target) == digests(tmp_path / "reference")


def test_many_files_are_written_by_processes_of_their_own_accord(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "processors", lambda: 2)
    at_work = set()

    def look(_: Progress) -> None:
        at_work.add(len(multiprocessing.active_children()))

    monkeypatch.setattr(writers, "_WORTH_PROCESSES", FILES + 2)
    export(request_for(source, target.with_name("fewer")), look)
    assert max(at_work) == 0
    monkeypatch.setattr(writers, "_WORTH_PROCESSES", FILES + 1)
    export(request_for(source, target), look)
    assert max(at_work) == 3
    assert multiprocessing.active_children() == []


def test_a_single_processor_writes_by_threads(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "processors", lambda: 1)
    at_work = set()
    export(request_for(source, target), lambda _: at_work.add(len(multiprocessing.active_children())))
    assert at_work == {0}


def at_the(number: int, act: Callable[[], object]) -> Callable[[Progress], None]:
    """Act once, when so many files have been planned."""

    def look(report: Progress) -> None:
        if report.stage == "writing" and report.done == number:
            act()

    return look


@pytest.mark.parametrize("number", [40, 70, 100])
@pytest.mark.parametrize("all_of_them", [False, True], ids=["one", "all"])
def test_a_process_that_is_ended_from_outside_costs_nothing(
    source: Path, target: Path, tmp_path: Path, number: int, all_of_them: bool
) -> None:
    def end() -> None:
        for process in multiprocessing.active_children()[: None if all_of_them else 1]:
            process.kill()
            process.join()

    result = export(request_for(source, target, processes=2), at_the(number, end))
    reference = export(request_for(source, tmp_path / "reference", processes=1))
    assert digests(target) == digests(tmp_path / "reference")
    assert told(replace(result, resumed=0)) == told(reference)


def test_where_no_process_starts_threads_write(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(writers, "ProcessPoolExecutor", refuse)
    assert len(export(request_for(source, target, processes=2)).files) == FILES + 1


def test_what_a_process_refuses_ends_the_export(source: Path, target: Path) -> None:
    changing = source / "s1" / "049.dcm"
    last = max(number for number, file in enumerate(files_of(source)) if file.path == str(changing))

    def change() -> None:
        os.utime(changing, ns=(1, 1))

    with pytest.raises(OutputError, match=r"049\.dcm changed since it was read; rescan\."):
        export(request_for(source, target, processes=2), at_the(last + 1, change))
    assert nothing_of(target)


def test_what_a_process_finds_not_to_be_as_planned_ends_the_export(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pieces that are handed over are spoilt, as a fault of the splice would spoil them."""

    def spoilt(*given: Any, **more: Any) -> Any:
        rewritten = rewrite(*given, **more)
        first, *rest = rewritten.segments
        assert isinstance(first, bytes)
        return rewritten._replace(segments=(first[:-1] + bytes([first[-1] ^ 1]), *rest))

    monkeypatch.setattr("uidscope.core.export.write_files.rewrite", spoilt)
    with pytest.raises(VerificationError, match="was not written as planned"):
        export(request_for(source, target, processes=2))
    assert nothing_of(target)


def test_a_cancel_leaves_nothing(source: Path, target: Path) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        export(request_for(source, target, processes=2), at_the(70, cancel.cancel), cancel)
    assert nothing_of(target)
    assert multiprocessing.active_children() == []


@contextlib.contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="the full disk is a bound of POSIX: not tried on Windows")
def test_a_disk_that_takes_no_more_ends_the_export(source: Path, target: Path) -> None:
    with (
        files_no_larger_than(1_000_000),
        pytest.raises(OutputError, match=r"cannot be written: File too large\."),
    ):
        export(request_for(source, target, processes=2))
    assert nothing_of(target)


def test_a_deflated_file_is_the_same(tmp_path: Path, target: Path) -> None:
    nodes = (
        Leaf(0x0008_0016, "UI", b"1.2.840.10008.5.1.4.1.1.7"),
        Leaf(0x0008_0018, "UI", b"1.2.3.4.5"),
        Leaf(0x0020_000D, "UI", b"1.2.3"),
        Leaf(0x7FE0_0010, "OB", bytes(range(256)) * 100),
    )
    source = tmp_path / "source"
    source.mkdir()
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    deflated = deflater.compress(encode(nodes, EXPLICIT_LE)) + deflater.flush()
    content = part10(deflated + bytes(len(deflated) % 2), "1.2.840.10008.1.2.1.99")
    (source / "deflated.dcm").write_bytes(content)
    export(request_for(source, target, processes=2))
    export(request_for(source, tmp_path / "reference", processes=1))
    assert digests(target) == digests(tmp_path / "reference")


_EXPORT = """
import multiprocessing
import sys
from pathlib import Path
from tests.core.export.requests import request_for
from uidscope.core.export import writers
from uidscope.core.export.export import export

if __name__ == "__main__":
    writers._WORTH_PROCESSES = 1

    def tell(report):
        if report.stage == "writing" and report.done == 60:
            print(len(multiprocessing.active_children()), "at work", flush=True)
            sys.stdin.read()
    export(request_for(Path(sys.argv[1]), Path(sys.argv[2]), processes=2), tell)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="seen by the output they inherit: not tried on Windows")
def test_where_the_program_is_killed_its_processes_end(source: Path, target: Path, tmp_path: Path) -> None:
    script = tmp_path / "export.py"
    script.write_text(_EXPORT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, str(script), str(source), str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"2 at work\n"
        program.send_signal(signal.SIGKILL)
        # They hold its output too, which ends with the last of them.
        output, _ = program.communicate(timeout=20)
    assert output == b""
    assert not target.exists()
