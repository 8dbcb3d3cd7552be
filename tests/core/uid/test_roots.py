"""Owners of roots."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.uid.resource_files import read_table
from uidscope.core.uid.roots import owner_of
from uidscope.core.uid.syntax import judge_value

ROOTS = [row["root"] for row in read_table("uid_roots")]


@pytest.mark.parametrize("root", ROOTS)
def test_a_known_root_is_its_own_and_that_of_what_lies_below(root: str) -> None:
    for uid in (root, f"{root}.987654321"):
        owner = owner_of(uid)
        assert owner is not None
        assert owner.root == root
        assert owner.owner
        assert owner.basis in ("documented", "observed", "unverified")


def test_the_longest_root_counts() -> None:
    uid = "1.2.826.0.1.3680043.8.498.1.2"
    owner = owner_of(uid)
    assert owner is not None
    assert (owner.root, owner.owner) == ("1.2.826.0.1.3680043.8.498", "pydicom")


@pytest.mark.parametrize("uid", ["1.2.840.1136190", "1.2.840", "", ".", "9.9", "x"])
def test_others_have_no_known_owner(uid: str) -> None:
    assert owner_of(uid) is None


@given(st.sampled_from(ROOTS), st.lists(st.integers(min_value=0, max_value=9999), max_size=5))
def test_a_root_fits_part_by_part(root: str, rest: list[int]) -> None:
    uid = ".".join([root, *map(str, rest)])
    owner = owner_of(uid)
    assert owner is not None
    assert f"{uid}.".startswith(f"{owner.root}.")
    assert len(owner.root) >= len(root)


def test_roots_are_well_formed() -> None:
    assert len(set(ROOTS)) == len(ROOTS)
    assert all(judge_value(root) in ((), ("UID-S17",)) for root in ROOTS)
