"""Folders of files to measure on, made in code: the same bytes for every reader."""

from __future__ import annotations

import io
from pathlib import Path

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import UID, ExplicitVRLittleEndian, ImplicitVRLittleEndian

_ROOT = "1.3.6.1.4.1.32473.7"
_CT_CLASS = "1.2.840.10008.5.1.4.1.1.2"
_PER_SERIES = 500


def ct_like(folder: Path, files: int, *, side: int = 512, implicit: bool = False) -> None:
    """Write CT-like files: some 140 elements in 5 KB of header, then the pixels."""
    _write(folder, files, extra=90, pixels=side * side * 2, implicit=implicit)


def small(folder: Path, files: int) -> None:
    """Write small files: some 100 elements in 3 KB, next to no pixels."""
    _write(folder, files, extra=50, pixels=32, implicit=False)


def _write(folder: Path, files: int, *, extra: int, pixels: int, implicit: bool) -> None:
    template = _template(extra, pixels, implicit=implicit)
    marks = {name: template.index(mark) for name, mark in _MARKS.items()}
    for number in range(files):
        series, index = divmod(number, _PER_SERIES)
        if index == 0:
            (folder / f"{series:04}").mkdir(parents=True, exist_ok=True)
        data = bytearray(template)
        for name, mark in _MARKS.items():
            value = f"{mark[:-8].decode()}{series if name == 'series' else number:08}".encode()
            start = marks[name]
            while start >= 0:  # the file meta names the instance too
                data[start : start + len(mark)] = value
                start = template.find(mark, start + 1)
        (folder / f"{series:04}" / f"{index:05}.dcm").write_bytes(data)


_MARKS = {
    "instance": f"{_ROOT}.3.199999999".encode(),
    "series": f"{_ROOT}.2.199999999".encode(),
    "reference": f"{_ROOT}.4.199999999".encode(),
}


def _template(extra: int, pixels: int, *, implicit: bool) -> bytes:
    dataset = FileDataset("", {}, file_meta=FileMetaDataset(), preamble=bytes(128))
    meta = dataset.file_meta
    meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = UID(_CT_CLASS)
    meta.MediaStorageSOPInstanceUID = UID(_MARKS["instance"].decode())
    meta.ImplementationClassUID = UID(f"{_ROOT}.9")
    dataset.SpecificCharacterSet = "ISO_IR 100"
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    dataset.SOPClassUID = _CT_CLASS
    dataset.SOPInstanceUID = _MARKS["instance"].decode()
    dataset.StudyDate, dataset.StudyTime = "20260101", "101010"
    dataset.Modality, dataset.Manufacturer = "CT", "BENCHMARK"
    dataset.ReferencedImageSequence = [_reference(1), _reference(2)]
    dataset.PatientName, dataset.PatientID = "TEST^BENCHMARK", "BENCH"
    dataset.StudyInstanceUID = f"{_ROOT}.1.1"
    dataset.SeriesInstanceUID = _MARKS["series"].decode()
    dataset.FrameOfReferenceUID = f"{_ROOT}.5.1"
    dataset.InstanceNumber, dataset.SeriesNumber = 1, 1
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    side = max(4, int((pixels // 2) ** 0.5))
    dataset.Rows = dataset.Columns = side
    dataset.BitsAllocated = dataset.BitsStored = 16
    dataset.HighBit, dataset.PixelRepresentation = 15, 0
    block = dataset.private_block(0x0043, "BENCHMARK PRIVATE", create=True)
    for number in range(extra):
        block.add_new(
            number, "LO" if number % 3 else "DS", f"{number}.{number:012}" if number % 3 == 0 else "X" * 24
        )
    dataset.PixelData = bytes(side * side * 2)
    buffer = io.BytesIO()
    dcmwrite(buffer, dataset, enforce_file_format=True)
    return buffer.getvalue()


def _reference(number: int) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID = _CT_CLASS
    item.ReferencedSOPInstanceUID = _MARKS["reference"].decode() if number == 1 else f"{_ROOT}.4.1"
    return item
