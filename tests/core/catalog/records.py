"""File records made of plain values, as the reader would make them, and catalogs that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.store import Catalog
from uidscope.core.read.attributes import PROFILE_KEYWORDS
from uidscope.core.read.record import (
    HAS_META,
    HAS_PREAMBLE,
    IS_DICOMDIR,
    Fault,
    FileRecord,
    FileStamp,
    NotLoaded,
    RawReference,
    RawUiValue,
)

CT = "1.2.840.10008.5.1.4.1.1.2"
MR = "1.2.840.10008.5.1.4.1.1.4"
STUDY = "1.2.826.0.1.3680043.8.498.1"
SERIES = f"{STUDY}.1"
FRAME = f"{STUDY}.9"

_STAMP = FileStamp(1000, 1_600_000_000_000_000_000, 1, 1)
_PROFILE = {
    "PatientName": "TEST^ALPHA",
    "PatientID": "A1",
    "StudyInstanceUID": STUDY,
    "SeriesInstanceUID": SERIES,
    "SOPClassUID": CT,
    "Modality": "CT",
}


def field(uid: str) -> bytes:
    """The bytes of a UI field with one plainly encoded value."""
    return uid.encode("ascii") + b"\0" * (len(uid) % 2)


def instance_uid(number: int) -> str:
    """A SOP Instance UID."""
    return f"{SERIES}.{number}"


def a_record(
    uid: str,
    *,
    path: str | None = None,
    source: int = 0,
    number: str = "",
    flags: int = HAS_PREAMBLE | HAS_META,
    meta_uid: str | None = "",
    stamp: FileStamp = _STAMP,
    values: Sequence[RawUiValue] = (),
    references: Sequence[RawReference] = (),
    faults: Sequence[Fault] = (),
    profile: Mapping[str, str | None] | None = None,
    **attributes: str | None,
) -> FileRecord:
    """One file of a CT series; ``profile`` and keywords change or (None) drop profile attributes.

    The UI elements at the top that the profile names are among the values, as in a real record.
    ``meta_uid`` is the SOP Instance UID itself where it is left empty.
    """
    stated = {**_PROFILE, **(profile or {}), **attributes}
    own_values = [
        (keyword, field(stated[keyword] or ""), 1)
        for keyword in ("SOPClassUID", "StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID")
        if stated.get(keyword) is not None
    ]
    return FileRecord(
        source=source,
        path=path or f"{uid or 'none'}.dcm",
        stamp=stamp,
        encoding="explicit little endian",
        flags=flags,
        profile=tuple(stated.get(keyword) for keyword in PROFILE_KEYWORDS),
        sop_instance_uid=uid,
        meta_sop_instance_uid=uid if meta_uid == "" else meta_uid,
        instance_number=number,
        values=(*own_values, *values),
        references=tuple(references),
        faults=tuple(faults),
    )


def a_dicomdir(path: str = "DICOMDIR", *, meta_uid: str = "1.2.3.4", uid: str = "") -> FileRecord:
    """A Media Storage Directory."""
    nothing = dict.fromkeys(_PROFILE, None)
    flags = HAS_PREAMBLE | HAS_META | IS_DICOMDIR
    return a_record(uid, path=path, meta_uid=meta_uid, flags=flags, profile=nothing)


def a_reference(
    uid: str,
    *,
    pattern: str = "SourceImageSequence[].ReferencedSOPInstanceUID",
    kind: str = "instance",
    class_uid: str = "",
    series_uid: str = "",
    study_uid: str = "",
    purpose: str = "",
    count: int = 1,
) -> RawReference:
    """One reference."""
    return RawReference(pattern, uid, kind, class_uid, series_uid, study_uid, purpose, count)


def a_catalog(
    records: Iterable[FileRecord],
    *,
    sources: Sequence[tuple[str, bool]] = (("/archive", True),),
    not_loaded: Iterable[NotLoaded] = (),
    finish: bool = True,
) -> Catalog:
    """A temporary catalog with these files; the caller closes it."""
    catalog = Catalog.create()
    writer = CatalogWriter(catalog)
    writer.add_sources(sources)
    writer.add(records)
    writer.add_not_loaded(not_loaded)
    if finish:
        writer.finish()
    else:
        writer.commit()
    return catalog
