"""The profile of an object: what it shares with its patient, study, series and device, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import FileDataset

from tests.builders import TRANSFER_SYNTAXES, Encoding, ct_series, encoded, pt_series
from uidscope.core.read.attributes import PROFILE_ATTRIBUTES, PROFILE_KEYWORDS, profile_tags
from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import FileRecord


def read(folder: Path, dataset: FileDataset, encoding: Encoding = "explicit-le") -> FileRecord:
    file = folder / "a.dcm"
    file.write_bytes(encoded(dataset, transfer_syntax=encoding))
    record = read_file(0, "a.dcm", str(file))
    assert isinstance(record, FileRecord)
    return record


@pytest.mark.parametrize("encoding", TRANSFER_SYNTAXES)
def test_texts_and_numbers_of_every_encoding(tmp_path: Path, encoding: Encoding) -> None:
    (image,) = ct_series(1)
    image.InstitutionName = "Klinik Süd"
    image.SpecificCharacterSet = "ISO_IR 100"
    image.OperatorsName = ["TEST^GAMMA", "TEST^DELTA"]
    image.PixelPaddingValue = 63536
    image.PatientWeight = "70.5"
    image.SynchronizationFrameOfReferenceUID = "1.2.840.10008.15.1.1"
    image.DeviceUID = "1.3.6.1.4.1.32473.7"
    record = read(tmp_path, image, encoding)
    assert record.attribute("InstitutionName") == "Klinik Süd"
    assert record.attribute("OperatorsName") == r"TEST^GAMMA\TEST^DELTA"
    assert record.attribute("PixelPaddingValue") == "63536"
    assert record.attribute("PatientWeight") == "70.5"
    assert record.attribute("SynchronizationFrameOfReferenceUID") == "1.2.840.10008.15.1.1"
    assert record.attribute("DeviceUID") == "1.3.6.1.4.1.32473.7"


def test_absent_and_empty_are_told_apart(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.InstitutionName = ""
    profile = dict(zip(PROFILE_KEYWORDS, read(tmp_path, image).profile, strict=True))
    assert profile["InstitutionName"] == ""
    assert profile["InstitutionAddress"] is None


def test_what_an_iod_defines_for_the_image_is_left_out(tmp_path: Path) -> None:
    (ct,) = ct_series(1)
    ct.ConvolutionKernel = "B30f"
    assert read(tmp_path, ct).attribute("ConvolutionKernel") == ""
    (pt,) = pt_series(1)
    pt.ConvolutionKernel = "XYZ Gauss5.00"
    assert read(tmp_path, pt).attribute("ConvolutionKernel") == "XYZ Gauss5.00"


def test_the_images_of_a_series_have_one_profile(tmp_path: Path) -> None:
    assert len({read(tmp_path, image).profile for image in ct_series(5)}) == 1


def test_no_attribute_stands_twice() -> None:
    assert len({each.tag for each in PROFILE_ATTRIBUTES}) == len(PROFILE_ATTRIBUTES)


def test_a_faulty_class_has_what_all_have_in_common() -> None:
    assert profile_tags(None) == profile_tags(b"1.2.3\0") == profile_tags(b"\xff\xfe")
