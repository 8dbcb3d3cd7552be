"""ENT-14: a series of several SOP classes."""

from __future__ import annotations

from tests.core.judge.scene import CT, ROOT, SERIES, an_object, instance, judged

ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1"
RAW = "1.2.840.10008.5.1.4.1.1.66"


def test_the_rarer_classes_are_named() -> None:
    found = judged(
        [
            *(an_object(f"{number}", instance(number)) for number in range(3)),
            an_object("enhanced", instance(8), SOPClassUID=ENHANCED_CT),
            an_object("raw", instance(9), SOPClassUID=RAW),
        ]
    )
    finding = found.one("ENT-14")
    assert (finding.level, finding.uid, finding.severity) == ("series", SERIES, "info")
    assert finding.facts["classes"] == ("CT Image Storage", "Enhanced CT Image Storage", "Raw Data Storage")
    assert found.files(finding) == {"enhanced", "raw"}
    assert found.codes() == {"ENT-14"}


def test_a_class_without_a_name_is_told_by_its_uid() -> None:
    found = judged([an_object("a", instance(1)), an_object("b", instance(2), SOPClassUID=f"{ROOT}.77")])
    assert f"{ROOT}.77" in tuple(found.one("ENT-14").facts["classes"])  # type: ignore[arg-type]


def test_two_series_may_have_two_classes() -> None:
    found = judged(
        [
            an_object("a", instance(1), SOPClassUID=CT),
            an_object("b", instance(2), SOPClassUID=ENHANCED_CT, SeriesInstanceUID=f"{SERIES}.1"),
        ]
    )
    assert found.findings == ()


def test_an_object_without_a_class_is_not_of_another() -> None:
    found = judged([an_object("a", instance(1)), an_object("b", instance(2), SOPClassUID=None)])
    assert "ENT-14" not in found.codes()
