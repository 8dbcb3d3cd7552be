"""What a map does to the places of the tree."""

from collections.abc import Iterator

import pytest

from tests.qt.synthetic_catalog import GrowingCatalog, record
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, NodeRow, children
from uidscope.core.plan.intention import IntentionKind, Plan, Selector, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.told.tree_changes import TreeChanges, tree_changes
from uidscope.core.uid.schemes import SchemeOptions, make_scheme


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    growing = GrowingCatalog()
    growing.add(record(number, study=study) for study in (1, 2) for number in (1, 2))
    yield growing.catalog
    growing.catalog.close()


def changes_of(catalog: Catalog, kind: IntentionKind, *selectors: Selector) -> TreeChanges:
    plan = Plan((new_intention(kind, selectors),))
    return tree_changes(catalog, derive_map(catalog, plan, IssuedUids(), make_scheme(SchemeOptions())))


def first_rows(catalog: Catalog) -> list[NodeRow]:
    """The first patient, its first study, and so on down to an image."""
    rows = [children(catalog, ROOT)[0]]
    while len(rows) < 4:
        rows.append(children(catalog, rows[-1].node)[0])
    return rows


def test_copy_of_a_study_gives_new_uids_at_every_level(catalog: Catalog) -> None:
    patient, study, series, image = first_rows(catalog)
    changes = changes_of(catalog, "copy", Selector("study", study.uid))  # type: ignore[union-attr]
    assert changes.changed.at(patient.node) == 2
    assert changes.new_uids(catalog, patient, None) == ()
    new = [
        changes.new_uids(catalog, row, above)
        for above, row in ((patient, study), (study, series), (series, image))
    ]
    assert [len(uids) for uids in new] == [1, 1, 1]
    assert len({uid for uids in new for uid in uids}) == 3
    assert new[2] == (changes.uid_map.instances[image.uid].new,)  # type: ignore[union-attr]


def test_what_is_not_selected_keeps_its_uids(catalog: Catalog) -> None:
    patient, study, _series, _image = first_rows(catalog)
    other = children(catalog, patient.node)[1]
    changes = changes_of(catalog, "instances", Selector("study", study.uid))  # type: ignore[union-attr]
    assert changes.changed.at(study.node) == 2
    assert changes.new_uids(catalog, study, patient) == ()
    assert changes.changed.at(other.node) == 0
    assert changes.new_uids(catalog, other, patient) == ()
