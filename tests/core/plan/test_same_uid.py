"""Different things that bear one UID: which there are, and how they are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Study, ct_series
from tests.core.plan.carried_out import derive, numbered
from tests.core.plan.test_offers import checked
from uidscope.core.catalog.findings import findings
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.errors import UsageError
from uidscope.core.plan.intention import Selector, new_intention
from uidscope.core.plan.told.same_uid import objects_with_uid, selectors_of_others, telling_apart

ONE, TWO = Study(1), Study(2)


def test_identical_files_are_one_object(tmp_path: Path) -> None:
    (image,), (again,), (other,) = ct_series(1), ct_series(1), ct_series(1)
    other.PixelData = bytes(len(other.PixelData))
    with checked(tmp_path, numbered([image, again, other])) as catalog:
        found = objects_with_uid(catalog, image.SOPInstanceUID)
        assert [(each.path, len(each.occurrences)) for each in found] == [("1.dcm", 2), ("3.dcm", 1)]
        assert all(each.place[-1].node.level == "series" for each in found)
        assert objects_with_uid(catalog, "1.2.3") == ()


def test_all_but_the_one_that_keeps_its_uid_get_new_ones(tmp_path: Path) -> None:
    images = [ct_series(1)[0] for _ in range(3)]
    for number, image in enumerate(images):
        image.PixelData = bytes([number]) * len(image.PixelData)
    with checked(tmp_path, numbered(images)) as catalog:
        (finding,) = findings(catalog, rule="ENT-05")
        apart = telling_apart(catalog, finding)
        assert apart is not None
        assert [each.path for each in apart.alternatives] == ["1.dcm", "2.dcm", "3.dcm"]
        others = selectors_of_others(catalog, apart, 1)
        uid_map = derive(catalog, new_intention("repair", (Selector("rule", "ENT-05"), *others)))
        assert set(display_paths(catalog, uid_map.own_instances).values()) == {"1.dcm", "3.dcm"}
        for place in (-1, 3):
            with pytest.raises(UsageError):
                selectors_of_others(catalog, apart, place)


def test_a_series_in_two_studies_is_told_apart_by_study(tmp_path: Path) -> None:
    images, others = ct_series(2, study=ONE), ct_series(3, study=TWO)
    for other in others:
        other.SeriesInstanceUID = images[0].SeriesInstanceUID
    with checked(tmp_path, numbered([*images, *others])) as catalog:
        (finding,) = findings(catalog, rule="ENT-10")
        apart = telling_apart(catalog, finding)
        assert apart is not None
        assert apart.attribute == "StudyInstanceUID"
        found = [(each.value, len(each.occurrences)) for each in apart.alternatives]
        assert found == [(ONE.uid(), 2), (TWO.uid(), 3)]
        selectors = (Selector("rule", "ENT-10"), *selectors_of_others(catalog, apart, 0))
        uid_map = derive(catalog, new_intention("repair", selectors))
        uid_map.require_decided()
        assert {entry.file_count for entry in uid_map.entries() if entry.kind == "series"} == {3}


def test_two_patients_of_one_study_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    images = ct_series(3, study=ONE)
    images[2].PatientID = "TEST-9"
    with checked(tmp_path, numbered(images)) as catalog:
        (finding,) = findings(catalog, rule="ENT-11")
        apart = telling_apart(catalog, finding)
        assert apart is not None
        assert [each.value for each in apart.alternatives] == [ONE.patient_id, "TEST-9"]
        assert [Path(selector.value).name for selector in apart.selectors_of(catalog, 1)] == ["3.dcm"]


def test_a_finding_of_another_sort_has_nothing_to_tell_apart(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    image.FrameOfReferenceUID = "1.2.03.4"
    with checked(tmp_path, numbered([image])) as catalog:
        (finding,) = findings(catalog, rule="UID-S04")
        assert telling_apart(catalog, finding) is None
