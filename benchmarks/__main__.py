"""Run the measurements: ``python -m benchmarks [reading] [inspecting] [exporting] [growth] [window]``.

``--runs N`` says how many turns each peer has.

``--files N`` and ``--export-files N`` say how many files are inspected and exported.
``growth`` takes ``--instances N ...`` and is left out unless it is asked for: it writes a file an instance.
``window`` takes them too, and writes no files; it needs the window's library.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from pydicom import dcmread
from pydicom.dataset import Dataset

from benchmarks import corpora
from benchmarks.exporting import exporting
from benchmarks.growth import INSTANCES, growth
from benchmarks.measure import command, interleaved, table
from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import FileRecord


def reading(folder: Path, runs: int) -> None:
    """All UI values of a file: the walker, a bare 8 KB read, pydicom."""
    for name, make in (
        ("CT-like, explicit VR", lambda target: corpora.ct_like(target, 200)),
        ("CT-like, implicit VR", lambda target: corpora.ct_like(target, 200, implicit=True)),
        ("small", lambda target: corpora.small(target, 500)),
    ):
        target = folder / name.replace(", ", "-").replace(" ", "-")
        make(target)
        files = [str(path) for path in sorted(target.rglob("*.dcm"))]
        _same_values(files[:20])
        times = interleaved(
            {
                "open + read 8 KB": lambda: [_bare(file) for file in files],  # noqa: B023
                "uidscope": lambda: [read_file(0, "", file) for file in files],  # noqa: B023
                "pydicom": lambda: [_pydicom_uids(dcmread(file)) for file in files],  # noqa: B023
            },
            runs,
        )
        print(table(f"All UI values: {name}", times, len(files), "open + read 8 KB"))


def inspecting(folder: Path, files: int, runs: int) -> None:
    """A whole folder: keys, all UIDs and references into the catalog and all checks, against keys alone."""
    target = folder / "inspect"
    corpora.small(target, files)
    ours = [sys.executable, "-m", "uidscope", "inspect", str(target), "--fail-on", "never", "--quiet"]
    peers = {"uidscope inspect": command(ours)}
    if shutil.which("gdcmscanner"):
        tags = ["-t", "8,18", "-t", "20,d", "-t", "20,e", "-t", "10,20"]
        peers["gdcmscanner"] = command(["gdcmscanner", "-d", str(target), "-r", *tags, "-p"])
    else:
        print("gdcmscanner is not installed: no comparison with it.")
    times = interleaved(peers, runs)
    print(table(f"Inspecting {files} small files", times, files, list(peers)[-1]))


def _bare(file: str) -> int:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        return len(os.read(descriptor, 8192))
    finally:
        os.close(descriptor)


def _pydicom_uids(dataset: Dataset) -> list[str]:
    found: list[str] = []
    for part in (dataset.file_meta, dataset):
        for element in part.iterall():
            if element.VR == "UI":
                values = [element.value] if isinstance(element.value, str) else list(element.value or [])
                found += [str(value) for value in values]
    return found


def _same_values(files: list[str]) -> None:
    """Nothing is timed before all report the same values."""
    for file in files:
        record = read_file(0, "", file)
        assert isinstance(record, FileRecord)
        ours = [raw.rstrip(b"\0").decode() for _, raw, count in record.values for _ in range(count)]
        ours += [record.sop_instance_uid, record.meta_sop_instance_uid or ""]
        if sorted(ours) != sorted(_pydicom_uids(dcmread(file))):
            raise SystemExit(f"{file}: the readers disagree")


def main() -> None:
    """Run what was asked for; by default the comparisons."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    sections = ["reading", "inspecting", "exporting", "growth", "window", []]
    parser.add_argument("what", nargs="*", choices=sections, default=[])
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--export-files", type=int, default=400)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--instances", type=int, nargs="+", default=list(INSTANCES))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not given.what or "reading" in given.what:
            reading(Path(folder), given.runs)
        if not given.what or "inspecting" in given.what:
            inspecting(Path(folder), given.files, given.runs)
        if not given.what or "exporting" in given.what:
            exporting(Path(folder), given.export_files, given.runs)
        if "growth" in given.what:
            growth(Path(folder), given.instances)
    if "window" in given.what:
        # The other sections need no Qt.
        from benchmarks.window import window_gaps  # noqa: PLC0415

        for instances in given.instances:
            window_gaps(instances)


if __name__ == "__main__":
    main()
