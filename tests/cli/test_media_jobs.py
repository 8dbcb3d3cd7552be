"""What people bring on media and out of a migration, from the files to the written copy and its report."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from pydicom import dcmread

from tests.builders import JPEG_LS_LOSSLESS, add_private_text, ct_series, encapsulated, encoded, rt_set
from tests.cli.running import run_cli
from tests.core.judge.media import read_media, write_media
from tests.watch import SourceFolders

Json = dict[str, Any]


def regenerated(source: Path, target: Path, *options: str) -> Json:
    result = run_cli("regenerate", str(source), "--out", str(target), "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    parsed: Json = json.loads(result.stdout)
    return parsed


def inspected(folder: Path) -> Json:
    parsed: Json = json.loads(run_cli("inspect", str(folder), "--format", "json").stdout)
    return parsed


def test_job_12_a_leftover_is_replaced_only_where_asked(make_source: SourceFolders, tmp_path: Path) -> None:
    images = ct_series(2)
    old = str(images[0].SOPInstanceUID)
    path = int(add_private_text(images[1], f"copied from {old}"), 16)
    source = make_source(images, names=["1.dcm", "2.dcm"])
    for number, option in enumerate(((), ("--replace-leftovers",))):
        target = tmp_path / f"out{number}"
        told = regenerated(source, target, "--as", "copy", *option)
        new = next(entry["new"] for entry in told["plan"] if entry["old"] == old)
        said = dcmread(target / "2.dcm")[path].value
        assert said == f"copied from {new if option else old}"


def test_job_13_a_new_dicomdir_is_built_and_reads_as_the_old_one_did(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    """The old one is no image and is not written; the new one names every file, and fits them."""
    rt = rt_set(3)
    write_media(tmp_path / "media", rt.all)
    source = make_source.watch(tmp_path / "media")
    target = tmp_path / "out"
    told = regenerated(source, target, "--as", "copy", "--layout", "media")
    assert {each["reason"] for each in told["skipped"]} == {"dicomdir"}
    assert len(told["files"]) == len(rt.all)
    listed = read_media(target)
    assert len(listed) == len(rt.all)
    for path, uids in listed.items():
        file = dcmread(path)
        assert (file.SOPInstanceUID, file.StudyInstanceUID) == uids
    old, new = (
        json.loads(run_cli("inspect", str(each), "--format", "json").stdout) for each in (source, target)
    )
    assert new["counts"] == old["counts"]
    assert not [each for each in new["findings"] if each["rule"] in ("ENT-56", "ENT-58")]


def test_job_19_after_a_migration_one_report_says_what_became_of_each(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    """Missing, extra, another header, other pixels, another encoding, and what could not be compared."""
    images = ct_series(7)
    after = copy.deepcopy(images)
    after[1].StudyDescription = "OTHER"
    after[2].PixelData = after[2].PixelData[:-2] + b"\1\1"
    first = make_source(images[:6], folder="old", names=[f"{number}.dcm" for number in range(6)])
    second = make_source(
        files={
            "a/1": encoded(after[1]),
            "a/2": encoded(after[2]),
            "a/3": encoded(after[3], transfer_syntax="implicit-le"),
            "a/4": encapsulated(after[4], [b"stream"], JPEG_LS_LOSSLESS),
            "a/5": encoded(after[5]),
            "a/6": encoded(after[6]),
        },
        folder="new",
    )
    report = tmp_path / "report.html"
    call = ("compare", str(first), str(second))
    assert run_cli(*call, "--format", "html", "-o", str(report)).exit_code == 1
    whole = json.loads(run_cli(*call, "--format", "json").stdout)
    expected = {
        "missing": 0,
        "header-changed": 1,
        "pixels-changed": 2,
        "re-encoded": 3,
        "not-compared": 4,
        "extra": 6,
    }
    assert {each["status"]: each["sop_instance_uid"] for each in whole["instances"]} == {
        status: images[number].SOPInstanceUID for status, number in expected.items()
    }
    assert whole["counts"]["same"] == 1
    told = report.read_text("utf-8")
    for each in whole["instances"]:
        assert each["sop_instance_uid"] in told
    assert "StudyDescription" in told
