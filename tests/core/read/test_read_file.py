"""One file to one record: what the record holds, and what is refused with which reason."""

from __future__ import annotations

import errno
import os
import zlib
from pathlib import Path
from typing import get_args

import pytest
from pydicom.dataset import Dataset, FileDataset

from tests.builders import Encoding, ct_series, encoded, rt_set
from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import (
    BROKEN,
    ENCAPSULATED_PIXELS,
    HARD_LINKED,
    HAS_META,
    HAS_PREAMBLE,
    NATIVE_PIXELS,
    TRUNCATED,
    FileRecord,
    NotLoaded,
)


def image() -> FileDataset:
    return ct_series(1)[0]


def read(path: Path, data: bytes | None = None) -> FileRecord | NotLoaded:
    if data is not None:
        path.write_bytes(data)
    return read_file(0, path.name, str(path))


def record(path: Path, data: bytes) -> FileRecord:
    result = read(path, data)
    assert isinstance(result, FileRecord)
    return result


@pytest.mark.parametrize(
    ("encoding", "bare"),
    # Without file meta nothing says that a data set is deflated.
    [
        (encoding, bare)
        for encoding in get_args(Encoding)
        for bare in (False, True)
        if not (bare and encoding == "deflated")
    ],
)
def test_the_keys_of_an_image(tmp_path: Path, encoding: Encoding, bare: bool) -> None:
    dataset = image()
    dataset.PatientName = "TEST^Größe"
    dataset.SpecificCharacterSet = "ISO_IR 100"
    data = encoded(dataset, transfer_syntax=encoding, preamble=not bare, meta=not bare)
    got = record(tmp_path / "a", data)
    assert got.encoding == encoding
    assert got.flags == NATIVE_PIXELS | (0 if bare else HAS_PREAMBLE | HAS_META)
    assert got.sop_instance_uid == dataset.SOPInstanceUID
    assert got.meta_sop_instance_uid == (None if bare else dataset.SOPInstanceUID)
    assert got.attribute("PatientName") == "TEST^Größe"
    assert got.attribute("StudyInstanceUID") == dataset.StudyInstanceUID
    assert got.attribute("Modality") == "CT"
    assert got.instance_number == str(dataset.InstanceNumber)
    assert got.stamp.size == len(data)
    assert got.faults == ()
    patterns = {pattern for pattern, _, _ in got.values}
    assert "SOPInstanceUID" not in patterns  # plainly encoded: said once, above
    assert {"SOPClassUID", "FrameOfReferenceUID"} <= patterns


def test_an_oddly_encoded_own_uid_stands_among_the_values(tmp_path: Path) -> None:
    dataset = image()
    uid = b"1.3.6.1.4.1.32473.1.77"[:-1]
    dataset.SOPInstanceUID = uid.decode()
    padded = encoded(dataset).replace(uid + b"\0", uid + b" ")
    got = record(tmp_path / "a", padded)
    assert ("SOPInstanceUID", uid + b" ", 1) in got.values
    assert got.sop_instance_uid == uid.decode()


def test_references_carry_what_their_item_and_the_items_around_it_say(tmp_path: Path) -> None:
    rt = rt_set(2)
    got = record(tmp_path / "a", encoded(rt.structure_set))
    image_references = {
        each.uid: each
        for each in got.references
        if each.pattern.endswith(
            "RTReferencedSeriesSequence[].ContourImageSequence[].ReferencedSOPInstanceUID"
        )
    }
    assert set(image_references) == {image.SOPInstanceUID for image in rt.images}
    for each in image_references.values():
        assert each.kind == "instance"
        assert each.class_uid == rt.images[0].SOPClassUID
        assert each.series_uid == rt.images[0].SeriesInstanceUID
        assert each.study_uid == rt.images[0].StudyInstanceUID
    studies = [each for each in got.references if each.kind == "study"]
    assert {each.uid for each in studies} == {rt.images[0].StudyInstanceUID}


def test_the_purpose_of_a_reference_is_read(tmp_path: Path) -> None:
    dataset = image()
    source = Dataset()
    source.ReferencedSOPClassUID = dataset.SOPClassUID
    source.ReferencedSOPInstanceUID = "1.3.6.1.4.1.32473.9.9"
    purpose = Dataset()
    purpose.CodeValue = "121320"
    purpose.CodingSchemeDesignator = "DCM"
    purpose.CodeMeaning = "Uncompressed predecessor"
    source.PurposeOfReferenceCodeSequence = [purpose]
    dataset.SourceImageSequence = [source]
    encodings: tuple[Encoding, ...] = ("explicit-le", "implicit-le", "explicit-be")
    for encoding in encodings:
        got = record(tmp_path / "a", encoded(dataset, transfer_syntax=encoding))
        assert [each.purpose for each in got.references if each.pattern.startswith("SourceImage")] == [
            "121320"
        ]


def test_cut_pixels_are_noticed(tmp_path: Path) -> None:
    data = encoded(image())
    got = record(tmp_path / "a", data[:-10])
    assert got.flags & TRUNCATED
    assert got.faults[0][0] == "FILE-01"


def test_pixels_that_are_fewer_than_rows_and_columns_say(tmp_path: Path) -> None:
    dataset = image()
    dataset.Rows = 4 * dataset.Rows
    got = record(tmp_path / "a", encoded(dataset))
    assert [(rule, path) for rule, path, _ in got.faults] == [("FILE-01", "PixelData")]


@pytest.mark.parametrize("first_bytes", [b"MZ", b"\x7fELF", b"#!", b"PK\3\4", b"%PDF", b"\xcf\xfa\xed\xfe"])
def test_a_dangerous_preamble_is_named(tmp_path: Path, first_bytes: bytes) -> None:
    data = first_bytes + encoded(image())[len(first_bytes) :]
    got = record(tmp_path / "a", data)
    assert [rule for rule, _, _ in got.faults] == ["FILE-03"]
    tiff = b"II*\0" + encoded(image())[4:]
    assert record(tmp_path / "b", tiff).faults == ()


def test_a_broken_sequence_is_loaded_and_named(tmp_path: Path) -> None:
    dataset = image()
    item = Dataset()
    item.ReferencedSOPInstanceUID = "1.3.6.1.4.1.32473.9.90"
    dataset.ReferencedImageSequence = [item]
    data = bytearray(encoded(dataset))
    start = data.index(b"\x08\0\x40\x11SQ\0\0")
    data[start + 8 : start + 12] = (10**6).to_bytes(4, "little")
    got = record(tmp_path / "a", bytes(data))
    assert got.flags & TRUNCATED
    data[start + 8 : start + 12] = (7).to_bytes(4, "little")
    assert record(tmp_path / "a", bytes(data)).flags & BROKEN


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", bytes(5000), b"DICM", b"\x08\0", b"<html>" * 100, b"\x08\0\x05\0CS\x0a\0ISO_IR 100"],
)
def test_what_is_not_dicom_is_not_loaded(tmp_path: Path, data: bytes) -> None:
    result = read(tmp_path / "a", data)
    assert isinstance(result, NotLoaded)
    assert result.reason == "not-dicom"


def test_an_inflating_bomb_is_refused(tmp_path: Path) -> None:
    head = encoded(image(), transfer_syntax="deflated")
    start = head.index(b"1.2.840.10008.1.2.1.99")
    # The group length in front says where the data set begins.
    length = int.from_bytes(head[140:144], "little")
    assert start < 144 + length
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    bomb = compressor.compress(bytes(80 << 20)) + compressor.flush()
    result = read(tmp_path / "a", head[: 144 + length] + bomb)
    assert isinstance(result, NotLoaded)
    assert result.reason == "too-large"


def test_a_file_that_is_said_to_be_deflated_and_is_not_is_read_as_it_is(tmp_path: Path) -> None:
    encodings: tuple[Encoding, ...] = ("explicit-le", "implicit-le", "explicit-be")
    deflated = b"1.2.840.10008.1.2.1.99"
    for encoding in encodings:
        data = encoded(image(), transfer_syntax=encoding)
        declared = data.index(b"UI", data.index(b"\x02\0\x10\0")) + 4
        length = int.from_bytes(data[declared - 2 : declared], "little")
        head = bytearray(data[: declared - 2]) + len(deflated).to_bytes(2, "little") + deflated
        head[140:144] = (int.from_bytes(head[140:144], "little") + len(deflated) - length).to_bytes(
            4, "little"
        )
        got = record(tmp_path / "a", bytes(head) + data[declared + length :])
        assert got.encoding == encoding
        assert not got.faults


@pytest.mark.parametrize("form", [{}, {"FloatPixelData": bytes(16)}, {"PixelData": b""}])
def test_float_and_empty_pixel_data_make_no_claim(tmp_path: Path, form: dict[str, bytes]) -> None:
    dataset = image()
    del dataset.PixelData, dataset.Rows
    for keyword, value in form.items():
        setattr(dataset, keyword, value)
    assert not record(tmp_path / "a", encoded(dataset)).flags & (NATIVE_PIXELS | ENCAPSULATED_PIXELS)


def test_a_deflated_file_cut_short_is_truncated(tmp_path: Path) -> None:
    data = encoded(image(), transfer_syntax="deflated")
    assert record(tmp_path / "a", data[:-200]).flags & TRUNCATED


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.EACCES, "unreadable"), (errno.EIO, "offline"), (errno.ESTALE, "offline")]
)
def test_a_file_that_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    (tmp_path / "a").write_bytes(b"x")

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    assert read(tmp_path / "a") == NotLoaded(0, "a", reason, os.strerror(number))


def test_a_fifo_and_a_link_do_not_hang_or_open(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to(tmp_path / "fifo")
    for name in ("fifo", "link"):
        result = read(tmp_path / name)
        assert isinstance(result, NotLoaded)
        assert result.reason == "special-file"


def test_a_file_with_two_names_says_so(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(encoded(image()))
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    result = read(tmp_path / "b")
    assert isinstance(result, FileRecord)
    assert result.flags & HARD_LINKED
