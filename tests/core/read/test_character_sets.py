"""Text into the bytes of a character set, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.read.character_sets import decode_text, encode_text

SETS = [b"", b"ISO_IR 100", b"ISO_IR 101", b"ISO_IR 126", b"ISO_IR 13", b"ISO_IR 192", b"GB18030", b"GBK"]


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs"])), character_set=st.sampled_from(SETS))
def test_what_is_written_is_read_again(text: str, character_set: bytes) -> None:
    raw = encode_text(text, character_set)
    if raw is not None:
        assert decode_text(raw, character_set) == text.strip(" ")


@pytest.mark.parametrize(
    ("text", "character_set"),
    [
        ("gr\u00f6\u00dfer", b""),
        ("\u03a4\u0395\u03a3\u03a4", b"ISO_IR 100"),
        ("\u5c71\u7530", b"ISO_IR 13"),
        ("\u5c71\u7530", b"ISO 2022 IR 100\\ISO 2022 IR 87"),
    ],
)
def test_what_the_first_set_does_not_have_is_not_written(text: str, character_set: bytes) -> None:
    assert encode_text(text, character_set) is None


def test_the_first_of_several_sets_is_written_without_escapes() -> None:
    assert encode_text("\u00e9", b"ISO 2022 IR 100\\ISO 2022 IR 87") == b"\xe9"
