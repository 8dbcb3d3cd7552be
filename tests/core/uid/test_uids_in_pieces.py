"""UIDs that a line of text has torn apart, and classes where a class is wanted."""

from __future__ import annotations

import pytest

from uidscope.core.uid.uid_extraction import decode_log, extract_uids
from uidscope.core.uid.use import judge_use


@pytest.mark.parametrize(
    ("text", "uid"),
    [
        ("UID: 1.2.840. 113619.2.1", "1.2.840.113619.2.1"),
        ("SOP Instance UID 1.2. 840.10008.1.1", "1.2.840.10008.1.1"),
        ("UID: 1.2.840 .113619.2.1", "1.2.840.113619.2.1"),
    ],
)
def test_pieces_that_belong_together_are_one_uid(text: str, uid: str) -> None:
    (found,) = extract_uids(text)
    assert found.uid == uid
    assert found.faults == ("UID-S01",)
    assert found.other_readings


def test_a_sentence_that_ends_with_a_uid_does_not_swallow_the_next() -> None:
    text = "UID 1.2.840.113619.2.1.5.6. 1.2.840.113619.2.1.5.7"
    assert [found.uid for found in extract_uids(text)] == [
        "1.2.840.113619.2.1.5.6",
        "1.2.840.113619.2.1.5.7",
    ]


@pytest.mark.parametrize(
    "raw",
    [
        "UID 1.2.840.113619.2.ä".encode(),
        b"\xef\xbb\xbf" + "UID 1.2.840.113619.2.ä".encode(),
        "UID 1.2.840.113619.2.ä".encode("utf-16"),
    ],
)
def test_a_log_is_read_in_its_encoding(raw: bytes) -> None:
    assert decode_log(raw) == "UID 1.2.840.113619.2.ä"


@pytest.mark.parametrize(
    ("tag", "nested", "value", "codes"),
    [
        (0x0008_1150, True, "1.2.840.10008.5.1.1.9", ()),  # a Meta SOP Class, in a reference
        (0x0008_1150, True, "1.2.840.10008.5.1.4.1.1.2", ()),
        (0x0008_0016, False, "1.2.840.10008.5.1.4.1.1.2", ()),
        (0x0002_0010, False, "1.2.840.10008.1.2.1", ()),
        (0x0008_1155, True, "1.2.840.10008.1.40.1", ()),  # a well-known instance
        (0x0020_0052, False, "1.2.840.10008.1.4.1.1", ()),  # a well-known frame of reference
    ],
)
def test_what_the_registry_lists_for_a_role_may_stand_there(
    tag: int, nested: bool, value: str, codes: tuple[str, ...]
) -> None:
    assert judge_use(tag, value, nested=nested) == codes


@pytest.mark.parametrize(
    ("tag", "nested", "value"),
    [
        (0x0008_0016, False, "1.2.840.10008.1.2.1"),
        (0x0002_0010, False, "1.2.840.10008.5.1.4.1.1.2"),
        (0x0008_0018, False, "1.2.840.10008.5.1.4.1.1.2"),
        (0x0020_000D, False, "1.2.840.10008.1.40.1"),
        (0x0020_000E, False, "1.2.840.10008.1.4.1.1"),
    ],
)
def test_what_it_lists_for_another_role_may_not(tag: int, nested: bool, value: str) -> None:
    assert judge_use(tag, value, nested=nested)
