"""Numbers under an organization's root: each handed out once, for good."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from uidscope.core.errors import UsageError
from uidscope.core.uid.organization.number_request import NumberPreview, NumberRequest, hand_out, preview
from uidscope.core.uid.organization.organization import Organization, next_version_number
from uidscope.core.uid.organization.organization_changes import (
    HandedOut,
    give_installation,
    give_product,
    give_version,
    retire_installation,
    retire_product,
    retire_version,
    set_root,
)
from uidscope.core.uid.organization.organization_json import organization_from_json, organization_to_json
from uidscope.core.uid.syntax import is_well_formed

ROOT = "1.3.6.1.4.1.32473"
DAY = "2026-02-03"


def organization(root: str = ROOT) -> Organization:
    return set_root(Organization(), root)


def with_products(*names: str) -> Organization:
    made = organization()
    for name in names:
        made, _ = give_product(made, name, DAY)
    return made


def test_products_and_their_versions_are_numbered_from_one() -> None:
    made = with_products("Viewer", "Gateway")
    uids = []
    for product, version in (("Viewer", "1.0"), ("Viewer", "2.0 beta"), ("Gateway", "1.0")):
        made, handed_out = give_version(made, product, version, DAY)
        uids.append(handed_out.uid)
    assert uids == [f"{ROOT}.1.1.1", f"{ROOT}.1.1.2", f"{ROOT}.1.2.1"]
    assert made.next_product_number == 3
    assert next_version_number(made.products[0]) == 3


def test_what_has_a_number_keeps_it() -> None:
    made = with_products("Viewer")
    again, product = give_product(made, "VIEWER", DAY)
    assert again == made
    assert (product.uid, product.is_new) == (f"{ROOT}.1.1", False)
    made, first = give_version(made, "viewer", "1", DAY)
    again, second = give_version(made, "viewer", "1", DAY)
    assert again == made
    assert second.uid == first.uid
    assert product.remarks
    assert second.remarks


def test_a_retired_number_is_never_handed_out_again() -> None:
    made = retire_product(with_products("Viewer", "Gateway"), "Gateway")
    made, other = give_product(made, "Archive", DAY)
    made, same_name = give_product(made, "Gateway", DAY)
    assert (other.number, same_name.number) == ("3", "4")
    made, _ = give_version(made, "Viewer", "1", DAY)
    made = retire_version(made, "Viewer", "1")
    made, again = give_version(made, "Viewer", "1", DAY)
    assert again.number == "2"
    assert made.product("Gateway") == made.products[3]


def test_a_retired_product_gets_no_version() -> None:
    made = retire_product(with_products("Viewer"), "Viewer")
    with pytest.raises(UsageError, match="was retired"):
        give_version(made, "Viewer", "1", DAY)


@pytest.mark.parametrize(
    ("serial", "root"), [("372764", f"{ROOT}.2.372764"), ("0372764", f"{ROOT}.2.0.10372764")]
)
def test_an_installation_has_a_root_of_its_own(serial: str, root: str) -> None:
    made, handed_out = give_installation(organization(), serial, DAY)
    assert (handed_out.uid, handed_out.remarks) == (root, ())
    assert [installation.serial for installation in made.installations] == [serial]


def test_a_clone_is_warned_about() -> None:
    made, _ = give_installation(organization(), "77", DAY)
    again, clone = give_installation(made, "77", DAY)
    assert again == made
    assert not clone.is_new
    assert "clone" in clone.remarks[0]


def test_serial_numbers_that_look_alike_are_two_and_said_to_be() -> None:
    made, first = give_installation(organization(), "0077", DAY)
    made, second = give_installation(made, "77", DAY)
    assert first.uid != second.uid
    assert "looks like" in second.remarks[0]


def test_a_serial_number_may_be_given_a_shorter_number() -> None:
    made, handed_out = give_installation(organization(), "WARD-B-00017", DAY, number="5")
    assert handed_out.uid == f"{ROOT}.2.5"
    for serial, number in (("5", ""), ("other", "5"), ("other", "0"), ("other", "05"), ("other", "1.2")):
        with pytest.raises(UsageError):
            give_installation(made, serial, DAY, number)
    with pytest.raises(UsageError, match="has the number 5 already"):
        give_installation(made, "WARD-B-00017", DAY, "6")


def test_a_retired_serial_number_is_refused() -> None:
    made, _ = give_installation(organization(), "77", DAY)
    made = retire_installation(made, "77")
    with pytest.raises(UsageError, match="never handed out again"):
        give_installation(made, "77", DAY)
    with pytest.raises(UsageError, match="in use"):
        retire_installation(made, "77")


def test_the_root_stays_once_a_number_was_handed_out() -> None:
    made = set_root(organization("1.3.6.1.4.1.99999"), ROOT)
    assert made.root == ROOT
    made, _ = give_product(made, "Viewer", DAY)
    assert set_root(made, ROOT) == made
    with pytest.raises(UsageError, match="so it stays"):
        set_root(retire_product(made, "Viewer"), "1.3.6.1.4.1.99999")


def test_a_long_root_leaves_an_installation_little_room_and_that_is_said() -> None:
    _, handed_out = give_installation(organization("1.2.826.0.1.3680043.10.12345"), "A0372764", DAY)
    assert "too few" in handed_out.remarks[0]


@pytest.mark.parametrize("length", [60, 61, 62, 63, 64])
def test_no_uid_is_longer_than_it_may_be(length: int) -> None:
    root = "2.16.756." + "9" * (length - len("2.16.756."))
    for give in (
        lambda made: give_product(made, "Viewer", DAY),
        lambda made: give_installation(made, "77", DAY),
    ):
        try:
            _, handed_out = give(organization(root))
        except UsageError as error:
            assert "at most 64" in str(error)  # noqa: PT017 - either is right, by the length
        else:
            assert len(handed_out.uid) <= 62


@pytest.mark.parametrize(
    "request_",
    [
        lambda made: set_root(made, "1.2.840.10008.1"),
        lambda made: set_root(made, ""),
        lambda made: give_product(made, "", DAY),
        lambda made: give_product(made, " x", DAY),
        lambda made: give_product(made, "a\nb", DAY),
        lambda made: give_product(made, "a\u202eb", DAY),
        lambda made: give_product(made, "x" * 65, DAY),
        lambda made: give_version(made, "Nothing", "1", DAY),
        lambda made: give_version(made, "Viewer", "", DAY),
        lambda made: give_installation(made, "ä", DAY),
        lambda made: retire_product(made, "Nothing"),
        lambda made: retire_version(made, "Viewer", "1"),
        lambda made: retire_version(made, "Nothing", "1"),
        lambda made: retire_installation(made, "1"),
        lambda _: give_product(Organization(), "Viewer", DAY),
        lambda _: give_installation(Organization(), "77", DAY),
    ],
)
def test_what_is_off_is_refused_in_one_sentence(request_: Callable[[Organization], object]) -> None:
    with pytest.raises(UsageError) as raised:
        request_(with_products("Viewer"))
    assert str(raised.value).endswith(".")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("request_", "uid"),
    [
        (NumberRequest("product", ""), f"{ROOT}.1.2"),
        (NumberRequest("product", "Gateway"), f"{ROOT}.1.2"),
        (NumberRequest("product", "Viewer"), f"{ROOT}.1.1"),
        (NumberRequest("version", "", "Viewer"), f"{ROOT}.1.1.1"),
        (NumberRequest("version", "2.0", "Viewer"), f"{ROOT}.1.1.1"),
        (NumberRequest("version", "", "Nothing"), ""),
        (NumberRequest("installation", ""), ""),
        (NumberRequest("installation", "07"), f"{ROOT}.2.0.107"),
        (NumberRequest("installation", "07", number="7"), f"{ROOT}.2.7"),
    ],
)
def test_what_a_request_would_get_is_what_it_gets(request_: NumberRequest, uid: str) -> None:
    made = with_products("Viewer")
    assert preview(made, request_) == NumberPreview(uid, preview(made, request_).remarks)
    if request_.name:
        _, handed_out = hand_out(made, request_, DAY)
        assert (handed_out.uid, handed_out.remarks) == (uid, preview(made, request_).remarks)


def test_a_request_that_is_refused_says_why_before() -> None:
    made = with_products("Viewer")
    for request_ in (NumberRequest("installation", "ä"), NumberRequest("version", "1", "Nothing")):
        previewed = preview(made, request_)
        assert previewed.uid == ""
        with pytest.raises(UsageError) as raised:
            hand_out(made, request_, DAY)
        assert str(raised.value) == previewed.refusal
    assert preview(Organization(), NumberRequest("product", "")) == NumberPreview("")


NAMES = st.sampled_from(["Viewer", "viewer", "Gateway", "=1+1", "Ärchiv"])
SERIALS = st.sampled_from(["7", "07", "007", "A7", "a7", "70", "0"])


class AnyUse(RuleBasedStateMachine):
    """Whatever is asked for in whatever order, a UID is new at most once."""

    def __init__(self) -> None:
        super().__init__()
        self.organization = Organization()
        self.handed_out: list[str] = []

    @initialize()
    def root(self) -> None:
        self.organization = organization()

    @rule(name=NAMES)
    def product(self, name: str) -> None:
        self.ask(lambda made: give_product(made, name, DAY))

    @rule(name=NAMES, version=NAMES)
    def version(self, name: str, version: str) -> None:
        self.ask(lambda made: give_version(made, name, version, DAY))

    @rule(serial=SERIALS, number=st.sampled_from(["", "7", "8", "70"]))
    def installation(self, serial: str, number: str) -> None:
        self.ask(lambda made: give_installation(made, serial, DAY, number))

    @rule(name=NAMES)
    def product_goes(self, name: str) -> None:
        self.retire(lambda made: retire_product(made, name))

    @rule(name=NAMES, version=NAMES)
    def version_goes(self, name: str, version: str) -> None:
        self.retire(lambda made: retire_version(made, name, version))

    @rule(serial=SERIALS)
    def installation_goes(self, serial: str) -> None:
        self.retire(lambda made: retire_installation(made, serial))

    @invariant()
    def each_is_new_once_and_all_is_kept(self) -> None:
        assert len(set(self.handed_out)) == len(self.handed_out)
        assert organization_from_json(organization_to_json(self.organization)) == self.organization

    def ask(self, change: Callable[[Organization], tuple[Organization, HandedOut]]) -> None:
        try:
            changed, handed_out = change(self.organization)
        except UsageError:
            return
        assert is_well_formed(handed_out.uid)
        assert handed_out.is_new == (changed != self.organization) == (handed_out.uid not in self.handed_out)
        if handed_out.is_new:
            self.handed_out.append(handed_out.uid)
        self.organization = changed

    def retire(self, change: Callable[[Organization], Organization]) -> None:
        try:
            self.organization = change(self.organization)
        except UsageError:
            return


AnyUse.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestAnyUse = AnyUse.TestCase
