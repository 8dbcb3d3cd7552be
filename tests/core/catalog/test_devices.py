"""Findings by device: who wrote the files, how many, and from when to when."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.judge.scene import SERIES, STUDY, an_object, instance, loaded
from uidscope.core.catalog.devices import Device, DeviceRule, findings_by_device
from uidscope.core.catalog.finding import Finding, Severity
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.store import Catalog
from uidscope.core.read.record import FileRecord

SCANNER = Device("ACME", "Scan 1", "0001", "1.0")
UPDATED = Device("ACME", "Scan 1", "0001", "2.0")


def made_by(device: Device, number: int, date: str | None, series_date: str | None = None) -> FileRecord:
    return an_object(
        str(number),
        instance(number),
        Manufacturer=device.manufacturer or None,
        ManufacturerModelName=device.model or None,
        DeviceSerialNumber=device.serial or None,
        SoftwareVersions=device.software or None,
        StudyInstanceUID=f"{STUDY}.{number}",
        SeriesInstanceUID=f"{SERIES}.{number}",
        StudyDate=date,
        SeriesDate=series_date,
    )


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    """Occurrences 1 to 3 of the scanner, 4 of the scanner after an update, 5 of nobody."""
    records = [
        made_by(SCANNER, 1, "20240301"),
        made_by(SCANNER, 2, "2024.01.05"),
        made_by(SCANNER, 3, "unknown"),
        made_by(UPDATED, 4, "20240402"),
        made_by(Device(), 5, None, "20230101"),
    ]
    with loaded(records) as made:
        yield made


def make(rule: str, severity: Severity, *occurrences: int) -> Finding:
    return Finding(rule, severity, "instance", "1.2a", "SOPInstanceUID", "SOPInstanceUID", occurrences)


def test_a_device_has_its_rules_files_and_dates(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", "error", 1, 2), make("UID-S04", "error", 3)])
    (group,) = findings_by_device(catalog)
    assert group.device == SCANNER
    assert (group.files, group.first_date, group.last_date) == (3, "20240105", "20240301")
    assert group.rules == (DeviceRule("UID-S04", "error", 2, 3, "20240105", "20240301"),)


def test_another_software_version_is_another_device(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", "error", 1), make("UID-S04", "error", 4)])
    assert [(group.device, group.files) for group in findings_by_device(catalog)] == [
        (SCANNER, 3),
        (UPDATED, 1),
    ]


def test_a_finding_over_two_devices_counts_for_both_once(catalog: Catalog) -> None:
    keep_findings(catalog, [make("ENT-17", "warning", 1, 2, 4)])
    assert [(rule.findings, rule.files) for group in findings_by_device(catalog) for rule in group.rules] == [
        (1, 2),
        (1, 1),
    ]


def test_the_gravest_stand_first(catalog: Catalog) -> None:
    found = [
        make("ENT-61", "info", 1),
        make("UID-S08", "warning", 1),
        make("UID-S08", "warning", 2),
        make("UID-S04", "error", 4),
        make("ENT-44", "warning", 4),
    ]
    keep_findings(catalog, found)
    groups = findings_by_device(catalog)
    assert [group.device for group in groups] == [UPDATED, SCANNER]
    assert [[rule.rule for rule in group.rules] for group in groups] == [
        ["UID-S04", "ENT-44"],
        ["UID-S08", "ENT-61"],
    ]


def test_files_that_name_no_device_are_told_too(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", "error", 5)])
    (group,) = findings_by_device(catalog)
    assert group.device == Device()
    assert group.first_date == "20230101"  # of the series, where the study states none


def test_without_findings_there_is_no_device(catalog: Catalog) -> None:
    assert findings_by_device(catalog) == ()


def test_what_is_no_date_is_no_date(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", "error", 3)])
    (group,) = findings_by_device(catalog)
    assert (group.rules[0].first_date, group.rules[0].last_date) == ("", "")
