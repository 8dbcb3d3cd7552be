"""What the places of the tree are called."""

import pytest
from PySide6.QtWidgets import QApplication

from uidscope.core.catalog.tree import FileRow, InstanceRow, Node, NodeRow, PatientRow, SeriesRow, StudyRow
from uidscope.qt.tree.entity_names import date_text, entity_icon, entity_name, entity_remark

CT, RTSTRUCT, UNKNOWN = "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.481.3", "1.2.3.4.5"


def patient(name: str, patient_id: str) -> NodeRow:
    return PatientRow(Node("patient", 1), 1, (), name, patient_id, "", "")


def study(description: str, date: str, study_id: str, series: int = 1) -> NodeRow:
    return StudyRow(Node("study", 1), series, (), "1.2", date, description, study_id, "")


def series(modality: str, number: str, description: str, count: int) -> NodeRow:
    return SeriesRow(Node("series", 1), count, (), "1.2", modality, number, description, "")


def instance(class_uid: str, number: str, files: int = 1) -> NodeRow:
    return InstanceRow(Node("instance", 1), files, (), "1.2", class_uid, number, files, "a/b.dcm", 1, 0)


@pytest.mark.parametrize(
    ("row", "name", "remark", "icon"),
    [
        (patient("TEST^ALPHA", "P-1"), "TEST^ALPHA", "P-1", "patient"),
        (patient("", "P-1"), "P-1", "", "patient"),
        (patient("", ""), "Patient without name and ID", "", "patient"),
        (study("CT Thorax", "20260311", "7", 2), "CT Thorax", "2 series", "study"),
        (study("", "20260311", "7"), "Study 2026-03-11", "1 series", "study"),
        (study("", "", "7"), "Study 7", "1 series", "study"),
        (study("", "", ""), "Study", "1 series", "study"),
        (series("CT", "2", "Thorax 1.0", 412), "Thorax 1.0", "412 images", "series"),
        (series("RTSTRUCT", "2", "", 1), "Series 2", "1 object", "series"),
        (series("MR", "", "", 1), "Series", "1 image", "series"),
        (instance(CT, "3"), "Image 3", "", "image"),
        (instance(CT, "3", 2), "Image 3", "2 file copies", "image"),
        (instance(RTSTRUCT, ""), "RT Structure Set", "", "object"),
        (instance(UNKNOWN, "1"), "Image 1", "", "image"),
        (FileRow(Node("file", 1), 0, (), "a/b.dcm", 1, 0), "a/b.dcm", "", "file"),
    ],
)
def test_names(qapp: QApplication, row: NodeRow, name: str, remark: str, icon: str) -> None:
    assert (entity_name(row), entity_remark(row), entity_icon(row)) == (name, remark, icon)


@pytest.mark.parametrize("raw", ["", "2026", "2026-03-11", "20260311x", "yesterday"])
def test_what_is_no_date_stays_as_it_is(raw: str) -> None:
    assert date_text(raw) == raw
