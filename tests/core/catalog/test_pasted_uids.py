"""UIDs out of a log, found in the catalog by whatever they may mean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.judge.scene import CT, FRAME, ROOT, SERIES, STUDY, an_object, instance, loaded, reference
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.pasted_uids import find_pasted
from uidscope.core.catalog.store import Catalog

GUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
DOTNET = "2.25.231696470630052983327088754240679472118"
SPACED = f"{ROOT}.4 .9"


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    records = [
        an_object("1", instance(1), references=[reference(f"{ROOT}.8.8")]),
        an_object("2", SPACED),
        an_object("3", DOTNET),
    ]
    with loaded(records) as made:
        yield made


def test_every_uid_is_in_one_list(catalog: Catalog) -> None:
    text = "\n".join([instance(1), STUDY, f"{ROOT}.4.77", f"{ROOT}.8.8", FRAME, CT, instance(1)])
    result = find_pasted(catalog, text)
    assert [placed.pasted.uid for placed in result.found] == [instance(1), STUDY]
    assert [each.uid for each in result.not_found] == [f"{ROOT}.4.77"]
    assert [each.uid for each in result.mentioned] == [f"{ROOT}.8.8", FRAME]
    assert [each.uid for each in result.registered] == [CT]


def test_places_are_those_of_the_uid(catalog: Catalog) -> None:
    result = find_pasted(catalog, f"{STUDY} {SERIES}")
    assert [list(placed.nodes) for placed in result.found] == [
        nodes_with_uid(catalog, STUDY),
        nodes_with_uid(catalog, SERIES),
    ]
    assert result.nodes == (*nodes_with_uid(catalog, STUDY), *nodes_with_uid(catalog, SERIES))


@pytest.mark.parametrize(
    ("text", "uid"),
    [(f'"{SPACED}"', SPACED), (f"'{STUDY} '", STUDY), (f"'{STUDY[:8]} {STUDY[8:]}'", STUDY), (GUID, DOTNET)],
)
def test_it_is_found_by_what_the_file_says(catalog: Catalog, text: str, uid: str) -> None:
    assert find_pasted(catalog, text).nodes == tuple(nodes_with_uid(catalog, uid))


def test_an_empty_text_finds_nothing(catalog: Catalog) -> None:
    assert find_pasted(catalog, "") == ((), (), (), ())
