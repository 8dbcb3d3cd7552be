"""The text of a ticket: a device, its time, and what its files break."""

from uidscope.core.catalog.devices import Device, DeviceFindings, DeviceRule
from uidscope.core.report.device_text import device_text
from uidscope.core.report.words import rule_words


def test_a_ticket_names_the_device_its_time_and_each_rule() -> None:
    words = rule_words("UID-S04")
    rule = DeviceRule("UID-S04", "error", 1, 2, "20260311", "20260312")
    group = DeviceFindings(Device("SIM", "CT 40", "00417", "3.1"), 12, "20260101", "20260312", (rule,))
    assert device_text(group) == (
        "SIM CT 40, serial 00417, software 3.1\n"
        "  12 files, studies of 2026-01-01 to 2026-03-12\n"
        f"  ERROR UID-S04  {words.title}: {words.consequence}\n"
        "      1 finding in 2 files, studies of 2026-03-11 to 2026-03-12\n"
    )


def test_what_a_file_says_of_its_device_cannot_act() -> None:
    told = device_text(DeviceFindings(Device("SIM\n\x1b[2J"), 1, "", "", ()))
    assert "\x1b" not in told
    assert told.count("\n") == 2
