"""English texts in another language: whole, with something in their gaps, and as they are where not known."""

from __future__ import annotations

import pytest

from uidscope.core.uid.phrases import phrase


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("rejected", "abgelehnt"),
        ("Only the first 200 were compared.", "Nur die ersten 200 wurden verglichen."),
        ("3 UIDs as they were before.", "3 UIDs wie zuvor."),
        ("3 files, 9 bytes: rejected.", "3 Dateien, 9 Bytes: abgelehnt."),
        ("3 files, 9 bytes: something new.", "3 Dateien, 9 Bytes: something new."),
        ("Nobody has put this into words.", "Nobody has put this into words."),
    ],
)
def test_a_text_is_translated_as_far_as_it_is_known(english: str, german: str) -> None:
    assert phrase(english, "de") == german
    assert phrase(english, "en") == english
    assert phrase(english) == english
