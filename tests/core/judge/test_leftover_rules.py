"""FILE-05: UIDs of loaded entities where a plan does not follow them."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

import pytest
from pydicom.dataset import Dataset, FileDataset

from tests.builders import (
    Encoding,
    Study,
    add_private_sequence,
    add_private_text,
    add_private_uid,
    clean_sets,
    ct_series,
    encapsulated_pdf,
    encoded,
    with_uids,
)
from tests.core.judge.media import records_of
from tests.core.judge.scene import Judged, judged, loaded
from uidscope.core.errors import Cancelled
from uidscope.core.judge.judge import judge
from uidscope.core.judge.leftover_rules import leftovers
from uidscope.core.judge.rule import Inquiry
from uidscope.core.progress import CancelToken, Progress

OTHER_STUDY = Study(77)


def judged_files(folder: Path, datasets: Iterable[Dataset], encoding: Encoding = "explicit-le") -> Judged:
    folder.mkdir(exist_ok=True)
    for number, dataset in enumerate(datasets):
        (folder / f"{number}").write_bytes(encoded(dataset, transfer_syntax=encoding))
    return judged(records_of(folder), folder)


def files_with_leftovers(found: Judged) -> set[str]:
    return {path for finding in found.of("FILE-05") for path in found.files(finding)}


@pytest.mark.parametrize("encoding", get_args(Encoding))
def test_a_uid_of_the_set_in_private_text(tmp_path: Path, encoding: Encoding) -> None:
    images = ct_series(3)
    path = add_private_text(images[1], images[0].SOPInstanceUID)
    found = judged_files(tmp_path / "set", images, encoding)
    finding = found.one("FILE-05")
    assert (finding.severity, finding.level, finding.uid) == ("info", "file", "")
    assert (finding.path, finding.attribute) == (path, path)
    assert finding.facts["uids"] == (images[0].SOPInstanceUID,)
    assert found.files(finding) == {"1"}


@pytest.mark.parametrize("name", sorted(clean_sets()))
def test_sets_without_leftovers(tmp_path: Path, name: str) -> None:
    assert "FILE-05" not in judged_files(tmp_path / "set", clean_sets()[name]).codes()


@pytest.mark.parametrize("keyword", ["StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID"])
def test_every_key_counts(tmp_path: Path, keyword: str) -> None:
    images = ct_series(2)
    images[0].ImageComments = f"see {images[1][keyword].value} there"
    finding = judged_files(tmp_path / "set", images).one("FILE-05")
    assert (finding.path, finding.attribute) == ("ImageComments", "ImageComments")


def test_other_entities_count_too(tmp_path: Path) -> None:
    images = ct_series(2)
    event = f"{OTHER_STUDY.uid(5)}.9"
    images[0].IrradiationEventUID = event
    images[1].ImageComments = event
    assert files_with_leftovers(judged_files(tmp_path / "set", images)) == {"1"}


def test_documents_binary_values_and_unknown_elements(tmp_path: Path) -> None:
    images = ct_series(2)
    uid = images[0].SOPInstanceUID
    item = Dataset()
    item.TextComments = uid
    document = encapsulated_pdf(text=uid)
    add_private_uid(images[0], uid, creator="UIDSCOPE TEST", vr="UN")
    add_private_sequence(images[1], [item])
    found = judged_files(tmp_path / "set", [*images, document])
    assert {finding.path for finding in found.of("FILE-05")} == {
        "00291001",
        "2001105F[].TextComments",
        "EncapsulatedDocument",
    }


def test_what_a_plan_follows_is_no_leftover(tmp_path: Path) -> None:
    images = ct_series(2)
    add_private_uid(images[0], images[1].SOPInstanceUID)
    add_private_uid(images[1], images[0].SOPInstanceUID, vr="UN")
    images[0].ReferencedImageSequence = [Dataset()]
    images[0].ReferencedImageSequence[0].ReferencedSOPInstanceUID = images[1].SOPInstanceUID
    assert "FILE-05" not in judged_files(tmp_path / "set", images).codes()


@pytest.mark.parametrize(
    "text",
    [
        OTHER_STUDY.uid(3, 1),  # of an object that is not loaded
        f"{ct_series(1)[0].SOPInstanceUID}.1",  # a longer number
        f"1{ct_series(1)[0].SOPInstanceUID}",
        ct_series(1)[0].SOPClassUID,  # never replaced
        ct_series(1)[0].file_meta.ImplementationClassUID,
        "1.2.840.10008.1.2.1",
    ],
)
def test_text_that_is_no_uid_of_the_set(tmp_path: Path, text: str) -> None:
    images = ct_series(2)
    images[1].ImageComments = text
    assert "FILE-05" not in judged_files(tmp_path / "set", images).codes()


def test_a_placeholder_is_met_by_chance(tmp_path: Path) -> None:
    images = ct_series(2)
    faulty = with_uids(images, {images[0].SOPInstanceUID: "1.2.3.4"})
    faulty[1].SoftwareVersions = "1.2.3.4"
    assert "FILE-05" not in judged_files(tmp_path / "set", faulty).codes()


def test_a_file_has_one_finding_for_all(tmp_path: Path) -> None:
    images = ct_series(3)
    images[0].ImageComments = f"{images[1].SOPInstanceUID} {images[2].SOPInstanceUID}"
    images[0].PatientComments = images[1].SOPInstanceUID
    finding = judged_files(tmp_path / "set", images).one("FILE-05")
    assert finding.facts["places"] == 3
    assert finding.facts["elements"] == ("PatientComments", "ImageComments")
    assert len(finding.facts["uids"]) == 2  # type: ignore[arg-type]


def test_files_that_are_never_exported_are_left_alone(tmp_path: Path) -> None:
    images = ct_series(3)
    images[0].ImageComments = images[1].SOPInstanceUID
    judged_files(tmp_path, images)
    (tmp_path / "0").write_bytes(encoded(images[0])[:-20])
    found = judged(records_of(tmp_path), tmp_path)
    assert "FILE-01" in found.codes()
    assert "FILE-05" not in found.codes()


def test_many_roots_at_once(tmp_path: Path) -> None:
    """More beginnings than can be counted one by one: the search goes on with shorter ones."""
    roots = [
        f"{first}.{second}.{third}" for first in (1, 2) for second in (2, 3, 16) for third in range(4, 12)
    ]
    images = ct_series(len(roots))
    named = with_uids(
        images,
        {
            image.SOPInstanceUID: f"{root}.77777.{number}"
            for number, (image, root) in enumerate(zip(images, roots, strict=True))
        },
    )
    named[3].ImageComments = named[20].SOPInstanceUID
    found = judged_files(tmp_path / "set", named)
    assert files_with_leftovers(found) == {"3"}


def test_uuid_derived_uids(tmp_path: Path) -> None:
    images = ct_series(3)
    new = {
        image.SOPInstanceUID: f"2.25.{10**37 * (number + 1) + number}" for number, image in enumerate(images)
    }
    named = with_uids(images, new)
    named[0].ImageComments = named[2].SOPInstanceUID
    assert files_with_leftovers(judged_files(tmp_path / "set", named)) == {"0"}


def test_a_file_that_has_gone_or_changed_is_passed_over(tmp_path: Path) -> None:
    images = ct_series(2)
    for image in images:
        image.ImageComments = image.StudyInstanceUID
    folder = tmp_path / "set"
    assert files_with_leftovers(judged_files(folder, images)) == {"0", "1"}
    records = records_of(folder)
    (folder / "0").unlink()
    os.utime(folder / "1", ns=(1, 1))
    assert "FILE-05" not in judged(records, folder).codes()


def test_the_search_can_be_left_out_and_cancelled(tmp_path: Path) -> None:
    images = ct_series(2)
    for image in images:
        image.ImageComments = image.StudyInstanceUID
    folder = tmp_path / "set"
    judged_files(folder, images)
    with loaded(records_of(folder), folder) as catalog:
        assert not [each for each in judge(catalog, leftovers=False) if each.rule == "FILE-05"]
        token = CancelToken()
        found = leftovers(Inquiry(catalog, token))
        next(found)
        token.cancel()
        with pytest.raises(Cancelled):
            next(found)


def test_a_cancel_is_heard_inside_of_the_file_that_is_being_read(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    judged_files(folder, ct_series(3))
    token = CancelToken()
    reports: list[Progress] = []

    def stop(progress: Progress) -> None:
        reports.append(progress)
        token.cancel()

    with loaded(records_of(folder), folder) as catalog, pytest.raises(Cancelled):
        list(leftovers(Inquiry(catalog, token, stop)))
    assert reports == [Progress("searching", 0, 3, str(folder))]


def test_only_files_that_differ_are_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that is dear is done for leftovers alone."""
    taken_apart: list[str] = []

    def counted(window: object, uids: Sequence[str]) -> list[object]:
        taken_apart.append(",".join(uids))
        return []

    monkeypatch.setattr("uidscope.core.judge.leftover_rules.uids_in_text", counted)
    images: list[FileDataset] = [copy.deepcopy(image) for image in ct_series(20)]
    images[7].ImageComments = images[8].SOPInstanceUID
    judged_files(tmp_path / "set", images)
    assert taken_apart == [images[8].SOPInstanceUID]
