"""What the user can put into the plan from a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import Study, ct_series, encoded, mip_in_source_series, with_raw_value
from tests.core.plan.carried_out import derive, loaded, numbered, selecting, write_files
from uidscope.core.catalog.findings import KeptFinding, findings
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UsageError
from uidscope.core.flow import check
from uidscope.core.judge.rule_table import rules
from uidscope.core.plan.intention import Intention, Into, Selector, new_intention
from uidscope.core.plan.told.offers import Offer, offered_intentions


@contextmanager
def checked(folder: Path, files: Mapping[str, bytes | Dataset]) -> Iterator[Catalog]:
    with loaded(write_files(folder / "s", files)) as catalog:
        check(catalog)
        yield catalog


def offered(catalog: Catalog, rule: str) -> list[tuple[KeptFinding, tuple[Offer, ...]]]:
    return [(finding, offered_intentions(catalog, finding)) for finding in findings(catalog, rule=rule)]


def taken(offer: Offer, *chosen: Selector, into: Into | None = None) -> Intention:
    return new_intention(offer.kind, (*offer.selectors, *chosen), into=into)


def written(catalog: Catalog, intention: Intention) -> set[str]:
    """The files that a plan of this alone gives new SOP Instance UIDs or series."""
    uid_map = derive(catalog, intention)
    uid_map.require_decided()
    changed = [id_ for id_ in uid_map.outcomes if uid_map.changed(id_) != "unchanged"]
    return set(display_paths(catalog, changed).values())


def test_a_derived_image_is_offered_a_series_of_its_own(tmp_path: Path) -> None:
    images = ct_series(3)
    with checked(tmp_path, numbered([*images, mip_in_source_series(images)])) as catalog:
        ((_, (offer,)),) = offered(catalog, "ENT-18")
        assert (offer.kind, offer.candidates, offer.needs_target) == ("derived-series", (), False)
        assert written(catalog, taken(offer)) == {"4.dcm"}


def test_one_of_two_duplicates_is_chosen_alone_or_among_all(tmp_path: Path) -> None:
    (image,), (other,) = ct_series(1), ct_series(1)
    other.PixelData = bytes(len(other.PixelData))
    with checked(tmp_path, numbered([image, other])) as catalog:
        ((_, offers),) = offered(catalog, "ENT-05")
        assert [offer.kind for offer in offers] == ["instances", "repair"]
        for offer in offers:
            chosen = offer.candidates[1]
            assert chosen.value.endswith("2.dcm")
            assert written(catalog, taken(offer, chosen)) == {"2.dcm"}


def test_a_series_in_two_studies_is_told_apart_by_the_files_named(tmp_path: Path) -> None:
    (one,), (two,) = ct_series(1), ct_series(1, study=Study(2))
    two.SeriesInstanceUID = one.SeriesInstanceUID
    with checked(tmp_path, numbered([one, two])) as catalog:
        ((_, (offer,)),) = offered(catalog, "ENT-10")
        assert offer.kind == "repair"
        assert written(catalog, taken(offer, offer.candidates[0])) == {"1.dcm"}


def test_a_study_of_two_patients_is_offered_a_move_of_some_of_it(tmp_path: Path) -> None:
    images = [*ct_series(1), *ct_series(1, series_number=3)]
    images[1].PatientID = "TEST-0009"
    right = ct_series(1, study=Study(2, patient_id="TEST-0009"))
    with checked(tmp_path, numbered([*images, *right])) as catalog:
        ((_, (offer,)),) = offered(catalog, "ENT-11")
        assert (offer.kind, offer.needs_target) == ("move", True)
        into = Into("study", Study(2).uid())
        assert written(catalog, taken(offer, offer.candidates[1], into=into)) == {"2.dcm"}
        with pytest.raises(UsageError):
            taken(offer, offer.candidates[1])


def test_a_faulty_value_is_offered_a_repair_of_it_and_of_no_other(tmp_path: Path) -> None:
    images = [*ct_series(1), *ct_series(1, study=Study(2))]
    files = {
        f"{number}.dcm": with_raw_value(
            encoded(image), "SOPInstanceUID", f"1.2.826.0.{number}.05\0".encode("ascii")
        )
        for number, image in enumerate(images, 1)
    }
    with checked(tmp_path, files) as catalog:
        found = offered(catalog, "UID-S04")
        assert len(found) == 2
        for finding, (offer,) in found:
            assert offer.kind == "repair"
            (name,) = written(catalog, taken(offer))
            assert name.removesuffix(".dcm") in finding.uid


def test_what_no_plan_mends_is_offered_nothing(tmp_path: Path) -> None:
    image, twin = ct_series(1)[0], ct_series(1)[0]
    with checked(tmp_path, numbered([image, twin])) as catalog:
        ((_, offers),) = offered(catalog, "ENT-02")
        assert offers == ()


def test_every_rule_that_offers_a_repair_has_one_that_the_plan_knows(tmp_path: Path) -> None:
    """Whatever is offered for a rule, a plan with it is refused only for want of such a finding."""
    with checked(tmp_path, numbered(ct_series(1))) as catalog:
        for code in rules():
            finding = KeptFinding(0, code, "error", "instance", "1.2.3", "", "SOPInstanceUID", 0, {})
            for offer in offered_intentions(catalog, finding):
                if offer.kind == "repair":
                    with pytest.raises(UsageError, match="There is no finding of the rule"):
                        derive(catalog, selecting("repair", *map(tuple, offer.selectors[:1])))  # type: ignore[arg-type]
