"""The fetch list as a spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.core.judge.scene import ROOT, SERIES, STUDY, an_object, instance, loaded, reference
from uidscope.core.catalog.store import Catalog
from uidscope.core.report.fetch_list import COLUMNS, fetch_list_csv, save_fetch_list

LISTED = "ReferencedSeriesSequence[].ReferencedInstanceSequence[].ReferencedSOPInstanceUID"


def rows(catalog: Catalog) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(fetch_list_csv(catalog)))))


def test_a_row_holds_the_keys_and_where_they_were_found() -> None:
    named = reference(instance(7), LISTED, series_uid=SERIES)
    with loaded(
        [an_object("folder/a.dcm", instance(1), references=[named], SeriesInstanceUID=f"{ROOT}.5")]
    ) as catalog:
        (row,) = rows(catalog)
    assert row == {
        "patient_id": "ALPHA-1",
        "issuer_of_patient_id": "",
        "study_instance_uid": STUDY,
        "series_instance_uid": SERIES,
        "sop_instance_uid": instance(7),
        "sop_class_uid": "1.2.840.10008.5.1.4.1.1.2",
        "sop_class": "CT Image Storage",
        "patient_id_from": "the object that names the instance",
        "study_from": "the object's list of references",
        "series_from": "the object's list of references",
        "named_by": "folder/a.dcm",
        "named_by_files": "1",
    }


def test_where_nothing_is_missing_there_is_a_heading_alone() -> None:
    with loaded([an_object("a", instance(1))]) as catalog:
        assert "".join(fetch_list_csv(catalog)) == ",".join(COLUMNS) + "\r\n"


def test_text_from_files_is_no_formula() -> None:
    records = [an_object("@a", instance(1), references=[reference(instance(7))], PatientID="=cmd()")]
    with loaded(records) as catalog:
        (row,) = rows(catalog)
    assert (row["patient_id"], row["named_by"]) == ("'=cmd()", "'@a")


def test_it_is_saved_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "missing.csv"
    with loaded([an_object("folder/a.dcm", instance(1), references=[reference(instance(7))])]) as catalog:
        assert save_fetch_list(catalog, str(path)) == 1
        assert path.read_text("utf-8") == "".join(fetch_list_csv(catalog)).replace("\r\n", "\n")


def test_where_names_are_masked_patients_and_files_have_numbers(tmp_path: Path) -> None:
    path = tmp_path / "missing.csv"
    with loaded([an_object("folder/a.dcm", instance(1), references=[reference(instance(7))])]) as catalog:
        save_fetch_list(catalog, str(path), mask_names=True)
    (row,) = csv.DictReader(io.StringIO(path.read_text("utf-8")))
    assert (row["patient_id"], row["named_by"]) == ("patient-001", "folder-001/file-000001")
    assert row["sop_instance_uid"] == instance(7)


def test_where_nothing_is_missing_no_file_is_written(tmp_path: Path) -> None:
    with loaded([an_object("a", instance(1))]) as catalog:
        assert save_fetch_list(catalog, str(tmp_path / "missing.csv")) == 0
    assert list(tmp_path.iterdir()) == []
