"""The elements, besides the UIDs, that the reader takes from the top level of each object.

The values an object shares with the others of its patient, study, series or device make up its
*profile*; one tuple of them serves a whole series as a rule, so it is stored once.
"""

from __future__ import annotations

from typing import NamedTuple


class ProfileAttribute(NamedTuple):
    """``level`` is the entity it belongs to: patient, study, series, equipment, frame or object."""

    tag: int
    keyword: str
    level: str


PROFILE_ATTRIBUTES = (
    ProfileAttribute(0x00100010, "PatientName", "patient"),
    ProfileAttribute(0x00100020, "PatientID", "patient"),
    ProfileAttribute(0x00100021, "IssuerOfPatientID", "patient"),
    ProfileAttribute(0x00100030, "PatientBirthDate", "patient"),
    ProfileAttribute(0x00100040, "PatientSex", "patient"),
    ProfileAttribute(0x0020000D, "StudyInstanceUID", "study"),
    ProfileAttribute(0x00080020, "StudyDate", "study"),
    ProfileAttribute(0x00080030, "StudyTime", "study"),
    ProfileAttribute(0x00080050, "AccessionNumber", "study"),
    ProfileAttribute(0x00081030, "StudyDescription", "study"),
    ProfileAttribute(0x00200010, "StudyID", "study"),
    ProfileAttribute(0x0020000E, "SeriesInstanceUID", "series"),
    ProfileAttribute(0x00080060, "Modality", "series"),
    ProfileAttribute(0x00200011, "SeriesNumber", "series"),
    ProfileAttribute(0x0008103E, "SeriesDescription", "series"),
    ProfileAttribute(0x00080021, "SeriesDate", "series"),
    ProfileAttribute(0x00080070, "Manufacturer", "equipment"),
    ProfileAttribute(0x00081090, "ManufacturerModelName", "equipment"),
    ProfileAttribute(0x00181000, "DeviceSerialNumber", "equipment"),
    ProfileAttribute(0x00181020, "SoftwareVersions", "equipment"),
    ProfileAttribute(0x00081010, "StationName", "equipment"),
    ProfileAttribute(0x00200052, "FrameOfReferenceUID", "frame"),
    ProfileAttribute(0x00201040, "PositionReferenceIndicator", "frame"),
    ProfileAttribute(0x00080016, "SOPClassUID", "object"),
    ProfileAttribute(0x00080008, "ImageType", "object"),
    ProfileAttribute(0x30060002, "StructureSetLabel", "object"),
    ProfileAttribute(0x300A0002, "RTPlanLabel", "object"),
    ProfileAttribute(0x00700080, "ContentLabel", "object"),
)

PROFILE_KEYWORDS = tuple(attribute.keyword for attribute in PROFILE_ATTRIBUTES)
PROFILE_INDEX = {keyword: index for index, keyword in enumerate(PROFILE_KEYWORDS)}

SPECIFIC_CHARACTER_SET = 0x00080005
SOP_INSTANCE_UID = 0x00080018
INSTANCE_NUMBER = 0x00200013
SAMPLES_PER_PIXEL = 0x00280002
PHOTOMETRIC_INTERPRETATION = 0x00280004
NUMBER_OF_FRAMES = 0x00280008
ROWS = 0x00280010
COLUMNS = 0x00280011
BITS_ALLOCATED = 0x00280100
PIXEL_DATA_PROVIDER_URL = 0x00287FE0
PIXEL_DATA = (0x7FE00010, 0x7FE00008, 0x7FE00009)
