"""What people deliver, from end to end on the command line: media, archives, interruptions, rejections."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydicom import dcmread
from pydicom.fileset import FileSet

from tests.builders import Study, clean_sets, ct_series, rt_set, sr
from tests.cli.running import run_cli
from tests.judges import Verdict, dciodvfy, dcmdump
from tests.watch import SourceFolders
from uidscope.core.uid.resource_files import read_text


def regenerate(source: Path | list[Path], target: Path, *options: str, status: int = 0) -> str:
    paths = [str(path) for path in (source if isinstance(source, list) else [source])]
    result = run_cli("regenerate", *paths, "--out", str(target), *options)
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


def told(source: Path | list[Path], target: Path, *options: str) -> dict[str, Any]:
    """What the command says as JSON, which is of the shape promised, and the manifest beside the export."""
    parsed: dict[str, Any] = json.loads(regenerate(source, target, *options, "--format", "json"))
    jsonschema.validate(parsed, json.loads(read_text("schemas", "export-1.schema.json")))
    if not parsed["dry_run"]:
        beside = target.with_name(f"{target.name}.manifest.json")
        assert json.loads(beside.read_text()) == parsed
    return parsed


def uid_of(path: Path) -> str:
    return str(dcmread(path).SOPInstanceUID)


# ---- job 11: two folders that both hold the same names --------------------------------------------------


@pytest.mark.parametrize("layout", ["keep", "hierarchy", "media"])
@pytest.mark.parametrize("zipped", [False, True])
def test_two_folders_with_the_same_names(
    make_source: SourceFolders, tmp_path: Path, layout: str, zipped: bool
) -> None:
    """Job 11."""
    names = ["1.dcm", "2.dcm"]
    one = make_source(ct_series(2, study=Study(1)), folder="one", names=names)
    other = make_source(ct_series(2, study=Study(2)), folder="other", names=names)
    again = make_source(ct_series(2, study=Study(3)), folder="deep/one", names=names)
    # A second copy of a file, which is left out by name, and what is no image.
    extra = {"1.dcm": (one / "1.dcm").read_bytes(), "notes.txt": b"no DICOM"}
    copy = make_source([], folder="copy", files=extra)
    options = ("--as", "copy", "--layout", layout, *(["--zip"] if zipped else []))
    result = told([one, other, again, copy], tmp_path / "out", *options)
    assert len(result["files"]) == 6
    assert len({file["output"].casefold() for file in result["files"]}) == 6
    assert [skipped["reason"] for skipped in result["skipped"]] == ["identical"]
    if zipped:
        with zipfile.ZipFile(tmp_path / "out.zip") as archive:
            written = {name: archive.read(name) for name in archive.namelist()}
    else:
        files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
        written = {path.relative_to(tmp_path / "out").as_posix(): path.read_bytes() for path in files}
    directory = written.pop("DICOMDIR", None)
    assert (directory is not None) == (layout == "media")
    assert {file["output"]: file["sha256"] for file in result["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in written.items()
    }


# ---- job 13: media with a DICOMDIR ----------------------------------------------------------------------


def test_media_are_read_checked_and_made_anew(make_source: SourceFolders, tmp_path: Path) -> None:
    """Job 13: the export of one program is the source of the next."""
    images = make_source([each for datasets in clean_sets().values() for each in datasets])
    first = told(images, tmp_path / "first", "--as", "copy", "--layout", "media", "--file-set-id", "TEST_1")
    assert first["directory"]["file_set_id"] == "TEST_1"
    make_source.watch(tmp_path / "first")

    inspected = json.loads(run_cli("inspect", str(tmp_path / "first"), "--format", "json").stdout)
    assert (inspected["counts"]["dicomdirs"], inspected["counts"]["not_loaded"]) == (1, 0)
    assert inspected["counts"]["instances"] == len(first["files"])
    assert [each["rule"] for each in inspected["findings"] if each["rule"] in ("ENT-56", "ENT-58")] == []

    second = told(tmp_path / "first", tmp_path / "second", "--as", "copy", "--layout", "media")
    assert second["skipped"] == [{"file": "DICOMDIR", "reason": "dicomdir"}]
    assert second["directory"]["records"] == first["directory"]["records"]
    dcmdump(tmp_path / "second" / "DICOMDIR")
    found = FileSet(tmp_path / "second" / "DICOMDIR")
    found._stage["t"].cleanup()
    assert sorted(instance.SOPInstanceUID for instance in found) == sorted(
        uid_of(tmp_path / "second" / file["output"]) for file in second["files"]
    )
    assert dcmread(tmp_path / "first" / "DICOMDIR").file_meta.MediaStorageSOPInstanceUID != (
        dcmread(tmp_path / "second" / "DICOMDIR").file_meta.MediaStorageSOPInstanceUID
    )


def test_media_with_the_schemes_of_the_organization(make_source: SourceFolders, tmp_path: Path) -> None:
    source = make_source(ct_series(2))
    key = tmp_path / "key"
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    uids = []
    for name in ("one", "other"):
        regenerate(source, tmp_path / name, "--as", "copy", "--layout", "media", "--key", str(key))
        uids.append(dcmread(tmp_path / name / "DICOMDIR").file_meta.MediaStorageSOPInstanceUID)
    assert uids[0] != uids[1]
    options = ("--scheme", "root-random", "--root", "1.3.6.1.4.1.32473.5")
    regenerate(source, tmp_path / "rooted", "--as", "copy", "--layout", "media", *options)
    meta = dcmread(tmp_path / "rooted" / "DICOMDIR").file_meta
    assert meta.MediaStorageSOPInstanceUID.startswith("1.3.6.1.4.1.32473.5.")


# ---- job 14: the program is killed during an export -----------------------------------------------------


def killed(source: Path, target: Path, *options: str) -> None:
    """Start the program and kill it once it has written some files."""
    staging = target.with_name(f"{target.name}.incomplete")
    arguments = ("regenerate", str(source), "--out", str(target), "--jobs", "1", *options)
    process = subprocess.Popen(
        [sys.executable, "-m", "uidscope", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(6000):
            if len(list((staging / "files").glob("*"))) > 3 or process.poll() is not None:
                break
            time.sleep(0.005)
    finally:
        process.kill()
        process.wait()
    assert staging.exists()


@pytest.mark.parametrize("intention", ["copy", "derived-series"])
@pytest.mark.parametrize("zipped", [False, True])
def test_a_killed_export_is_resumed_with_the_same_uids(
    make_source: SourceFolders, tmp_path: Path, intention: str, zipped: bool
) -> None:
    """Job 14: the sources are watched by the fixture."""
    rt = rt_set(120)
    source, target = make_source([*rt.all, sr(rt.images)]), tmp_path / "out"
    published = tmp_path / "out.zip" if zipped else target
    options = ("--as", intention, *(["--zip"] if zipped else []))
    killed(source, target, *options)
    assert not published.exists()
    assert not (tmp_path / "out.crosswalk.csv").exists()
    left = {path.name: path.read_bytes() for path in (tmp_path / "out.incomplete" / "files").iterdir()}

    said = regenerate(source, target, *options, status=3)
    assert said.count("\n") == 1
    assert "--resume" in said
    assert "--clear-interrupted" in said

    other = "instances" if intention == "copy" else "copy"
    refused = regenerate(source, target, "--as", other, *options[2:], "--resume", status=3)
    assert "other sources or options" in refused
    assert (tmp_path / "out.incomplete").exists()

    result = told(source, target, *options, "--resume")
    assert result["verified"]
    # The last files may have been half-written; those before are as they were left.
    assert 0 < result["resumed"] <= len(left)
    if not zipped:
        same = [name for name, content in left.items() if (target / name).read_bytes() == content]
        assert len(same) >= result["resumed"]
    assert not (tmp_path / "out.incomplete").exists()
    assert len(result["files"]) == len(rt.all) + 1


def test_a_killed_export_is_cleared_and_begun_anew(make_source: SourceFolders, tmp_path: Path) -> None:
    source, target = make_source(ct_series(120)), tmp_path / "out"
    killed(source, target, "--as", "copy")
    assert "goes with neither" in regenerate(
        source, target, "--as", "copy", "--resume", "--clear-interrupted", status=2
    )
    dry = regenerate(source, target, "--as", "copy", "--clear-interrupted", "--dry-run", status=3)
    assert "--resume" in dry
    assert (tmp_path / "out.incomplete").exists()
    result = told(source, target, "--as", "copy", "--clear-interrupted")
    assert "resumed" not in result
    assert not (tmp_path / "out.incomplete").exists()
    assert len(list(target.iterdir())) == 120


LIMIT = 4 * 1024 * 1024
ON_A_FULL_DRIVE = """
    import resource, signal, sys
    from uidscope.cli.main import command_line

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
    command_line(sys.argv[2:])
"""


@pytest.mark.skipif(os.name != "posix", reason="no limit on the size of files can be set on this system")
def test_a_drive_that_fills_leaves_nothing_and_the_retry_works(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    """Job 14: no single file may grow beyond a limit, as on a drive with no room left."""
    images = ct_series(4)
    images[-1].Rows = images[-1].Columns = 2048
    images[-1].PixelData = bytes(2048 * 2048 * 2)
    source, target = make_source(images), tmp_path / "out"
    arguments = ["regenerate", str(source), "--out", str(target), "--as", "copy", "--jobs", "1"]
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(ON_A_FULL_DRIVE), str(LIMIT), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3
    assert ended.stderr.count("\n") == 1
    assert "cannot be written" in ended.stderr
    assert sorted(os.listdir(tmp_path)) == ["source"]
    regenerate(source, target, "--as", "copy")
    assert len(list(target.iterdir())) == 4


# ---- job 23: the old ones must go -----------------------------------------------------------------------


def test_the_old_ones_are_listed_and_rejected(make_source: SourceFolders, tmp_path: Path) -> None:
    """Job 23."""
    rt = rt_set(3)
    source, target = make_source(rt.all), tmp_path / "out"
    options = ("--as", "instances", "--rejection-note", "113037")
    dry = told(source, target, *options, "--dry-run")
    result = told(source, target, *options)
    assert [{**note, "sha256": ""} for note in result["rejection_notes"]] == dry["rejection_notes"]
    (path,) = (tmp_path / "out.rejection").iterdir()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == result["rejection_notes"][0]["sha256"]
    assert dciodvfy(path) == Verdict((), ())
    note = dcmread(path)
    rejected = {
        each.ReferencedSOPInstanceUID
        for series in note.CurrentRequestedProcedureEvidenceSequence[0].ReferencedSeriesSequence
        for each in series.ReferencedSOPSequence
    }
    assert rejected == set((tmp_path / "out.old-uids.txt").read_text().split())
    assert rejected == {str(old.SOPInstanceUID) for old in rt.all}
    assert rejected.isdisjoint(uid_of(target / file["output"]) for file in result["files"])
    assert note.StudyInstanceUID == rt.images[0].StudyInstanceUID


@pytest.mark.parametrize("intention", ["copy", "derived-series", "pseudonymous"])
def test_what_stands_beside_the_old_rejects_nothing(
    make_source: SourceFolders, tmp_path: Path, intention: str
) -> None:
    source = make_source(ct_series(2))
    said = regenerate(source, tmp_path / "out", "--as", intention, "--rejection-note", "113001", status=2)
    assert "nothing to reject" in said
    assert sorted(os.listdir(tmp_path)) == ["source"]


def test_an_old_uid_that_another_object_bears_is_not_rejected(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    images = ct_series(2)
    other = ct_series(1)[0]
    other.PixelData = bytes(len(other.PixelData))
    source = make_source([*images, other], names=["one.dcm", "two.dcm", "other.dcm"])
    options = ("--as", "instances", "--select", f"file={source / 'other.dcm'}", "--rejection-note", "113001")
    assert "nothing to reject" in regenerate(source, tmp_path / "out", *options, status=2)
    both = (*options, "--select", f"file={source / 'two.dcm'}")
    said = regenerate(source, tmp_path / "out", *both)
    assert "1 replaced UID in no rejection note" in said
    (path,) = (tmp_path / "out.rejection").iterdir()
    named = [item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID for item in dcmread(path).ContentSequence]
    assert named == [str(images[1].SOPInstanceUID)]


# ---- job 24: a ticket, a reason, an operator ------------------------------------------------------------


def test_each_export_has_its_change_record(make_source: SourceFolders, tmp_path: Path) -> None:
    """Job 24."""
    images = ct_series(2)
    source = make_source(images)
    said = ("--ticket", "CHG-7 <b>", "--reason", "=cmd & co", "--operator", "T. Operator")
    regenerate(source, tmp_path / "out", "--as", "copy", *said)
    page = (tmp_path / "out.change-record.html").read_text(encoding="utf-8")
    new = str(dcmread(next((tmp_path / "out").iterdir())).StudyInstanceUID)
    for words in ("CHG-7 &lt;b&gt;", "=cmd &amp; co", "T. Operator", str(images[0].StudyInstanceUID), new):
        assert words in page
    assert "An independent copy" in page
    manifest = (tmp_path / "out.manifest.json").read_bytes()
    assert hashlib.sha256(manifest).hexdigest() in page
    # Patients are not named.
    assert str(images[0].PatientName) not in page
    assert str(images[0].PatientID) not in page
    # One page: no more rows than fit, and nothing from elsewhere.
    assert not re.search(r"(src|href)=", page)
    regenerate(source, tmp_path / "plain", "--as", "copy")
    assert not (tmp_path / "plain.change-record.html").exists()
