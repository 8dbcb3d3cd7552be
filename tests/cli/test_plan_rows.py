"""Rows of the plan on the command line: UIDs kept, UIDs given by hand, a frame of reference for a part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pydicom
import pytest

from tests.builders import Study, ct_series, pt_series, rt_set
from tests.cli.running import run_cli
from tests.watch import SourceFolders

ONE = Study(1)
SOUND = "2.25.329800735698586629295641978511506172918"


def regenerated(source: Path, target: Path, *options: str) -> dict[str, Any]:
    result = run_cli("regenerate", str(source), "--out", str(target), "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def written(target: Path) -> dict[str, pydicom.Dataset]:
    return {path.name: pydicom.dcmread(path) for path in target.rglob("*.dcm")}


def test_kept_and_typed_uids_are_followed_and_verified(make_source: SourceFolders, tmp_path: Path) -> None:
    rt = rt_set(study=ONE)
    kept, typed = rt.images[0].SOPInstanceUID, rt.structure_set.SOPInstanceUID
    source = make_source(rt.all, names=[f"{number}.dcm" for number in range(6)])
    options = ("--as", "copy", "--keep", kept, "--set", f"{typed}={SOUND}")
    told = regenerated(source, tmp_path / "o", *options)
    assert told["verified"] is True
    assert told["references"]["after"] == told["references"]["before"]
    files = written(tmp_path / "o")
    assert files["0.dcm"].SOPInstanceUID == kept
    assert files["0.dcm"].StudyInstanceUID != ONE.uid()
    assert files["3.dcm"].SOPInstanceUID == SOUND
    assert files["4.dcm"].ReferencedStructureSetSequence[0].ReferencedSOPInstanceUID == SOUND
    changed = {each["source"]: each["changed"] for each in told["files"]}
    assert changed["0.dcm"] == "changed-same-uid"
    olds = {row["old"]: row["new"] for row in told["plan"] if row["kind"] == "new-uid"}
    assert kept not in olds
    assert olds[typed] == SOUND
    assert kept not in (tmp_path / "o.crosswalk.csv").read_text()


def test_a_series_kept_in_a_new_study(make_source: SourceFolders, tmp_path: Path) -> None:
    source = make_source(rt_set(study=ONE).all)
    told = regenerated(source, tmp_path / "o", "--as", "copy", "--keep", ONE.uid(2))
    assert told["verified"] is True
    series = {(file.Modality, str(file.SeriesInstanceUID)) for file in written(tmp_path / "o").values()}
    assert ("CT", ONE.uid(2)) in series


def test_what_may_not_be_typed_is_a_conflict_in_one_sentence(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    source = make_source(ct_series(2, study=ONE))
    for typed, word in [
        ("1.2.03", "UID-S04"),
        (ct_series(2, study=ONE)[1].SOPInstanceUID, "loaded already"),
        ("1.2.840.10008.1.2", "registered"),
    ]:
        command = ("regenerate", str(source), "--out", str(tmp_path / "o"), "--as", "copy")
        result = run_cli(*command, "--set", f"{ONE.uid()}={typed}")
        assert result.exit_code == 4
        assert word in result.stderr
        assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--keep", "1.2.3.9"),
        ("--set", "1.2.3.9=2.25.1"),
        ("--set", "nonsense"),
        ("--keep", ONE.uid(), "--set", f"{ONE.uid()}={SOUND}"),
    ],
)
def test_rows_that_there_are_not_are_words_that_are_off(
    make_source: SourceFolders, tmp_path: Path, options: tuple[str, ...]
) -> None:
    source = make_source(ct_series(1, study=ONE))
    result = run_cli("regenerate", str(source), "--out", str(tmp_path / "o"), "--as", "copy", *options)
    assert result.exit_code == 2


def test_a_done_before_row_may_be_kept(make_source: SourceFolders, tmp_path: Path) -> None:
    """A repeatable scheme refuses what is loaded already; without that row it goes on."""
    key = tmp_path / "key"
    key.write_bytes(b"k" * 32)
    key.chmod(0o600)
    source = make_source(ct_series(2, study=ONE), names=["a.dcm", "b.dcm"])
    regenerated(source, tmp_path / "first", "--as", "copy", "--key", str(key), "--select", "file=a.dcm")
    both = (str(source), str(tmp_path / "first"))
    command = ("regenerate", *both, "--as", "instances", "--key", str(key))
    selected = ("--select", f"file={source / 'a.dcm'}", "--select", f"file={source / 'b.dcm'}")
    assert run_cli(*command, *selected, "--out", str(tmp_path / "o")).exit_code == 2
    old = ct_series(2, study=ONE)[0].SOPInstanceUID
    result = run_cli(*command, *selected, "--out", str(tmp_path / "o"), "--keep", old)
    assert result.exit_code == 0, result.stderr


def test_a_part_gets_its_own_frame_of_reference(make_source: SourceFolders, tmp_path: Path) -> None:
    source = make_source([*ct_series(2, study=ONE), *pt_series(2, study=ONE)])
    frame = ONE.frame_of_reference_uid()
    options = ("--as", "derived-series", "--select", f"series={ONE.uid(2)}", "--new-frame-of-reference")
    told = regenerated(source, tmp_path / "o", *options)
    assert told["verified"] is True
    (new,) = {str(file.FrameOfReferenceUID) for file in written(tmp_path / "o").values()}
    assert new != frame
    (row,) = [row for row in told["plan"] if row["old"] == frame]
    assert (row["new"], row["scope"]) == (new, "occurrences")


def test_a_frame_of_its_own_is_not_for_every_intention(make_source: SourceFolders, tmp_path: Path) -> None:
    source = make_source(ct_series(1, study=ONE))
    command = ("regenerate", str(source), "--out", str(tmp_path / "o"), "--as", "instances")
    assert run_cli(*command, "--new-frame-of-reference").exit_code == 2
