"""Children in the order of a column: the most telling first, what says nothing last, equals as always."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.catalog.records import a_catalog, a_record
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import LEVELS, ROOT, Node, child_ids, children, level_below, rows
from uidscope.core.catalog.tree_order import Order, SortKey

KEYS: tuple[SortKey, ...] = ("name", "status", "modality", "date", "number", "uid", "file")
SERIES = {
    # UID: number, modality, description, date
    "1.2.1": ("10", "MR", "beta", "20240103"),
    "1.2.2": ("9", "CT", "Alpha", ""),
    "1.2.3": ("", "", "", "20240101"),
    "1.2.4": ("2", "CT", "alpha", "20240102"),
}


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    """A study of four series; the third has an error, the first a warning about one of its images."""
    records = [
        a_record(
            f"{uid}.{number}",
            path=f"{9 - number}/{uid}.dcm",
            number=str(number),
            SeriesInstanceUID=uid,
            SeriesNumber=series_number,
            Modality=modality,
            SeriesDescription=description,
            SeriesDate=date,
        )
        for uid, (series_number, modality, description, date) in SERIES.items()
        for number in (1, 2, 3)
    ]
    with a_catalog(records) as catalog:
        keep_findings(
            catalog,
            [
                Finding("UID-S26", "warning", "instance", "1.2.1.2", "", "", (2,)),
                Finding("ENT-10", "error", "series", "1.2.3", "", "", (7, 8, 9)),
            ],
        )
        yield catalog


def only_study(catalog: Catalog) -> Node:
    return children(catalog, children(catalog, ROOT)[0].node)[0].node


def in_order(catalog: Catalog, node: Node, order: Order) -> list[str]:
    below = level_below(node)
    assert below is not None
    return [row.uid for row in rows(catalog, below, child_ids(catalog, node, order))]  # type: ignore[union-attr]  # series and instances have one


@pytest.mark.parametrize(
    ("key", "ascending", "descending"),
    [
        # Equal ones stay in their natural order, whatever the direction.
        ("name", "4213", "1423"),
        ("status", "3142", "4213"),
        ("modality", "4213", "1423"),
        ("date", "3412", "1432"),
        ("number", "4213", "1243"),
        ("uid", "1234", "4321"),
        ("file", "4213", "4213"),
    ],
)
def test_series_stand_by_what_a_column_says_and_those_without_it_last(
    catalog: Catalog, key: SortKey, ascending: str, descending: str
) -> None:
    found = [
        "".join(uid[-1] for uid in in_order(catalog, only_study(catalog), Order(key, way)))
        for way in (False, True)
    ]
    assert found == [ascending, descending]


def test_images_stand_by_file_number_and_gravity(catalog: Catalog) -> None:
    series = next(row.node for row in children(catalog, only_study(catalog)) if row.number == "10")  # type: ignore[union-attr]  # they are series
    assert [uid[-1] for uid in in_order(catalog, series, Order("file"))] == ["3", "2", "1"]
    assert [uid[-1] for uid in in_order(catalog, series, Order("number", True))] == ["3", "2", "1"]
    assert [uid[-1] for uid in in_order(catalog, series, Order("status"))] == ["2", "1", "3"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("AB"), st.sampled_from("12"), st.sampled_from("12"), st.text("0129 ", max_size=3)
        ),
        max_size=12,
    )
)
def test_every_order_holds_every_child_once(shape: list[tuple[str, str, str, str]]) -> None:
    records = [
        a_record(
            f"1.9.{at}",
            path=f"{at}.dcm",
            number=number,
            PatientID=patient,
            StudyInstanceUID=f"1.{patient}.{study}",
            SeriesInstanceUID=f"1.{patient}.{study}.{series}",
        )
        for at, (patient, study, series, number) in enumerate(shape)
    ]
    with a_catalog(records) as catalog:
        every = [ROOT]
        for level in LEVELS[:-1]:
            every += [
                Node(level, id_)
                for node in every
                if level_below(node) == level
                for id_ in child_ids(catalog, node)
            ]
        for node in every:
            for key in KEYS:
                for way in (False, True):
                    assert sorted(child_ids(catalog, node, Order(key, way))) == sorted(
                        child_ids(catalog, node)
                    )
