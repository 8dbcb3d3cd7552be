"""Folders of files, and requests to export them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.core.export.makers import EXPLICIT_LE, Leaf, encode, part10
from tests.core.export.rewriting import set_value
from uidscope.core.export.request import ExportFile, ExportRequest
from uidscope.core.plan.edits.edit import Edit
from uidscope.core.plan.entry import MapEntry
from uidscope.core.read.read_file import stamp_of
from uidscope.core.read.structure import FileStructure

NEW_UID = "2.25.123456789"
ENTRIES = (MapEntry("1.2.3.4", NEW_UID, "instance", "all", "new-uid", 1),)


def image_file(number: int = 1, pixels: int = 40_000) -> bytes:
    nodes = (
        Leaf(0x0008_0016, "UI", b"1.2.840.10008.5.1.4.1.1.7"),
        Leaf(0x0008_0018, "UI", b"1.2.3.4.%d" % number),
        Leaf(0x0020_000D, "UI", b"1.2.3"),
        Leaf(0x7FE0_0010, "OB", bytes([number % 256]) * pixels),
    )
    return part10(encode(nodes, EXPLICIT_LE))


def renumbered(structure: FileStructure) -> tuple[Edit, ...]:
    """The edits of a file: a new SOP Instance UID that follows from the old."""
    old = structure.text(
        next(element for element in structure.dataset.elements if element.tag == 0x0008_0018)
    )
    return (set_value(structure, "SOPInstanceUID", f"{NEW_UID}{old.rpartition('.')[2]}".encode()),)


def make_source(folder: Path, names: Iterable[str]) -> Path:
    """A source folder with an image of each name."""
    for number, name in enumerate(names, start=1):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(image_file(number))
    folder.mkdir(exist_ok=True)
    return folder


def files_of(source: Path, *, changed: str = "new-uid") -> tuple[ExportFile, ...]:
    """All files of a folder, in the order of their names."""
    paths = sorted(path for path in source.rglob("*") if path.is_file())
    files: list[Any] = [
        ExportFile(
            path=str(path),
            root=str(source),
            relative=path.relative_to(source).as_posix(),
            stamp=stamp_of(path.stat()),
            occurrence=number,
            changed=changed,  # type: ignore[arg-type] # a word of the three
            edits=renumbered,
        )
        for number, path in enumerate(paths)
    ]
    return tuple(files)


def request_for(source: Path, target: Path, **more: Any) -> ExportRequest:
    more.setdefault("files", files_of(source))
    return ExportRequest(sources=(str(source),), target=str(target), map_entries=ENTRIES, **more)


def state_of(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Every file below a folder: digest, size and time stamp."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            os.lstat(path).st_size,
            os.lstat(path).st_mtime_ns,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def sidecars_of(target: Path) -> list[Path]:
    return [
        target.with_name(target.name + end) for end in (".crosswalk.csv", ".manifest.json", ".old-uids.txt")
    ]


def staging_of(target: Path) -> Path:
    return target.with_name(target.name + ".incomplete")
