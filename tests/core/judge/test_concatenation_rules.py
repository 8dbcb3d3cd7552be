"""ENT-30, ENT-31 and ENT-32: whether the parts of a concatenation fit together."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydicom.dataset import FileDataset

from tests.builders import Encoding, add_private_text, concatenation, set_unchecked
from tests.core.judge.scanned import judged_folder
from tests.core.judge.scene import ROOT, SERIES, STUDY, an_object, instance, judged, padded
from tests.watch import SourceFolders

CODES = {"ENT-30", "ENT-31", "ENT-32"}

Change = Callable[[list[FileDataset]], object]


def codes_of(make_source: SourceFolders, change: Change, parts: int = 3) -> set[str]:
    datasets = concatenation(parts)
    for dataset in datasets:
        dataset.ContentLabel = "A"
    change(datasets)
    return judged_folder(make_source(datasets)).codes()


def test_parts_that_fit_together(make_source: SourceFolders) -> None:
    assert judged_folder(make_source(concatenation(4))).findings == ()


@pytest.mark.parametrize(
    ("keyword", "value"),
    [("PatientPosition", "FFS"), ("AcquisitionNumber", 7), ("Manufacturer", "OTHER"), ("ContentLabel", "B")],
)
def test_parts_that_differ_in_what_they_share(
    make_source: SourceFolders, keyword: str, value: object
) -> None:
    parts = concatenation(3)
    setattr(parts[1], keyword, value)
    found = judged_folder(make_source(parts))
    finding = found.one("ENT-30")
    assert (finding.level, finding.severity) == ("series", "error")
    assert finding.uid == parts[0].ConcatenationUID
    assert finding.facts == {"series": (), "differing": (keyword,)}
    assert len(finding.occurrences) == 3


def test_parts_that_differ_inside_a_sequence(make_source: SourceFolders) -> None:
    def change(parts: list[FileDataset]) -> None:
        shared = parts[2].SharedFunctionalGroupsSequence[0]
        shared.PixelMeasuresSequence[0].SliceThickness = 99

    assert codes_of(make_source, change) == {"ENT-30"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda parts: setattr(parts[0], "InstanceCreationTime", "010101"), id="creation time"),
        pytest.param(lambda parts: add_private_text(parts[0], "x"), id="a private element"),
        pytest.param(lambda parts: set_unchecked(parts[0], "ContentLabel", "A "), id="a pad"),
    ],
)
def test_what_parts_need_not_share(make_source: SourceFolders, change: Change) -> None:
    assert not codes_of(make_source, change) & CODES


@pytest.mark.parametrize("syntax", ["implicit-le", "explicit-be", "deflated"])
def test_parts_written_in_different_forms(make_source: SourceFolders, syntax: Encoding) -> None:
    first, *others = concatenation(3)
    folder = make_source(others, folder="both/explicit")
    make_source([first], folder="both/other", transfer_syntax=syntax, undefined_lengths=True)
    assert not judged_folder(folder.parent).codes() & CODES


def test_a_concatenation_in_two_series(make_source: SourceFolders) -> None:
    parts = concatenation(2)
    parts[1].SeriesInstanceUID = f"{parts[0].SeriesInstanceUID}.7"
    found = judged_folder(make_source(parts))
    finding = found.one("ENT-30")
    assert finding.facts["series"] == (parts[0].SeriesInstanceUID, parts[1].SeriesInstanceUID)


def test_a_part_is_missing(make_source: SourceFolders) -> None:
    parts = concatenation(4)
    found = judged_folder(make_source([parts[0], parts[3]]))
    finding = found.one("ENT-31")
    assert (finding.severity, finding.attribute) == ("error", "InConcatenationNumber")
    assert finding.facts == {
        "sources": (),
        "twice": (),
        "missing": ("2", "3"),
        "missing_count": 2,
        "total": 4,
    }
    assert found.codes() == {"ENT-31"}


def test_no_total_no_gap(make_source: SourceFolders) -> None:
    def change(parts: list[FileDataset]) -> None:
        del parts[1]
        for part in parts:
            del part.InConcatenationTotalNumber

    assert not codes_of(make_source, change) & CODES


def test_a_number_is_used_twice(make_source: SourceFolders) -> None:
    parts = concatenation(3)
    parts[2].InConcatenationNumber = 2
    finding = judged_folder(make_source(parts)).one("ENT-31")
    assert (finding.facts["twice"], finding.facts["missing"]) == (("2",), ("3",))


def test_two_files_of_one_part_are_one_part(make_source: SourceFolders) -> None:
    parts = concatenation(2)
    found = judged_folder(make_source([*parts, parts[1]]))
    assert found.codes() == {"ENT-02"}


def test_parts_that_name_different_sources(make_source: SourceFolders) -> None:
    parts = concatenation(2)
    parts[1].SOPInstanceUIDOfConcatenationSource = f"{parts[1].SOPInstanceUIDOfConcatenationSource}.7"
    finding = judged_folder(make_source(parts)).one("ENT-31")
    assert finding.attribute == "SOPInstanceUIDOfConcatenationSource"
    assert len(tuple(finding.facts["sources"])) == 2  # type: ignore[arg-type]


def test_a_part_that_is_the_source(make_source: SourceFolders) -> None:
    parts = concatenation(2)
    for part in parts:
        part.SOPInstanceUIDOfConcatenationSource = parts[0].SOPInstanceUID
    found = judged_folder(make_source(parts))
    finding = found.one("ENT-32")
    assert (finding.level, finding.uid, finding.severity) == ("series", parts[0].ConcatenationUID, "warning")
    assert finding.facts == {"parts": (parts[0].SOPInstanceUID,)}
    assert found.codes() & CODES == {"ENT-32"}


def test_two_concatenations_are_two(make_source: SourceFolders) -> None:
    both = [*concatenation(2), *concatenation(2, series_number=203)]
    assert judged_folder(make_source(both)).findings == ()


def test_files_that_have_gone_say_nothing() -> None:
    concatenated = {"ConcatenationUID": padded(f"{ROOT}.7")}
    found = judged(
        an_object(f"{number}", instance(number), fields=concatenated, number="1") for number in range(2)
    )
    assert found.findings == ()


def test_what_the_catalog_knows_is_told_without_the_files() -> None:
    fields = {
        "ConcatenationUID": padded(f"{ROOT}.7"),
        "SOPInstanceUIDOfConcatenationSource": padded(instance(0)),
    }
    found = judged(
        an_object(f"{number}", instance(number), fields=fields, SeriesInstanceUID=f"{SERIES}.{number}")
        for number in range(2)
    )
    assert found.one("ENT-30").facts["series"] == (f"{SERIES}.0", f"{SERIES}.1")
    assert found.one("ENT-32").facts["parts"] == (instance(0),)
    assert STUDY not in repr(found.of("ENT-31"))


def test_a_part_that_changes_after_the_scan_is_passed_over(make_source: SourceFolders) -> None:
    parts = concatenation(2)
    parts[1].PatientPosition = "FFS"
    folder = make_source(parts)
    assert "ENT-30" in judged_folder(folder).codes()

    def change() -> None:
        (folder / "0002.dcm").write_bytes(b"something else")
        make_source.watch(folder)

    assert not judged_folder(folder, then=change).codes() & CODES
