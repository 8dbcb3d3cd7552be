"""ZIP archives on the command line: read like folders, never changed, and nothing of them is left behind."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from pydicom import dcmread

from tests.builders import ct_series, encoded, rt_set
from tests.builders.archives import write_archive
from tests.cli.running import run_cli, run_program
from tests.watch import SourceFolders


@pytest.fixture
def archive(make_source: SourceFolders, tmp_path: Path) -> Path:
    """A structure set and its images, a text and an entry that leads out; watched like every source."""
    entries = {f"rt/IM{number}": encoded(each) for number, each in enumerate(rt_set(3).all)}
    entries |= {"read me.txt": b"text", "../out": b"evil", "more.zip": b"PK\3\4" + bytes(200)}
    folder = tmp_path / "archives"
    folder.mkdir()
    path = write_archive(folder / "rt.zip", entries)
    make_source.watch(folder)
    return path


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files, which must be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def inspected(*arguments: str) -> dict[str, Any]:
    result = run_cli("inspect", *arguments, "--format", "json", "--fail-on", "never")
    assert result.exit_code == 0, result.stderr
    parsed: dict[str, Any] = json.loads(result.stdout)
    return parsed


def test_an_archive_is_read_like_a_folder(archive: Path, temporary: Path) -> None:
    whole = inspected(str(archive), "--with-uids", "--with-references")
    assert whole["sources"] == [str(archive)]
    counts = whole["counts"]
    assert (counts["files"], counts["loaded"], counts["not_loaded"]) == (9, 6, 3)
    assert counts["files"] == counts["loaded"] + counts["not_loaded"]
    assert {entry["file"]: entry["reason"] for entry in whole["not_loaded"]} == {
        "read me.txt": "not-dicom",
        "../out": "unreadable",
        "more.zip": "not-dicom",
    }
    files = {f"rt/IM{number}" for number in range(6)}
    assert {entry["file"] for entry in whole["uids"]} == files
    assert counts["references"]["resolved"] == len(whole["references"]) > 0
    assert str(temporary) not in json.dumps(whole)
    assert os.listdir(temporary) == []


def test_an_archive_inside_is_not_opened_and_says_so(archive: Path) -> None:
    (more,) = [entry for entry in inspected(str(archive))["not_loaded"] if entry["file"] == "more.zip"]
    assert "archive" in more["detail"]


def test_the_same_is_found_as_in_the_unpacked_folder(archive: Path, make_source: SourceFolders) -> None:
    folder = make_source(rt_set(3).all, folder="unpacked")
    for part in ("patients", "findings", "references"):
        assert _without_files(inspected(str(archive), "--with-references")[part]) == _without_files(
            inspected(str(folder), "--with-references")[part]
        )


def _without_files(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: _without_files(value)
            for key, value in part.items()
            if key not in ("file", "files", "targets")
        }
    return [_without_files(each) for each in part] if isinstance(part, list) else part


def test_beside_a_folder_every_path_is_absolute_and_begins_with_the_archive(
    archive: Path, make_source: SourceFolders, temporary: Path
) -> None:
    folder = make_source(ct_series(2, series_number=9), folder="folder")
    whole = inspected(str(folder), str(archive), "--with-uids")
    files = {entry["file"] for entry in whole["uids"]}
    assert {file for file in files if file.startswith(f"{archive}/rt/")} == {
        f"{archive}/rt/IM{number}" for number in range(6)
    }
    assert len(files) == 8
    assert str(temporary) not in json.dumps(whole)


def test_an_archive_given_twice_is_loaded_once(archive: Path) -> None:
    counts = inspected(str(archive), str(archive))["counts"]
    assert (counts["loaded"], counts["not_loaded"]) == (6, 4)


def test_an_archive_that_cannot_be_read_is_one_line(archive: Path, tmp_path: Path) -> None:
    path = write_archive(tmp_path / "cut.zip", {"a": b"a" * 100})
    path.write_bytes(path.read_bytes()[:-30])
    whole = inspected(str(path))
    assert whole["counts"]["files"] == 1
    assert [(entry["file"], entry["reason"]) for entry in whole["not_loaded"]] == [("cut.zip", "unreadable")]
    both = inspected(str(path), str(archive))["not_loaded"]
    assert [entry["reason"] for entry in both if entry["file"] == str(path)] == ["unreadable"]


def test_new_identifiers_for_what_is_in_an_archive(archive: Path, tmp_path: Path, temporary: Path) -> None:
    target = tmp_path / "out"
    result = run_cli(
        "regenerate", str(archive), "--out", str(target), "--as", "copy", "--format", "json", "--quiet"
    )
    assert result.exit_code == 0, result.stderr
    written = json.loads(result.stdout)
    assert {file["source"] for file in written["files"]} == {f"rt/IM{number}" for number in range(6)}
    assert {file["output"] for file in written["files"]} == {f"rt/IM{number}" for number in range(6)}
    assert written["references"]["before"] == written["references"]["after"]
    assert str(temporary) not in result.stdout
    old = {each.SOPInstanceUID for each in rt_set(3).all}
    new = {dcmread(target / "rt" / f"IM{number}").SOPInstanceUID for number in range(6)}
    assert len(new) == 6
    assert not old & new


def test_a_file_of_an_archive_can_be_selected_by_its_path(archive: Path, tmp_path: Path) -> None:
    for number, path in enumerate(("rt/IM0", f"{archive}/rt/IM0")):
        target = tmp_path / f"out-{number}"
        result = run_cli(
            *("regenerate", str(archive), "--out", str(target), "--as", "copy", "--quiet"),
            *("--select", f"file={path}"),
        )
        assert result.exit_code == 0, result.stderr
        assert [each.name for each in target.rglob("*") if each.is_file()] == ["IM0"]


def test_new_identifiers_from_two_archives_name_each_by_its_archive(
    archive: Path, tmp_path: Path, temporary: Path
) -> None:
    other = write_archive(tmp_path / "ct.zip", {"IM1": encoded(ct_series(1, series_number=9)[0])})
    target = tmp_path / "out"
    result = run_cli(
        *("regenerate", str(archive), str(other), "--out", str(target), "--as", "instances"),
        *("--format", "json", "--quiet"),
    )
    assert result.exit_code == 0, result.stderr
    sources = {file["source"]: file["output"] for file in json.loads(result.stdout)["files"]}
    assert sources[str(other / "IM1")] == "ct.zip/IM1"
    assert sources[str(archive / "rt" / "IM0")] == "rt.zip/rt/IM0"
    assert str(temporary) not in result.stdout


def test_a_report_is_never_written_over_an_archive(archive: Path) -> None:
    result = run_cli("inspect", str(archive), "-o", str(archive))
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1


def test_a_folder_is_compared_with_an_archive_of_it(make_source: SourceFolders, tmp_path: Path) -> None:
    folder = make_source(ct_series(3))
    packed = shutil.make_archive(str(tmp_path / "copy"), "zip", folder)
    result = run_cli("compare", str(folder), packed, "--format", "json", "--quiet")
    assert result.exit_code == 0, result.stdout


def test_a_kept_catalog_leaves_no_unpacked_file(archive: Path, tmp_path: Path, temporary: Path) -> None:
    inspected(str(archive), "--catalog", str(tmp_path / "kept.sqlite"))
    assert os.listdir(temporary) == []
    assert (tmp_path / "kept.sqlite").exists()


def test_what_a_killed_program_left_behind_goes_at_the_next_start(
    make_source: SourceFolders, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_source(ct_series(1))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temporary))
    left = temporary / "uidscope-catalog-killed"
    left.mkdir(mode=0o700)
    (left / "in-use.lock").touch()
    (left / "catalog.sqlite").write_bytes(b"of a patient")
    assert run_program("inspect", str(folder)).returncode == 0
    assert os.listdir(temporary) == []
