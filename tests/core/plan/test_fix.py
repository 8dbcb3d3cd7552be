"""What mends a finding, and what a repair offers, rule by rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import Study, ct_series, encoded, mip_in_source_series, set_unchecked, with_raw_value
from tests.core.plan.carried_out import derive, numbered
from tests.core.plan.test_offers import checked
from uidscope.core.catalog.findings import findings
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.plan.intention import new_intention
from uidscope.core.plan.told.fix import fix_of
from uidscope.core.plan.told.offers import is_offered, offered_intentions
from uidscope.core.plan.told.repair_offers import repair_offers, shared_uid_findings

ONE, TWO = Study(1), Study(2)


def faulty(keyword: str, uid: str, study: Study = ONE) -> list[Dataset]:
    images = ct_series(2, study=study)
    for image in images:
        set_unchecked(image, keyword, uid)
    return list(images)


def test_a_repair_by_rule_asks_nothing(tmp_path: Path) -> None:
    with checked(tmp_path, numbered(faulty("FrameOfReferenceUID", "1.2.03.4"))) as catalog:
        (finding,) = findings(catalog, rule="UID-S04")
        fix = fix_of(catalog, finding)
        assert fix is not None
        assert not fix.asks
        assert fix.offers[0].kind == "repair"
        uid_map = derive(catalog, new_intention("repair", fix.offers[0].selectors))
        assert [entry.old for entry in uid_map.entries()] == ["1.2.03.4"]


def test_a_study_uid_is_never_replaced_without_a_question(tmp_path: Path) -> None:
    with checked(tmp_path, numbered(faulty("StudyInstanceUID", "1.2.03.4"))) as catalog:
        (finding,) = findings(catalog, rule="UID-S04")
        fix = fix_of(catalog, finding)
        assert fix is not None
        assert fix.asks
        assert fix.repair is not None
        assert (fix.repair.studies, fix.repair.new_uids) == (1, True)


def test_what_shares_a_uid_is_asked_about(tmp_path: Path) -> None:
    (image,), (other,) = ct_series(1), ct_series(1)
    other.PixelData = bytes(len(other.PixelData))
    with checked(tmp_path, numbered([image, other])) as catalog:
        (finding,) = findings(catalog, rule="ENT-05")
        fix = fix_of(catalog, finding)
        assert fix is not None
        assert fix.asks
        assert fix.apart is not None
        assert len(fix.apart.alternatives) == 2
        assert {selector.kind for selector in fix.selectors} == {"file"}


def test_a_derived_image_is_asked_about_its_series(tmp_path: Path) -> None:
    images = ct_series(3)
    with checked(tmp_path, numbered([*images, mip_in_source_series(images)])) as catalog:
        (finding,) = findings(catalog, rule="ENT-18")
        fix = fix_of(catalog, finding)
        assert fix is not None
        assert (fix.asks, fix.apart, fix.repair) == (True, None, None)
        assert len(fix.selectors) == 1


def test_whether_there_is_a_fix_is_known_without_a_look_at_the_files(tmp_path: Path) -> None:
    images = [*faulty("FrameOfReferenceUID", "1.2.03.4"), *ct_series(2, study=TWO)]
    images[3].PatientID = "TEST-9"
    images[2].SOPClassUID = "1.2.3"
    with checked(tmp_path, numbered(images)) as catalog:
        some = findings(catalog)
        assert len({finding.rule for finding in some}) > 2
        for finding in some:
            assert is_offered(finding) == bool(offered_intentions(catalog, finding))
            assert is_offered(finding) == (fix_of(catalog, finding) is not None)


def test_repairs_are_offered_rule_by_rule_those_without_new_uids_first(tmp_path: Path) -> None:
    padded = with_raw_value(encoded(ct_series(1, study=TWO)[0]), "FrameOfReferenceUID", b"1.2.3.4.50  ")
    files = numbered([*faulty("StudyInstanceUID", "1.2.03.4"), *faulty("FrameOfReferenceUID", "1.2.3.04.5")])
    with checked(tmp_path, {**files, "padded.dcm": padded}) as catalog:
        offers = repair_offers(catalog, ())
        found = [(each.rule, each.findings, each.new_uids, each.studies) for each in offers]
        assert found == [("UID-S08", 1, False, 0), ("UID-S04", 2, True, 1)]
        (study,) = (node for node in nodes_with_uid(catalog, TWO.uid()) if node.level == "study")
        assert [each.rule for each in repair_offers(catalog, [study])] == ["UID-S08"]


@pytest.mark.parametrize("about", ["everything", "its study", "another study"])
def test_what_shares_a_uid_is_found_where_it_is(tmp_path: Path, about: str) -> None:
    (image,), (other,) = ct_series(1, study=ONE), ct_series(1, study=ONE)
    other.PixelData = bytes(len(other.PixelData))
    with checked(tmp_path, numbered([image, other, *ct_series(1, study=TWO)])) as catalog:
        uid = {"everything": "", "its study": ONE.uid(), "another study": TWO.uid()}[about]
        nodes = [node for node in nodes_with_uid(catalog, uid) if node.level == "study"]
        rules = [finding.rule for finding in shared_uid_findings(catalog, nodes)]
        assert rules == ([] if about == "another study" else ["ENT-05"])
