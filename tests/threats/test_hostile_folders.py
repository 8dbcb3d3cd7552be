"""Folders made to hang, mislead or break a scan, and drives that fail under it."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import random
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ct_series, encoded, write_folder
from tests.cli.running import run_cli
from tests.core.export.requests import files_of, make_source, request_for, staging_of, state_of
from uidscope.core.catalog.catalog_file import held
from uidscope.core.errors import OutputError
from uidscope.core.export.export import export
from uidscope.core.export.layout import is_inside, output_names
from uidscope.core.export.request import ExportFile, ExportRequest, Place
from uidscope.core.export.stage import find_interrupted
from uidscope.core.export.target import target_names
from uidscope.core.read.record import FileStamp
from uidscope.core.uid.organization.organization_book import OrganizationBook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files of POSIX systems")

NOT_UTF8 = b"\xe9\xff.dcm"


def inspected(*words: str) -> dict[str, Any]:
    result = run_cli("inspect", *words, "--format", "json", "--quiet")
    assert result.exit_code in (0, 1), result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    counts = found["counts"]
    assert counts["files"] == counts["loaded"] + counts["not_loaded"], "a file was dropped in silence"
    return found


@pytest.mark.parametrize("links", [(), ("--follow-links",)])
def test_what_is_no_file_is_named_within_two_seconds(tmp_path: Path, links: tuple[str, ...]) -> None:
    folder = tmp_path / "source"
    write_folder(ct_series(2), folder)
    os.mkfifo(folder / "fifo")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket"))
    (folder / "loop").symlink_to(folder)
    (folder / "itself").symlink_to(folder / "itself")
    (folder / "device").symlink_to("/dev/zero")
    (folder / "again.dcm").hardlink_to(folder / "0001.dcm")
    start = time.process_time()
    found = inspected(str(folder), str(folder / "0002.dcm"), *links)
    assert time.process_time() - start < 2
    assert found["counts"]["occurrences"] == 2, "no false duplicate"
    assert not [each for each in found["findings"] if each["rule"].startswith("ENT-0")]
    reasons = {each["reason"] for each in found["not_loaded"]}
    assert reasons <= {"special-file", "same-file", "unreadable"}
    assert found["counts"]["not_loaded"] >= 6


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.EACCES, "unreadable"), (errno.EIO, "offline"), (errno.ESTALE, "offline")]
)
@pytest.mark.parametrize("operation", ["open", "pread"])
def test_a_file_that_fails_under_the_scan_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str, number: int, reason: str
) -> None:
    folder = tmp_path / "source"
    write_folder(ct_series(3), folder)
    bad, opened = os.fsencode(folder / "0002.dcm"), os.open
    original = getattr(os, operation)
    descriptors: set[int] = set()

    def watched(path: Any, *more: Any, **named: Any) -> int:
        descriptor = opened(path, *more, **named)
        descriptors.discard(descriptor)
        if os.fsencode(path) == bad:
            descriptors.add(descriptor)
        return descriptor

    def failing(what: Any, *more: Any, **named: Any) -> Any:
        is_bad = what in descriptors if operation == "pread" else os.fsencode(what) == bad
        if is_bad:
            raise OSError(number, os.strerror(number))
        return original(what, *more, **named)

    monkeypatch.setattr(os, "open", watched)
    monkeypatch.setattr(os, operation, failing)
    found = inspected(str(folder))
    monkeypatch.undo()
    assert [(each["file"], each["reason"]) for each in found["not_loaded"]] == [("0002.dcm", reason)]
    assert found["counts"]["loaded"] == 2


def test_a_file_that_changes_behind_the_scan_is_not_exported(tmp_path: Path) -> None:
    source = make_source(tmp_path / "source", ["a.dcm", "b.dcm"])
    request = request_for(source, tmp_path / "out")
    (source / "b.dcm").write_bytes((source / "b.dcm").read_bytes() + b"\0\0")
    with pytest.raises(Exception, match=r"b\.dcm.*changed"):
        export(request)
    assert not (tmp_path / "out").exists()


def test_names_of_bytes_and_long_paths_go_all_the_way(tmp_path: Path) -> None:
    """Scan, catalog, report in each format, and export; one path is longer than 260 characters."""
    folder = tmp_path / "source"
    deep = folder.joinpath(*["a" * 60] * 5)
    deep.mkdir(parents=True)
    first, second = (encoded(image) for image in ct_series(2))
    (deep / "long.dcm").write_bytes(first)
    with open(os.fsencode(folder) + b"/" + NOT_UTF8, "wb") as file:
        file.write(second)
    before = sorted(os.listdir(os.fsencode(folder)))
    found = inspected(str(folder), "--catalog", str(tmp_path / "kept"), "--with-uids")
    files = {each["file"] for each in found["uids"]}
    assert files == {"\udce9\udcff.dcm", (deep / "long.dcm").relative_to(folder).as_posix()}
    for format_ in ("text", "csv", "html", "jsonl"):
        output = tmp_path / f"report.{format_}"
        result = run_cli("inspect", str(folder), "--format", format_, "-o", str(output), "--quiet")
        assert result.exit_code == 0, result.stderr
        output.read_bytes().decode("utf-8")
    target = tmp_path / "out"
    result = run_cli("regenerate", str(folder), "--out", str(target), "--as", "copy", "--quiet")
    assert result.exit_code == 0, result.stderr
    assert NOT_UTF8 in os.listdir(os.fsencode(target))
    assert target.joinpath(*["a" * 60] * 5, "long.dcm").is_file()
    assert sorted(os.listdir(os.fsencode(folder))) == before


HOSTILE = ("..", "/", "\\", "\0", "CON", "nul", ".", " ", ":", "~", "a", "A", "\u0130", "\u00df", "\u212a",
           "\u0301", "\u202e", "\udcff", "%2e", "\n", "-", "con.txt", "1.2.3", "x" * 30)  # fmt: skip


def test_no_hostile_name_of_a_hundred_thousand_escapes_or_collides() -> None:
    """As what a hierarchy is made of, and as the paths that are kept; names that differ in case too."""
    chance = random.Random(2026)
    texts = ["".join(chance.choices(HOSTILE, k=chance.randint(1, 5))) for _ in range(100_000)]
    hierarchy = _names(texts, "hierarchy")
    assert len(hierarchy) == len(set(map(str.casefold, hierarchy))) == 100_000
    inside = [text for text in texts if is_inside(text)]
    kept = _names(inside, "keep")
    assert len(kept) == len({name.casefold() for name in kept}) == len(inside) > 20_000
    for name in (*hierarchy, *kept):
        assert os.path.normpath(os.path.join("/out", name)).startswith("/out/")
        assert "\0" not in name
    for text in set(texts) - set(inside):
        with pytest.raises(OutputError, match="inside a folder"):
            _names([text], "keep")


def _names(texts: list[str], layout: str) -> tuple[str, ...]:
    files = tuple(
        ExportFile(
            f"/source/{number}", "/source", text, FileStamp(0, 0, 0, 0), number, "unchanged", lambda _: (),
            Place(text, text[::-1], text, text),
        )
        for number, text in enumerate(texts)
    )  # fmt: skip
    return output_names(ExportRequest(("/source",), "/out", files, layout=layout))  # type: ignore[arg-type]


def test_a_link_planted_in_the_target_leads_nowhere(tmp_path: Path) -> None:
    """In the place of the target, of the work in progress and of what lies beside it."""
    source = make_source(tmp_path / "source", ["a.dcm"])
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "precious").write_text("precious")
    before, target = state_of(victim), tmp_path / "out"
    for planted in (
        target,
        staging_of(target),
        Path(f"{target}.crosswalk.csv"),
        Path(f"{target}.manifest.json"),
    ):
        planted.symlink_to(victim / "precious" if planted.suffix in (".csv", ".json") else victim)
        with pytest.raises(OutputError):
            export(request_for(source, target))
        assert planted.is_symlink()
        planted.unlink()
    assert state_of(victim) == before
    export(request_for(source, target))
    assert (target / "a.dcm").is_file()


def _hold_a_catalog(folder: Path) -> None:
    with held(str(folder / "catalog")):
        pass


def _look_for_an_interrupted_export(folder: Path) -> None:
    find_interrupted(target_names(str(folder / "out")))


def _add_a_product(folder: Path) -> None:
    OrganizationBook(str(folder / "organization.json")).product("Viewer")


@pytest.mark.parametrize(
    ("act", "lock"),
    [
        (_hold_a_catalog, "catalog.lock"),
        (_look_for_an_interrupted_export, "out.incomplete/lock"),
        (_add_a_product, "organization.json.lock"),
    ],
)
def test_a_link_planted_for_a_lock_is_refused_and_empties_nothing(
    tmp_path: Path, act: Callable[[Path], None], lock: str
) -> None:
    victim = tmp_path / "precious"
    victim.write_text("precious")
    planted = tmp_path / "work" / lock
    planted.parent.mkdir(parents=True)
    planted.symlink_to(victim)
    with pytest.raises(OutputError):
        act(tmp_path / "work")
    assert victim.read_text() == "precious"


def test_a_target_inside_a_source_is_known_by_what_it_is_not_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a drive that heeds no case: another spelling is the same folder to the system."""
    source = make_source(tmp_path / "source", ["a.dcm"])
    before = state_of(source)
    spelt, stat = str(tmp_path / "SOURCE"), os.stat

    def any_case(path: Any, *more: Any, **named: Any) -> os.stat_result:
        text = os.fsdecode(path) if isinstance(path, (str, bytes)) else path
        if isinstance(text, str) and text.startswith(spelt):
            path = str(source) + text[len(spelt) :]
        return stat(path, *more, **named)

    monkeypatch.setattr(os, "stat", any_case)
    with pytest.raises(OutputError, match="inside a source"):
        export(request_for(source, Path(spelt) / "out", files=files_of(source)))
    monkeypatch.undo()
    assert state_of(source) == before


MARKUP = (
    "=1+1",
    "@SUM(A1)",
    "+1",
    "-1",
    "\t=1",
    "<script>alert(1)</script>",
    "a\u202eb",
    "a\x1b[31mb",
    "a\x07b",
)


@pytest.mark.parametrize("hostile", MARKUP)
def test_text_of_files_is_text_in_every_report(tmp_path: Path, hostile: str) -> None:
    images = ct_series(2)
    for number, image in enumerate(images):
        image.SpecificCharacterSet = "ISO_IR 192"
        image.PatientID = f"{hostile}{number}"
        image.PatientName = image.StudyDescription = image.SeriesDescription = hostile
    folder = tmp_path / "source"
    write_folder(images, folder, names=["1.dcm", f"{hostile.replace('/', '')}.dcm"])
    table = run_cli("inspect", str(folder), "--format", "csv", "--quiet").stdout
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert len(rows) > 1
    assert not [cell for row in rows[1:] for cell in row if cell.startswith(("=", "@", "+", "-", "\t", "\r"))]
    for format_ in ("html", "text", "csv"):
        page = run_cli("inspect", str(folder), "--format", format_, "--quiet").stdout
        assert "<script>alert" not in page or format_ != "html"
        assert not {"\u202e", "\x1b", "\x07"} & set(page)
