"""``uidscope regenerate``: what the files written tell of their past, and old UIDs in texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.dataset import Dataset

from tests.builders import ct_series
from tests.cli.running import run_cli
from tests.watch import SourceFolders


@pytest.fixture
def source(make_source: SourceFolders) -> Path:
    (image,) = ct_series(1)
    image.ImageComments = f"is {image.SOPInstanceUID}"
    return make_source([image])


def regenerated(source: Path, target: Path, *options: str) -> Dataset:
    result = run_cli("regenerate", str(source), "--out", str(target), *options)
    assert result.exit_code == 0, result.output
    return dcmread(target / "0001.dcm")


def test_the_options_are_those_of_the_files(source: Path, tmp_path: Path) -> None:
    told = regenerated(
        source,
        tmp_path / "told",
        *("--as", "derived-series", "--source-reference"),
        *("--modifying-system", "TEST ARCHIVE", "--previous-values-from", "TEST CLINIC"),
    )
    (item,) = told.OriginalAttributesSequence
    assert (item.ModifyingSystem, item.SourceOfPreviousValues) == ("TEST ARCHIVE", "TEST CLINIC")
    assert "ContributingEquipmentSequence" not in told
    assert told.SourceImageSequence[0].ReferencedSOPInstanceUID != told.SOPInstanceUID
    options = ("--as", "instances", "--no-original-attributes", "--contributing-equipment")
    silent = regenerated(source, tmp_path / "silent", *options)
    assert "OriginalAttributesSequence" not in silent
    assert silent.ContributingEquipmentSequence[0].Manufacturer == "UIDscope"


def test_pseudonyms_with_their_originals_are_refused(source: Path, tmp_path: Path) -> None:
    options = ("--as", "pseudonymous", "--original-attributes")
    result = run_cli("regenerate", str(source), "--out", str(tmp_path / "out"), *options)
    assert result.exit_code == 2
    assert "original attributes" in result.stderr
    assert not (tmp_path / "out").exists()


def test_leftovers_are_replaced_on_request(source: Path, tmp_path: Path) -> None:
    """Job 12."""
    kept = regenerated(source, tmp_path / "kept", "--as", "copy")
    old = dcmread(source / "0001.dcm").SOPInstanceUID
    assert kept.ImageComments == f"is {old}"
    replaced = regenerated(source, tmp_path / "replaced", "--as", "copy", "--replace-leftovers")
    assert replaced.ImageComments == f"is {replaced.SOPInstanceUID}"
