"""A folder of mutants taken the whole way: loaded, judged, reported, planned, exported and read again."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.core.export.requests import state_of
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts
from uidscope.core.errors import UidscopeError, VerificationError
from uidscope.core.export.request import Layout
from uidscope.core.flow import Destination, check, load, write
from uidscope.core.plan.intention import Plan, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.progress import CancelToken
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.attribute_list import read_attributes
from uidscope.core.report.csv_table import devices_csv, findings_csv
from uidscope.core.report.fetch_list import fetch_list_csv
from uidscope.core.report.html import inspection_html
from uidscope.core.report.inspection import InspectionParts, inspection_lines
from uidscope.core.report.shown_names import shown_names
from uidscope.core.report.text import inspection_text
from uidscope.core.uid.schemes import SchemeOptions, make_scheme

_INTENTIONS: Final = ("copy", "derived-series", "instances", "pseudonymous", "repair")
_LAYOUTS: Final[tuple[Layout, ...]] = ("keep", "keep", "hierarchy", "media")
_NOW: Final = dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC)


class SourceChanged(Exception):
    """A file was changed by reading or exporting it."""


def take_the_whole_way(mutants: Mapping[str, bytes], chance: random.Random) -> Counter[str]:
    """Take these files, by name, through the program; return what became of how many of them.

    Raises what no part of the program should raise, ``VerificationError``, ``SourceChanged`` and
    AssertionError.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        source = Path(folder, "source")
        source.mkdir()
        for name, data in mutants.items():
            (source / name).write_bytes(data)
        before = state_of(source)
        with Catalog.create() as catalog:
            outcome = _through(catalog, source, len(mutants))
            outcome[f"exports {_exported(catalog, Path(folder, 'out'), chance)}"] += 1
        if state_of(source) != before:
            raise SourceChanged
    return outcome


def _through(catalog: Catalog, source: Path, files: int) -> Counter[str]:
    went = load(catalog, resolve_sources([str(source)]), ScanOptions(jobs=1))
    assert went.loaded + went.not_loaded == files, "a file was dropped in silence"
    check(catalog)
    names = shown_names(catalog, masked=False)
    for page in (
        inspection_text(catalog, names),
        inspection_html(catalog, names),
        findings_csv(catalog, names),
        devices_csv(catalog),
        fetch_list_csv(catalog, CancelToken()),
        inspection_lines(catalog, InspectionParts(True, True, names)),
    ):
        for part in page:
            str(part).encode("utf-8", "surrogateescape")
    for file in source.iterdir():
        with contextlib.suppress(UidscopeError):
            read_attributes(str(file))
    return Counter({"judged": went.loaded, "judged, not loaded": went.not_loaded, **_found(catalog)})


def _found(catalog: Catalog) -> dict[str, int]:
    return {"findings": sum(counts(catalog).findings.values())}


def _exported(catalog: Catalog, target: Path, chance: random.Random) -> str:
    """Export all that can be, and say how it went; what was written but not as planned is a fault of ours."""
    kind = chance.choice(_INTENTIONS)
    plan = Plan((new_intention(kind),), acknowledged=True)
    destination = Destination(
        str(target),
        chance.choice(_LAYOUTS),
        dry_run=chance.random() < 0.1,
        zipped=chance.random() < 0.2,
        rejection="113001" if kind == "instances" and chance.random() < 0.5 else None,
    )
    scheme = make_scheme(SchemeOptions())
    try:
        uid_map = derive_map(catalog, plan, IssuedUids(), scheme, now=lambda: _NOW)
        write(catalog, uid_map, destination, plan=plan, scheme=scheme)
    except VerificationError:
        raise
    except UidscopeError as refused:
        assert not target.exists(), "a refused export left something under its final name"
        return f"refused ({type(refused).__name__})"
    return "done"
