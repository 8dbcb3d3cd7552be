"""The elements of one file in words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import (
    Encoding,
    add_private_sequence,
    add_private_text,
    ct_series,
    encoded,
    rt_set,
    set_unchecked,
    truncated,
    with_raw_value,
    write_folder,
)
from tests.core.judge.scene import stamp_of
from uidscope.core.errors import InputError
from uidscope.core.report import attribute_list
from uidscope.core.report.attribute_list import read_attributes
from uidscope.core.report.attribute_rows import LONGEST_VALUE, AttributeList, AttributeRow


def written(folder: Path, dataset: Dataset, transfer_syntax: Encoding = "explicit-le") -> Path:
    (path,) = write_folder([dataset], folder, names=["image.dcm"], transfer_syntax=transfer_syntax)
    return path


def read(folder: Path, dataset: Dataset) -> AttributeList:
    return read_attributes(str(written(folder, dataset)))


def by_name(attributes: AttributeList, name: str) -> AttributeRow:
    (row,) = (row for row in attributes.rows if row.name == name)
    return row


def paths(attributes: AttributeList) -> list[str]:
    """Each row as the names on the way to it."""
    told: list[str] = []
    for row in attributes.rows:
        told.append(row.name if row.parent < 0 else f"{told[row.parent]} > {row.name}")
    return told


@pytest.mark.parametrize("transfer_syntax", ["explicit-le", "implicit-le", "explicit-be", "deflated"])
def test_elements_come_in_order_up_to_the_pixels(tmp_path: Path, transfer_syntax: Encoding) -> None:
    image = ct_series(1)[0]
    attributes = read_attributes(str(written(tmp_path, image, transfer_syntax)))
    top = [row for row in attributes.rows if row.parent == -1]
    assert [row.tag for row in top] == sorted(row.tag for row in top)
    assert top[0].tag.startswith("(0002,")
    assert "(7FE0,0010)" not in [row.tag for row in top]
    assert by_name(attributes, "Patient's Name") == AttributeRow(
        -1, "(0010,0010)", "Patient's Name", "PN", "TEST^ALPHA"
    )
    assert by_name(attributes, "Image Type").value == "ORIGINAL\\PRIMARY\\AXIAL"
    assert by_name(attributes, "Rows").value == str(image.Rows)
    assert not attributes.cut


def test_sequences_hold_items_that_hold_elements(tmp_path: Path) -> None:
    attributes = read(tmp_path, rt_set(2).structure_set)
    told = paths(attributes)
    assert (
        "ROI Contour Sequence > Item 1 > Contour Sequence > Item 2 > Contour Image Sequence > Item 1" in told
    )
    children = attributes.children()
    assert sum(map(len, children.values())) == len(attributes.rows)
    assert all(place > parent for parent, places in children.items() for place in places)
    roi = next(row for row in attributes.rows if row.name == "Structure Set ROI Sequence")
    assert (roi.vr, roi.value) == ("SQ", "1 item")


def test_uids_are_shown_as_their_bytes_are_and_named_where_registered(tmp_path: Path) -> None:
    path = written(tmp_path, ct_series(1)[0])
    with_raw_value(path, "FrameOfReferenceUID", b" 1.2.3\0 ")
    with_raw_value(path, "SeriesInstanceUID", b"1.2\n\\3.4")
    attributes = read_attributes(str(path))
    assert by_name(attributes, "Series Instance UID").value == "1.2\\x0a\\3.4"
    assert by_name(attributes, "Frame of Reference UID").value == "1.2.3"
    assert by_name(attributes, "Transfer Syntax UID").value.endswith("(Explicit VR Little Endian)")


def test_private_elements_are_named_where_known(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    known = add_private_sequence(image, [Dataset()])
    unknown = add_private_text(image, "hello")
    attributes = read(tmp_path, image)
    names = {row.tag: row.name for row in attributes.rows}
    assert names[f"({unknown[:4]},{unknown[4:]})"] == "Private element"
    assert names[f"({known[:4]},{known[4:]})"] != "Private element"
    assert "Private Creator" in names.values()


def test_long_values_are_cut_and_bytes_are_counted(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    image.ImageComments = "long " * 400
    image.add_new(0x00091001, "OB", bytes(range(40)))
    image.add_new(0x00091002, "OB", bytes(100_000))
    image.add_new(0x00091003, "US", list(range(200)))
    attributes = read(tmp_path, image)
    values = {row.tag: row.value for row in attributes.rows}
    assert len(values["(0020,4000)"]) == LONGEST_VALUE + 1
    assert values["(0009,1001)"] == "40 bytes: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f…"
    assert values["(0009,1002)"] == "100,000 bytes"
    assert values["(0009,1003)"].startswith("0\\1\\2\\3")
    assert values["(0009,1003)"].endswith("63… (200 values)")


def test_value_that_cannot_be_read_is_told_as_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, ct_series(1)[0])
    with_raw_value(path, "Rows", b"\x01\x02\x03")
    with_raw_value(path, "KVP", b"no number ")
    attributes = read_attributes(str(path))
    assert by_name(attributes, "Rows").value == "3 bytes: 01 02 03"
    assert by_name(attributes, "KVP").value


def test_list_is_cut_at_its_most_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribute_list, "MOST_ROWS", 20)
    attributes = read(tmp_path, rt_set(2).structure_set)
    assert len(attributes.rows) == 20
    assert attributes.cut


def test_truncated_file_shows_what_there_is(tmp_path: Path) -> None:
    path = written(tmp_path, ct_series(1)[0])
    truncated(path, 700)
    names = [row.name for row in read_attributes(str(path)).rows]
    assert "SOP Class UID" in names
    assert "Rows" not in names


def test_file_without_meta_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bare.dcm"
    path.write_bytes(encoded(ct_series(1)[0], transfer_syntax="implicit-le", preamble=False, meta=False))
    assert by_name(read_attributes(str(path)), "Modality").value == "CT"


def test_file_that_has_gone_or_changed_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ct_series(1)[0])
    stamp = stamp_of(path)
    assert read_attributes(str(path), stamp).rows
    os.utime(path, ns=(1, 1))
    with pytest.raises(InputError, match="has changed"):
        read_attributes(str(path), stamp)
    path.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        read_attributes(str(path), stamp)


def test_text_is_decoded_by_its_character_set(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    image.SpecificCharacterSet = "ISO_IR 192"
    set_unchecked(image, "PatientName", "Äneas^Rüdiger")
    assert by_name(read(tmp_path, image), "Patient's Name").value == "Äneas^Rüdiger"
