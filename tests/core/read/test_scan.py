"""A scan accounts for every file once, with one process, with several, and after a cancel."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.builders import ct_series, rt_set, write_folder
from uidscope.core.progress import CancelToken, Progress
from uidscope.core.read import scan as scan_module
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.record import FileRecord, NotLoaded
from uidscope.core.read.scan import ScanOptions, scan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rt = rt_set(3)
    write_folder([*ct_series(20), *rt.images, rt.structure_set, rt.plan], tmp_path / "dicom")
    (tmp_path / "dicom" / "notes.txt").write_text("not DICOM")
    (tmp_path / "dicom" / "again.dcm").hardlink_to(tmp_path / "dicom" / "0001.dcm")
    return tmp_path / "dicom"


def run(folder: Path, jobs: int = 0) -> tuple[list[FileRecord], list[NotLoaded], list[Progress]]:
    records: list[FileRecord] = []
    refused: list[NotLoaded] = []
    reports: list[Progress] = []
    for batch in scan(resolve_sources([str(folder)]), ScanOptions(jobs=jobs), progress=reports.append):
        records += batch.records
        refused += batch.not_loaded
    return records, refused, reports


def test_every_file_is_accounted_for(folder: Path) -> None:
    records, refused, reports = run(folder)
    assert len(records) == 25
    assert Counter(each.reason for each in refused) == {"not-dicom": 1, "same-file": 1}
    assert reports[-1][1:3] == (27, 27)


def test_processes_give_the_same_records(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone, refused, _ = run(folder, jobs=1)
    monkeypatch.setattr(scan_module, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(scan_module, "CHUNK", 4)
    together, refused_together, reports = run(folder, jobs=2)
    # Which of a file's two names is read first is the only thing the order of processes decides.
    assert sorted(each.sop_instance_uid for each in together) == sorted(
        each.sop_instance_uid for each in alone
    )
    by_path = {each.path: each for each in together}
    assert all(by_path[each.path] == each for each in alone if each.path in by_path)
    assert Counter(each.reason for each in refused_together) == Counter(each.reason for each in refused)
    assert reports[-1][1:3] == (27, 27)


def test_a_cancelled_scan_keeps_what_was_read_and_names_the_rest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_module, "CHUNK", 5)
    cancel = CancelToken()
    records, reasons = 0, Counter[str]()
    for batch in scan(resolve_sources([str(folder)]), cancel=cancel):
        records += len(batch.records)
        reasons.update(each.reason for each in batch.not_loaded)
        cancel.cancel()
    assert 0 < records <= 5
    assert records + sum(reasons.values()) == 27
    assert reasons["cancelled"] > 15
