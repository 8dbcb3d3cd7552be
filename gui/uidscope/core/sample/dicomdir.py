"""A DICOMDIR for the images of one series, with the links between its records (PS3.3 F.3)."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Final

from pydicom import dcmread
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, MediaStorageDirectoryStorage

from uidscope.core.sample.objects import SAMPLE_ROOT, encoded

_IN_USE: Final = 0xFFFF
_KEYS: Final = {
    "PATIENT": ("PatientName", "PatientID"),
    "STUDY": (
        *("StudyDate", "StudyTime", "StudyDescription", "StudyInstanceUID", "StudyID", "AccessionNumber"),
    ),
    "SERIES": ("Modality", "SeriesInstanceUID", "SeriesNumber"),
    "IMAGE": ("InstanceNumber",),
}


def dicomdir(images: Mapping[str, FileDataset]) -> bytes:
    """The DICOMDIR of these images of one series, each under its path with ``/``."""
    names, datasets = list(images), list(images.values())
    above = [_record(kind, datasets[0]) for kind in ("PATIENT", "STUDY", "SERIES")]
    below = [_image_record(name, image) for name, image in zip(names, datasets, strict=True)]
    directory = _directory([*above, *below])
    # The links are of fixed length, so where the records begin shows in a first writing without them.
    written = dcmread(BytesIO(encoded(directory)))
    places = [int(item.seq_item_tell) for item in written.DirectoryRecordSequence]
    directory.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity = places[0]
    directory.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity = places[0]
    for record, place in zip(above, places[1:], strict=False):
        record.OffsetOfReferencedLowerLevelDirectoryEntity = place
    for record, place in zip(below, places[len(above) + 1 :], strict=False):
        record.OffsetOfTheNextDirectoryRecord = place
    return encoded(directory)


def _directory(records: list[Dataset]) -> FileDataset:
    meta = FileMetaDataset()
    meta.FileMetaInformationGroupLength = 0  # counted when written
    meta.FileMetaInformationVersion = b"\x00\x01"
    meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    meta.MediaStorageSOPInstanceUID = UID(f"{SAMPLE_ROOT}.2.1")
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = UID(f"{SAMPLE_ROOT}.1")
    directory = FileDataset("", {}, file_meta=meta, preamble=bytes(128))
    directory.FileSetID = "SAMPLE"
    directory.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity = 0
    directory.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity = 0
    directory.FileSetConsistencyFlag = 0
    directory.DirectoryRecordSequence = records
    return directory


def _record(kind: str, dataset: FileDataset) -> Dataset:
    record = Dataset()
    record.OffsetOfTheNextDirectoryRecord = 0
    record.RecordInUseFlag = _IN_USE
    record.OffsetOfReferencedLowerLevelDirectoryEntity = 0
    record.DirectoryRecordType = kind
    for keyword in _KEYS[kind]:
        record[keyword] = dataset[keyword]
    return record


def _image_record(name: str, image: FileDataset) -> Dataset:
    record = _record("IMAGE", image)
    record.ReferencedFileID = name.split("/")
    record.ReferencedSOPClassUIDInFile = image.SOPClassUID
    record.ReferencedSOPInstanceUIDInFile = image.SOPInstanceUID
    record.ReferencedTransferSyntaxUIDInFile = ExplicitVRLittleEndian
    return record
