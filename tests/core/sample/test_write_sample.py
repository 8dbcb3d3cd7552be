"""The sample shows each fault it promises, and no other; its clean part shows none."""

from __future__ import annotations

import filecmp
import os
from collections import Counter
from pathlib import Path

import pytest
from pydicom import dcmread

from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import OutputError
from uidscope.core.flow import check, load
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.report.inspection import findings, inspection
from uidscope.core.sample.cases import SAMPLE_CASES
from uidscope.core.sample.write_sample import GUIDE, write_sample

EXPECTED = {
    "clean": {},
    "one-uid-two-images": {"ENT-05": 1},
    "sent-twice": {"ENT-02": 2},
    "leading-zero": {"UID-S04": 1},
    "projection-among-sources": {"ENT-18": 1},
    "missing-slice": {"ENT-50": 1},
    "series-in-two-studies": {"ENT-10": 1},
    "study-of-two-patients": {"ENT-11": 1},
    "file-meta-differs": {"ENT-40": 1},
    "uid-in-private-text": {"FILE-05": 1},
    "cut-off": {"FILE-01": 1},
    "dicomdir": {"ENT-58": 1},
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "sample"
    write_sample(str(folder))
    return folder


def found_in(folder: Path) -> dict[str, int]:
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([str(folder)]))
        check(catalog)
        return dict(Counter(finding["rule"] for finding in findings(catalog)))


def test_the_table_names_every_case() -> None:
    assert set(EXPECTED) == {case.folder for case in SAMPLE_CASES}


@pytest.mark.parametrize("folder", EXPECTED)
def test_a_case_shows_its_fault_and_no_other(sample: Path, folder: str) -> None:
    assert found_in(sample / folder) == EXPECTED[folder]


def test_the_cases_do_not_disturb_one_another(sample: Path) -> None:
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([str(sample)]))
        check(catalog)
        whole = inspection(catalog)
    assert Counter(finding["rule"] for finding in whole["findings"]) == sum(
        (Counter(rules) for rules in EXPECTED.values()), Counter()
    )
    assert whole["not_loaded"] == [{"file": GUIDE, "reason": "not-dicom", "detail": ""}]
    assert whole["counts"]["dicomdirs"] == 1
    assert 60 <= whole["counts"]["files"] <= 120
    for finding in whole["findings"]:
        (folder,) = {file.split("/")[0] for file in finding["files"]}
        assert finding["rule"] in EXPECTED[folder]


def test_every_patient_is_plainly_invented(sample: Path) -> None:
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([str(sample)]))
        patients = inspection(catalog)["patients"]
    assert {patient["name"].split("^")[0] for patient in patients} == {"SAMPLE"}
    assert all(patient["patient_id"].startswith("SAMPLE-") for patient in patients)


def test_two_writings_are_the_same_byte_for_byte(sample: Path, tmp_path: Path) -> None:
    write_sample(str(tmp_path / "again"))
    names = sorted(path.relative_to(sample) for path in sample.rglob("*") if path.is_file())
    assert names == sorted(
        path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*") if path.is_file()
    )
    _, different, failed = filecmp.cmpfiles(sample, tmp_path / "again", names, shallow=False)
    assert (different, failed) == ([], [])


def test_a_picture_can_be_told_from_the_next_and_from_an_edited_one(sample: Path) -> None:
    folder = sample / "one-uid-two-images"
    third, fourth = (dcmread(folder / "ct" / f"IM{number:04}.dcm") for number in (3, 4))
    edited = dcmread(folder / "edited" / "IM0001.dcm")
    assert len({third.PixelData, fourth.PixelData, edited.PixelData}) == 3
    assert third.SOPInstanceUID == edited.SOPInstanceUID
    assert len(third.PixelData) == third.Rows * third.Columns * 2


def test_the_guide_names_every_case(sample: Path) -> None:
    text = (sample / GUIDE).read_text()
    assert all(f"{case.folder}: {case.says}" in text for case in SAMPLE_CASES)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(OutputError):
        write_sample(str(tmp_path / "mine"))
    assert os.listdir(tmp_path / "mine") == []
