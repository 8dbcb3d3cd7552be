"""The elements, besides the UIDs, that the reader takes from the top level of each object.

The values an object shares with the others of its patient, study, series or device make up its
*profile*; one tuple of them serves a whole series as a rule, so it is stored once. What its IOD defines
for the object itself may vary from one to the next, and is not taken.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from uidscope.core.uid.dictionary import ui_tags
from uidscope.core.uid.entity_attributes import all_entity_attributes, entity_attributes
from uidscope.core.uid.syntax import strip_value


class ProfileAttribute(NamedTuple):
    """``level`` is the entity it belongs to: patient, study, series, equipment, frame or object."""

    tag: int
    keyword: str
    level: str


# Taken from every object, whatever its IOD: the tree, the plan and the rules need them.
_OF_EVERY_OBJECT = (
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
    ProfileAttribute(0x00181002, "DeviceUID", "equipment"),
    ProfileAttribute(0x00200052, "FrameOfReferenceUID", "frame"),
    ProfileAttribute(0x00201040, "PositionReferenceIndicator", "frame"),
    ProfileAttribute(0x00200200, "SynchronizationFrameOfReferenceUID", "frame"),
    ProfileAttribute(0x00080016, "SOPClassUID", "object"),
    ProfileAttribute(0x00080008, "ImageType", "object"),
    ProfileAttribute(0x30060002, "StructureSetLabel", "object"),
    ProfileAttribute(0x300A0002, "RTPlanLabel", "object"),
    ProfileAttribute(0x00700080, "ContentLabel", "object"),
)
_TAGS_OF_EVERY_OBJECT = frozenset(each.tag for each in _OF_EVERY_OBJECT) - ui_tags()

PROFILE_ATTRIBUTES = (
    *_OF_EVERY_OBJECT,
    *(
        ProfileAttribute(each.tag, each.keyword, each.entity)
        for each in all_entity_attributes()
        if each.tag not in _TAGS_OF_EVERY_OBJECT
    ),
)
# From here on come the attributes that nothing but their comparison needs.
FIRST_COMPARED = len(_OF_EVERY_OBJECT)

# Held as two bytes, where all others are text.
BINARY_TAGS = frozenset(each.tag for each in all_entity_attributes() if each.vr in ("US", "US or SS"))

PROFILE_KEYWORDS = tuple(attribute.keyword for attribute in PROFILE_ATTRIBUTES)
PROFILE_INDEX = {keyword: index for index, keyword in enumerate(PROFILE_KEYWORDS)}


@lru_cache(maxsize=1024)
def profile_tags(raw_class_uid: bytes | None) -> frozenset[int]:
    """Return the tags, but for those of UIDs, whose values belong to the profile of an object of a class."""
    attributes = entity_attributes(strip_value(raw_class_uid or b""))
    return _TAGS_OF_EVERY_OBJECT | {each.tag for each in attributes.values()}


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
