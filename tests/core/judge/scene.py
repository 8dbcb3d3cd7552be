"""Catalogs made of a few records, and what the checks find in them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.judge import judge
from uidscope.core.read.attributes import PROFILE_KEYWORDS
from uidscope.core.read.record import (
    HAS_META,
    HAS_PREAMBLE,
    Fault,
    FileRecord,
    FileStamp,
    RawReference,
    RawUiValue,
)

ROOT = "1.2.826.0.1.3680043.10.999"
STUDY, SERIES, FRAME = f"{ROOT}.1", f"{ROOT}.2", f"{ROOT}.3"
CT, MR, RTSTRUCT, SR = (f"1.2.840.10008.5.1.4.1.1.{branch}" for branch in ("2", "4", "481.3", "88.33"))
SOURCE_IMAGE = "SourceImageSequence[].ReferencedSOPInstanceUID"

# What a DICOMDIR does not have.
NO_PLACE: Mapping[str, None] = dict.fromkeys(
    ("StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID", "SOPClassUID")
)

_SAME = "the same as in the data set"
_PROFILE_UIDS = ("StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID", "SOPClassUID")


def instance(number: int) -> str:
    """A SOP Instance UID without fault."""
    return f"{ROOT}.4.{number}"


def padded(text: str) -> bytes:
    """A UI field as it should be."""
    return text.encode() + b"\0" * (len(text) % 2)


def reference(
    uid: str,
    pattern: str = SOURCE_IMAGE,
    *,
    kind: str = "instance",
    class_uid: str = CT,
    series_uid: str = "",
    study_uid: str = "",
    purpose: str = "",
) -> RawReference:
    """A reference as the reader states it."""
    return RawReference(pattern, uid, kind, class_uid, series_uid, study_uid, purpose, 1)


def an_object(
    path: str,
    uid: str,
    *,
    meta_uid: str | None = _SAME,
    number: str | None = None,
    fields: Mapping[str, bytes | None] | None = None,
    references: Iterable[RawReference] = (),
    flags: int = HAS_PREAMBLE | HAS_META,
    faults: Iterable[Fault] = (),
    attributes: Mapping[str, str | None] | None = None,
    **more_attributes: str | None,
) -> FileRecord:
    """A CT image without fault but for what is asked for.

    ``attributes`` are those of the profile, None for absent; ``fields`` are further UI fields by path,
    or other bytes for one of those that every object here has, None for absent. ``number`` is the
    Instance Number, else one that follows from the UID.
    """
    profile: dict[str, str | None] = {
        "PatientID": "ALPHA-1",
        "PatientName": "TEST^ALPHA",
        "StudyInstanceUID": STUDY,
        "SeriesInstanceUID": SERIES,
        "FrameOfReferenceUID": FRAME,
        "Modality": "CT",
        "SOPClassUID": CT,
        **(attributes or {}),
        **more_attributes,
    }
    raw: dict[str, bytes | None] = {}
    if flags & HAS_META:
        raw["meta.MediaStorageSOPClassUID"] = padded(profile["SOPClassUID"] or "")
        raw["meta.TransferSyntaxUID"] = padded("1.2.840.10008.1.2.1")
        raw["meta.ImplementationClassUID"] = padded(f"{ROOT}.9")
    raw |= {keyword: padded(text) for keyword in _PROFILE_UIDS if (text := profile[keyword]) is not None}
    raw |= fields or {}
    values: list[RawUiValue] = [(pattern, field, 1) for pattern, field in raw.items() if field is not None]
    references = tuple(references)
    values += [(each.pattern, padded(each.uid), each.count) for each in references]
    if not flags & HAS_META:
        meta_uid = None
    return FileRecord(
        source=0,
        path=path,
        stamp=FileStamp(1000, 1, 1, 1),
        encoding="explicit-le",
        flags=flags,
        profile=tuple(profile.get(keyword) for keyword in PROFILE_KEYWORDS),
        sop_instance_uid=uid,
        meta_sop_instance_uid=uid if meta_uid == _SAME else meta_uid,
        instance_number=str(zlib.crc32(uid.encode())) if number is None else number,
        values=tuple(values),
        references=references,
        faults=tuple(faults),
    )


def stamp_of(file: Path) -> FileStamp:
    """The stamp of a file that is there."""
    status = os.stat(file)
    return FileStamp(status.st_size, status.st_mtime_ns, status.st_dev, status.st_ino)


@contextmanager
def loaded(records: Iterable[FileRecord], folder: Path = Path("/nowhere")) -> Iterator[Catalog]:
    """A finished catalog of these records, whose source is ``folder``."""
    with Catalog.create() as catalog:
        writer = CatalogWriter(catalog)
        writer.add_sources([(str(folder), True)])
        writer.add(records)
        writer.finish()
        yield catalog


@dataclass(frozen=True)
class Judged:
    """The findings of a catalog, and the paths of its occurrences."""

    findings: tuple[Finding, ...]
    paths: Mapping[int, str]

    def of(self, code: str) -> list[Finding]:
        """The findings of one rule."""
        return [finding for finding in self.findings if finding.rule == code]

    def one(self, code: str) -> Finding:
        """The only finding of one rule."""
        (finding,) = self.of(code)
        return finding

    def files(self, finding: Finding) -> set[str]:
        """The paths of the files that a finding concerns, each of which it names once."""
        assert len(set(finding.occurrences)) == len(finding.occurrences)
        return {self.paths[id_] for id_ in finding.occurrences}

    def codes(self) -> set[str]:
        """The rules that found something."""
        return {finding.rule for finding in self.findings}


def judged(records: Iterable[FileRecord], folder: Path = Path("/nowhere")) -> Judged:
    """What the checks find in these records."""
    with loaded(records, folder) as catalog:
        findings = tuple(judge(catalog))
        ids = {id_ for finding in findings for id_ in finding.occurrences}
        return Judged(findings, display_paths(catalog, ids))
