import pytest

from uidscope.core.errors import UidscopeError, UsageError
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.uid.schemes import Budget, Scheme, SchemeOptions, make_scheme
from uidscope.core.uid.syntax import judge_value


def repeating(*values: str) -> Scheme:
    """A scheme that gives these values one after another, the last for ever."""
    left = [*values]
    return Scheme("repeating", Budget(0, 0, 0, 0), lambda _: left.pop(0) if len(left) > 1 else left[0])


def nothing(uid: str) -> bool:
    return False


UUIDS = make_scheme(SchemeOptions())
KEY = RowKey("one", "1.2.840.1")


def test_a_key_is_issued_once() -> None:
    issued = IssuedUids()
    new = issued.obtain(KEY, "series", UUIDS, nothing)
    assert issued.obtain(KEY, "series", UUIDS, nothing) == new
    assert new in issued
    assert judge_value(new, writing=True) == ()


@pytest.mark.parametrize(
    "other",
    [
        RowKey("two", "1.2.840.1"),
        RowKey("one", "1.2.840.2"),
        RowKey("one", "1.2.840.1", b"role:series"),
    ],
)
def test_another_intention_value_or_domain_gets_another_uid(other: RowKey) -> None:
    issued = IssuedUids()
    assert issued.obtain(KEY, "series", UUIDS, nothing) != issued.obtain(other, "series", UUIDS, nothing)


@pytest.mark.parametrize(
    "refused", ["1.2.840.01.5", "2.25.5", "1", "", "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.9.9"]
)
def test_a_value_that_must_not_be_written_is_never_issued(refused: str) -> None:
    scheme = repeating(refused, "1.3.6.1.4.1.32473.7")
    assert IssuedUids().obtain(KEY, "series", scheme, nothing) == "1.3.6.1.4.1.32473.7"


def test_a_loaded_value_is_never_issued() -> None:
    scheme = repeating("1.3.6.1.4.1.32473.6", "1.3.6.1.4.1.32473.7")
    new = IssuedUids().obtain(KEY, "series", scheme, lambda uid: uid.endswith(".6"))
    assert new == "1.3.6.1.4.1.32473.7"


def test_an_issued_value_is_never_issued_again() -> None:
    issued = IssuedUids()
    scheme = repeating("1.3.6.1.4.1.32473.6", "1.3.6.1.4.1.32473.6", "1.3.6.1.4.1.32473.7")
    assert issued.obtain(KEY, "series", scheme, nothing) == "1.3.6.1.4.1.32473.6"
    assert issued.obtain(RowKey("one", "1.9"), "series", scheme, nothing) == "1.3.6.1.4.1.32473.7"


def test_a_scheme_that_makes_nothing_new_ends_in_one_sentence() -> None:
    scheme = repeating("1.3.6.1.4.1.32473.6")
    with pytest.raises(UidscopeError, match="“repeating”"):
        IssuedUids().obtain(KEY, "series", scheme, lambda uid: True)


def test_the_keyed_scheme_finds_another_value_where_its_first_is_issued() -> None:
    scheme = make_scheme(SchemeOptions("keyed", key=b"k" * 32))
    issued = IssuedUids()
    first = issued.obtain(KEY, "series", scheme, lambda _: False)
    again = issued.obtain(KEY._replace(intention="two"), "series", scheme, lambda _: False)
    assert first == scheme.new_uid("series", "1.2.840.1")
    assert again == scheme.new_uid("series", "1.2.840.1", attempt=1)


def test_the_keyed_scheme_makes_no_second_value_for_what_is_loaded() -> None:
    scheme = make_scheme(SchemeOptions("keyed", key=b"k" * 32))
    first = scheme.new_uid("series", "1.2.840.1")
    with pytest.raises(UsageError, match="done before"):
        IssuedUids().obtain(KEY, "series", scheme, lambda uid: uid == first)
