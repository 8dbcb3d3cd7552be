"""Which attributes are about what was asked for, scheduled and performed (PS3.3 C.4), and which are not."""

from __future__ import annotations

import pytest

from uidscope.core.uid.attribute_levels import attribute_level

CT = "1.2.840.10008.5.1.4.1.1.2"


@pytest.mark.parametrize(
    "tag",
    [
        0x0008_1111,  # Referenced Performed Procedure Step Sequence
        0x0032_1060,  # Requested Procedure Description
        0x0040_0001,  # Scheduled Station AE Title, the first of its range
        0x0040_0100,  # Scheduled Procedure Step Sequence, the last
        0x0040_0241,  # Performed Station AE Title
        0x0040_0275,  # Request Attributes Sequence
        0x0040_0280,  # Comments on the Performed Procedure Step
        0x0040_1001,  # Requested Procedure ID
        0x0040_1060,  # Requested Procedure Description (trial)
        0x0040_1400,  # Requested Procedure Comments
        0x0040_2400,  # Imaging Service Request Comments
        0x0040_A370,  # Referenced Request Sequence
        0x0040_A372,  # Performed Procedure Code Sequence
    ],
)
def test_what_was_asked_for_and_performed(tag: int) -> None:
    assert attribute_level(tag, CT) == "request"


@pytest.mark.parametrize(
    "tag",
    [
        0x0040_0000,
        0x0040_0101,
        0x0040_0240,
        0x0040_0302,  # Entrance Dose
        0x0040_0555,  # Acquisition Context Sequence
        0x0040_1000,
        0x0040_1061,
        0x0040_13FF,
        0x0040_2500,
        0x0040_A043,  # Concept Name Code Sequence
        0x0040_A371,
        0x0040_A373,  # Verifying Observer Sequence
    ],
)
def test_what_is_near_and_of_the_object_itself(tag: int) -> None:
    assert attribute_level(tag, CT) == "instance"


@pytest.mark.parametrize(
    ("tag", "level"),
    [(0x0010_9999, "patient"), (0x0038_0500, "study"), (0x0088_0130, "storage"), (0x0009_1001, "private")],
)
def test_groups_of_which_no_module_tells_more(tag: int, level: str) -> None:
    assert attribute_level(tag, CT) == level
