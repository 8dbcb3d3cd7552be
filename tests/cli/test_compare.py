"""``uidscope compare`` as a user's shell or script sees it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from tests.builders import ct_series, encoded, rt_set
from tests.cli.running import run_cli, run_program
from tests.watch import SourceFolders


def files(number: int = 3, **form: object) -> dict[str, bytes]:
    return {f"{place}.dcm": encoded(image, **form) for place, image in enumerate(ct_series(number))}  # type: ignore[arg-type]


def test_a_migration_is_checked(make_source: SourceFolders) -> None:
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
