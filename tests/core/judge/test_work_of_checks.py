"""The work of the checks on references grows with the number of objects, and no faster."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.core.judge.scene import ROOT, SR, an_object, instance, loaded, reference
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge import class_rules, dicomdir_rules, encoding_rules, evidence_rules, target_rules
from uidscope.core.judge.fetch_keys import fetch_keys
from uidscope.core.judge.rule import Inquiry
from uidscope.core.progress import CancelToken
from uidscope.core.read.record import FileRecord

_EVIDENCE = (
    "CurrentRequestedProcedureEvidenceSequence[].ReferencedSeriesSequence[].ReferencedSOPSequence[]"
    ".ReferencedSOPInstanceUID"
)
_CONTENT = "ContentSequence[].ReferencedSOPSequence[].ReferencedSOPInstanceUID"
_STEPS = 100


def reports(count: int) -> Iterator[FileRecord]:
    """Images in series of ten, and a report on each series whose references are stated as no other's are."""
    for number in range(count):
        series, study = f"{ROOT}.2.{number // 10}", f"{ROOT}.1.{number // 40}"
        place = {"SeriesInstanceUID": series, "StudyInstanceUID": study}
        before = [reference(instance(number - 1))] if number % 10 else []
        yield an_object(f"{number}", instance(number), references=before, attributes=place)
        if number % 10 == 9:
            images = range(number - 9, number + 1)
            named = [
                *(
                    reference(instance(each), _EVIDENCE, series_uid=series, study_uid=study)
                    for each in images
                ),
                *(reference(instance(each), _CONTENT) for each in images),
                reference(f"{ROOT}.8.{number}", _EVIDENCE, series_uid=f"{ROOT}.9.{number}", study_uid=study),
            ]
            yield an_object(
                f"report-{number}",
                f"{ROOT}.7.{number}",
                references=named,
                SOPClassUID=SR,
                Modality="SR",
                StudyInstanceUID=study,
                SeriesInstanceUID=f"{ROOT}.6.{number}",
            )


def steps(count: int, work: Callable[[Catalog], object]) -> int:
    """How many steps the database takes for the work, in hundreds."""
    with loaded(reports(count)) as catalog:
        taken = 0

        def step() -> int:
            nonlocal taken
            taken += 1
            return 0

        catalog.connection.set_progress_handler(step, _STEPS)
        work(catalog)
        catalog.connection.set_progress_handler(None, 0)
    return taken


_CHECKS = {
    "-".join(check.codes): check.find
    for family in (class_rules, encoding_rules, target_rules, evidence_rules, dicomdir_rules)
    for check in family.CHECKS
}


@pytest.mark.parametrize("codes", _CHECKS)
def test_ten_times_the_objects_are_ten_times_the_work(codes: str) -> None:
    def check(catalog: Catalog) -> object:
        return list(_CHECKS[codes](Inquiry(catalog, CancelToken())))

    assert steps(4000, check) < 14 * steps(400, check) + 20


def test_the_fetch_list_grows_no_faster() -> None:
    def fetch(catalog: Catalog) -> object:
        return list(fetch_keys(catalog))

    assert steps(4000, fetch) < 14 * steps(400, fetch)
