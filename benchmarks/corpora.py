"""Folders of files to measure on, made in code: the same bytes for every reader.

The images of a series differ as those of a scanner do: in their UIDs, numbers, times, positions and a
few private values, whose lengths differ too.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import (
    UID,
    ComprehensiveSRStorage,
    EnhancedMRImageStorage,
    ExplicitVRLittleEndian,
    RTStructureSetStorage,
)

_ROOT = "1.3.6.1.4.1.32473.7"
_CT_CLASS = "1.2.840.10008.5.1.4.1.1.2"
_PER_SERIES = 500
_LONG_VRS = frozenset(("OB", "OW", "SQ"))

# Tag, VR and value of one element; a value that is a list holds the items of a sequence.
_Element = tuple[int, str, "str | int | bytes | list[list[_Element]]"]


def ct_like(folder: Path, files: int, *, side: int = 512, implicit: bool = False) -> None:
    """Write CT-like files: some 140 elements in 5 KB of header, then the pixels."""
    _write(folder, files, private=82, side=side, implicit=implicit)


def small(folder: Path, files: int) -> None:
    """Write small files: some 100 elements in 3 KB, next to no pixels."""
    _write(folder, files, private=44, side=4, implicit=False)


def deep(folder: Path, *, images: int = 200, frames: int = 500) -> None:
    """Write objects that are sequences within sequences: an RTSTRUCT, an enhanced MR and an SR."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, dataset in (
        ("structures", _structure_set(images)),
        ("enhanced", _enhanced_mr(frames)),
        ("report", _report(images)),
    ):
        dcmwrite(folder / f"{name}.dcm", dataset, enforce_file_format=True)


def _write(folder: Path, files: int, *, private: int, side: int, implicit: bool) -> None:
    pixels = bytes(side * side * 2)
    for number in range(files):
        series, index = divmod(number, _PER_SERIES)
        if index == 0:
            (folder / f"{series:04}").mkdir(parents=True, exist_ok=True)
        elements = sorted([*_image(series, index + 1, side), *_private(private, index)])
        data = _file(elements, pixels, implicit=implicit)
        (folder / f"{series:04}" / f"{index:05}.dcm").write_bytes(data)


def _image(series: int, number: int, side: int) -> Iterator[_Element]:
    """What stands in one CT image; ``number`` is the Instance Number."""
    second = f"{10 + number // 3600:02}{number // 60 % 60:02}{number % 60:02}"
    position = -412.5 + 1.25 * number
    yield from (
        (0x00080005, "CS", "ISO_IR 100"),
        (0x00080008, "CS", r"ORIGINAL\PRIMARY\AXIAL\CT_SOM5 SPI"),
        (0x00080012, "DA", "20260101"),
        (0x00080013, "TM", f"{second}.{number * 7919 % 1000000:06}"),
        (0x00080016, "UI", _CT_CLASS),
        (0x00080018, "UI", _instance_uid(series, number)),
        (0x00080020, "DA", "20260101"),
        (0x00080021, "DA", "20260101"),
        (0x00080022, "DA", "20260101"),
        (0x00080023, "DA", "20260101"),
        (0x00080030, "TM", "101010"),
        (0x00080031, "TM", "101112"),
        (0x00080032, "TM", f"{second}.{number * 104729 % 1000000:06}"),
        (0x00080033, "TM", f"{second}.{number * 1299709 % 1000000:06}"),
        (0x00080050, "SH", "ACC0001"),
        (0x00080060, "CS", "CT"),
        (0x00080070, "LO", "BENCHMARK"),
        (0x00080080, "LO", "TEST HOSPITAL"),
        (0x00080090, "PN", "TEST^REFERRER"),
        (0x00081010, "SH", "CT0001"),
        (0x00081030, "LO", "THORAX"),
        (0x0008103E, "LO", f"Lung {series}.0"),
        (0x00081090, "LO", "MODEL 64"),
        (0x00081140, "SQ", [_reference(f"{_ROOT}.4.1"), _reference(f"{_ROOT}.4.2")]),
        (0x00100010, "PN", "TEST^BENCHMARK"),
        (0x00100020, "LO", "BENCH"),
        (0x00100030, "DA", "19500101"),
        (0x00100040, "CS", "O"),
        (0x00180015, "CS", "CHEST"),
        (0x00180050, "DS", "1.25"),
        (0x00180060, "DS", "120"),
        (0x00181000, "LO", "30001"),
        (0x00181020, "LO", "syngo 1"),
        (0x00181100, "DS", "350"),
        (0x00181120, "DS", "0"),
        (0x00181150, "IS", "500"),
        (0x00181151, "IS", str(80 + number * 13 % 160)),
        (0x00181210, "SH", "B60f"),
        (0x00185100, "CS", "HFS"),
        (0x0020000D, "UI", f"{_ROOT}.1.1"),
        (0x0020000E, "UI", f"{_ROOT}.2.{series}"),
        (0x00200010, "SH", "1"),
        (0x00200011, "IS", str(series + 1)),
        (0x00200012, "IS", str(1 + number // 50)),
        (0x00200013, "IS", str(number)),
        (0x00200032, "DS", rf"-174.65820\-174.65820\{position:g}"),
        (0x00200037, "DS", r"1\0\0\0\1\0"),
        (0x00200052, "UI", f"{_ROOT}.5.1"),
        (0x00201040, "LO", ""),
        (0x00201041, "DS", f"{position:g}"),
        (0x00280002, "US", 1),
        (0x00280004, "CS", "MONOCHROME2"),
        (0x00280010, "US", side),
        (0x00280011, "US", side),
        (0x00280030, "DS", r"0.68359375\0.68359375"),
        (0x00280100, "US", 16),
        (0x00280101, "US", 16),
        (0x00280102, "US", 15),
        (0x00280103, "US", 0),
        (0x00280106, "US", number * 31 % 9),
        (0x00280107, "US", 1500 + number * 37 % 900),
        (0x00281050, "DS", "40"),
        (0x00281051, "DS", "400"),
        (0x00281052, "DS", "-1024"),
        (0x00281053, "DS", "1"),
    )


def _private(count: int, index: int) -> Iterator[_Element]:
    """Elements of a vendor's own; every tenth says something about this image alone."""
    yield 0x00430010, "LO", "BENCHMARK PRIVATE"
    for number in range(count):
        value = f"{number}.{index * 7 % 1000}" if number % 10 == 5 else f"{number}.{number:012}"
        is_text = number % 3 != 0 and number % 10 != 5
        yield 0x00431000 + number, "LO" if is_text else "DS", "X" * 48 if is_text else value


def _reference(uid: str) -> list[_Element]:
    return [(0x00081150, "UI", _CT_CLASS), (0x00081155, "UI", uid)]


def _instance_uid(series: int, number: int) -> str:
    return f"{_ROOT}.3.{series + 1}.{number}"


def _file(elements: list[_Element], pixels: bytes, *, implicit: bool) -> bytes:
    syntax = "1.2.840.10008.1.2" if implicit else "1.2.840.10008.1.2.1"
    (instance_uid,) = [value for tag, _, value in elements if tag == 0x00080018]
    meta = _encoded(
        [
            (0x00020001, "OB", b"\0\1"),
            (0x00020002, "UI", _CT_CLASS),
            (0x00020003, "UI", instance_uid),
            (0x00020010, "UI", syntax),
            (0x00020012, "UI", f"{_ROOT}.9"),
        ],
        implicit=False,
    )
    length = _encoded([(0x00020000, "UL", struct.pack("<I", len(meta)))], implicit=False)
    body = _encoded([*elements, (0x7FE00010, "OW", pixels)], implicit=implicit)
    return b"".join([bytes(128), b"DICM", length, meta, body])


def _encoded(elements: list[_Element], *, implicit: bool) -> bytes:
    parts: list[bytes] = []
    for tag, vr, value in elements:
        raw = _raw(vr, value, implicit=implicit)
        parts.append(struct.pack("<HH", tag >> 16, tag & 0xFFFF))
        if implicit:
            parts.append(struct.pack("<I", len(raw)))
        elif vr in _LONG_VRS:
            parts.append(vr.encode() + struct.pack("<HI", 0, len(raw)))
        else:
            parts.append(vr.encode() + struct.pack("<H", len(raw)))
        parts.append(raw)
    return b"".join(parts)


def _raw(vr: str, value: str | int | bytes | list[list[_Element]], *, implicit: bool) -> bytes:
    if isinstance(value, list):
        items = [_encoded(item, implicit=implicit) for item in value]
        return b"".join([struct.pack("<HHI", 0xFFFE, 0xE000, len(item)) + item for item in items])
    if isinstance(value, int):
        return struct.pack("<H", value)
    if isinstance(value, bytes):
        return value
    pad = b"\0" if vr == "UI" else b" "
    return value.encode("latin-1") + pad * (len(value) % 2)


def _object(sop_class: str, modality: str, number: int) -> FileDataset:
    dataset = FileDataset("", {}, file_meta=FileMetaDataset(), preamble=bytes(128))
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = UID(sop_class)
    dataset.SpecificCharacterSet = "ISO_IR 100"
    dataset.SOPClassUID = sop_class
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = UID(f"{_ROOT}.6.{number}")
    dataset.StudyDate, dataset.StudyTime = "20260101", "101010"
    dataset.Modality, dataset.Manufacturer = modality, "BENCHMARK"
    dataset.PatientName, dataset.PatientID = "TEST^BENCHMARK", "BENCH"
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = f"{_ROOT}.1.1", f"{_ROOT}.2.9{number}"
    dataset.InstanceNumber, dataset.SeriesNumber = 1, 90 + number
    return dataset


def _item(**values: object) -> Dataset:
    item = Dataset()
    for name, value in values.items():
        setattr(item, name, value)
    return item


def _image_item(number: int, sop_class: str = _CT_CLASS) -> Dataset:
    return _item(ReferencedSOPClassUID=sop_class, ReferencedSOPInstanceUID=_instance_uid(0, number))


def _code(value: str, meaning: str) -> Dataset:
    return _item(CodeValue=value, CodingSchemeDesignator="DCM", CodeMeaning=meaning)


def _structure_set(images: int) -> FileDataset:
    """Four structures drawn on every image."""
    dataset = _object(RTStructureSetStorage, "RTSTRUCT", 1)
    dataset.StructureSetLabel = "STRUCTURES"
    numbers = range(1, images + 1)
    series = _item(
        SeriesInstanceUID=f"{_ROOT}.2.0", ContourImageSequence=[_image_item(each) for each in numbers]
    )
    study = _item(
        ReferencedSOPClassUID="1.2.840.10008.3.1.2.3.1",
        ReferencedSOPInstanceUID=f"{_ROOT}.1.1",
        RTReferencedSeriesSequence=[series],
    )
    dataset.ReferencedFrameOfReferenceSequence = [
        _item(FrameOfReferenceUID=f"{_ROOT}.5.1", RTReferencedStudySequence=[study])
    ]
    dataset.StructureSetROISequence = [
        _item(ROINumber=roi, ReferencedFrameOfReferenceUID=f"{_ROOT}.5.1", ROIName=f"ROI {roi}")
        for roi in range(1, 5)
    ]
    dataset.ROIContourSequence = [
        _item(
            ROIDisplayColor=[255, 0, 0],
            ContourSequence=[_contour(each, roi) for each in numbers],
            ReferencedROINumber=roi,
        )
        for roi in range(1, 5)
    ]
    return dataset


def _contour(number: int, roi: int) -> Dataset:
    points = 20 + (number * 7 + roi) % 30
    data = [
        f"{(point * 17 + number * roi) % 300 - 150}.{point % 10}"
        if axis < 2
        else f"{-412.5 + 1.25 * number:g}"
        for point in range(points)
        for axis in range(3)
    ]
    return _item(
        ContourImageSequence=[_image_item(number)],
        ContourGeometricType="CLOSED_PLANAR",
        NumberOfContourPoints=points,
        ContourData=data,
    )


def _enhanced_mr(frames: int) -> FileDataset:
    dataset = _object(EnhancedMRImageStorage, "MR", 2)
    dataset.NumberOfFrames = frames
    dataset.DimensionOrganizationSequence = [_item(DimensionOrganizationUID=f"{_ROOT}.8.1")]
    dataset.SharedFunctionalGroupsSequence = [
        _item(PixelMeasuresSequence=[_item(SliceThickness=1, PixelSpacing=[1, 1])])
    ]
    dataset.PerFrameFunctionalGroupsSequence = [_frame(each) for each in range(1, frames + 1)]
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
    dataset.Rows = dataset.Columns = 4
    dataset.BitsAllocated = dataset.BitsStored = 16
    dataset.HighBit, dataset.PixelRepresentation = 15, 0
    dataset.PixelData = bytes(32 * frames)
    return dataset


def _frame(number: int) -> Dataset:
    mr_class = "1.2.840.10008.5.1.4.1.1.4"
    source = _image_item(number, mr_class)
    source.PurposeOfReferenceCodeSequence = [_code("121322", "Source image for image processing operation")]
    derivation = _item(
        SourceImageSequence=[source], DerivationCodeSequence=[_code("113072", "Multiplanar reformatting")]
    )
    return _item(
        ReferencedImageSequence=[_image_item(1, mr_class), _image_item(2, mr_class)],
        MREchoSequence=[_item(EffectiveEchoTime=4.6)],
        DerivationImageSequence=[derivation],
        FrameContentSequence=[
            _item(
                FrameAcquisitionDateTime="20260101101010",
                DimensionIndexValues=[1, number],
                StackID="1",
                InStackPositionNumber=number,
            )
        ],
        PlanePositionSequence=[_item(ImagePositionPatient=[-120, -120, f"{-100 + 1.5 * number:g}"])],
        FrameVOILUTSequence=[_item(WindowCenter=str(300 + number % 90), WindowWidth="600")],
    )


def _report(images: int) -> FileDataset:
    dataset = _object(ComprehensiveSRStorage, "SR", 3)
    dataset.CurrentRequestedProcedureEvidenceSequence = [
        _item(
            StudyInstanceUID=f"{_ROOT}.1.1",
            ReferencedSeriesSequence=[
                _item(
                    SeriesInstanceUID=f"{_ROOT}.2.0",
                    ReferencedSOPSequence=[_image_item(each) for each in range(1, images + 1)],
                )
            ],
        )
    ]
    dataset.ConceptNameCodeSequence = [_code("126000", "Imaging Measurement Report")]
    dataset.ContentSequence = [_measurements(each) for each in range(1, images + 1)]
    return dataset


def _measurements(number: int) -> Dataset:
    """One group of an SR's content tree: a tracking UID, an image and a length."""
    tracking = _item(
        RelationshipType="HAS OBS CONTEXT",
        ValueType="UIDREF",
        ConceptNameCodeSequence=[_code("112040", "Tracking Unique Identifier")],
        UID=f"{_ROOT}.10.{number}",
    )
    image = _item(
        RelationshipType="CONTAINS",
        ValueType="IMAGE",
        ConceptNameCodeSequence=[_code("121112", "Source of Measurement")],
        ReferencedSOPSequence=[_image_item(number)],
    )
    length = _item(
        RelationshipType="CONTAINS",
        ValueType="NUM",
        ConceptNameCodeSequence=[_code("121206", "Distance")],
        MeasuredValueSequence=[
            _item(NumericValue=f"{number * 1.1:g}", MeasurementUnitsCodeSequence=[_code("mm", "mm")])
        ],
    )
    return _item(
        RelationshipType="CONTAINS",
        ValueType="CONTAINER",
        ConceptNameCodeSequence=[_code("125007", "Measurement Group")],
        ContentSequence=[tracking, image, length],
    )
