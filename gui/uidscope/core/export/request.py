"""What an export is asked to do, and what it did: plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.references import ReferenceState
from uidscope.core.plan.edit import Edit
from uidscope.core.plan.entry import MapEntry
from uidscope.core.read.record import FileStamp
from uidscope.core.read.structure import FileStructure

ChangeOfFile = Literal["new-uid", "changed-same-uid", "unchanged"]
Layout = Literal["keep", "hierarchy"]

# The edits of one file; called once for each file, in the order of the files and in the thread of the
# caller of the export.
EditsOf = Callable[[FileStructure], tuple[Edit, ...]]


class Place(NamedTuple):
    """Where a file belongs in the layout ``hierarchy``: keys that are compared and never shown."""

    patient: str
    study: str
    series: str
    modality: str


NO_PLACE: Final = Place("", "", "", "")


class Skipped(NamedTuple):
    """A file that is not written; ``reason`` is a word of the JSON format."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file to be written.

    ``path`` is where it is and ``root`` the source folder it was found in; ``relative`` is its path below
    that, with ``/`` between the parts. ``stamp`` is that of the file when it was read. A file that is
    ``unchanged`` is copied byte for byte and its edits are not asked for.
    """

    path: str
    root: str
    relative: str
    stamp: FileStamp
    occurrence: int
    changed: ChangeOfFile
    edits: EditsOf
    place: Place = NO_PLACE


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """One export: from where, to where, which files, and what is told about them.

    ``sources`` are the paths the user gave; ``target`` must not exist. ``map_entries`` go into the
    crosswalk and the manifest. ``decided`` are the UIDs of which the user said what a reference to them
    means: it need not resolve to what it did.
    """

    sources: tuple[str, ...]
    target: str
    files: tuple[ExportFile, ...]
    layout: Layout = "keep"
    skipped: tuple[Skipped, ...] = ()
    map_entries: tuple[MapEntry, ...] = ()
    decided: frozenset[str] = frozenset()
    dry_run: bool = False
    keep_tiff_preamble: bool = False


class WrittenFile(NamedTuple):
    """One file written (or, in a dry run, to be written; ``sha256`` is empty then).

    ``source`` is relative to its folder, absolute where several sources were given; ``output`` is
    relative to the target. ``size`` counts bytes.
    """

    source: str
    output: str
    size: int
    sha256: str
    changed: ChangeOfFile


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export did; ``entries`` are those asked for and the changes that every file gets."""

    target: str
    dry_run: bool
    files: tuple[WrittenFile, ...]
    skipped: tuple[Skipped, ...]
    entries: tuple[MapEntry, ...]
    references_before: Mapping[ReferenceState, int]
    references_after: Mapping[ReferenceState, int]
    verified: bool

    @property
    def total_bytes(self) -> int:
        """The size of all files written."""
        return sum(file.size for file in self.files)
