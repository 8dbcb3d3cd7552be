"""One intention for all findings of a rule, and what a plan tells of places and links that it keeps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import Study, ct_series, mip_in_source_series
from tests.core.plan.carried_out import derive, loaded, numbered, selecting, write_files
from tests.core.plan.test_offers import checked, taken, written
from uidscope.core.catalog.findings import findings
from uidscope.core.plan.copy_choices import emptying
from uidscope.core.plan.selection import select, series_of_patient
from uidscope.core.plan.told.file_preview import file_of_entry
from uidscope.core.plan.told.offers import intentions_for_rule, is_offered_for_all, offered_intentions


def test_derived_images_of_several_series_are_offered_one_intention(tmp_path: Path) -> None:
    files = []
    for study in (Study(1), Study(2)):
        images = ct_series(2, study=study)
        files += [*images, mip_in_source_series(images)]
    with checked(tmp_path, numbered(files)) as catalog:
        (offer,) = intentions_for_rule(catalog, findings(catalog, rule="ENT-18"))
        assert offer.kind == "derived-series"
        assert written(catalog, taken(offer)) == {"3.dcm", "6.dcm"}
        assert is_offered_for_all("ENT-18")
        assert intentions_for_rule(catalog, []) == ()


@pytest.mark.parametrize("rule", ["ENT-01", "ENT-05", "ENT-06", "ENT-07"])
def test_of_duplicates_of_any_kind_some_are_chosen_alone_or_among_all(tmp_path: Path, rule: str) -> None:
    (image,), (other,) = ct_series(1), ct_series(1)
    other.PixelData = bytes(len(other.PixelData))
    with checked(tmp_path, numbered([image, other])) as catalog:
        (finding,) = findings(catalog, rule="ENT-05")
        offers = offered_intentions(catalog, replace(finding, rule=rule))
        assert [offer.kind for offer in offers] == ["instances", "repair"]
        assert [len(offer.candidates) for offer in offers] == [2, 2]
        assert intentions_for_rule(catalog, [replace(finding, rule=rule)]) == ()


def test_the_series_of_a_patient_mean_the_same_files_without_the_patient_id(tmp_path: Path) -> None:
    one, other = Study(1, patient_id="TEST-1"), Study(2, patient_id="TEST-1")
    files = [
        *ct_series(2, study=one),
        *ct_series(1, study=other),
        *ct_series(1, study=Study(3, patient_id="T2")),
    ]
    with loaded(write_files(tmp_path / "s", numbered(files))) as catalog:
        selectors = series_of_patient(catalog, "TEST-1")
        assert {selector.kind for selector in selectors}.isdisjoint({"patient"})
        assert len(select(catalog, selectors)) == 3
        assert [selector.kind for selector in series_of_patient(catalog, "nobody")] == ["patient"]


@pytest.mark.parametrize("missing", ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"])
def test_an_entry_for_what_had_no_uid_leads_to_its_file(tmp_path: Path, missing: str) -> None:
    image, _ = files = ct_series(2)
    setattr(image, missing, "")
    with loaded(write_files(tmp_path / "s", numbered(files))) as catalog:
        uid_map = derive(catalog, selecting("copy"))
        entries = [entry for entry in uid_map.entries() if not entry.old]
        assert entries
        for entry in entries:
            assert file_of_entry(catalog, uid_map, entry) is not None


@pytest.mark.parametrize(
    ("question", "code"), [("performed-step", "performed-step-kept"), ("request", "request-kept")]
)
def test_a_copy_says_which_links_it_keeps_and_not_those_it_empties(
    tmp_path: Path, question: str, code: str
) -> None:
    (image,) = ct_series(1)
    step, request = Dataset(), Dataset()
    step.ReferencedSOPClassUID, step.ReferencedSOPInstanceUID = "1.2.840.10008.3.1.2.3.3", "1.2.3.4.5"
    request.RequestedProcedureID = "R1"
    request.ReferencedStudySequence = [step]
    image.ReferencedPerformedProcedureStepSequence = [step]
    image.RequestAttributesSequence = [request]
    with loaded(write_files(tmp_path / "s", numbered([image]))) as catalog:
        kept = derive(catalog, selecting("copy"))
        emptied = derive(catalog, selecting("copy", choices=emptying([question])))
    assert code in [note.code for note in kept.notes]
    assert code not in [note.code for note in emptied.notes]
