"""A whole slide microscopy image at several resolutions (PS3.3 A.32.8)."""

from __future__ import annotations

from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import VLWholeSlideMicroscopyImageStorage

from tests.builders.modules import (
    COLUMNS,
    ROWS,
    add_content_time,
    add_frame_of_reference,
    code,
    new_object,
)
from tests.builders.study import FIRST_STUDY, Study

_SLIDE_MILLIMETRES = 8.0


def whole_slide_pyramid(
    levels: int = 3, *, study: Study = FIRST_STUDY, series_number: int = 801
) -> list[FileDataset]:
    """One slide at `levels` resolutions, the finest first: one series, one pyramid, one frame of reference.

    Each level is an instance of its own, tiled, with 4 tiles for each tile of the next one.
    """
    return [_level(study, series_number, level, levels) for level in range(levels)]


def _level(study: Study, series_number: int, level: int, levels: int) -> FileDataset:
    tiles_a_side = 2 ** (levels - 1 - level)
    dataset = new_object(
        VLWholeSlideMicroscopyImageStorage,
        study,
        modality="SM",
        series_number=series_number,
        instance_number=level + 1,
        description="Slide",
    )
    add_content_time(dataset, study)
    dataset.AcquisitionDateTime = study.date + study.time
    add_frame_of_reference(dataset, study.frame_of_reference_uid())
    dataset.PositionReferenceIndicator = "SLIDE_CORNER"
    dataset.PyramidUID = study.entity_uid(series_number)
    dataset.AcquisitionContextSequence = []
    dataset.ImageType = [
        "DERIVED" if level else "ORIGINAL",
        "PRIMARY",
        "VOLUME",
        "RESAMPLED" if level else "NONE",
    ]
    dataset.VolumetricProperties = "VOLUME"
    dataset.BurnedInAnnotation = "NO"
    dataset.LossyImageCompression = "00"
    dataset.SpecimenLabelInImage = "NO"
    dataset.FocusMethod = "AUTO"
    dataset.ExtendedDepthOfField = "NO"
    _add_specimen(dataset, study, series_number)
    _add_optical_path(dataset)
    _add_tiles(dataset, study, series_number, tiles_a_side, seed=level)
    return dataset


def _add_specimen(dataset: Dataset, study: Study, series_number: int) -> None:
    """Specimen (PS3.3 C.7.6.22): a slide with one specimen, which has a UID."""
    dataset.ContainerIdentifier = "SLIDE-1"
    dataset.IssuerOfTheContainerIdentifierSequence = []
    dataset.ContainerTypeCodeSequence = [code("433466003", "SCT", "Microscope slide")]
    specimen = Dataset()
    specimen.SpecimenIdentifier = "SPECIMEN-1"
    specimen.SpecimenUID = study.entity_uid(series_number * 10 + 1)
    specimen.IssuerOfTheSpecimenIdentifierSequence = []
    specimen.SpecimenPreparationSequence = []
    dataset.SpecimenDescriptionSequence = [specimen]


def _add_optical_path(dataset: Dataset) -> None:
    """Optical Path (PS3.3 C.8.12.5)."""
    path = Dataset()
    path.OpticalPathIdentifier = "1"
    path.IlluminationTypeCodeSequence = [code("111743", "DCM", "Epifluorescence illumination")]
    path.IlluminationWaveLength = 488.0
    dataset.OpticalPathSequence = [path]
    dataset.NumberOfOpticalPaths = 1


def _add_tiles(dataset: Dataset, study: Study, series_number: int, tiles_a_side: int, seed: int) -> None:
    """Image Pixel, Multi-frame Dimension and the tile grid, one plane of tiles in reading order."""
    frames = tiles_a_side**2
    spacing = _SLIDE_MILLIMETRES / (tiles_a_side * ROWS)
    dataset.ImagedVolumeWidth = _SLIDE_MILLIMETRES
    dataset.ImagedVolumeHeight = _SLIDE_MILLIMETRES
    dataset.ImagedVolumeDepth = 1.0
    dataset.TotalPixelMatrixColumns = tiles_a_side * COLUMNS
    dataset.TotalPixelMatrixRows = tiles_a_side * ROWS
    dataset.TotalPixelMatrixFocalPlanes = 1
    origin = Dataset()
    origin.XOffsetInSlideCoordinateSystem = 0.0
    origin.YOffsetInSlideCoordinateSystem = 0.0
    dataset.TotalPixelMatrixOriginSequence = [origin]
    dataset.ImageOrientationSlide = [0.0, 1.0, 0.0, 1.0, 0.0, 0.0]
    dataset.DimensionOrganizationType = "TILED_FULL"
    organization_uid = study.entity_uid(series_number * 10 + 2)
    organization = Dataset()
    organization.DimensionOrganizationUID = organization_uid
    dataset.DimensionOrganizationSequence = [organization]
    measures, frame_type, optical_path, shared = Dataset(), Dataset(), Dataset(), Dataset()
    measures.PixelSpacing = [spacing, spacing]
    measures.SliceThickness = 1.0
    frame_type.FrameType = dataset.ImageType
    optical_path.OpticalPathIdentifier = "1"
    shared.PixelMeasuresSequence = [measures]
    shared.WholeSlideMicroscopyImageFrameTypeSequence = [frame_type]
    shared.OpticalPathIdentificationSequence = [optical_path]
    dataset.SharedFunctionalGroupsSequence = [shared]
    dataset.NumberOfFrames = frames
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.PresentationLUTShape = "IDENTITY"
    dataset.RescaleIntercept = 0
    dataset.RescaleSlope = 1
    dataset.Rows = ROWS
    dataset.Columns = COLUMNS
    dataset.BitsAllocated = 8
    dataset.BitsStored = 8
    dataset.HighBit = 7
    dataset.PixelRepresentation = 0
    pixels = bytes((seed * 31 + index) % 251 for index in range(frames * ROWS * COLUMNS))
    dataset.add_new("PixelData", "OB", pixels)
