"""Files written beside their sources, judged by other programs: what is wrong now and was not before.

The judges' opinion of a source is asked for once, however many exports of it are judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.judges import JudgeDied, Verdict, dcentvfy, dciodvfy, dcmdump_errors, dcmftest, kinds

# By output, its source.
Sources = Mapping[Path, Path]

_AT_ONCE: Final = 2
_MOST_BY_IOD: Final = 100  # of one export; hundreds of images of one device have the same structure
_DEFLATED: Final = b"1.2.840.10008.1.2.1.99"
_HEAD: Final = 1024  # bytes that hold the transfer syntax

# What was thought of the sources; None where a judge broke off.
_read_by_dcmtk: dict[Path, bool] = {}
_of_iod: dict[Path, Verdict | None] = {}
_of_entities: dict[frozenset[Path], Verdict | None] = {}


def unread(outputs: Sources) -> list[str]:
    """The outputs that DCMTK cannot read, though it could read their sources."""
    errors = dcmdump_errors(outputs)
    known = _sources_read(outputs.values())
    return [f"{output}: {errors[output][0]}" for output in sorted(errors) if known[outputs[output]]]


def no_dicom_files(outputs: Sources) -> list[str]:
    """The outputs that DCMTK does not take for DICOM files, unless they are their sources byte for byte."""
    refused = [output for output, is_one in dcmftest(list(outputs)).items() if not is_one]
    return [str(output) for output in refused if not _same_bytes(output, outputs[output])]


def new_errors_by_iod(outputs: Sources) -> list[str]:
    """The kinds of error by which an output fails its IOD and its source did not.

    Left out: an output with its source's bytes, what DCMTK could not read, and deflated files, which
    dciodvfy cannot read. Of hundreds some are asked about, evenly spread.
    """
    known = _sources_read(outputs.values())
    readable = [
        (output, source)
        for output, source in sorted(outputs.items())
        if known[source] and not _same_bytes(output, source) and not _is_deflated(source)
    ]
    asked = dict(readable[:: -(-len(readable) // _MOST_BY_IOD) or 1])
    sources = sorted(set(asked.values()) - _of_iod.keys())
    _of_iod.update(zip(sources, _verdicts_by_iod(sources), strict=True))
    return [
        f"{output}: {error}"
        for output, after in zip(asked, _verdicts_by_iod(asked), strict=True)
        for error in _new_kinds(_of_iod[asked[output]], after)
    ]


def new_errors_between(outputs: Sources, scratch: Path) -> list[str]:
    """The kinds of disagreement among all outputs that are not among their sources."""
    sources = frozenset(outputs.values())
    if all(_same_bytes(output, source) for output, source in outputs.items()):
        return []
    if sources not in _of_entities:
        _of_entities[sources] = _verdict_on_entities(sorted(sources), scratch)
    return _new_kinds(_of_entities[sources], _verdict_on_entities(sorted(outputs), scratch))


def _new_kinds(before: Verdict | None, after: Verdict | None) -> list[str]:
    """A judge that broke off over the source is not heard; over the output alone it must not break off."""
    if before is None:
        return []
    if after is None:
        return ["the judge broke off"]
    return sorted(kinds(after.errors) - kinds(before.errors))


def _sources_read(sources: Collection[Path]) -> dict[Path, bool]:
    asked = set(sources) - _read_by_dcmtk.keys()
    errors = dcmdump_errors(asked)
    _read_by_dcmtk.update({source: source not in errors for source in asked})
    return _read_by_dcmtk


def _verdicts_by_iod(files: Iterable[Path]) -> list[Verdict | None]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(_verdict_by_iod, files))


def _verdict_by_iod(file: Path) -> Verdict | None:
    try:
        return dciodvfy(file)
    except JudgeDied:
        return None


def _verdict_on_entities(files: Iterable[Path], scratch: Path) -> Verdict | None:
    try:
        return dcentvfy(files, scratch)
    except JudgeDied:
        return None


def _same_bytes(output: Path, source: Path) -> bool:
    return output.stat().st_size == source.stat().st_size and output.read_bytes() == source.read_bytes()


def _is_deflated(file: Path) -> bool:
    with file.open("rb") as opened:
        return _DEFLATED in opened.read(_HEAD)
