"""A mutant read by pydicom and by the walker: where both read it, they see the same UI values.

Where they do not, it is said why. The file meta is left out: pydicom takes some of its values apart at once.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections import Counter
from typing import Any, Final

from pydicom import config, dcmread
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian

from tests.fuzz.stages import Values
from uidscope.core.read.encoding import InflatedTooLarge
from uidscope.core.read.read_file import read_bytes
from uidscope.core.read.record import BROKEN, TRUNCATED, FileRecord
from uidscope.core.read.walker import TooDeep, TooLarge
from uidscope.core.uid.dictionary import keyword
from uidscope.core.uid.syntax import is_plainly_encoded, strip_value

_ENCODED: Final = {
    "explicit-le": ((False, True), False),
    "deflated": ((False, True), True),
    "implicit-le": ((True, True), False),
    "explicit-be": ((False, False), False),
}
_OWN_UID: Final = "SOPInstanceUID"


def compared(data: bytes) -> str:
    """Say how the two compare: ``agree``, ``one refuses``, or ``differ``; else the reason of the difference.

    ``twice``: of elements that stand twice pydicom keeps the last. ``another encoding``: pydicom trusts the
    transfer syntax that is declared, the walker the first element. ``past its parent``: pydicom gives an
    element of defined length as many bytes as it says, wherever its item ends.
    """
    record = _record(data)
    if record is None or record.flags & (TRUNCATED | BROKEN):
        return "one refuses"
    try:
        dataset = _dataset(data)
        theirs = _values(dataset)
    except Exception:  # noqa: BLE001 - it raises whatever a broken file makes its steps raise
        return "one refuses"
    if _agree(record, theirs):
        return "agree"
    if any(rule == "FILE-04" for rule, _, _ in record.faults):
        return "twice"
    if (dataset.original_encoding, _is_inflated(dataset)) != _ENCODED[record.encoding]:
        return "another encoding"
    return f"differ: {_difference(record, theirs)}"


def _is_inflated(dataset: FileDataset) -> bool:
    """Whether pydicom took it for deflated; it cannot where the transfer syntax is not written as UI."""
    return bool(dataset.file_meta.get("TransferSyntaxUID") == DeflatedExplicitVRLittleEndian)


def _record(data: bytes) -> FileRecord | None:
    try:
        read = read_bytes("mutant", len(data), lambda offset, length: data[offset : offset + length])
    except (TooDeep, TooLarge, InflatedTooLarge):
        return None
    return read if isinstance(read, FileRecord) else None


def _dataset(data: bytes) -> FileDataset:
    logging.getLogger("pydicom").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return dcmread(io.BytesIO(data), force=True)


def _values(dataset: Dataset) -> Values:
    """Every UI field of the data set by its path without item numbers, as bytes."""
    mode = config.settings.reading_validation_mode
    config.settings.reading_validation_mode = config.IGNORE
    found: Values = Counter()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _add_values(dataset, "", found)
    finally:
        config.settings.reading_validation_mode = mode
    return found


def _add_values(dataset: Dataset, prefix: str, found: Values) -> None:
    for tag in list(dataset.keys()):
        raw: Any = dataset.get_item(tag)
        path = prefix + keyword(int(tag))
        element = dataset[tag] if raw.VR != "UI" else raw
        if element.VR == "SQ":
            for item in element.value:
                _add_values(item, f"{path}[].", found)
        elif element.VR == "UI":
            value = (
                raw.value if isinstance(raw, RawDataElement) else str(raw.value).encode("latin-1", "replace")
            )
            found[path, value or b""] += 1


def _ours(record: FileRecord) -> Values:
    return Counter({(path, raw): n for path, raw, n in record.values if not path.startswith("meta.")})


def _without_own(theirs: Values, record: FileRecord) -> Values:
    """Leave out the object's own UID, where it is the one that stands in the record alone."""
    return theirs - Counter(
        [
            key
            for key in theirs
            if key[0] == _OWN_UID
            and is_plainly_encoded(key[1])
            and strip_value(key[1]) == record.sop_instance_uid
        ][:1]
    )


def _agree(record: FileRecord, theirs: Values) -> bool:
    return _told(_ours(record)) == _told(_without_own(theirs, record))


def _told(values: Values) -> Values:
    """pydicom has made text of the character set's element, whatever its VR."""
    return Counter(
        {
            (path, raw.rstrip(b" \0") if path.endswith("SpecificCharacterSet") else raw): n
            for (path, raw), n in values.items()
        }
    )


def _difference(record: FileRecord, theirs: Values) -> str:
    ours, theirs = _told(_ours(record)), _told(_without_own(theirs, record))
    return f"ours {list((ours - theirs).items())[:3]}, theirs {list((theirs - ours).items())[:3]}"[:400]
