"""All UI values of a file, reader against reader, and against opening it and reading 8 KB: the limit.

Processor time counts: all read from memory, and wait for nothing.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import corpora
from benchmarks.measure import interleaved, processor_time
from benchmarks.peers import Reader, key_values, readers

_BARE: Final = "open + read 8 KB"
_PYDICOM: Final = "pydicom"
_CORPORA: Final[dict[str, Callable[[Path], None]]] = {
    "CT-like, explicit VR": partial(corpora.ct_like, files=200),
    "CT-like, implicit VR": partial(corpora.ct_like, files=200, implicit=True),
    "small files": partial(corpora.small, files=500),
    "deep: RTSTRUCT, 500-frame MR, SR": corpora.deep,
}
_CHECKED: Final = 20  # files of each corpus whose values are compared


def reading(folder: Path, runs: int) -> None:
    """Print a table for each corpus; end where readers disagree."""
    for number, (name, make) in enumerate(_CORPORA.items()):
        target = folder / f"reading-{number}"
        make(target)
        files = [str(path) for path in sorted(target.rglob("*.dcm"))]
        compared = [reader for reader in readers() if _agrees(reader, target, files)]
        peers = {reader.name: partial(reader.read, files) for reader in compared}
        times = interleaved(
            {_BARE: partial(_bare, files), **peers}, runs, before=_settle, clock=processor_time
        )
        print(_table(f"Reading, {name}", times, len(files)))


def _settle() -> None:
    """Let no reader pay for what others have left in this process: it would be looked through for cycles."""
    gc.collect()
    gc.freeze()


def _bare(files: Sequence[str]) -> list[int]:
    lengths = []
    for file in files:
        descriptor = os.open(file, os.O_RDONLY)
        try:
            lengths.append(len(os.read(descriptor, 8192)))
        finally:
            os.close(descriptor)
    return lengths


def _agrees(reader: Reader, folder: Path, files: list[str]) -> bool:
    """Whether a reader gives the values that pydicom gives; ours must."""
    some = files[:_CHECKED]
    if reader.name.startswith("gdcmscanner"):
        some = files  # it reads the whole folder
    (pydicom,) = [each for each in readers() if each.name == _PYDICOM]
    expected = pydicom.values(pydicom.read(some)) if reader.everything else key_values(some)
    # A second reading is one that the first has taught.
    for _ in range(2):
        found = reader.values(reader.read(some))
        if sorted(map(sorted, found)) != sorted(map(sorted, expected)):
            if reader.name.startswith("uidscope"):
                raise SystemExit(f"{folder}: {reader.name} disagrees with pydicom")
            print(f"{reader.name} gives other values than pydicom, and is left out.")
            return False
    return True


def _table(title: str, times: Mapping[str, float], files: int) -> str:
    """The times as lines of Markdown; the shares are rates: 1 is as fast as the bare read."""
    lines = [
        f"### {title}",
        "",
        f"| reader | µs a file | rate, of {_BARE} | times the rate of pydicom |",
        "|---|--:|--:|--:|",
    ]
    lines += [
        f"| {name} | {seconds / files * 1e6:.1f} | {times[_BARE] / seconds:.3f} "
        f"| {times[_PYDICOM] / seconds:.1f} |"
        for name, seconds in times.items()
    ]
    return "\n".join([*lines, ""])
