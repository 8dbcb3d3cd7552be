"""What became of each UI value of an export, read by pydicom alone: no code is shared with the program."""

from __future__ import annotations

import csv
import json
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydicom import config, dcmread
from pydicom.dataset import Dataset

Uids = dict[str, str]

# What names an object: its own key and whatever holds the SOP Instance UID of another.
_INSTANCE = re.compile(r"(^|\.)(SOPInstanceUID|ReferencedSOPInstanceUID)$")
_NO_INSTANCE = re.compile(
    r"(ReferencedPerformedProcedureStepSequence|ReferencedPatientSequence|ReferencedVisitSequence|"
    r"ReferencedStudySequence|RTReferencedStudySequence|OriginalAttributesSequence.*)\[\d+\]\.\w+$"
)


@contextmanager
def faults_borne() -> Iterator[None]:
    """Read values whatever is wrong with them: the faults of real files are not at issue here."""
    mode = config.settings.reading_validation_mode
    config.settings.reading_validation_mode = config.IGNORE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    config.settings.reading_validation_mode = mode


def uids_by_path(file: Path) -> Uids:
    """Every UI value by its element path with item numbers, file meta included."""
    with faults_borne():
        dataset = dcmread(file, force=True)
        found = dict(_walk(dataset, ""))
        found |= dict(_walk(getattr(dataset, "file_meta", Dataset()), "meta."))
    return found


def _walk(dataset: Dataset, prefix: str) -> Iterator[tuple[str, str]]:
    for element in dataset:
        path = prefix + (element.keyword or f"{int(element.tag):08X}")
        if element.VR == "SQ":
            for number, item in enumerate(element.value or [], 1):
                yield from _walk(item, f"{path}[{number}].")
        elif element.VR == "UI" and element.value:
            values = [element.value] if isinstance(element.value, str) else list(element.value)
            for number, value in enumerate(values, 1):
                yield f"{path}({number})" if len(values) > 1 else path, str(value).strip("\0 ")


@dataclass(frozen=True)
class Written:
    """One file of an export beside its source; ``after`` leaves out what the export recorded of the past."""

    name: str
    source: Path
    output: Path
    changed: str
    before: Uids
    after: Uids


def written_files(target: Path, source: Path) -> list[Written]:
    """Every file of an export from one source folder, as its manifest lists them."""
    manifest: dict[str, Any] = json.loads(Path(f"{target}.manifest.json").read_text("utf-8"))
    return [
        Written(
            each["output"],
            source / each["source"],
            target / each["output"],
            each["changed"],
            uids_by_path(source / each["source"]),
            _without_new_past(target / each["output"], source / each["source"]),
        )
        for each in manifest["files"]
    ]


def _without_new_past(output: Path, source: Path) -> Uids:
    with faults_borne():
        items = len(dcmread(source, force=True).get("OriginalAttributesSequence", None) or [])
    past = f"OriginalAttributesSequence[{items + 1}]."
    return {path: uid for path, uid in uids_by_path(output).items() if not path.startswith(past)}


def crosswalk(target: Path) -> list[dict[str, str]]:
    """The rows of an export's list of old and new UIDs."""
    with open(f"{target}.crosswalk.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def instance_references(uids: Uids) -> Iterator[tuple[str, str]]:
    """The paths that name another object, with the UID."""
    for path, uid in uids.items():
        own = path == "SOPInstanceUID" or path.startswith("meta.")
        if not own and _INSTANCE.search(path) and not _NO_INSTANCE.search(path):
            yield path, uid


def broken_references(files: list[Written]) -> list[str]:
    """References among the files that resolved before and do not name the same file's new UID after."""
    own = {file.before.get("SOPInstanceUID", ""): file for file in files}
    lost = []
    for file in files:
        for path, uid in instance_references(file.before):
            target = own.get(uid)
            if target is not None and file.after.get(path) != target.after["SOPInstanceUID"]:
                lost.append(f"{file.name}: {path}")
    return lost


def changed_references(files: list[Written]) -> list[str]:
    """References to what is not among the files that are not as they were."""
    own = {file.before.get("SOPInstanceUID", "") for file in files}
    return [
        f"{file.name}: {path}"
        for file in files
        for path, uid in instance_references(file.before)
        if uid not in own and path in file.after and file.after[path] != uid
    ]


def other_differences(file: Written) -> list[str]:
    """Elements that are not UI and differ, or have come or gone, besides those every rewrite may touch."""
    with faults_borne():
        before, after = (dict(_plain(dcmread(path, force=True), "")) for path in (file.source, file.output))
    return sorted(
        path
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path) and not _MAY_CHANGE.search(path)
    )


_MAY_CHANGE = re.compile(
    r"^(InstanceCreationDate|InstanceCreationTime|OriginalAttributesSequence|.*0000$|.*GroupLength)"
)


def _plain(dataset: Dataset, prefix: str) -> Iterator[tuple[str, object]]:
    for element in dataset:
        path = f"{prefix}{element.keyword or f'{int(element.tag):08X}'}"
        if element.VR == "SQ":
            yield f"{path} items", len(element.value or [])
            for number, item in enumerate(element.value or [], 1):
                yield from _plain(item, f"{path}[{number}].")
        elif element.VR != "UI":
            value = element.value
            yield path, value if isinstance(value, bytes) else repr(value)
