"""A comparison of two folders as plain JSON values (schema ``uidscope/comparison/1``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from uidscope import __version__
from uidscope.core.catalog import lookup
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts
from uidscope.core.judge.folder_comparison import (
    STATUSES,
    FolderComparison,
    InstanceDifference,
    Status,
    StudyComparison,
)
from uidscope.core.report.shown_names import AS_IN_FILES, ShownNames, shown_names
from uidscope.core.uid.resource_files import dicom_edition

SCHEMA: Final = "uidscope/comparison/1"

Json = dict[str, Any]

_PAGE: Final = 1000


class ComparedFolders(NamedTuple):
    """Two loaded folders and how they differ; the names say what each calls its files and folders."""

    first: Catalog
    second: Catalog
    result: FolderComparison
    first_names: ShownNames = AS_IN_FILES
    second_names: ShownNames = AS_IN_FILES

    @property
    def masked(self) -> bool:
        """Whether names are left out."""
        return self.first_names is not AS_IN_FILES


def with_masked_names(compared: ComparedFolders) -> ComparedFolders:
    """Return the comparison with numbers for the names of files and folders, and without free text.

    A file of one folder has not the number of its copy in the other.
    """
    return compared._replace(
        first_names=shown_names(compared.first, masked=True, source_word="first-source"),
        second_names=shown_names(compared.second, masked=True, source_word="second-source"),
    )


def comparison(compared: ComparedFolders) -> Json:
    """Return the whole comparison as one JSON object; instances that are the same are only counted."""
    return {
        **heading(compared),
        "studies": list(studies(compared)),
        "instances": list(instances(compared)),
        "not_loaded": list(not_loaded(compared)),
    }


def heading(compared: ComparedFolders) -> Json:
    """Return schema, tool, both folders and the counts of all instances."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "uidscope", "version": __version__, "dicom_edition": dicom_edition()},
        "first": _folder(compared.first, compared.first_names),
        "second": _folder(compared.second, compared.second_names),
        "same_content": compared.result.same_content,
        "counts": _counts(compared.result.counts),
    }


def studies(compared: ComparedFolders) -> Iterator[Json]:
    """Yield each study of either folder with the counts of its instances."""
    for study in compared.result.studies:
        yield _study(study, compared.first_names)


def instances(compared: ComparedFolders) -> Iterator[Json]:
    """Yield each instance that is not the same, byte for byte, in both folders."""
    differences = compared.result.differences
    for start in range(0, len(differences), _PAGE):
        page = differences[start : start + _PAGE]
        first = display_paths(compared.first, {id_ for each in page for id_ in each.first})
        second = display_paths(compared.second, {id_ for each in page for id_ in each.second})
        for each in page:
            yield _instance(
                each,
                [compared.first_names.file(first[id_]) for id_ in each.first],
                [compared.second_names.file(second[id_]) for id_ in each.second],
            )


def differing_by_study(compared: ComparedFolders) -> dict[str, list[Json]]:
    """Return what ``instances`` gives by Study Instance UID."""
    found: dict[str, list[Json]] = {}
    for instance in instances(compared):
        found.setdefault(instance["study_instance_uid"], []).append(instance)
    return found


def not_loaded(compared: ComparedFolders) -> Iterator[Json]:
    """Yield each file that was found in one of the folders and not loaded."""
    folders = (
        ("first", compared.first, compared.first_names),
        ("second", compared.second, compared.second_names),
    )
    for folder, catalog, names in folders:
        for path, reason, detail in lookup.not_loaded(catalog):
            yield {"folder": folder, "file": names.file(path), "reason": reason, "detail": detail}


def _folder(catalog: Catalog, names: ShownNames) -> Json:
    (source,) = catalog.sources()
    number = counts(catalog)
    return {
        "path": names.source(source.path),
        "files": number.files,
        "loaded": number.loaded,
        "not_loaded": number.not_loaded,
        "instances": number.instances,
    }


def _study(study: StudyComparison, names: ShownNames) -> Json:
    return {
        "study_instance_uid": study.uid,
        "date": study.date,
        "description": names.description(study.description),
        "counts": _counts(study.counts),
    }


def _counts(counted: Counter[Status]) -> dict[str, int]:
    return {status: counted[status] for status in reversed(STATUSES)}


def _instance(difference: InstanceDifference, first: list[str], second: list[str]) -> Json:
    return {
        "sop_instance_uid": difference.uid,
        "sop_class_uid": difference.class_uid,
        "study_instance_uid": difference.study_uid,
        "series_instance_uid": difference.series_uid,
        "status": difference.status,
        "first": first,
        "second": second,
        "attributes": [
            {"path": each.path, "pattern": each.pattern, "level": each.level, "count": each.times}
            for each in difference.attributes
        ],
        "attribute_count": difference.attribute_count,
        "pixel_data": difference.pixels.verdict,
        "pixel_form": difference.pixels.form,
        "obstacle": difference.obstacle,
    }
