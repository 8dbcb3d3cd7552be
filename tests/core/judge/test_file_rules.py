"""FILE-01 to FILE-04: what the reader saw becomes one finding for each rule and file."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import an_object, instance, judged


@pytest.mark.parametrize(
    ("code", "severity"),
    [("FILE-01", "error"), ("FILE-02", "error"), ("FILE-03", "warning"), ("FILE-04", "warning")],
)
def test_a_fault_of_a_file_is_a_finding(code: str, severity: str) -> None:
    found = judged(
        [
            an_object("a", instance(1), faults=[(code, "PixelData", "8 of 16 bytes")]),
            an_object("b", instance(2)),
        ]
    )
    finding = found.one(code)
    assert (finding.severity, finding.level, finding.uid, finding.path) == (severity, "file", "", "PixelData")
    assert finding.facts["detail"] == "8 of 16 bytes"
    assert found.files(finding) == {"a"}
    assert found.codes() == {code}


def test_several_elements_that_stand_twice_are_one_finding() -> None:
    faults = [("FILE-04", path, "stands 2 times") for path in ("SOPInstanceUID", "Rows")]
    found = judged([an_object("a", instance(1), faults=faults)])
    assert found.one("FILE-04").facts["elements"] == ("SOPInstanceUID", "Rows")
