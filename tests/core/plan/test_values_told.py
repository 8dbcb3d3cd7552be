"""What the past and the repairs say of values: which are faulty, which are told, and which are put right."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import ct_series, encoded, with_raw_value
from tests.core.export.makers import Leaf, file_of, parsed
from tests.core.plan.carried_out import NOW, carried_out, carry_out, derive, numbered, selecting
from tests.core.plan.test_offers import checked
from uidscope.core.plan.edits.re_encoding import re_encodings
from uidscope.core.plan.edits.value_form import faulty_values


@pytest.mark.parametrize(
    ("vr", "raw", "expected"),
    [
        ("LO", b"x" * 64, ()),
        ("LO", b"x" * 65, (1,)),
        ("LO", b"fine\\" + b"x" * 65, (2,)),
        ("LO", b"a\nb", (1,)),
        ("SH", b"x" * 17, (1,)),
        ("CS", b"lower", (1,)),
        ("DA", b"20240131", ()),
        ("DA", b"2024", (1,)),
        ("IS", b"12x", (1,)),
        ("UT", b"a\nb\\c", ()),
        ("UT", b"a\x01b", (1,)),
        ("UC", b"a\x01b\\fine", (1,)),
        ("UR", b"a\x01b", (1,)),
        ("LT", b"a\nb\\c", ()),
        ("PN", b"TEST^ALPHA=" + b"x" * 65, (1,)),
        ("UI", b"1.2.3\0", ()),
        ("UI", b"1.02.3", (1,)),
        ("US", b"\1\2", ()),
        ("OB", b"a\x01", ()),
        ("LO", b"", ()),
    ],
)
def test_the_values_that_a_vr_does_not_allow_are_numbered(
    vr: str, raw: bytes, expected: tuple[int, ...]
) -> None:
    (element,) = parsed(file_of([Leaf(0x0009_1001, vr, raw)])).dataset.elements
    assert faulty_values(element, vr, raw, b"ISO_IR 100") == expected


def test_two_values_where_one_is_allowed_are_both_faulty() -> None:
    raw = b"1.2.3\\1.2.4\0"
    (element,) = parsed(file_of([Leaf(0x0020_000D, "UI", raw)])).dataset.elements
    assert faulty_values(element, "UI", raw, b"") == (1, 2)


def test_pads_are_put_right_in_private_elements_and_in_those_of_several_values() -> None:
    structure = parsed(
        file_of(
            [
                Leaf(0x0008_0018, "UI", b"1.2.3 "),
                Leaf(0x0008_001A, "UI", b"1.2.3\\1.2.4 "),
                Leaf(0x0009_0010, "LO", b"TEST MAKER"),
                Leaf(0x0009_1001, "UI", b"1.2.5 "),
                Leaf(0x0020_000D, "UI", b"1.2.6\0"),
            ]
        )
    )
    edits = list(re_encodings(structure, {"UID-S08"}, ()))
    assert [(edit.path, edit.old, edit.value) for edit in edits] == [
        ("SOPInstanceUID", "1.2.3", b"1.2.3"),
        ("RelatedGeneralSOPClassUID", "1.2.3\\1.2.4", b"1.2.3\\1.2.4"),
        ("00091001", "1.2.5", b"1.2.5"),
    ]
    assert not list(re_encodings(structure, {"UID-S12"}, ()))
    assert len(list(re_encodings(structure, {"UID-S08"}, edits[:1]))) == 2


def _former(image: Dataset, folder: Path) -> Dataset:
    """What the Original Attributes keep of an image that gets a new identity."""
    written = carried_out(numbered([image]), folder, selecting("instances")).dataset("1.dcm")
    former: Dataset = written.OriginalAttributesSequence[0].ModifiedAttributesSequence[0]
    return former


def test_what_does_not_change_is_not_told_as_changed(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.InstanceCreationDate = NOW.strftime("%Y%m%d")
    image.InstanceCreationTime = "000001"
    former = _former(image, tmp_path)
    assert "InstanceCreationDate" not in former
    assert former.InstanceCreationTime == "000001"


def test_a_standard_element_stands_in_the_past_without_another_beside_it(tmp_path: Path) -> None:
    """(0040,0002) would be the creator of (0040,0275), were that private."""
    (image,) = ct_series(1)
    reference = Dataset()
    reference.ReferencedSOPClassUID = image.SOPClassUID
    reference.ReferencedSOPInstanceUID = image.SOPInstanceUID
    request = Dataset()
    request.ReferencedStudySequence = [Dataset()]
    request.ReferencedInstanceSequence = [reference]
    image.RequestAttributesSequence = [request]
    image.ScheduledProcedureStepStartDate = "20240101"
    former = _former(image, tmp_path)
    assert "RequestAttributesSequence" in former
    assert "ScheduledProcedureStepStartDate" not in former


def test_the_past_has_uids_with_the_right_pad(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    old = f"{image.SOPInstanceUID}"
    file = with_raw_value(encoded(image), "SOPInstanceUID", old.encode() + b" " * (2 - len(old) % 2))
    outcome = carried_out({"1.dcm": file}, tmp_path, selecting("instances"))
    raw = outcome.files["1.dcm"]
    kept = raw[raw.index(b"\x00\x04\x50\x05") :]
    assert old.encode() + b"\0" * (len(old) % 2) in kept
    assert old.encode() + b" " not in kept


def test_a_pad_put_right_beside_a_new_uid_is_not_told_as_changed(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    study = str(image.StudyInstanceUID)
    padded = with_raw_value(encoded(image), "StudyInstanceUID", study.encode() + b" " * (2 - len(study) % 2))
    good = str(image.SOPInstanceUID).encode()
    faulty = padded.replace(good, good[:-3] + b".0" + good[-1:])
    with checked(tmp_path, {"1.dcm": faulty}) as catalog:
        uid_map = derive(catalog, selecting("repair", ("rule", "UID-S04"), ("rule", "UID-S08")))
        outcome = carry_out(catalog, uid_map, tmp_path)
    reasons = {edit.path: edit.reason for edit in outcome.edits["1.dcm"]}
    assert (reasons["StudyInstanceUID"], reasons["SOPInstanceUID"]) == ("re-encoded", "new-uid")
    (item,) = outcome.dataset("1.dcm").OriginalAttributesSequence
    (former,) = item.ModifiedAttributesSequence
    assert "SOPInstanceUID" in former
    assert "StudyInstanceUID" not in former
