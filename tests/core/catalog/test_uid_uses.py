"""Every use of a UID in what is loaded, held against the values of each single file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import add_private_uid, ct_series, rt_set
from tests.core.catalog.records import CT, FRAME, SERIES, STUDY, a_record, field, instance_uid
from tests.core.judge.folders import loaded_folder
from tests.core.judge.media import write_media
from tests.core.judge.scene import loaded
from tests.watch import SourceFolders
from uidscope.core.catalog.lookup import display_paths, occurrences, ui_values
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.uid_uses import (
    USE_KINDS,
    ElementUse,
    UseCount,
    UseKind,
    element_use,
    uid_use_counts,
    uid_uses,
)
from uidscope.core.catalog.value_uses import uid_texts

Place = tuple[int, str]


def places_file_by_file(catalog: Catalog) -> dict[str, Counter[Place]]:
    """Where each UID stands, as one asks file by file."""
    found: dict[str, Counter[Place]] = {}
    for file in occurrences(catalog):
        for value in ui_values(catalog, file.id):
            if value.uid:
                found.setdefault(value.uid, Counter())[file.id, value.pattern] += value.count
    return found


def check_every_uid(catalog: Catalog) -> None:
    expected = places_file_by_file(catalog)
    paths = display_paths(catalog, {file.id for file in occurrences(catalog)})
    for _, uid in uid_texts(catalog):
        uses = uid_uses(catalog, uid)
        assert {(each.occurrence_id, each.pattern): each.count for each in uses} == expected.get(uid, {})
        assert all(each.file == paths[each.occurrence_id] for each in uses)
        counts = uid_use_counts(catalog, uid)
        assert counts.rows == len(uses)
        assert counts.total == UseCount(
            sum(each.count for each in uses), len({each.occurrence_id for each in uses})
        )
        for kind in USE_KINDS:
            of_kind = [each for each in uses if each.kind == kind]
            assert uid_uses(catalog, uid, kind=kind) == of_kind
            assert counts.by_kind.get(kind, UseCount(0, 0)) == UseCount(
                sum(each.count for each in of_kind), len({each.occurrence_id for each in of_kind})
            )


@pytest.fixture
def treatment(make_source: SourceFolders) -> Iterator[Catalog]:
    rt = rt_set(3)
    add_private_uid(rt.images[0], str(rt.images[1].SOPInstanceUID))
    with loaded_folder(make_source(rt.all)) as catalog:
        yield catalog


def test_all_uses_of_every_uid_of_a_treatment(treatment: Catalog) -> None:
    check_every_uid(treatment)


def test_a_dicomdir_and_its_records_are_among_them(tmp_path: Path) -> None:
    images = ct_series(2)
    write_media(tmp_path / "medium", images)
    with loaded_folder(tmp_path / "medium") as catalog:
        check_every_uid(catalog)
        uses = uid_uses(catalog, str(images[0].SOPInstanceUID))
        of_study = uid_uses(catalog, str(images[0].StudyInstanceUID), kind="directory-record")
    assert [(each.kind, each.pattern.rpartition(".")[2]) for each in uses] == [
        ("key", "SOPInstanceUID"),
        ("file-meta", "MediaStorageSOPInstanceUID"),
        ("directory-record", "ReferencedSOPInstanceUIDInFile"),
    ]
    assert [(each.entity, each.file) for each in of_study] == [("study", "DICOMDIR")]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_all_uses_whatever_the_files_share(data: st.DataObject) -> None:
    """Sets of values that lie on top of others, the same value twice, and file meta that differs."""
    uids = st.sampled_from([instance_uid(1), instance_uid(2), STUDY, SERIES, FRAME, CT])
    patterns = st.sampled_from(
        ["FrameOfReferenceUID", "SourceImageSequence[].ReferencedSOPInstanceUID", "00291101"]
    )
    values = st.dictionaries(patterns, uids).map(
        lambda drawn: [(pattern, field(uid), 1) for pattern, uid in drawn.items()]
    )
    records = [
        a_record(
            data.draw(uids),
            path=f"{number}",
            meta_uid=data.draw(st.just("") | uids),
            values=data.draw(values),
        )
        for number in range(data.draw(st.integers(0, 5)))
    ]
    with loaded(records) as catalog:
        check_every_uid(catalog)


def test_pages_together_are_the_whole(treatment: Catalog) -> None:
    uid = next(file.study_uid for file in occurrences(treatment))
    whole = uid_uses(treatment, uid)
    assert len(whole) > 6
    pages = [uid_uses(treatment, uid, offset=offset, limit=4) for offset in range(0, len(whole) + 4, 4)]
    assert [each for page in pages for each in page] == whole
    assert [USE_KINDS.index(each.kind) for each in whole] == sorted(
        USE_KINDS.index(each.kind) for each in whole
    )


@pytest.mark.parametrize("uid", ["", "1.2.3.4.5"])
def test_a_uid_that_stands_nowhere(treatment: Catalog, uid: str) -> None:
    assert uid_uses(treatment, uid) == []
    counts = uid_use_counts(treatment, uid)
    assert (counts.total, counts.by_kind, counts.rows) == (UseCount(0, 0), {}, 0)


@pytest.mark.parametrize(
    ("pattern", "kind", "entity"),
    [
        ("SOPInstanceUID", "key", "instance"),
        ("StudyInstanceUID", "key", "study"),
        ("FrameOfReferenceUID", "key", "frame_of_reference"),
        ("IrradiationEventUID(2)", "key", "irradiation event"),
        ("meta.MediaStorageSOPInstanceUID", "file-meta", "instance"),
        ("meta.TransferSyntaxUID", "file-meta", ""),
        ("SourceImageSequence[].ReferencedSOPInstanceUID", "reference", "instance"),
        ("RTReferencedStudySequence[].ReferencedSOPInstanceUID", "reference", "study"),
        ("RelatedSeriesSequence[].SeriesInstanceUID", "reference", "series"),
        ("SourceImageSequence[].ReferencedSOPClassUID", "class-or-type", ""),
        ("SOPClassUID", "class-or-type", ""),
        ("DirectoryRecordSequence[].SeriesInstanceUID", "directory-record", "series"),
        ("00291101", "private", ""),
        ("SourceImageSequence[].00291101", "private", ""),
    ],
)
def test_what_a_uid_does_in_an_element(pattern: str, kind: UseKind, entity: str) -> None:
    use = element_use(pattern)
    assert (use.kind, use.entity) == (kind, entity)
    assert bool(use.role) is (kind != "private")
    assert isinstance(use, ElementUse)
