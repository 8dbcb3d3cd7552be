"""What people bring about identities, end to end: resends, conflicts, edited headers, misfiled objects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Study, ct_series, mip_in_source_series, rt_set
from tests.cli.running import run_cli
from tests.rewritten import changed_references, written_files
from tests.watch import SourceFolders

Json = dict[str, Any]


def findings(folder: Path) -> dict[str, list[Json]]:
    result = run_cli("inspect", str(folder), "--format", "json", "--fail-on", "never")
    found: dict[str, list[Json]] = {}
    for finding in json.loads(result.stdout)["findings"]:
        if finding["severity"] != "info" or finding["rule"].startswith("ENT-0"):
            found.setdefault(finding["rule"], []).append(finding)
    return found


def test_job_01_a_resend_is_no_error_and_is_written_once(make_source: SourceFolders, tmp_path: Path) -> None:
    images = ct_series(3)
    folder = make_source([*images, *images], names=[f"{way}/{n}.dcm" for way in "ab" for n in range(3)])
    found = findings(folder)
    assert set(found) == {"ENT-02"}
    assert {finding["severity"] for finding in found["ENT-02"]} == {"info"}
    result = run_cli(
        "regenerate", str(folder), "--out", str(tmp_path / "o"), "--as", "copy", "--format", "json"
    )
    told = json.loads(result.stdout)
    assert len(told["files"]) == 3
    assert {each["reason"] for each in told["skipped"]} == {"identical"}


def test_job_02_one_uid_with_different_pixels_is_told_apart_by_the_user(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    rt = rt_set(2)
    other = rt_set(2).images[0]
    other.PixelData = bytes(len(other.PixelData))
    folder = make_source([*rt.all, other], names=[*(f"{n}.dcm" for n in range(5)), "other.dcm"])
    (conflict,) = findings(folder)["ENT-05"]
    assert sorted(conflict["files"]) == ["0.dcm", "other.dcm"]
    chosen = ("--as", "instances", "--select", f"file={folder / 'other.dcm'}", "--with-referrers")
    asked = run_cli("regenerate", str(folder), "--out", str(tmp_path / "o"), *chosen)
    assert asked.exit_code == 4
    assert rt.images[0].SOPInstanceUID in asked.stderr


def test_job_03_a_header_that_an_archive_edited_lists_what_changed(make_source: SourceFolders) -> None:
    (first,), (edited,), (cropped,) = ct_series(1), ct_series(1), ct_series(1)
    edited.AccessionNumber = "OTHER"
    by_header = findings(make_source([first, edited], folder="edited"))
    assert set(by_header) == {"ENT-04"}
    assert "AccessionNumber" in by_header["ENT-04"][0]["facts"]["attributes"]
    cropped.WindowCenter = 777
    by_image = findings(make_source([first, cropped], folder="cropped"))
    assert set(by_image) == {"ENT-01"}
    assert "WindowCenter" in by_image["ENT-01"][0]["facts"]["attributes"]


def test_job_05_a_derived_image_in_its_source_series_gets_a_series_of_its_own(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    images = ct_series(4)
    mip = mip_in_source_series(images)
    folder = make_source([*images, mip])
    (finding,) = findings(folder)["ENT-18"]
    assert finding["severity"] == "warning"
    options = ("--as", "derived-series", "--select", "rule=ENT-18")
    assert run_cli("regenerate", str(folder), "--out", str(tmp_path / "o"), *options).exit_code == 0
    (file,) = written_files(tmp_path / "o", folder)
    assert file.before["SOPInstanceUID"] == mip.SOPInstanceUID
    assert file.after["SeriesInstanceUID"] != file.before["SeriesInstanceUID"]
    assert file.after["StudyInstanceUID"] == file.before["StudyInstanceUID"]
    assert file.after["FrameOfReferenceUID"] == file.before["FrameOfReferenceUID"]
    assert changed_references([file]) == []


def test_job_08_both_sides_of_a_misfiled_series_and_study_are_named(make_source: SourceFolders) -> None:
    one, two = ct_series(2, study=Study(1)), ct_series(2, study=Study(2))
    for image in two:
        image.SeriesInstanceUID = one[0].SeriesInstanceUID
    (series,) = findings(make_source([*one, *two], folder="series"))["ENT-10"]
    assert series["file_count"] == 4
    for study in (one[0].StudyInstanceUID, two[0].StudyInstanceUID):
        assert study in series["message"]
    patients = ct_series(4)
    for image in patients[2:]:
        image.PatientID = "P-OTHER"
    (study,) = findings(make_source(patients, folder="patients"))["ENT-11"]
    assert study["file_count"] == 4
    assert "P-OTHER" in study["message"]
    assert patients[0].PatientID in study["message"]


@pytest.mark.corpus
def test_a_clean_mr_study_raises_next_to_nothing(corpus: Path) -> None:
    """608 files of a scanner's own: at most five findings above a note, and today none."""
    result = run_cli(
        "inspect", str(corpus / "neurolabusc__dcm_qa_nih"), "--format", "json", "--fail-on", "never"
    )
    found = json.loads(result.stdout)
    assert found["counts"]["instances"] == 608
    assert [finding for finding in found["findings"] if finding["severity"] != "info"] == []
