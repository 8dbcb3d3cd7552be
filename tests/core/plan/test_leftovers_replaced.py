"""Job 12: old UIDs in texts are listed, and replaced only where the user asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pydicom
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from tests.builders import (
    TEST_ROOT,
    TRANSFER_SYNTAXES,
    Encoding,
    add_private_text,
    ct_series,
    encapsulated_pdf,
    encoded,
    with_uids,
)
from tests.core.plan.carried_out import NOW, UUIDS, loaded, selecting, write_files
from uidscope.core.flow import Destination, check, write
from uidscope.core.plan.edits.leftovers import with_new_uids
from uidscope.core.plan.intention import Intention, Plan
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.uid_map import UidMap

FAULTY = f"{TEST_ROOT}.01.5"


class Exported:
    def __init__(self, uid_map: UidMap, folder: Path) -> None:
        self.uid_map = uid_map
        self._folder = folder

    def dataset(self, name: str) -> Dataset:
        return pydicom.dcmread(self._folder / name)

    def bytes(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()

    def notes(self) -> dict[str, Mapping[str, str | int]]:
        return {note.code: note.facts for note in self.uid_map.notes}


def exported(
    files: Mapping[str, bytes | Dataset], folder: Path, *intentions: Intention, replace: bool = True
) -> Exported:
    """A whole export, read back and compared."""
    plan = Plan(intentions or (selecting("copy"),), replace_leftovers=replace)
    with loaded(write_files(folder / "source", files)) as catalog:
        check(catalog)
        uid_map = derive_map(catalog, plan, IssuedUids(), UUIDS, now=lambda: NOW)
        write(catalog, uid_map, Destination(str(folder / "target")))
    return Exported(uid_map, folder / "target")


def value_at(dataset: Dataset, path: str) -> str:
    return str(dataset[int(path, 16)].value)


@pytest.mark.parametrize("syntax", sorted(TRANSFER_SYNTAXES))
def test_a_text_names_the_new_object(tmp_path: Path, syntax: Encoding) -> None:
    (image,) = ct_series(1)
    old, series = image.SOPInstanceUID, image.SeriesInstanceUID
    image.ImageComments = f"Made from {old}, of series {series}."
    written = exported({"1.dcm": encoded(image, transfer_syntax=syntax)}, tmp_path).dataset("1.dcm")
    assert written.ImageComments == (
        f"Made from {written.SOPInstanceUID}, of series {written.SeriesInstanceUID}."
    )


def test_nothing_is_replaced_unless_asked(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    path = add_private_text(image, image.SOPInstanceUID)
    result = exported({"1.dcm": image}, tmp_path, replace=False)
    assert value_at(result.dataset("1.dcm"), path) == image.SOPInstanceUID
    assert result.notes()["leftovers-kept"] == {"files": 1}


def test_private_text_is_replaced_and_told(tmp_path: Path) -> None:
    image, other = ct_series(2)
    path = add_private_text(image, other.SOPInstanceUID)
    result = exported({"1.dcm": image, "2.dcm": other}, tmp_path)
    assert value_at(result.dataset("1.dcm"), path) == result.dataset("2.dcm").SOPInstanceUID
    assert result.notes()["leftovers-replaced"] == {"elements": 1, "files": 1, "file": "1.dcm"}
    assert "leftovers-left" not in result.notes()
    for note in result.uid_map.notes:
        assert "{" not in sentence(note)


def test_unknown_elements_are_replaced_where_they_are_text(tmp_path: Path) -> None:
    image, other = ct_series(2)
    uid = other.SOPInstanceUID.encode()
    image.add_new(0x0029_0010, "LO", "TEST UNHEARD OF")
    image.add_new(0x0029_1001, "UN", b"see " + uid)
    image.add_new(0x0029_1002, "UN", b"\x01\x02" + uid + b"\x00\xff")
    image.add_new(0x0029_1003, "OB", uid + b"\0" * (len(uid) % 2))
    result = exported({"1.dcm": image, "2.dcm": other}, tmp_path)
    written, new = result.dataset("1.dcm"), result.dataset("2.dcm").SOPInstanceUID.encode()
    assert written[0x0029_1001].value.rstrip(b"\0") == b"see " + new
    assert written[0x0029_1002].value == image[0x0029_1002].value
    assert written[0x0029_1003].value == image[0x0029_1003].value
    assert result.notes()["leftovers-left"]["elements"] == 2


def test_a_text_without_room_keeps_the_old_uid(tmp_path: Path) -> None:
    image, other = ct_series(2)
    text = f"{'A' * 30} {other.SOPInstanceUID}"[:64]
    assert other.SOPInstanceUID in text
    image.SeriesDescription = text
    result = exported({"1.dcm": image, "2.dcm": other}, tmp_path)
    assert result.dataset("1.dcm").SeriesDescription == text
    assert result.notes()["leftovers-left"]["elements"] == 1


@pytest.mark.parametrize("keyword", ["PatientID", "PatientComments", "HL7InstanceIdentifier"])
def test_what_others_look_by_stays(tmp_path: Path, keyword: str) -> None:
    (image,) = ct_series(1)
    old = image.SOPInstanceUID
    setattr(image, keyword, old)
    result = exported({"1.dcm": image}, tmp_path)
    assert getattr(result.dataset("1.dcm"), keyword) == old
    assert "leftovers-left" in result.notes()


def test_a_document_keeps_its_bytes(tmp_path: Path) -> None:
    images = ct_series(1)
    document = encapsulated_pdf()
    document.EncapsulatedDocument += images[0].SOPInstanceUID.encode()
    document.EncapsulatedDocument += b" " * (len(document.EncapsulatedDocument) % 2)
    result = exported({"1.dcm": images[0], "2.dcm": document}, tmp_path)
    assert result.dataset("2.dcm").EncapsulatedDocument == document.EncapsulatedDocument
    assert result.notes()["leftovers-left"]["file"] == "2.dcm"


def test_texts_inside_sequences_follow(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    item = Dataset()
    item.ContributionDescription = f"sent as {image.SOPInstanceUID}"
    item.Manufacturer = "TEST MAKER"
    image.ContributingEquipmentSequence = [item]
    written = exported({"1.dcm": image}, tmp_path).dataset("1.dcm")
    described = written.ContributingEquipmentSequence[0].ContributionDescription
    assert described == f"sent as {written.SOPInstanceUID}"


def test_the_recorded_past_keeps_its_texts(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.ImageComments = f"is {image.SOPInstanceUID}"
    item = Dataset()
    item.ModifyingSystem = f"{image.SOPInstanceUID}"
    image.OriginalAttributesSequence = [item]
    written = exported({"1.dcm": image}, tmp_path, selecting("instances")).dataset("1.dcm")
    first, second = written.OriginalAttributesSequence
    assert first.ModifyingSystem == image.SOPInstanceUID
    assert second.ModifiedAttributesSequence[0].ImageComments == image.ImageComments
    assert written.ImageComments == f"is {written.SOPInstanceUID}"


def test_a_file_that_keeps_its_uid_changes_for_its_text_alone(tmp_path: Path) -> None:
    image, other = ct_series(2)
    other.ImageComments = f"beside {FAULTY}"
    (bad,) = with_uids([image], {image.SOPInstanceUID: FAULTY})
    files = {"1.dcm": bad, "2.dcm": other}
    result = exported(files, tmp_path, selecting("repair", ("rule", "UID-S04")))
    first, second = result.dataset("1.dcm"), result.dataset("2.dcm")
    assert second.ImageComments == f"beside {first.SOPInstanceUID}"
    assert second.SOPInstanceUID == other.SOPInstanceUID
    assert second.OriginalAttributesSequence[0].ModifiedAttributesSequence[0].keys() == {0x0020_4000}


OLD = "1.3.6.1.4.1.32473.7.1"
NEW = "2.25.123456789012345678901234567890"


@given(
    before=st.text("ab .1-/", max_size=6),
    after=st.text("ab .1-/", max_size=6),
)
def test_a_number_is_replaced_only_where_it_stands_alone(before: str, after: str) -> None:
    text = f"{before}{OLD}{after}"
    done = with_new_uids(text.encode(), {OLD: NEW}.get).decode()
    alone = re.search(rf"(?:^|[^0-9.])\.*{re.escape(OLD)}\.*(?:$|[^0-9.])", text)
    assert done == (text.replace(OLD, NEW) if alone else text)


@given(st.lists(st.sampled_from([OLD, "1.2.3", f"{OLD}.5", "text", f"9{OLD}"]), max_size=6))
def test_every_place_is_replaced_and_no_other(words: list[str]) -> None:
    done = with_new_uids(" ".join(words).encode(), {OLD: NEW, "1.2.3": "9.9"}.get).decode()
    assert done == " ".join(NEW if word == OLD else word for word in words)
