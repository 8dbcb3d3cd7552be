"""Writing: the splice against a plain copy, a verified export against the least that is as safe, and peers.

Each peer writes the same new values; they are read back by pydicom and compared before a time counts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pydicom import dcmread
from pydicom.dataset import Dataset as PydicomDataset

from benchmarks import corpora
from benchmarks.measure import interleaved, table
from uidscope.core.export.export import export
from uidscope.core.export.request import ExportFile, ExportRequest
from uidscope.core.export.rewrite import rewrite
from uidscope.core.export.segments import write_segments
from uidscope.core.plan.edits.edit import Edit, SetValue
from uidscope.core.read.byte_window import descriptor_window
from uidscope.core.read.platform_io import open_regular
from uidscope.core.read.read_file import stamp_of
from uidscope.core.read.structure import Dataset, Element, FileStructure, parse_structure
from uidscope.core.uid.dictionary import keyword

_KEYS = {0x0008_0018: "SOPInstanceUID", 0x0020_000D: "StudyInstanceUID", 0x0020_000E: "SeriesInstanceUID"}
_META_INSTANCE = 0x0002_0003
_OWN, _NEW = "1.3.6.1.4.1.32473.7.", "1.3.6.1.4.1.32473.8."
_BLOCK = 1024 * 1024
_DCMODIFY = "cp + dcmodify"
_OUTPUT = "out"
_CHECKED = 20  # files whose values are compared


class _Sources(NamedTuple):
    """The files to rewrite, and what each UID that is no class becomes: a new one of its own length."""

    folder: Path
    files: list[Path]
    new: Mapping[str, str]

    def name(self, file: Path) -> str:
        """What a file is called where all stand in one folder."""
        return "-".join(file.relative_to(self.folder).parts)


def exporting(folder: Path, files: int, runs: int) -> None:
    """Rewrite files with new UIDs, at every level, in every way there is."""
    print(_conditions())
    for name, make in (("CT-like, 0.5 MB", corpora.ct_like), ("small, 3 KB", corpora.small)):
        sources = _made(folder / name.partition(",")[0], make, files)
        _splicing(name, sources, folder, runs)
        _exporting(name, sources, folder, runs)


def _conditions() -> str:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    today = dt.datetime.now(dt.UTC).date()
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {today}{load} at the start.\n"


def _made(folder: Path, make: Callable[[Path, int], None], files: int) -> _Sources:
    make(folder, files)
    paths = sorted(folder.rglob("*.dcm"))
    new: dict[str, str] = {}
    for path in paths:
        for element in dcmread(path, stop_before_pixels=True).iterall():
            if element.VR == "UI" and element.value.startswith(_OWN):
                new[str(element.value)] = element.value.replace(_OWN, _NEW, 1)
    return _Sources(folder, paths, new)


def _splicing(name: str, sources: _Sources, folder: Path, runs: int) -> None:
    """One file after the other, nothing brought to the disk, nothing read back."""
    peers = {
        "plain copy": _each(sources, _copy),
        "uidscope splice": _each(sources, _splice),
        "pydicom read, change, write": _each(sources, _pydicom),
    }
    if shutil.which("dcmodify"):
        peers[_DCMODIFY] = _each(sources, _dcmodify)
    else:
        print("dcmodify is not installed: no comparison with it.")
    _measure(f"Rewriting, {name}", sources, folder, peers, "plain copy", runs)


def _each(
    sources: _Sources, write: Callable[[Path, Path, Mapping[str, str]], object]
) -> Callable[[Path], object]:
    def write_all(target: Path) -> None:
        for file in sources.files:
            write(file, target / sources.name(file), sources.new)

    return write_all


def _exporting(name: str, sources: _Sources, folder: Path, runs: int) -> None:
    """A whole folder, safe: on the disk, read back, with its digests."""
    _measure(
        f"Verified export, {name}",
        sources,
        folder,
        {
            "copy + fsync + SHA-256": _each(sources, _safe_copy),
            "uidscope export": lambda target: _export(sources, target / _OUTPUT),
        },
        "copy + fsync + SHA-256",
        runs,
    )


def _measure(
    title: str,
    sources: _Sources,
    folder: Path,
    peers: Mapping[str, Callable[[Path], object]],
    base: str,
    runs: int,
) -> None:
    turns = _Turns(folder)
    for name, peer in peers.items():
        if "copy" not in name:
            peer(turns.next())
            _require_new_values(name, sources, turns.folder, keys_alone=name == _DCMODIFY)
    timed = {name: _with_folder(peer, turns) for name, peer in peers.items()}
    times = interleaved(timed, runs, before=turns.next)
    print(table(title, times, len(sources.files), base))


def _with_folder(peer: Callable[[Path], object], turns: _Turns) -> Callable[[], object]:
    return lambda: peer(turns.folder)


class _Turns:
    """A new folder for each turn; what stands in the last one is emptied, and removed at the end of all.

    ext4 looks at every file that was removed in the last minutes before it makes a new one.
    """

    def __init__(self, parent: Path) -> None:
        self._parent = parent
        self.folder = parent

    def next(self) -> Path:
        """Make the folder of the next turn."""
        if self.folder != self._parent:
            for path in self.folder.rglob("*"):
                if path.is_file():
                    os.truncate(path, 0)
        self.folder = Path(tempfile.mkdtemp(dir=self._parent))
        return self.folder


def _require_new_values(name: str, sources: _Sources, target: Path, *, keys_alone: bool) -> None:
    """The new UIDs stand in the data set and the file meta, and nothing else that is compared has changed."""
    for source in sources.files[:_CHECKED]:
        exported = target / _OUTPUT / source.relative_to(sources.folder)
        output = exported if exported.exists() else target / sources.name(source)
        before, after = dcmread(source), dcmread(output)
        for element in before if keys_alone else before.iterall():
            is_key = element.tag in _KEYS
            if element.VR == "UI" and (is_key or not keys_alone):
                element.value = sources.new.get(element.value, element.value)
        if after.file_meta.MediaStorageSOPInstanceUID != before.SOPInstanceUID or not _same(before, after):
            raise SystemExit(f"{name}: {output} has not the values asked for")


def _same(before: PydicomDataset, after: PydicomDataset) -> bool:
    return before.to_json_dict() == after.to_json_dict()


def _copy(source: Path, target: Path, _: Mapping[str, str]) -> None:
    shutil.copyfile(source, target)


def _safe_copy(source: Path, target: Path, _: Mapping[str, str]) -> str:
    """Copy, bring to the disk, and digest what was written: what a careful script does."""
    shutil.copyfile(source, target)
    with target.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _splice(source: Path, target: Path, new: Mapping[str, str]) -> None:
    descriptor = open_regular(str(source))
    output = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        structure = parse_structure(descriptor_window(descriptor, str(source)))
        write_segments(rewrite(structure, _edits(structure, new)).segments, descriptor, output)
    finally:
        os.close(output)
        os.close(descriptor)


def _edits(structure: FileStructure, new: Mapping[str, str]) -> tuple[Edit, ...]:
    """Every UI value that has a new one, at every level and in the file meta."""
    places = list(_ui_elements(structure.dataset, ""))
    if structure.meta is not None:
        places += [("meta", element) for element in structure.meta.elements if element.tag == _META_INSTANCE]
    found: list[Edit] = []
    for path, element in places:
        old = structure.text(element)
        if old in new:
            found.append(SetValue(element, path, old, new[old].encode(), "new-uid"))
    return tuple(found)


def _ui_elements(dataset: Dataset, prefix: str) -> Iterator[tuple[str, Element]]:
    for element in dataset.elements:
        if element.vr == "UI":
            yield prefix + keyword(element.tag), element
        for number, item in enumerate(element.items, start=1):
            yield from _ui_elements(item.dataset, f"{prefix}{keyword(element.tag)}[{number}].")


def _export(sources: _Sources, target: Path) -> None:
    files = tuple(
        ExportFile(
            path=str(path),
            root=str(sources.folder),
            relative=path.relative_to(sources.folder).as_posix(),
            stamp=stamp_of(path.stat()),
            occurrence=number,
            changed="new-uid",
            edits=lambda structure: _edits(structure, sources.new),
        )
        for number, path in enumerate(sources.files)
    )
    export(ExportRequest((str(sources.folder),), str(target), files))


def _pydicom(source: Path, target: Path, new: Mapping[str, str]) -> None:
    dataset = dcmread(source)
    for part in (dataset.file_meta, dataset):
        for element in part.iterall():
            if element.VR == "UI" and element.value in new:
                element.value = new[element.value]
    dataset.save_as(target)


def _dcmodify(source: Path, target: Path, new: Mapping[str, str]) -> None:
    """It follows no references: the keys alone. Its values must be told, which is not timed against it."""
    shutil.copyfile(source, target)
    subprocess.run(["dcmodify", "-nb", *_modifications(source, new), str(target)], check=True)


def _modifications(source: Path, new: Mapping[str, str]) -> Iterable[str]:
    if source not in _told:
        dataset = dcmread(source, stop_before_pixels=True)
        _told[source] = [
            word
            for keyword in _KEYS.values()
            for word in ("-m", f"{keyword}={new[str(dataset[keyword].value)]}")
        ]
    return _told[source]


_told: dict[Path, list[str]] = {}
