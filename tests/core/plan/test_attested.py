"""Rejection notes, approved objects and verified reports are changed only where that was acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import ct_series, key_object, rt_set, sr
from tests.core.plan.carried_out import NOW, UUIDS, loaded, numbered, selecting, write_files
from uidscope.core.errors import DecisionNeeded
from uidscope.core.flow import check
from uidscope.core.plan.intention import Intention, Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.uid_map import UidMap

IMAGES = ct_series(1)


def rejecting(code: str) -> Dataset:
    note = key_object(IMAGES)
    note.ConceptNameCodeSequence[0].CodeValue = code
    return note


def approved() -> Dataset:
    plan = rt_set(1).plan
    plan.ApprovalStatus = "APPROVED"
    return plan


def verified() -> Dataset:
    report = sr(IMAGES)
    report.VerificationFlag = "VERIFIED"
    return report


def mapped(folder: Path, objects: Sequence[Dataset], intention: Intention, *, acknowledged: bool) -> UidMap:
    with loaded(write_files(folder / "s", numbered(objects))) as catalog:
        check(catalog)
        plan = Plan((intention,), acknowledged=acknowledged)
        return derive_map(catalog, plan, IssuedUids(), UUIDS, now=lambda: NOW)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (rejecting("113001"), "rejection-note"),
        (rejecting("113037"), "rejection-note"),
        (rejecting("113038"), "rejection-note"),
        (rejecting("113039"), "rejection-note"),
        (approved(), "approved-object"),
        (verified(), "verified-report"),
    ],
)
@pytest.mark.parametrize("kind", ["instances", "copy", "pseudonymous"])
def test_what_takes_their_place_is_refused_unless_acknowledged(
    tmp_path: Path, made: Dataset, code: str, kind: str
) -> None:
    objects = [*IMAGES, made]
    refused = mapped(tmp_path / "no", objects, selecting(kind), acknowledged=False)
    if kind != "instances" and code != "rejection-note":  # the approved object stays, beside its copy
        refused.require_decided()
        assert f"{code}-acknowledged" in {note.code for note in refused.notes}
        return
    with pytest.raises(DecisionNeeded) as raised:
        refused.require_decided()
    (sentence,) = raised.value.decisions
    assert sentence.startswith("1 file would change")
    assert "2.dcm" in sentence
    done = mapped(tmp_path / "yes", objects, selecting(kind), acknowledged=True)
    done.require_decided()
    assert f"{code}-acknowledged" in {note.code for note in done.notes}
    left_out = mapped(tmp_path / "part", objects, selecting(kind, ("file", "1.dcm")), acknowledged=False)
    left_out.require_decided()


def test_one_that_only_follows_is_refused_too(tmp_path: Path) -> None:
    intention = selecting("instances", ("file", "1.dcm"), with_referrers=True)
    with pytest.raises(DecisionNeeded):
        mapped(tmp_path, [*IMAGES, verified()], intention, acknowledged=False).require_decided()


def test_other_documents_and_other_states_are_not(tmp_path: Path) -> None:
    report, plan = sr(IMAGES), rt_set(1).plan
    report.VerificationFlag, plan.ApprovalStatus = "UNVERIFIED", "UNAPPROVED"
    objects = [*IMAGES, report, plan, key_object(IMAGES)]
    mapped(tmp_path, objects, selecting("copy"), acknowledged=False).require_decided()


def test_a_repair_of_padding_alone_leaves_their_content(tmp_path: Path) -> None:
    report = verified()
    report.file_meta.MediaStorageSOPInstanceUID = IMAGES[0].SOPInstanceUID
    uid_map = mapped(tmp_path, [*IMAGES, report], selecting("repair"), acknowledged=False)
    uid_map.require_decided()
    assert sorted(uid_map.kept.values()) == ["changed-same-uid", "unchanged"]
