"""``uidscope inspect`` as a user's shell or script sees it: what it prints, where, and its exit status."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from tests.builders import clean_sets, ct_series, rt_set, with_uids
from tests.cli.running import run_cli, run_program
from tests.watch import SourceFolders


def inspected(folder: Path, *options: str) -> dict[str, object]:
    result = run_cli("inspect", str(folder), "--format", "json", "--fail-on", "never", *options)
    assert result.exit_code == 0, result.stderr
    parsed: dict[str, object] = json.loads(result.stdout)
    return parsed


@pytest.mark.parametrize("name", sorted(clean_sets()))
def test_a_clean_set_has_no_error_and_no_warning(make_source: SourceFolders, name: str) -> None:
    result = run_cli("inspect", str(make_source(clean_sets()[name])), "--fail-on", "warning")
    assert result.exit_code == 0, result.stdout
    assert "0 errors, 0 warnings" in result.stdout


def test_all_clean_sets_together(make_source: SourceFolders) -> None:
    together = [dataset for datasets in clean_sets().values() for dataset in datasets]
    inspection = inspected(make_source(together))
    assert [each for each in inspection["findings"] if each["severity"] != "info"] == []  # type: ignore[attr-defined]
    assert inspection["counts"]["instances"] == len(together)  # type: ignore[index]


def test_exit_status_says_how_grave(make_source: SourceFolders) -> None:
    images = ct_series(3)
    faulty = with_uids(images, {images[0].SOPInstanceUID: "1.3.6.1.4.1.32473.01.5"})
    folder = make_source(faulty)
    result = run_cli("inspect", str(folder))
    assert result.exit_code == 1
    assert "UID-S04" in result.stdout
    assert "PS3.5 9.1" in result.stdout
    assert run_cli("inspect", str(folder), "--fail-on", "never").exit_code == 0
    missing = make_source([rt_set(3).structure_set], folder="rt")
    assert run_cli("inspect", str(missing)).exit_code == 0  # a missing image is a warning
    assert run_cli("inspect", str(missing), "--fail-on", "warning").exit_code == 1


def test_standard_output_carries_the_result_alone(make_source: SourceFolders) -> None:
    done = run_program("inspect", str(make_source(ct_series(2))), "--format", "json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["schema"] == "uidscope/inspection/1"


def test_lines_say_the_same_as_the_whole(make_source: SourceFolders) -> None:
    rt = rt_set(2)
    folder = make_source([*rt.images, rt.structure_set], files={"notes.txt": b"no DICOM"})
    whole = inspected(folder, "--with-uids", "--with-references")
    result = run_cli("inspect", str(folder), "--format", "jsonl", "--with-uids", "--with-references")
    first, *lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert first == {key: whole[key] for key in ("schema", "tool", "sources", "counts")}
    for one, many in (
        ("patient", "patients"),
        ("finding", "findings"),
        ("not_loaded", "not_loaded"),
        ("uid", "uids"),
        ("reference", "references"),
    ):
        assert [line[one] for line in lines if one in line] == whole[many]


def test_references_have_item_numbers_and_targets(make_source: SourceFolders) -> None:
    rt = rt_set(3)
    folder = make_source([*rt.images, rt.structure_set], names=["1.dcm", "2.dcm", "3.dcm", "rs.dcm"])
    references = inspected(folder, "--with-references")["references"]
    contour = [
        (each["path"], each["state"], each["targets"])
        for each in references  # type: ignore[attr-defined]
        if each["path"].startswith("ROIContourSequence[1].ContourSequence[2]")
    ]
    assert contour == [
        (
            "ROIContourSequence[1].ContourSequence[2].ContourImageSequence[1].ReferencedSOPInstanceUID",
            "resolved",
            ["2.dcm"],
        )
    ]


def test_several_sources_are_told_apart_by_absolute_paths(make_source: SourceFolders) -> None:
    first = make_source(ct_series(1), folder="a")
    second = make_source(ct_series(1), folder="b")
    result = run_cli("inspect", str(first), str(second), "--format", "json")
    duplicate = next(each for each in json.loads(result.stdout)["findings"] if each["rule"] == "ENT-02")
    assert sorted(duplicate["files"]) == sorted(str(folder / "0001.dcm") for folder in (first, second))


def test_every_file_is_accounted_for(make_source: SourceFolders) -> None:
    folder = make_source(ct_series(2), files={"notes.txt": b"no DICOM", "empty": b""})
    os.mkfifo(folder / "fifo")
    make_source.watch(folder)
    inspection = inspected(folder)
    counts = inspection["counts"]
    assert counts["files"] == 5 == counts["loaded"] + counts["not_loaded"]  # type: ignore[index]
    assert {each["file"]: each["reason"] for each in inspection["not_loaded"]} == {  # type: ignore[attr-defined]
        "notes.txt": "not-dicom",
        "empty": "not-dicom",
        "fifo": "special-file",
    }
    told = run_cli("inspect", str(folder), "--verbose").stderr
    assert "not loaded: fifo: special-file" in told


def test_the_table_is_safe_in_a_spreadsheet(make_source: SourceFolders) -> None:
    images = ct_series(1)
    faulty = with_uids(images, {images[0].SOPInstanceUID: "=1+1"})
    result = run_cli("inspect", str(make_source(faulty, names=["@sum.dcm"])), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert "'@sum.dcm" in {row["file"] for row in rows}


def test_the_html_report_shows_text_as_text(make_source: SourceFolders, tmp_path: Path) -> None:
    images = ct_series(2)
    for image in images:
        image.SpecificCharacterSet = "ISO_IR 192"
        image.PatientID = "<img src=x onerror=alert(1)>"
    images[1].PatientID = "A&B\u202e"
    report = tmp_path / "report.html"
    result = run_cli("inspect", str(make_source(images)), "--format", "html", "-o", str(report))
    assert result.exit_code == 1  # one study, two patients
    page = report.read_text("utf-8")
    assert "<img" not in page
    assert "&lt;img src=x" in page
    assert "\u202e" not in page
    assert "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "Missing argument"),
        (("--format", "yaml", "."), 2, "yaml"),
        (("no-such-folder",), 3, "no-such-folder: No such file or directory."),
    ],
)
def test_a_wrong_call_is_one_sentence(arguments: tuple[str, ...], status: int, said: str) -> None:
    result = run_cli("inspect", *arguments)
    assert result.exit_code == status
    assert said in result.stderr
    assert result.stdout == ""


def test_a_result_is_never_written_into_a_source(make_source: SourceFolders, tmp_path: Path) -> None:
    folder = make_source(ct_series(1))
    (tmp_path / "door").symlink_to(folder)
    for output in (folder / "report.json", tmp_path / "door" / "report.json"):
        result = run_cli("inspect", str(folder), "-o", str(output))
        assert result.exit_code == 3
        assert "inside a source folder" in result.stderr
    result = run_cli("inspect", str(folder), "-o", str(tmp_path / "no" / "report.json"))
    assert result.exit_code == 3
    assert list(tmp_path.glob("*.incomplete")) == []


def test_a_kept_catalog_is_a_file_of_the_users(make_source: SourceFolders, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog.db"
    assert run_cli("inspect", str(make_source(ct_series(1))), "--catalog", str(catalog)).exit_code == 0
    assert catalog.stat().st_mode & 0o077 == 0


def test_the_page_is_in_the_language_asked_for(make_source: SourceFolders) -> None:
    folder = str(make_source(ct_series(2)))
    page = run_cli("inspect", folder, "--format", "html", "--language", "de").stdout
    assert '<html lang="de">' in page
    assert "Feststellungen nach Regel" in page
    assert "Findings by rule" not in page
    assert "Findings by rule" in run_cli("inspect", folder, "--format", "html").stdout


def test_what_scripts_read_is_in_english_alone(make_source: SourceFolders) -> None:
    result = run_cli("inspect", str(make_source(ct_series(1))), "--format", "json", "--language", "de")
    assert result.exit_code == 2
    assert "--format html" in result.stderr
