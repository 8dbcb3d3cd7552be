"""What varies from file to file makes no profile for each file, and is still seen to vary."""

from __future__ import annotations

from tests.core.judge.scene import MR, an_object, instance, judged, loaded
from uidscope.core.catalog.store import Catalog
from uidscope.core.read.record import FileRecord


def profiles(catalog: Catalog) -> int:
    (count,) = catalog.connection.execute("SELECT COUNT(*) FROM profile").fetchone()
    return int(count)


def images(count: int, **attributes: str) -> list[FileRecord]:
    """Images that have another Series Time each."""
    return [
        an_object(
            f"{number:03}",
            instance(number),
            SOPClassUID=MR,
            SeriesTime=f"10{number:04}",
            attributes=attributes,
        )
        for number in range(count)
    ]


def test_a_hundred_values_make_a_few_profiles() -> None:
    with loaded(images(100)) as catalog:
        assert 2 <= profiles(catalog) <= 20


def test_it_is_one_finding() -> None:
    found = judged(images(100))
    assert found.codes() == {"ENT-16"}
    assert found.one("ENT-16").attribute == "SeriesTime"


def test_what_differs_besides_is_still_found() -> None:
    last = an_object("last", instance(999), SOPClassUID=MR, SeriesTime="235959", InstitutionName="SOUTH")
    found = judged([*images(100, InstitutionName="NORTH"), last])
    institution = next(each for each in found.findings if each.attribute == "InstitutionName")
    assert found.files(institution) == {"last"}


def test_what_the_tree_shows_is_never_settled() -> None:
    records = [
        an_object(f"{number}", instance(number), SeriesDescription=f"description {number}")
        for number in range(60)
    ]
    with loaded(records) as catalog:
        assert profiles(catalog) == 60


def test_a_few_values_are_kept_as_they_are() -> None:
    with loaded([*images(5), *images(5)]) as catalog:
        assert profiles(catalog) == 5
