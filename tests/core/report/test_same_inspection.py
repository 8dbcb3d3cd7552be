"""The inspection of a folder is the same, byte for byte, whoever reads the files and how."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import add_private_text, clean_sets, ct_series, rt_set, write_folder
from tests.core.read.hostile_readers import slow_here, walked
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.judge import judge
from uidscope.core.judge.leftover_rules import LOOKED_FOR
from uidscope.core.read import scan as scan_module
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.read_chunk import ReadOne, look_at
from uidscope.core.read.scan import ScanOptions, scan
from uidscope.core.report.inspection import InspectionParts, inspection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rt = rt_set(3)
    images = ct_series(40)
    add_private_text(images[3], images[2].SOPInstanceUID)
    write_folder([*images, *rt.images, rt.structure_set, rt.plan], tmp_path / "set")
    for number, datasets in enumerate(clean_sets().values()):
        write_folder(datasets, tmp_path / "set" / f"{number}")
    (tmp_path / "set" / "notes.txt").write_text("not DICOM")
    (tmp_path / "set" / "a-copy.dcm").hardlink_to(tmp_path / "set" / "0001.dcm")
    return tmp_path / "set"


def inspected(folder: Path, read: ReadOne, *, jobs: int = 1, numbers: bool = True, committed: int = 0) -> str:
    """The JSON; ``committed`` is after how many files at a time the load is committed, 0: at its end."""
    sources = resolve_sources([str(folder)])
    with Catalog.create() as catalog:
        writer = CatalogWriter(catalog)
        writer.add_sources([(source.path, source.is_folder) for source in sources])
        for batch in scan(sources, ScanOptions(jobs=jobs, numbers=numbers), read=read):
            if committed:
                for number, record in enumerate(batch.records):
                    writer.add([record], {0: batch.numbers[number]} if number in batch.numbers else {})
                    if number % committed == 0:
                        writer.commit()
            else:
                writer.add(batch.records, batch.numbers)
            writer.add_not_loaded(batch.not_loaded)
        writer.finish()
        if numbers:
            catalog.set_about(*LOOKED_FOR)
        keep_findings(catalog, judge(catalog))
        return json.dumps(inspection(catalog, InspectionParts(uids=True, references=True)))


def test_with_one_process_and_with_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = inspected(folder, look_at)
    assert "FILE-05" in alone
    monkeypatch.setattr(scan_module, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(scan_module, "CHUNK", 10)
    assert inspected(folder, slow_here, jobs=2) == alone
    assert inspected(folder, slow_here, jobs=4) == alone


def test_whenever_the_load_was_committed(folder: Path, tmp_path: Path) -> None:
    """UIDs get their ids by commits: here in the order of the files, or in that of their texts."""
    backwards = tmp_path / "backwards"
    backwards.mkdir()
    for number, path in enumerate(sorted(folder.glob("*.dcm"), reverse=True)):
        (backwards / f"{number:03}-a.dcm").write_bytes(path.read_bytes())
        write_other_pixels(path, backwards / f"{number:03}-b.dcm")
    alone = inspected(backwards, look_at)
    assert alone.count('"ENT-05"') > 10
    assert inspected(backwards, look_at, committed=1) == alone
    assert inspected(backwards, look_at, committed=7) == alone


def write_other_pixels(path: Path, other: Path) -> None:
    """The same object with other pixels, as a faulty device sends it."""
    content = path.read_bytes()
    other.write_bytes(content[:-2] + bytes(byte ^ 1 for byte in content[-2:]))


def test_with_and_without_what_is_remembered_of_other_files(folder: Path) -> None:
    assert inspected(folder, walked) == inspected(folder, look_at)


def test_with_one_reading_and_with_two(folder: Path) -> None:
    """Leftovers are the same, whether the scan has looked for them or the check reads the files again."""
    assert inspected(folder, look_at, numbers=False) == inspected(folder, look_at)
