"""Objects filed to the wrong study, moved into the right one end to end, and judged by pydicom alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset

from tests.builders import Study, ct_series, rt_set
from tests.cli.running import run_cli
from tests.judges import dcentvfy, dciodvfy, kinds
from tests.rewritten import broken_references, changed_references, crosswalk, written_files
from tests.watch import SourceFolders

WRONG = Study(1)
RIGHT = Study(
    2,
    patient_id="TEST-0002",
    patient_name="TEST^BETA",
    birth_date="19801231",
    sex="F",
    date="20240203",
    time="131415",
    description="The right study",
)


def regenerate(source: Path, target: Path, *options: str) -> Any:
    result = run_cli("regenerate", str(source), "--out", str(target), "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def moved(source: Path, target: Path, *options: str) -> list[Dataset]:
    told = regenerate(source, target, "--as", "move", *options)
    return [dcmread(target / file["output"]) for file in told["files"]]


def top_level_texts(dataset: Dataset) -> set[str]:
    """Every text at the top level, but for what says what it was before."""
    return {str(element.value) for element in dataset if element.VR not in ("SQ", "OW", "OB", "UI")}


@pytest.fixture
def misfiled(make_source: SourceFolders) -> Path:
    """A CT with its radiotherapy objects under the wrong patient, and a CT of the right one."""
    wrong = rt_set(3, study=WRONG).all
    for dataset in wrong:
        dataset.IssuerOfPatientID = "WRONG HOSPITAL"
        dataset.PatientComments = "words about the wrong patient"
    right = ct_series(2, study=RIGHT, series_number=4)
    names = [*(f"wrong/{n}.dcm" for n in range(len(wrong))), "right/0.dcm", "right/1.dcm"]
    return make_source([*wrong, *right], names=names)


def test_the_misfiled_study_goes_into_the_right_one(misfiled: Path, tmp_path: Path) -> None:
    target = tmp_path / "o"
    written = moved(misfiled, target, "--select", f"study={WRONG.uid()}", "--into-study", RIGHT.uid())
    originals = [dcmread(file.source) for file in written_files(target, misfiled)]
    right = dcmread(misfiled / "right" / "0.dcm")
    assert len(written) == len(originals) == 6
    for before, after in zip(originals, written, strict=True):
        for keyword in ("PatientID", "PatientName", "PatientBirthDate", "PatientSex", "StudyInstanceUID"):
            assert after[keyword].value == right[keyword].value
        for keyword in ("StudyDate", "StudyTime", "StudyID", "AccessionNumber", "StudyDescription"):
            assert after[keyword].value == right[keyword].value
        gone = {WRONG.patient_id, WRONG.patient_name, "WRONG HOSPITAL", WRONG.accession}
        assert gone.isdisjoint(top_level_texts(after))
        assert "PatientComments" not in after
        assert "IssuerOfPatientID" not in after
        assert after.file_meta.MediaStorageSOPInstanceUID == after.SOPInstanceUID != before.SOPInstanceUID
        assert after.get("PixelData") == before.get("PixelData")
        assert after.get("FrameOfReferenceUID") == before.get("FrameOfReferenceUID")
    series = {dataset.SeriesInstanceUID: int(dataset.SeriesNumber) for dataset in written}
    assert len(series) == len({dataset.SeriesInstanceUID for dataset in originals})
    assert sorted(series.values()) == list(range(5, 5 + len(series)))


def test_references_follow_and_the_old_uids_are_listed(misfiled: Path, tmp_path: Path) -> None:
    target = tmp_path / "o"
    moved(misfiled, target, "--select", f"study={WRONG.uid()}", "--into-study", RIGHT.uid())
    files = written_files(target, misfiled)
    assert broken_references(files) == []
    assert changed_references(files) == []
    old = Path(f"{target}.old-uids.txt").read_text("ascii").split()
    assert sorted(old) == sorted(file.before["SOPInstanceUID"] for file in files)
    rows = {row["old_uid"]: row for row in crosswalk(target)}
    assert rows[WRONG.uid()]["new_uid"] == RIGHT.uid()
    assert rows[WRONG.uid()]["reason"] == "taken-over"


def test_the_former_patient_stands_in_the_original_attributes(misfiled: Path, tmp_path: Path) -> None:
    options = ("--select", f"study={WRONG.uid()}", "--into-study", RIGHT.uid())
    for dataset in moved(misfiled, tmp_path / "o", *options):
        former = dataset.OriginalAttributesSequence[-1].ModifiedAttributesSequence[0]
        assert (former.PatientID, former.PatientName) == (WRONG.patient_id, WRONG.patient_name)
        assert former.StudyInstanceUID == WRONG.uid()
        assert dataset.OriginalAttributesSequence[-1].ReasonForTheAttributeModification == "CORRECT"


def test_a_part_goes_into_a_series_and_its_referrers_follow(misfiled: Path, tmp_path: Path) -> None:
    target = tmp_path / "o"
    chosen = ("--select", f"series={WRONG.uid(2)}", "--into-series", RIGHT.uid(4), "--with-referrers")
    written = moved(misfiled, target, *chosen)
    images = [dataset for dataset in written if dataset.Modality == "CT"]
    assert {dataset.SeriesInstanceUID for dataset in images} == {RIGHT.uid(4)}
    assert {dataset.SeriesNumber for dataset in images} == {4}
    files = written_files(target, misfiled)
    assert broken_references(files) == []
    (structure_set,) = (dataset for dataset in written if dataset.Modality == "RTSTRUCT")
    assert structure_set.PatientID == WRONG.patient_id
    study = structure_set.ReferencedFrameOfReferenceSequence[0].RTReferencedStudySequence[0]
    assert study.ReferencedSOPInstanceUID == RIGHT.uid()
    assert study.RTReferencedSeriesSequence[0].SeriesInstanceUID == RIGHT.uid(4)


def test_other_judges_find_nothing_new(misfiled: Path, tmp_path: Path) -> None:
    target = tmp_path / "o"
    moved(misfiled, target, "--select", f"study={WRONG.uid()}", "--into-study", RIGHT.uid())
    for file in written_files(target, misfiled):
        before, after = dciodvfy(file.source), dciodvfy(file.output)
        assert kinds(after.errors) - kinds(before.errors) == frozenset()
    together = [*(target / "wrong").iterdir(), *(misfiled / "right").iterdir()]
    apart = dcentvfy((misfiled / "wrong").iterdir(), tmp_path)
    assert kinds(dcentvfy(together, tmp_path).errors) - kinds(apart.errors) == frozenset()


def test_other_judges_see_one_series_where_objects_joined_it(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    wrong, right = ct_series(3, study=WRONG), ct_series(2, study=RIGHT, series_number=4)
    for image in wrong:
        image.SeriesDate, image.ProtocolName, image.OperatorsName = "20240102", "Chest", "TEST^OPERATOR"
    for image in right:
        image.SeriesDate, image.SeriesTime = "20240203", "131500"
    names = [*(f"wrong/{n}.dcm" for n in range(3)), "right/0.dcm", "right/1.dcm"]
    source, target = make_source([*wrong, *right], names=names), tmp_path / "o"
    moved(source, target, "--select", f"study={WRONG.uid()}", "--into-series", RIGHT.uid(4))
    together = [*(target / "wrong").iterdir(), *(source / "right").iterdir()]
    assert dcentvfy(together, tmp_path).errors == ()
    for file in written_files(target, source):
        assert kinds(dciodvfy(file.output).errors) <= kinds(dciodvfy(file.source).errors)


def test_what_was_moved_is_found_without_fault_beside_the_target(misfiled: Path, tmp_path: Path) -> None:
    target = tmp_path / "o"
    moved(misfiled, target, "--select", f"study={WRONG.uid()}", "--into-study", RIGHT.uid())
    told = run_cli("inspect", str(target), str(misfiled / "right"), "--format", "json", "--fail-on", "never")
    found = json.loads(told.stdout)
    assert (found["counts"]["patients"], found["counts"]["studies"]) == (1, 1)
    assert [each["rule"] for each in found["findings"] if each["severity"] == "error"] == []


def test_the_next_delivery_goes_to_the_same_place(misfiled: Path, tmp_path: Path) -> None:
    options = ("--select", f"study={WRONG.uid()}", "--into-study", RIGHT.uid())
    first = moved(misfiled, tmp_path / "o", *options)
    again = moved(misfiled, tmp_path / "p", *options, "--map", f"{tmp_path / 'o'}.crosswalk.csv")
    assert [each.SOPInstanceUID for each in first] == [each.SOPInstanceUID for each in again]
    assert [each.SeriesInstanceUID for each in first] == [each.SeriesInstanceUID for each in again]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--as", "move"), "needs the loaded study or series"),
        (("--as", "move", "--into-study", "1.2.3", "--into-series", "1.2.4"), "not both"),
        (("--as", "copy", "--into-study", RIGHT.uid()), "goes with “move” only"),
        (("--as", "move", "--into-study", "1.2.3"), "No loaded study has the UID 1.2.3"),
        (("--as", "move", "--into-series", "1.2.3"), "No loaded series has the UID 1.2.3"),
        (("--as", "move", "--into-series", RIGHT.uid(4), "--empty", "accession"), "“copy” only"),
    ],
)
def test_words_that_are_off_end_in_a_sentence(
    misfiled: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    chosen = ("--select", f"study={WRONG.uid()}", *options)
    result = run_cli("regenerate", str(misfiled), "--out", str(tmp_path / "o"), *chosen)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "o").exists()


def test_a_target_whose_objects_disagree_asks_for_a_decision(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    right = ct_series(2, study=RIGHT)
    right[1].PatientID = "TEST-0009"
    folder = make_source([*ct_series(1, study=WRONG), *right])
    options = ("--as", "move", "--select", f"study={WRONG.uid()}", "--into-study", RIGHT.uid())
    result = run_cli("regenerate", str(folder), "--out", str(tmp_path / "o"), *options)
    assert result.exit_code == 4
    assert "do not agree on PatientID" in result.stderr


def test_a_copy_loses_the_accession_number_where_asked(make_source: SourceFolders, tmp_path: Path) -> None:
    folder = make_source(ct_series(2))
    told = regenerate(folder, tmp_path / "o", "--as", "copy", "--empty", "accession", "--empty", "study-id")
    for file in told["files"]:
        written = dcmread(tmp_path / "o" / file["output"])
        assert written["AccessionNumber"].value == written["StudyID"].value == ""
