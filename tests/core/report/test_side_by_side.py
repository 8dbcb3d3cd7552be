"""Two files side by side: every element once, what each says, and whether both say the same."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom import dcmread
from pydicom.dataset import Dataset, FileDataset

from tests.builders import (
    JPEG_LS_LOSSLESS,
    KNOWN_CREATOR,
    Encoding,
    add_private_sequence,
    add_private_text,
    ct_series,
    encapsulated,
    encoded,
    rt_set,
    with_raw_value,
)
from tests.core.judge.folders import loaded_folder
from tests.watch import SourceFolders
from uidscope.core.catalog.lookup import occurrences
from uidscope.core.errors import Cancelled, InputError
from uidscope.core.judge.object_comparison import compare_objects, opened_object
from uidscope.core.judge.paired_elements import MOST_PAIRS
from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import memory_window
from uidscope.core.read.structure import parse_structure, walk_elements
from uidscope.core.report.comparing.side_by_side import (
    ComparedRow,
    ShownValue,
    SideBySide,
    copies_side_by_side,
    files_side_by_side,
    without_names,
)
from uidscope.core.report.value_text import LONGEST_VALUE

Compare = Callable[[bytes, bytes], SideBySide]

MIRRORED = {"only-first": "only-second", "only-second": "only-first"}


def side_by_side(folder: Path, left: bytes, right: bytes, most_rows: int = MOST_PAIRS) -> SideBySide:
    (folder / "left").write_bytes(left)
    (folder / "right").write_bytes(right)
    return files_side_by_side(str(folder / "left"), str(folder / "right"), most_rows=most_rows)


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    return lambda left, right: side_by_side(tmp_path, left, right)


def row(compared: SideBySide, path: str) -> ComparedRow:
    (found,) = (each for each in compared.rows if each.path == path)
    return found


def texts(compared: ComparedRow) -> list[str]:
    """The values of those files that have the element."""
    return [value.text for value in (compared.first, compared.second) if value is not None]


def of_content(compared: SideBySide) -> dict[str, str]:
    """The rows that are not the same, but for file meta and what is encoding alone."""
    return {
        each.path: each.state
        for each in compared.rows
        if each.state != "same" and each.level != "file-meta" and not each.is_encoding
    }


def mirrored(compared: SideBySide) -> SideBySide:
    return compared._replace(
        first=compared.second,
        second=compared.first,
        rows=tuple(
            each._replace(
                first=each.second,
                second=each.first,
                state=MIRRORED.get(each.state, each.state),  # type: ignore[arg-type]
            )
            for each in compared.rows
        ),
    )


def paths_in(file: bytes) -> list[str]:
    """Every element of a file by its path, as the walk over one file gives them."""
    structure = parse_structure(memory_window(file))
    meta = [] if structure.meta is None else [path for path, *_ in walk_elements(structure.meta, "meta.")]
    return meta + [path for path, *_ in walk_elements(structure.dataset)]


def test_a_file_and_itself(compare: Compare) -> None:
    file = encoded(rt_set(2).structure_set)
    compared = compare(file, file)
    assert compared.same_bytes
    assert compared.same_content
    assert compared.states.keys() == {"same"}
    assert all(each.written_alike and each.first == each.second for each in compared.rows)
    assert sorted(each.path for each in compared.rows) == sorted(paths_in(file))


def test_what_differs_and_what_one_file_alone_has(compare: Compare) -> None:
    left = ct_series(1)[0]
    left.PatientComments = "one"
    right = copy.deepcopy(left)
    right.PatientName = "TEST^BETA"
    del right.PatientComments
    right.ImageComments = "two"
    compared = compare(encoded(left), encoded(right))
    assert of_content(compared) == {
        "PatientName": "differs",
        "PatientComments": "only-first",
        "ImageComments": "only-second",
    }
    assert not compared.same_content
    name = row(compared, "PatientName")
    assert (name.tag, name.name, name.level) == ("(0010,0010)", "Patient's Name", "patient")
    assert (name.first, name.second) == (
        ShownValue("PN", 10, str(left.PatientName), is_cut=False),
        ShownValue("PN", 10, "TEST^BETA", is_cut=False),
    )
    assert row(compared, "PatientComments").second is None


def test_items_are_told_one_by_one(compare: Compare) -> None:
    left = rt_set(3).structure_set
    right = copy.deepcopy(left)
    contours = right.ROIContourSequence[0].ContourSequence
    contours[0].ContourImageSequence[0].ReferencedSOPInstanceUID = "1.2.3"
    del contours[-1]
    compared = compare(encoded(left), encoded(right))
    inside = "ROIContourSequence[1].ContourSequence[1].ContourImageSequence[1].ReferencedSOPInstanceUID"
    assert row(compared, inside).second == ShownValue("UI", 6, "1.2.3", is_cut=False)
    sequence = row(compared, "ROIContourSequence[1].ContourSequence")
    assert sequence.state == "differs"
    assert texts(sequence) == ["3 items", "2 items"]
    last = "ROIContourSequence[1].ContourSequence[3]."
    assert {each.state for each in compared.rows if each.path.startswith(last)} == {"only-first"}
    assert row(compared, "ROIContourSequence").state == "differs"
    assert row(compared, "StructureSetROISequence").state == "same"


@pytest.mark.parametrize("encoding", get_args(Encoding))
def test_another_encoding_says_the_same_in_other_bytes(compare: Compare, encoding: Encoding) -> None:
    image = ct_series(1)[0]
    add_private_text(image, "text")
    image.SmallestImagePixelValue = 7
    compared = compare(encoded(image), encoded(image, transfer_syntax=encoding))
    assert of_content(compared) == {}
    assert compared.same_content
    assert compared.pixels.verdict == "equal"
    assert compared.same_bytes is (encoding == "explicit-le")
    rows = row(compared, "Rows")
    assert rows.written_alike is (encoding in ("explicit-le", "deflated"))
    assert texts(rows) == [str(image.Rows)] * 2
    syntax = row(compared, "meta.TransferSyntaxUID")
    assert (syntax.state, syntax.level) == ("same" if encoding == "explicit-le" else "differs", "file-meta")


def test_a_pad_is_told_and_no_difference(compare: Compare) -> None:
    file = encoded(ct_series(1)[0])
    uid = str(ct_series(1)[0].SeriesInstanceUID)
    spaced = with_raw_value(file, "SeriesInstanceUID", uid.encode() + b" " * (2 - len(uid) % 2))
    compared = compare(file, spaced)
    series = row(compared, "SeriesInstanceUID")
    assert (series.state, series.written_alike) == ("same", False)
    assert compared.same_content
    assert not compared.same_bytes


def test_pixel_data_say_how_they_were_compared(compare: Compare) -> None:
    image = ct_series(1)[0]
    other = copy.deepcopy(image)
    other.PixelData = other.PixelData[:-2] + b"\1\1"
    told = {
        name: compare(encoded(image), file)
        for name, file in {
            "equal": encoded(image, transfer_syntax="explicit-be"),
            "different": encoded(other),
            "not compared": encapsulated(image, [b"stream"], JPEG_LS_LOSSLESS),
        }.items()
    }
    assert {name: each.pixels.verdict for name, each in told.items()} == {name: name for name in told}
    assert {name: row(each, "PixelData").state for name, each in told.items()} == {
        "equal": "same",
        "different": "differs",
        "not compared": "not-compared",
    }
    assert told["equal"].pixels.form == "decoded values"
    assert not told["not compared"].same_content


def test_private_elements_are_there_with_their_names(compare: Compare) -> None:
    left = ct_series(1)[0]
    inside = Dataset()
    inside.CodeValue = "A"
    path = add_private_text(left, "one", creator=KNOWN_CREATOR)
    sequence = add_private_sequence(left, [inside])
    right = copy.deepcopy(left)
    right[int(path, 16)].value = "two"
    right[int(sequence, 16)].value[0].CodeValue = "B"
    compared = compare(encoded(left), encoded(right))
    assert row(compared, path).level == "private"
    assert [each.text for each in (row(compared, path).first, row(compared, path).second) if each] == [
        "one",
        "two",
    ]
    assert row(compared, f"{sequence}[1].CodeValue").state == "differs"


def test_long_values_are_cut_and_say_so(compare: Compare) -> None:
    left, right = ct_series(1)[0], ct_series(1)[0]
    left.ImageComments, right.ImageComments = "ä" * 5000, "ä" * 5000 + "b"
    for image in (left, right):
        image.SpecificCharacterSet = "ISO_IR 192"
    compared = compare(encoded(left), encoded(right))
    comments = row(compared, "ImageComments")
    assert comments.state == "differs"
    for value in (comments.first, comments.second):
        assert value is not None
        assert value.is_cut
        assert value.text == "ä" * LONGEST_VALUE + "…"
    pixels = row(compared, "PixelData").first
    assert pixels is not None
    assert (pixels.is_cut, len(pixels.text) < 100) == (True, True)


def test_more_elements_than_there_may_be_are_cut(tmp_path: Path) -> None:
    rt = encoded(rt_set(3).structure_set)
    whole = side_by_side(tmp_path, rt, rt)
    for most in range(1, len(whole.rows)):
        compared = side_by_side(tmp_path, rt, rt, most_rows=most)
        assert compared.cut
        assert [each.path for each in compared.rows] == [each.path for each in whole.rows[:most]]
    assert not whole.cut


def test_what_cannot_be_read_is_one_sentence(compare: Compare, tmp_path: Path) -> None:
    image = encoded(ct_series(1)[0])
    with pytest.raises(InputError, match="right cannot be compared"):
        compare(image, image[:-100])
    with pytest.raises(InputError, match="left is no DICOM file"):
        compare(b"Dear Sir or Madam", image)
    (tmp_path / "left").write_bytes(image)
    with pytest.raises(InputError, match="none"):
        files_side_by_side(str(tmp_path / "left"), str(tmp_path / "none"))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        files_side_by_side(str(tmp_path / "left"), str(tmp_path / "left"), token)


def test_two_loaded_copies(make_source: SourceFolders) -> None:
    first, second = ct_series(1)[0], ct_series(1)[0]
    second.PatientName = "TEST^BETA"
    folder = make_source([first, second], names=["a.dcm", "b/b.dcm"])
    with loaded_folder(folder) as catalog:
        one, other = (file.id for file in occurrences(catalog))
        compared = copies_side_by_side(catalog, one, other)
        assert of_content(compared) == {"PatientName": "differs"}
        assert [each.path for each in (compared.first, compared.second)] == [
            str(folder / "a.dcm"),
            str(folder / "b" / "b.dcm"),
        ]
        assert compared.first.transfer_syntax == "Explicit VR Little Endian"
        with pytest.raises(LookupError):
            copies_side_by_side(catalog, one, 99)


def test_a_copy_that_has_changed_since_it_was_loaded_is_not_compared(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(encoded(ct_series(1)[0]))
    with loaded_folder(tmp_path) as catalog:
        (tmp_path / "b").write_bytes(encoded(ct_series(1, series_number=3)[0]))
        with pytest.raises(InputError):
            copies_side_by_side(catalog, 1, 2)


def test_without_names_no_name_is_left(compare: Compare) -> None:
    left = ct_series(1)[0]
    left.PatientComments = left.StudyDescription = left.AccessionNumber = "TEST^ALPHA"
    left.PatientBirthDate = "19700101"
    add_private_text(left, "TEST^ALPHA")
    masked = without_names(compare(encoded(left), encoded(left)))
    assert "ALPHA" not in str(masked)
    assert "19700101" not in str(masked)
    assert str(left.PatientID) not in str(masked)
    assert row(masked, "SOPInstanceUID").first == ShownValue(
        "UI", len(left.SOPInstanceUID) + len(left.SOPInstanceUID) % 2, left.SOPInstanceUID, is_cut=False
    )


_LETTERS = st.characters(codec="latin-1", exclude_categories=["Cc"], exclude_characters="\\")
_TEXT = st.text(_LETTERS, max_size=16)
_IN_ITEMS = ("ScheduledProcedureStepDescription", "RequestedProcedureID")


@st.composite
def _objects(draw: st.DrawFn) -> tuple[FileDataset, Encoding]:
    """A CT image with some elements more or less, of some class, in some encoding."""
    image = ct_series(1)[0]
    image.SpecificCharacterSet = draw(st.sampled_from(["ISO_IR 100", "ISO_IR 192"]))
    for keyword in ("PatientName", "StudyDescription", "ImageComments"):
        if (text := draw(st.none() | _TEXT)) is not None:
            setattr(image, keyword, text)
    image.SOPClassUID = draw(st.sampled_from([image.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4", "1.2.3"]))
    image.Rows = draw(st.sampled_from([image.Rows, image.Rows + 1]))
    items = draw(st.lists(st.lists(_TEXT, max_size=2), max_size=3))
    image.RequestAttributesSequence = [Dataset() for _ in items]
    for item, values in zip(image.RequestAttributesSequence, items, strict=True):
        for keyword, text in zip(_IN_ITEMS, values, strict=False):
            setattr(item, keyword, text)
    if draw(st.booleans()):
        add_private_text(image, draw(_TEXT))
    if draw(st.booleans()):
        del image.PixelData
    return image, draw(st.sampled_from(get_args(Encoding)))


@given(_objects(), _objects())
@settings(max_examples=60, deadline=None)
def test_the_other_way_round_it_says_the_same(
    left: tuple[FileDataset, Encoding], right: tuple[FileDataset, Encoding]
) -> None:
    files = tuple(encoded(image, transfer_syntax=encoding) for image, encoding in (left, right))
    with TemporaryDirectory() as folder:
        forwards = side_by_side(Path(folder), files[0], files[1])
        one, other = Path(folder, "left"), Path(folder, "right")
        assert mirrored(files_side_by_side(str(other), str(one))) == forwards
        token = CancelToken()
        with opened_object(str(one), token) as first, opened_object(str(other), token) as second:
            comparison = compare_objects(first, second)
    # Every element of both files once, and the same verdict as the comparison of whole folders.
    assert len({each.path for each in forwards.rows}) == len(forwards.rows)
    for file, side in zip(files, ("first", "second"), strict=True):
        there = [each.path for each in forwards.rows if getattr(each, side) is not None]
        assert set(there) == set(paths_in(file))
    assert forwards.same_content is comparison.same_content
    differing = set(of_content(forwards)) - {"PixelData"}
    assert {each.path for each in comparison.attributes} <= differing


def test_texts_are_as_the_library_reads_them(compare: Compare) -> None:
    image = rt_set(1).plan
    file = encoded(image)
    read = dcmread(io.BytesIO(file))
    compared = compare(file, file)
    for element in read:
        if element.VR in ("PN", "LO", "DA", "TM", "CS", "SH", "IS", "US") and element.VM == 1:
            shown = row(compared, element.keyword).first
            assert shown is not None
            assert shown.text == str(element.value)
