"""Catalogs made of records alone, without a file: for lists longer than one would write to disk."""

from collections.abc import Iterable

from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.store import Catalog
from uidscope.core.read.attributes import PROFILE_INDEX, PROFILE_KEYWORDS
from uidscope.core.read.record import HAS_META, FileRecord, FileStamp

CT = "1.2.840.10008.5.1.4.1.1.2"
ROOT = "1.2.826.0.1.3680043.8.498"


def record(
    number: int,
    *,
    patient: str = "ALPHA",
    study: int = 1,
    series: int = 1,
    path: str = "",
    uid: str = "",
    flags: int = HAS_META,
    class_uid: str = CT,
) -> FileRecord:
    """One CT image; patient, study and series are told apart by what they are given here."""
    facts = {
        "PatientID": f"P-{patient}",
        "PatientName": f"TEST^{patient}",
        "StudyInstanceUID": f"{ROOT}.1.{study}",
        "StudyDate": "20260311",
        "StudyDescription": f"Study {study} of {patient}",
        "SeriesInstanceUID": f"{ROOT}.2.{study}.{series}",
        "SeriesNumber": str(series),
        "SeriesDate": "20260311",
        "Modality": "CT",
        "SOPClassUID": class_uid,
    }
    profile: list[str | None] = [None] * len(PROFILE_KEYWORDS)
    for keyword, value in facts.items():
        profile[PROFILE_INDEX[keyword]] = value
    uid = uid or f"{ROOT}.3.{study}.{series}.{number}"
    path = path or f"{patient}/{study}/{series}/IM{number:06}.dcm"
    stamp = FileStamp(1000, 1, 1, hash(path) & 0xFFFFFFFF)
    return FileRecord(0, path, stamp, "explicit-le", flags, tuple(profile), uid, uid, str(number), (), (), ())


class GrowingCatalog:
    """A temporary catalog to which records are added batch by batch."""

    def __init__(self) -> None:
        self.catalog = Catalog.create()
        self._writer = CatalogWriter(self.catalog)
        self._writer.add_sources([("/import", True)])

    def add(self, records: Iterable[FileRecord]) -> None:
        """Add records; readers see them at once."""
        self._writer.add(records)
        self._writer.commit()
