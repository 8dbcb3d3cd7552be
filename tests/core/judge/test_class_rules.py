"""UID-S21 to S25: what stands where a class or a transfer syntax belongs."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import (
    CT,
    MR,
    NO_PLACE,
    ROOT,
    SERIES,
    STUDY,
    an_object,
    instance,
    judged,
    padded,
    reference,
)
from uidscope.core.read.record import HAS_META, HAS_PREAMBLE, IS_DICOMDIR

EXPLICIT_LE = "1.2.840.10008.1.2.1"
TRANSFER_SYNTAX = "meta.TransferSyntaxUID"
CODES = {f"UID-S2{number}" for number in range(1, 6)}


def in_class(uid: str, path: str = "a", number: int = 1) -> object:
    return an_object(path, instance(number), SOPClassUID=uid)


def test_an_object_of_a_storage_class_has_no_such_finding() -> None:
    records = [an_object("a", instance(1)), an_object("b", instance(2), SOPClassUID=MR)]
    assert not judged(records).codes() & CODES


def test_a_transfer_syntax_as_a_class() -> None:
    finding = judged([in_class(EXPLICIT_LE)]).one("UID-S21")  # type: ignore[list-item]
    assert (finding.severity, finding.level, finding.uid) == ("error", "instance", EXPLICIT_LE)
    assert (finding.attribute, finding.path) == ("SOPClassUID", "SOPClassUID")
    assert finding.facts["registered_as"] == "Explicit VR Little Endian"


def test_a_class_as_a_transfer_syntax() -> None:
    found = judged([an_object("a", instance(1), fields={TRANSFER_SYNTAX: padded(CT)})])
    assert found.one("UID-S21").path == TRANSFER_SYNTAX
    assert found.codes() & CODES == {"UID-S21"}


@pytest.mark.parametrize(("key", "kind"), [(STUDY, "study"), (SERIES, "series"), (instance(1), "instance")])
def test_a_key_of_a_loaded_object_as_a_class(key: str, kind: str) -> None:
    records = [
        an_object("a", instance(1)),
        an_object(
            "b",
            instance(2),
            references=[reference(instance(1))],
            fields={
                "SourceImageSequence[].ReferencedSOPClassUID": padded(key),
            },
        ),
    ]
    found = judged(records)
    finding = found.one("UID-S21")
    assert (finding.uid, finding.facts["key_of"]) == (key, (kind,))
    assert found.files(finding) == {"b"}, "where the value is a key it is at home"
    assert "UID-S24" not in found.codes()


def test_a_class_that_somebody_took_for_an_instance_is_still_a_class() -> None:
    found = judged([an_object("a", CT), an_object("b", instance(2))])
    assert not found.codes() & CODES


@pytest.mark.parametrize("keyword", ["CreatorVersionUID", "CodingSchemeUID"])
def test_these_two_are_neither_classes_nor_transfer_syntaxes(keyword: str) -> None:
    found = judged([an_object("a", instance(1), fields={keyword: padded(STUDY)})])
    assert not found.codes() & CODES


def test_an_unknown_class_of_the_standard() -> None:
    unknown = "1.2.840.10008.5.1.4.1.1.9999"
    found = judged([in_class(unknown, "a"), in_class(unknown, "b", 2)])  # type: ignore[list-item]
    finding = found.one("UID-S22")
    assert (finding.severity, finding.uid, finding.path) == ("warning", unknown, "SOPClassUID")
    assert found.files(finding) == {"a", "b"}, "one finding for the value, its copy in the file meta with it"


def test_a_class_with_a_fault_of_form_is_reported_for_that_alone() -> None:
    found = judged([in_class("1.2.840.10008.05.1.4")])  # type: ignore[list-item]
    assert "UID-S04" in found.codes()
    assert not found.codes() & CODES


def test_a_retired_class_is_noted_where_it_is_that_of_the_object() -> None:
    retired = "1.2.840.10008.5.1.4.1.1.5"
    finding = judged([in_class(retired)]).one("UID-S23")  # type: ignore[list-item]
    assert (finding.severity, finding.uid) == ("info", retired)
    assert finding.facts["name"] == "Nuclear Medicine Image Storage"
    referring = an_object("a", instance(1), references=[reference(instance(2), class_uid=retired)])
    assert "UID-S23" not in judged([referring]).codes()


def test_a_private_class_is_noted() -> None:
    private = f"{ROOT}.77"
    finding = judged([in_class(private)]).one("UID-S24")  # type: ignore[list-item]
    assert (finding.severity, finding.uid) == ("info", private)


def test_under_the_root_of_the_standard_means_part_by_part() -> None:
    found = judged([in_class("1.2.840.100089.1")])  # type: ignore[list-item]
    assert found.codes() & CODES == {"UID-S24"}


@pytest.mark.parametrize(
    ("transfer_syntax", "severity", "status"),
    [
        ("1.2.840.10008.1.2.2", "warning", "retired"),
        ("1.2.840.10008.1.2.77", "error", "unknown"),
        ("1.2.840.113619.5.2", "error", "private"),
    ],
)
def test_a_transfer_syntax_that_is_not_in_use(transfer_syntax: str, severity: str, status: str) -> None:
    record = an_object("a", instance(1), fields={TRANSFER_SYNTAX: padded(transfer_syntax)})
    finding = judged([record]).one("UID-S25")
    assert (finding.severity, finding.facts["status"]) == (severity, status)
    assert finding.path == TRANSFER_SYNTAX


def test_a_transfer_syntax_in_use_is_no_finding_wherever_it_stands() -> None:
    fields = {
        TRANSFER_SYNTAX: padded(EXPLICIT_LE),
        "MACCalculationTransferSyntaxUID": padded("1.2.840.10008.1.2.2"),
    }
    assert not judged([an_object("a", instance(1), fields=fields)]).codes() & CODES


def test_a_dicomdir_is_of_a_class_of_its_own() -> None:
    record = an_object(
        "DICOMDIR",
        "",
        attributes=NO_PLACE,
        flags=HAS_PREAMBLE | HAS_META | IS_DICOMDIR,
        fields={"meta.MediaStorageSOPClassUID": padded("1.2.840.10008.1.3.10")},
    )
    assert not judged([record]).codes() & CODES
