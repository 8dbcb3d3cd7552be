"""A binary segmentation of a series of images (PS3.3 A.51)."""

from __future__ import annotations

from collections.abc import Sequence

from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import SegmentationStorage

from tests.builders.modules import (
    AXIAL,
    COLUMNS,
    PIXEL_SPACING,
    ROWS,
    SLICE_SPACING,
    add_common_instance_reference,
    add_content_time,
    add_frame_of_reference,
    code,
    instance_reference,
    new_object,
)
from tests.builders.study import Study


def seg(
    images: Sequence[FileDataset], *, study: Study | None = None, series_number: int = 301
) -> FileDataset:
    """A segmentation with one segment and one frame for each image, which the frame names as its source."""
    study = study or Study.of(images[0])
    dataset = new_object(
        SegmentationStorage,
        study,
        modality="SEG",
        series_number=series_number,
        instance_number=1,
        description="Segmentation",
    )
    add_content_time(dataset, study)
    add_frame_of_reference(dataset, images[0].FrameOfReferenceUID)
    add_common_instance_reference(dataset, images)
    dataset.ImageType = ["DERIVED", "PRIMARY"]
    dataset.ContentLabel = "SEGMENTATION"
    dataset.ContentDescription = ""
    dataset.ContentCreatorName = ""
    dataset.SegmentationType = "BINARY"
    dataset.LossyImageCompression = "00"
    dataset.SegmentSequence = [_segment()]
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.Rows = ROWS
    dataset.Columns = COLUMNS
    dataset.BitsAllocated = 1
    dataset.BitsStored = 1
    dataset.HighBit = 0
    dataset.PixelRepresentation = 0
    dataset.NumberOfFrames = len(images)
    organization_uid = study.entity_uid(series_number)
    dataset.DimensionOrganizationSequence = [Dataset()]
    dataset.DimensionOrganizationSequence[0].DimensionOrganizationUID = organization_uid
    dataset.DimensionIndexSequence = [
        _dimension(organization_uid, 0x0062000B, 0x0062000A, "Segment"),
        _dimension(organization_uid, 0x00200032, 0x00209113, "Position"),
    ]
    dataset.SharedFunctionalGroupsSequence = [_shared_groups()]
    dataset.PerFrameFunctionalGroupsSequence = [
        _frame_groups(image, number) for number, image in enumerate(images, start=1)
    ]
    frame = bytes([0b00111100]) * ROWS  # 8 columns: one byte a row
    pixels = frame * len(images)
    dataset.add_new("PixelData", "OW", pixels + bytes(len(pixels) % 2))
    return dataset


def _segment() -> Dataset:
    segment = Dataset()
    segment.SegmentNumber = 1
    segment.SegmentLabel = "Lesion"
    segment.SegmentAlgorithmType = "MANUAL"
    segment.SegmentedPropertyCategoryCodeSequence = [
        code("49755003", "SCT", "Morphologically Altered Structure")
    ]
    segment.SegmentedPropertyTypeCodeSequence = [code("52988006", "SCT", "Lesion")]
    return segment


def _dimension(organization_uid: str, pointer: int, group_pointer: int, label: str) -> Dataset:
    dimension = Dataset()
    dimension.DimensionOrganizationUID = organization_uid
    dimension.DimensionIndexPointer = pointer
    dimension.FunctionalGroupPointer = group_pointer
    dimension.DimensionDescriptionLabel = label
    return dimension


def _shared_groups() -> Dataset:
    measures, orientation, shared = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing = [PIXEL_SPACING, PIXEL_SPACING]
    measures.SliceThickness = SLICE_SPACING
    measures.SpacingBetweenSlices = SLICE_SPACING
    orientation.ImageOrientationPatient = AXIAL
    shared.PixelMeasuresSequence = [measures]
    shared.PlaneOrientationSequence = [orientation]
    return shared


def _frame_groups(image: FileDataset, number: int) -> Dataset:
    content, position, segment, derivation = Dataset(), Dataset(), Dataset(), Dataset()
    content.DimensionIndexValues = [1, number]
    position.ImagePositionPatient = image.ImagePositionPatient
    segment.ReferencedSegmentNumber = 1
    source = instance_reference(image)
    source.SpatialLocationsPreserved = "YES"
    source.PurposeOfReferenceCodeSequence = [
        code("121322", "DCM", "Source image for image processing operation")
    ]
    derivation.SourceImageSequence = [source]
    derivation.DerivationCodeSequence = [code("113076", "DCM", "Segmentation")]
    frame = Dataset()
    frame.FrameContentSequence = [content]
    frame.PlanePositionSequence = [position]
    frame.SegmentIdentificationSequence = [segment]
    frame.DerivationImageSequence = [derivation]
    return frame
