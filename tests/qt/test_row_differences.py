"""The changes between two orders of rows."""

from hypothesis import given
from hypothesis import strategies as st

from uidscope.qt.tree.row_differences import Insertion, Move, Removal, differences

ORDERS = st.lists(st.integers(0, 30), unique=True)


@given(ORDERS, ORDERS)
def test_changes_lead_from_the_old_order_to_the_new(old: list[int], new: list[int]) -> None:
    rows = list(old)
    for change in differences(old, new):
        match change:
            case Removal(first, past_last):
                assert 0 <= first < past_last <= len(rows)
                assert not set(rows[first:past_last]) & set(new)
                del rows[first:past_last]
            case Move(origin, target):
                assert 0 <= target < origin < len(rows)
                rows.insert(target, rows.pop(origin))
            case Insertion(first, ids):
                assert not set(ids) & set(rows)
                rows[first:first] = ids
    assert rows == new


@given(ORDERS, st.sets(st.integers(0, 30)))
def test_rows_that_only_come_and_go_are_never_moved(new: list[int], left_out: set[int]) -> None:
    old = [row for row in new if row not in left_out]
    assert all(isinstance(change, Insertion) for change in differences(old, new))
    assert all(isinstance(change, Removal) for change in differences(new, old))


def test_neighbours_come_and_go_together() -> None:
    assert list(differences([1, 2, 3, 4, 5], [1, 5])) == [Removal(1, 4)]
    assert list(differences([1, 5], [1, 2, 3, 4, 5, 6])) == [Insertion(1, (2, 3, 4)), Insertion(5, (6,))]
    assert list(differences([1, 2, 3], [3, 1, 2])) == [Move(2, 0)]
