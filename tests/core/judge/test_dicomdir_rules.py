"""ENT-56 and ENT-58: a DICOMDIR against the files of its medium."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.datadict import dictionary_VR, tag_for_keyword

from tests.builders import ct_series, encoded
from tests.core.judge.media import records_of, write_media
from tests.core.judge.scene import Judged, judged

INSTANCE = "ReferencedSOPInstanceUIDInFile"
CODES = {"ENT-56", "ENT-58"}


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    """A folder with a file-set of four images."""
    write_media(tmp_path / "medium", ct_series(4))
    return tmp_path / "medium"


def images(medium: Path) -> list[Path]:
    """The files that the DICOMDIR names, in the order of its records."""
    records = dcmread(medium / "DICOMDIR").DirectoryRecordSequence
    return [medium.joinpath(*each.ReferencedFileID) for each in records if "ReferencedFileID" in each]


def found_on(medium: Path) -> Judged:
    return judged(records_of(medium), medium)


def test_a_medium_that_is_right(medium: Path) -> None:
    assert not found_on(medium).codes() & CODES


def test_another_instance_in_the_file(medium: Path) -> None:
    images(medium)[1].write_bytes(encoded(ct_series(1, series_number=8)[0]))
    found = found_on(medium)
    finding = found.one("ENT-56")
    uid = ct_series(1, series_number=8)[0].SOPInstanceUID
    assert (finding.severity, finding.level, finding.uid) == ("error", "instance", uid)
    assert finding.attribute == INSTANCE
    assert finding.facts["elements"] == (INSTANCE,)
    assert finding.facts["record"] == (ct_series(4)[1].SOPInstanceUID,)
    assert finding.facts["file"] == (uid,)
    assert found.files(finding) == {"DICOMDIR", images(medium)[1].relative_to(medium).as_posix()}
    assert finding.path == f"DirectoryRecordSequence[].{INSTANCE}"


def test_another_transfer_syntax_in_every_file(medium: Path) -> None:
    for file, image in zip(images(medium), ct_series(4), strict=True):
        file.write_bytes(encoded(image, transfer_syntax="implicit-le"))
    findings = found_on(medium).of("ENT-56")
    assert len(findings) == 4, "one finding for each file"
    assert {finding.attribute for finding in findings} == {"ReferencedTransferSyntaxUIDInFile"}


def test_what_a_file_does_not_say_of_itself_is_no_difference(medium: Path) -> None:
    for file, image in zip(images(medium), ct_series(4), strict=True):
        file.write_bytes(encoded(image, meta=False, preamble=False))
    assert "ENT-56" not in found_on(medium).codes()


def test_files_that_are_not_there(medium: Path) -> None:
    for file in images(medium)[2:]:
        file.unlink()
    found = found_on(medium)
    finding = found.one("ENT-58")
    assert (finding.severity, finding.level, finding.uid) == ("warning", "file", "")
    assert found.files(finding) == {"DICOMDIR"}
    assert finding.facts["missing"] == 2
    assert len(finding.facts["examples"]) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [str.lower, lambda name: f"{name}.", lambda name: f"{name.lower()}.;1"])
def test_names_as_other_systems_show_them_are_taken(medium: Path, change: object) -> None:
    for file in images(medium):
        file.rename(file.with_name(change(file.name)))  # type: ignore[operator]
    for folder in sorted({file.parent for file in images(medium)}):
        folder.rename(folder.with_name(folder.name.lower()))
    assert not found_on(medium).codes() & CODES
    # And they are still compared.
    renamed = next(path for path in medium.rglob("*") if path.is_file() and path.name != "DICOMDIR")
    renamed.write_bytes(encoded(ct_series(1, series_number=8)[0]))
    assert len(found_on(medium).of("ENT-56")) == 1


def test_of_names_that_differ_in_case_the_exact_one_is_meant(medium: Path) -> None:
    file = images(medium)[0]
    other = file.with_name(file.name.lower())
    other.write_bytes(encoded(ct_series(1, series_number=8)[0]))
    if len(list(file.parent.glob("*"))) < 5:
        pytest.skip("this file system does not tell names apart by case")
    assert not found_on(medium).codes() & CODES


def test_a_file_that_is_there_and_was_not_loaded_is_not_missing(medium: Path) -> None:
    images(medium)[0].write_bytes(b"no DICOM")
    only_the_directory = [each for each in records_of(medium) if each.path == "DICOMDIR"]
    assert not judged(only_the_directory, medium).codes() & CODES
    assert not found_on(medium).codes() & CODES


@pytest.mark.parametrize("file_id", [("..", "OUTSIDE"), ("", "ETC", "PASSWD"), (".", "OUTSIDE"), ("A/B",)])
def test_a_name_that_leads_out_of_the_medium_is_never_there(medium: Path, file_id: tuple[str, ...]) -> None:
    (medium.parent / "OUTSIDE").write_bytes(encoded(ct_series(1, series_number=8)[0]))
    (medium / "A").mkdir()
    (medium / "A" / "B").write_bytes(b"no DICOM")
    directory = (medium / "DICOMDIR").read_bytes()
    named = "\\".join(images(medium)[0].relative_to(medium).parts).encode()
    hostile = "\\".join(file_id).encode()
    assert len(hostile) <= len(named)
    (medium / "DICOMDIR").write_bytes(directory.replace(named, hostile.ljust(len(named)), 1))
    found = found_on(medium)
    assert found.one("ENT-58").facts["examples"] == ("/".join(file_id),)
    assert "ENT-56" not in found.codes()


def test_a_link_on_the_way_is_not_followed(medium: Path) -> None:
    folder = images(medium)[0].parent
    outside = medium.parent / "elsewhere"
    folder.rename(outside)
    folder.symlink_to(outside)
    records = [each for each in records_of(medium) if each.path == "DICOMDIR"]
    assert not judged(records, medium).codes() & CODES


def test_a_dicomdir_that_has_changed_or_gone_says_nothing(medium: Path) -> None:
    records = records_of(medium)
    images(medium)[0].unlink()
    os.utime(medium / "DICOMDIR", ns=(1, 1))
    assert not judged(records, medium).codes() & CODES
    (medium / "DICOMDIR").unlink()
    assert not judged(records, medium).codes() & CODES


def test_several_dicomdirs_of_one_folder_are_one_cause(medium: Path) -> None:
    (medium / "DICOMDIR-2").write_bytes((medium / "DICOMDIR").read_bytes())
    images(medium)[1].write_bytes(encoded(ct_series(1, series_number=8)[0]))
    found = found_on(medium)
    assert {"DICOMDIR", "DICOMDIR-2"} < found.files(found.one("ENT-56"))
    images(medium)[1].unlink()
    assert len(found_on(medium).of("ENT-58")) == 2


# Records of patients, studies and series


def change_element(medium: Path, keyword: str, former: str, value: str) -> None:
    """Write another value of the same length where an element stands in the DICOMDIR."""
    tag = tag_for_keyword(keyword)
    assert tag is not None
    head = struct.pack("<HH", tag >> 16, tag & 0xFFFF) + dictionary_VR(tag).encode()
    head += struct.pack("<H", len(former) + len(former) % 2)
    raw = (medium / "DICOMDIR").read_bytes()
    assert raw.count(head + former.encode()) == 1
    assert len(former) == len(value)
    (medium / "DICOMDIR").write_bytes(raw.replace(head + former.encode(), head + value.encode()))


@pytest.mark.parametrize(
    ("kind", "keyword"),
    [("PATIENT", "PatientID"), ("STUDY", "StudyInstanceUID"), ("SERIES", "SeriesInstanceUID")],
)
def test_a_record_above_the_files_that_does_not_fit_them_is_one_finding(
    medium: Path, kind: str, keyword: str
) -> None:
    held = str(ct_series(1)[0][keyword].value)
    said = held[:-1] + ("7" if held[-1] != "7" else "6")
    change_element(medium, keyword, held, said)
    found = found_on(medium)
    finding = found.one("ENT-56")
    assert (finding.level, finding.uid, finding.attribute) == (kind.lower(), held, keyword)
    assert finding.path == f"DirectoryRecordSequence[].{keyword}"
    assert (finding.facts["record"], finding.facts["file"]) == ((said,), (held,))
    assert len(found.files(finding)) == 5, "the DICOMDIR and the four images"


def test_a_study_that_all_files_left_is_told_once_for_what_they_say_now(medium: Path) -> None:
    moved = ct_series(4)
    for image, file in zip(moved, images(medium), strict=True):
        image.StudyInstanceUID = "1.3.6.1.4.1.32473.77"
        file.write_bytes(encoded(image))
    finding = found_on(medium).one("ENT-56")
    assert (finding.level, finding.uid) == ("study", "1.3.6.1.4.1.32473.77")
    assert finding.facts["more"] == 3


def test_where_the_file_is_another_object_its_study_is_not_told_too(medium: Path) -> None:
    other = ct_series(1, series_number=8)[0]
    other.StudyInstanceUID = "1.3.6.1.4.1.32473.77"
    images(medium)[1].write_bytes(encoded(other))
    assert found_on(medium).one("ENT-56").level == "instance"


def test_records_that_no_offset_places_above_a_file_say_nothing_of_it(medium: Path) -> None:
    directory = dcmread(medium / "DICOMDIR")
    for record in directory.DirectoryRecordSequence:
        record.OffsetOfReferencedLowerLevelDirectoryEntity = 0
        if record.DirectoryRecordType == "STUDY":
            record.StudyInstanceUID = "1.3.6.1.4.1.32473.77"
    directory.save_as(medium / "DICOMDIR")
    assert not found_on(medium).codes() & CODES


def test_a_patient_id_that_is_padded_otherwise_is_the_same(medium: Path) -> None:
    for image, file in zip(ct_series(4), images(medium), strict=True):
        image.PatientID = f"{image.PatientID}  "
        file.write_bytes(encoded(image))
    assert not found_on(medium).codes() & CODES


def test_two_dicomdirs_that_say_the_same_are_one_cause_for_a_study(medium: Path) -> None:
    held = str(ct_series(1)[0].StudyInstanceUID)
    change_element(medium, "StudyInstanceUID", held, held[:-1] + "9")
    (medium / "DICOMDIR-2").write_bytes((medium / "DICOMDIR").read_bytes())
    found = found_on(medium)
    assert {"DICOMDIR", "DICOMDIR-2"} < found.files(found.one("ENT-56"))
