"""ENT-40, ENT-41, ENT-43 and ENT-44: file meta that is missing, incomplete, or says something else."""

from __future__ import annotations

import pytest

from tests.core.judge.scene import MR, NO_PLACE, SERIES, an_object, instance, judged, padded
from uidscope.core.read.record import HAS_META, HAS_PREAMBLE, IS_DICOMDIR, TRUNCATED


def test_another_instance_in_the_meta_is_found_for_each_file() -> None:
    found = judged([an_object(f"{number}", instance(number), meta_uid=instance(0)) for number in range(3)])
    assert [finding.uid for finding in found.of("ENT-40")] == [instance(1), instance(2)]
    finding = found.of("ENT-40")[0]
    assert (finding.level, finding.path) == ("instance", "meta.MediaStorageSOPInstanceUID")
    assert finding.facts == {"meta": instance(0), "dataset": instance(1)}
    assert found.codes() == {"ENT-40"}


def test_another_class_in_the_meta_is_found_whatever_else_varies() -> None:
    found = judged(
        [
            an_object(
                f"{number}",
                instance(number),
                fields={
                    "IrradiationEventUID": padded(f"{SERIES}.9.{number}"),
                    "meta.MediaStorageSOPClassUID": padded(
                        MR if number == 3 else "1.2.840.10008.5.1.4.1.1.2"
                    ),
                },
            )
            for number in range(5)
        ]
    )
    assert found.files(found.one("ENT-41")) == {"3"}
    assert found.one("ENT-41").facts["meta"] == MR
    assert found.codes() == {"ENT-41"}


@pytest.mark.parametrize(
    ("absent", "severity"),
    [
        ("MediaStorageSOPClassUID", "error"),
        ("TransferSyntaxUID", "error"),
        ("ImplementationClassUID", "warning"),
    ],
)
@pytest.mark.parametrize("raw", [None, b""])
def test_an_incomplete_meta_is_found(absent: str, severity: str, raw: bytes | None) -> None:
    found = judged(
        [
            an_object("a", instance(1), fields={f"meta.{absent}": raw}),
            an_object("b", instance(2)),
            an_object("c", instance(3), fields={"DeviceUID": padded(SERIES)}),
        ]
    )
    finding = found.one("ENT-43")
    assert (finding.severity, finding.level, finding.uid) == (severity, "instance", instance(1))
    assert finding.facts["missing"] == (absent,)
    assert found.files(finding) == {"a"}
    assert found.codes() == {"ENT-43"}


@pytest.mark.parametrize("meta_uid", [None, ""])
def test_a_meta_without_instance_is_incomplete_and_no_contradiction(meta_uid: str | None) -> None:
    found = judged([an_object("a", instance(1), meta_uid=meta_uid)])
    assert found.one("ENT-43").facts["missing"] == ("MediaStorageSOPInstanceUID",)
    assert found.codes() == {"ENT-43"}


def test_several_missing_elements_are_one_finding_of_the_gravest() -> None:
    fields = {"meta.TransferSyntaxUID": None, "meta.ImplementationClassUID": None}
    found = judged([an_object("a", instance(1), fields=fields)])
    assert found.one("ENT-43").severity == "error"
    assert found.one("ENT-43").facts["missing"] == ("TransferSyntaxUID", "ImplementationClassUID")


def test_a_dicomdir_has_a_meta_too() -> None:
    flags = HAS_PREAMBLE | HAS_META | IS_DICOMDIR
    directory = padded("1.2.840.10008.1.3.10")
    fields = {"meta.MediaStorageSOPClassUID": directory, "meta.ImplementationClassUID": None}
    found = judged(
        [an_object("DICOMDIR", "", meta_uid=instance(1), flags=flags, fields=fields, attributes=NO_PLACE)]
    )
    assert (found.one("ENT-43").level, found.one("ENT-43").uid) == ("file", "")
    assert found.codes() == {"ENT-43"}


def test_a_file_cut_off_in_its_meta_is_not_incomplete_besides() -> None:
    cut = [("FILE-01", "meta", "the file ends inside the file meta information")]
    fields = {"meta.TransferSyntaxUID": None}
    flags = HAS_PREAMBLE | HAS_META | TRUNCATED
    found = judged([an_object("a", instance(1), meta_uid=None, fields=fields, flags=flags, faults=cut)])
    assert found.codes() == {"FILE-01"}


def test_files_without_meta_are_one_finding_a_folder() -> None:
    paths = ("one/a", "one/b", "two/a", "a")
    records = [an_object(path, instance(number), flags=0) for number, path in enumerate(paths)]
    found = judged([*records, an_object("one/good", instance(9))])
    assert sorted(sorted(found.files(finding)) for finding in found.of("ENT-44")) == [
        ["a"],
        ["one/a", "one/b"],
        ["two/a"],
    ]
    assert {finding.level for finding in found.findings} == {"file"}
    assert found.codes() == {"ENT-44"}
