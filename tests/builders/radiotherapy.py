"""A radiotherapy set: CT images, the structure set drawn on them, a plan for it and the dose of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import RTDoseStorage, RTPlanStorage, RTStructureSetStorage

from tests.builders.images import ct_series
from tests.builders.modules import (
    DETACHED_STUDY_MANAGEMENT,
    SLICE_SPACING,
    add_content_time,
    add_frame_of_reference,
    add_grey_pixels,
    add_image_plane,
    grey_frame,
    instance_reference,
    new_object,
    series_references,
)
from tests.builders.study import FIRST_STUDY, Study
from tests.builders.unchecked import set_unchecked


class RTSet(NamedTuple):
    """The objects of a radiotherapy set; `all` lists them in the order in which they came to be."""

    images: list[FileDataset]
    structure_set: FileDataset
    plan: FileDataset
    dose: FileDataset

    @property
    def all(self) -> list[FileDataset]:
        return [*self.images, self.structure_set, self.plan, self.dose]


def rt_set(n: int = 3, *, study: Study | None = None, images: Sequence[FileDataset] | None = None) -> RTSet:
    """CT (n images, or those given), RTSTRUCT, RTPLAN and RTDOSE (series 101, 102, 103)."""
    ct = list(images) if images is not None else ct_series(n, study=study or FIRST_STUDY)
    study = study or Study.of(ct[0])
    structures = rt_structure_set(ct, study=study)
    plan = rt_plan(structures, study=study)
    return RTSet(ct, structures, plan, rt_dose(plan, study=study))


def rt_structure_set(
    images: Sequence[FileDataset], *, study: Study | None = None, series_number: int = 101
) -> FileDataset:
    """A structure set with one ROI: a square contour on each image, which the contour refers to."""
    study = study or Study.of(images[0])
    dataset = _rt_object(RTStructureSetStorage, study, "RTSTRUCT", series_number, "Structures")
    frame_of_reference = images[0].FrameOfReferenceUID
    add_frame_of_reference(dataset, frame_of_reference)
    dataset.StructureSetLabel = "STRUCTURES"
    dataset.StructureSetDate = study.date
    dataset.StructureSetTime = study.time
    dataset.ApprovalStatus = "UNAPPROVED"

    study_item = Dataset()
    study_item.ReferencedSOPClassUID = DETACHED_STUDY_MANAGEMENT
    set_unchecked(study_item, "ReferencedSOPInstanceUID", images[0].StudyInstanceUID)
    study_item.RTReferencedSeriesSequence = series_references(images, "ContourImageSequence")
    frame_item = Dataset()
    set_unchecked(frame_item, "FrameOfReferenceUID", frame_of_reference)
    frame_item.RTReferencedStudySequence = [study_item]
    dataset.ReferencedFrameOfReferenceSequence = [frame_item]

    roi = Dataset()
    roi.ROINumber = 1
    set_unchecked(roi, "ReferencedFrameOfReferenceUID", frame_of_reference)
    roi.ROIName = "TARGET"
    roi.ROIGenerationAlgorithm = "MANUAL"
    dataset.StructureSetROISequence = [roi]
    drawn = Dataset()
    drawn.ReferencedROINumber = 1
    drawn.ROIDisplayColor = [255, 0, 0]
    drawn.ContourSequence = [_square_contour(image) for image in images]
    dataset.ROIContourSequence = [drawn]
    observation = Dataset()
    observation.ObservationNumber = 1
    observation.ReferencedROINumber = 1
    observation.RTROIInterpretedType = "PTV"
    observation.ROIInterpreter = ""
    dataset.RTROIObservationsSequence = [observation]
    return dataset


def _square_contour(image: Dataset) -> Dataset:
    z = image.ImagePositionPatient[2]
    contour = Dataset()
    contour.ContourImageSequence = [instance_reference(image)]
    contour.ContourGeometricType = "CLOSED_PLANAR"
    contour.NumberOfContourPoints = 4
    contour.ContourData = [-4.0, -4.0, z, 4.0, -4.0, z, 4.0, 4.0, z, -4.0, 4.0, z]
    return contour


def rt_plan(
    structure_set: FileDataset, *, study: Study | None = None, series_number: int = 102
) -> FileDataset:
    """A plan with one static photon beam for the structure set."""
    study = study or Study.of(structure_set)
    dataset = _rt_object(RTPlanStorage, study, "RTPLAN", series_number, "Plan")
    add_frame_of_reference(dataset, structure_set.FrameOfReferenceUID)
    dataset.RTPlanLabel = "PLAN"
    dataset.RTPlanDate = study.date
    dataset.RTPlanTime = study.time
    dataset.RTPlanGeometry = "PATIENT"
    dataset.ApprovalStatus = "UNAPPROVED"
    dataset.ReferencedStructureSetSequence = [instance_reference(structure_set)]
    setup = Dataset()
    setup.PatientSetupNumber = 1
    setup.PatientPosition = "HFS"
    dataset.PatientSetupSequence = [setup]
    fractions = Dataset()
    fractions.FractionGroupNumber = 1
    fractions.NumberOfFractionsPlanned = 1
    fractions.NumberOfBeams = 1
    fractions.NumberOfBrachyApplicationSetups = 0
    planned_beam = Dataset()
    planned_beam.ReferencedBeamNumber = 1
    planned_beam.BeamMeterset = 100
    fractions.ReferencedBeamSequence = [planned_beam]
    dataset.FractionGroupSequence = [fractions]
    dataset.BeamSequence = [_static_beam()]
    return dataset


def _static_beam() -> Dataset:
    beam = Dataset()
    beam.BeamNumber = 1
    beam.BeamName = "BEAM"
    beam.BeamType = "STATIC"
    beam.RadiationType = "PHOTON"
    beam.TreatmentMachineName = ""
    beam.TreatmentDeliveryType = "TREATMENT"
    beam.PrimaryDosimeterUnit = "MU"
    beam.SourceAxisDistance = 1000
    beam.NumberOfWedges = 0
    beam.NumberOfCompensators = 0
    beam.NumberOfBoli = 0
    beam.NumberOfBlocks = 0
    beam.FinalCumulativeMetersetWeight = 1
    beam.NumberOfControlPoints = 2
    beam.ReferencedPatientSetupNumber = 1
    beam.BeamLimitingDeviceSequence = [_jaws("X"), _jaws("Y")]
    first, last = Dataset(), Dataset()
    first.ControlPointIndex = 0
    first.CumulativeMetersetWeight = 0
    first.NominalBeamEnergy = 6
    first.DoseRateSet = 300
    first.BeamLimitingDevicePositionSequence = [_jaw_position("X"), _jaw_position("Y")]
    first.GantryAngle = 0
    first.GantryRotationDirection = "NONE"
    first.BeamLimitingDeviceAngle = 0
    first.BeamLimitingDeviceRotationDirection = "NONE"
    first.PatientSupportAngle = 0
    first.PatientSupportRotationDirection = "NONE"
    first.TableTopEccentricAngle = 0
    first.TableTopEccentricRotationDirection = "NONE"
    first.TableTopVerticalPosition = None
    first.TableTopLongitudinalPosition = None
    first.TableTopLateralPosition = None
    first.IsocenterPosition = [0.0, 0.0, 0.0]
    first.SurfaceEntryPoint = [0.0, -50.0, 0.0]
    first.SourceToSurfaceDistance = 950
    last.ControlPointIndex = 1
    last.CumulativeMetersetWeight = 1
    beam.ControlPointSequence = [first, last]
    return beam


def _jaws(axis: str) -> Dataset:
    jaws = Dataset()
    jaws.RTBeamLimitingDeviceType = axis
    jaws.NumberOfLeafJawPairs = 1
    return jaws


def _jaw_position(axis: str) -> Dataset:
    position = Dataset()
    position.RTBeamLimitingDeviceType = axis
    position.LeafJawPositions = [-50.0, 50.0]
    return position


def rt_dose(
    plan: FileDataset, *, frames: int = 2, study: Study | None = None, series_number: int = 103
) -> FileDataset:
    """The dose of the plan, `frames` axial planes."""
    study = study or Study.of(plan)
    dataset = _rt_object(RTDoseStorage, study, "RTDOSE", series_number, "Dose")
    add_content_time(dataset, study)
    add_frame_of_reference(dataset, plan.FrameOfReferenceUID)
    add_image_plane(dataset, (-7.0, -7.0, 0.0))
    dataset.ImageType = ["DERIVED", "PRIMARY", "AXIAL"]
    dataset.NumberOfFrames = frames
    dataset.FrameIncrementPointer = 0x3004000C  # Grid Frame Offset Vector
    dataset.DoseUnits = "GY"
    dataset.DoseType = "PHYSICAL"
    dataset.DoseSummationType = "PLAN"
    dataset.GridFrameOffsetVector = [frame * SLICE_SPACING for frame in range(frames)]
    dataset.DoseGridScaling = 0.001
    dataset.TissueHeterogeneityCorrection = "IMAGE"
    dataset.ReferencedRTPlanSequence = [instance_reference(plan)]
    add_grey_pixels(dataset, [grey_frame(frame + 7) for frame in range(frames)])
    return dataset


def _rt_object(
    sop_class: str, study: Study, modality: str, series_number: int, description: str
) -> FileDataset:
    dataset = new_object(
        sop_class,
        study,
        modality=modality,
        series_number=series_number,
        instance_number=1,
        description=description,
    )
    dataset.OperatorsName = ""
    return dataset
