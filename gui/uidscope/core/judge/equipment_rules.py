"""ENT-17: a series that more than one device has written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from uidscope.core.catalog.disagreements import Disagreement, occurrences_of_profiles
from uidscope.core.catalog.finding import Finding
from uidscope.core.judge.comparable_values import comparable
from uidscope.core.judge.rule import Inquiry
from uidscope.core.judge.rule_table import rule

# What tells devices apart. A station is a name that a site gives, and changes.
DEVICE_KEYWORDS: Final = ("Manufacturer", "ManufacturerModelName", "DeviceSerialNumber", "DeviceUID")
STATION: Final = "StationName"

_NOT_STATED: Final = re.compile(
    r"n\.? ?/?a\.?|none|null|unknown|undefined|unspecified|not (?:available|applicable|specified|known|set)"
    r"|[-?.*]+",
    re.IGNORECASE,
)


def device_value(text: str | None) -> str:
    """Return what an attribute of a device is compared by; '' where it says nothing."""
    form = " ".join(comparable([text or ""], "LO")[text or ""].split()).casefold()
    return "" if _NOT_STATED.fullmatch(form) else form


def several_devices(inquiry: Inquiry, series: Disagreement) -> Iterator[Finding]:
    """Find ENT-17 in the objects that belong to a series: one finding, whatever number of attributes."""
    differing = [keyword for keyword in (*DEVICE_KEYWORDS, STATION) if len(_stated(series, keyword)) > 1]
    if not differing:
        return
    stated = _stated(series, differing[0])
    profiles = [each.profile_id for each in series.objects]
    yield rule("ENT-17").finding(
        "series",
        series.uid,
        occurrences_of_profiles(inquiry.catalog, profiles),
        attribute=differing[0],
        path=differing[0],
        severity="info" if differing == [STATION] else "warning",
        facts={"differing": tuple(differing), "values": tuple(sorted(stated.values()))},
    )


def _stated(series: Disagreement, keyword: str) -> dict[str, str]:
    """The values that say something, by what they are compared by."""
    stated: dict[str, str] = {}
    for text in series.values.get(keyword, ()):
        form = device_value(text)
        if form and text is not None:
            stated.setdefault(form, text)
    return stated
