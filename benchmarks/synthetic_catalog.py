"""A catalog of records without files: as large as one would not write files for, checked and kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.store import Catalog
from uidscope.core.flow import check
from uidscope.core.read.attributes import PROFILE_INDEX, PROFILE_KEYWORDS
from uidscope.core.read.record import HAS_META, FileRecord, FileStamp

ONE_FAULTY_IN: Final = 500

_ROOT = "1.2.826.0.1.3680043.8.498"
_CT = "1.2.840.10008.5.1.4.1.1.2"
_IN_A_SERIES = 500
_SERIES_IN_A_STUDY = 4
_SHORT = 100
_LONG = 100_000
_BATCH = 5000


class Series(NamedTuple):
    """A series of the catalog: its study, its number in it, and how many instances it has."""

    study: int
    number: int
    instances: int

    @property
    def uid(self) -> str:
        """Its Series Instance UID."""
        return f"{_ROOT}.2.{self.study}.{self.number}"

    def instance_uid(self, number: int) -> str:
        """The SOP Instance UID of an instance, counted from 1; one in ``ONE_FAULTY_IN`` has a fault."""
        zero = "0" if number % ONE_FAULTY_IN == 0 else ""
        return f"{_ROOT}.3.{self.study}.{self.number}.{zero}{number}"


class Sizes(NamedTuple):
    """The series by which the catalog is measured: half of everything, 100,000 where that is less, 100."""

    half: Series
    long: Series
    short: Series


def sizes(instances: int) -> Sizes:
    """The measured series of a catalog of so many instances."""
    long = min(_LONG, instances // 4)
    return Sizes(Series(1, 1, instances // 2), Series(2, 1, long), Series(3, 1, _SHORT))


def make_catalog(path: str, instances: int) -> None:
    """Make a catalog at a path, and check it.

    Beside the series of ``sizes`` there are series of 500, four in a study and patient. One object in 500
    has a UID with a leading zero.
    """
    with Catalog.create(path) as catalog:
        writer = CatalogWriter(catalog)
        writer.add_sources([("/import", True)])
        batch: list[FileRecord] = []
        for record in _records(instances):
            batch.append(record)
            if len(batch) == _BATCH:
                writer.add(batch)
                writer.commit()
                batch = []
        writer.add(batch)
        writer.finish()
        check(catalog)


def _records(instances: int) -> Iterator[FileRecord]:
    for series in _all_series(instances):
        for number in range(1, series.instances + 1):
            yield _record(series, number)


def _all_series(instances: int) -> Iterator[Series]:
    measured = sizes(instances)
    yield from measured
    rest = instances - sum(series.instances for series in measured)
    for place in range(0, rest, _IN_A_SERIES):
        study, number = divmod(place // _IN_A_SERIES, _SERIES_IN_A_STUDY)
        yield Series(study + len(measured) + 1, number + 1, min(_IN_A_SERIES, rest - place))


def _record(series: Series, number: int) -> FileRecord:
    study = series.study
    facts = {
        "PatientID": f"P-{study:06}",
        "PatientName": f"TEST^{study:06}",
        "StudyInstanceUID": f"{_ROOT}.1.{study}",
        "StudyDate": "20260311",
        "SeriesInstanceUID": series.uid,
        "SeriesNumber": str(series.number),
        "Modality": "CT",
        "SOPClassUID": _CT,
    }
    profile: list[str | None] = [None] * len(PROFILE_KEYWORDS)
    for keyword, value in facts.items():
        profile[PROFILE_INDEX[keyword]] = value
    uid = series.instance_uid(number)
    path = f"{study}/{series.number}/IM{number:07}.dcm"
    stamp = FileStamp(1000, 1, 1, hash(path) & 0xFFFFFFFF)
    return FileRecord(
        0, path, stamp, "explicit-le", HAS_META, tuple(profile), uid, uid, str(number), (), (), ()
    )
