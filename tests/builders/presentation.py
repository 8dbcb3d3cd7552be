"""A grayscale presentation state (PS3.3 A.33.1) and a spatial registration (PS3.3 A.39.1)."""

from __future__ import annotations

from collections.abc import Sequence

from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import GrayscaleSoftcopyPresentationStateStorage, SpatialRegistrationStorage

from tests.builders.modules import (
    COLUMNS,
    ROWS,
    add_common_instance_reference,
    add_content_time,
    add_frame_of_reference,
    instance_reference,
    new_object,
    series_references,
)
from tests.builders.study import Study
from tests.builders.unchecked import set_unchecked


def presentation_state(
    images: Sequence[FileDataset], *, study: Study | None = None, series_number: int = 601
) -> FileDataset:
    """A GSPS for the images: displayed area, VOI window and one annotation on the first image."""
    study = study or Study.of(images[0])
    dataset = new_object(
        GrayscaleSoftcopyPresentationStateStorage,
        study,
        modality="PR",
        series_number=series_number,
        instance_number=1,
        description="Presentation",
    )
    dataset.BodyPartExamined = "CHEST"
    dataset.ContentLabel = "PRESENTATION"
    dataset.ContentDescription = ""
    dataset.ContentCreatorName = ""
    dataset.PresentationCreationDate = study.date
    dataset.PresentationCreationTime = study.time
    dataset.ReferencedSeriesSequence = series_references(images, "ReferencedImageSequence")
    area = Dataset()
    area.ReferencedImageSequence = [instance_reference(image) for image in images]
    area.DisplayedAreaTopLeftHandCorner = [1, 1]
    area.DisplayedAreaBottomRightHandCorner = [COLUMNS, ROWS]
    area.PresentationSizeMode = "SCALE TO FIT"
    area.PresentationPixelSpacing = images[0].PixelSpacing
    dataset.DisplayedAreaSelectionSequence = [area]
    layer = Dataset()
    layer.GraphicLayer = "MARKS"
    layer.GraphicLayerOrder = 1
    dataset.GraphicLayerSequence = [layer]
    dataset.GraphicAnnotationSequence = [_annotation(images[0])]
    dataset.RescaleIntercept = images[0].RescaleIntercept
    dataset.RescaleSlope = images[0].RescaleSlope
    dataset.RescaleType = images[0].RescaleType
    window = Dataset()
    window.ReferencedImageSequence = [instance_reference(image) for image in images]
    window.WindowCenter = 40
    window.WindowWidth = 400
    dataset.SoftcopyVOILUTSequence = [window]
    dataset.PresentationLUTShape = "IDENTITY"
    return dataset


def _annotation(image: Dataset) -> Dataset:
    mark = Dataset()
    mark.GraphicAnnotationUnits = "PIXEL"
    mark.GraphicDimensions = 2
    mark.NumberOfGraphicPoints = 1
    mark.GraphicData = [4.0, 4.0]
    mark.GraphicType = "POINT"
    annotation = Dataset()
    annotation.ReferencedImageSequence = [instance_reference(image)]
    annotation.GraphicLayer = "MARKS"
    annotation.GraphicObjectSequence = [mark]
    return annotation


def registration(
    fixed: Sequence[FileDataset],
    moving: Sequence[FileDataset],
    *,
    study: Study | None = None,
    series_number: int = 701,
) -> FileDataset:
    """A rigid registration of the moving images' frame of reference to that of the fixed ones."""
    study = study or Study.of(fixed[0])
    dataset = new_object(
        SpatialRegistrationStorage,
        study,
        modality="REG",
        series_number=series_number,
        instance_number=1,
        description="Registration",
    )
    add_content_time(dataset, study)
    add_frame_of_reference(dataset, fixed[0].FrameOfReferenceUID)
    dataset.BodyPartExamined = "CHEST"
    dataset.ContentLabel = "REGISTRATION"
    dataset.ContentDescription = ""
    dataset.ContentCreatorName = ""
    dataset.RegistrationSequence = [_registered(fixed, shift=0.0), _registered(moving, shift=3.0)]
    add_common_instance_reference(dataset, [*fixed, *moving])
    return dataset


def _registered(images: Sequence[FileDataset], shift: float) -> Dataset:
    matrix = Dataset()
    matrix.FrameOfReferenceTransformationMatrix = [
        *(1.0, 0.0, 0.0, shift),
        *(0.0, 1.0, 0.0, 0.0),
        *(0.0, 0.0, 1.0, 0.0),
        *(0.0, 0.0, 0.0, 1.0),
    ]
    matrix.FrameOfReferenceTransformationMatrixType = "RIGID"
    step = Dataset()
    step.FrameOfReferenceTransformationComment = ""
    step.RegistrationTypeCodeSequence = []
    step.MatrixSequence = [matrix]
    item = Dataset()
    set_unchecked(item, "FrameOfReferenceUID", images[0].FrameOfReferenceUID)
    item.ReferencedImageSequence = [instance_reference(image) for image in images]
    item.MatrixRegistrationSequence = [step]
    return item
