"""The cases of the sample: a folder each, one of them clean, the others with one kind of fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from pydicom.dataset import FileDataset

from uidscope.core.sample.dicomdir import dicomdir
from uidscope.core.sample.objects import (
    SampleStudy,
    cr_images,
    ct_images,
    encoded,
    mr_images,
    projection_among,
    structure_set,
    with_meta_uid,
    with_other_pixels,
    with_private_text,
    with_uid,
)


class SampleFile(NamedTuple):
    """A file of a case: its path below the folder of the case, with ``/``, and its bytes."""

    path: str
    data: bytes


class SampleCase(NamedTuple):
    """A folder of the sample, what is the matter with it in one sentence, and its files."""

    folder: str
    says: str
    files: Callable[[], Iterator[SampleFile]]


def _study(number: int, name: str, description: str) -> SampleStudy:
    return SampleStudy(number, f"SAMPLE^{name}", f"SAMPLE-{number:02}", description)


def _files(folder: str, datasets: Iterable[FileDataset]) -> Iterator[SampleFile]:
    for number, dataset in enumerate(datasets, 1):
        yield SampleFile(f"{folder}/IM{number:04}.dcm", encoded(dataset))


def _clean() -> Iterator[SampleFile]:
    study = _study(1, "ONE", "Nothing wrong")
    images = ct_images(study, 12)
    yield from _files("ct", images)
    yield from _files("structures", [structure_set(images, study)])
    yield from _files("mr", mr_images(_study(2, "TWO", "Nothing wrong"), 8))


def _one_uid_two_images() -> Iterator[SampleFile]:
    images = ct_images(_study(3, "THREE", "One UID, two images"), 6)
    yield from _files("ct", images)
    yield from _files("edited", [with_other_pixels(images[2], 6)])


def _sent_twice() -> Iterator[SampleFile]:
    images = ct_images(_study(4, "FOUR", "Sent twice"), 6)
    yield from _files("first", images)
    yield from _files("again", images[:2])


def _leading_zero() -> Iterator[SampleFile]:
    study = _study(5, "FIVE", "A UID with a leading zero")
    faulty = f"{study.uid()}.02"
    yield from _files("ct", [with_uid(image, "SeriesInstanceUID", faulty) for image in ct_images(study, 5)])


def _derived_among_sources() -> Iterator[SampleFile]:
    study = _study(6, "SIX", "A projection among its sources")
    images = ct_images(study, 8)
    yield from _files("ct", [*images, projection_among(images, study)])


def _missing_slice() -> Iterator[SampleFile]:
    study = _study(7, "SEVEN", "A slice is missing")
    images = ct_images(study, 8)
    yield from _files("ct", [*images[:4], *images[5:]])
    yield from _files("structures", [structure_set(images, study)])


def _series_in_two_studies() -> Iterator[SampleFile]:
    first = _study(8, "EIGHT", "A series in two studies")
    second = SampleStudy(9, first.patient_name, first.patient_id, first.description)
    yield from _files("first", cr_images(first, 2))
    moved = (with_uid(image, "SeriesInstanceUID", first.uid(1)) for image in cr_images(second, 2))
    yield from _files("second", moved)


def _study_of_two_patients() -> Iterator[SampleFile]:
    study = _study(10, "TEN", "A study under two Patient IDs")
    other = SampleStudy(study.number, study.patient_name, "SAMPLE-10-X", study.description)
    yield from _files("first", ct_images(study, 3, series=2))
    yield from _files("second", ct_images(other, 3, series=3))


def _file_meta_differs() -> Iterator[SampleFile]:
    study = _study(11, "ELEVEN", "The file meta names another object")
    images = ct_images(study, 4)
    yield from _files("ct", [*images[:3], with_meta_uid(images[3], study.uid(2, 40))])


def _uid_in_private_text() -> Iterator[SampleFile]:
    study = _study(12, "TWELVE", "A UID in private text")
    images = ct_images(study, 5)
    yield from _files("ct", [with_private_text(images[0], f"made from {study.uid(2, 2)}"), *images[1:]])


def _cut_off() -> Iterator[SampleFile]:
    *whole, last = _files("ct", ct_images(_study(13, "THIRTEEN", "A file that was cut off"), 5))
    yield from whole
    yield SampleFile(last.path, last.data[: len(last.data) * 2 // 3])


def _dicomdir_names_too_much() -> Iterator[SampleFile]:
    images = ct_images(_study(14, "FOURTEEN", "A DICOMDIR that names a missing file"), 5)
    names = [f"IMAGES/IM{number:04}" for number in range(1, len(images) + 1)]
    yield SampleFile("DICOMDIR", dicomdir(dict(zip(names, images, strict=True))))
    for name, image in zip(names[:-1], images, strict=False):
        yield SampleFile(name, encoded(image))


SAMPLE_CASES: Final = (
    SampleCase("clean", "Two patients with nothing wrong, to compare with.", _clean),
    SampleCase(
        "one-uid-two-images",
        "Two different images bear one SOP Instance UID; an archive keeps only one of them.",
        _one_uid_two_images,
    ),
    SampleCase("sent-twice", "Two files came twice, byte for byte the same.", _sent_twice),
    SampleCase("leading-zero", "A part of the Series Instance UID begins with a zero.", _leading_zero),
    SampleCase(
        "projection-among-sources",
        "A projection made by another program bears the Series Instance UID of its sources.",
        _derived_among_sources,
    ),
    SampleCase("missing-slice", "A structure set refers to a slice that is not there.", _missing_slice),
    SampleCase(
        "series-in-two-studies", "One Series Instance UID stands in two studies.", _series_in_two_studies
    ),
    SampleCase(
        "study-of-two-patients",
        "One Study Instance UID stands under two Patient IDs.",
        _study_of_two_patients,
    ),
    SampleCase(
        "file-meta-differs",
        "A file meta names another SOP Instance UID than the object in the file.",
        _file_meta_differs,
    ),
    SampleCase(
        "uid-in-private-text",
        "A UID stands in private text, which no new identifier would follow.",
        _uid_in_private_text,
    ),
    SampleCase("cut-off", "A file ends before its pixel data do.", _cut_off),
    SampleCase("dicomdir", "A DICOMDIR names a file that is not there.", _dicomdir_names_too_much),
)
