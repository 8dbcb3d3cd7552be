"""Two objects compared element by element: what differs, what it is about, and what is encoding alone."""

from __future__ import annotations

import copy
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydicom.dataset import Dataset, FileDataset
from pydicom.sequence import Sequence

from tests.builders import (
    JPEG_LS_LOSSLESS,
    KNOWN_CREATOR,
    UNKNOWN_CREATOR,
    FileForm,
    add_private_sequence,
    add_private_text,
    as_unknown,
    clean_sets,
    ct_series,
    encapsulated,
    encapsulated_pdf,
    encoded,
    run_length_encoded,
    truncated,
    with_raw_value,
)
from uidscope.core.errors import Cancelled, InputError
from uidscope.core.judge.object_comparison import ObjectComparison, compare_objects, opened_object
from uidscope.core.progress import CancelToken
from uidscope.core.read.structure import StructureFault

Compare = Callable[[bytes, bytes], ObjectComparison]


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Compares two files of these bytes, in both directions."""

    def run(left: bytes, right: bytes) -> ObjectComparison:
        for name, content in (("left", left), ("right", right)):
            (tmp_path / name).write_bytes(content)
        token = CancelToken()
        with (
            opened_object(str(tmp_path / "left"), token) as one,
            opened_object(str(tmp_path / "right"), token) as other,
        ):
            forwards, backwards = compare_objects(one, other), compare_objects(other, one)
        assert forwards.pixels == backwards.pixels
        assert {each.pattern for each in forwards.attributes} == {
            each.pattern for each in backwards.attributes
        }
        return forwards

    return run


def an_image() -> FileDataset:
    """A CT image with nested sequences, private elements and text."""
    image = ct_series(1)[0]
    image.SpecificCharacterSet = "ISO_IR 100"
    image.StudyDescription = "Thörax"
    request = Dataset()
    request.ScheduledProcedureStepID = "1"
    request.ScheduledProtocolCodeSequence = [Dataset(), Dataset()]
    request.ScheduledProtocolCodeSequence[0].CodeValue = "T1"
    image.RequestAttributesSequence = [request]
    source = Dataset()
    source.ReferencedSOPInstanceUID = "1.3.6.1.4.1.32473.1.2"
    source.ReferencedFrameNumber = [1, 2]
    image.SourceImageSequence = [source]
    image.SmallestImagePixelValue = 32
    inside = Dataset()
    inside.CodeValue = "ODD"
    add_private_text(image, "ODD")
    add_private_sequence(image, [inside, inside], creator=UNKNOWN_CREATOR)
    add_private_sequence(image, [inside], creator=KNOWN_CREATOR)
    return image


def edited(edit: Callable[[FileDataset], object]) -> bytes:
    """The file of the image after an edit."""
    image = an_image()
    edit(image)
    return encoded(image)


ENCODINGS: list[FileForm] = [
    {"transfer_syntax": "implicit-le"},
    {"transfer_syntax": "explicit-be"},
    {"transfer_syntax": "deflated"},
    {"undefined_lengths": True},
    {"group_lengths": True},
    {"preamble": False, "meta": False},
    {"preamble": False, "meta": False, "transfer_syntax": "implicit-le", "undefined_lengths": True},
]


@pytest.mark.parametrize("form", ENCODINGS, ids=str)
def test_how_an_object_is_written_is_no_difference(compare: Compare, form: FileForm) -> None:
    found = compare(encoded(an_image()), encoded(an_image(), **form))
    assert found.attributes == ()
    assert found.same_content
    assert found.one_object


@pytest.mark.parametrize("name", sorted(clean_sets()))
def test_every_kind_of_object_is_itself_in_another_encoding(compare: Compare, name: str) -> None:
    for dataset in clean_sets()[name]:
        for form in ENCODINGS[:4]:
            found = compare(encoded(dataset), encoded(dataset, **form))
            assert found.same_content, [each.path for each in found.attributes]


def test_run_length_encoding_is_no_difference(compare: Compare) -> None:
    found = compare(encoded(an_image()), run_length_encoded(an_image()))
    assert found.same_content
    assert found.pixels == ("equal", "decoded values")


def test_a_sequence_written_as_unknown_is_no_difference(compare: Compare) -> None:
    image = an_image()
    as_unknown(image, "SourceImageSequence")
    assert compare(encoded(an_image()), encoded(image)).same_content


def test_another_character_set_for_the_same_text_is_no_difference(compare: Compare) -> None:
    other = edited(lambda image: setattr(image, "SpecificCharacterSet", "ISO_IR 192"))
    assert compare(encoded(an_image()), other).same_content


def test_another_character_set_for_the_same_bytes_is_another_text(compare: Compare) -> None:
    other = with_raw_value(encoded(an_image()), "SpecificCharacterSet", b"ISO_IR 144")
    assert [each.path for each in compare(encoded(an_image()), other).attributes] == ["StudyDescription"]


@pytest.mark.parametrize(
    ("keyword", "value", "level"),
    [
        ("PatientName", "TEST^BETA", "patient"),
        ("AccessionNumber", "OTHER", "study"),
        ("SeriesDescription", "Other", "series"),
        ("InstitutionName", "Other", "equipment"),
        ("Manufacturer", None, "equipment"),
        ("RetrieveAETitle", "OTHER", "storage"),
        ("StorageMediaFileSetID", "OTHER", "storage"),
        ("OriginalAttributesSequence", [Dataset()], "history"),
        ("InstanceCoercionDateTime", "20240101", "history"),
        ("WindowCenter", 40, "instance"),
        ("InstanceNumber", 9, "instance"),
        ("SmallestImagePixelValue", 0, "instance"),
        ("FrameOfReferenceUID", "1.3.6.1.4.1.32473.99", "instance"),
        ("PhotometricInterpretation", "MONOCHROME1", "instance"),
    ],
)
def test_an_attribute_that_differs(compare: Compare, keyword: str, value: object, level: str) -> None:
    def edit(image: FileDataset) -> None:
        if value is None:
            delattr(image, keyword)
        else:
            setattr(image, keyword, value)

    found = compare(encoded(an_image()), edited(edit))
    (attribute,) = found.attributes
    assert (attribute.pattern, attribute.path, attribute.level) == (keyword, keyword, level)
    assert not found.same_content
    assert found.pixels == ("equal", "decoded values")
    assert found.one_object == (level != "instance")
    assert found.other_object == (level == "instance")


def test_an_empty_element_is_not_an_absent_one(compare: Compare) -> None:
    found = compare(encoded(an_image()), edited(lambda image: setattr(image, "ImageComments", "")))
    assert [each.pattern for each in found.attributes] == ["ImageComments"]


def test_inside_sequences(compare: Compare) -> None:
    def edit(image: FileDataset) -> None:
        request = image.RequestAttributesSequence[0]
        request.ScheduledProtocolCodeSequence[1].CodeValue = "T2"
        image.SourceImageSequence[0].ReferencedFrameNumber = [1, 3]

    source, request = compare(encoded(an_image()), edited(edit)).attributes
    assert source.path == "SourceImageSequence[1].ReferencedFrameNumber"
    assert (source.pattern, source.level) == ("SourceImageSequence[].ReferencedFrameNumber", "instance")
    assert request.path == "RequestAttributesSequence[1].ScheduledProtocolCodeSequence[2].CodeValue"
    assert request.level == "request"


def test_another_number_of_items(compare: Compare) -> None:
    found = compare(encoded(an_image()), edited(lambda image: image.SourceImageSequence.append(Dataset())))
    assert [each.path for each in found.attributes] == ["SourceImageSequence"]


def test_one_pattern_is_one_attribute_with_the_number_of_its_places(compare: Compare) -> None:
    left, right = an_image(), an_image()
    for image, text in ((left, "A"), (right, "B")):
        items = [Dataset() for _ in range(5)]
        for item in items:
            item.CodeMeaning = text
        image.AcquisitionContextSequence = Sequence(items)
    (attribute,) = compare(encoded(left), encoded(right)).attributes
    assert attribute.pattern == "AcquisitionContextSequence[].CodeMeaning"
    assert (attribute.path, attribute.times) == ("AcquisitionContextSequence[1].CodeMeaning", 5)


def test_private_elements_are_private_wherever_they_stand(compare: Compare) -> None:
    def edit(image: FileDataset) -> None:
        image[0x0029, 0x1003].value = "OTHER"
        add_private_text(image.SourceImageSequence[0], "NEW")

    found = compare(encoded(an_image()), edited(edit))
    assert {each.level for each in found.attributes} == {"private"}
    assert {each.pattern for each in found.attributes} == {
        "00291003",
        "SourceImageSequence[].00290010",
        "SourceImageSequence[].00291003",
    }
    assert found.one_object


def test_other_pixel_data(compare: Compare) -> None:
    def edit(image: FileDataset) -> None:
        image.PixelData = image.PixelData[:-2] + b"\x01\x01"

    found = compare(encoded(an_image()), edited(edit))
    assert found.attributes == ()
    assert found.pixels == ("different", "decoded values")
    assert found.other_bulk
    assert not found.one_object


def test_no_pixel_data_in_one(compare: Compare) -> None:
    found = compare(encoded(an_image()), edited(lambda image: delattr(image, "PixelData")))
    assert found.other_bulk


def test_compressed_pixel_data_are_not_compared_with_native_ones(compare: Compare) -> None:
    found = compare(encoded(an_image()), encapsulated(an_image(), [b"stream"], JPEG_LS_LOSSLESS))
    assert found.attributes == ()
    assert found.pixels.verdict == "not compared"
    assert not found.other_bulk
    assert not found.same_content
    assert not found.one_object


@pytest.mark.parametrize(
    ("keyword", "values", "is_ignored"),
    [
        ("PhotometricInterpretation", ("RGB", "YBR_FULL_422"), True),
        ("PhotometricInterpretation", ("MONOCHROME2", "MONOCHROME1"), False),
        ("PhotometricInterpretation", ("RGB", "PALETTE COLOR"), False),
        ("PlanarConfiguration", (0, 1), True),
        ("BitsStored", (12, 11), False),
    ],
)
def test_what_decoding_changes_does_not_count_beside_compressed_data(
    compare: Compare, keyword: str, values: tuple[Any, Any], is_ignored: bool
) -> None:
    native, compressed = an_image(), an_image()
    setattr(native, keyword, values[0])
    setattr(compressed, keyword, values[1])
    found = compare(encoded(native), encapsulated(compressed, [b"stream"], JPEG_LS_LOSSLESS))
    assert [each.pattern for each in found.attributes] == ([] if is_ignored else [keyword])
    # Of two native images nothing was decoded.
    both_native = compare(encoded(native), encoded(compressed))
    assert [each.pattern for each in both_native.attributes] == (
        [] if keyword == "PlanarConfiguration" else [keyword]
    )


def test_other_bulk_content(compare: Compare) -> None:
    left, right = encapsulated_pdf(), encapsulated_pdf()
    right.EncapsulatedDocument = right.EncapsulatedDocument[:-1] + b"!"
    found = compare(encoded(left), encoded(right))
    assert [each.pattern for each in found.attributes] == ["EncapsulatedDocument"]
    assert found.other_bulk


def test_an_icon_is_no_bulk_content(compare: Compare) -> None:
    def edit(image: FileDataset, value: bytes) -> None:
        icon = Dataset()
        icon.add_new("PixelData", "OW", value)
        image.IconImageSequence = [icon]

    found = compare(edited(lambda image: edit(image, b"\1\1")), edited(lambda image: edit(image, b"\2\2")))
    assert [each.pattern for each in found.attributes] == ["IconImageSequence[].PixelData"]
    assert not found.other_bulk
    assert found.one_object


def test_what_cannot_be_taken_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError), opened_object(str(tmp_path / "absent"), CancelToken()):
        pass
    (tmp_path / "cut").write_bytes(encoded(an_image()))
    truncated(tmp_path / "cut", -4)
    with pytest.raises(StructureFault), opened_object(str(tmp_path / "cut"), CancelToken()):
        pass


def test_comparing_can_be_cancelled(tmp_path: Path) -> None:
    (tmp_path / "image").write_bytes(encoded(an_image()))
    token = CancelToken()
    with opened_object(str(tmp_path / "image"), token) as opened:
        token.cancel()
        with pytest.raises(Cancelled):
            compare_objects(opened, opened)


def test_large_files_are_never_held_whole(tmp_path: Path) -> None:
    """300 MB of pixel data, of which the last byte differs."""
    image = an_image()
    image.Rows, image.Columns, image.NumberOfFrames = 1000, 1000, 150
    image.PixelData = b""
    length = 300_000_000
    for name, last in (("left", b"\0"), ("right", b"\1")):
        head = encoded(copy.deepcopy(image))
        head = head[: head.index(b"\xe0\x7f\x10\x00") + 8] + length.to_bytes(4, "little")
        with (tmp_path / name).open("wb") as file:
            file.write(head)
            file.seek(length - 1, 1)  # a hole, where the file system knows holes
            file.write(last)
    token = CancelToken()
    with (
        opened_object(str(tmp_path / "left"), token) as one,
        opened_object(str(tmp_path / "right"), token) as other,
    ):
        tracemalloc.start()
        found = compare_objects(one, other)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert found.pixels == ("different", "decoded values")
    assert found.attributes == ()
    assert peak < 20_000_000
