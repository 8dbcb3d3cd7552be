"""Where a UID's faulty parts stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.uid.syntax import faulty_parts
from uidscope.qt.tree.fault_spans import fault_spans


@pytest.mark.parametrize(
    ("value", "marked"),
    [
        ("1.2.840.10008.1.1", []),
        ("1.2.840.01.5", ["01"]),
        ("1.3.6.20260311.01.0042.3", ["01.0042"]),
        ("1.2.01.5.02", ["01", "02"]),
        ("1.2..5", [".."]),
        ("1.2.x5.1", ["x5"]),
        ("", []),
    ],
)
def test_faulty_parts_are_marked_and_neighbours_together(value: str, marked: list[str]) -> None:
    assert [value[first:past_last] for first, past_last in fault_spans(value)] == marked


@given(st.text(alphabet="0123456789.x", max_size=80))
def test_spans_lie_in_order_within_the_value_and_are_there_where_a_part_is_faulty(value: str) -> None:
    spans = fault_spans(value)
    assert bool(spans) == bool(faulty_parts(value))
    ends = [end for span in spans for end in span]
    assert ends == sorted(ends)
    assert all(0 <= first < past_last <= len(value) for first, past_last in spans)
