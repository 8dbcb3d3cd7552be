import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Study, ct_series, rt_set
from tests.core.plan.carried_out import loaded, numbered, write_files
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.lookup import display_paths, occurrences_below
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, Node, children
from uidscope.core.errors import UsageError
from uidscope.core.plan.intention import Selector
from uidscope.core.plan.selection import select, selectors_for

ONE, TWO = Study(1), Study(2, patient_id="TEST-0002")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """1 to 3: a series of ONE; 4: another of ONE; 5: TWO, of another patient."""
    objects = [*ct_series(3, study=ONE), *ct_series(1, study=ONE, series_number=3), *ct_series(1, study=TWO)]
    with loaded(write_files(tmp_path / "source", numbered(objects))) as made:
        yield made


def names(catalog: Catalog, *selectors: Selector) -> list[str]:
    return sorted(display_paths(catalog, select(catalog, selectors)).values())


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("patient", "TEST-0002", ["5.dcm"]),
        ("study", ONE.uid(), ["1.dcm", "2.dcm", "3.dcm", "4.dcm"]),
        ("series", ONE.uid(3), ["4.dcm"]),
        ("instance", ONE.uid(2, 2), ["2.dcm"]),
        ("file", "3.dcm", ["3.dcm"]),
    ],
)
def test_each_kind_selects(catalog: Catalog, kind: str, value: str, expected: list[str]) -> None:
    assert names(catalog, Selector(kind, value)) == expected  # type: ignore[arg-type]


def test_selectors_are_taken_together(catalog: Catalog) -> None:
    assert names(catalog, Selector("series", ONE.uid(3)), Selector("file", "1.dcm")) == ["1.dcm", "4.dcm"]


def test_without_selectors_everything_is_meant(catalog: Catalog) -> None:
    assert names(catalog) == ["1.dcm", "2.dcm", "3.dcm", "4.dcm", "5.dcm"]


def test_a_rule_selects_the_files_of_its_findings(catalog: Catalog) -> None:
    (first,) = select(catalog, (Selector("file", "1.dcm"),))
    keep_findings(catalog, [Finding("UID-S04", "error", "instance", "1.02", "", "", (first,))])
    assert names(catalog, Selector("rule", "UID-S04")) == ["1.dcm"]


def test_a_path_may_be_absolute_or_relative_to_the_working_folder(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names(catalog, Selector("file", str(tmp_path / "source" / "2.dcm"))) == ["2.dcm"]
    monkeypatch.chdir(tmp_path)
    assert names(catalog, Selector("file", os.path.join("source", "2.dcm"))) == ["2.dcm"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("patient", "TEST-9999"),
        ("study", ONE.uid(2)),
        ("series", ONE.uid()),
        ("instance", "1.2.3"),
        ("file", "9.dcm"),
        ("rule", "UID-S99"),
    ],
)
def test_what_means_nothing_loaded_is_refused(catalog: Catalog, kind: str, value: str) -> None:
    with pytest.raises(UsageError, match=value):
        names(catalog, Selector("series", ONE.uid(3)), Selector(kind, value))  # type: ignore[arg-type]


def test_a_file_given_by_itself_is_found_by_its_name(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "source", numbered(ct_series(2)))
    with loaded(folder / "1.dcm") as catalog:
        assert names(catalog, Selector("file", "1.dcm")) == ["1.dcm"]


def test_with_two_sources_paths_are_absolute(tmp_path: Path) -> None:
    folders = [
        write_files(tmp_path / name, numbered(ct_series(1, study=study)))
        for name, study in (("a", ONE), ("b", TWO))
    ]
    with loaded(*folders) as catalog:
        path = str(folders[1] / "1.dcm")
        assert names(catalog, Selector("file", path)) == [path]
        with pytest.raises(UsageError):
            names(catalog, Selector("file", "1.dcm"))


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_utf_8_is_selected(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.dcm")
    folder = write_files(tmp_path / "source", {name: ct_series(1)[0], "2.dcm": ct_series(2)[1]})
    with loaded(folder) as catalog:
        assert names(catalog, Selector("file", name)) == [name]


def below(catalog: Catalog, node: Node) -> Iterator[Node]:
    for child in children(catalog, node):
        yield child.node
        yield from below(catalog, child.node)


def test_places_in_the_tree_become_selectors_that_mean_the_same(tmp_path: Path) -> None:
    keyless, twin = ct_series(1, study=Study(3))[0], ct_series(1, study=Study(4))[0]
    del keyless.SeriesInstanceUID
    keyless.PatientID = ""
    elsewhere = ct_series(1, study=ONE)[0]
    elsewhere.PatientID = "TEST-0003"
    objects = [*rt_set(study=ONE).all, keyless, twin, twin, elsewhere]
    with loaded(write_files(tmp_path / "source", numbered(objects))) as catalog:
        nodes = list(below(catalog, ROOT))
        assert len(nodes) > 20
        for node in nodes:
            assert select(catalog, selectors_for(catalog, [node])) == set(occurrences_below(catalog, node))


def test_a_study_under_one_patient_is_named_by_its_uid(catalog: Catalog) -> None:
    patients = [row.node for row in children(catalog, ROOT)]
    studies = [row.node for patient in patients for row in children(catalog, patient)]
    assert set(selectors_for(catalog, studies)) == {
        Selector("study", ONE.uid()),
        Selector("study", TWO.uid()),
    }
