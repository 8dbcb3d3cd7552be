"""``uidscope compare`` as a user's shell or script sees it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import jsonschema
import pytest

from tests.builders import ct_series, encoded, rt_set
from tests.cli.running import run_cli, run_program
from tests.watch import SourceFolders
from uidscope.core.uid.resource_files import read_text


def files(number: int = 3, **form: object) -> dict[str, bytes]:
    return {f"{place}.dcm": encoded(image, **form) for place, image in enumerate(ct_series(number))}  # type: ignore[arg-type]


def test_job_19_a_migration_is_checked(make_source: SourceFolders) -> None:
    """One object lost, one added, one with an edited header, one with other pixels, the rest in order."""
    before = rt_set(5)
    after = copy.deepcopy(before)
    after.images[1].PatientName = "TEST^BETA"
    after.images[2].PixelData = after.images[2].PixelData[:-2] + b"\1\1"
    extra = ct_series(1, series_number=9)
    first = make_source([*before.images, before.structure_set], folder="old")
    second = make_source(
        [*after.images[1:], after.structure_set, *extra],
        folder="new",
        names=[f"{number}/image" for number in range(6)],
    )
    result = run_cli("compare", str(first), str(second), "--format", "json")
    assert result.exit_code == 1
    whole = json.loads(result.stdout)
    assert {status: number for status, number in whole["counts"].items() if number} == {
        "missing": 1,
        "extra": 1,
        "header-changed": 1,
        "pixels-changed": 1,
        "same": 3,
    }
    found = {each["status"]: each["sop_instance_uid"] for each in whole["instances"]}
    assert found == {
        "missing": before.images[0].SOPInstanceUID,
        "header-changed": before.images[1].SOPInstanceUID,
        "pixels-changed": before.images[2].SOPInstanceUID,
        "extra": extra[0].SOPInstanceUID,
    }


@pytest.mark.parametrize(
    ("second", "statuses"),
    [
        (files(), {"any": 0, "content": 0, "missing": 0, "never": 0}),
        (files(transfer_syntax="explicit-be"), {"any": 1, "content": 0, "missing": 0, "never": 0}),
        (files(4), {"any": 1, "content": 1, "missing": 0, "never": 0}),
        (files(2), {"any": 1, "content": 1, "missing": 1, "never": 0}),
    ],
)
def test_exit_status_says_how_they_differ(
    make_source: SourceFolders, second: dict[str, bytes], statuses: dict[str, int]
) -> None:
    folders = [str(make_source(files=files(), folder="a")), str(make_source(files=second, folder="b"))]
    assert run_cli("compare", *folders).exit_code == statuses["content"]
    found = {name: run_cli("compare", *folders, "--fail-on", name).exit_code for name in statuses}
    assert found == statuses


@pytest.mark.parametrize("format_", ["text", "json", "csv", "html"])
def test_a_result_in_a_file(make_source: SourceFolders, tmp_path: Path, format_: str) -> None:
    folders = [str(make_source(files=files(number), folder=f"{number}")) for number in (3, 2)]
    output = tmp_path / f"result.{format_}"
    result = run_cli("compare", *folders, "--format", format_, "-o", str(output))
    assert (result.exit_code, result.stdout) == (1, "")
    assert ct_series(3)[2].SOPInstanceUID in output.read_text("utf-8")


def test_standard_output_carries_the_result_alone(make_source: SourceFolders) -> None:
    folders = [str(make_source(files=files(), folder=name)) for name in ("a", "b")]
    done = run_program("compare", *folders, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["schema"] == "uidscope/comparison/1"


def test_a_result_is_never_written_into_a_source(make_source: SourceFolders) -> None:
    folders = [make_source(files=files(), folder=name) for name in ("a", "b")]
    for folder in folders:
        result = run_cli("compare", *map(str, folders), "-o", str(folder / "result.txt"))
        assert result.exit_code == 3
        assert "inside a source folder" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "Missing argument"),
        ((".",), 2, "Missing argument"),
        ((".", ".", "--format", "yaml"), 2, "yaml"),
        ((".", "no-such-folder"), 3, "no-such-folder: No such file or directory."),
    ],
)
def test_a_wrong_call_is_one_sentence(arguments: tuple[str, ...], status: int, said: str) -> None:
    result = run_cli("compare", *arguments)
    assert result.exit_code == status
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.corpus
def test_the_corpus_is_the_same_as_itself(corpus: Path) -> None:
    result = run_cli("compare", str(corpus), str(corpus), "--format", "json", "--fail-on", "any")
    assert result.exit_code == 0, result.stdout
    counts = json.loads(result.stdout)["counts"]
    assert counts.pop("same") > 800
    assert not any(counts.values())


@pytest.mark.parametrize("format_", ["text", "json", "csv", "html"])
def test_masked_no_name_of_a_file_folder_or_person_is_left(make_source: SourceFolders, format_: str) -> None:
    first, second = ct_series(4), ct_series(5)
    second[1].PatientName = "TEST^BETA"
    for image in (*first, *second):
        image.StudyDescription = "Follow-up of Test Alpha"
    folders = [
        make_source(
            images,
            names=[f"alpha/{number}" for number in range(len(images))],
            files={"beta/letter to Beta.txt": b"Dear Beta"},
            folder=f"alpha {place}",
        )
        for images, place in ((first[1:], "old"), (second, "new"))
    ]
    call = ("compare", *map(str, folders), "--format", format_)
    plain, masked = run_cli(*call), run_cli(*call, "--mask-names")
    assert masked.exit_code == plain.exit_code == 1
    for word in ("alpha", "beta"):
        assert word in plain.stdout.casefold() or format_ == "csv"
        assert word not in (masked.stdout + masked.stderr).casefold()
    for image in second[:2]:
        assert image.SOPInstanceUID in masked.stdout


def test_masked_all_but_names_is_as_without_masks(make_source: SourceFolders) -> None:
    folders = [str(make_source(ct_series(number), folder=f"alpha-{number}")) for number in (2, 3)]
    plain, masked = (
        json.loads(run_cli("compare", *folders, "--format", "json", *option).stdout)
        for option in ((), ("--mask-names",))
    )
    assert (masked["counts"], masked["same_content"]) == (plain["counts"], plain["same_content"])
    assert masked["first"]["path"] != masked["second"]["path"]
    assert [each["sop_instance_uid"] for each in masked["instances"]] == [
        each["sop_instance_uid"] for each in plain["instances"]
    ]


# Two files


def two_files(tmp_path: Path, **form: object) -> tuple[str, str]:
    """The same image twice, the second with another name of the patient and in the form asked for."""
    first, second = ct_series(1)[0], ct_series(1)[0]
    second.PatientName = "TEST^BETA"
    second.ImageComments = "<b>=1+1"
    paths = tmp_path / "a.dcm", tmp_path / "b.dcm"
    for path, data in zip(paths, (encoded(first), encoded(second, **form)), strict=True):  # type: ignore[arg-type]
        path.write_bytes(data)
    return str(paths[0]), str(paths[1])


def test_two_files_are_shown_element_by_element(tmp_path: Path) -> None:
    result = run_cli("compare", *two_files(tmp_path, transfer_syntax="implicit-le"), "--format", "json")
    assert result.exit_code == 1
    whole = json.loads(result.stdout)
    jsonschema.validate(whole, json.loads(read_text("schemas", "files-1.schema.json")))
    unlike = {each["path"]: each["state"] for each in whole["elements"] if each["state"] != "same"}
    assert unlike.pop("meta.TransferSyntaxUID") == "differs"
    assert unlike == {
        "PatientName": "differs",
        "ImageComments": "only-second",
        **{path: state for path, state in unlike.items() if path.startswith("meta.")},
    }
    assert (whole["pixel_data"], whole["pixel_form"]) == ("equal", "decoded values")
    assert sum(whole["counts"].values()) == len(whole["elements"])


def test_two_files_in_words(tmp_path: Path) -> None:
    text = run_cli("compare", *two_files(tmp_path)).stdout
    assert "PatientName (0010,0010) Patient's Name (patient): differs" in text
    assert "    second: TEST^BETA" in text
    assert "ImageComments (0020,4000) Image Comments (instance): only in the second" in text
    assert "Pixel data: the same by decoded values." in text


@pytest.mark.parametrize(("fail_on", "status"), [("any", 1), ("content", 1), ("missing", 0), ("never", 0)])
def test_two_files_have_an_exit_status(tmp_path: Path, fail_on: str, status: int) -> None:
    first, second = two_files(tmp_path)
    assert run_cli("compare", first, second, "--fail-on", fail_on).exit_code == status
    assert run_cli("compare", first, first, "--fail-on", fail_on).exit_code == 0


def test_two_files_masked_have_no_names(tmp_path: Path) -> None:
    for format_ in ("text", "json"):
        told = run_cli("compare", *two_files(tmp_path), "--mask-names", "--format", format_).stdout
        assert not any(word in told for word in ("ALPHA", "BETA", "a.dcm", "=1+1", str(tmp_path)))
        assert "PatientName" in told


def test_two_files_that_cannot_be_compared_are_one_sentence(tmp_path: Path) -> None:
    first, _ = two_files(tmp_path)
    (tmp_path / "notes.txt").write_text("Dear Sir or Madam")
    result = run_cli("compare", first, str(tmp_path / "notes.txt"))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "notes.txt is no DICOM file." in result.stderr


def test_two_files_in_the_other_formats_are_counted_as_instances(tmp_path: Path) -> None:
    table = run_cli("compare", *two_files(tmp_path), "--format", "csv").stdout
    assert "header-changed" in table
