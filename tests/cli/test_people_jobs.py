"""What people come with, from end to end on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

from pydicom.dataset import FileDataset

from tests.builders import ct_series, encoded, mr_series_with_localizers, set_unchecked, with_uids
from tests.cli.running import run_cli
from tests.watch import SourceFolders

INSTANCES = "1.3.6.1.4.1.32473.1001.2"


def inspected(folder: Path, *options: str) -> dict[str, Any]:
    result = run_cli("inspect", str(folder), "--format", "json", "--fail-on", "never", *options)
    assert result.exit_code == 0, result.stderr
    parsed: dict[str, Any] = json.loads(result.stdout)
    return parsed


def many_images(number: int) -> list[bytes]:
    """Files of one series, each with a SOP Instance UID of its own; the last 50 without preamble and meta."""
    image = ct_series(1)[0]
    (numbered,) = with_uids([image], {image.SOPInstanceUID: f"{INSTANCES}.10000"})
    whole, bare = encoded(numbered), encoded(numbered, preamble=False, meta=False)
    return [
        (whole if place < number - 50 else bare).replace(b".10000", f".1{place:04}".encode())
        for place in range(number)
    ]


def test_job_15_a_large_mixed_folder_accounts_for_every_file(make_source: SourceFolders) -> None:
    """Job 15, with as many files as a test may take."""
    files = {f"images/{place // 500}/{place:04}": data for place, data in enumerate(many_images(1900))}
    cut = {f"cut/{place:02}": data[:-40] for place, data in enumerate(many_images(1930)[1850:1880])}
    notes = {f"notes/{place:02}.txt": b"no DICOM at all\n" * place for place in range(70)}
    folder = make_source([], files={**files, **cut, **notes})
    whole = inspected(folder)
    counts: dict[str, int] = whole["counts"]
    assert (counts["files"], counts["loaded"], counts["not_loaded"]) == (2000, 1930, 70)
    assert {entry["file"]: entry["reason"] for entry in whole["not_loaded"]} == dict.fromkeys(
        notes, "not-dicom"
    )
    told = Counter(finding["rule"] for finding in whole["findings"])
    assert told["FILE-01"] == len(cut)
    assert {name for each in whole["findings"] if each["rule"] == "FILE-01" for name in each["files"]} == set(
        cut
    )
    bare = [finding["file_count"] for finding in whole["findings"] if finding["rule"] == "ENT-44"]
    assert bare == [50]
    said = run_cli("inspect", str(folder), "--fail-on", "never", "--verbose").stderr
    assert said.count("not loaded: ") == 70


def test_job_17_426_files_with_one_uid_are_one_finding(make_source: SourceFolders) -> None:
    """Job 17."""
    images = ct_series(426)
    one = with_uids(images, {image.SOPInstanceUID: images[0].SOPInstanceUID for image in images})
    whole = inspected(make_source(one))
    grave = [finding for finding in whole["findings"] if finding["severity"] != "info"]
    assert [(finding["rule"], finding["file_count"], finding["uid"]) for finding in grave] == [
        ("ENT-05", 426, str(images[0].SOPInstanceUID))
    ]
    assert len(whole["findings"]) <= 2


def of_device(images: list[FileDataset], serial: str, software: str, date: str) -> list[FileDataset]:
    for image in images:
        image.Manufacturer, image.ManufacturerModelName = "ACME", "=Scan 1"
        image.DeviceSerialNumber, image.SoftwareVersions = serial, software
        image.StudyDate = date
    return images


def test_job_20_the_device_that_does_it_and_since_when(make_source: SourceFolders) -> None:
    """Job 20: the update of one scanner brought leading zeros; the table goes to the vendor."""
    before = of_device(ct_series(2), "0001", "1.0", "20240102")
    after = [
        of_device(list(with_uids(images, {str(images[0].SOPInstanceUID): bad})), "0001", "2.0", date)
        for images, bad, date in (
            (ct_series(2, series_number=5), "1.3.6.1.4.1.32473.05.1", "20240302"),
            (ct_series(2, series_number=6), "1.3.6.1.4.1.32473.06.1", "20240417"),
        )
    ]
    for number, images in enumerate([before, *after]):
        for image in images:
            set_unchecked(image, "StudyInstanceUID", f"1.3.6.1.4.1.32473.9.{number}")
            set_unchecked(image, "FrameOfReferenceUID", f"1.3.6.1.4.1.32473.8.{number}")
            image.AccessionNumber = f"A{number}"
    other = of_device(mr_series_with_localizers().all, "0002", "1.0", "20240105")
    folder = make_source([*before, *(image for images in after for image in images), *other])
    options = ("inspect", str(folder), "--by-device", "--fail-on", "never")
    table = list(csv.DictReader(io.StringIO(run_cli(*options, "--format", "csv").stdout)))
    grave = [row for row in table if row["severity"] == "error"]
    assert len(grave) == 1
    assert {key: grave[0][key] for key in ("manufacturer", "model", "serial", "software")} == {
        "manufacturer": "ACME",
        "model": "'=Scan 1",
        "serial": "0001",
        "software": "2.0",
    }
    assert (grave[0]["rule"], grave[0]["consequence"]) == ("UID-S04", "rejected")
    assert (grave[0]["findings"], grave[0]["files"]) == ("2", "2")
    assert (grave[0]["first_study_date"], grave[0]["last_study_date"]) == ("20240302", "20240417")
    text = run_cli(*options).stdout
    assert "ACME =Scan 1, serial 0001, software 2.0" in text
    assert "studies of 2024-03-02 to 2024-04-17" in text
    assert "leading zero: rejected" in text


def test_job_21_200_uids_out_of_an_error_log() -> None:
    """Job 21: each is explained once, and the ones with spaces in them are said to be wrong."""
    uids = [f"{INSTANCES}.{number}" for number in range(1, 201)]
    spaced = dict.fromkeys(uids[::40], True)
    log = "".join(
        f"2024-01-05 12:00:0{place % 10}.123 ERROR store of "
        f'"{uid.replace(".1001.", ".1001 .") if uid in spaced else uid}" failed (0xA900) from 10.0.0.7:104\n'
        for place, uid in enumerate([*uids, *uids])
    )
    result = run_cli("explain", "-", "--format", "json", stdin=log.encode())
    told = json.loads(result.stdout)
    assert [each["uid"] for each in told] == uids
    assert [each["uid"] for each in told if not each["valid"]] == list(spaced)
    wrong = told[0]
    assert [item["rule"] for item in wrong["verdict"]] == ["UID-S01"]
    assert "spaces-inside" in {note["note"] for note in wrong["notes"]}
    assert wrong["text"] == uids[0].replace(".1001.", ".1001 .")


def test_a_text_without_uids_says_so() -> None:
    result = run_cli("explain", "-", stdin=b"nothing to see\n")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "There is no UID in this text.\n"
    assert json.loads(run_cli("explain", "-", "--format", "json", stdin=b"").stdout) == []


def test_standard_input_stands_beside_what_is_named() -> None:
    told = json.loads(
        run_cli("explain", "1.2.840.10008.1.2", "-", "--format", "json", stdin=b"2.999.1.2.3").stdout
    )
    assert [each["uid"] for each in told] == ["1.2.840.10008.1.2", "2.999.1.2.3"]
