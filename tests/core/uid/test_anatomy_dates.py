"""What in a UID looks like a date: every form that is told, and what is near to one and none."""

from __future__ import annotations

import pytest

from uidscope.core.uid.anatomy import explain


@pytest.mark.parametrize(
    ("numbers", "length", "date"),
    [
        ("20240131", 1, "2024-01-31"),
        ("19000101", 1, "1900-01-01"),
        ("20991231", 1, "2099-12-31"),
        ("202401312359", 1, "2024-01-31 23:59:00"),
        ("20240131235958", 1, "2024-01-31 23:59:58"),
        ("20240131235958123", 1, "2024-01-31 23:59:58"),
        ("1900.1.1", 3, "1900-01-01"),
        ("2099.12.31", 3, "2099-12-31"),
        ("2024.01.31", 3, "2024-01-31"),
        ("2024.1.31.23.59.58", 6, "2024-01-31 23:59:58"),
        ("2024.1.31.23.59.58.7", 6, "2024-01-31 23:59:58"),
        ("2024.1.31.23.59", 3, "2024-01-31"),
        ("2024.1.31.23.59.580", 3, "2024-01-31"),
    ],
)
def test_a_date_is_found_with_its_numbers(numbers: str, length: int, date: str) -> None:
    for before in ("9.9", "9.9.4"):
        found = explain(f"1.2.826.0.1.3680043.{before}.{numbers}").date
        assert found is not None
        first = 6 + before.count(".") + 1
        assert (found.first, found.last, found.text) == (first, first + length - 1, date)


@pytest.mark.parametrize(
    "numbers",
    [
        "1899123",
        "18991231",
        "21000101",
        "2024013",
        "202401310",
        "20240132",
        "202401312460",
        "20240131235960",
        "1899.12.31",
        "2100.1.1",
        "2024.1.32",
        "2024.0.1",
        "2024.1",
        "202.1.1",
        "20240.1.1",
        "2024.1.31.24.0.0",
        "2024.1.99999999999",
    ],
)
def test_what_is_no_date_is_none(numbers: str) -> None:
    assert explain(f"1.2.826.0.1.3680043.9.9.{numbers}").date is None


def test_the_first_of_two_dates_is_told() -> None:
    found = explain("1.2.826.0.1.3680043.9.20240131.20250131").date
    assert found is not None
    assert found.text == "2024-01-31"
