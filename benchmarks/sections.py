"""The sections of the measurements, and what is asked for on the command line."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import corpora
from benchmarks.exporting import exporting
from benchmarks.growth import INSTANCES, growth
from benchmarks.measure import command, interleaved, table
from benchmarks.reading import reading
from benchmarks.scanning import scanning
from benchmarks.starting import starting
from benchmarks.synthetic_growth import NUMBERS, synthetic_growth


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


def main() -> None:
    """Run what was asked for; by default the comparisons."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    compared = ["reading", "start", "inspecting", "scanning", "exporting"]
    sections = [*compared, "growth", "synthetic", "window", []]
    parser.add_argument("what", nargs="*", choices=sections, default=[])
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--export-files", type=int, default=400)
    parser.add_argument("--window-files", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--instances", type=int, nargs="+", default=list(INSTANCES))
    parser.add_argument("--picture", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not given.what or "reading" in given.what:
            reading(Path(folder), given.runs)
        if not given.what or "start" in given.what:
            starting(Path(folder), given.runs)
        if not given.what or "inspecting" in given.what:
            inspecting(Path(folder), given.files, given.runs)
        if "scanning" in given.what:
            scanning(Path(folder), given.files, given.runs)
        if not given.what or "exporting" in given.what:
            exporting(Path(folder), given.export_files, given.runs)
        if "growth" in given.what:
            growth(Path(folder), given.instances)
    if "synthetic" in given.what:
        synthetic_growth(NUMBERS, given.picture)
    if "window" in given.what:
        # The other sections need no Qt.
        from benchmarks.window import scan_gaps, window_gaps  # noqa: PLC0415

        scan_gaps(given.window_files)
        for instances in given.instances:
            window_gaps(instances)
