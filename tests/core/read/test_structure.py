"""Structure against pydicom, against a model encoded here, and against cut and twisted bytes."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom import dcmread
from pydicom.dataset import Dataset as PydicomDataset
from pydicom.filebase import DicomBytesIO

from tests.builders import Encoding, ct_series, encoded, rt_set, seg, sr
from tests.core.export.makers import (
    EXPLICIT_BE,
    EXPLICIT_LE,
    FORMS,
    IMPLICIT_LE,
    Form,
    ItemOf,
    Leaf,
    Sequence,
    encode,
    file_of,
    header,
    parsed,
    part10,
)
from uidscope.core.read.byte_window import FIRST_BLOCK, ByteWindow
from uidscope.core.read.structure import FileStructure, StructureFault, parse_structure, walk_elements

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
SOP = Leaf(0x0008_0018, "UI", b"1.2.3.4")
STUDY = Leaf(0x0020_000D, "UI", b"1.2.3")
NUMBER = Leaf(0x0020_0013, "IS", b"1")


def builders() -> list[PydicomDataset]:
    images = ct_series(2)
    return [images[0], rt_set(2).structure_set, seg(images), sr(images)]


def pydicom_elements(dataset: PydicomDataset, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for element in dataset:
        path = prefix + (element.keyword or f"{int(element.tag):08X}")
        yield path, element
        if element.VR == "SQ":
            for number, item in enumerate(element.value, 1):
                yield from pydicom_elements(item, f"{path}[{number}].")


def uids(structure: FileStructure) -> list[tuple[str, str]]:
    return [
        (path, structure.text(element))
        for path, element, _ in walk_elements(structure.dataset)
        if element.vr == "UI"
    ]


def fault_of(data: bytes) -> StructureFault:
    with pytest.raises(StructureFault) as caught:
        parsed(data)
    return caught.value


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("dataset", builders(), ids=lambda dataset: str(dataset.Modality))
def test_elements_are_those_pydicom_reads(dataset: PydicomDataset, encoding: Encoding) -> None:
    data = encoded(dataset, transfer_syntax=encoding)
    structure = parsed(data)
    expected = list(pydicom_elements(dcmread(DicomBytesIO(data))))
    found = list(walk_elements(structure.dataset))
    assert structure.encoding == encoding
    assert sorted(path for path, _, _ in found) == sorted(path for path, _ in expected)
    uid_values = {path: element.value for path, element in expected if element.VR == "UI"}
    for path, element, _ in found:
        if element.vr == "UI":
            values = structure.text(element).split("\\")
            raw_expected = uid_values[path]
            assert values == ([raw_expected] if isinstance(raw_expected, str) else list(raw_expected or [""]))


@pytest.mark.parametrize("form", FORMS)
def test_spans_and_lengths(form: Form) -> None:
    nodes = (
        SOP,
        Sequence(0x0008_1140, (ItemOf((STUDY,)), ItemOf((NUMBER,), undefined=True)), undefined=True),
        Sequence(0x0008_2112, (ItemOf(),)),
        Leaf(0x7FE0_0010, "OB", b"\1\2\3\4"),
    )
    data = file_of(nodes, form)
    structure = parsed(data)
    sop, open_sequence, closed_sequence, pixels = structure.dataset.elements
    assert structure.value(sop) == b"1.2.3.4\0"
    assert (sop.vr, sop.written_vr) == ("UI", "UI" if form.explicit else "")
    assert sop.length_size == (2 if form.explicit else 4)
    assert sop.end == open_sequence.header_start
    assert open_sequence.undefined_length
    assert open_sequence.end == open_sequence.value_end + 8
    assert [item.undefined_length for item in open_sequence.items] == [False, True]
    assert open_sequence.items[1].end == open_sequence.items[1].value_end + 8
    assert len(closed_sequence.items) == 1
    assert closed_sequence.items[0].dataset.elements == ()
    assert structure.value(pixels) == b"\1\2\3\4"
    assert structure.dataset_end == len(data)
    assert (structure.dataset.explicit, structure.dataset.big_endian) == (form.explicit, form.order == "big")


def test_paths_have_item_numbers_and_parents() -> None:
    inner = Sequence(0x0008_1199, (ItemOf(), ItemOf((Leaf(0x0008_1155, "UI", b"1.2.9"),))))
    structure = parsed(file_of((SOP, Sequence(0x0008_1115, (ItemOf((STUDY, inner)),)))))
    found = {path: parents for path, _, parents in walk_elements(structure.dataset)}
    path = "ReferencedSeriesSequence[1].ReferencedSOPSequence[2].ReferencedSOPInstanceUID"
    assert list(found) == [
        "SOPInstanceUID",
        "ReferencedSeriesSequence",
        "ReferencedSeriesSequence[1].StudyInstanceUID",
        "ReferencedSeriesSequence[1].ReferencedSOPSequence",
        path,
    ]
    assert [(parent.sequence.tag, parent.number) for parent in found[path]] == [
        (0x0008_1115, 1),
        (0x0008_1199, 2),
    ]
    study = found[path][0].item.dataset.find(0x0020_000D)
    assert study is not None
    assert structure.text(study) == "1.2.3"


def test_meta_paths() -> None:
    structure = parsed(file_of((SOP,)))
    assert structure.meta is not None
    assert "meta.TransferSyntaxUID" in [path for path, _, _ in walk_elements(structure.meta, "meta.")]


def test_an_element_that_stands_twice_is_seen_twice() -> None:
    structure = parsed(file_of((SOP, Leaf(0x0008_0018, "UI", b"1.2.5"))))
    assert uids(structure) == [("SOPInstanceUID", "1.2.3.4"), ("SOPInstanceUID", "1.2.5")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("undefined", [False, True])
def test_un_sequences_hold_implicit_little_endian(form: Form, undefined: bool) -> None:
    item = ItemOf((Leaf(0x0008_1155, "UI", b"1.2.9"),), undefined=undefined)
    known = Sequence(0x0008_1140, (item,), undefined=undefined, vr="UN")
    structure = parsed(file_of((SOP, known, STUDY), form))
    assert uids(structure) == [
        ("SOPInstanceUID", "1.2.3.4"),
        ("ReferencedImageSequence[1].ReferencedSOPInstanceUID", "1.2.9"),
        ("StudyInstanceUID", "1.2.3"),
    ]
    sequence = structure.dataset.elements[1]
    assert sequence.vr == "SQ"
    assert not sequence.items[0].dataset.explicit
    assert not sequence.items[0].dataset.big_endian


@pytest.mark.parametrize("form", [EXPLICIT_LE, EXPLICIT_BE])
def test_un_values_are_judged_by_dictionary_and_creator(form: Form) -> None:
    nodes = (
        Leaf(0x0008_0018, "UN", b"1.2.3.4"),
        Leaf(0x0008_0070, "UN", b"TEST"),
        Leaf(0x0029_0010, "LO", b"UNKNOWN TO ALL"),
        Leaf(0x0029_1001, "UN", b"\xfe\xff\0\xe0\0\0\0\0"),
    )
    elements = parsed(file_of(nodes, form)).dataset.elements
    assert [(element.vr, element.written_vr) for element in elements] == [
        ("UI", "UN"),
        ("UN", "UN"),
        ("LO", "LO"),
        ("UN", "UN"),
    ]


def test_private_elements_in_implicit_vr_are_known_by_their_creator() -> None:
    nodes = (
        Leaf(0x2001_0012, "LO", b"Philips Imaging DD 001"),
        Sequence(0x2001_125F, (ItemOf((Leaf(0x0008_1155, "UI", b"1.2.9"),)),)),
        Leaf(0x2005_0010, "LO", b"UNKNOWN TO ALL"),
        Sequence(0x2005_105F, (ItemOf((Leaf(0x0008_1155, "UI", b"1.2.10"),)),)),
        Sequence(0x2005_1060, (ItemOf((Leaf(0x0008_1155, "UI", b"1.2.11"),)),), undefined=True),
    )
    structure = parsed(file_of(nodes, IMPLICIT_LE))
    assert uids(structure) == [
        ("2001125F[1].ReferencedSOPInstanceUID", "1.2.9"),
        ("20051060[1].ReferencedSOPInstanceUID", "1.2.11"),
    ]
    assert structure.dataset.creator(0x2001_125F) == "Philips Imaging DD 001"
    assert structure.dataset.creator(0x2001_105F) == ""


def test_a_private_element_that_is_no_sequence_after_all_stays_opaque() -> None:
    nodes = (
        Leaf(0x2001_0010, "LO", b"Philips Imaging DD 001"),
        Leaf(0x2001_105F, "LO", b"no items here"),
        STUDY,
    )
    structure = parsed(file_of(tuple(nodes), IMPLICIT_LE))
    assert structure.dataset.elements[1].vr == ""
    assert structure.dataset.elements[1].items == ()


@pytest.mark.parametrize("form", FORMS)
def test_without_preamble_and_meta_the_first_element_tells(form: Form) -> None:
    structure = parsed(encode((Leaf(0x0008_0005, "CS", b"ISO_IR 100"), SOP), form))
    assert structure.preamble is None
    assert structure.meta is None
    assert (structure.dataset.explicit, structure.dataset.big_endian) == (form.explicit, form.order == "big")
    assert uids(structure) == [("SOPInstanceUID", "1.2.3.4")]


@pytest.mark.parametrize("declared", FORMS)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_counts_not_what_is_declared(declared: Form, form: Form) -> None:
    nodes = (Leaf(0x0008_0005, "CS", b"ISO_IR 100"), SOP)
    structure = parsed(part10(encode(nodes, form), declared.syntax))
    assert uids(structure) == [("SOPInstanceUID", "1.2.3.4")]
    assert structure.transfer_syntax == declared.syntax


def test_an_item_in_implicit_vr_inside_explicit_vr() -> None:
    item = encode((Leaf(0x0008_1155, "UI", b"1.2.9"),), IMPLICIT_LE)
    value = b"\xfe\xff\0\xe0" + len(item).to_bytes(4, "little") + item
    data = part10(encode((SOP,), EXPLICIT_LE) + header(0x0008_1140, "SQ", len(value), EXPLICIT_LE) + value)
    assert ("ReferencedImageSequence[1].ReferencedSOPInstanceUID", "1.2.9") in uids(parsed(data))


def test_a_meta_in_implicit_vr_is_taken() -> None:
    meta = encode((Leaf(0x0002_0010, "UI", EXPLICIT_LE.syntax.encode()),), IMPLICIT_LE)
    structure = parsed(bytes(128) + b"DICM" + meta + encode((SOP,), EXPLICIT_LE))
    assert structure.transfer_syntax == EXPLICIT_LE.syntax
    assert uids(structure) == [("SOPInstanceUID", "1.2.3.4")]


def test_elements_before_group_8_do_not_belong_to_the_meta() -> None:
    structure = parsed(file_of((Leaf(0x0001_0001, "LO", b"TEST"), SOP)))
    assert structure.meta is not None
    assert [element.tag for element in structure.dataset.elements] == [0x0001_0001, 0x0008_0018]


def test_encapsulated_pixel_data_are_one_span_and_what_follows_is_read() -> None:
    fragments = b"\xfe\xff\0\xe0\0\0\0\0" + b"\xfe\xff\0\xe0\6\0\0\0" + b"\xff\xd8abc\xd9"
    pixels = header(0x7FE0_0010, "OB", 0xFFFF_FFFF, EXPLICIT_LE) + fragments + b"\xfe\xff\xdd\xe0" + bytes(4)
    data = part10(
        encode((SOP,), EXPLICIT_LE) + pixels + encode((Leaf(0xFFFC_FFFC, "OB", b"\0\0"),), EXPLICIT_LE)
    )
    structure = parsed(data)
    element = structure.dataset.elements[1]
    assert element.items == ()
    assert structure.value(element) == fragments
    assert structure.dataset.elements[2].tag == 0xFFFC_FFFC


def test_deflated_offsets_go_on_behind_the_meta() -> None:
    dataset = encode((SOP, STUDY), EXPLICIT_LE)
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    data = part10(deflater.compress(dataset) + deflater.flush(), "1.2.840.10008.1.2.1.99")
    structure = parsed(data)
    assert structure.encoding == "deflated"
    assert structure.window.at(structure.data_start, len(dataset)) == dataset
    assert structure.window.at(0, structure.data_start) == data[: structure.data_start]
    assert structure.file_window.size == len(data)
    assert fault_of(data[:-3]).code == "FILE-01"


def test_a_deflate_bomb_is_too_large() -> None:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    bomb = b"".join([deflater.compress(bytes(1 << 20)) for _ in range(80)] + [deflater.flush()])
    assert fault_of(part10(bomb, "1.2.840.10008.1.2.1.99")).code == "too-large"


def nested(depth: int, form: Form, undefined: bool) -> bytes:
    data = b""
    for _ in range(depth):
        start = b"\xfe\xff\0\xe0" if form.order == "little" else b"\xff\xfe\xe0\0"
        close = (b"\xfe\xff\x0d\xe0" + bytes(4), b"\xfe\xff\xdd\xe0" + bytes(4))
        if undefined:
            data = (
                header(0x0040_A730, "SQ", 0xFFFF_FFFF, form)
                + start
                + b"\xff" * 4
                + data
                + close[0]
                + close[1]
            )
        else:
            value = start + len(data).to_bytes(4, form.order) + data
            data = header(0x0040_A730, "SQ", len(value), form) + value
    return part10(encode((SOP,), form) + data, form.syntax)


@pytest.mark.parametrize("undefined", [False, True])
@pytest.mark.parametrize("form", [EXPLICIT_LE, IMPLICIT_LE])
def test_nesting_is_bounded(form: Form, undefined: bool) -> None:
    began = time.monotonic()
    for depth in (10, 63, 64):
        structure = parsed(nested(depth, form, undefined))
        assert sum(1 for _ in walk_elements(structure.dataset)) == depth + 1
    for depth in (65, 300, 5000):
        assert fault_of(nested(depth, form, undefined)).code == "too-deep"
    assert time.monotonic() - began < 5


def test_millions_of_items_are_too_large() -> None:
    value = b"\xfe\xff\0\xe0\0\0\0\0" * 2_100_000
    data = part10(encode((SOP,), EXPLICIT_LE) + header(0x0040_A730, "SQ", len(value), EXPLICIT_LE) + value)
    assert fault_of(data).code == "too-large"


@pytest.mark.parametrize("form", FORMS)
def test_a_cut_anywhere_is_seen_except_between_elements(form: Form) -> None:
    nodes = (
        Leaf(0x0008_0005, "CS", b"ISO_IR 100"),
        SOP,
        Sequence(0x0008_1140, (ItemOf((STUDY,)), ItemOf((NUMBER,), undefined=True)), undefined=True),
        Sequence(0x0008_2112, (ItemOf((STUDY,)),)),
        Leaf(0x0400_0015, "CS", b"TEST"),
        Leaf(0x7FE0_0010, "OB", bytes(20)),
    )
    data = file_of(nodes, form)
    structure = parsed(data)
    ends = {element.end for element in structure.dataset.elements}
    assert structure.meta is not None
    ends |= {element.end for element in structure.meta.elements}
    for cut in range(134, len(data)):
        if cut in ends:
            parsed(data[:cut])
        else:
            assert fault_of(data[:cut]).code in ("FILE-01", "FILE-02"), cut


def test_zeros_behind_the_last_element_are_padding() -> None:
    data = file_of((SOP, STUDY))
    structure = parsed(data + bytes(300))
    assert structure.dataset_end == len(data)
    assert structure.window.size == len(data) + 300
    assert fault_of(data + bytes(20) + b"\1").code in ("FILE-01", "FILE-02")


@pytest.mark.parametrize(
    "twisted",
    [
        header(0x0008_1140, "SQ", 8, EXPLICIT_LE)
        + b"\xfe\xff\0\xe0\x0a\0\0\0"
        + encode((STUDY,), EXPLICIT_LE),
        header(0x0008_1140, "SQ", 0xFFFF_FFFF, EXPLICIT_LE) + b"\xfe\xff\0\xe0\0\0\0\0",
        header(0x0008_1140, "SQ", 8, EXPLICIT_LE) + b"\xfe\xff\0\xe0\xff\xff\xff\xff",
        header(0x0008_1140, "SQ", 16, EXPLICIT_LE) + encode((STUDY,), EXPLICIT_LE) + bytes(2),
        b"\xfe\xff\x0d\xe0" + bytes(4) + encode((STUDY,), EXPLICIT_LE),
        header(0x0008_1140, "UT", 0xFFFF_FFFF, EXPLICIT_LE) + b"\xfe\xff\xdd\xe0" + bytes(4),
        header(0x0008_1140, "SQ", 12, EXPLICIT_LE) + b"\xfe\xff\0\xe0\x04\0\0\0" + b"abcd",
        header(0x7FE0_0010, "OB", 0xFFFF_FFFF, EXPLICIT_LE) + encode((STUDY,), EXPLICIT_LE),
    ],
    ids=[
        "past parent",
        "never closed",
        "item never closed",
        "no item",
        "stray delimiter",
        "open text",
        "cut item",
        "no fragment",
    ],
)
def test_structure_faults(twisted: bytes) -> None:
    assert fault_of(part10(encode((SOP,), EXPLICIT_LE) + twisted)).code == "FILE-02"


@given(st.integers(-40, 40), st.integers(0, 24), st.sampled_from(FORMS))
def test_an_element_may_end_anywhere_around_the_edge_of_the_first_block(
    shift: int, length: int, form: Form
) -> None:
    before = len(file_of((SOP, Leaf(0x0008_2111, "OB", b"")), form))
    filler = Leaf(0x0008_2111, "OB", bytes((FIRST_BLOCK - before + shift) // 2 * 2))
    nodes = (SOP, filler, Leaf(0x0010_4000, "OB", bytes(length)), STUDY)
    assert uids(parsed(file_of(nodes, form))) == [
        ("SOPInstanceUID", "1.2.3.4"),
        ("StudyInstanceUID", "1.2.3"),
    ]


@given(st.binary(max_size=300), st.sampled_from(FORMS))
def test_any_bytes_are_either_taken_apart_without_a_gap_or_refused(tail: bytes, form: Form) -> None:
    try:
        structure = parsed(part10(encode((SOP,), form) + tail, form.syntax))
    except StructureFault:
        return
    at = structure.data_start
    for element in structure.dataset.elements:
        assert element.header_start == at
        assert element.header_start < element.value_start <= element.value_end <= element.end
        at = element.end
    assert at == structure.dataset_end
    assert not any(structure.window.at(at, structure.window.size - at))


def test_a_file_that_becomes_shorter_while_it_is_read_is_a_fault() -> None:
    data = file_of((SOP, Leaf(0x0008_2111, "OB", bytes(20_000)), STUDY, NUMBER))
    left = data[:-20]
    window = ByteWindow(lambda offset, length: left[offset : offset + length], len(data))
    with pytest.raises(StructureFault) as caught:
        parse_structure(window)
    assert caught.value.code == "FILE-01"
