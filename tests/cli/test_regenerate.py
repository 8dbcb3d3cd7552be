"""``uidscope regenerate``: what is written, what stays, what is refused, and what an interruption leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from pydicom import dcmread
from pydicom.uid import UID

from tests.builders import (
    TEST_ROOT,
    Study,
    clean_sets,
    ct_series,
    presentation_state,
    rt_set,
    seg,
    signed,
    sr,
    with_uids,
)
from tests.cli.running import run_cli
from tests.judges import dcentvfy, dciodvfy, dcmdump
from tests.rewritten import broken_references, changed_references, crosswalk, other_differences, written_files
from tests.watch import SourceFolders
from uidscope.core.uid.resource_files import read_text


@pytest.fixture
def treatment(make_source: SourceFolders) -> Path:
    """A CT with everything that refers to it."""
    rt = rt_set(4)
    return make_source([*rt.all, seg(rt.images), sr(rt.images), presentation_state(rt.images)])


def regenerate(source: Path, target: Path, *options: str, status: int = 0) -> str:
    result = run_cli("regenerate", str(source), "--out", str(target), *options)
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


def test_a_copy_keeps_every_reference_and_all_else(treatment: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    told = json.loads(regenerate(treatment, target, "--as", "copy", "--format", "json"))
    jsonschema.validate(told, json.loads(read_text("schemas", "export-1.schema.json")))
    assert told["verified"]
    files = written_files(target, treatment)
    assert len(files) == 10
    assert {file.changed for file in files} == {"new-uid"}
    assert broken_references(files) == []
    assert changed_references(files) == []
    assert [other_differences(file) for file in files] == [[]] * len(files)
    kept = {row["old_uid"] for row in crosswalk(target)}
    assert not kept & {uid for file in files for uid in file.after.values()}
    assert json.loads(Path(f"{target}.manifest.json").read_text("utf-8")) == told
    for sidecar in ("crosswalk.csv", "manifest.json", "old-uids.txt"):
        assert Path(f"{target}.{sidecar}").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", sorted(clean_sets()))
def test_outside_judges_find_no_fault_in_a_copy(
    make_source: SourceFolders, tmp_path: Path, name: str
) -> None:
    source, target = make_source(clean_sets()[name]), tmp_path / "copy"
    regenerate(source, target, "--as", "copy")
    files = [file.output for file in written_files(target, source)]
    for file in files:
        dcmdump(file)
        assert dciodvfy(file).errors == ()
    assert dcentvfy(files, tmp_path).errors == ()
    assert run_cli("inspect", str(target), "--fail-on", "warning").exit_code == 0


def test_a_derived_series_stays_in_its_study_and_points_at_its_sources(
    treatment: Path, tmp_path: Path
) -> None:
    rt = rt_set(4)
    segmentation = seg(rt.images)
    target = tmp_path / "derived"
    selected = f"series={segmentation.SeriesInstanceUID}"
    regenerate(
        treatment, target, "--as", "derived-series", "--select", selected, "--series-description", "Checked"
    )
    (file,) = written_files(target, treatment)
    for keyword in ("StudyInstanceUID", "FrameOfReferenceUID"):
        assert file.after[keyword] == file.before[keyword]
    for keyword in ("SeriesInstanceUID", "SOPInstanceUID", "meta.MediaStorageSOPInstanceUID"):
        assert file.after[keyword] != file.before[keyword]
    assert changed_references([file]) == []
    written = dcmread(file.output)
    assert written.SeriesDescription == "Checked"
    numbers = {dcmread(path).SeriesNumber for path in treatment.iterdir()}
    assert written.SeriesNumber == max(numbers) + 1
    assert written.PixelData == segmentation.PixelData


def test_new_instances_keep_study_and_series(treatment: Path, tmp_path: Path) -> None:
    regenerate(treatment, tmp_path / "out", "--as", "instances")
    files = written_files(tmp_path / "out", treatment)
    assert broken_references(files) == []
    for file in files:
        assert file.after["SOPInstanceUID"] != file.before["SOPInstanceUID"]
        assert file.after["SeriesInstanceUID"] == file.before["SeriesInstanceUID"]
    olds = Path(f"{tmp_path / 'out'}.old-uids.txt").read_text("utf-8").split()
    assert sorted(olds) == sorted(file.before["SOPInstanceUID"] for file in files)


def test_a_pseudonymous_copy_says_what_it_is_not(treatment: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    result = run_cli(
        "regenerate", str(treatment), "--out", str(target), "--as", "pseudonymous", "--format", "json"
    )
    assert result.exit_code == 0, result.output
    jsonschema.validate(json.loads(result.stdout), json.loads(read_text("schemas", "export-1.schema.json")))
    assert "not de-identification" in result.stderr
    files = written_files(target, treatment)
    assert broken_references(files) == []
    kept = {row["old_uid"] for row in crosswalk(target)}
    assert not kept & {uid for file in files for uid in file.after.values()}


def test_leading_zeros_are_repaired_and_nothing_else(make_source: SourceFolders, tmp_path: Path) -> None:
    """Job 7: the archive loads all the same, the rule is quoted, and only what is named changes."""
    rt = rt_set(3)
    faulty = f"{TEST_ROOT}.007.1"
    source = make_source(
        with_uids([*rt.all, *ct_series(2, study=Study(2))], {rt.images[0].SOPInstanceUID: faulty})
    )
    inspected = run_cli("inspect", str(source))
    assert inspected.exit_code == 1
    assert "PS3.5 9.1" in inspected.stdout
    target = tmp_path / "out"
    regenerate(source, target, "--as", "repair", "--select", "rule=UID-S04")
    files = written_files(target, source)
    assert len(files) == len(rt.all) + 2
    assert broken_references(files) == []
    (row,) = crosswalk(target)
    assert row["old_uid"] == faulty
    for file in files:
        named = faulty in file.before.values()
        assert (file.source.read_bytes() != file.output.read_bytes()) == named
        expected = {path: row["new_uid"] if uid == faulty else uid for path, uid in file.before.items()}
        assert file.after == {**expected, **{k: v for k, v in file.after.items() if "Implementation" in k}}
    assert Path(f"{target}.old-uids.txt").read_text("utf-8") == f"{faulty}\n"
    assert "UID-S04" not in run_cli("inspect", str(target)).stdout


def test_the_file_meta_is_repaired_after_the_dataset(make_source: SourceFolders, tmp_path: Path) -> None:
    """Job 9: one command, and the data set is untouched."""
    first, second = ct_series(2)
    first.file_meta.MediaStorageSOPInstanceUID = UID(f"{TEST_ROOT}.5")
    source = make_source([first, second], names=["1.dcm", "2.dcm"])
    target = tmp_path / "out"
    told = json.loads(regenerate(source, target, "--as", "repair", "--format", "json"))
    jsonschema.validate(told, json.loads(read_text("schemas", "export-1.schema.json")))
    changes = {each["source"]: each["changed"] for each in told["files"]}
    assert changes == {"1.dcm": "changed-same-uid", "2.dcm": "unchanged"}
    (change,) = [each for each in told["plan"] if each["reason"] == "ENT-40"]
    assert (change["kind"], change["new"]) == ("meta", first.SOPInstanceUID)
    assert (target / "2.dcm").read_bytes() == (source / "2.dcm").read_bytes()
    before, after = dcmread(source / "1.dcm"), dcmread(target / "1.dcm")
    assert after.file_meta.MediaStorageSOPInstanceUID == after.SOPInstanceUID == first.SOPInstanceUID
    assert before == after
    assert run_cli("inspect", str(target), "--fail-on", "warning").exit_code == 0


@pytest.mark.parametrize("how", ["key", "map.csv", "map.json"])
def test_the_second_delivery_makes_no_second_study(
    make_source: SourceFolders, tmp_path: Path, how: str
) -> None:
    """Job 10."""
    images = ct_series(5)
    first, second = make_source(images[:3], folder="a"), make_source([*images, sr(images)], folder="b")
    key = tmp_path / "key"
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    with_key = ("--key", str(key)) if how == "key" else ()
    regenerate(first, tmp_path / "one", "--as", "copy", *with_key)
    lists = {"map.csv": "crosswalk.csv", "map.json": "manifest.json"}
    with_list = ("--map", f"{tmp_path / 'one'}.{lists[how]}") if how != "key" else ()
    regenerate(second, tmp_path / "two", "--as", "copy", *with_key, *with_list)
    made = [{row["old_uid"]: row["new_uid"] for row in crosswalk(tmp_path / name)} for name in ("one", "two")]
    assert made[0].items() <= made[1].items()
    files = [*(tmp_path / "one").iterdir(), *(tmp_path / "two").iterdir()]
    assert len({dcmread(file).StudyInstanceUID for file in files}) == 1
    assert len({dcmread(file).SOPInstanceUID for file in files}) == 6


def test_words_about_keys_and_lists_that_are_off_are_one_sentence(treatment: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(bytes(32))
    key.chmod(0o644)
    for options, status in (
        (("--key", str(key)), 2),
        (("--key", str(tmp_path / "none")), 3),
        (("--scheme", "keyed"), 2),
        (("--key", str(key), "--scheme", "uuid"), 2),
        (("--derivation", "2"), 2),
        (("--map", str(key)), 2),
        (("--map", str(tmp_path / "none")), 3),
    ):
        said = regenerate(treatment, tmp_path / "out", "--as", "copy", *options, status=status)
        assert said.count("\n") == 1
        assert not (tmp_path / "out").exists()


def test_a_verified_report_is_replaced_only_where_acknowledged(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    images = ct_series(1)
    report = sr(images)
    report.VerificationFlag = "VERIFIED"
    source = make_source([*images, report])
    assert "verified" in regenerate(source, tmp_path / "out", "--as", "instances", status=4)
    assert not (tmp_path / "out").exists()
    assert "verified" in regenerate(source, tmp_path / "out", "--as", "instances", "--acknowledge")
    assert "verified" in regenerate(source, tmp_path / "copy", "--as", "copy")


def test_a_duplicate_is_told_apart_by_the_file_named(make_source: SourceFolders, tmp_path: Path) -> None:
    (first,), (second,) = ct_series(1), ct_series(1)
    second.PixelData = bytes(len(second.PixelData))
    source = make_source([first, second], names=["a.dcm", "b.dcm"])
    options = ("--as", "repair", "--select", "rule=ENT-05")
    assert "b.dcm" in regenerate(source, tmp_path / "out", *options, status=4)
    regenerate(source, tmp_path / "out", *options, "--select", "file=b.dcm")
    assert (tmp_path / "out" / "a.dcm").read_bytes() == (source / "a.dcm").read_bytes()
    assert dcmread(tmp_path / "out" / "b.dcm").SOPInstanceUID != first.SOPInstanceUID


def test_referrers_come_along_where_asked(treatment: Path, tmp_path: Path) -> None:
    images = rt_set(4).images
    selected = f"series={images[0].SeriesInstanceUID}"
    regenerate(treatment, tmp_path / "alone", "--as", "instances", "--select", selected)
    assert len(written_files(tmp_path / "alone", treatment)) == 4
    regenerate(treatment, tmp_path / "all", "--as", "instances", "--select", selected, "--with-referrers")
    files = written_files(tmp_path / "all", treatment)
    changed = [file for file in files if file.changed == "changed-same-uid"]
    assert len(files) - len(changed) == 4
    assert len(changed) >= 3
    assert broken_references(files) == []
    assert all(file.after["SOPInstanceUID"] == file.before["SOPInstanceUID"] for file in changed)


def test_a_dry_run_tells_the_result_and_writes_nothing(treatment: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    planned = json.loads(
        regenerate(treatment, tmp_path / "o", "--as", "copy", "--dry-run", "--format", "json")
    )
    assert sorted(tmp_path.iterdir()) == before
    done = json.loads(regenerate(treatment, tmp_path / "o", "--as", "copy", "--format", "json"))
    assert (planned["dry_run"], planned["verified"], done["verified"]) == (True, False, True)
    for key in ("source", "output", "changed"):
        assert [each[key] for each in planned["files"]] == [each[key] for each in done["files"]]
    assert planned["references"] == done["references"]
    assert done["references"]["before"]["resolved"] == done["references"]["after"]["resolved"] > 0
    assert len(planned["plan"]) == len(done["plan"])


def test_identical_and_unsound_files_are_named_as_skipped(make_source: SourceFolders, tmp_path: Path) -> None:
    images = ct_series(3)
    source = make_source([*images, images[0]], names=["1.dcm", "2.dcm", "3.dcm", "again.dcm"])
    cut = source / "2.dcm"
    cut.write_bytes(cut.read_bytes()[:-20])
    make_source.watch(source)
    told = json.loads(regenerate(source, tmp_path / "out", "--as", "copy", "--format", "json"))
    assert [each["source"] for each in told["files"]] == ["1.dcm", "3.dcm"]
    assert {each["file"]: each["reason"] for each in told["skipped"]} == {
        "2.dcm": "truncated",
        "again.dcm": "identical",
    }


def test_two_folders_with_the_same_names_overwrite_nothing(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    first, second = make_source(ct_series(2), folder="a/x"), make_source(rt_set(2).images, folder="b/x")
    result = run_cli(
        "regenerate",
        str(first),
        str(second),
        "--out",
        str(tmp_path / "out"),
        "--as",
        "copy",
        "--format",
        "json",
    )
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    outputs = [each["output"] for each in told["files"]]
    assert len(set(outputs)) == len(outputs) == 4 - len(told["skipped"])


def test_a_signature_that_would_be_false_is_removed(make_source: SourceFolders, tmp_path: Path) -> None:
    source = make_source([signed(ct_series(1)[0])])
    told = regenerate(source, tmp_path / "out", "--as", "copy")
    assert "signature" in told.lower()
    written = dcmread(tmp_path / "out" / "0001.dcm")
    assert "DigitalSignaturesSequence" not in written
    assert "MACParametersSequence" not in written


def test_a_reference_that_could_mean_two_objects_is_asked_about(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    rt = rt_set(2)
    other = rt_set(2).images[0]
    other.PixelData = bytes(len(other.PixelData))
    source = make_source([*rt.all, other])
    selected = f"file={source / '0006.dcm'}"
    options = ("--as", "instances", "--select", selected, "--with-referrers")
    said = regenerate(source, tmp_path / "out", *options, status=4)
    uid = rt.images[0].SOPInstanceUID
    assert uid in said
    assert not (tmp_path / "out").exists()
    regenerate(source, tmp_path / "new", *options, "--decide", f"{uid}=0006.dcm")
    regenerate(source, tmp_path / "old", *options, "--decide", f"{uid}=0001.dcm")
    new = dcmread(tmp_path / "new" / "0006.dcm").SOPInstanceUID
    assert {uid in file.after.values() for file in written_files(tmp_path / "new", source)} == {False}
    naming = [file for file in written_files(tmp_path / "old", source) if uid in file.after.values()]
    assert naming
    assert new != uid


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (("--as", "nothing"), 2),
        (("--as", "copy", "--select", "series=1.2.3.4.5"), 2),
        (("--as", "copy", "--select", "colour=red"), 2),
        (("--as", "copy", "--scheme", "root-uuid", "--root", "1.2.840.10008.5"), 2),
        (("--as", "copy", "--series-description", "x"), 2),
    ],
)
def test_wrong_words_are_one_sentence(
    treatment: Path, tmp_path: Path, options: tuple[str, ...], status: int
) -> None:
    regenerate(treatment, tmp_path / "out", *options, status=status)
    assert not (tmp_path / "out").exists()


def test_a_target_that_is_there_or_lies_in_a_source_is_refused(treatment: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "door").symlink_to(treatment)
    for target in (tmp_path / "there", treatment / "out", tmp_path / "door" / "out", tmp_path / "no" / "out"):
        said = regenerate(treatment, target, "--as", "copy", status=3)
        assert said.count("\n") == 1


def test_a_killed_export_leaves_no_final_name(make_source: SourceFolders, tmp_path: Path) -> None:
    source = make_source(ct_series(400))
    target = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "uidscope",
        "regenerate",
        str(source),
        "--out",
        str(target),
        "--as",
        "copy",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    staging = Path(f"{target}.incomplete")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if staging.exists() and sum(len(names) for _, _, names in os.walk(staging)) > 20:
            break
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert staging.exists(), "killed too late to show anything"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.incomplete", "source"]
    said = regenerate(source, target, "--as", "copy", status=3)
    assert "out.incomplete" in said
