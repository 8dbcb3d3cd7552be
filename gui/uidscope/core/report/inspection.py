"""The inspection as plain JSON values (schema ``uidscope/inspection/1``), whole or line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from uidscope import __version__
from uidscope.core.catalog import findings as kept
from uidscope.core.catalog import lookup
from uidscope.core.catalog.finding import FactValue
from uidscope.core.catalog.lookup import OccurrenceRow, display_paths, occurrences
from uidscope.core.catalog.paths import file_paths
from uidscope.core.catalog.references import references_from
from uidscope.core.catalog.rule_settings import STRICT, rule_settings, switched_off
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import (
    ROOT,
    FileRow,
    InstanceRow,
    Node,
    PatientRow,
    SeriesRow,
    StudyRow,
    children,
    counts,
)
from uidscope.core.judge.rule_table import rule as rule_of
from uidscope.core.language import ENGLISH
from uidscope.core.report.element_paths import numbered_references, numbered_values
from uidscope.core.report.shown_names import AS_IN_FILES, ShownNames
from uidscope.core.report.words import message
from uidscope.core.uid.resource_files import dicom_edition

SCHEMA = "uidscope/inspection/1"

Json = dict[str, Any]


class InspectionParts(NamedTuple):
    """What an inspection lists besides tree and findings, and how it names things.

    ``uids`` and ``references`` ask for reading every file again.
    """

    uids: bool = False
    references: bool = False
    names: ShownNames = AS_IN_FILES


def inspection(catalog: Catalog, parts: InspectionParts | None = None) -> Json:
    """Return the whole inspection as one JSON object."""
    parts = parts or InspectionParts()
    names = parts.names
    whole = heading(catalog, names)
    whole["patients"] = list(patients(catalog, names))
    whole["findings"] = list(findings(catalog, names))
    if aside := list(ignored(catalog, names)):
        whole["ignored"] = aside
    whole["not_loaded"] = list(not_loaded(catalog, names))
    if parts.uids:
        whole["uids"] = list(uids(catalog, names))
    if parts.references:
        whole["references"] = list(references(catalog, names))
    return whole


def inspection_lines(catalog: Catalog, parts: InspectionParts | None = None) -> Iterator[str]:
    """Yield the same as one JSON object a line, each with the name of the list it belongs to as its key."""
    parts = parts or InspectionParts()
    names = parts.names
    yield _line(heading(catalog, names))
    lists: list[tuple[str, Iterable[Json]]] = [
        ("patient", patients(catalog, names)),
        ("finding", findings(catalog, names)),
        ("ignored", ignored(catalog, names)),
        ("not_loaded", not_loaded(catalog, names)),
    ]
    if parts.uids:
        lists.append(("uid", uids(catalog, names)))
    if parts.references:
        lists.append(("reference", references(catalog, names)))
    for name, entries in lists:
        for entry in entries:
            yield _line({name: entry})


def heading(catalog: Catalog, names: ShownNames = AS_IN_FILES) -> Json:
    """Return schema, tool, sources and counts, and the profile of the rules where it is not ``strict``."""
    number = counts(catalog)._asdict()
    return {
        "schema": SCHEMA,
        "tool": {"name": "uidscope", "version": __version__, "dicom_edition": dicom_edition()},
        "sources": [names.source(source.path) for source in catalog.sources()],
        "counts": number,
        **_profile(catalog),
    }


def _profile(catalog: Catalog) -> Json:
    settings = rule_settings(catalog)
    if settings == STRICT:
        return {}
    profile = {
        "name": settings.name,
        "severities": dict(settings.severities),
        "not_shown": switched_off(catalog),
    }
    return {"profile": profile}


def patients(catalog: Catalog, names: ShownNames = AS_IN_FILES) -> Iterator[Json]:
    """Yield each patient with studies, series, instances and files."""
    for row in children(catalog, ROOT):
        assert isinstance(row, PatientRow)
        patient = names.patient(row)
        yield {
            "patient_id": patient.patient_id,
            "issuer": patient.issuer,
            "name": patient.name,
            "studies": [_study(catalog, names, below) for below in children(catalog, row.node)],
        }


def _study(catalog: Catalog, names: ShownNames, row: Any) -> Json:
    assert isinstance(row, StudyRow)
    return {
        "study_instance_uid": row.uid,
        "date": row.date,
        "description": names.description(row.description),
        "series": [_series(catalog, names, below) for below in children(catalog, row.node)],
    }


def _series(catalog: Catalog, names: ShownNames, row: Any) -> Json:
    assert isinstance(row, SeriesRow)
    return {
        "series_instance_uid": row.uid,
        "modality": row.modality,
        "number": row.number,
        "description": names.description(row.description),
        "instances": [_instance(catalog, names, below) for below in children(catalog, row.node)],
    }


def _instance(catalog: Catalog, names: ShownNames, row: Any) -> Json:
    assert isinstance(row, InstanceRow)
    files = [row.path] if row.child_count == 0 else _paths(catalog, row.node)
    return {
        "sop_instance_uid": row.uid,
        "sop_class_uid": row.class_uid,
        "number": row.number,
        "files": [names.file(file) for file in files],
    }


def _paths(catalog: Catalog, node: Node) -> list[str]:
    return [row.path for row in children(catalog, node) if isinstance(row, FileRow)]


def findings(
    catalog: Catalog, names: ShownNames = AS_IN_FILES, spoken: str = ENGLISH, *, most_files: int = -1
) -> Iterator[Json]:
    """Yield each finding with its words and all its files, or so many of them, the gravest first, by rule.

    The words are English, whichever language holds, but for who asks otherwise.
    """
    for finding in kept.findings_by_file(catalog):
        yield _finding(catalog, names, finding, spoken, most_files)


def ignored(
    catalog: Catalog, names: ShownNames = AS_IN_FILES, spoken: str = ENGLISH, *, most_files: int = -1
) -> Iterator[Json]:
    """Yield each finding that the user ignores, with the reason, and since when where that is known.

    ``most_files`` as of ``findings``.
    """
    for finding, reason, since in kept.ignored_by_file(catalog):
        entry = {**_finding(catalog, names, finding, spoken, most_files), "reason": reason}
        yield {**entry, "since": since} if since else entry


def _finding(
    catalog: Catalog, names: ShownNames, finding: kept.KeptFinding, spoken: str, most_files: int
) -> Json:
    occurrences = kept.finding_occurrences(catalog, finding.id, limit=most_files)
    paths = display_paths(catalog, occurrences)
    shown = names.finding(finding)
    return {
        "rule": shown.rule,
        "severity": shown.severity,
        "level": shown.level,
        "uid": shown.uid,
        "attribute": shown.attribute,
        "path": shown.path,
        "files": [names.file(paths[occurrence]) for occurrence in occurrences],
        "file_count": shown.file_count,
        "facts": {name: _plain(fact) for name, fact in shown.facts.items()},
        "message": message(shown, spoken),
        "citation": rule_of(shown.rule).citation,
    }


def _plain(fact: FactValue) -> str | int | list[str]:
    return list(fact) if isinstance(fact, tuple) else fact


def not_loaded(catalog: Catalog, names: ShownNames = AS_IN_FILES) -> Iterator[Json]:
    """Yield each file that was found and not loaded."""
    for path, reason, detail in lookup.not_loaded(catalog):
        yield {"file": names.file(path), "reason": reason, "detail": detail}


def uids(catalog: Catalog, names: ShownNames = AS_IN_FILES) -> Iterator[Json]:
    """Yield every UI value of every loaded file, DICOMDIRs and file meta included."""
    for file, occurrence in _files(catalog, names):
        for value in numbered_values(occurrence.absolute_path):
            entry: Json = {"file": file, "path": value.path, "value": value.value}
            if value.raw is not None:
                entry["raw"] = value.raw.hex()
            yield entry


def references(catalog: Catalog, names: ShownNames = AS_IN_FILES) -> Iterator[Json]:
    """Yield every reference of every object, an entry for each place it stands."""
    for file, occurrence in _files(catalog, names):
        yield from _references_of(catalog, names, file, occurrence)


def _references_of(
    catalog: Catalog, names: ShownNames, file: str, occurrence: OccurrenceRow
) -> Iterator[Json]:
    by_place = {row[1:8]: row for row in references_from(catalog, occurrence.id)}
    if not by_place:
        return
    paths = display_paths(catalog, {target for row in by_place.values() for target in row.targets})
    for path, reference in numbered_references(occurrence.absolute_path):
        row = by_place.get(reference[:7])
        if row is not None:  # a file that changed meanwhile may say other things
            yield {
                "file": file,
                "path": path,
                "uid": row.uid,
                "kind": row.kind,
                "state": row.state,
                "targets": sorted(names.file(paths[target]) for target in row.targets),
            }


def _files(catalog: Catalog, names: ShownNames) -> Iterator[tuple[str, OccurrenceRow]]:
    """Every file with the name that is shown for it."""
    several = len(file_paths(catalog).sources) > 1
    for occurrence in occurrences(catalog):
        yield names.file(occurrence.named_path if several else occurrence.relative_path), occurrence


def _line(entry: Json) -> str:
    return json.dumps(entry, ensure_ascii=True)
