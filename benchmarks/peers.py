"""Readers of DICOM files, those that are installed: each gives the UI values, or the three keys, of files.

The values of a file come in any order, without their pad; multiple values come one by one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from pydicom import dcmread
from pydicom.dataset import Dataset

from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import FileRecord

_KEYS: Final = {
    "SOPInstanceUID": "0008,0018",
    "StudyInstanceUID": "0020,000d",
    "SeriesInstanceUID": "0020,000e",
}
_BATCH: Final = 200  # files that a program gets at once
_DUMPED_UID: Final = re.compile(r" *\([0-9a-f]{4},[0-9a-f]{4}\) UI [\[=(]([^\])#]*)").match
_SCANNED_UID: Final = re.compile(r".*\[([0-9.]+)\]").match

Values = list[str]


class Reader(NamedTuple):
    """One way to read: ``everything``: all UI values, else the three keys.

    ``read`` takes files and gives what the reader itself makes of them, which ``values`` turns into the
    values of each file; only ``read`` is timed.
    """

    name: str
    everything: bool
    read: Callable[[Sequence[str]], list[Any]]
    values: Callable[[list[Any]], list[Values]] = lambda found: found


def readers() -> list[Reader]:
    """Every reader that is installed, ours first."""
    found = [
        Reader("uidscope", True, lambda files: [read_file(0, "", file) for file in files], _of_records),
        Reader(
            "uidscope, no memory of other files",
            True,
            lambda files: [read_file(0, "", file, memo=None) for file in files],
            _of_records,
        ),
        Reader("pydicom", True, lambda files: [list(_pydicom_values(dcmread(file))) for file in files]),
        Reader("pydicom, keys", False, _keys_by_pydicom),
    ]
    if find_spec("dicomsdl"):
        found.append(Reader("dicomsdl", True, _by_dicomsdl))
        found.append(Reader("dicomsdl, keys", False, _keys_by_dicomsdl))
    if find_spec("gdcm"):
        found.append(Reader("gdcm.Scanner, keys", False, _keys_by_gdcm))
    if shutil.which("dcmdump"):
        found.append(Reader("dcmdump", True, partial(_dcmdump, ["+L", "-M"]), _dumped))
        keys = [word for tag in _KEYS.values() for word in ("+P", tag)]
        found.append(Reader("dcmdump, keys", False, partial(_dcmdump, ["-M", "-s", *keys]), _dumped))
    if shutil.which("gdcmscanner"):
        found.append(Reader("gdcmscanner, keys", False, _gdcmscanner, _scanned))
    return found


def key_values(files: Sequence[str]) -> list[Values]:
    """The values of the three keys of each file."""
    return _keys_by_pydicom(files)


def _of_records(records: list[Any]) -> list[Values]:
    found = []
    for record in records:
        assert isinstance(record, FileRecord)
        raws = [raw for _, raw, count in record.values for _ in range(count)]
        values = [value for raw in raws for value in raw.decode("ascii").rstrip("\0").split("\\")]
        found.append([*values, record.sop_instance_uid, record.meta_sop_instance_uid or ""])
    return found


def _pydicom_values(dataset: Dataset) -> Iterator[str]:
    for part in (dataset.file_meta, dataset):
        for element in part.iterall():
            if element.VR == "UI":
                yield from [element.value] if isinstance(element.value, str) else element.value or []


def _keys_by_pydicom(files: Sequence[str]) -> list[Values]:
    found = []
    for file in files:
        dataset = dcmread(file, specific_tags=list(_KEYS))
        found.append([dataset[key].value for key in _KEYS])
    return found


def _by_dicomsdl(files: Sequence[str]) -> list[Values]:
    open_file = import_module("dicomsdl").open_file
    return [list(_dicomsdl_values(open_file(file))) for file in files]


def _dicomsdl_values(dataset: Any) -> Iterator[str]:
    for element in dataset:
        vr = str(element.vr())
        if vr.endswith("UI"):
            yield from str(element.toString()).split("\\")
        elif vr.endswith("SQ"):
            for item in element.toSequence():
                yield from _dicomsdl_values(item)


def _keys_by_dicomsdl(files: Sequence[str]) -> list[Values]:
    open_file = import_module("dicomsdl").open_file
    found = []
    for file in files:
        dataset = open_file(file)
        found.append([getattr(dataset, key) for key in _KEYS])
    return found


def _keys_by_gdcm(files: Sequence[str]) -> list[Values]:
    gdcm = import_module("gdcm")
    scanner = gdcm.Scanner()
    tags = [gdcm.Tag(*map(partial(int, base=16), tag.split(","))) for tag in _KEYS.values()]
    for tag in tags:
        scanner.AddTag(tag)
    scanner.Scan(list(files))
    return [[scanner.GetValue(file, tag) for tag in tags] for file in files]


def _dcmdump(options: list[str], files: Sequence[str]) -> list[bytes]:
    return [
        subprocess.run(
            ["dcmdump", "-q", "+F", "-Un", *options, *files[start : start + _BATCH]],
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for start in range(0, len(files), _BATCH)
    ]


def _dumped(outputs: list[Any]) -> list[Values]:
    found: list[Values] = []
    for line in b"".join(outputs).decode("latin-1").splitlines():
        if line.startswith("# dcmdump"):
            found.append([])
        elif value := _DUMPED_UID(line):
            found[-1] += value[1].split("\\") if value[1] else []
    return found


def _gdcmscanner(files: Sequence[str]) -> list[bytes]:
    """It takes no list of files, but folders: those that hold these."""
    folder = os.path.commonpath([os.path.dirname(file) for file in files])
    tags = [word for tag in _KEYS.values() for word in ("-t", tag)]
    words = ["gdcmscanner", "-d", folder, "-r", "-p", *tags]
    return [subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout]


def _scanned(outputs: list[Any]) -> list[Values]:
    found: list[Values] = []
    for line in b"".join(outputs).decode("latin-1").splitlines():
        if line.startswith("Filename: "):
            found.append([])
        elif found and (value := _SCANNED_UID(line)):
            found[-1].append(value[1])
    return found
