"""A device, and the time its files are of, in a few words."""

from __future__ import annotations

from uidscope.core.catalog.devices import Device
from uidscope.core.report.visible import visible
from uidscope.core.uid.phrases import phrase

NOT_NAMED = "no device named"


def device_words(device: Device) -> str:
    """Return ``SIM CT 40, serial 00417, software 3.1``; several versions are joined by commas."""
    named = [" ".join(filter(None, (device.manufacturer, device.model)))]
    if device.serial:
        named.append(phrase("serial {}").format(device.serial))
    if device.software:
        versions = ", ".join(filter(None, device.software.split(chr(92))))
        named.append(phrase("software {}").format(versions))
    return visible(", ".join(filter(None, named))) or phrase(NOT_NAMED)


def period_words(first_date: str, last_date: str) -> str:
    """Return ``studies of 2024-01-31 to 2024-02-01`` from two dates (DA), or that there is no date."""
    if not first_date:
        return phrase("studies without a date")
    if first_date == last_date:
        return phrase("studies of {}").format(_iso(first_date))
    return phrase("studies of {} to {}").format(_iso(first_date), _iso(last_date))


def _iso(date: str) -> str:
    return f"{date[:4]}-{date[4:6]}-{date[6:]}"
