"""An independent copy of every source of the corpus: no reference lost, nothing else changed, all read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.running import run_cli
from tests.corpus import corpus_folder
from tests.judged_outputs import new_errors_between, new_errors_by_iod, no_dicom_files, unread
from tests.rewritten import (
    Written,
    broken_references,
    changed_references,
    crosswalk,
    other_differences,
    written_files,
)
from uidscope.core.uid.registry import is_registered
from uidscope.core.uid.syntax import is_well_formed

pytestmark = [pytest.mark.corpus, pytest.mark.timeout(600)]

SOURCES = (
    "FNNDSC__data",
    "ImagingDataCommons__highdicom",
    "QIICR__dcmqi",
    "blairconrad__dicognito",
    "cornerstonejs__dicomParser",
    "dcmjs-org__dcmjs",
    "dicompyler__dicompyler-core",
    "marcodebe__dicom-ecg-plot",
    "moloney__dcmstack",
    "neurolabusc__dcm_qa_enh",
    "neurolabusc__dcm_qa_nih",
    "nipy__nibabel",
    "nroduit__weasis-dicom-tools",
    "pydicom__dicom-validator",
    "pydicom__pydicom",
    "pydicom__pynetdicom",
    "pymedphys__pymedphys",
    "qurit__rt-utils",
    "suyashkumar__dicom",
)


@pytest.fixture(scope="module", params=SOURCES)
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    source = corpus_folder() / "data" / request.param
    target = tmp_path_factory.mktemp("copy") / "copy"
    result = run_cli("regenerate", str(source), "--out", str(target), "--as", "copy")
    assert result.exit_code == 0, result.output
    return source, target


@pytest.fixture(scope="module")
def files(copied: tuple[Path, Path]) -> list[Written]:
    return written_files(copied[1], copied[0])


def test_every_reference_that_resolved_resolves_to_the_same_file(files: list[Written]) -> None:
    assert broken_references(files) == []


def test_references_to_the_outside_stay(files: list[Written]) -> None:
    assert changed_references(files) == []


def test_one_new_uid_for_each_old_one_and_none_shared(
    copied: tuple[Path, Path], files: list[Written]
) -> None:
    rows = [
        row
        for row in crosswalk(copied[1])
        if row["kind"] in ("study", "series", "instance", "frame_of_reference")
    ]
    new = [row["new_uid"] for row in rows]
    assert len(set(new)) == len(new)
    assert all(is_well_formed(uid) and not is_registered(uid) for uid in new)
    assert not any(is_registered(row["old_uid"]) for row in rows)
    olds = {value for file in files for value in file.before.values()}
    assert not set(new) & olds


def test_no_old_key_is_left_in_any_ui_value(copied: tuple[Path, Path], files: list[Written]) -> None:
    own = {file.before.get("SOPInstanceUID", "") for file in files}
    replaced = {
        row["old_uid"]
        for row in crosswalk(copied[1])
        if row["scope"] != "occurrences" and row["kind"] != "other"
    }
    assert own - {""} <= replaced | {uid for uid in own if is_registered(uid)}
    # A Study or Series UID that qualifies an object outside the copy stays, with the reference it stands in.
    left = [
        f"{file.name}: {path}"
        for file in files
        for path, uid in file.after.items()
        if uid in replaced and not _qualifies_the_outside(path, file, own)
    ]
    assert left == []


def _qualifies_the_outside(path: str, file: Written, own: set[str]) -> bool:
    """Whether the item of a nested Study or Series UID names objects, and none of the copy's."""
    match = re.search(r"^(.*\[\d+\]\.)(StudyInstanceUID|SeriesInstanceUID|ReferencedSOPInstanceUID)$", path)
    if match is None:
        return False
    named = [
        uid
        for below, uid in file.before.items()
        if below.startswith(match[1]) and below != path and below.endswith("ReferencedSOPInstanceUID")
    ]
    return bool(named) and not set(named) & own


def test_all_else_is_as_it_was(files: list[Written]) -> None:
    assert {file.name: changes for file in files if (changes := other_differences(file))} == {}


def test_other_programs_find_nothing_that_was_not_wrong_before(files: list[Written], tmp_path: Path) -> None:
    outputs = {file.output: file.source for file in files}
    assert no_dicom_files(outputs) == []
    assert unread(outputs) == []
    assert new_errors_by_iod(outputs) == []
    assert new_errors_between(outputs, tmp_path) == []
