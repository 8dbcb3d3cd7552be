"""Findings by the device that wrote the files: what a vendor is told, and since when."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from uidscope.core.catalog.finding import SEVERITIES, Severity
from uidscope.core.catalog.store import Catalog
from uidscope.core.read.attributes import PROFILE_INDEX

DEVICE_KEYWORDS: Final = ("Manufacturer", "ManufacturerModelName", "DeviceSerialNumber", "SoftwareVersions")


class Device(NamedTuple):
    """What the equipment says of itself, as the files state it; empty where they say nothing."""

    manufacturer: str = ""
    model: str = ""
    serial: str = ""
    software: str = ""


class DeviceRule(NamedTuple):
    """What one rule has against the files of one device.

    ``findings`` counts each finding once that concerns such a file, ``files`` each file once. The dates are
    the first and the last study date among these files (DA, PS3.5 6.2), empty where none is stated.
    """

    rule: str
    severity: Severity
    findings: int
    files: int
    first_date: str
    last_date: str


class DeviceFindings(NamedTuple):
    """One device with findings: all its files that are loaded, their study dates, and its rules.

    The gravest rule comes first. A finding that concerns the files of two devices counts for both.
    """

    device: Device
    files: int
    first_date: str
    last_date: str
    rules: tuple[DeviceRule, ...]


def findings_by_device(catalog: Catalog) -> tuple[DeviceFindings, ...]:
    """Return the devices whose files have findings, those with the most of the gravest first."""
    totals: dict[tuple[str, ...], tuple[int, str, str]] = {
        tuple(made): (files, first, last)
        for *made, files, first, last in catalog.connection.execute(_TOTALS, _ATTRIBUTES)
    }
    found = []
    for made, members in groupby(catalog.connection.execute(_BY_RULE, _ATTRIBUTES), itemgetter(0, 1, 2, 3)):
        rules = [DeviceRule(*figures) for _, _, _, _, *figures in members]
        rules.sort(key=lambda rule: (SEVERITIES.index(rule.severity), rule.rule))
        found.append(DeviceFindings(Device(*made), *totals[made], tuple(rules)))
    return tuple(sorted(found, key=_gravest_first))


def _gravest_first(group: DeviceFindings) -> tuple[object, ...]:
    counted = {
        severity: sum(rule.findings for rule in group.rules if rule.severity == severity)
        for severity in SEVERITIES
    }
    return (*(-counted[severity] for severity in SEVERITIES), group.device)


def _plain_date(keyword: str) -> str:
    """SQL for a profile's date without the points of its old form, NULL where it is no date."""
    plain = f"replace({keyword}.value, '.', '')"
    return f"CASE WHEN {plain} GLOB '{'[0-9]' * 8}' THEN {plain} END"


_ATTRIBUTES: Final = {
    keyword: PROFILE_INDEX[keyword] for keyword in (*DEVICE_KEYWORDS, "StudyDate", "SeriesDate")
}
_DEVICE: Final = ", ".join(f"COALESCE({keyword}.value, '')" for keyword in DEVICE_KEYWORDS)
_VALUES: Final = " ".join(
    f"LEFT JOIN profile_value AS {keyword}"
    f" ON {keyword}.profile_id = profile.id AND {keyword}.attribute = :{keyword}"
    for keyword in _ATTRIBUTES
)
_MADE: Final = (
    "WITH made (profile_id, manufacturer, model, serial, software, date) AS (SELECT profile.id, "  # noqa: S608 - our own names
    f"{_DEVICE}, COALESCE({_plain_date('StudyDate')}, {_plain_date('SeriesDate')}) FROM profile {_VALUES})"
    " SELECT manufacturer, model, serial, software"
)
_DATES: Final = "COALESCE(MIN(date), ''), COALESCE(MAX(date), '')"
_TOTALS: Final = (
    f"{_MADE}, COUNT(*), {_DATES} FROM occurrence JOIN made ON made.profile_id = occurrence.profile_id"
    " GROUP BY manufacturer, model, serial, software"
)
_BY_RULE: Final = (
    f"{_MADE}, rule, severity, COUNT(DISTINCT finding.id), COUNT(DISTINCT occurrence.id), {_DATES}"
    " FROM finding JOIN finding_occurrence ON finding_id = finding.id"
    " JOIN occurrence ON occurrence.id = occurrence_id JOIN made ON made.profile_id = occurrence.profile_id"
    " GROUP BY manufacturer, model, serial, software, rule, severity"
    " ORDER BY manufacturer, model, serial, software"
)
