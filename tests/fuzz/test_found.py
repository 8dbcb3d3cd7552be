"""What mutants have brought to light, each with the smallest file that shows it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import UID

from tests.builders import KNOWN_CREATOR, add_private_sequence, ct_series, encoded, with_raw_value
from tests.core.export.rewriting import element_at, rewritten_bytes, set_all_uids
from tests.core.plan.carried_out import carried_out, selecting
from uidscope.core.errors import InputError, UsageError
from uidscope.core.export.key_object import rejection_note
from uidscope.core.export.media.directory_record import CannotBeListed, ListedFile
from uidscope.core.export.write_files import OldObject
from uidscope.core.plan.edits.edit import Remove
from uidscope.core.read.byte_window import memory_window
from uidscope.core.read.encoding import guess_encoding
from uidscope.core.read.read_file import read_bytes
from uidscope.core.read.record import BROKEN, TRUNCATED, FileRecord
from uidscope.core.read.structure import LONG_VRS, StructureFault, parse_structure
from uidscope.core.uid.anatomy import explain

CT = encoded(ct_series(1)[0])
_STUDY_DATE = b"\x08\x00\x20\x00DA"


def record_of(data: bytes) -> FileRecord:
    record = read_bytes("found", len(data), lambda offset, length: data[offset : offset + length])
    assert isinstance(record, FileRecord)
    return record


def replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old) == 1
    return data.replace(old, new)


@pytest.mark.parametrize("tag", [b"\xfe\xff\x00\xe0", b"\xfe\xff\x0d\xe0", b"\xfe\xff\xdd\xe0"])
def test_a_delimiter_with_a_vr_is_a_fault_to_both_readers(tag: bytes) -> None:
    data = replaced(CT, _STUDY_DATE, tag + b"DA")
    assert record_of(data).flags & BROKEN
    with pytest.raises(StructureFault) as fault:
        parse_structure(memory_window(data))
    assert fault.value.code == "FILE-02"


def test_an_element_of_the_last_group_is_one_like_others_to_both_readers() -> None:
    data = replaced(CT, _STUDY_DATE, b"\xff\xff\xff\xffDA")
    assert not record_of(data).flags & (BROKEN | TRUNCATED)
    assert parse_structure(memory_window(data)).dataset.find(0xFFFF_FFFF) is not None


def test_an_empty_element_of_a_later_vr_has_a_long_length_for_both_readers() -> None:
    data = replaced(CT, _STUDY_DATE + b"\x08\x0020240102", b"\x08\x00\x20\x00ZZ\0\0\x08\0\0\x0020240102")
    assert not record_of(data).flags & (BROKEN | TRUNCATED)
    element = parse_structure(memory_window(data)).dataset.find(0x0008_0020)
    assert element is not None
    assert element.value_end - element.value_start == 8


def test_an_element_of_the_meta_without_vr_is_past_the_end_for_both_readers() -> None:
    data = replaced(CT, b"\x02\x00\x12\x00UI", b"\x02\x00\x12\x00\0I")
    assert record_of(data).flags & TRUNCATED
    with pytest.raises(StructureFault):
        parse_structure(memory_window(data))


def test_a_group_length_that_is_a_sequence_is_rewritten_as_one() -> None:
    item = b"\x08\x00\x18\x00UI\x06\x001.2.3\0"
    sequence = b"\x08\x00\x00\x00SQ\0\0" + (len(item) + 8).to_bytes(4, "little")
    sequence += b"\xfe\xff\x00\xe0" + len(item).to_bytes(4, "little") + item
    start = parse_structure(memory_window(CT)).data_start
    data = CT[:start] + sequence + CT[start:]
    structure = parse_structure(memory_window(data))
    assert b"1.2.3\0" not in rewritten_bytes(data, structure, set_all_uids(structure))


def test_a_data_set_that_begins_with_group_0400_stays_little_endian() -> None:
    """Our own Original Attributes Sequence may come to stand first, where all other tags are greater."""
    assert guess_encoding(b"\x00\x04\x61\x05SQ\0\0", "1.2.840.10008.1.2.1") == "explicit-le"
    assert guess_encoding(b"\x00\x08\x00\x16UI\0\x1a", "1.2.840.10008.1.2.1") == "explicit-be"


def test_a_key_that_is_written_as_a_sequence_becomes_a_uid(tmp_path: Path) -> None:
    start = CT.index(b"\x20\x00\x0d\x00UI")
    data = CT[:start] + b"\x20\x00\x0d\x00SQ\0\0\0\0\0\0" + rest_behind(CT, start)
    outcome = carried_out({"1.dcm": data}, tmp_path, selecting("copy"))
    assert outcome.dataset("1.dcm").StudyInstanceUID.startswith("2.25.")


def test_a_data_set_that_would_begin_as_a_file_meta_is_not_written() -> None:
    """The reader would take its first element for a part of the file meta."""
    start = parse_structure(memory_window(CT)).data_start
    first = b"\x08\x00\x01\x00SH\x02\x001 "
    data = CT[:start] + first + b"\x02\x00\x13\x00SH\x02\x001 " + CT[start:]
    structure = parse_structure(memory_window(data))
    assert rewritten_bytes(data, structure, ()).endswith(CT[start:])
    removal = Remove(element_at(structure, "LengthToEnd"), "LengthToEnd", "dropped")
    with pytest.raises(UsageError, match="file meta stands in the data set"):
        rewritten_bytes(data, structure, [removal])


def test_a_value_that_no_library_can_decode_is_a_sentence_in_a_dicomdir(tmp_path: Path) -> None:
    path = tmp_path / "broken.dcm"
    path.write_bytes(replaced(CT, b"\x08\x00\x60\x00CS", b"\x08\x00\x60\x00SL"))
    listed = ListedFile(str(path), "PT000001/ST000001/SE000001/IM000001", "broken.dcm")
    with pytest.raises(CannotBeListed, match=r"broken\.dcm cannot be listed"):
        listed.record("SERIES")


def test_and_in_a_rejection_note(tmp_path: Path) -> None:
    path = tmp_path / "broken.dcm"
    broken = with_raw_value(CT, "PatientBirthDate", b"1970")
    path.write_bytes(replaced(broken, b"\x10\x00\x30\x00DA", b"\x10\x00\x30\x00FD"))
    old = OldObject(str(path), "1.2.3", "1.2.3.4", "1.2.3.4.5", "1.2.840.10008.5.1.4.1.1.2", True)
    with pytest.raises(InputError, match="cannot be read"):
        rejection_note("113001", [old], lambda _: "2.25.7")


def test_a_palette_that_names_a_study_is_listed_without_one(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    image.SOPClassUID = image.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.39.1")
    path = tmp_path / "palette.dcm"
    path.write_bytes(encoded(image))
    keys = ListedFile(str(path), "PT000001/ST000001/SE000001/IM000001").keys
    assert (keys.study_uid, keys.series_uid) == ("", "")


@pytest.mark.parametrize("vr", [b"UI", b"AE"])
def test_the_padding_of_a_uid_is_not_listed(tmp_path: Path, vr: bytes) -> None:
    """Where the element is not written as UI, pydicom leaves the padding."""
    start = CT.index(b"\x20\x00\x0e\x00UI")
    data = CT[:start] + b"\x20\x00\x0e\x00" + vr + b"\x08\x001.2.345\0" + rest_behind(CT, start)
    path = tmp_path / "padded.dcm"
    path.write_bytes(data)
    keys = ListedFile(str(path), "PT000001/ST000001/SE000001/IM000001").keys
    assert keys.series_uid == "1.2.345"


def rest_behind(data: bytes, start: int) -> bytes:
    """What stands behind the element that starts there."""
    return data[start + 8 + int.from_bytes(data[start + 6 : start + 8], "little") :]


def test_a_value_of_odd_length_goes_into_original_attributes_with_a_pad(tmp_path: Path) -> None:
    start = parse_structure(memory_window(CT)).data_start
    date = b"\x08\x00\x12\x00DA\x09\x0020240102 "
    sop_class = CT.index(b"\x08\x00\x16\x00UI", start)
    data = CT[:sop_class] + date + CT[sop_class:]
    outcome = carried_out({"1.dcm": data}, tmp_path, selecting("derived-series"))
    (past,) = outcome.dataset("1.dcm").OriginalAttributesSequence
    assert past.ModifiedAttributesSequence[0].InstanceCreationDate == "20240102"


@pytest.mark.parametrize(("levels", "is_written"), [(61, True), (63, False)])
def test_what_is_nested_too_deeply_for_original_attributes_is_refused(
    tmp_path: Path, levels: int, is_written: bool
) -> None:
    uid = ct_series(1)[0].SOPInstanceUID.encode()
    inside = (
        b"\x08\x00\x18\x00UI" + (len(uid) + len(uid) % 2).to_bytes(2, "little") + uid + bytes(len(uid) % 2)
    )
    for _ in range(levels):
        item = b"\xfe\xff\x00\xe0" + len(inside).to_bytes(4, "little") + inside
        inside = b"\x40\x00\x30\xa7SQ\0\0" + len(item).to_bytes(4, "little") + item
    pixels = CT.index(b"\xe0\x7f\x10\x00")
    data = CT[:pixels] + inside + CT[pixels:]
    if is_written:
        outcome = carried_out({"1.dcm": data}, tmp_path, selecting("derived-series"))
        assert "OriginalAttributesSequence" in outcome.dataset("1.dcm")
    else:
        with pytest.raises(UsageError, match="nested too deeply to stand in Original Attributes"):
            carried_out({"1.dcm": data}, tmp_path, selecting("derived-series"))


@pytest.mark.parametrize("transfer_syntax", ["explicit-le", "explicit-be"])
@pytest.mark.parametrize("vr", ["LO", "AE", "UN", "UT"])
def test_what_only_a_private_creator_of_another_vr_tells_is_found_by_both_readers(
    vr: str, transfer_syntax: Literal["explicit-le", "explicit-be"]
) -> None:
    inside = Dataset()
    inside.ReferencedSOPInstanceUID = "1.2.3.4"
    image = ct_series(1)[0]
    path = add_private_sequence(image, [inside], vr="UN")
    data = encoded(image, transfer_syntax=transfer_syntax)
    start = data.index(KNOWN_CREATOR.encode())
    raw_length = data[start - 2 : start]
    if vr in LONG_VRS:
        four = bytes(2) + raw_length if transfer_syntax == "explicit-be" else raw_length + bytes(2)
        raw_length = bytes(2) + four
    data = data[: start - 4] + vr.encode() + raw_length + data[start:]
    uid_path = f"{path}[].ReferencedSOPInstanceUID"
    assert uid_path in {pattern for pattern, _, _ in record_of(data).values}
    structure = parse_structure(memory_window(data))
    rewritten = rewritten_bytes(data, structure, set_all_uids(structure))
    assert b"1.2.3.4\0" in data
    assert b"1.2.3.4\0" not in rewritten


@pytest.mark.parametrize("uid", ["1982.3..10", "1.2.3.2008.5.3200292919781", "1.2024.1_0.3", "1.2024.²"])
def test_what_looks_like_a_date_and_is_none(uid: str) -> None:
    assert not [part for part in explain(uid).parts if part.kind == "date"]
    assert dt.date(2024, 1, 31).isoformat() in str(explain("1.2.3.2024.1.31"))
