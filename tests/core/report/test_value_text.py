"""How much a value holds, in the language that holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from uidscope.core.language import set_language
from uidscope.core.report.value_text import spoken_value


@pytest.fixture
def german() -> Iterator[None]:
    set_language("de")
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("vr", "told", "spoken"),
    [
        ("OB", "1 byte: 00", "1 Byte: 00"),
        ("OW", "128 bytes: 17 01 2e…", "128 Bytes: 17 01 2e…"),
        ("UN", "12,345 bytes: 00 01", "12.345 Bytes: 00 01"),
        ("SQ", "1 item", "1 Item"),
        ("SQ", "2 items", "2 Items"),
        ("OB", "", ""),
    ],
)
def test_a_count_is_told_in_words_of_the_language(german: None, vr: str, told: str, spoken: str) -> None:
    assert spoken_value(vr, told) == spoken


@pytest.mark.parametrize("vr", ["LO", "UI", "PN", "US"])
def test_what_the_file_itself_says_stays(german: None, vr: str) -> None:
    assert spoken_value(vr, "128 bytes: made up") == "128 bytes: made up"


def test_in_english_nothing_changes() -> None:
    for told in ("1 byte: 00", "12,345 bytes: 00 01…", "1 item", "2 items"):
        assert spoken_value("OB", told) == told
