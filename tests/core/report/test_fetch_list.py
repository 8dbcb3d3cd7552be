"""The fetch list as a spreadsheet opens it."""

from __future__ import annotations

import csv
import io

from tests.core.judge.scene import ROOT, SERIES, STUDY, an_object, instance, loaded, reference
from uidscope.core.catalog.store import Catalog
from uidscope.core.report.fetch_list import COLUMNS, fetch_list_csv

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
