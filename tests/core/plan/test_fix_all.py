"""What mends all that was found without a question, and what is left to the user."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import Study, ct_series, encoded, mip_in_source_series, set_unchecked, with_raw_value
from tests.core.plan.carried_out import numbered
from tests.core.plan.planned import derive_plan
from tests.core.plan.test_offers import checked
from uidscope.core.catalog.findings import findings
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import Cancelled
from uidscope.core.plan.history import PlanHistory
from uidscope.core.plan.intention import Selector, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.told.fix import fix_of
from uidscope.core.plan.told.fix_all import fixes_of_all, is_any_fix_free
from uidscope.core.plan.told.offers import is_offered
from uidscope.core.plan.told.step_words import step_sentence
from uidscope.core.progress import CancelToken

ONE, TWO, THREE = Study(1), Study(2), Study(3)


def replaced(catalog: Catalog, repairs: Sequence[tuple[Selector, ...]]) -> list[tuple[str, str]]:
    """The kind and the old UID of everything that gets a new one by these repairs together."""
    history = PlanHistory()
    plan = history.add_fixes([new_intention("repair", selectors) for selectors in repairs], 1)
    uid_map = derive_plan(catalog, plan, IssuedUids())
    return sorted((entry.kind, entry.old) for entry in uid_map.entries())


def faulty(study: Study, **uids: str) -> list[Dataset]:
    images = ct_series(2, study=study)
    for image in images:
        for keyword, uid in uids.items():
            set_unchecked(image, keyword, uid)
    return list(images)


def test_rules_that_ask_nothing_are_one_repair(tmp_path: Path) -> None:
    padded = with_raw_value(encoded(ct_series(1, study=TWO)[0]), "FrameOfReferenceUID", b"1.2.3.4.50  ")
    files = {**numbered(faulty(ONE, FrameOfReferenceUID="1.2.03.4")), "padded.dcm": padded}
    with checked(tmp_path, files) as catalog:
        fixes = fixes_of_all(catalog)
        assert is_any_fix_free(catalog)
        (repair,) = fixes.repairs
        assert {selector.kind for selector in repair} == {"rule"}
        assert {"UID-S04", "UID-S08"} <= {selector.value for selector in repair}
        assert (fixes.planned, fixes.asking) == (len([f for f in findings(catalog) if is_offered(f)]), 0)
        assert ("frame_of_reference", "1.2.03.4") in replaced(catalog, fixes.repairs)


def test_what_is_a_question_is_counted_and_left(tmp_path: Path) -> None:
    images = ct_series(3, study=TWO)
    (image,), (other,) = ct_series(1, study=THREE), ct_series(1, study=THREE)
    other.PixelData = bytes(len(other.PixelData))
    some = [*faulty(ONE, StudyInstanceUID="1.2.03.4"), *images, mip_in_source_series(images), image, other]
    with checked(tmp_path, numbered(some)) as catalog:
        asked = {finding.rule for finding in findings(catalog) if is_offered(finding)}
        assert asked == {"UID-S04", "ENT-05", "ENT-18"}
        assert fixes_of_all(catalog) == ((), 0, 3)
        assert not is_any_fix_free(catalog)


def test_of_one_rule_what_asks_nothing_is_planned_and_the_study_stays(tmp_path: Path) -> None:
    some = [*faulty(ONE, StudyInstanceUID="1.2.03.4"), *faulty(TWO, FrameOfReferenceUID="1.2.05.6")]
    with checked(tmp_path, numbered(some)) as catalog:
        fixes = fixes_of_all(catalog)
        assert (fixes.planned, fixes.asking) == (1, 1)
        alone = [fix_of(catalog, finding) for finding in findings(catalog)]
        assert [fix.asks for fix in alone if fix is not None].count(False) == fixes.planned
        assert replaced(catalog, fixes.repairs) == [("frame_of_reference", "1.2.05.6")]


def test_beside_a_faulty_study_uid_of_the_same_rule_nothing_is_free(tmp_path: Path) -> None:
    """A repair mends all that its rule finds in a file, so the study would get another UID unasked."""
    some = faulty(ONE, StudyInstanceUID="1.2.03.4", SeriesInstanceUID="1.2.03.4.1")
    with checked(tmp_path, numbered(some)) as catalog:
        assert len(findings(catalog, rule="UID-S04")) == 2
        assert fixes_of_all(catalog) == ((), 0, 2)
        for finding in findings(catalog, rule="UID-S04"):
            fix = fix_of(catalog, finding)
            assert fix is not None
            assert fix.asks


def test_a_registered_value_counts_as_neither(tmp_path: Path) -> None:
    with checked(tmp_path, numbered(faulty(ONE, FrameOfReferenceUID="1.2.840.10008.1.2"))) as catalog:
        assert findings(catalog)
        assert fixes_of_all(catalog) == ((), 0, 0)
        assert not is_any_fix_free(catalog)


def test_it_can_be_cancelled(tmp_path: Path) -> None:
    with checked(tmp_path, numbered(faulty(ONE, FrameOfReferenceUID="1.2.03.4"))) as catalog:
        token = CancelToken()
        token.cancel()
        with pytest.raises(Cancelled):
            fixes_of_all(catalog, token)


@pytest.mark.parametrize(
    ("language", "many", "one"),
    [
        ("en", "fixes of 12 findings", "fixes of 1 finding"),
        ("de", "von 12 Feststellungen", "von 1 Feststellung"),
    ],
)
def test_all_of_them_are_one_step(language: str, many: str, one: str) -> None:
    repairs = [new_intention("repair", (Selector("rule", code),)) for code in ("UID-S04", "UID-S08")]
    history = PlanHistory()
    history.add(new_intention("copy"))
    before = history.plan
    assert history.add_fixes(repairs, 12).intentions[1:] == tuple(repairs)
    step = history.undo()
    assert step is not None
    assert step_sentence(step, language=language).endswith(many)
    assert step_sentence(step._replace(findings=1), language=language).endswith(one)
    assert history.plan == before
    history.redo()
    assert history.plan.intentions[1:] == tuple(repairs)
