"""``uidscope inspect --mask-names``: no name and no ID in any format, and the same number everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydicom import dcmread

from tests.builders import Study, ct_series, encoded, rt_set, with_uids
from tests.cli.running import run_cli
from tests.core.judge.media import write_media
from tests.watch import SourceFolders
from uidscope.core.uid.resource_files import read_text

ALPHA = Study(
    number=1, patient_id="ID-4711", patient_name="TEST^ALPHA", description="Follow-up of Test^Alpha"
)
BETA = Study(number=2, patient_id="ID-0815", patient_name="TEST^BETA")
FORMATS = ("text", "json", "jsonl", "html", "csv")


@pytest.fixture
def folder(make_source: SourceFolders) -> Path:
    """Two patients; one study of both; faulty UIDs; names in folders, files and a description."""
    alpha = ct_series(3, study=ALPHA)
    faulty = with_uids(alpha, {str(alpha[0].SOPInstanceUID): "1.3.6.1.4.1.32473.01.5"})
    stray = ct_series(1, study=ALPHA, series_number=9)[0]
    stray.PatientID, stray.PatientName = BETA.patient_id, BETA.patient_name
    stray.AccessionNumber = "of ID-0815"
    stray.SeriesDescription = "Test^Beta"
    return make_source(
        [*faulty, stray, *ct_series(2, study=BETA), rt_set(2, study=BETA).structure_set],
        names=["alpha/1.dcm", "alpha/2.dcm", "alpha/3.dcm", "beta.dcm", "ID-0815/1", "ID-0815/2", "rs"],
        files={"beta/letter to TEST BETA.txt": b"Dear Beta"},
        folder="ID-4711 scans",
    )


@pytest.mark.parametrize("format_", FORMATS)
def test_no_name_and_no_id_is_left(folder: Path, format_: str) -> None:
    options = ("--with-uids", "--with-references") if "json" in format_ else ()
    plain = run_cli("inspect", str(folder), "--format", format_, *options).stdout
    result = run_cli("inspect", str(folder), "--format", format_, "--mask-names", "--verbose", *options)
    for word in ("alpha", "beta", "4711", "0815"):
        assert word in plain.casefold()
        assert word not in (result.stdout + result.stderr).casefold()


def test_by_device_has_none_either(folder: Path) -> None:
    for format_ in ("text", "csv"):
        told = run_cli("inspect", str(folder), "--by-device", "--mask-names", "--format", format_).stdout
        assert not any(word in told.casefold() for word in ("alpha", "beta.", "4711", "0815"))


def masked(folder: Path) -> dict[str, Any]:
    result = run_cli("inspect", str(folder), "--format", "json", "--mask-names", "--with-references")
    parsed: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(parsed, json.loads(read_text("schemas", "inspection-1.schema.json")))
    return parsed


def test_one_patient_has_one_number_in_tree_and_findings(folder: Path) -> None:
    whole = masked(folder)
    tree = {str(patient["patient_id"]): patient["name"] for patient in whole["patients"]}
    assert tree == {"patient-001": "patient-001", "patient-002": "patient-002"}
    mixed = next(each for each in whole["findings"] if each["rule"] == "ENT-11")
    assert sorted(mixed["facts"]["patient_ids"]) == sorted(tree)
    assert "patient-001" in str(mixed["message"])
    described = {study["description"] for patient in whole["patients"] for study in patient["studies"]}
    assert described == {"(masked)"}


def test_all_but_names_is_as_without_masks(folder: Path) -> None:
    plain = json.loads(run_cli("inspect", str(folder), "--format", "json", "--with-references").stdout)
    whole = masked(folder)
    assert whole["counts"] == plain["counts"]
    for key in ("rule", "severity", "level", "uid", "file_count"):
        assert [each[key] for each in whole["findings"]] == [each[key] for each in plain["findings"]]
    files: dict[str, str] = {}
    for theirs, ours in zip(plain["references"], whole["references"], strict=True):
        assert (ours["uid"], ours["path"], ours["state"]) == (theirs["uid"], theirs["path"], theirs["state"])
        assert files.setdefault(str(ours["file"]), theirs["file"]) == theirs["file"]
    assert len(set(files.values())) == len(files) > 0


def test_files_have_the_same_number_in_every_format(folder: Path) -> None:
    names = {name for each in masked(folder)["findings"] for name in each["files"]}
    table = run_cli("inspect", str(folder), "--format", "csv", "--mask-names").stdout
    assert all(name in table for name in names)


def test_a_patient_whom_only_the_dicomdir_names_is_masked_too(tmp_path: Path) -> None:
    files = write_media(tmp_path / "medium", ct_series(2, study=ALPHA))
    for file, image in zip(files, ct_series(2, study=BETA), strict=True):
        other = dcmread(file)
        other.PatientID, other.PatientName = image.PatientID, image.PatientName
        file.write_bytes(encoded(other))
    call = ("inspect", str(tmp_path / "medium"), "--format", "json")
    plain, masked = (run_cli(*call, *option).stdout for option in ((), ("--mask-names",)))
    (finding,) = (each for each in json.loads(plain)["findings"] if each["rule"] == "ENT-56")
    assert finding["level"] == "patient"
    assert ALPHA.patient_id in plain
    assert not any(word in masked for word in (ALPHA.patient_id, BETA.patient_id, "BETA"))
