"""Multi-frame images: an enhanced CT of single-frame sources, and one split into a concatenation."""

from __future__ import annotations

from collections.abc import Sequence

from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import UID, EnhancedCTImageStorage

from tests.builders.images import source_image
from tests.builders.modules import (
    AXIAL,
    PIXEL_SPACING,
    SLICE_SPACING,
    add_common_instance_reference,
    add_content_time,
    add_frame_of_reference,
    add_grey_pixels,
    code,
    grey_frame,
    new_object,
    study_references,
)
from tests.builders.study import FIRST_STUDY, Study

# PS3.6 registers it: universal time, the same in every study, and never given a new value.
UTC_SYNCHRONIZATION = "1.2.840.10008.15.1.1"


def enhanced_ct(
    images: Sequence[FileDataset], *, study: Study | None = None, series_number: int = 201
) -> FileDataset:
    """One multi-frame image derived from the images: a frame for each, which names it as its source.

    The Source Image Evidence Sequence gives the study and series of every source.
    """
    study = study or Study.of(images[0])
    dataset = _enhanced_image(study, series_number, images[0].FrameOfReferenceUID, frames=len(images))
    for frame, image in zip(dataset.PerFrameFunctionalGroupsSequence, images, strict=True):
        derivation = Dataset()
        derivation.SourceImageSequence = [source_image(image)]
        derivation.DerivationCodeSequence = [code("113072", "DCM", "Multiplanar reformatting")]
        frame.DerivationImageSequence = [derivation]
    dataset.SourceImageEvidenceSequence = study_references(images, "ReferencedSOPSequence")
    add_common_instance_reference(dataset, images)
    return dataset


def concatenation(
    parts: int = 2, *, frames_in_part: int = 2, study: Study = FIRST_STUDY, series_number: int = 202
) -> list[FileDataset]:
    """An enhanced CT that was split into parts (PS3.3 C.7.6.16.1.3): alike but for their frames.

    The instance that was split has a UID of its own, and is no file.
    """
    members = []
    for part in range(1, parts + 1):
        first_frame = (part - 1) * frames_in_part
        member = _enhanced_image(
            study,
            series_number,
            study.frame_of_reference_uid(),
            frames=frames_in_part,
            first_frame=first_frame,
            instance_uid=study.uid(series_number, part),
        )
        member.ConcatenationUID = study.entity_uid(series_number * 10 + 1)
        member.SOPInstanceUIDOfConcatenationSource = study.entity_uid(series_number * 10 + 2)
        member.InConcatenationNumber = part
        member.InConcatenationTotalNumber = parts
        member.ConcatenationFrameOffsetNumber = first_frame
        members.append(member)
    return members


def _enhanced_image(
    study: Study,
    series_number: int,
    frame_of_reference_uid: str,
    *,
    frames: int,
    first_frame: int = 0,
    instance_uid: str = "",
) -> FileDataset:
    """Enhanced CT Image (PS3.3 A.38.1), derived, with the frames that follow `first_frame` of its stack."""
    dataset = new_object(
        EnhancedCTImageStorage,
        study,
        modality="CT",
        series_number=series_number,
        instance_number=1,
        description="Enhanced CT",
    )
    if instance_uid:
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = UID(instance_uid)
    dataset.PatientPosition = "HFS"
    add_content_time(dataset, study)
    dataset.AcquisitionDateTime = study.date + study.time
    dataset.AcquisitionNumber = 1
    add_frame_of_reference(dataset, frame_of_reference_uid)
    dataset.SynchronizationFrameOfReferenceUID = UTC_SYNCHRONIZATION
    dataset.SynchronizationTrigger = "NO TRIGGER"
    dataset.AcquisitionTimeSynchronized = "Y"
    dataset.AcquisitionContextSequence = []
    dataset.ImageType = ["DERIVED", "PRIMARY", "VOLUME", "NONE"]
    dataset.PixelPresentation = "MONOCHROME"
    dataset.VolumetricProperties = "VOLUME"
    dataset.VolumeBasedCalculationTechnique = "NONE"
    dataset.ContentQualification = "RESEARCH"
    dataset.BurnedInAnnotation = "NO"
    dataset.LossyImageCompression = "00"
    dataset.PresentationLUTShape = "IDENTITY"
    dataset.NumberOfFrames = frames
    organization_uid = study.entity_uid(series_number)
    organization = Dataset()
    organization.DimensionOrganizationUID = organization_uid
    dataset.DimensionOrganizationSequence = [organization]
    dimension = Dataset()
    dimension.DimensionOrganizationUID = organization_uid
    dimension.DimensionIndexPointer = 0x00209057  # In-Stack Position Number
    dimension.FunctionalGroupPointer = 0x00209111  # Frame Content Sequence
    dimension.DimensionDescriptionLabel = "Position"
    dataset.DimensionIndexSequence = [dimension]
    dataset.SharedFunctionalGroupsSequence = [_shared_groups(study)]
    numbers = range(first_frame + 1, first_frame + frames + 1)
    dataset.PerFrameFunctionalGroupsSequence = [_frame_groups(study, number) for number in numbers]
    add_grey_pixels(dataset, [grey_frame(number) for number in numbers], bits_stored=12)
    return dataset


def _shared_groups(study: Study) -> Dataset:
    measures, orientation, frame_type, transformation, anatomy, event = (Dataset() for _ in range(6))
    measures.PixelSpacing = [PIXEL_SPACING, PIXEL_SPACING]
    measures.SliceThickness = SLICE_SPACING
    orientation.ImageOrientationPatient = AXIAL
    frame_type.FrameType = ["DERIVED", "PRIMARY", "VOLUME", "NONE"]
    frame_type.PixelPresentation = "MONOCHROME"
    frame_type.VolumetricProperties = "VOLUME"
    frame_type.VolumeBasedCalculationTechnique = "NONE"
    transformation.RescaleIntercept = -1024
    transformation.RescaleSlope = 1
    transformation.RescaleType = "HU"
    anatomy.FrameLaterality = "U"
    anatomy.AnatomicRegionSequence = [code("51185008", "SCT", "Chest")]
    event.IrradiationEventUID = study.entity_uid(1)
    shared = Dataset()
    shared.PixelMeasuresSequence = [measures]
    shared.PlaneOrientationSequence = [orientation]
    shared.CTImageFrameTypeSequence = [frame_type]
    shared.PixelValueTransformationSequence = [transformation]
    shared.FrameAnatomySequence = [anatomy]
    shared.IrradiationEventIdentificationSequence = [event]
    return shared


def _frame_groups(study: Study, number: int) -> Dataset:
    content, position = Dataset(), Dataset()
    content.FrameAcquisitionNumber = 1
    content.FrameReferenceDateTime = study.date + study.time
    content.FrameAcquisitionDateTime = study.date + study.time
    content.FrameAcquisitionDuration = 100.0
    content.StackID = "1"
    content.InStackPositionNumber = number
    content.DimensionIndexValues = [number]
    position.ImagePositionPatient = [-7.0, -7.0, (number - 1) * SLICE_SPACING]
    frame = Dataset()
    frame.FrameContentSequence = [content]
    frame.PlanePositionSequence = [position]
    return frame
