"""What an export is asked to do, and what it did: plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

from uidscope.core.catalog.references import ReferenceState
from uidscope.core.export.journal import Journal
from uidscope.core.plan.edits.edit import Edit
from uidscope.core.plan.entry import MapEntry
from uidscope.core.read.record import FileStamp
from uidscope.core.read.structure import FileStructure
from uidscope.core.uid.schemes import SchemeOptions, make_scheme

ChangeOfFile = Literal["new-uid", "changed-same-uid", "unchanged"]
Layout = Literal["keep", "hierarchy", "media"]
LAYOUTS: Final[tuple[Layout, ...]] = get_args(Layout)
MOST_UNRESOLVED: Final = 10_000  # references of an export that are told one by one

# The edits of one file; called once for each file, in the order of the files and in the thread of the
# caller of the export.
EditsOf = Callable[[FileStructure], tuple[Edit, ...]]


# Makes a UID for a new entity of a kind (``study``, ``series``, ``instance``).
NewUid = Callable[[str], str]

# The content of a change record, given what was done and the SHA-256 of each list beside the export.
ChangeRecord = Callable[["ExportResult", Mapping[str, str]], bytes]

RejectionTitle = Literal["113001", "113037", "113038", "113039"]
REJECTION_TITLES: Final[Mapping[RejectionTitle, str]] = {  # PS3.16 CID 7010
    "113001": "Rejected for Quality Reasons",
    "113037": "Rejected for Patient Safety Reasons",
    "113038": "Incorrect Modality Worklist Entry",
    "113039": "Data Retention Policy Expired",
}


def random_uid(kind: str) -> str:
    """Return a UID by the scheme ``uuid``."""
    return make_scheme(SchemeOptions()).new_uid(kind, "")


class Place(NamedTuple):
    """Where a file belongs in the layouts ``hierarchy`` and ``media``: keys that are never shown."""

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
    ``unchanged`` is copied byte for byte and its edits are not asked for. ``named`` is what to call it in
    lists where that is not its path: a file from an archive.
    """

    path: str
    root: str
    relative: str
    stamp: FileStamp
    occurrence: int
    changed: ChangeOfFile
    edits: EditsOf
    place: Place = NO_PLACE
    named: str = ""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """One export: from where, to where, which files, and what is told about them.

    ``sources`` are the paths the user gave; ``target`` must not exist. ``map_entries`` go into the
    crosswalk and the manifest. ``decided`` are the UIDs of which the user said what a reference to them
    means: it need not resolve to what it did.

    ``zipped``: one archive instead of a folder. ``file_set_id`` is for the layout ``media``. ``new_uid``
    makes a UID for a new entity of a kind. ``rejection`` is the title of rejection notes for the
    ``replaced`` occurrences, those whose place new objects take. ``change_record`` makes the content of
    the change record. ``journal`` is kept with the work until it is published, and ``resume`` says to go
    on with the work that was interrupted. ``processes`` is how many may write, 0 as many as is
    best.
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
    zipped: bool = False
    file_set_id: str = ""
    new_uid: NewUid = random_uid
    rejection: RejectionTitle | None = None
    replaced: frozenset[int] = frozenset()
    change_record: ChangeRecord | None = None
    journal: Journal | None = None
    resume: bool = False
    processes: int = 0


class FilledKey(NamedTuple):
    """A key that a record of a DICOMDIR must have and the file has not: ``value`` is ours."""

    output: str
    record: str
    attribute: str
    value: str


class Directory(NamedTuple):
    """The DICOMDIR of an export; in a dry run ``sha256`` is empty. ``records`` counts all of them."""

    output: str
    sha256: str
    file_set_id: str
    records: int
    filled: tuple[FilledKey, ...]


class Archive(NamedTuple):
    """The one file that holds the export; in a dry run ``size`` is 0 and ``sha256`` empty."""

    output: str
    size: int
    sha256: str


class RejectionNote(NamedTuple):
    """A rejection note for objects of one study, by their old UIDs; ``sha256`` is empty in a dry run."""

    output: str
    title: RejectionTitle
    study: str
    objects: int
    sha256: str


class StudyWritten(NamedTuple):
    """A study of the output: its UID before and after, and how many files of it were written."""

    old: str
    new: str
    files: int


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


class UnresolvedReference(NamedTuple):
    """A reference of a file written that leads to nothing written, or not to what it should.

    ``file`` is the name in the output, ``pattern`` an element path without item numbers; it stands there
    ``times`` times. ``is_loaded``: what it names is loaded, and only not written.
    """

    file: str
    pattern: str
    uid: str
    kind: str
    class_uid: str
    state: ReferenceState
    times: int
    is_loaded: bool = False


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export did; ``entries`` are those asked for and the changes that every file gets.

    ``resumed`` counts the files that an interrupted export had written, and that were found as planned;
    ``references_rewritten`` the references that name another UID than before. ``unresolved`` are those
    counted in ``references_after`` that do not resolve, the first ``MOST_UNRESOLVED`` of them.
    """

    target: str
    dry_run: bool
    files: tuple[WrittenFile, ...]
    skipped: tuple[Skipped, ...]
    entries: tuple[MapEntry, ...]
    references_before: Mapping[ReferenceState, int]
    references_after: Mapping[ReferenceState, int]
    verified: bool
    directory: Directory | None = None
    archive: Archive | None = None
    rejection_notes: tuple[RejectionNote, ...] = ()
    studies: tuple[StudyWritten, ...] = ()
    resumed: int = 0
    references_rewritten: int = 0
    unresolved: tuple[UnresolvedReference, ...] = ()

    @property
    def total_bytes(self) -> int:
        """The size of all files written."""
        return sum(file.size for file in self.files)
