"""All checks, one after the other: progress, cancel, and silence where nothing is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.judge.scene import FRAME, RTSTRUCT, SERIES, an_object, instance, judged, loaded, reference
from uidscope.core.errors import Cancelled
from uidscope.core.judge.judge import judge
from uidscope.core.judge.rule_table import rule
from uidscope.core.progress import CancelToken, Progress


def test_an_empty_catalog_has_no_findings() -> None:
    assert judged([]).findings == ()


def test_objects_without_fault_have_no_findings() -> None:
    images = [an_object(f"{number}", instance(number)) for number in range(3)]
    structures = an_object(
        "rt",
        instance(9),
        references=[reference(instance(number)) for number in range(3)],
        SOPClassUID=RTSTRUCT,
        Modality="RTSTRUCT",
        SeriesInstanceUID=f"{SERIES}.1",
        FrameOfReferenceUID=FRAME,
    )
    assert judged([*images, structures]).findings == ()


def test_progress_counts_the_checks() -> None:
    reports: list[Progress] = []
    with loaded([an_object("a", instance(1))]) as catalog:
        list(judge(catalog, reports.append))
    checks = [report.done for report in reports if report.stage == "checking"]
    assert checks == list(range(reports[-1].total + 1))


def test_progress_counts_the_files_that_are_read_again() -> None:
    reports: list[Progress] = []
    records = [an_object(f"{number}", instance(number)) for number in range(4)]
    with loaded(records) as catalog:
        list(judge(catalog, reports.append))
        searched = [(report.done, report.total) for report in reports if report.stage == "searching"]
        assert searched == [(done, 4) for done in range(5)]
        reports.clear()
        list(judge(catalog, reports.append, leftovers=False))
    assert {report.stage for report in reports} == {"checking"}


def test_cancel_stops_before_the_next_finding() -> None:
    token = CancelToken()
    records = [an_object(f"{number}", instance(number), StudyInstanceUID=None) for number in range(5)]
    with loaded(records) as catalog:
        findings = judge(catalog, cancel=token)
        next(findings)
        token.cancel()
        with pytest.raises(Cancelled):
            next(findings)


def test_every_finding_is_of_a_severity_its_rule_may_have(tmp_path: Path) -> None:
    found = judged(
        [
            an_object("a", "1.02", StudyInstanceUID=None, flags=0, references=[reference("7")]),
            an_object(
                "b", "1.02", meta_uid=None, Modality="MR", faults=[("FILE-04", "Rows", "stands 2 times")]
            ),
        ],
        tmp_path,
    )
    assert len(found.codes()) > 6
    for finding in found.findings:
        assert finding.severity in rule(finding.rule).severities
        assert finding.occurrences
