"""Two elements that say the same, however each is written."""

from __future__ import annotations

from struct import pack
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset

from tests.builders import UNKNOWN_CREATOR, Encoding, add_private_sequence, add_private_text, encoded
from uidscope.core.errors import Cancelled
from uidscope.core.progress import CancelToken
from uidscope.core.read.byte_window import LARGEST_BLOCK, memory_window
from uidscope.core.read.same_value import ElementAt, items_of, known_vr, same_value, swapped
from uidscope.core.read.structure import parse_structure

SIZES = {"US": 2, "SS": 2, "UL": 4, "SL": 4, "FL": 4, "FD": 8, "UV": 8, "SV": 8}
# Elements of PS3.6 that the library writes as they are told.
TAGS = {
    "US": 0x00280010, "SS": 0x00189219, "UL": 0x00186016, "SL": 0x00186020, "FL": 0x00109431,
    "FD": 0x00189073, "UV": 0x7FE00003, "SV": 0x00720082,
    "OW": 0x00281201, "OB": 0x00282000, "OF": 0x00640009, "OD": 0x7FE00009, "OL": 0x00660040,
    "LO": 0x00081030, "UI": 0x00080014, "DS": 0x00281050, "LT": 0x00204000, "PN": 0x00081070,
}  # fmt: skip


def field(raw: bytes, tag: int) -> ElementAt:
    """An element of a file."""
    structure = parse_structure(memory_window(raw))
    element = structure.dataset.find(tag)
    character_set = structure.dataset.find(0x00080005)
    assert element is not None
    raw_set = structure.value(character_set).strip(b" \0") if character_set else b""
    return ElementAt(structure.window, element, structure.dataset, raw_set)


def written(vr: str, value: Any, encoding: Encoding = "explicit-le", character_set: str = "") -> ElementAt:
    """An element of this VR in a file of its own."""
    dataset = Dataset()
    dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    if character_set:
        dataset.SpecificCharacterSet = character_set
    dataset[TAGS[vr]] = DataElement(TAGS[vr], vr, value)
    return field(encoded(dataset, transfer_syntax=encoding, meta=False), TAGS[vr])


def of_bytes(vr: str, raw: bytes, order: str = "<") -> ElementAt:
    """An element with these very bytes as its value, in explicit VR of either byte order."""
    tag = TAGS[vr]
    first = pack(f"{order}HH2sH", 0x0008, 0x0016, b"UI", 2) + b"1\0"
    length = "2xI" if vr in ("UV", "SV", "OW", "OB") else "H"
    head = pack(f"{order}HH2s{length}", tag >> 16, tag & 0xFFFF, vr.encode(), len(raw))
    return field(first + head + raw, tag)


def same(left: ElementAt, right: ElementAt) -> bool:
    forwards = same_value(left, right, CancelToken())
    assert forwards == same_value(right, left, CancelToken())
    return forwards


@given(st.sampled_from(sorted(SIZES)), st.data())
def test_numbers_in_any_byte_order(vr: str, data: st.DataObject) -> None:
    raw = data.draw(st.binary(min_size=8, max_size=8))
    other = data.draw(st.binary(min_size=8, max_size=8).filter(lambda value: value != raw))
    size = SIZES[vr]
    little = of_bytes(vr, raw)
    assert same(little, of_bytes(vr, swapped(raw, size), ">"))
    assert not same(little, of_bytes(vr, swapped(other, size), ">"))


@pytest.mark.parametrize("vr", sorted(SIZES))
def test_a_number_in_every_encoding(vr: str) -> None:
    value = 1.5 if vr in ("FL", "FD") else 513
    everywhere: list[Encoding] = ["explicit-le", "implicit-le", "explicit-be"]
    fields = [written(vr, value, encoding) for encoding in everywhere]
    assert [known_vr(each) for each in fields] == [vr] * 3
    assert all(same(left, right) for left in fields for right in fields)
    other = written(vr, value + 1, "explicit-be")
    assert not any(same(other, each) for each in fields)


@pytest.mark.parametrize("vr", ["OB", "OW", "OF", "OD", "OL"])
def test_bulk_in_every_encoding(vr: str) -> None:
    value = bytes(range(16)) * 3
    fields = [written(vr, value, encoding) for encoding in ("explicit-le", "implicit-le", "explicit-be")]
    assert all(same(left, right) for left in fields for right in fields)
    assert not same(fields[0], written(vr, value[:-1] + b"\xff", "explicit-be"))


def test_a_vr_that_the_dictionary_leaves_open_is_that_of_the_file_that_says_it() -> None:
    """Overlay Data is OB or OW."""
    dataset = Dataset()
    dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    dataset.add_new(0x60003000, "OW", bytes(range(8)))
    fields = [
        field(encoded(dataset, transfer_syntax=encoding, meta=False), 0x60003000)
        for encoding in ("implicit-le", "explicit-be", "explicit-le")
    ]
    assert all(same(left, right) for left in fields for right in fields)


@pytest.mark.parametrize(
    ("vr", "left", "right"),
    [
        ("LO", b"A", b"A "),
        ("LO", b" A\\B", b"A \\ B "),
        ("UI", b"1.2.3", b"1.2.3\0"),
        ("UI", b"1.2", b"1.2 "),
        ("DS", b" 1.50", b"1.50  "),
        ("LT", b" A", b" A  "),
        ("PN", b"TEST^ALPHA", b"TEST^ALPHA "),
        ("LO", b"", b"  "),
        ("OB", b"\1\2\3", b"\1\2\3\0"),
    ],
)
def test_padding_does_not_count(vr: str, left: bytes, right: bytes) -> None:
    assert same(of_bytes(vr, left), of_bytes(vr, right))


@pytest.mark.parametrize(
    ("vr", "left", "right"),
    [
        ("LO", b"A", b"B"),
        ("LO", b"A B", b"AB"),
        ("LO", b"A\\B", b"A"),
        ("LO", b"A\\", b"A"),
        ("DS", b"1.5", b"1.50"),
        ("LT", b" A", b"A "),
        ("OB", b"\1\2", b"\1\2\0"),
        ("OB", b"\1\2\3", b"\1\2\3\4"),
        ("OW", b"\1\0", b"\1\0\0\0"),
        ("US", b"\x20\0", b"\0\0"),
    ],
)
def test_what_is_not_padding_counts(vr: str, left: bytes, right: bytes) -> None:
    assert not same(of_bytes(vr, left), of_bytes(vr, right))


def test_text_is_compared_in_its_character_set() -> None:
    latin = written("PN", "TEST^ÄLPHA", character_set="ISO_IR 100")
    assert same(latin, written("PN", "TEST^ÄLPHA", character_set="ISO_IR 192"))
    assert not same(latin, written("PN", "TEST^ALPHA", character_set="ISO_IR 192"))
    # The same bytes say another thing.
    assert not same(latin, latin._replace(raw_character_set=b"ISO_IR 144"))


def test_text_of_an_unknown_element_is_padded_as_where_its_vr_is_known() -> None:
    dataset = Dataset()
    dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    tag = int(add_private_text(dataset, "ODD"), 16)
    explicit = field(encoded(dataset, meta=False), tag)
    implicit = field(encoded(dataset, transfer_syntax="implicit-le", meta=False), tag)
    assert (known_vr(explicit), known_vr(implicit)) == ("LO", "")
    assert same(explicit, implicit)


def test_the_items_of_an_unknown_sequence() -> None:
    item = Dataset()
    item.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    item.Rows = 4
    dataset = Dataset()
    dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    tag = int(add_private_sequence(dataset, [item, Dataset()], creator=UNKNOWN_CREATOR), 16)
    explicit = items_of(field(encoded(dataset, meta=False), tag))
    implicit = items_of(field(encoded(dataset, transfer_syntax="implicit-le", meta=False), tag))
    assert explicit is not None
    assert implicit is not None
    for items, _ in (explicit, implicit):
        assert [[element.tag for element in each.dataset.elements] for each in items] == [
            [0x00080016, 0x00280010],
            [],
        ]
    assert items_of(of_bytes("LO", b"no items")) is None


def test_what_only_begins_like_items_is_no_sequence() -> None:
    dataset = Dataset()
    dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    tag = int(add_private_text(dataset, "\xfe\xff\x00\xe0" + "AAAA"), 16)
    dataset[tag].VR = "UN"
    dataset[tag].value = bytes.fromhex("FEFF00E0FF000000") + b"short"
    assert items_of(field(encoded(dataset, meta=False), tag)) is None


def test_long_values_are_compared_piece_by_piece() -> None:
    value = bytes(range(256)) * (LARGEST_BLOCK // 128)
    little = written("OW", value)
    assert same(little, written("OW", value, "explicit-be"))
    assert not same(little, written("OW", value[:-2] + b"\0\0", "explicit-be"))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        same_value(little, little, token)


@given(st.binary(max_size=40), st.sampled_from([1, 2, 4, 8]))
def test_swapping_twice_changes_nothing(raw: bytes, word: int) -> None:
    assert swapped(swapped(raw, word), word) == raw
    whole = len(raw) - len(raw) % word
    assert swapped(raw, word)[:word] == (raw[:word][::-1] if whole else raw[:word])
