"""What the window calls things while names are masked: patients, files, values, sentences with paths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.canary import CANARY, STUDY, canary_source
from tests.watch import SourceFolders
from uidscope.core.catalog.findings import findings
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, PatientRow, children
from uidscope.core.flow import check, load
from uidscope.core.plan.told.notes import PlanNote, sentence
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.finding_text import finding_text
from uidscope.core.report.screen_names import SCREEN_AS_IN_FILES, MaskedScreenNames
from uidscope.core.report.shown_names import shown_names


@pytest.fixture
def source(make_source: SourceFolders) -> Path:
    return canary_source(make_source)


@pytest.fixture
def catalog(source: Path) -> Iterator[Catalog]:
    with Catalog.create() as made:
        load(made, resolve_sources([str(source)]), ScanOptions(1))
        check(made)
        yield made


def test_patients_have_the_numbers_of_a_masked_report(catalog: Catalog) -> None:
    screen, report = MaskedScreenNames(catalog), shown_names(catalog, masked=True)
    for row in children(catalog, ROOT):
        assert isinstance(row, PatientRow)
        shown, told = screen.row(row), report.patient(row)
        assert isinstance(shown, PatientRow)
        assert (shown.name, shown.patient_id) == (told.name, told.patient_id)


def test_no_finding_names_the_patient(catalog: Catalog) -> None:
    names = MaskedScreenNames(catalog)
    every = findings(catalog)
    assert len(every) > 8
    assert [kept for kept in every if CANARY.search(finding_text(catalog, kept))]
    assert [text for kept in every if CANARY.search(text := finding_text(catalog, kept, names))] == []


def test_a_file_has_one_name_of_its_own(catalog: Catalog) -> None:
    names = MaskedScreenNames(catalog)
    one, other = names.file("CANARY/1.dcm"), names.file("CANARY/2.dcm")
    assert one != other
    assert one == MaskedScreenNames(None).file("CANARY/1.dcm")
    assert not CANARY.search(one + other)
    assert names.file("") == ""


@pytest.mark.parametrize("said", ["{} cannot be read: no such file.", "{} is no DICOM file.", "Look at {}."])
def test_a_path_in_a_sentence_is_masked(catalog: Catalog, source: Path, said: str) -> None:
    told = MaskedScreenNames(catalog).text(said.format(source / "CANARY^MAIDEN" / "canary notes.txt"))
    assert not CANARY.search(told)
    assert "file-" in told


def test_values_that_may_name_somebody_are_left_out(catalog: Catalog) -> None:
    names = MaskedScreenNames(catalog)
    assert names.value(0x0010_0010, "PN", STUDY.patient_name) == "patient-001"
    assert names.value(0x0010_0020, "LO", STUDY.patient_id) == "patient-001"
    assert names.value(0x0010_0030, "DA", STUDY.birth_date) == "(masked)"
    assert names.value(0x0008_1030, "LO", "Canary head") == "(masked)"
    assert names.value(0x0008_0060, "CS", "CT") == "CT"
    assert names.value(0x0008_0018, "UI", "1.2.3") == "1.2.3"
    assert names.value(0x0009_1001, "UI", "1.2.3") == "(masked)", "private"
    assert names.value(0x0010_0010, "PN", "") == ""
    assert names.value_at("OtherPatientIDsSequence[1].PatientID", "CANARY-2") == "(masked)"
    assert names.value_at("ReferencedSeriesSequence[2].SeriesInstanceUID", "1.2.3") == "1.2.3"
    assert names.value_at("00291101", "CANARY") == "(masked)"


def test_a_note_names_its_file_by_its_mask(catalog: Catalog) -> None:
    note = PlanNote("split-study-reference", {"uid": "1.2.3", "file": "CANARY^YELLOW/1.dcm"})
    assert "CANARY" in sentence(SCREEN_AS_IN_FILES.note(note))
    assert not CANARY.search(sentence(MaskedScreenNames(catalog).note(note)))
