"""UIDs that earlier exports gave: taken for anything but what they were given for."""

from __future__ import annotations

import pytest

from uidscope.core.errors import UsageError
from uidscope.core.plan.earlier import earlier_uids
from uidscope.core.plan.entry import MapEntry, RowKey
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.uid.schemes import SchemeOptions, make_scheme

UUIDS = make_scheme(SchemeOptions())
ONE, OTHER = (UUIDS.new_uid("instance", "") for _ in range(2))
OLD, OTHER_OLD = "1.2.826.0.1.3680043.77.1", "1.2.826.0.1.3680043.77.2"


def _entry(old: str, new: str, kind: str = "instance", scope: str = "all") -> MapEntry:
    return MapEntry(old, new, kind, scope, "copy", 1)


def _issued() -> IssuedUids:
    return IssuedUids(earlier_uids([_entry(OLD, ONE), _entry(OTHER_OLD, OTHER)]))


def test_what_an_earlier_export_gave_is_given_again_and_to_nothing_else() -> None:
    issued = _issued()
    assert not issued.is_taken(ONE, RowKey("a", OLD))
    assert issued.is_taken(ONE, RowKey("a", OTHER_OLD))
    assert issued.is_taken(OTHER, RowKey("a", OLD))
    assert not issued.is_taken(UUIDS.new_uid("instance", ""), RowKey("a", OLD))
    assert issued.obtain(RowKey("a", OLD), "instance", UUIDS, lambda _: False) == ONE


def test_the_row_of_a_uid_is_the_one_it_was_issued_for() -> None:
    issued = IssuedUids()
    row = RowKey("a", OLD, b"domain")
    new = issued.obtain(row, "instance", UUIDS, lambda _: False)
    assert issued.row_of(new, OLD) == row
    assert issued.row_of(new, OTHER_OLD) is None
    assert issued.row_of(OTHER, OLD) is None
    assert issued.issued_for(row) == new
    assert list(issued.rows()) == [(row, new)]
    again = IssuedUids()
    again.restore(issued.rows())
    assert again.obtain(row, "instance", UUIDS, lambda _: False) == new
    assert again.is_taken(new, RowKey("b", OLD))


def test_an_old_uid_is_found_by_its_kind_and_by_any_where_asked() -> None:
    earlier = earlier_uids([_entry(OLD, ONE, "series"), _entry("", OTHER)])
    assert earlier.find(OLD, "series", any_kind=False) == ONE
    assert earlier.find(OLD, "instance", any_kind=False) is None
    assert earlier.find(OLD, "instance", any_kind=True) == ONE
    assert earlier.find(OTHER_OLD, "instance", any_kind=True) is None
    assert earlier.by_old.keys() == {OLD}


def test_one_old_uid_that_became_several_is_refused_when_it_is_asked_for() -> None:
    earlier = earlier_uids([_entry(OLD, ONE, scope="occurrences"), _entry(OLD, OTHER, scope="occurrences")])
    with pytest.raises(UsageError, match="several new ones"):
        earlier.find(OLD, "instance", any_kind=False)


@pytest.mark.parametrize(
    "entries",
    [
        [_entry(OLD, ONE), _entry(OTHER_OLD, ONE)],
        [_entry(OLD, ONE), _entry(OLD, OTHER)],
        [_entry(OLD, "1.2.03")],
        [_entry(OLD, "1.2.840.10008.77")],
        [_entry("1.2.840.10008.1.2.1", ONE)],
    ],
)
def test_lists_that_cannot_be_true_are_refused(entries: list[MapEntry]) -> None:
    with pytest.raises(UsageError, match="The lists of old and new UIDs"):
        earlier_uids(entries)
