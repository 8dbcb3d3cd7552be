"""Where the files of a finding come from: which devices wrote them, and since when."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from uidscope.core.catalog.devices import DEVICE_KEYWORDS, Device
from uidscope.core.catalog.findings import finding_occurrences
from uidscope.core.catalog.lookup import occurrences
from uidscope.core.catalog.store import Catalog

FILES_ASKED: Final = 200


class Origin(NamedTuple):
    """The earliest date among a finding's files, and their devices, the commonest first.

    The date is as in the file (DA, PS3.5 6.2), or empty. Asked are the first ``FILES_ASKED`` files.
    """

    first_date: str
    devices: tuple[Device, ...]


def finding_origin(catalog: Catalog, finding_id: int) -> Origin:
    """Return where the files of a finding come from."""
    dates: list[str] = []
    devices: Counter[Device] = Counter()
    for file in occurrences(catalog, finding_occurrences(catalog, finding_id, limit=FILES_ASKED)):
        profile = file.profile
        dates.append(profile.get("SeriesDate") or profile.get("StudyDate") or "")
        devices[Device(*(profile.get(keyword, "") for keyword in DEVICE_KEYWORDS))] += 1
    known = [device for device, _ in devices.most_common() if any(device)]
    return Origin(min(filter(None, dates), default=""), tuple(known))
