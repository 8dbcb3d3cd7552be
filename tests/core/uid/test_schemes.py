"""The schemes that make new UIDs."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import pathlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.errors import UsageError
from uidscope.core.uid.schemes import (
    SCHEME_NAMES,
    Scheme,
    SchemeOptions,
    derivation_domain,
    duplicate_domain,
    make_scheme,
    role_domain,
    validate_root,
)
from uidscope.core.uid.syntax import has_uuid_bits, is_well_formed, judge_value, uuid_number
from uidscope.core.uid.timed_schemes import (
    ProcessNumber,
    SteadyClock,
    make_date_counter_scheme,
    make_installation_scheme,
    make_long_scheme,
)

DATA = pathlib.Path(__file__).parent / "data"
KEY = b"k" * 32
ROOT = "1.2.826.0.1.3680043.77"
KINDS = ("study", "series", "instance", "frame_of_reference")
LONGEST_ROOTS = {
    "root-random": 32,
    "root-uuid": 24,
    "date-counter": 27,
    "long": 23,
    "installation": 33,
    "keyed": 32,
}


def options(name: str, root: str | None = None) -> SchemeOptions:
    """Options that suit the scheme."""
    default = "" if name == "uuid" else ROOT
    return SchemeOptions(
        name, default if root is None else root, serial="7", key=KEY if name == "keyed" else None
    )


def root_of(length: int) -> str:
    """A root of this length that nobody is known to own."""
    return "2.16.756." + "9" * (length - len("2.16.756."))


def clock_at(*seconds: float) -> Callable[[], int]:
    """A clock that shows these times, the last for ever."""
    times = [round(second * 1e9) for second in seconds]
    return lambda: times.pop(0) if len(times) > 1 else times[0]


@pytest.mark.parametrize("name", SCHEME_NAMES)
def test_what_a_scheme_makes_passes_every_rule_and_is_new(name: str) -> None:
    scheme = make_scheme(options(name))
    made = [
        scheme.new_uid(kind, f"1.2.840.{at}")
        for at in range(500)
        for kind in KINDS[: 1 + 3 * (name != "keyed")]
    ]
    assert len(set(made)) == len(made)
    for uid in made:
        assert judge_value(uid, writing=True) == ()
        assert len(uid) <= scheme.budget.longest


@pytest.mark.parametrize("name", SCHEME_NAMES)
def test_threads_never_get_the_same(name: str) -> None:
    scheme = make_scheme(options(name))

    def work(thread: int) -> list[str]:
        return [scheme.new_uid("instance", f"1.2.{thread}.{at}") for at in range(300)]

    with ThreadPoolExecutor(8) as pool:
        made = [uid for uids in pool.map(work, range(8)) for uid in uids]
    assert len(set(made)) == len(made) == 2400


def _make(name: str, number: int) -> list[str]:
    scheme = make_scheme(options(name))
    return [scheme.new_uid("instance", f"1.2.{os.getpid()}.{at}") for at in range(number)]


@pytest.mark.parametrize("name", SCHEME_NAMES)
def test_processes_never_get_the_same(name: str) -> None:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        works = [pool.submit(_make, name, 1000) for _ in range(4)]
        made = [uid for work in works for uid in work.result(timeout=60)]
    if name == "keyed":  # the same old UIDs in one process: the same new ones
        assert len(set(made)) in (1000, 2000)
    else:
        assert len(set(made)) == len(made) == 4000


@pytest.mark.parametrize(
    ("name", "make", "per_second"),
    [
        ("date-counter", make_date_counter_scheme, 1000),
        ("installation", make_installation_scheme, 1000),
        ("long", make_long_scheme, 1),
    ],
)
@given(st.lists(st.integers(min_value=0, max_value=3000), min_size=2, max_size=40), st.booleans())
def test_a_clock_that_steps_back_makes_nothing_twice(
    name: str,
    make: Callable[[SchemeOptions, SteadyClock], Scheme],
    per_second: int,
    shown: list[int],
    whole_seconds: bool,
) -> None:
    times = iter([at * (10**9 if whole_seconds else 10**6) for at in shown])
    scheme = make(options(name), SteadyClock(per_second, 3, lambda: next(times)))
    made = [scheme.new_uid("instance", "") for _ in shown]
    assert len(set(made)) == len(made)
    assert all(is_well_formed(uid) for uid in made)


FIELDS = st.sampled_from(["", "0", "7", "42", "99999"])


@given(
    st.builds(
        SchemeOptions, st.just("long"), st.just("2.16.756.99"), study=FIELDS, series=FIELDS, image=FIELDS
    )
)
def test_each_field_of_the_long_form_can_be_given(wanted: SchemeOptions) -> None:
    scheme = make_scheme(wanted)
    made = [scheme.new_uid(kind, "") for _ in range(20) for kind in KINDS]
    assert len(set(made)) == len(made)
    for uid in made:
        assert len(uid) <= scheme.budget.longest <= 64
        assert is_well_formed(uid)
        fields = uid.removeprefix("2.16.756.99.1.1.1.").split(".")
        assert len(fields) == 5
        for field, given_ in zip(fields, (wanted.study, wanted.series, wanted.image), strict=False):
            assert given_ in ("", field)


@pytest.mark.parametrize("name", SCHEME_NAMES)
def test_two_schemes_of_the_same_name_do_not_meet(name: str) -> None:
    one, other = make_scheme(options(name)), make_scheme(options(name))
    made = [scheme.new_uid("series", f"1.2.{at}") for at in range(200) for scheme in (one, other)]
    assert len(set(made)) == (200 if name == "keyed" else 400)


@pytest.mark.parametrize(("name", "longest"), LONGEST_ROOTS.items())
def test_a_root_that_just_fits_is_taken_and_one_more_character_is_refused(name: str, longest: int) -> None:
    scheme = make_scheme(options(name, root_of(longest)))
    assert scheme.budget.longest <= 64
    assert scheme.budget.remains == 64 - scheme.budget.longest
    assert scheme.budget.root == scheme.budget.longest_root == longest
    for at in range(50):
        uid = scheme.new_uid("instance", f"1.2.{at}")
        assert len(uid) <= 64
        assert uid.startswith(root_of(longest) + ".")
    with pytest.raises(UsageError, match=rf"at most {longest} characters fits") as raised:
        make_scheme(options(name, root_of(longest + 1)))
    assert f"{64 - longest - 2} digits remain" in str(raised.value)


@given(st.sampled_from(sorted(LONGEST_ROOTS)), st.integers(min_value=10, max_value=63))
def test_a_root_is_never_cut(name: str, length: int) -> None:
    root = root_of(length)
    try:
        uid = make_scheme(options(name, root)).new_uid("instance", "1.2.3")
    except UsageError:
        assert length > LONGEST_ROOTS[name]
    else:
        assert uid.startswith(root + ".")
        assert judge_value(uid, writing=True) == ()


def test_the_default_is_a_random_uuid() -> None:
    uid = make_scheme(SchemeOptions()).new_uid("study", "1.2.3")
    number = uuid_number(uid)
    assert number is not None
    assert has_uuid_bits(number)
    assert number >> 76 & 15 == 4


@pytest.mark.parametrize(
    "wrong",
    [
        SchemeOptions("nothing"),
        SchemeOptions("uuid", root=ROOT),
        SchemeOptions("root-random"),
        SchemeOptions("root-uuid", root="1.2.840.10008.77"),
        SchemeOptions("root-random", root="2.25"),
        SchemeOptions("root-random", root="2.25.7"),
        SchemeOptions("root-random", root="1.2.03"),
        SchemeOptions("root-random", root="1.2.3."),
        SchemeOptions("root-random", root="3.4.5"),
        SchemeOptions("root-random", root="1.2.x"),
        SchemeOptions("date-counter", root="1.2.999.999.99"),
        SchemeOptions("installation", root=ROOT),
        SchemeOptions("installation", root=ROOT, serial="007"),
        SchemeOptions("installation", root=ROOT, serial="A7"),
        SchemeOptions("long", root=ROOT, product="01"),
        SchemeOptions("long", root=ROOT, version="1..2"),
        SchemeOptions("long", root=ROOT, site="-1"),
        SchemeOptions("keyed"),
        SchemeOptions("keyed", key=b"short"),
        SchemeOptions("keyed", key=KEY, root="1.2.x"),
    ],
)
def test_options_that_are_off_are_refused_in_one_sentence(wrong: SchemeOptions) -> None:
    with pytest.raises(UsageError) as raised:
        make_scheme(wrong)
    assert str(raised.value).endswith(".")
    assert "\n" not in str(raised.value)


def test_the_key_is_not_shown() -> None:
    assert "kkkk" not in repr(SchemeOptions("keyed", key=KEY))
    assert "kkkk" not in repr(make_scheme(SchemeOptions("keyed", key=KEY)))


def test_the_keyed_scheme_gives_the_published_values() -> None:
    vectors = json.loads((DATA / "deterministic_vectors.json").read_text(encoding="utf-8"))
    scheme = make_scheme(SchemeOptions("keyed", key=bytes.fromhex(vectors["secret_hex"])))
    for vector in vectors["vectors"]:
        made = scheme.new_uid("instance", vector["uid"], vector["role"].encode())
        assert made == vector["out"]
        assert made == scheme.new_uid("series", vector["uid"])


@pytest.mark.parametrize("root", ["", ROOT])
def test_the_keyed_scheme_repeats_itself_and_tells_domains_apart(root: str) -> None:
    scheme = make_scheme(SchemeOptions("keyed", root, key=KEY))
    again = make_scheme(SchemeOptions("keyed", root, key=KEY))
    stranger = make_scheme(SchemeOptions("keyed", root, key=b"x" * 32))
    old = "1.2.840.113619.2.1"
    domains = [
        b"uid",
        derivation_domain(1),
        derivation_domain(2),
        role_domain("series"),
        duplicate_domain("ab"),
    ]
    made = [scheme.new_uid("series", old, domain) for domain in domains]
    assert made == [again.new_uid("study", old, domain) for domain in domains]
    made += [scheme.new_uid("series", old, attempt=attempt) for attempt in (1, 2, 256)]
    made.append(stranger.new_uid("series", old))
    assert len(set(made)) == len(made)


@given(st.text(max_size=64))
def test_the_keyed_scheme_takes_any_old_text(old: str) -> None:
    for root in ("", ROOT):
        scheme = make_scheme(SchemeOptions("keyed", root, key=KEY))
        assert judge_value(scheme.new_uid("instance", old), writing=True) == ()


@given(st.lists(st.integers(min_value=0, max_value=5000), min_size=1, max_size=60), st.integers(1, 4))
def test_a_tick_is_used_once_and_never_lies_behind(shown: list[int], most: int) -> None:
    times = iter([milliseconds * 1_000_000 for milliseconds in shown])
    clock = SteadyClock(1000, most, lambda: next(times))
    ticks = [clock.next_tick() for _ in shown]
    assert ticks == sorted(set(ticks))
    assert all(1 <= tick.counter <= most for tick in ticks)
    assert all(tick.at >= milliseconds for tick, milliseconds in zip(ticks, shown, strict=True))


def test_the_date_stands_in_utc_and_without_zeros_in_front() -> None:
    moment = dt.datetime(2024, 1, 2, 3, 4, 5, 6000, tzinfo=dt.UTC).timestamp()
    clock = SteadyClock(1000, 999, clock_at(moment, moment - 3600))
    scheme = make_date_counter_scheme(SchemeOptions("date-counter", ROOT), clock)
    first, second = (scheme.new_uid("instance", "")[len(ROOT) + 1 :].split(".", 1) for _ in range(2))
    assert first[1] == "2024.1.2.3.4.5.6.1"
    assert second[1] == "2024.1.2.3.4.5.6.2"
    assert first[0] == second[0]


def test_an_installation_has_its_own_root() -> None:
    scheme = make_scheme(SchemeOptions("installation", ROOT, serial="372764"))
    for kind, number in (("study", 1), ("series", 2), ("instance", 3), ("frame_of_reference", 4)):
        assert scheme.new_uid(kind, "").startswith(f"{ROOT}.2.372764.{number}.")


def test_the_long_form_begins_with_product_version_and_site() -> None:
    scheme = make_scheme(SchemeOptions("long", "1.2.752.77", product="4", version="2.1", site="9"))
    parts = scheme.new_uid("study", "").removeprefix("1.2.752.77.").split(".")
    assert parts[:7] == ["4", "2", "1", "9", "1", "0", parts[6]]
    assert len(parts[7]) == 14
    assert len(parts) == 9


def test_a_process_keeps_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    number = ProcessNumber(8)
    mine = number.value()
    assert 1 <= mine < 10**8
    assert number.value() == mine
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert number.value() != mine


@pytest.mark.parametrize(
    "root", ["1.2.826.0.1.3680043.8.498", "1.2.826.0.1.3680043.10.511.3.4", "1.3.51", "1.2.276.0.7230010.3"]
)
def test_a_known_root_of_somebody_else_is_warned_about(root: str) -> None:
    (sentence,) = validate_root(root)
    assert "known as that of" in sentence
    make_scheme(SchemeOptions("root-random", root))


@pytest.mark.parametrize("root", ["1.2.826.0.1.3680043.10.123456", "1.3.6.1.4.1.99999999", "1.2.246.77.1"])
def test_a_root_of_ones_own_is_fine(root: str) -> None:
    assert validate_root(root) == ()


@pytest.mark.parametrize("root", ["1.2.826.0.1.3680043", "1.3.6.1.4.1", "1.2.840", "1.2.3.4", "2.999.1"])
def test_a_root_that_is_hardly_ones_own_is_warned_about(root: str) -> None:
    assert validate_root(root)
    make_scheme(SchemeOptions("root-random", root))


@given(st.text(max_size=70))
def test_any_root_gets_an_answer(root: str) -> None:
    assert all(sentence.endswith(".") for sentence in validate_root(root))
