"""A UID where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.uid.dictionary import ui_tags
from uidscope.core.uid.elements import identity_kind, is_class_or_type
from uidscope.core.uid.use import is_retired_transfer_syntax, judge_use

CT = "1.2.840.10008.5.1.4.1.1.2"
SOP_CLASS, SOP_INSTANCE, STUDY, SERIES = 0x00080016, 0x00080018, 0x0020000D, 0x0020000E
FRAME, SYNCHRONIZATION, REFERENCED_INSTANCE = 0x00200052, 0x00200200, 0x00081155
REFERENCED_CLASS, TRANSFER_SYNTAX, PALETTE = 0x00081150, 0x00020010, 0x00280304
CREATOR_VERSION, CODING_SCHEME = 0x00089123, 0x0008010C


@pytest.mark.parametrize(
    ("tag", "value", "codes"),
    [
        (SOP_INSTANCE, CT, ("UID-S20",)),
        (SOP_INSTANCE, "1.2.840.10008.999.1", ("UID-S20",)),
        (SOP_INSTANCE, "1.2.840.10008", ("UID-S20",)),
        (SOP_INSTANCE, "1.2.840.100089.1", ()),
        (SOP_INSTANCE, "1.2.840.10008.1.5.1", ()),
        (STUDY, "1.2.840.10008.1.5.1", ("UID-S20",)),
        (SERIES, "1.2.840.10008.15.1.1", ("UID-S20",)),
        (FRAME, "1.2.840.10008.1.4.1.1", ()),
        (FRAME, "1.2.840.10008.1.4.99.1", ("UID-S20",)),
        (FRAME, CT, ("UID-S20",)),
        (SYNCHRONIZATION, "1.2.840.10008.15.1.1", ()),
        (PALETTE, "1.2.840.10008.1.5.3", ()),
        (REFERENCED_INSTANCE, "1.2.840.10008.5.1.4.1.1.481.3.1", ("UID-S20",)),
        (SOP_CLASS, CT, ()),
        (SOP_CLASS, "1.2.840.10008.1.2", ("UID-S21",)),
        (SOP_CLASS, "1.2.840.10008.5.1.4.1.1.9999", ("UID-S22",)),
        (SOP_CLASS, "1.2.840.10008.5.1.1.30", ("UID-S23",)),
        (REFERENCED_CLASS, "1.2.840.10008.5.1.1.30", ()),
        (SOP_CLASS, "1.3.12.2.1107.5.9.1", ("UID-S24",)),
        (SOP_CLASS, "1.3.012", ()),
        (TRANSFER_SYNTAX, "1.2.840.10008.1.2.1", ()),
        (TRANSFER_SYNTAX, "1.2.840.10008.1.2.2", ("UID-S25",)),
        (TRANSFER_SYNTAX, "1.2.840.113619.5.2", ("UID-S25",)),
        (TRANSFER_SYNTAX, CT, ("UID-S21",)),
        (CREATOR_VERSION, CT, ()),
        (CODING_SCHEME, CT, ()),
        (SOP_INSTANCE, "", ()),
        (0x00291101, CT, ()),
    ],
)
def test_a_value_is_judged_by_where_it_stands(tag: int, value: str, codes: tuple[str, ...]) -> None:
    assert judge_use(tag, value, nested=False) == codes


def test_only_the_class_of_the_object_itself_is_called_retired() -> None:
    assert judge_use(SOP_CLASS, "1.2.840.10008.5.1.1.30", nested=True) == ()


def test_a_retired_transfer_syntax_is_told_from_an_unknown_one() -> None:
    assert is_retired_transfer_syntax("1.2.840.10008.1.2.2")
    assert not is_retired_transfer_syntax("1.2.840.113619.5.2")
    assert not is_retired_transfer_syntax("1.2.840.10008.1.2.1")


@given(st.sampled_from(sorted(ui_tags())), st.booleans())
def test_a_value_of_ones_own_is_never_under_the_root_of_the_standard(tag: int, nested: bool) -> None:
    assert "UID-S20" not in judge_use(tag, "1.2.826.0.1.3680043.1.77", nested=nested)


@given(st.sampled_from(sorted(ui_tags())))
def test_a_class_as_a_key_is_reported_in_every_key(tag: int) -> None:
    kind = identity_kind(tag, nested=False)
    is_key = kind in ("instance", "series", "study", "frame_of_reference")
    assert ("UID-S20" in judge_use(tag, CT, nested=False)) == is_key
    assert not (is_key and is_class_or_type(tag))
