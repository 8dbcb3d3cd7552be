"""A UID taken apart, in the short words of the strip."""

import pytest

from uidscope.core.uid.anatomy import explain
from uidscope.qt.anatomy_words import strip_anatomy
from uidscope.qt.kit.anatomy_parts import Anatomy, PartKind


def labels(anatomy: Anatomy) -> list[str]:
    return [part.fault or part.meaning for part in anatomy.parts]


def test_parts_of_a_faulty_uid_below_a_known_root() -> None:
    anatomy = strip_anatomy(explain("1.2.840.113619.20260311.01.0042.3"))
    assert ".".join(part.digits for part in anatomy.parts) == "1.2.840.113619.20260311.01.0042.3"
    assert [part.kind for part in anatomy.parts] == [PartKind.ROOT] * 4 + [PartKind.OWNER] * 4
    assert labels(anatomy)[:3] == ["ISO", "member", "USA"]
    assert labels(anatomy)[4:] == ["looks like a date", "leading zero", "leading zero", "owner"]
    assert anatomy.root_remark.startswith("issued to ")
    assert anatomy.root_remark.endswith(", probably")
    assert anatomy.summary == "8 parts, 2 faulty"
    assert (anatomy.length, anatomy.limit) == (33, 64)


def test_uuid_is_one_part_with_its_time() -> None:
    anatomy = strip_anatomy(explain("8e0cb960-1d4a-11f1-9a3e-0242ac120002"))
    assert [part.kind for part in anatomy.parts] == [PartKind.ROOT, PartKind.ROOT, PartKind.UUID]
    assert labels(anatomy) == ["joint", "UUID arc", "UUID as one decimal number"]
    assert anatomy.uuid == "8e0cb960-1d4a-11f1-9a3e-0242ac120002"
    assert anatomy.summary.startswith("version 1, made 2026-03-1")
    assert anatomy.summary.endswith(" UTC")


def test_registered_uid_is_named() -> None:
    anatomy = strip_anatomy(explain("1.2.840.10008.5.1.4.1.1.2"))
    assert anatomy.root_remark == "the DICOM standard"
    assert anatomy.below_remark == "registered in PS3.6: CT Image Storage"
    assert labels(anatomy)[-1] == "CT Image Storage"


def test_unknown_root_is_not_given_an_owner() -> None:
    anatomy = strip_anatomy(explain("1.9.4711.3"))
    assert anatomy.root_remark == "its owner is not known here"
    assert labels(anatomy)[-1] == "unknown"


@pytest.mark.parametrize(
    ("uid", "reason"),
    [
        ("1.2.3x", "not a digit"),
        ("1..2", "empty"),
        ("3.1.4", "not 0, 1 or 2"),
        ("1.77.4", "more than 39"),
        ("2.25.1.2", "out of place"),
        ("2.25.5", "too small"),
        (f"2.25.{2**128}", "too large"),
        ("1." + "9" * 70, "past 64"),
        ("5", "stands alone"),
    ],
)
def test_each_fault_has_a_short_reason(uid: str, reason: str) -> None:
    assert reason in labels(strip_anatomy(explain(uid)))


def test_labels_are_short_and_the_whole_is_told() -> None:
    anatomy = strip_anatomy(explain("1.2.840.10008.5.1.4.1.1.481.1"))
    assert all(len(part.meaning) <= 24 for part in anatomy.parts)
    assert all(part.told for part in anatomy.parts)
