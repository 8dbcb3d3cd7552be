"""File-sets on disk for the tests of DICOMDIRs."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterable
from pathlib import Path

from pydicom import dcmread
from pydicom.dataset import FileDataset
from pydicom.fileset import FileSet

from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import FileRecord


def write_media(folder: Path, images: Iterable[FileDataset]) -> list[Path]:
    """Write a file-set with its DICOMDIR, and return the files of the images in the order of its records."""
    with warnings.catch_warnings():
        # The library's temporary folders are removed with a warning once nobody holds them.
        warnings.simplefilter("ignore", ResourceWarning)
        _write_file_set(folder, images)
        gc.collect()
    records = dcmread(folder / "DICOMDIR").DirectoryRecordSequence
    return [folder.joinpath(*each.ReferencedFileID) for each in records if "ReferencedFileID" in each]


def read_media(folder: Path) -> dict[Path, tuple[str, str]]:
    """What the library finds by the DICOMDIR: each file with its SOP and Study Instance UID."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        found = {
            Path(each.path): (str(each.SOPInstanceUID), str(each.StudyInstanceUID))
            for each in FileSet(folder / "DICOMDIR")
        }
        gc.collect()
    return found


def _write_file_set(folder: Path, images: Iterable[FileDataset]) -> None:
    files = FileSet()
    for image in images:
        files.add(image)
    files.write(folder)


def records_of(folder: Path) -> list[FileRecord]:
    """What the reader says of every file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    read = [read_file(0, path.relative_to(folder).as_posix(), str(path)) for path in paths]
    return [each for each in read if isinstance(each, FileRecord)]
