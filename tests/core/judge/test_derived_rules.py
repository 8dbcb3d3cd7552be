"""ENT-18: derived objects that stand among original ones."""

from __future__ import annotations

import pytest

from tests.builders import ct_series, mip_in_source_series
from tests.core.judge.scanned import judged_folder
from tests.core.judge.scene import SERIES, Judged, an_object, instance, judged, reference
from tests.watch import SourceFolders
from uidscope.core.read.record import FileRecord, RawReference

ORIGINAL, DERIVED = r"ORIGINAL\PRIMARY\AXIAL", r"DERIVED\SECONDARY\MPR"
NORTH = {"Manufacturer": "NORTH", "ManufacturerModelName": "N1"}
COMPRESSION = "121320"


def originals(count: int = 3, /, **more: str | None) -> list[FileRecord]:
    attributes = {**NORTH, "ImageType": ORIGINAL, **more}
    return [an_object(f"{number}", instance(number), attributes=attributes) for number in range(count)]


def a_derived_one(
    references: list[RawReference] | None = None, number: int = 9, /, **more: str | None
) -> FileRecord:
    return an_object(
        f"derived-{number}",
        instance(number),
        references=references or [],
        attributes={**NORTH, "ImageType": DERIVED, **more},
    )


def test_a_source_in_the_same_series() -> None:
    found = judged([*originals(), a_derived_one([reference(instance(1))])])
    finding = found.one("ENT-18")
    assert (finding.level, finding.uid, finding.severity) == ("series", SERIES, "warning")
    assert finding.facts == {"derived": 1, "original": 3, "reasons": ("source in the series",)}
    assert found.files(finding) == {"derived-9"}
    assert found.codes() == {"ENT-18"}


@pytest.mark.parametrize(
    "pattern",
    [
        "SourceInstanceSequence[].ReferencedSOPInstanceUID",
        "SharedFunctionalGroupsSequence[].DerivationImageSequence[].SourceImageSequence[]"
        ".ReferencedSOPInstanceUID",
    ],
)
def test_other_places_that_name_a_source(pattern: str) -> None:
    found = judged([*originals(), a_derived_one([reference(instance(1), pattern)])])
    assert found.codes() == {"ENT-18"}


@pytest.mark.parametrize("keyword", ["Manufacturer", "ManufacturerModelName", "DeviceSerialNumber"])
def test_another_device_that_derives(keyword: str) -> None:
    found = judged([*originals(**{keyword: "ONE"}), a_derived_one(**{keyword: "OTHER"})])
    assert found.one("ENT-18").facts["reasons"] == ("other device",)
    assert found.codes() == {"ENT-18"}, "the device is told by the rule that explains it"


def test_a_post_processor_is_known_by_its_name() -> None:
    found = judged([*originals(Manufacturer=None), a_derived_one(Manufacturer="3D Slicer")])
    assert "ENT-18" in found.codes()
    found = judged([*originals(SoftwareVersions="7"), a_derived_one(SoftwareVersions=r"7\syngo.via VB80")])
    assert "ENT-18" in found.codes()


def test_several_derived_ones_are_one_finding() -> None:
    derived = [a_derived_one([reference(instance(1))], number) for number in (7, 8, 9)]
    finding = judged([*originals(), *derived]).one("ENT-18")
    assert finding.facts["derived"] == len(finding.occurrences) == 3


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([*originals(), a_derived_one()], id="made by the same device, no source named"),
        pytest.param(
            [*originals(), a_derived_one([reference(instance(77))])], id="the source is not in the series"
        ),
        pytest.param(
            [*originals(), a_derived_one([reference(instance(9))])], id="it names itself, which is ENT-53"
        ),
        pytest.param(
            [
                *originals(),
                a_derived_one([reference(instance(1), purpose=COMPRESSION)], Manufacturer="OTHER"),
            ],
            id="compressed",
        ),
        pytest.param(
            [
                *originals(),
                a_derived_one([reference(instance(1), "ReferencedImageSequence[].ReferencedSOPInstanceUID")]),
            ],
            id="a referenced image is no source",
        ),
        pytest.param(
            [a_derived_one([reference(instance(8))]), a_derived_one([], 8)],
            id="a series of derived objects alone",
        ),
        pytest.param(
            [*originals(), a_derived_one([reference(instance(1))], SeriesInstanceUID=f"{SERIES}.1")],
            id="a series of its own",
        ),
        pytest.param(
            [*originals(Manufacturer="NORTH"), a_derived_one(Manufacturer="n/a")], id="no device named"
        ),
        pytest.param([*originals(SoftwareVersions="7"), a_derived_one(SoftwareVersions="8")], id="an update"),
    ],
)
def test_near_misses(records: list[FileRecord]) -> None:
    assert "ENT-18" not in judged(records).codes()


def test_an_intruder_of_another_modality_is_told_by_that() -> None:
    records = [*originals(), a_derived_one([reference(instance(1))], Modality="SEG")]
    assert judged(records).codes() == {"ENT-13"}


def test_a_projection_in_the_series_of_its_slices(make_source: SourceFolders) -> None:
    images = ct_series(4)
    found = judged_folder(make_source([*images, mip_in_source_series(images)]))
    assert [each.rule for each in found.findings if each.severity != "info"] == ["ENT-18"]
    assert found.one("ENT-18").facts["reasons"] == ("source in the series",)
    assert len(found.one("ENT-18").occurrences) == 1


def test_another_program_that_names_no_source(make_source: SourceFolders) -> None:
    images = ct_series(3)
    projection = mip_in_source_series(images)
    del projection.SourceImageSequence
    found: Judged = judged_folder(make_source([*images, projection]))
    assert found.one("ENT-18").facts["reasons"] == ("other device",)
