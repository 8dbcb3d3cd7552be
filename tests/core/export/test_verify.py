"""The comparison finds every byte that is not as planned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.export.makers import EXPLICIT_LE, IMPLICIT_LE, ItemOf, Leaf, Sequence, encode, file_of, parsed
from tests.core.export.rewriting import set_value, written
from uidscope.core.errors import VerificationError
from uidscope.core.export.expected import Expected, expected_of
from uidscope.core.export.rewrite import Rewritten, copy_unchanged, rewrite
from uidscope.core.export.verify import sha256_of, verify_copy, verify_file
from uidscope.core.plan.edits.edit import Edit, Put, Remove, RemoveItem
from uidscope.core.read.byte_window import memory_window
from uidscope.core.read.structure import FileStructure

REFERENCE = ItemOf((Leaf(0x0008_1150, "UI", b"1.2.840.10008.5.1.4.1.1.2"), Leaf(0x0008_1155, "UI", b"1.2.9")))
NODES = (
    Leaf(0x0008_0000, "UL", None),
    Leaf(0x0008_0018, "UI", b"1.2.3.4"),
    Sequence(0x0008_1140, (REFERENCE, REFERENCE)),
    Sequence(0x0008_2112, (ItemOf((Leaf(0x0008_1155, "UI", b"1.2.8"),), undefined=True),), undefined=True),
    Leaf(0x0010_4000, "LT", b"TEST"),
    Leaf(0x7FE0_0010, "OB", bytes(range(200))),
)
SOURCE = file_of(NODES)


def planned(structure: FileStructure) -> list[Edit]:
    first = structure.dataset.elements[2]
    return [
        set_value(structure, "SOPInstanceUID", b"2.25.77"),
        set_value(structure, "ReferencedImageSequence[1].ReferencedSOPInstanceUID", b"2.25.78"),
        RemoveItem(first, 2, "ReferencedImageSequence[2]", "test"),
        Put(0x0008_0012, "DA", b"20240102", "InstanceCreationDate", "test"),
        Remove(structure.dataset.elements[4], "PatientComments", "test"),
    ]


def rewritten_source() -> tuple[FileStructure, Rewritten, bytes]:
    structure = parsed(SOURCE)
    result = rewrite(structure, planned(structure))
    return structure, result, written(SOURCE, result)


def expected(result: Rewritten) -> Expected:
    return expected_of(result.preamble, result.edits)


def test_what_is_planned_passes() -> None:
    structure, result, output = rewritten_source()
    verify_file("output", structure, expected(result), memory_window(output))


@given(st.data())
def test_any_other_byte_anywhere_is_found(data: st.DataObject) -> None:
    structure, result, output = rewritten_source()
    at = data.draw(st.integers(0, len(output) - 1))
    other = data.draw(st.integers(1, 255))
    spoilt = output[:at] + bytes([output[at] ^ other]) + output[at + 1 :]
    with pytest.raises(VerificationError, match="output was not written as planned"):
        verify_file("output", structure, expected(result), memory_window(spoilt))


@given(st.integers(0, 10_000))
def test_a_shorter_file_is_found(cut: int) -> None:
    structure, result, output = rewritten_source()
    with pytest.raises(VerificationError):
        verify_file(
            "output",
            structure,
            expected(result),
            memory_window(output[: cut % len(output)]),
        )


@pytest.mark.parametrize(
    ("forgotten", "path"),
    [
        (0, "SOPInstanceUID"),
        (1, r"ReferencedImageSequence\[1\]\.ReferencedSOPInstanceUID"),
        (2, "ReferencedImageSequence"),
        (3, "InstanceCreationDate"),
        (4, "number of elements"),
    ],
)
def test_a_forgotten_edit_is_found_and_named(forgotten: int, path: str) -> None:
    structure = parsed(SOURCE)
    edits = planned(structure)
    done = rewrite(structure, [edit for number, edit in enumerate(edits) if number != forgotten])
    output = written(SOURCE, done)
    plan = rewrite(structure, edits)
    with pytest.raises(VerificationError, match=path):
        verify_file("output", structure, expected(plan), memory_window(output))


def test_a_change_outside_the_plan_is_named_with_its_path() -> None:
    structure = parsed(SOURCE)
    extra = set_value(structure, "SourceImageSequence[1].ReferencedSOPInstanceUID", b"1.2.7")
    output = written(SOURCE, rewrite(structure, [*planned(structure), extra]))
    plan = rewrite(structure, planned(structure))
    with pytest.raises(VerificationError, match="SourceImageSequence"):
        verify_file("output", structure, expected(plan), memory_window(output))


def test_another_encoding_is_found() -> None:
    structure = parsed(SOURCE)
    plan = rewrite(structure, ())
    head = written(SOURCE, plan)[: parsed(written(SOURCE, plan)).data_start]
    with pytest.raises(VerificationError, match="encoding"):
        verify_file(
            "output",
            structure,
            expected(plan),
            memory_window(head + encode(NODES[1:], IMPLICIT_LE)),
        )
    verify_file(
        "output",
        structure,
        expected(plan),
        memory_window(head + encode(NODES, EXPLICIT_LE)),
    )


@given(st.integers(0, len(SOURCE) - 1))
def test_a_copy_that_differs_anywhere_is_found(at: int) -> None:
    window = memory_window(SOURCE)
    copy = copy_unchanged(window)
    verify_copy("output", window, copy.preamble, memory_window(SOURCE))
    spoilt = SOURCE[:at] + bytes([SOURCE[at] ^ 1]) + SOURCE[at + 1 :]
    with pytest.raises(VerificationError):
        verify_copy("output", window, copy.preamble, memory_window(spoilt))


def test_the_digest_is_of_the_whole_file() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256_of(memory_window(b"")) == empty
    assert sha256_of(memory_window(b"a" * 1_000_000)) == (
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    )
