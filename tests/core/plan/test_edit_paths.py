"""Every edit says where it is: its path, with item numbers, is that of the element it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import ct_series, rt_set, sr
from tests.core.plan.carried_out import carried_out, numbered, selecting, write_files
from uidscope.core.plan.edits.edit import Remove, SetValue
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.structure import parse_structure, walk_elements


@pytest.mark.parametrize("kind", ["instances", "copy", "pseudonymous"])
def test_the_path_of_an_edit_leads_to_its_element(tmp_path: Path, kind: str) -> None:
    rt = rt_set(3)
    files = numbered([*rt.all, sr(rt.images)])
    source = write_files(tmp_path / "files", files)
    outcome = carried_out(files, tmp_path, selecting(kind))
    nested = 0
    for name, edits in outcome.edits.items():
        with open_window(str(source / name)) as window:
            structure = parse_structure(window)
            places = {element.header_start: path for path, element, _ in walk_elements(structure.dataset)}
            if structure.meta is not None:
                meta = walk_elements(structure.meta, "meta.")
                places |= {element.header_start: path for path, element, _ in meta}
        for edit in edits:
            if isinstance(edit, SetValue | Remove):
                assert edit.path == places[edit.element.header_start]
                nested += "[2]" in edit.path
    assert nested


@pytest.mark.parametrize(("named", "is_kept"), [(1, False), (2, True)])
def test_a_signature_beside_a_reference_goes_where_the_object_it_is_of_is_renamed(
    tmp_path: Path, named: int, is_kept: bool
) -> None:
    images = ct_series(3)
    signature = Dataset()
    signature.DigitalSignatureUID = "1.2.826.0.1.3680043.77.5"
    reference = Dataset()
    reference.ReferencedSOPClassUID = images[named].SOPClassUID
    reference.ReferencedSOPInstanceUID = images[named].SOPInstanceUID
    reference.ReferencedDigitalSignatureSequence = [signature]
    images[0].ReferencedImageSequence = [reference]
    files = numbered(images)
    chosen = [("instance", image.SOPInstanceUID) for image in images[:2]]
    outcome = carried_out(files, tmp_path, selecting("instances", *chosen))
    (written,) = outcome.dataset("1.dcm").ReferencedImageSequence
    assert ("ReferencedDigitalSignatureSequence" in written) == is_kept


def test_what_a_new_object_and_a_new_series_say_has_its_reason(tmp_path: Path) -> None:
    intention = selecting("derived-series", series_description="Derived")
    outcome = carried_out(numbered(ct_series(1)), tmp_path, intention)
    reasons = {edit.path: edit.reason for edit in outcome.edits["1.dcm"]}
    assert reasons["InstanceCreationDate"] == reasons["InstanceCreationTime"] == "created"
    assert reasons["SeriesNumber"] == reasons["SeriesDescription"] == "new-series"
    assert reasons["SOPInstanceUID"] == reasons["SeriesInstanceUID"] == "new-uid"
    assert reasons["meta.MediaStorageSOPInstanceUID"] == "meta-follows"
