"""Objects that somebody has put their name to: a plan changes them only where that was acknowledged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from uidscope.core.catalog.lookup import display_path
from uidscope.core.catalog.plan_questions import loaded_objects, paths_on_disk, profile_values
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import InputError
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.structure import Dataset, FileStructure, StructureFault, parse_structure

_KEY_OBJECT: Final = "1.2.840.10008.5.1.4.1.1.88.59"
_DOCUMENTS: Final = "1.2.840.10008.5.1.4.1.1.88."
_RADIOTHERAPY: Final = "1.2.840.10008.5.1.4.1.1.481."

_CODE_VALUE: Final = 0x0008_0100
_VERIFICATION_FLAG: Final = 0x0040_A493
_CONCEPT_NAME_CODE: Final = 0x0040_A043
_APPROVAL_STATUS: Final = 0x300E_0002
_REJECTION: Final = "rejection-note"
_ACKNOWLEDGED: Final = {
    _REJECTION: "rejection-note-acknowledged",
    "approved-object": "approved-object-acknowledged",
    "verified-report": "verified-report-acknowledged",
}
# The titles of notes that reject other objects (PS3.16 CID 7011; IHE IOCM).
_REJECTIONS: Final = frozenset({"113001", "113037", "113038", "113039"})


def is_to_acknowledge(note: PlanNote) -> bool:
    """Say whether a note stands against a plan only until it is acknowledged (``Plan.acknowledged``)."""
    return note.code in _ACKNOWLEDGED


class AttestedObjects(NamedTuple):
    """What stands against a plan until it is acknowledged, and what is to be told of the others."""

    refused: tuple[PlanNote, ...]
    told: tuple[PlanNote, ...]


def attested_objects(
    catalog: Catalog, occurrences: Iterable[int], *, beside: Collection[int], acknowledged: bool
) -> AttestedObjects:
    """Return a note for each sort of attested object among these files: rejections, approved, verified.

    ``beside`` are the files that get an identity beside the old one: the approved or verified object stays
    what it was, so they are told and not refused. A copy of a rejection note would reject, so it is refused
    like the rest. ``acknowledged`` says that the user knows. Files that cannot be read are left out: their
    export fails anyhow.
    """
    found: dict[str, list[int]] = {}
    candidates = _candidates(catalog, occurrences)
    paths = paths_on_disk(catalog, candidates)
    for occurrence, class_uid in sorted(candidates.items()):
        code = _attested(paths[occurrence], class_uid)
        if code:
            is_told = acknowledged or (occurrence in beside and code != _REJECTION)
            found.setdefault(_ACKNOWLEDGED[code] if is_told else code, []).append(occurrence)
    notes = {
        code: PlanNote(code, {"files": len(files), "file": display_path(catalog, files[0])}, tuple(files))
        for code, files in sorted(found.items())
    }
    return AttestedObjects(
        refused=tuple(note for code, note in notes.items() if code in _ACKNOWLEDGED),
        told=tuple(note for code, note in notes.items() if code not in _ACKNOWLEDGED),
    )


def _candidates(catalog: Catalog, occurrences: Iterable[int]) -> dict[int, str]:
    """The files of classes that know such a status, with their class."""
    objects = list(loaded_objects(catalog, occurrences))
    classes: Mapping[int, tuple[str, ...]] = profile_values(
        catalog, {known.profile for known in objects}, ("SOPClassUID",)
    )
    return {
        known.occurrence: class_uid
        for known in objects
        if (class_uid := classes[known.profile][0]).startswith((_DOCUMENTS, _RADIOTHERAPY))
    }


def _attested(path: str, class_uid: str) -> str:
    try:
        with open_window(path, follow_links=True) as window:
            structure = parse_structure(window)
            if class_uid == _KEY_OBJECT:
                return "rejection-note" if _title(structure) in _REJECTIONS else ""
            if class_uid.startswith(_DOCUMENTS):
                is_verified = _text(structure, structure.dataset, _VERIFICATION_FLAG) == "VERIFIED"
                return "verified-report" if is_verified else ""
            is_approved = _text(structure, structure.dataset, _APPROVAL_STATUS) == "APPROVED"
            return "approved-object" if is_approved else ""
    except (InputError, StructureFault, OSError):
        return ""


def _title(structure: FileStructure) -> str:
    """The code of the document title (PS3.3 C.17.6.2)."""
    concept = structure.dataset.find(_CONCEPT_NAME_CODE)
    if concept is None or not concept.items:
        return ""
    return _text(structure, concept.items[0].dataset, _CODE_VALUE)


def _text(structure: FileStructure, dataset: Dataset, tag: int) -> str:
    element = dataset.find(tag)
    return "" if element is None else structure.text(element).strip()
