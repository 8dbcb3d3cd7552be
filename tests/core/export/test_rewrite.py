"""A rewritten file against its model encoded anew, against pydicom, and against its own source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom import dcmread
from pydicom.dataset import Dataset as PydicomDataset

from tests.builders import Encoding, ct_series, encoded, rt_set, seg, sr
from tests.core.export.makers import (
    EXPLICIT_BE,
    EXPLICIT_LE,
    FORMS,
    IMPLICIT_LE,
    Form,
    ItemOf,
    Leaf,
    Node,
    Sequence,
    encode,
    file_of,
    header,
    parsed,
    part10,
    paths,
    with_value,
    without,
)
from tests.core.export.rewriting import (
    dataset_bytes,
    element_at,
    new_uid,
    rewritten_bytes,
    set_all_uids,
    set_value,
)
from tests.judges import dcmdump
from uidscope.core.errors import UsageError
from uidscope.core.export.rewrite import copy_unchanged, rewrite
from uidscope.core.export.segments import Span
from uidscope.core.plan.edits.edit import Edit, Put, Remove, RemoveItem, SetValue
from uidscope.core.read.byte_window import memory_window
from uidscope.core.read.structure import Dataset, Element, FileStructure
from uidscope.core.uid.implementation import IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
SOP = Leaf(0x0008_0018, "UI", b"1.2.3.4")
STUDY = Leaf(0x0020_000D, "UI", b"1.2.3")
IMAGE = Sequence(0x0008_1140, (ItemOf((Leaf(0x0008_1155, "UI", b"1.2.9"),)),))

# ---- a random data set, random edits, and the same edits made in the model --------------------------

UI_TAGS = (0x0008_0018, 0x0008_1155, 0x0020_000D, 0x0020_000E, 0x0020_0052)
TEXT_TAGS = (0x0008_0070, 0x0008_103E, 0x0010_4000)
SEQUENCE_TAGS = (0x0008_1115, 0x0008_1140, 0x0008_2112, 0x0040_A730)

leaves = st.one_of(
    st.builds(Leaf, st.sampled_from(UI_TAGS), st.just("UI"), st.from_regex(rb"[0-9.]{0,30}", fullmatch=True)),
    st.builds(Leaf, st.sampled_from(TEXT_TAGS), st.just("LO"), st.from_regex(rb"[A-Z]{0,9}", fullmatch=True)),
    st.builds(Leaf, st.just(0x0008_0000), st.just("UL"), st.none()),
    st.builds(Leaf, st.just(0x0020_0000), st.just("UL"), st.none()),
)


def in_order(nodes: list[Node]) -> tuple[Node, ...]:
    """One node for each tag, in the order of tags, and no group length of a group that has nothing."""
    by_tag = {node.tag: node for node in sorted(nodes, key=lambda node: node.tag)}
    return tuple(by_tag.values())


def sequences(items: st.SearchStrategy[tuple[ItemOf, ...]]) -> st.SearchStrategy[Sequence]:
    return st.builds(
        Sequence, st.sampled_from(SEQUENCE_TAGS), items, st.booleans(), st.sampled_from(("SQ", "SQ", "UN"))
    )


def datasets(depth: int) -> st.SearchStrategy[tuple[Node, ...]]:
    nodes: st.SearchStrategy[Node] = leaves
    if depth:
        item = st.builds(ItemOf, datasets(depth - 1), st.booleans())
        nodes = st.one_of(leaves, sequences(st.lists(item, max_size=3).map(tuple)))
    return st.lists(nodes, max_size=6).map(in_order)


def element_of(dataset: Dataset, address: tuple[int, ...]) -> Element:
    element = dataset.elements[address[0]]
    if len(address) == 1:
        return element
    return element_of(element.items[address[1]].dataset, address[2:])


class Change:
    """An edit of the file, and the same edit of the model."""

    def __init__(self, address: tuple[int, ...], kind: str, value: bytes = b"", item: int = 0) -> None:
        self.address, self.kind, self.value, self.item = address, kind, value, item

    def edit(self, structure: FileStructure) -> Edit:
        element = element_of(structure.dataset, self.address)
        path = str(self.address)
        if self.kind == "set":
            return SetValue(element, path, "", self.value, "test")
        if self.kind == "remove":
            return Remove(element, path, "test")
        return RemoveItem(element, self.item, path, "test")


def changed(nodes: tuple[Node, ...], changes: list[Change], before: tuple[int, ...] = ()) -> tuple[Node, ...]:
    result: list[Node] = []
    for position, node in enumerate(nodes):
        address = (*before, position)
        here = [change for change in changes if change.address == address]
        if any(change.kind == "remove" for change in here):
            continue
        if isinstance(node, Sequence):
            dropped = {change.item for change in here}
            items = [
                replace(item, nodes=changed(item.nodes, changes, (*address, number)))
                for number, item in enumerate(node.items)
                if number + 1 not in dropped
            ]
            result.append(replace(node, items=tuple(items)))
        else:
            result.append(replace(node, value=here[0].value) if here else node)
    return tuple(result)


@given(st.data(), datasets(3), st.sampled_from(FORMS))
def test_a_rewritten_file_is_the_changed_model_encoded(
    data: st.DataObject, nodes: tuple[Node, ...], form: Form
) -> None:
    nodes = (SOP, *without(nodes, SOP.tag))  # something to tell the encoding by
    nodes = tuple(sorted(nodes, key=lambda node: node.tag))
    if nodes[0].tag == 0x0008_0000 and form is IMPLICIT_LE:
        nodes = nodes[1:]
    changes: list[Change] = []
    for address, node in paths(nodes):
        choice = data.draw(st.sampled_from(("keep", "keep", "set", "remove", "item")))
        if choice == "remove" and node.tag != SOP.tag:
            changes.append(Change(address, "remove"))
        elif choice == "item" and isinstance(node, Sequence) and node.items:
            changes.append(Change(address, "item", item=data.draw(st.integers(1, len(node.items)))))
        elif choice == "set" and isinstance(node, Leaf) and node.value is not None and node.vr == "UI":
            value = data.draw(st.from_regex(rb"[0-9.]{0,64}", fullmatch=True))
            changes.append(Change(address, "set", value))
    source = file_of(nodes, form)
    structure = parsed(source)
    output = rewritten_bytes(source, structure, [change.edit(structure) for change in changes])
    assert dataset_bytes(output) == encode(changed(nodes, changes), form)


# ---- against pydicom ---------------------------------------------------------------------------------


def objects() -> list[PydicomDataset]:
    images = ct_series(2)
    return [images[0], rt_set(2).structure_set, seg(images), sr(images)]


def pydicom_leaves(dataset: PydicomDataset, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for element in dataset:
        path = f"{prefix}{int(element.tag):08X}"
        if element.VR == "SQ":
            yield path, len(element.value)
            for number, item in enumerate(element.value):
                yield from pydicom_leaves(item, f"{path}[{number}].")
        elif element.VR == "UI":
            values = [element.value] if isinstance(element.value, str) else list(element.value or [""])
            yield path, ("UI", "\\".join(map(str, values)))
        else:
            yield path, element.value


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("dataset", objects(), ids=lambda dataset: str(dataset.Modality))
def test_pydicom_reads_the_new_uids_and_nothing_else_changed(
    dataset: PydicomDataset, encoding: Encoding
) -> None:
    source = encoded(dataset, transfer_syntax=encoding)
    structure = parsed(source)
    output = rewritten_bytes(source, structure, set_all_uids(structure))
    after = dict(pydicom_leaves(dcmread(BytesIO(output))))
    before = dict(pydicom_leaves(dcmread(BytesIO(source))))
    assert after.keys() == before.keys()
    for path, value in before.items():
        if isinstance(value, tuple) and not value[1].startswith("1.2.840.10008."):
            assert after[path] == ("UI", new_uid(value[1]).decode())
        else:
            assert after[path] == value


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_without_edits_the_data_set_is_the_same_bytes(encoding: Encoding) -> None:
    source = encoded(ct_series(1)[0], transfer_syntax=encoding)
    output = rewritten_bytes(source, parsed(source), ())
    start, new_start = parsed(source).data_start, parsed(output).data_start
    assert output[new_start:] == source[start:]
    assert dcmread(BytesIO(output)).PixelData == dcmread(BytesIO(source)).PixelData


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_dcmdump_reads_a_rewritten_file(encoding: Encoding, tmp_path: Path) -> None:
    source = encoded(sr(ct_series(2)), transfer_syntax=encoding)
    structure = parsed(source)
    path = tmp_path / "rewritten.dcm"
    path.write_bytes(rewritten_bytes(source, structure, set_all_uids(structure)))
    assert f"[{IMPLEMENTATION_VERSION_NAME}]" in dcmdump(path)


# ---- one thing at a time -----------------------------------------------------------------------------


def test_an_element_that_stands_twice_is_rewritten_twice() -> None:
    nodes = (SOP, Leaf(SOP.tag, "UI", b"1.2.5"), STUDY)
    source = file_of(nodes)
    structure = parsed(source)
    first, second = structure.dataset.elements[:2]
    edits = [
        SetValue(first, "SOPInstanceUID", "", b"2.25.7", "test"),
        SetValue(second, "SOPInstanceUID", "", b"2.25.88", "test"),
    ]
    expected = (Leaf(SOP.tag, "UI", b"2.25.7"), Leaf(SOP.tag, "UI", b"2.25.88"), STUDY)
    assert dataset_bytes(rewritten_bytes(source, structure, edits)) == encode(expected, EXPLICIT_LE)


@pytest.mark.parametrize("form", FORMS)
def test_put_replaces_or_stands_in_the_order_of_tags(form: Form) -> None:
    nodes = (SOP, Leaf(0x0008_0070, "LO", b"TEST"), STUDY)
    source = file_of(nodes, form)
    puts = [
        Put(0x0008_0070, "LO", b"OTHER", "Manufacturer", "test"),
        Put(0x0008_0012, "DA", b"20240102", "InstanceCreationDate", "test"),
        Put(0x0020_0011, "IS", b"7", "SeriesNumber", "test"),
        Put(0x0008_0013, "TM", b"101112", "InstanceCreationTime", "test"),
    ]
    expected = (
        Leaf(0x0008_0012, "DA", b"20240102"),
        Leaf(0x0008_0013, "TM", b"101112"),
        SOP,
        Leaf(0x0008_0070, "LO", b"OTHER"),
        STUDY,
        Leaf(0x0020_0011, "IS", b"7"),
    )
    assert dataset_bytes(rewritten_bytes(source, parsed(source), puts)) == encode(expected, form)


def test_put_replaces_each_of_two_and_counts_in_the_group_length() -> None:
    group_length = Leaf(0x0008_0000, "UL", None)
    twice = Leaf(0x0008_0070, "LO", b"TEST")
    source = file_of((group_length, SOP, twice, twice))
    puts = [
        Put(0x0008_0070, "LO", b"LONGER", "Manufacturer", "test"),
        Put(0x0008_0012, "DA", b"20240102", "InstanceCreationDate", "test"),
    ]
    longer = Leaf(0x0008_0070, "LO", b"LONGER")
    expected = (group_length, Leaf(0x0008_0012, "DA", b"20240102"), SOP, longer, longer)
    assert dataset_bytes(rewritten_bytes(source, parsed(source), puts)) == encode(expected, EXPLICIT_LE)


def test_a_put_sequence_holds_the_bytes_given() -> None:
    source = file_of((SOP,))
    item = b"\xfe\xff\0\xe0" + b"\x0e\0\0\0" + encode((STUDY,), EXPLICIT_LE)
    put = Put(0x0008_2112, "SQ", item, "SourceImageSequence", "test")
    output = parsed(rewritten_bytes(source, parsed(source), [put]))
    assert element_at(output, "SourceImageSequence[1].StudyInstanceUID").vr == "UI"


@pytest.mark.parametrize("form", [EXPLICIT_LE, EXPLICIT_BE])
def test_a_ui_value_that_outgrows_16_bits_is_refused(form: Form) -> None:
    source = file_of((SOP, STUDY), form)
    structure = parsed(source)
    fits = set_value(structure, "SOPInstanceUID", b"1" * 65_534)
    assert len(dataset_bytes(rewritten_bytes(source, structure, [fits]))) > 65_534
    with pytest.raises(UsageError, match="SOPInstanceUID would grow to 65,536 bytes"):
        rewrite(structure, [set_value(structure, "SOPInstanceUID", b"1" * 65_535)])


def test_a_ui_value_too_long_for_explicit_vr_is_refused_in_implicit_vr_too() -> None:
    structure = parsed(file_of((SOP,), IMPLICIT_LE))
    with pytest.raises(UsageError):
        rewrite(structure, [set_value(structure, "SOPInstanceUID", b"1" * 65_536)])


def test_a_group_length_is_only_touched_where_its_group_changes() -> None:
    wrong = Leaf(0x0020_0000, "UL", b"\x63\0\0\0")
    source = file_of((Leaf(0x0008_0000, "UL", b"\x62\0\0\0"), SOP, wrong, STUDY))
    structure = parsed(source)
    output = parsed(rewritten_bytes(source, structure, [set_value(structure, "SOPInstanceUID", b"2.25.1")]))
    assert output.value(output.dataset.elements[0]) == b"\x0e\0\0\0"
    assert output.value(output.dataset.elements[2]) == b"\x63\0\0\0"


def test_the_bytes_of_everything_else_survive_however_odd() -> None:
    odd = (
        header(0x0008_0070, "LO", 3, EXPLICIT_LE)
        + b"ABC"  # an odd length
        + header(0x0009_0010, "LO", 6, EXPLICIT_LE)
        + b"MAKER "
        + header(0x0009_1001, "ZZ", 4, EXPLICIT_LE)
        + b"\0\1\2\3"
        + b"\x08\0\x30\x10"
        + b"\4\0\0\0"
        + b"abcd"  # no VR although explicit, and out of order
    )
    source = part10(encode((SOP,), EXPLICIT_LE) + odd + bytes(64))
    structure = parsed(source)
    output = rewritten_bytes(source, structure, [set_value(structure, "SOPInstanceUID", b"2.25.123")])
    expected = encode((Leaf(SOP.tag, "UI", b"2.25.123"),), EXPLICIT_LE) + odd + bytes(64)
    assert dataset_bytes(output) == expected


def test_encapsulated_pixel_data_are_copied_and_removable() -> None:
    fragments = b"\xfe\xff\0\xe0\0\0\0\0\xfe\xff\0\xe0\4\0\0\0abcd\xfe\xff\xdd\xe0\0\0\0\0"
    pixels = header(0x7FE0_0010, "OB", 0xFFFF_FFFF, EXPLICIT_LE) + fragments
    source = part10(encode((SOP,), EXPLICIT_LE) + pixels, "1.2.840.10008.1.2.4.50")
    structure = parsed(source)
    output = rewritten_bytes(source, structure, [set_value(structure, "SOPInstanceUID", b"2.25.123")])
    assert output.endswith(pixels)
    without_pixels = Remove(element_at(structure, "PixelData"), "PixelData", "test")
    assert dataset_bytes(rewritten_bytes(source, structure, [without_pixels])) == encode((SOP,), EXPLICIT_LE)


def test_large_spans_are_not_read_into_memory() -> None:
    source = file_of((SOP, Leaf(0x7FE0_0010, "OB", bytes(3_000_000))))
    structure = parsed(source)
    result = rewrite(structure, [set_value(structure, "SOPInstanceUID", b"2.25.123")])
    literal = sum(len(segment) for segment in result.segments if not isinstance(segment, Span))
    assert literal < 1000
    assert result.size == len(
        rewritten_bytes(source, structure, [set_value(structure, "SOPInstanceUID", b"2.25.123")])
    )


@pytest.mark.parametrize("edits_kind", ["other file", "two of one", "item that is not there"])
def test_edits_that_cannot_be_meant_are_refused(edits_kind: str) -> None:
    structure = parsed(file_of((SOP, IMAGE, STUDY)))
    other = parsed(file_of((Leaf(0x0008_0005, "CS", b"A"), SOP, IMAGE, STUDY)))
    sequence = element_at(structure, "ReferencedImageSequence")
    edits: dict[str, list[Edit]] = {
        "other file": [set_value(other, "StudyInstanceUID", b"2.25.1")],
        "two of one": [
            set_value(structure, "StudyInstanceUID", b"2.25.1"),
            set_value(structure, "StudyInstanceUID", b"2.25.2"),
        ],
        "item that is not there": [RemoveItem(sequence, 2, "ReferencedImageSequence[2]", "test")],
    }
    with pytest.raises(ValueError, match=r"edit|not"):
        rewrite(structure, edits[edits_kind])


# ---- what every file gets ----------------------------------------------------------------------------


def test_the_meta_says_who_wrote_it_and_no_longer_who_sent_it() -> None:
    extra = (
        Leaf(0x0002_0013, "SH", b"OTHER_1"),
        Leaf(0x0002_0016, "AE", b"SENDER"),
        Leaf(0x0002_0017, "AE", b"KEPT"),
        Leaf(0x0002_0100, "UI", b"1.2.3"),
        Leaf(0x0002_0102, "OB", b"\1\2"),
    )
    source = part10(encode((SOP,), EXPLICIT_LE), extra=extra)
    result = rewrite(parsed(source), ())
    meta = dcmread(BytesIO(rewritten_bytes(source, parsed(source), ()))).file_meta
    assert meta.ImplementationClassUID == IMPLEMENTATION_CLASS_UID
    assert meta.ImplementationVersionName == IMPLEMENTATION_VERSION_NAME
    assert meta.SendingApplicationEntityTitle == "KEPT"
    assert {tag for tag in meta if tag.tag in (0x0002_0016, 0x0002_0100, 0x0002_0102)} == set()
    assert meta.MediaStorageSOPInstanceUID == "1.2.3.4"
    assert sorted((change.path, change.reason) for change in result.changes) == [
        ("meta.ImplementationClassUID", "implementation"),
        ("meta.ImplementationVersionName", "implementation"),
        ("meta.PrivateInformation", "meta-dropped"),
        ("meta.PrivateInformationCreatorUID", "meta-dropped"),
        ("meta.SourceApplicationEntityTitle", "meta-dropped"),
    ]


def test_rewriting_our_own_output_changes_nothing() -> None:
    source = file_of((SOP, IMAGE))
    once = rewritten_bytes(source, parsed(source), ())
    assert rewritten_bytes(once, parsed(once), ()) == once
    assert rewrite(parsed(once), ()).changes == ()


@pytest.mark.parametrize("form", FORMS)
def test_a_file_without_meta_gets_one_with_the_planned_uid(form: Form) -> None:
    nodes = (Leaf(0x0008_0016, "UI", b"1.2.840.10008.5.1.4.1.1.7"), SOP, STUDY)
    source = encode(nodes, form)
    structure = parsed(source)
    output = rewritten_bytes(source, structure, [set_value(structure, "SOPInstanceUID", b"2.25.123")])
    read = dcmread(BytesIO(output))
    assert read.file_meta.MediaStorageSOPClassUID == "1.2.840.10008.5.1.4.1.1.7"
    assert read.file_meta.MediaStorageSOPInstanceUID == "2.25.123"
    assert read.file_meta.TransferSyntaxUID == form.syntax
    assert read.SOPInstanceUID == "2.25.123"
    assert output[:132] == bytes(128) + b"DICM"
    assert dataset_bytes(output) == encode(with_value(nodes, SOP.tag, b"2.25.123"), form)


def test_a_file_that_hides_how_its_pixels_are_compressed_is_refused() -> None:
    pixels = header(0x7FE0_0010, "OB", 0xFFFF_FFFF, EXPLICIT_LE) + b"\xfe\xff\xdd\xe0" + bytes(4)
    with pytest.raises(UsageError, match="compressed"):
        rewrite(parsed(encode((SOP, STUDY, IMAGE), EXPLICIT_LE) + pixels), ())


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (b"MZ", "preamble-executable"),
        (b"\x7fELF", "preamble-executable"),
        (b"#!/bin/sh", "preamble-executable"),
        (b"\xcf\xfa\xed\xfe", "preamble-executable"),
        (b"PK\3\4", "preamble-archive"),
        (b"%PDF-1.7", "preamble-archive"),
        (b"II*\0", "preamble-tiff"),
        (b"MM\0*", "preamble-tiff"),
        (b"something else", None),
    ],
)
def test_a_dangerous_preamble_is_zeroed_and_any_other_kept(start: bytes, reason: str | None) -> None:
    preamble = start.ljust(128, b"\1")
    source = part10(encode((SOP,), EXPLICIT_LE), preamble=preamble)
    output = rewritten_bytes(source, parsed(source), ())
    assert output[:128] == (preamble if reason is None else bytes(128))
    reasons = {change.reason for change in rewrite(parsed(source), ()).changes}
    assert (reason in reasons) == (reason is not None)
    kept = rewrite(parsed(source), (), keep_tiff_preamble=True)
    assert (kept.preamble == preamble) == (reason in (None, "preamble-tiff"))


def test_a_copy_is_the_same_bytes_but_for_a_preamble_that_could_be_run() -> None:
    plain = part10(encode((SOP,), EXPLICIT_LE), preamble=b"II*\0".ljust(128, b"\1"))
    assert copy_unchanged(memory_window(plain)).segments == (Span(0, len(plain)),)
    result = copy_unchanged(
        memory_window(part10(encode((SOP,), EXPLICIT_LE), preamble=b"MZ".ljust(128, b"\1")))
    )
    assert result.segments[0] == bytes(128)
    assert [change.reason for change in result.changes] == ["preamble-executable"]


def test_a_deflated_file_stays_deflated() -> None:
    source = encoded(sr(ct_series(2)), transfer_syntax="deflated")
    structure = parsed(source)
    output = rewritten_bytes(source, structure, set_all_uids(structure))
    assert parsed(output).encoding == "deflated"
    assert len(output) % 2 == 0
