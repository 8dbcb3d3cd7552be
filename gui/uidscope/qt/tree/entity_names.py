"""What the places of the tree are called, and the icon each has: in the tree and wherever one is named."""

from functools import cache

from PySide6.QtCore import QObject

from uidscope.core.catalog.tree import FileRow, InstanceRow, NodeRow, PatientRow, SeriesRow, StudyRow
from uidscope.core.uid.registry import registered
from uidscope.qt.screen_names import screen_names

_IMAGE = "Image Storage"
# Modalities whose series hold other things than images (PS3.3 C.7.3.1.1.1).
_NOT_IMAGES = frozenset(
    (
        *("ANN", "AU", "CFM", "CTPROTOCOL", "DOC", "ECG", "EEG", "EMG", "EOG", "EPS", "FID", "HD", "KO"),
        *("M3D", "OSS", "PLAN", "POS", "PR", "REG", "RESP", "RTDOSE", "RTINTENT", "RTPLAN", "RTRAD"),
        *("RTRECORD", "RTSEGANN", "RTSTRUCT", "RWV", "SEG", "SMR", "SR", "STAIN", "TEXTUREMAP", "XAPROTOCOL"),
    )
)


def entity_name(row: NodeRow) -> str:
    """What a row is called: as its files call it, else by its kind, and by its number where it has one."""
    words, row = _words(), screen_names().row(row)
    match row:
        case PatientRow():
            return row.name or row.patient_id or words.nameless_patient()
        case StudyRow():
            return row.description or words.study(date_text(row.date) or row.study_id)
        case SeriesRow():
            return row.description or words.series(row.number)
        case InstanceRow():
            return words.instance(_noun(row.class_uid), row.number)
        case FileRow():
            return row.path


def entity_remark(row: NodeRow) -> str:
    """The secondary fact that stands beside the name; empty where there is none."""
    words, row = _words(), screen_names().row(row)
    match row:
        case PatientRow():
            return row.patient_id if row.name else ""
        case StudyRow():
            return words.series_count(row.child_count)
        case SeriesRow():
            return words.object_count(row.child_count, images=row.modality not in _NOT_IMAGES)
        case InstanceRow():
            return words.copies(row.occurrences) if row.occurrences > 1 else ""
        case FileRow():
            return ""


def entity_icon(row: NodeRow) -> str:
    """The name of the icon of a row's kind."""
    match row:
        case PatientRow():
            return "patient"
        case StudyRow():
            return "study"
        case SeriesRow():
            return "series"
        case InstanceRow():
            return "object" if _noun(row.class_uid) else "image"
        case FileRow():
            return "file"


def date_text(raw_date: str) -> str:
    """A DICOM date (PS3.5 6.2, DA) with hyphens; anything else as it stands in the file."""
    if len(raw_date) == 8 and raw_date.isdecimal():
        return f"{raw_date[:4]}-{raw_date[4:6]}-{raw_date[6:]}"
    return raw_date


@cache
def _noun(class_uid: str) -> str:
    """What an object is, by its SOP class; empty for an image and for an unknown class."""
    entry = registered(class_uid)
    if entry is None or _IMAGE in entry.name or " Storage" not in entry.name:
        return ""
    return entry.name.partition(" Storage")[0]


@cache
def _words() -> "EntityNameWords":
    return EntityNameWords()


class EntityNameWords(QObject):
    """The words of the names. A QObject, for only there Qt's tools find the plural forms."""

    def nameless_patient(self) -> str:
        return self.tr("Patient without name and ID")

    def study(self, told_by: str) -> str:
        return self.tr("Study %1").replace("%1", told_by) if told_by else self.tr("Study")

    def series(self, number: str) -> str:
        return self.tr("Series %1").replace("%1", number) if number else self.tr("Series")

    def instance(self, noun: str, number: str) -> str:
        return " ".join((noun or self.tr("Image"), number)).rstrip()

    def series_count(self, count: int) -> str:
        return self.tr("1 series") if count == 1 else self.tr("%Ln series", "", count)

    def object_count(self, count: int, *, images: bool) -> str:
        if images:
            return self.tr("1 image") if count == 1 else self.tr("%Ln images", "", count)
        return self.tr("1 object") if count == 1 else self.tr("%Ln objects", "", count)

    def copies(self, count: int) -> str:
        return self.tr("%Ln file copies", "", count)
