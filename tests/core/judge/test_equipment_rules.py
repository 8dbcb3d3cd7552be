"""ENT-17: a series of several devices."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import SERIES, Judged, an_object, instance, judged


def of_devices(*attributes: dict[str, str | None]) -> Judged:
    """An object of one series for each device."""
    return judged(
        an_object(f"{number}", instance(number), attributes=device)
        for number, device in enumerate(attributes)
    )


@pytest.mark.parametrize(
    "keyword", ["Manufacturer", "ManufacturerModelName", "DeviceSerialNumber", "DeviceUID"]
)
def test_two_devices(keyword: str) -> None:
    found = of_devices({keyword: "1.2.33"}, {keyword: "1.2.44"}, {keyword: "1.2.33"})
    finding = found.one("ENT-17")
    assert (finding.level, finding.uid, finding.severity) == ("series", SERIES, "warning")
    assert finding.facts == {"differing": (keyword,), "values": ("1.2.33", "1.2.44")}
    assert found.files(finding) == {"0", "1", "2"}
    assert found.codes() == {"ENT-17"}


def test_devices_that_differ_in_everything_are_one_finding() -> None:
    found = of_devices(
        {"Manufacturer": "NORTH", "ManufacturerModelName": "N1", "StationName": "CT1"},
        {"Manufacturer": "SOUTH", "ManufacturerModelName": "S1", "StationName": "CT2"},
    )
    finding = found.one("ENT-17")
    assert finding.facts["differing"] == ("Manufacturer", "ManufacturerModelName", "StationName")
    assert finding.severity == "warning"


def test_two_stations_are_a_note() -> None:
    found = of_devices({"StationName": "CT1"}, {"StationName": "CT2"})
    assert found.one("ENT-17").severity == "info"
    assert found.codes() == {"ENT-17"}


@pytest.mark.parametrize(
    "nothing", [None, "", "n.a.", "N/A", "na", "None", "unknown", "not available", "---"]
)
def test_a_device_that_is_not_named_is_no_other_device(nothing: str | None) -> None:
    found = of_devices({"Manufacturer": "NORTH"}, {"Manufacturer": nothing})
    assert "ENT-17" not in found.codes()


def test_case_and_spaces_make_no_other_device() -> None:
    found = of_devices({"Manufacturer": "NORTH  Medical"}, {"Manufacturer": "North Medical"})
    assert found.findings == ()


def test_devices_of_two_series_may_differ() -> None:
    found = judged(
        [
            an_object("a", instance(1), Manufacturer="NORTH"),
            an_object("b", instance(2), Manufacturer="SOUTH", SeriesInstanceUID=f"{SERIES}.1"),
        ]
    )
    assert found.findings == ()
