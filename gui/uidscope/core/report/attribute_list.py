"""The elements of one file up to its pixel data, in words, as a tree for reading.

pydicom reads the file; UIDs alone are shown from their bytes, since pydicom hides what is odd in them.
"""

from __future__ import annotations

import logging
import os
import warnings
from typing import Any, Final

from pydicom import dcmread
from pydicom.datadict import (
    dictionary_VR,
    private_dictionary_VR,
)
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.tag import BaseTag

from uidscope.core.errors import InputError
from uidscope.core.read.record import FileStamp
from uidscope.core.report.attribute_rows import LONGEST_VALUE, MOST_ROWS, AttributeList, AttributeRow
from uidscope.core.report.counted import counted
from uidscope.core.report.element_names import element_name, tag_text
from uidscope.core.uid.registry import registered
from uidscope.core.uid.syntax import split_field, strip_value

# Longer values stay in the file and are told by their length.
_DEFER_SIZE: Final = 64 * 1024
_VALUES_TOLD: Final = 64
_BYTES_TOLD: Final = 16

# What it logs may quote a file.
logging.getLogger("pydicom").setLevel(logging.CRITICAL)


class _Full(Exception):
    """The list has its most rows."""


def read_attributes(path: str, stamp: FileStamp | None = None) -> AttributeList:
    """Read the elements of a file up to its pixel data.

    Raises ``InputError`` where it cannot be read, or is not the one of the stamp any more.
    """
    try:
        status = os.stat(path)
    except OSError as error:
        raise InputError(f"The file cannot be read: {error.strerror}.") from error
    if stamp is not None and (status.st_size, status.st_mtime_ns) != (stamp.size, stamp.modified_ns):
        raise InputError("The file has changed since it was loaded. Rescan to see it as it is now.")
    attributes = AttributeList()
    # For this thread's sake; that others' warnings are lost meanwhile does no harm.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = _read(path)
        try:
            _append_dataset(attributes, getattr(dataset, "file_meta", None) or Dataset(), -1)
            _append_dataset(attributes, dataset, -1)
        except _Full:
            attributes.cut = True
    return attributes


def _read(path: str) -> Dataset:
    try:
        return dcmread(path, stop_before_pixels=True, defer_size=_DEFER_SIZE, force=True)
    except Exception as error:  # pydicom raises whatever a broken file makes its steps raise
        raise InputError("The elements of this file cannot be read.") from error


def _append_dataset(attributes: AttributeList, dataset: Dataset, parent: int) -> None:
    for tag in sorted(dataset.keys()):
        _append_element(attributes, dataset, tag, parent)


def _append_element(attributes: AttributeList, dataset: Dataset, tag: BaseTag, parent: int) -> None:
    raw: Any = dataset.get_item(tag, keep_deferred=True)
    creator = _creator(dataset, tag)
    vr = raw.VR or _known_vr(tag, creator)
    items: Any = ()
    if isinstance(raw, RawDataElement) and raw.value is None and raw.length > 0 and vr != "SQ":
        value = _bytes_text(raw.length, b"")
    elif (element := _converted(dataset, tag)) is None:
        raw_value = raw.value if isinstance(raw.value, bytes) else b""
        value = _bytes_text(len(raw_value), raw_value)
    else:
        vr = element.VR
        items = element.value if vr == "SQ" else ()
        value = _value_text(element, raw)
    place = _append(attributes, AttributeRow(parent, tag_text(tag), element_name(tag, creator), vr, value))
    for number, item in enumerate(items, 1):
        below = _append(attributes, AttributeRow(place, "", f"Item {number}", "", ""))
        _append_dataset(attributes, item, below)


def _append(attributes: AttributeList, row: AttributeRow) -> int:
    if len(attributes.rows) >= MOST_ROWS:
        raise _Full
    attributes.rows.append(row)
    return len(attributes.rows) - 1


def _converted(dataset: Dataset, tag: BaseTag) -> DataElement | None:
    try:
        return dataset[tag]
    except Exception:  # noqa: BLE001 - whatever is wrong with a value, its bytes can be told
        return None


def _value_text(element: DataElement, raw: DataElement | RawDataElement) -> str:
    value = element.value
    if element.VR == "SQ":
        return counted(len(value), "item")
    if element.VR == "UI":
        return _cut("\\".join(map(_uid_text, _uids(value, raw))))
    if isinstance(value, bytes):
        return _bytes_text(len(value), value)
    if value is None:
        return ""
    if element.VM > 1:
        told = "\\".join(str(one) for one in value[:_VALUES_TOLD])
        return _cut(told) if element.VM <= _VALUES_TOLD else f"{_cut(told)}… ({element.VM:,} values)"
    return _cut(str(value))


def _uids(value: Any, raw: DataElement | RawDataElement) -> list[str]:
    if isinstance(raw, RawDataElement) and isinstance(raw.value, bytes):
        return [strip_value(raw_value) for raw_value in split_field(raw.value)]
    values = value if isinstance(value, MultiValue) else [value or ""]  # the file meta has no raw elements
    return [str(uid) for uid in values]


def _uid_text(uid: str) -> str:
    entry = registered(uid)
    return f"{uid} ({entry.name})" if entry else uid


def _bytes_text(length: int, raw: bytes) -> str:
    told = counted(length, "byte")
    if not raw:
        return told if length else ""
    return f"{told}: {raw[:_BYTES_TOLD].hex(' ')}" + ("…" if length > _BYTES_TOLD else "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def _creator(dataset: Dataset, tag: BaseTag) -> str:
    """The creator of a private element's block (PS3.5 7.8.1)."""
    if not tag.is_private or tag.is_private_creator or tag.elem < 0x1000:
        return ""
    reserved = _converted(dataset, BaseTag(tag.group << 16 | tag.elem >> 8))
    return str(reserved.value) if reserved is not None else ""


def _known_vr(tag: BaseTag, creator: str) -> str:
    try:
        return private_dictionary_VR(tag, creator) if tag.is_private else dictionary_VR(tag)
    except KeyError:
        return "UN"
