"""Programs by others that judge what was built or written; each is skipped, and says so, where it is absent.

DCMTK: `dcmdump`, `dcmftest`, `dcmmkdir`. dicom3tools: `dciodvfy` (an object against its IOD), `dcentvfy`
(objects against one another). GDCM: `gdcmscanner`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

# dcentvfy takes the accession number of a referenced request for the study's own, wherever a document's
# module holds that sequence: a fault of the program, not of the files.
_FALSE_ALARMS = re.compile(r"Different information entities for attribute - Element=<AccessionNumber>")
# False alarms of dciodvfy: it takes what a document referred to before it was changed for what it refers to,
# and knows a single item of (0400,0551), where each says of one value where it stood (PS3.3 C.12.1.1.9).
_FALSE_ALARMS_OF_OBJECTS = re.compile(
    r"</OriginalAttributesSequence.*Referenced SOP Instance is not listed in"
    r"|NonconformingModifiedAttributesSequence\(0400,0551\)>"
    r" - Bad (Sequence number of Items|attribute Value Multiplicity)"
)
# A sequence that is rightly written as UN: DCMTK says how it reads it, as a warning.
_STATEMENT = re.compile(r"with VR[ =]UN and undefined length, reading a sequence with .*LittleEndianImplicit")
_NAMES = re.compile(
    r"</[^<>]*\.[^<>]*>|(?<=for file )<[^<>]+>|(?<=versus )<[^<>]+>"
    r"|(?<=InstanceUID  = )<[^<>]+>|[0-2](?:\.\d+){2,}"
)


class JudgeDied(AssertionError):
    """The program itself broke off, as dicom3tools do over 32-bit dose grids; it has said nothing."""


class Verdict(NamedTuple):
    """What a program complains about, a line each, in its own order and words."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...]


def dcmdump(file: Path, *options: str) -> str:
    """The dump of the file; an AssertionError where DCMTK cannot read it or complains."""
    ended = _run("dcmdump", *options, str(file))
    complaints = _dump_complaints(ended)
    assert complaints == Verdict((), ()), f"dcmdump complains about {file.name}: {complaints}"
    return ended.stdout


def dcmdump_errors(files: Collection[Path]) -> dict[Path, tuple[str, ...]]:
    """By file, the errors of those that DCMTK cannot read, asked about many files at a time.

    Which of them an error is about it does not say, so that a lot with one is asked about in halves.
    """
    if not files:
        return {}
    ended = _run("dcmdump", *map(str, files), keep_output=False)
    errors = _dump_complaints(ended).errors
    if not errors:
        return {}
    several = list(files)
    if len(several) == 1:
        return {several[0]: errors}
    half = len(several) // 2
    return dcmdump_errors(several[:half]) | dcmdump_errors(several[half:])


def _dump_complaints(ended: subprocess.CompletedProcess[str]) -> Verdict:
    lines = [line for line in ended.stderr.splitlines() if not _STATEMENT.search(line)]
    errors = [line for line in lines if line.startswith(("E:", "F:"))]
    if ended.returncode != 0 and not errors:
        errors = [f"ended with {ended.returncode}"]
    return Verdict(tuple(errors), tuple(line for line in lines if line.startswith("W:")))


def dcmftest(files: Sequence[Path]) -> dict[Path, bool]:
    """Whether DCMTK takes each file for a DICOM file with file meta information."""
    ended = _run("dcmftest", *map(str, files))
    answers = dict(line.split(": ", 1)[::-1] for line in ended.stdout.splitlines())
    return {file: answers[str(file)] == "yes" for file in files}


def dcmmkdir(folder: Path, names: Sequence[str], directory: Path, *options: str) -> Verdict:
    """What DCMTK says when it takes these files of a folder into a DICOMDIR; `+U` puts right one there is."""
    ended = _run("dcmmkdir", *options, "+D", str(directory), "+id", str(folder), *names)
    verdict = _dump_complaints(ended)
    assert ended.returncode == 0 or verdict.errors, ended.stderr
    return verdict


def dciodvfy(file: Path) -> Verdict:
    """Whether the object is valid by its IOD. It cannot read a deflated file, and says so with errors."""
    verdict = _verdict(_run("dciodvfy", "-new", str(file)))
    return _without(verdict, _FALSE_ALARMS_OF_OBJECTS)


def dcentvfy(files: Iterable[Path], scratch: Path) -> Verdict:
    """Whether the objects agree on their patients, studies and series; `scratch` is a folder to write to."""
    names = scratch / "dcentvfy-files.txt"
    names.write_text("".join(f"{file}\n" for file in files))
    verdict = _verdict(_run("dcentvfy", "-f", str(names)))
    return _without(verdict, _FALSE_ALARMS)


def _without(verdict: Verdict, false_alarms: re.Pattern[str]) -> Verdict:
    return Verdict(*(tuple(line for line in lines if not false_alarms.search(line)) for lines in verdict))


def kinds(lines: Iterable[str]) -> frozenset[str]:
    """Complaints without file names and UIDs, so that those of a source and of its export can be compared."""
    return frozenset(_NAMES.sub("...", line) for line in lines)


def gdcmscanner(folder: Path, tags: Sequence[tuple[int, int]]) -> dict[Path, dict[tuple[int, int], str]]:
    """By file below the folder, the outermost values of the tags; what GDCM cannot read is left out."""
    options = [option for group, element in tags for option in ("-t", f"{group:04x},{element:04x}")]
    ended = _run("gdcmscanner", "-r", "-p", "-d", str(folder), *options)
    assert ended.returncode == 0, ended.stderr
    found: dict[Path, dict[tuple[int, int], str]] = {}
    values: dict[tuple[int, int], str] = {}
    for line in ended.stdout.splitlines():
        if named := re.fullmatch(r"Filename: (.*) \(could be read\)", line):
            values = found.setdefault(Path(named[1]), {})
        elif pair := re.fullmatch(r"\(([0-9a-f]{4}),([0-9a-f]{4})\) -> \[(.*)\]", line):
            values[int(pair[1], 16), int(pair[2], 16)] = pair[3]
    return found


def _verdict(ended: subprocess.CompletedProcess[str]) -> Verdict:
    lines = [line for line in (ended.stdout + ended.stderr).splitlines() if line]
    errors = [line for line in lines if line.startswith(("Error", "Abort"))]
    warnings = [line for line in lines if line.startswith("Warning")]
    # A program that dies without a word has not approved of anything.
    if ended.returncode not in (0, 1):
        raise JudgeDied(str(ended))
    return Verdict(tuple(errors), tuple(warnings))


def _run(program: str, *arguments: str, keep_output: bool = True) -> subprocess.CompletedProcess[str]:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    return subprocess.run(
        [path, *arguments],
        stdout=subprocess.PIPE if keep_output else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
