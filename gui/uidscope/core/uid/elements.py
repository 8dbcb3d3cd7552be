"""The elements of VR UI: what each identifies, and what each intention does with it.

The table is ``resources/tables/ui_elements.csv``. What a reference refers to depends on where it
stands, so ``reference_kind`` takes an element path.
"""

from __future__ import annotations

import functools
from typing import Final, Literal, NamedTuple, cast

from uidscope.core.errors import UsageError
from uidscope.core.uid.resource_files import read_table

Treatment = Literal[
    "new",
    "keep",
    "follow",
    "new-if-closed",
    "new-if-whole",
    "own",
    "encoder",
    "own-or-drop",
    "drop",
    "drop-with-its-item",
]
ReferenceKind = Literal["instance", "series", "study", "frame_of_reference", "other"]

_ENTITY_KINDS: Final = {
    "instance": "instance",
    "instance (pre-split object)": "instance",
    "color palette instance": "instance",
    "series": "series",
    "study": "study",
    "frame of reference": "frame_of_reference",
    "equipment frame of reference": "frame_of_reference",
}
_CLASS_ROLES: Final = frozenset(
    {"type", "system", "command-class", "file-meta-class", "file-meta-type", "file-meta-implementation"}
)
_NOT_ENTITIES: Final = ("depends on concept name", "depends on selector attribute")

# Elements that name an instance wherever they stand.
_INSTANCE_LEAVES: Final = frozenset(
    {
        "ReferencedSOPInstanceUID",
        "MultiFrameSourceSOPInstanceUID",
        "FailedSOPInstanceUIDList",
        "SOPInstanceUIDOfConcatenationSource",
        "ReferencedColorPaletteInstanceUID",
    }
)
# Elements that name an entity of their own object at the top level, and refer to one inside an item.
_NESTED_LEAVES: Final[dict[str, ReferenceKind]] = {
    "SOPInstanceUID": "instance",
    "SeriesInstanceUID": "series",
    "StudyInstanceUID": "study",
    "FrameOfReferenceUID": "frame_of_reference",
}
_FRAME_LEAVES: Final = frozenset(
    {
        "ReferencedFrameOfReferenceUID",
        "RelatedFrameOfReferenceUID",
        "SourceFrameOfReferenceUID",
        "VolumeFrameOfReferenceUID",
        "TargetFrameOfReferenceUID",
        "EquipmentFrameOfReferenceUID",
    }
)
# (0008,1155) holds a Study Instance UID here (PS3.3 10.6.1; customary in RT structure sets).
_STUDY_SEQUENCES: Final = frozenset({"ReferencedStudySequence", "RTReferencedStudySequence"})
# Here it names what is never a file of its own: normalized objects, and documents of HL7.
_OTHER_SEQUENCES: Final = frozenset(
    {
        "HL7StructuredDocumentReferenceSequence",
        "InstanceLevelReferencedPerformedProcedureStepSequence",
        "ReferencedBasicAnnotationBoxSequence",
        "ReferencedFilmBoxSequence",
        "ReferencedFilmSessionSequence",
        "ReferencedGeneralPurposeScheduledProcedureStepSequence",
        "ReferencedImageBoxSequence",
        "ReferencedImageBoxSequenceRetired",
        "ReferencedImageOverlayBoxSequence",
        "ReferencedInterpretationSequence",
        "ReferencedOverlayPlaneSequence",
        "ReferencedPatientAliasSequence",
        "ReferencedPatientSequence",
        "ReferencedPerformedProcedureStepSequence",
        "ReferencedPresentationLUTSequence",
        "ReferencedPrintJobSequence",
        "ReferencedPrintJobSequencePullStoredPrint",
        "ReferencedProcedureStepSequence",
        "ReferencedResultsSequence",
        "ReferencedStoredPrintSequence",
        "ReferencedVOILUTBoxSequence",
        "ReferencedVisitSequence",
        "ReplacedProcedureStepSequence",
        "ResultingGeneralPurposePerformedProcedureStepsSequence",
    }
)


class UiElement(NamedTuple):
    """One standard element of VR UI.

    ``identity_scope`` says in a few words what its values identify; ``defines_entity``, whether they
    make entries of the map or only follow them. ``instances``, ``derived_series``, ``copy`` and
    ``pseudonymous`` are the treatments of the four intentions.
    """

    tag: int
    keyword: str
    vm: str
    role: str
    identity_scope: str
    defines_entity: bool
    instances: Treatment
    derived_series: Treatment
    copy: Treatment
    pseudonymous: Treatment
    retired: bool

    @property
    def multiple_allowed(self) -> bool:
        """Whether the element may hold more than one value (PS3.6 VM)."""
        return self.vm != "1"


def ui_element(tag: int) -> UiElement | None:
    """Return the standard UI element of a tag ``0xGGGGEEEE``; None for private and unknown ones."""
    return _by_tag().get(tag)


def ui_element_by_keyword(keyword: str) -> UiElement | None:
    """Return the standard UI element of a keyword, or None."""
    return _by_keyword().get(keyword)


def treatment(tag: int, intention: str) -> Treatment:
    """Return what an intention does with an element; ``follow`` for private and unknown UI elements.

    ``intention`` is ``instances``, ``derived-series``, ``copy`` or ``pseudonymous``; any other raises
    ``UsageError``.
    """
    element = ui_element(tag)
    if intention == "instances":
        return element.instances if element else "follow"
    if intention == "derived-series":
        return element.derived_series if element else "follow"
    if intention == "copy":
        return element.copy if element else "follow"
    if intention == "pseudonymous":
        return element.pseudonymous if element else "follow"
    raise UsageError(f"There is no table of treatments for “{intention}”.")


def is_class_or_type(tag: int) -> bool:
    """Say whether an element names a class, a type, an organization or a system: its value never changes."""
    element = ui_element(tag)
    if element is None:
        return False
    return element.role in _CLASS_ROLES


def identity_kind(tag: int, nested: bool) -> str | None:
    """Return which kind of entity an element's value names, or None for classes, types and free values.

    ``instance``, ``series``, ``study`` and ``frame_of_reference``, else the table's own words
    (``concatenation``, ``irradiation event``, ...). Inside a sequence item an element of group 0000
    or 0002 is no command and no file meta, and names nothing.
    """
    element = ui_element(tag)
    if element is None or is_class_or_type(tag) or element.identity_scope in _NOT_ENTITIES:
        return None
    if nested and tag >> 16 in (0x0000, 0x0002):
        return None
    return _ENTITY_KINDS.get(element.identity_scope, element.identity_scope)


@functools.lru_cache(maxsize=8192)
def reference_kind(pattern: str) -> ReferenceKind | None:
    """Return what an element refers to, by its path; None where it is no reference.

    ``pattern`` is an element path without item numbers
    (``RTReferencedStudySequence[].ReferencedSOPInstanceUID``); the number of a value, ``(2)``, may
    follow it. File meta and the records of a DICOMDIR are no references.
    """
    *sequences, leaf = pattern.split(".")
    leaf = leaf.partition("(")[0]
    if sequences and (sequences[0] == "meta" or _is_sequence(sequences[0], "DirectoryRecordSequence")):
        return None
    if leaf == "ReferencedSOPInstanceUID":
        return _kind_by_sequence(sequences[-1].partition("[")[0] if sequences else "")
    if leaf in _INSTANCE_LEAVES:
        return "instance"
    if leaf in _FRAME_LEAVES:
        return "frame_of_reference"
    return _NESTED_LEAVES.get(leaf) if sequences else None


def _kind_by_sequence(sequence: str) -> ReferenceKind:
    """What (0008,1155) names in an item of this sequence."""
    if sequence in _STUDY_SEQUENCES:
        return "study"
    return "other" if sequence in _OTHER_SEQUENCES else "instance"


def _is_sequence(component: str, keyword: str) -> bool:
    return component.partition("[")[0] == keyword


@functools.cache
def _by_tag() -> dict[int, UiElement]:
    return {
        int(row["tag"], 16): UiElement(
            tag=int(row["tag"], 16),
            keyword=row["keyword"],
            vm=row["vm"],
            role=row["role"],
            identity_scope=row["identity_scope"],
            defines_entity=row["defines_entity"] == "yes",
            instances=cast("Treatment", row["instances"]),
            derived_series=cast("Treatment", row["derived_series"]),
            copy=cast("Treatment", row["copy"]),
            pseudonymous=cast("Treatment", row["pseudonymous"]),
            retired=row["retired"] == "yes",
        )
        for row in read_table("ui_elements")
    }


@functools.cache
def _by_keyword() -> dict[str, UiElement]:
    return {element.keyword: element for element in _by_tag().values()}
