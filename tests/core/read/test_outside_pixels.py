"""The bytes of a file outside its pixel data, and UIDs in elements of other VRs."""

from __future__ import annotations

import copy
import itertools
import os
import tempfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset, FileDataset
from pydicom.encaps import encapsulate

from tests.builders import (
    Encoding,
    add_private_sequence,
    add_private_text,
    add_private_uid,
    ct_series,
    encapsulated_pdf,
    encoded,
)
from uidscope.core.read.byte_window import memory_window
from uidscope.core.read.outside_pixels import (
    LONGEST_PIECE,
    OVERLAP,
    UidPlace,
    bytes_outside_pixels,
    uids_in_text,
)

UID = "1.3.6.1.4.1.32473.1001.77.1"


def image(**elements: object) -> FileDataset:
    dataset = copy.deepcopy(ct_series(1)[0])
    for keyword, value in elements.items():
        setattr(dataset, keyword, value)
    return dataset


def pieces(file: Path, data: bytes, encoding: str = "explicit-le") -> list[bytes]:
    file.write_bytes(data)
    status = os.stat(file)
    return list(bytes_outside_pixels(str(file), encoding, status.st_size, status.st_mtime_ns))


def places(dataset: Dataset, *uids: str, **form: object) -> list[UidPlace]:
    data = encoded(dataset, **form)  # type: ignore[arg-type]
    return list(uids_in_text(memory_window(data), uids or (UID,)))


@pytest.mark.parametrize("encoding", get_args(Encoding))
def test_all_but_the_pixels_is_given(tmp_path: Path, encoding: Encoding) -> None:
    pixels = b"PIXELS" * 10_000
    dataset = image(ImageComments=UID, PixelData=pixels, DataSetTrailingPadding=b"BEHIND")
    found = b"".join(pieces(tmp_path / "a", encoded(dataset, transfer_syntax=encoding), encoding))
    assert UID.encode() in found
    assert b"BEHIND" in found
    assert pixels[:6] not in found
    assert pixels[:6][::-1] not in found
    assert len(found) < 8000


def test_pixels_of_an_icon_are_stepped_over_too(tmp_path: Path) -> None:
    icon = Dataset()
    icon.BitsAllocated = 8
    icon.PixelData = b"PIXELS" * 5000
    dataset = image(IconImageSequence=[icon], TextComments=UID)
    found = b"".join(pieces(tmp_path / "a", encoded(dataset)))
    assert UID.encode() in found
    assert b"PIXELS" not in found


def test_pixels_in_fragments_end_what_is_given(tmp_path: Path) -> None:
    dataset = image(ImageComments=UID, PixelData=encapsulate([b"PIXELS" * 3000]))
    dataset["PixelData"].is_undefined_length = True
    found = b"".join(pieces(tmp_path / "a", encoded(dataset)))
    assert UID.encode() in found
    assert b"PIXELS" not in found


def test_bytes_that_look_like_the_tag_alone_do_not_hide_what_follows(tmp_path: Path) -> None:
    dataset = image(EncapsulatedDocument=b"\xe0\x7f\x10\0" * 5000, TextComments=UID)
    assert UID.encode() in b"".join(pieces(tmp_path / "a", encoded(dataset)))


@pytest.mark.parametrize(
    "at", [0, 8192 - 10, 65536, LONGEST_PIECE - 10, LONGEST_PIECE + 65_536, 3 * LONGEST_PIECE]
)
def test_a_uid_is_whole_in_one_of_the_pieces(tmp_path: Path, at: int) -> None:
    dataset = encapsulated_pdf()
    dataset.EncapsulatedDocument = b"x" * at + UID.encode() + b"x" * LONGEST_PIECE
    found = pieces(tmp_path / "a", encoded(dataset))
    assert any(UID.encode() in piece for piece in found)
    assert all(later.startswith(earlier[-OVERLAP:]) for earlier, later in itertools.pairwise(found))


def test_a_file_that_has_changed_gives_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(encoded(image()))
    status = os.stat(file)
    assert list(bytes_outside_pixels(str(file), "explicit-le", status.st_size + 1, status.st_mtime_ns)) == []
    assert list(bytes_outside_pixels(str(file), "explicit-le", status.st_size, status.st_mtime_ns + 1)) == []
    with pytest.raises(FileNotFoundError):
        list(bytes_outside_pixels(str(tmp_path / "b"), "explicit-le", 1, 1))


@given(text=st.binary(max_size=30_000), cut=st.integers(0, 30_000))
def test_whatever_the_bytes_they_are_given_once_or_overlap(text: bytes, cut: int) -> None:
    """Without a tag of pixel data among them all bytes come out, in order."""
    data = (text[:cut] + encoded(image())[:132] + text).replace(b"\xe0\x7f", b"").replace(b"\x7f\xe0", b"")
    with tempfile.TemporaryDirectory() as folder:
        for encoding in ("explicit-le", "implicit-le", "explicit-be"):
            assert b"".join(pieces(Path(folder, "a"), data, encoding)) == data


@pytest.mark.parametrize("encoding", get_args(Encoding))
def test_private_text_is_named_by_its_tag(encoding: Encoding) -> None:
    dataset = image()
    path = add_private_text(dataset, UID)
    assert places(dataset, transfer_syntax=encoding) == [UidPlace(path, UID)]


def test_text_inside_items_has_a_path_without_numbers() -> None:
    item, dataset = Dataset(), image()
    item.CodeMeaning = f"after {UID}."
    dataset.AnatomicRegionSequence = [item, item]
    assert places(dataset) == [UidPlace("AnatomicRegionSequence[].CodeMeaning", UID)] * 2


def test_private_sequences_and_documents_are_looked_into() -> None:
    item, dataset = Dataset(), encapsulated_pdf(text=f"see {UID}")
    item.TextComments = UID
    path = add_private_sequence(dataset, [item], vr="UN")
    found = places(dataset)
    assert UidPlace(f"{path}[].TextComments", UID) in found
    assert UidPlace("EncapsulatedDocument", UID) in found


def test_ui_elements_are_none_of_its_business() -> None:
    dataset = image(FrameOfReferenceUID=UID)
    add_private_uid(dataset, UID, vr="UN")  # the private dictionary knows it for a UID
    add_private_uid(dataset, UID)
    assert places(dataset) == []


def test_unknown_private_bytes_are_searched() -> None:
    dataset = image()
    path = add_private_uid(dataset, UID, creator="UIDSCOPE TEST", vr="UN")
    assert places(dataset) == [UidPlace(path, UID)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (UID, True),
        (f"UID={UID};", True),
        (f"{UID}.", True),
        (f"{UID}.dcm", True),
        (f"x{UID}_1", True),
        (f"{UID}.1", False),
        (f"{UID}1", False),
        (f"1{UID}", False),
        (f"2.{UID}", False),
        (UID[:-1], False),
    ],
)
def test_a_uid_must_stand_there_as_a_number_of_its_own(text: str, found: bool) -> None:
    assert bool(places(image(ImageComments=text))) is found


def test_several_uids_of_one_element_come_in_order() -> None:
    other = f"{UID}.5"
    assert places(image(ImageComments=f"{other} {UID} {other}"), UID, other) == [
        UidPlace("ImageComments", UID),
        UidPlace("ImageComments", other),
    ]
