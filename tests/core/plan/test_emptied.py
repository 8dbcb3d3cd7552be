"""What a copy takes away of the order and the performed step, and what stands beside it and stays."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.core.export.makers import ItemOf, Leaf, Node, Sequence, file_of, parsed
from uidscope.core.plan.copy_choices import emptying
from uidscope.core.plan.edits.emptied import emptied_edits

CT = b"1.2.840.10008.5.1.4.1.1.2"
REQUEST_ATTRIBUTES, REFERENCED_REQUEST = 0x0040_0275, 0x0040_A370


def _paths(nodes: Iterable[Node], question: str) -> list[str]:
    whole = sorted((Leaf(0x0008_0016, "UI", CT), *nodes), key=lambda node: node.tag)
    return [edit.path for edit in emptied_edits(parsed(file_of(whole)), emptying([question]))]


@pytest.mark.parametrize(
    ("question", "tags", "kept"),
    [
        ("accession", (0x0008_0050, 0x0008_0051), (0x0008_0052, 0x0020_0010, 0x0040_0253)),
        ("study-id", (0x0020_0010,), (0x0020_0011, 0x0008_0050)),
        (
            "performed-step",
            (0x0040_0244, 0x0040_0245, 0x0040_0250, 0x0040_0251, 0x0040_0252, 0x0040_0253),
            (0x0040_0241, 0x0040_0254, 0x0040_0280),
        ),
        (
            "request",
            (
                0x0032_1060,
                0x0032_0000,
                0x0032_FFFE,
                0x0040_0001,
                0x0040_0100,
                0x0040_1001,
                0x0040_1011,
                0x0040_1013,
                0x0040_1060,
                0x0040_1400,
                0x0040_2001,
                0x0040_2400,
            ),
            (
                0x0032_1066,  # why the visit was, which is no order
                0x0032_1067,
                0x0040_0101,
                0x0040_0254,
                0x0040_1000,
                0x0040_1012,  # why it was performed
                0x0040_1061,
                0x0040_1401,
                0x0040_2000,
                0x0040_2401,
            ),
        ),
    ],
)
def test_each_question_is_about_its_attributes(
    question: str, tags: tuple[int, ...], kept: tuple[int, ...]
) -> None:
    for tag in (*tags, *kept):
        vr = "UL" if not tag & 0xFFFF else "LO"
        value = b"\4\0\0\0" if vr == "UL" else b"TEST"
        assert bool(_paths([Leaf(tag, vr, value)], question)) == (tag in tags), f"{tag:08X}"


def test_the_accession_number_is_taken_from_the_requests_too() -> None:
    number = Leaf(0x0008_0050, "SH", b"A1")
    requests = [
        Sequence(REQUEST_ATTRIBUTES, (ItemOf((number,)), ItemOf((number,)))),
        Sequence(REFERENCED_REQUEST, (ItemOf((number,)),)),
        Sequence(0x0040_0555, (ItemOf((number,)),)),
    ]
    assert _paths(requests, "accession") == [
        "RequestAttributesSequence[1].AccessionNumber",
        "RequestAttributesSequence[2].AccessionNumber",
        "ReferencedRequestSequence[1].AccessionNumber",
    ]
    assert _paths(requests, "request") == ["RequestAttributesSequence", "ReferencedRequestSequence"]


def test_what_is_empty_and_must_be_there_is_left() -> None:
    assert _paths([Leaf(0x0008_0050, "SH", b"")], "accession") == []
    assert _paths([Leaf(0x0020_0010, "SH", b"")], "study-id") == []
