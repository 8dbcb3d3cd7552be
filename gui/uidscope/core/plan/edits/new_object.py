"""What a new instance and a new series say of themselves besides their UIDs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from uidscope.core.plan.edits.edit import Put
from uidscope.core.plan.edits.text_of_file import encoded_for
from uidscope.core.plan.uid_map import FileOutcome
from uidscope.core.read.structure import FileStructure
from uidscope.core.uid.dictionary import keyword

_INSTANCE_CREATION_DATE: Final = 0x0008_0012
_INSTANCE_CREATION_TIME: Final = 0x0008_0013
_SERIES_DESCRIPTION: Final = 0x0008_103E
_TIMEZONE_OFFSET_FROM_UTC: Final = 0x0008_0201
_SERIES_NUMBER: Final = 0x0020_0011

_OFFSET: Final = re.compile(r"([+-])([01][0-9])([0-5][0-9])")  # PS3.3 C.12.1.1.8


def creation_edits(structure: FileStructure, created: dt.datetime) -> Iterator[Put]:
    """Yield when the SOP Instance UID was assigned (PS3.3 C.12.1), in the time zone of the file's times."""
    offset = _OFFSET.fullmatch(_text(structure, _TIMEZONE_OFFSET_FROM_UTC))
    if offset is not None:
        sign, hours, minutes = offset.groups()
        difference = dt.timedelta(hours=int(hours), minutes=int(minutes))
        created = created.astimezone(dt.timezone(-difference if sign == "-" else difference))
    yield _put(_INSTANCE_CREATION_DATE, "DA", created.strftime("%Y%m%d").encode("ascii"), "created")
    yield _put(_INSTANCE_CREATION_TIME, "TM", created.strftime("%H%M%S").encode("ascii"), "created")


def series_edits(structure: FileStructure, outcome: FileOutcome) -> Iterator[Put]:
    """Yield the number and the description of a new series, where it has some.

    Raises ``UsageError`` where the file's character set cannot hold the description.
    """
    if outcome.series_number is not None:
        yield _put(_SERIES_NUMBER, "IS", str(outcome.series_number).encode("ascii"), "new-series")
    if outcome.series_description is not None:
        raw_description = encoded_for(structure, outcome.series_description, "series description")
        yield _put(_SERIES_DESCRIPTION, "LO", raw_description, "new-series")


def _text(structure: FileStructure, tag: int) -> str:
    element = structure.dataset.find(tag)
    return "" if element is None else structure.text(element)


def _put(tag: int, vr: str, value: bytes, reason: str) -> Put:
    return Put(tag, vr, value, keyword(tag), reason)
