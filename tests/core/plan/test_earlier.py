"""The next delivery: what earlier exports made of an old UID is made of it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Study, ct_series, key_object
from tests.core.plan.carried_out import carry_out, derive, loaded, numbered, selecting, write_files
from uidscope.core.errors import UsageError
from uidscope.core.plan.earlier import earlier_uids
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.uid.schemes import SchemeOptions, make_scheme

ONE = Study(1)
KEYED = make_scheme(SchemeOptions("keyed", key=b"k" * 32))


def entry(old: str, new: str, kind: str = "instance", scope: str = "all") -> MapEntry:
    return MapEntry(old, new, kind, scope, "copy", 1)


@pytest.mark.parametrize("kind", ["instances", "derived-series", "copy", "pseudonymous"])
def test_a_second_delivery_gives_the_same_uids(tmp_path: Path, kind: str) -> None:
    images = ct_series(4)
    with loaded(write_files(tmp_path / "first", numbered(images[:2]))) as catalog:
        first = list(derive(catalog, selecting(kind)).entries())
    second_delivery = numbered([*images, key_object(images)])
    with loaded(write_files(tmp_path / "second", second_delivery)) as catalog:
        issued = IssuedUids(earlier_uids(first))
        uid_map = derive(catalog, selecting(kind), issued=issued)
        again = {(each.old, each.kind): each.new for each in uid_map.entries()}
        assert {(each.old, each.kind): each.new for each in first}.items() <= again.items()
        assert len(set(again.values())) == len(again)
        outcome = carry_out(catalog, uid_map, tmp_path)
    assert len({outcome.dataset(name).StudyInstanceUID for name in outcome.files}) == 1


@pytest.mark.parametrize("kind", ["instances", "derived-series", "copy", "pseudonymous"])
def test_a_key_gives_the_same_uids_without_a_list(tmp_path: Path, kind: str) -> None:
    images = ct_series(3)
    maps = []
    for folder, some in (("a", images[:2]), ("b", images[::-1])):
        with loaded(write_files(tmp_path / folder, numbered(some))) as catalog:
            maps.append(derive(catalog, selecting(kind), scheme=KEYED))
    first, second = ({each.old: each.new for each in uid_map.entries()} for uid_map in maps)
    assert first.items() <= second.items()


def test_each_derivation_has_its_own_uids(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(ct_series(2)))) as catalog:
        news = []
        for number in (1, 2, 1):
            intention = selecting("derived-series", derivation=number)
            news.append({each.new for each in derive(catalog, intention, scheme=KEYED).entries()})
    assert news[0] == news[2]
    assert news[0].isdisjoint(news[1])


@pytest.mark.parametrize("kind", ["derived-series", "copy"])
def test_what_is_loaded_beside_what_was_made_of_it_is_refused(tmp_path: Path, kind: str) -> None:
    images = ct_series(2)
    with loaded(write_files(tmp_path / "s", numbered(images))) as catalog:
        made = carry_out(catalog, derive(catalog, selecting(kind), scheme=KEYED), tmp_path)
    both = {**numbered(images), **{f"made/{name}": content for name, content in made.files.items()}}
    selected = ("series", ONE.uid(2))
    with loaded(write_files(tmp_path / "both", both)) as catalog:
        with pytest.raises(UsageError, match="done before"):
            derive(catalog, selecting(kind, selected), scheme=KEYED)
        earlier = earlier_uids(made.uid_map.entries())
        with pytest.raises(UsageError, match="done before"):
            derive(catalog, selecting(kind, selected), issued=IssuedUids(earlier))


def test_a_derivation_number_goes_with_derived_series_only() -> None:
    with pytest.raises(UsageError, match="derived-series"):
        selecting("copy", derivation=2)


def test_lists_are_put_together(tmp_path: Path) -> None:
    first, second = ct_series(2)
    lists = [entry(first.SOPInstanceUID, "1.2.5.1"), entry(first.SOPInstanceUID, "1.2.5.1")]
    lists += [
        entry(second.SOPInstanceUID, "1.2.5.2"),
        entry(ONE.uid(), "1.2.5.3", "study"),
        entry("", "1.2.5.4"),
    ]
    with loaded(write_files(tmp_path / "s", numbered([first, second]))) as catalog:
        uid_map = derive(catalog, selecting("copy"), issued=IssuedUids(earlier_uids(lists)))
        news = {each.old: each.new for each in uid_map.entries()}
    assert news[first.SOPInstanceUID] == "1.2.5.1"
    assert news[second.SOPInstanceUID] == "1.2.5.2"
    assert news[ONE.uid()] == "1.2.5.3"


@pytest.mark.parametrize(
    "entries",
    [
        [entry("1.2.9.1", "1.2.5.1"), entry("1.2.9.1", "1.2.5.2")],
        [entry("1.2.9.1", "1.2.5.1"), entry("1.2.9.2", "1.2.5.1")],
        [entry("1.2.9.1", "1.2.05.1")],
        [entry("1.2.9.1", "1.2.840.10008.9")],
        [entry("1.2.840.10008.1.4.1.1", "1.2.5.1")],
    ],
)
def test_conflicts_are_refused_in_a_sentence(entries: list[MapEntry]) -> None:
    with pytest.raises(UsageError) as raised:
        earlier_uids(entries)
    assert "1.2." in str(raised.value)
    assert "\n" not in str(raised.value)


def test_what_became_several_is_refused_where_it_is_needed(tmp_path: Path) -> None:
    several = [
        entry(ONE.uid(2), "1.2.5.1", "series", "occurrences"),
        entry(ONE.uid(2), "1.2.5.2", "series", "occurrences"),
    ]
    issued = IssuedUids(earlier_uids(several))
    with loaded(write_files(tmp_path / "s", numbered(ct_series(1)))) as catalog:
        derive(catalog, selecting("instances"), issued=issued)
        with pytest.raises(UsageError, match="several new ones"):
            derive(catalog, selecting("copy"), issued=issued)


def test_two_steps_over_different_lists_share_no_uid(tmp_path: Path) -> None:
    """A second copy of the same study cannot have the UIDs of the first."""
    with loaded(write_files(tmp_path / "s", numbered(ct_series(1)))) as catalog:
        issued = IssuedUids(earlier_uids([entry(ONE.uid(), "1.2.5.1", "study")]))
        news = [
            {each.new for each in derive(catalog, selecting("copy"), issued=issued).entries()} for _ in "12"
        ]
    assert "1.2.5.1" in news[0]
    assert news[0].isdisjoint(news[1])
