"""What people bring about references, media and leftovers, from the command line to the answer."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from pydicom import dcmread

from tests.builders import add_private_text, ct_series, encoded, mr_series_with_localizers, rt_set, sr
from tests.cli.running import run_cli
from tests.core.judge.media import write_media
from tests.watch import SourceFolders

Json = dict[str, Any]


def inspected(folder: Path, *options: str) -> Json:
    result = run_cli("inspect", str(folder), "--format", "json", "--fail-on", "never", *options)
    assert result.exit_code == 0, result.stderr
    parsed: Json = json.loads(result.stdout)
    return parsed


def of_rule(inspection: Json, rule: str) -> list[Json]:
    return [finding for finding in inspection["findings"] if finding["rule"] == rule]


def grave(inspection: Json) -> list[Json]:
    return [finding for finding in inspection["findings"] if finding["severity"] != "info"]


def test_job_06_a_structure_set_with_one_slice_missing(make_source: SourceFolders) -> None:
    rt = rt_set(5)
    folder = make_source([*rt.images[:2], *rt.images[3:], rt.structure_set])
    inspection = inspected(folder, "--with-references")
    (finding,) = grave(inspection)
    assert (finding["rule"], finding["severity"]) == ("ENT-50", "warning")
    assert finding["facts"]["missing"] == 1
    assert finding["facts"]["examples"] == [rt.images[2].SOPInstanceUID]
    assert finding["files"] == ["0005.dcm"]
    study = [each for each in inspection["references"] if each["path"].endswith("].ReferencedSOPInstanceUID")]
    states = {each["state"] for each in study if each["uid"] == rt.images[0].StudyInstanceUID}
    assert states == {"resolved"}, "the study reference is no missing instance"


def test_job_06_the_missing_slice_can_be_fetched(make_source: SourceFolders, tmp_path: Path) -> None:
    rt = rt_set(5)
    folder = make_source([*rt.images[:2], *rt.images[3:], rt.structure_set])
    fetch = tmp_path / "fetch.csv"
    assert run_cli("inspect", str(folder), "--fetch-list", str(fetch)).exit_code == 0
    (row,) = csv.DictReader(fetch.read_text("utf-8").splitlines())
    lost = rt.images[2]
    assert row["sop_instance_uid"] == lost.SOPInstanceUID
    assert row["series_instance_uid"] == lost.SeriesInstanceUID
    assert row["study_instance_uid"] == lost.StudyInstanceUID
    assert row["patient_id"] == lost.PatientID
    assert row["sop_class"] == "CT Image Storage"
    assert "around the reference" in row["series_from"]


def test_a_fetch_list_takes_the_keys_from_wherever_they_are(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    images = ct_series(3)
    fetch = tmp_path / "fetch.csv"
    run_cli("inspect", str(make_source([sr(images)])), "--fetch-list", str(fetch))
    rows = list(csv.DictReader(fetch.read_text("utf-8").splitlines()))
    assert [row["sop_instance_uid"] for row in rows] == [image.SOPInstanceUID for image in images]
    assert {row["series_from"] for row in rows} == {"the object's evidence"}
    assert {row["named_by"] for row in rows} == {"0001.dcm"}


def test_a_fetch_list_is_never_written_into_a_source(make_source: SourceFolders) -> None:
    folder = make_source(ct_series(1))
    result = run_cli("inspect", str(folder), "--fetch-list", str(folder / "fetch.csv"))
    assert result.exit_code == 3
    assert "inside a source folder" in result.stderr


def test_job_12_an_old_uid_in_private_text(make_source: SourceFolders) -> None:
    images = ct_series(3)
    path = add_private_text(images[1], images[0].SOPInstanceUID)
    folder = make_source(images)
    (finding,) = of_rule(inspected(folder), "FILE-05")
    assert (finding["severity"], finding["level"], finding["path"]) == ("info", "file", path)
    assert finding["files"] == ["0002.dcm"]
    assert finding["facts"]["uids"] == [images[0].SOPInstanceUID]
    assert images[0].SOPInstanceUID in finding["message"]
    assert of_rule(inspected(folder, "--no-leftovers"), "FILE-05") == []


def test_job_13_media_with_a_dicomdir(make_source: SourceFolders, tmp_path: Path) -> None:
    images = [*ct_series(3), *mr_series_with_localizers().all]
    files = write_media(tmp_path / "media", images)
    folder = make_source.watch(tmp_path / "media")
    inspection = inspected(folder, "--with-references")
    assert grave(inspection) == []
    counts = inspection["counts"]
    assert (counts["dicomdirs"], counts["occurrences"], counts["instances"]) == (1, len(images), len(images))
    assert not [each for each in inspection["references"] if each["file"] == "DICOMDIR"]

    files[0].unlink()
    files[1].write_bytes(encoded(ct_series(1, series_number=8)[0]))
    make_source.watch(folder)
    inspection = inspected(folder)
    (missing,) = of_rule(inspection, "ENT-58")
    assert (missing["severity"], missing["level"], missing["files"]) == ("warning", "file", ["DICOMDIR"])
    assert missing["facts"]["examples"] == [files[0].relative_to(folder).as_posix()]
    (other,) = of_rule(inspection, "ENT-56")
    assert other["severity"] == "error"
    assert other["files"] == sorted(["DICOMDIR", files[1].relative_to(folder).as_posix()])
    assert other["facts"]["file"] == [dcmread(files[1]).SOPInstanceUID]
