"""Every source of the corpus by each intention: other programs find nothing wrong that was not before.

What becomes of each value in an independent copy is asked in `test_copies_of_the_corpus.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.corpus import corpus_folder
from tests.judged_outputs import (
    Sources,
    new_errors_between,
    new_errors_by_iod,
    no_dicom_files,
    unread,
)
from tests.test_copies_of_the_corpus import SOURCES
from uidscope.core.catalog.store import Catalog
from uidscope.core.flow import Destination, check, load, write
from uidscope.core.plan.intention import Plan, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.uid.schemes import SchemeOptions, make_scheme

pytestmark = [pytest.mark.corpus, pytest.mark.timeout(600)]

INTENTIONS = ("instances", "derived-series", "pseudonymous", "repair")


class Exported(NamedTuple):
    """One export of a source: its intention, and each output with the source's file it is made from."""

    intention: str
    outputs: Sources


@pytest.fixture(scope="module", params=SOURCES)
def exports(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Exported]]:
    source = corpus_folder() / "data" / request.param
    folder = tmp_path_factory.mktemp("exports")
    with Catalog.create(None) as catalog:
        load(catalog, resolve_sources([str(source)]))
        check(catalog, leftovers=False)
        yield [export_as(intention, catalog, source, folder) for intention in INTENTIONS]


def export_as(intention: str, catalog: Catalog, source: Path, folder: Path) -> Exported:
    target = folder / intention
    plan = Plan((new_intention(intention),), acknowledged=True)
    uid_map = derive_map(catalog, plan, IssuedUids(), make_scheme(SchemeOptions()))
    result = write(catalog, uid_map, Destination(str(target)))
    return Exported(intention, {target / file.output: source / file.source for file in result.files})


def test_dcmtk_reads_every_output(exports: list[Exported]) -> None:
    for exported in exports:
        assert no_dicom_files(exported.outputs) == [], exported.intention
        assert unread(exported.outputs) == [], exported.intention


def test_dicom3tools_find_no_error_that_the_source_had_not(exports: list[Exported], tmp_path: Path) -> None:
    for exported in exports:
        assert new_errors_by_iod(exported.outputs) == [], exported.intention
        assert new_errors_between(exported.outputs, tmp_path) == [], exported.intention
