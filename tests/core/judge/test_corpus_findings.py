"""What the checks find in real files, held against the corpus's ground truth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.judge.scene import Judged
from tests.corpus import expected
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.judge import judge
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import scan

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def _judged_corpus(_corpus: Path) -> Iterator[Judged]:
    sources = resolve_sources([str(_corpus)])
    with Catalog.create() as catalog:
        writer = CatalogWriter(catalog)
        writer.add_sources([(source.path, source.is_folder) for source in sources])
        for batch in scan(sources):
            writer.add(batch.records)
        writer.finish()
        findings = tuple(judge(catalog))
        ids = {id_ for finding in findings for id_ in finding.occurrences}
        yield Judged(findings, display_paths(catalog, ids))


@pytest.fixture
def found(_judged_corpus: Judged) -> Judged:
    """All findings of the corpus."""
    return _judged_corpus


@pytest.fixture
def facts() -> dict[str, Any]:
    """The ground truth on the corpus as a whole."""
    facts: dict[str, Any] = expected()["facts"]
    return facts


def test_duplicates(found: Judged, facts: dict[str, Any]) -> None:
    copies = {
        finding.uid: (finding.rule == "ENT-02", found.files(finding))
        for finding in found.findings
        if finding.rule in (f"ENT-0{number}" for number in range(1, 8))
    }
    truth = {
        duplicate["sop_uid"]: (duplicate["same_bytes"], set(duplicate["paths"]))
        for duplicate in facts["duplicate_sop_uids"]
        # The truth takes DICOMDIRs for objects.
        if not all("/DICOMDIR" in path for path in duplicate["paths"])
    }
    assert copies == truth


def test_file_meta(found: Judged, facts: dict[str, Any]) -> None:
    other_instance = {path for finding in found.of("ENT-40") for path in found.files(finding)}
    assert other_instance == {mismatch["path"] for mismatch in facts["meta_sop_uid_mismatch"]}
    assert len(found.of("ENT-41")) == len(facts["meta_sop_class_mismatch"])
    no_instance = {
        path
        for finding in found.of("ENT-43")
        if "MediaStorageSOPInstanceUID" in tuple(finding.facts["missing"])  # type: ignore[arg-type]
        for path in found.files(finding)
    }
    assert no_instance == set(facts["meta_sop_uid_missing"])
    no_meta = {path for finding in found.of("ENT-44") for path in found.files(finding)}
    assert len(no_meta) == facts["counts"]["no_file_meta"]


def test_malformed_values(found: Judged, facts: dict[str, Any]) -> None:
    codes = {
        "longer-than-64": ["UID-S02"],
        "empty-component": ["UID-S03"],
        "leading-zero": ["UID-S04"],
        "single-component": ["UID-S05"],
        "root-arc-not-0-1-2": ["UID-S06"],
    }
    truth = {
        (code, fault["value"])
        for fault in facts["malformed_ui"] + facts["iso_arc_ui"]
        for reason in fault["reasons"]
        for code in codes[reason]
    }
    assert {(finding.rule, finding.uid) for code in codes.values() for finding in found.of(code[0])} == truth
    assert not found.of("UID-S01")


def test_hierarchy(found: Judged, facts: dict[str, Any]) -> None:
    assert {(finding.uid, finding.facts["studies"]) for finding in found.of("ENT-10")} == {
        (series["series_uid"], tuple(sorted(series["studies"])))
        for series in facts["series_in_several_studies"]
    }
    assert {(finding.uid, finding.facts["modalities"]) for finding in found.of("ENT-13")} == {
        (series["series_uid"], tuple(sorted(series["modalities"])))
        for series in facts["series_with_mixed_modality"]
    }
    assert len(found.of("ENT-11")) == len(facts["studies_with_several_patient_ids"])


def test_keys_of_several_kinds(found: Judged, facts: dict[str, Any]) -> None:
    truth = {
        uid for uid, roles in facts["uid_used_at_several_levels"].items() if len(set(roles) - {"for_uid"}) > 1
    }
    assert {finding.uid for finding in found.of("UID-S28")} == truth


def test_missing_references(found: Judged, facts: dict[str, Any]) -> None:
    """The truth knows no purposes, and takes procedure steps for instances: it lists more, never fewer."""
    truth = {file["path"] for file in facts["dangling_by_file"] if "instance" in file}
    missed = {path for finding in found.of("ENT-50") for path in found.files(finding)}
    assert missed < truth


def test_truncated_files(found: Judged, facts: dict[str, Any]) -> None:
    cut = {path for finding in found.of("FILE-01") for path in found.files(finding)}
    assert cut >= {file["path"] for file in facts["truncated"]}
