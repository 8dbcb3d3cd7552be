"""The objects of the sample: CT, MR and CR images and structure sets, right in themselves and together."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pydicom import config
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import (
    UID,
    ComputedRadiographyImageStorage,
    CTImageStorage,
    ExplicitVRLittleEndian,
    MRImageStorage,
    RTStructureSetStorage,
)

from uidscope.core.sample.pictures import SIZE, picture

# The private enterprise number that is reserved for examples in documentation (RFC 5612).
SAMPLE_ROOT: Final = "1.3.6.1.4.1.32473.7"
_FIRST_STUDY_ARC: Final = 1000  # four digits for each, so that no study's UID begins with another's
_SPACING: Final = 5.0
# Retired, and still what a structure set names a study with (PS3.3 C.8.8.5).
_DETACHED_STUDY_MANAGEMENT: Final = UID("1.2.840.10008.3.1.2.3.1")
_CREATOR: Final = "UIDSCOPE SAMPLE"


@dataclass(frozen=True, slots=True)
class SampleStudy:
    """A study of the sample; its number makes all its UIDs, so each run writes the same bytes."""

    number: int
    patient_name: str
    patient_id: str
    description: str

    def uid(self, *arcs: int) -> str:
        """The study's UID, or that of what the arcs name: (series), (series, instance)."""
        return ".".join([SAMPLE_ROOT, str(_FIRST_STUDY_ARC + self.number), *map(str, arcs)])

    @property
    def frame_of_reference_uid(self) -> str:
        """That of all images of the study."""
        return self.uid(0, 1)

    @property
    def date(self) -> str:
        """A day in 2024, another for each study."""
        return f"2024{1 + self.number % 12:02}{1 + self.number % 28:02}"


def ct_images(study: SampleStudy, count: int, series: int = 2) -> list[FileDataset]:
    """An axial CT series."""
    images = []
    for number in range(1, count + 1):
        image = _axial(CTImageStorage, "CT", study, series, number, count, "CT axial")
        image.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
        _add_hounsfield(image)
        images.append(image)
    return images


def mr_images(study: SampleStudy, count: int, series: int = 3) -> list[FileDataset]:
    """An axial MR series."""
    images = []
    for number in range(1, count + 1):
        image = _axial(MRImageStorage, "MR", study, series, number, count, "MR axial")
        image.ImageType = ["ORIGINAL", "PRIMARY", "OTHER"]
        image.ScanningSequence = "SE"
        image.SequenceVariant = "NONE"
        image.ScanOptions = ""
        image.MRAcquisitionType = "2D"
        image.RepetitionTime = 500
        image.EchoTime = 15
        image.EchoTrainLength = 1
        image.MagneticFieldStrength = 1.5
        images.append(image)
    return images


def cr_images(study: SampleStudy, count: int, series: int = 1) -> list[FileDataset]:
    """A series of projection images, which have no frame of reference."""
    images = []
    for number in range(1, count + 1):
        image = _new(ComputedRadiographyImageStorage, "CR", study, series, number, "CR chest")
        image.BodyPartExamined = "CHEST"
        image.ViewPosition = "PA"
        image.ImageType = ["ORIGINAL", "PRIMARY"]
        image.PatientOrientation = ["L", "F"]
        _add_pixels(image, picture(number, count))
        images.append(image)
    return images


def projection_among(images: Sequence[FileDataset], study: SampleStudy) -> FileDataset:
    """A maximum intensity projection by another program that bears the Series UID of its own sources."""
    number = len(images) + 1
    series = int(images[0].SeriesNumber)
    mip = _axial(CTImageStorage, "CT", study, series, number, number, str(images[0].SeriesDescription))
    mip.ImageType = ["DERIVED", "SECONDARY", "AXIAL", "MIP"]
    _add_hounsfield(mip)
    mip.Manufacturer = "Sample Workstations"
    mip.ManufacturerModelName = "Projector"
    mip.DeviceSerialNumber = "0002"
    mip.DerivationDescription = "Maximum intensity projection"
    mip.DerivationCodeSequence = [_code("113078", "DCM", "Maximum intensity projection")]
    mip.SourceImageSequence = [_source(image) for image in images]
    return mip


def structure_set(images: Sequence[FileDataset], study: SampleStudy, series: int = 101) -> FileDataset:
    """A structure set with one contour on each image, which the contour refers to."""
    dataset = _new(RTStructureSetStorage, "RTSTRUCT", study, series, 1, "Structures")
    dataset.OperatorsName = ""
    dataset.FrameOfReferenceUID = UID(study.frame_of_reference_uid)
    dataset.PositionReferenceIndicator = ""
    dataset.StructureSetLabel = "STRUCTURES"
    dataset.StructureSetDate = study.date
    dataset.StructureSetTime = "101500"
    dataset.ApprovalStatus = "UNAPPROVED"
    dataset.ReferencedFrameOfReferenceSequence = [_frame_item(images, study)]
    roi = Dataset()
    roi.ROINumber = 1
    roi.ReferencedFrameOfReferenceUID = UID(study.frame_of_reference_uid)
    roi.ROIName = "BODY"
    roi.ROIGenerationAlgorithm = "AUTOMATIC"
    dataset.StructureSetROISequence = [roi]
    drawn = Dataset()
    drawn.ReferencedROINumber = 1
    drawn.ROIDisplayColor = [0, 160, 255]
    drawn.ContourSequence = [_contour(image) for image in images]
    dataset.ROIContourSequence = [drawn]
    observation = Dataset()
    observation.ObservationNumber = 1
    observation.ReferencedROINumber = 1
    observation.RTROIInterpretedType = "EXTERNAL"
    observation.ROIInterpreter = ""
    dataset.RTROIObservationsSequence = [observation]
    return dataset


def with_uid(dataset: FileDataset, keyword: str, value: str) -> FileDataset:
    """A copy that bears this UID, however faulty it is; the file meta says what the dataset says."""
    changed = copy.deepcopy(dataset)
    _set_unchecked(changed, keyword, value)
    if keyword == "SOPInstanceUID":
        _set_unchecked(changed.file_meta, "MediaStorageSOPInstanceUID", value)
    return changed


def with_meta_uid(dataset: FileDataset, value: str) -> FileDataset:
    """A copy whose file meta alone says another SOP Instance UID."""
    changed = copy.deepcopy(dataset)
    _set_unchecked(changed.file_meta, "MediaStorageSOPInstanceUID", value)
    return changed


def with_other_pixels(dataset: FileDataset, of: int) -> FileDataset:
    """A copy with a bright square in its picture."""
    changed = copy.deepcopy(dataset)
    changed.PixelData = picture(int(dataset.InstanceNumber), of, marked=True)
    return changed


def with_private_text(dataset: FileDataset, text: str) -> FileDataset:
    """A copy with a private text element."""
    changed = copy.deepcopy(dataset)
    block = changed.private_block(0x0029, _CREATOR, create=True)
    block.add_new(0x01, "LO", text)
    return changed


def encoded(dataset: FileDataset) -> bytes:
    """The bytes of the file."""
    buffer = BytesIO()
    dataset.save_as(buffer, enforce_file_format=False)  # or the file meta would be put right
    return buffer.getvalue()


def _new(
    sop_class: UID, modality: str, study: SampleStudy, series: int, number: int, description: str
) -> FileDataset:
    meta = FileMetaDataset()
    meta.FileMetaInformationGroupLength = 0  # counted when written
    meta.FileMetaInformationVersion = b"\x00\x01"
    meta.MediaStorageSOPClassUID = sop_class
    meta.MediaStorageSOPInstanceUID = UID(study.uid(series, number))
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID(f"{SAMPLE_ROOT}.1")
    meta.ImplementationVersionName = "UIDSCOPE_SAMPLE"
    dataset = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    dataset.SOPClassUID = sop_class
    dataset.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    dataset.PatientName = study.patient_name
    dataset.PatientID = study.patient_id
    dataset.PatientBirthDate = "19700101"
    dataset.PatientSex = "O"
    dataset.StudyInstanceUID = UID(study.uid())
    dataset.StudyDate = dataset.SeriesDate = dataset.ContentDate = study.date
    dataset.StudyTime = dataset.SeriesTime = dataset.ContentTime = "101500"
    dataset.StudyID = str(study.number)
    dataset.AccessionNumber = f"SAMPLE{study.number:04}"
    dataset.ReferringPhysicianName = ""
    dataset.StudyDescription = study.description
    dataset.SeriesInstanceUID = UID(study.uid(series))
    dataset.Modality = modality
    dataset.SeriesNumber = series
    dataset.SeriesDescription = description
    dataset.InstanceNumber = number
    dataset.Manufacturer = "Sample Scanners"
    dataset.ManufacturerModelName = f"{modality} One"
    dataset.DeviceSerialNumber = "0001"
    dataset.SoftwareVersions = "1.0"
    return dataset


def _axial(
    sop_class: UID, modality: str, study: SampleStudy, series: int, number: int, of: int, description: str
) -> FileDataset:
    image = _new(sop_class, modality, study, series, number, description)
    image.BodyPartExamined = "CHEST"
    image.PatientPosition = "HFS"
    image.AcquisitionNumber = 1
    image.FrameOfReferenceUID = UID(study.frame_of_reference_uid)
    image.PositionReferenceIndicator = ""
    image.PixelSpacing = [_SPACING, _SPACING]
    image.ImageOrientationPatient = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0]
    image.ImagePositionPatient = [-160.0, -160.0, (number - 1) * _SPACING]
    image.SliceThickness = _SPACING
    _add_pixels(image, picture(number, of))
    return image


def _add_hounsfield(image: FileDataset) -> None:
    image.KVP = 120
    image.RescaleIntercept = -1024
    image.RescaleSlope = 1
    image.RescaleType = "HU"


def _add_pixels(image: FileDataset, pixels: bytes) -> None:
    image.SamplesPerPixel = 1
    image.PhotometricInterpretation = "MONOCHROME2"
    image.Rows = image.Columns = SIZE
    image.BitsAllocated = 16
    image.BitsStored = 12
    image.HighBit = 11
    image.PixelRepresentation = 0
    image.add_new("PixelData", "OW", pixels)


def _code(value: str, scheme: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue = value
    item.CodingSchemeDesignator = scheme
    item.CodeMeaning = meaning
    return item


def _reference(target: Dataset) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID = target.SOPClassUID
    item.ReferencedSOPInstanceUID = target.SOPInstanceUID
    return item


def _source(image: Dataset) -> Dataset:
    item = _reference(image)
    item.PurposeOfReferenceCodeSequence = [
        _code("121322", "DCM", "Source image for image processing operation")
    ]
    return item


def _frame_item(images: Sequence[FileDataset], study: SampleStudy) -> Dataset:
    series = Dataset()
    series.SeriesInstanceUID = images[0].SeriesInstanceUID
    series.ContourImageSequence = [_reference(image) for image in images]
    named = Dataset()
    named.ReferencedSOPClassUID = _DETACHED_STUDY_MANAGEMENT
    named.ReferencedSOPInstanceUID = UID(study.uid())
    named.RTReferencedSeriesSequence = [series]
    frame = Dataset()
    frame.FrameOfReferenceUID = UID(study.frame_of_reference_uid)
    frame.RTReferencedStudySequence = [named]
    return frame


def _contour(image: FileDataset) -> Dataset:
    z = float(image.ImagePositionPatient[2])
    corners = ((-110.0, -80.0), (110.0, -80.0), (110.0, 80.0), (-110.0, 80.0))
    contour = Dataset()
    contour.ContourImageSequence = [_reference(image)]
    contour.ContourGeometricType = "CLOSED_PLANAR"
    contour.NumberOfContourPoints = len(corners)
    contour.ContourData = [part for x, y in corners for part in (x, y, z)]
    return contour


def _set_unchecked(dataset: Dataset, keyword: str, value: str) -> None:
    """The library would warn of a UID that is none."""
    tag = tag_for_keyword(keyword)
    assert tag is not None
    dataset[tag] = DataElement(tag, dictionary_VR(tag), value, validation_mode=config.IGNORE)
