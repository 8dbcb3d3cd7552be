"""A copy beside its sources in an archive by others: every file is new there, at the place the copy says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydicom import dcmread

from tests.builders import write_folder
from tests.builders.clean_sets import clean_sets
from tests.cli.running import run_cli
from tests.corpus import corpus_data
from tests.orthanc import Instance, orthanc
from tests.rewritten import faults_borne

# Six hundred images of one device: they would take most of the time and tell nothing new.
LEFT_OUT = "neurolabusc__dcm_qa_nih"


def made_here(folder: Path) -> list[Path]:
    for name, datasets in clean_sets().items():
        write_folder(datasets, folder / name)
    return [folder]


def of_the_corpus(_: Path) -> list[Path]:
    return [folder for folder in sorted(corpus_data().iterdir()) if folder.name != LEFT_OUT]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "sources", [made_here, pytest.param(of_the_corpus, marks=pytest.mark.corpus)], ids=["made", "corpus"]
)
def test_a_copy_is_new_to_an_archive_that_has_its_sources(
    tmp_path: Path, sources: Callable[[Path], list[Path]]
) -> None:
    folders, target = sources(tmp_path / "source"), tmp_path / "copy"
    ended = run_cli("regenerate", *map(str, folders), "--out", str(target), "--as", "copy")
    assert ended.exit_code == 0, ended.output
    written = json.loads(Path(f"{target}.manifest.json").read_text("utf-8"))["files"]
    outputs = {target / each["output"]: folders[0] / each["source"] for each in written}
    storage = tmp_path / "archive"
    storage.mkdir()
    with orthanc(storage) as archive:
        of_sources = {output: archive.store(file) for output, file in outputs.items()}
        before = archive.tree()
        # A file without the keys of all levels has no place in an archive, copied or not.
        taken = [output for output, answer in of_sources.items() if answer in ("Success", "AlreadyStored")]
        answers = {output: archive.store(output) for output in taken}
        after = archive.tree()
    # Two files that bear one UID bear one in the copy too.
    assert {output: answer for output, answer in answers.items() if answer != of_sources[output]} == {}
    assert after - before == {place_of(output) for output in taken}
    assert before <= after
    assert len(after) == 2 * len(before)
    assert len(taken) > 0.9 * len(outputs)


def place_of(file: Path) -> Instance:
    with faults_borne():
        dataset = dcmread(file, force=True, stop_before_pixels=True)
        keys = ("PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")
        return Instance(*(str(dataset.get(key, "")).strip() for key in keys))
