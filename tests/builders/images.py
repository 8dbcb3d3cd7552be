"""Series of single-frame images: CT, MR with its localizers, PET, and a derived image among its sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import CTImageStorage, MRImageStorage, PositronEmissionTomographyImageStorage

from tests.builders.modules import (
    AXIAL,
    SLICE_SPACING,
    add_content_time,
    add_frame_of_reference,
    add_grey_pixels,
    add_image_plane,
    code,
    grey_frame,
    instance_reference,
    new_object,
)
from tests.builders.study import FIRST_STUDY, Study
from tests.builders.unchecked import set_unchecked

_CORONAL = [1.0, 0.0, 0.0, 0.0, 0.0, -1.0]
_SAGITTAL = [0.0, 1.0, 0.0, 0.0, 0.0, -1.0]


def ct_series(
    n: int = 3,
    *,
    study: Study = FIRST_STUDY,
    series_number: int = 2,
    frame_of_reference: int = 1,
    description: str = "CT axial",
) -> list[FileDataset]:
    """One series of n axial CT images, SLICE_SPACING mm apart."""
    images = []
    for number in range(1, n + 1):
        image = _axial_image(CTImageStorage, "CT", study, series_number, number, description)
        add_frame_of_reference(image, study.frame_of_reference_uid(frame_of_reference))
        image.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
        image.KVP = 120
        image.RescaleIntercept = -1024
        image.RescaleSlope = 1
        image.RescaleType = "HU"
        images.append(image)
    return images


def mip_in_source_series(
    images: Sequence[FileDataset], *, manufacturer: str = "Test Software"
) -> FileDataset:
    """A maximum intensity projection that bears the Series Instance UID of the images it was made from.

    It stands behind them as the next instance, is DERIVED, names each source, and comes from another
    manufacturer's program: what a tool does that ought to have made a new series.
    """
    study = Study.of(images[0])
    series_number = int(images[0].SeriesNumber)
    number = max(int(image.InstanceNumber) for image in images) + 1
    mip = _axial_image(CTImageStorage, "CT", study, series_number, number, images[0].SeriesDescription, z=0.0)
    add_frame_of_reference(mip, images[0].FrameOfReferenceUID)
    set_unchecked(mip, "SeriesInstanceUID", images[0].SeriesInstanceUID)
    mip.ImageType = ["DERIVED", "SECONDARY", "AXIAL", "MIP"]
    mip.KVP = 120
    mip.RescaleIntercept = -1024
    mip.RescaleSlope = 1
    mip.RescaleType = "HU"
    mip.Manufacturer = manufacturer
    mip.ManufacturerModelName = "Test Projection"
    mip.DeviceSerialNumber = "0002"
    mip.DerivationDescription = "Maximum intensity projection"
    mip.DerivationCodeSequence = [code("113078", "DCM", "Maximum intensity projection")]
    mip.SourceImageSequence = [source_image(image) for image in images]
    return mip


def source_image(image: Dataset) -> Dataset:
    """One item of a Source Image Sequence, with its purpose (CID 7202)."""
    item = instance_reference(image)
    item.PurposeOfReferenceCodeSequence = [
        code("121322", "DCM", "Source image for image processing operation")
    ]
    return item


class MRSeries(NamedTuple):
    """An MR series and the series of localizers that its images refer to."""

    localizers: list[FileDataset]
    images: list[FileDataset]

    @property
    def all(self) -> list[FileDataset]:
        return [*self.localizers, *self.images]


def mr_series_with_localizers(
    n: int = 3, *, study: Study = FIRST_STUDY, series_number: int = 4, frame_of_reference: int = 1
) -> MRSeries:
    """Three localizers (series 3), one a plane, and n axial images (series 4) in one frame of reference."""
    frame_uid = study.frame_of_reference_uid(frame_of_reference)
    localizers = []
    for number, orientation in enumerate((AXIAL, _CORONAL, _SAGITTAL), start=1):
        localizer = _axial_image(
            MRImageStorage, "MR", study, series_number - 1, number, "MR localizer", z=0.0
        )
        localizer.ImageOrientationPatient = orientation
        localizers.append(localizer)
    images = [
        _axial_image(MRImageStorage, "MR", study, series_number, number, "MR axial")
        for number in range(1, n + 1)
    ]
    for image in [*localizers, *images]:
        add_frame_of_reference(image, frame_uid)
        _add_mr_acquisition(image)
    for image in images:
        image.ReferencedImageSequence = [_localizer_reference(localizer) for localizer in localizers]
    return MRSeries(localizers, images)


def _localizer_reference(localizer: Dataset) -> Dataset:
    item = instance_reference(localizer)
    item.PurposeOfReferenceCodeSequence = [code("121311", "DCM", "Localizer")]
    return item


def _add_mr_acquisition(image: Dataset) -> None:
    """MR Image (PS3.3 C.8.3.1)."""
    image.ImageType = ["ORIGINAL", "PRIMARY", "OTHER"]
    image.ScanningSequence = "SE"
    image.SequenceVariant = "NONE"
    image.ScanOptions = ""
    image.MRAcquisitionType = "2D"
    image.RepetitionTime = 500
    image.EchoTime = 15
    image.EchoTrainLength = 1
    image.MagneticFieldStrength = 1.5


def pt_series(
    n: int = 3, *, study: Study = FIRST_STUDY, series_number: int = 5, frame_of_reference: int = 1
) -> list[FileDataset]:
    """One series of n axial PET images of a static, attenuation-corrected acquisition."""
    images = []
    for number in range(1, n + 1):
        image = _axial_image(
            PositronEmissionTomographyImageStorage, "PT", study, series_number, number, "PET axial"
        )
        add_frame_of_reference(image, study.frame_of_reference_uid(frame_of_reference))
        _add_pet_series(image, study, slices=n)
        image.ImageType = ["ORIGINAL", "PRIMARY"]
        image.RescaleIntercept = 0
        image.RescaleSlope = 1
        image.FrameReferenceTime = 0
        image.ActualFrameDuration = 60000
        image.DecayFactor = 1
        image.ImageIndex = number
        images.append(image)
    return images


def _add_pet_series(image: Dataset, study: Study, slices: int) -> None:
    """PET Series, PET Isotope and Patient Orientation (PS3.3 C.8.9.1, C.8.9.2, C.8.4.6)."""
    image.SeriesDate = study.date
    image.SeriesTime = study.time
    image.AcquisitionDate = study.date
    image.AcquisitionTime = study.time
    image.Units = "BQML"
    image.CountsSource = "EMISSION"
    image.SeriesType = ["STATIC", "IMAGE"]
    image.NumberOfSlices = slices
    image.CorrectedImage = ["DECY", "ATTN"]
    image.DecayCorrection = "START"
    image.AttenuationCorrectionMethod = "measured"
    image.CollimatorType = ""
    tracer = Dataset()
    tracer.RadionuclideCodeSequence = [code("77004003", "SCT", "^18^Fluorine")]
    tracer.RadiopharmaceuticalCodeSequence = [code("35321007", "SCT", "Fluorodeoxyglucose F^18^")]
    tracer.RadiopharmaceuticalStartTime = "091112"
    tracer.RadionuclideTotalDose = 300000000
    image.RadiopharmaceuticalInformationSequence = [tracer]
    recumbent = code("102538003", "SCT", "recumbent")
    recumbent.PatientOrientationModifierCodeSequence = [code("40199007", "SCT", "supine")]
    image.PatientOrientationCodeSequence = [recumbent]
    image.PatientGantryRelationshipCodeSequence = [code("102540008", "SCT", "headfirst")]


def _axial_image(
    sop_class: str,
    modality: str,
    study: Study,
    series_number: int,
    instance_number: int,
    description: str,
    z: float | None = None,
) -> FileDataset:
    """What the single-frame axial images have in common: place, time and pixels."""
    image = new_object(
        sop_class,
        study,
        modality=modality,
        series_number=series_number,
        instance_number=instance_number,
        description=description,
    )
    image.BodyPartExamined = "CHEST"
    if modality != "PT":
        image.PatientPosition = "HFS"
    image.AcquisitionNumber = 1
    add_content_time(image, study)
    add_image_plane(image, (-7.0, -7.0, (instance_number - 1) * SLICE_SPACING if z is None else z))
    bits_stored = 16 if modality == "PT" else 12
    add_grey_pixels(image, [grey_frame(instance_number)], bits_stored=bits_stored)
    return image
