"""The modules of PS3.3 that many built objects share.

What is copied from another object is copied unchecked, so that faulty ones can be referred to.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

from tests.builders.study import TEST_ROOT, Study
from tests.builders.unchecked import set_unchecked

IMPLEMENTATION_CLASS_UID = f"{TEST_ROOT}.1.1"
ROWS = COLUMNS = 8
PIXEL_SPACING = 2.0
SLICE_SPACING = 5.0
AXIAL = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0]

# Retired, and still what RT objects and requests name a study with (PS3.3 10.6.1).
DETACHED_STUDY_MANAGEMENT = UID("1.2.840.10008.3.1.2.3.1")


def new_object(
    sop_class: str, study: Study, *, modality: str, series_number: int, instance_number: int, description: str
) -> FileDataset:
    """An object with its SOP Common, Patient, Study, Series and Equipment modules and its file meta."""
    meta = FileMetaDataset()
    meta.FileMetaInformationGroupLength = 0  # counted when written
    meta.FileMetaInformationVersion = b"\x00\x01"
    meta.MediaStorageSOPClassUID = UID(sop_class)
    meta.MediaStorageSOPInstanceUID = UID(study.uid(series_number, instance_number))
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID(IMPLEMENTATION_CLASS_UID)
    meta.ImplementationVersionName = "TEST_BUILDER_1"
    dataset = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    dataset.SOPClassUID = meta.MediaStorageSOPClassUID
    dataset.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    dataset.PatientName = study.patient_name
    dataset.PatientID = study.patient_id
    dataset.PatientBirthDate = study.birth_date
    dataset.PatientSex = study.sex
    dataset.StudyInstanceUID = study.uid()
    dataset.StudyDate = study.date
    dataset.StudyTime = study.time
    dataset.StudyID = str(study.number)
    dataset.AccessionNumber = study.accession
    dataset.ReferringPhysicianName = ""
    dataset.StudyDescription = study.description
    dataset.SeriesInstanceUID = study.uid(series_number)
    dataset.Modality = modality
    dataset.SeriesNumber = series_number
    dataset.SeriesDescription = description
    dataset.InstanceNumber = instance_number
    add_equipment(dataset)
    return dataset


def add_equipment(dataset: Dataset) -> None:
    """General and Enhanced General Equipment (PS3.3 C.7.5.1, C.7.5.2)."""
    dataset.Manufacturer = "Test Manufacturer"
    dataset.ManufacturerModelName = "Test Model"
    dataset.DeviceSerialNumber = "0001"
    dataset.SoftwareVersions = "1.0"


def add_content_time(dataset: Dataset, study: Study) -> None:
    dataset.ContentDate = study.date
    dataset.ContentTime = study.time


def add_frame_of_reference(dataset: Dataset, uid: str) -> None:
    """Frame of Reference (PS3.3 C.7.4.1)."""
    set_unchecked(dataset, "FrameOfReferenceUID", uid)
    dataset.PositionReferenceIndicator = ""


def add_image_plane(dataset: Dataset, position: Sequence[float], spacing: float = PIXEL_SPACING) -> None:
    """Image Plane (PS3.3 C.7.6.2), axial."""
    dataset.PixelSpacing = [spacing, spacing]
    dataset.ImageOrientationPatient = AXIAL
    dataset.ImagePositionPatient = list(position)
    dataset.SliceThickness = SLICE_SPACING


def add_grey_pixels(dataset: Dataset, frames: Sequence[array[int]], *, bits_stored: int = 16) -> None:
    """Image Pixel (PS3.3 C.7.6.3): unsigned 16-bit MONOCHROME2 frames of ROWS x COLUMNS."""
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.Rows = ROWS
    dataset.Columns = COLUMNS
    dataset.BitsAllocated = 16
    dataset.BitsStored = bits_stored
    dataset.HighBit = bits_stored - 1
    dataset.PixelRepresentation = 0
    dataset.add_new("PixelData", "OW", b"".join(little_endian(frame) for frame in frames))


def grey_frame(seed: int, *, peak: int = 4095) -> array[int]:
    """ROWS x COLUMNS values from 0 to peak, another picture for each seed."""
    return array("H", (((seed * 131 + 17) * (index + 1)) % (peak + 1) for index in range(ROWS * COLUMNS)))


def little_endian(values: array[int]) -> bytes:
    return b"".join(value.to_bytes(2, "little") for value in values)


def code(value: str, scheme: str, meaning: str) -> Dataset:
    """One item of a code sequence (PS3.3 8.8)."""
    item = Dataset()
    item.CodeValue = value
    item.CodingSchemeDesignator = scheme
    item.CodeMeaning = meaning
    return item


def instance_reference(target: Dataset) -> Dataset:
    """A bare reference: class and instance (PS3.3 Table 10-11)."""
    item = Dataset()
    set_unchecked(item, "ReferencedSOPClassUID", target.SOPClassUID)
    set_unchecked(item, "ReferencedSOPInstanceUID", target.SOPInstanceUID)
    return item


def by_series(targets: Iterable[Dataset]) -> dict[str, list[Dataset]]:
    """The targets under their Series Instance UIDs, each once, in the order given."""
    series: dict[str, dict[str, Dataset]] = {}
    for target in targets:
        series.setdefault(target.SeriesInstanceUID, {})[target.SOPInstanceUID] = target
    return {uid: list(instances.values()) for uid, instances in series.items()}


def series_references(targets: Iterable[Dataset], instances: str) -> list[Dataset]:
    """Items of a Referenced Series Sequence; `instances` is the keyword of the sequence inside."""
    items = []
    for series_uid, members in by_series(targets).items():
        item = Dataset()
        set_unchecked(item, "SeriesInstanceUID", series_uid)
        setattr(item, instances, [instance_reference(member) for member in members])
        items.append(item)
    return items


def study_references(targets: Iterable[Dataset], instances: str) -> list[Dataset]:
    """Items with Study UID > Referenced Series Sequence > instances (PS3.3 Table 10-4, C.17-3)."""
    studies: dict[str, list[Dataset]] = {}
    for target in targets:
        studies.setdefault(target.StudyInstanceUID, []).append(target)
    items = []
    for study_uid, members in studies.items():
        item = Dataset()
        set_unchecked(item, "StudyInstanceUID", study_uid)
        item.ReferencedSeriesSequence = series_references(members, instances)
        items.append(item)
    return items


def add_common_instance_reference(dataset: Dataset, targets: Sequence[Dataset]) -> None:
    """Common Instance Reference (PS3.3 C.12.2): every instance that the object refers to, by its study."""
    own = [target for target in targets if target.StudyInstanceUID == dataset.StudyInstanceUID]
    other = [target for target in targets if target.StudyInstanceUID != dataset.StudyInstanceUID]
    if own:
        dataset.ReferencedSeriesSequence = series_references(own, "ReferencedInstanceSequence")
    if other:
        dataset.StudiesContainingOtherReferencedInstancesSequence = study_references(
            other, "ReferencedInstanceSequence"
        )
