"""Files that were not loaded, a page at a time; and which transfer syntax the others declare."""

from __future__ import annotations

from pathlib import Path

from tests.builders import ct_series, write_folder
from tests.core.judge.scene import an_object, instance, loaded, padded
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.lookup import not_loaded
from uidscope.core.catalog.not_loaded_list import not_loaded_ids, not_loaded_reasons, not_loaded_rows
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.transfer_syntaxes import transfer_syntaxes
from uidscope.core.flow import load
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.record import HAS_META, NotLoaded
from uidscope.core.read.scan import ScanOptions


def test_pages_together_are_all_of_them_in_path_order() -> None:
    with Catalog.create() as catalog:
        writer = CatalogWriter(catalog)
        writer.add_sources([("/first", True), ("/second", True)])
        refused = [NotLoaded(number % 2, f"{9 - number}.txt", "not-dicom", "empty") for number in range(9)]
        writer.add_not_loaded([*refused, NotLoaded(0, "late\udce9.txt", "timeout", "")])
        writer.commit()
        ids = not_loaded_ids(catalog)
        pages = [
            row for first in range(0, len(ids), 4) for row in not_loaded_rows(catalog, ids[first : first + 4])
        ]
        assert pages == list(not_loaded(catalog))
        assert len(pages) == 10
        assert not_loaded_reasons(catalog) == {"not-dicom": 9, "timeout": 1}
        assert not_loaded_rows(catalog, [99]) == []


def test_where_all_is_loaded_there_is_none() -> None:
    with loaded([an_object("1.dcm", instance(1))]) as catalog:
        assert len(not_loaded_ids(catalog)) == 0
        assert not_loaded_reasons(catalog) == {}


def test_transfer_syntax_of_each_file(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    write_folder([image], tmp_path / "in", names=["a.dcm"])
    write_folder([image], tmp_path / "in/b", names=["b.dcm"], transfer_syntax="implicit-le")
    write_folder([image], tmp_path / "in/c", names=["c.dcm"], meta=False, preamble=False)
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([str(tmp_path / "in")]), ScanOptions(jobs=1))
        found = transfer_syntaxes(catalog, [1, 2, 3, 99])
    assert sorted(found.values()) == ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"]


def test_empty_transfer_syntax_is_none() -> None:
    records = [
        an_object("1.dcm", instance(1), fields={"meta.TransferSyntaxUID": padded("")}, flags=HAS_META),
        an_object("2.dcm", instance(2)),
    ]
    with loaded(records) as catalog:
        assert transfer_syntaxes(catalog, [1, 2]) == {2: "1.2.840.10008.1.2.1"}
