"""The builders themselves: what they make is clean, the same every time, and faulty only where asked."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom import dcmread
from pydicom.dataset import Dataset, FileDataset

from tests import judges
from tests.builders import (
    TEST_ROOT,
    TRANSFER_SYNTAXES,
    UNKNOWN_CREATOR,
    UTC_SYNCHRONIZATION,
    Encoding,
    Study,
    add_private_sequence,
    add_private_text,
    add_private_uid,
    as_unknown,
    clean_sets,
    concatenation,
    ct_series,
    encapsulated_pdf,
    encoded,
    encoded_dataset,
    enhanced_ct,
    executable_preamble,
    key_object,
    mip_in_source_series,
    rt_set,
    seg,
    set_unchecked,
    signed,
    sr,
    truncated,
    whole_slide_pyramid,
    with_declared_length,
    with_element_twice,
    with_raw_value,
    with_uids,
    write_folder,
)

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
SOURCE_OF_FRAME = (
    "PerFrameFunctionalGroupsSequence[2].DerivationImageSequence[1].SourceImageSequence[1]"
    ".ReferencedSOPInstanceUID"
)


def ui_values(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """(keyword, value) of every UI element at every level; file meta left out."""
    for element in dataset.iterall():
        if element.VR == "UI":
            yield element.keyword, str(element.value)


def read(data: bytes) -> FileDataset:
    """The file as the library reads it, every element decoded."""
    dataset = dcmread(io.BytesIO(data), force=True)
    dataset.decode()
    return dataset


@pytest.mark.parametrize("name", clean_sets())
def test_every_object_of_a_clean_set_is_valid(name: str, tmp_path: Path) -> None:
    for path in write_folder(clean_sets()[name], tmp_path):
        judges.dcmdump(path)
        assert judges.dciodvfy(path) == judges.Verdict((), ())


def test_clean_sets_agree_with_themselves_and_one_another(tmp_path: Path) -> None:
    paths = [
        path for name, datasets in clean_sets().items() for path in write_folder(datasets, tmp_path / name)
    ]
    assert judges.dcentvfy(paths, tmp_path) == judges.Verdict((), ())


def test_the_same_call_makes_the_same_bytes() -> None:
    first, second = (
        [encoded(dataset) for datasets in clean_sets().values() for dataset in datasets] for _ in range(2)
    )
    assert first == second


def test_every_reference_in_a_clean_set_resolves_to_an_object_of_that_class() -> None:
    for name, datasets in clean_sets().items():
        classes = {dataset.SOPInstanceUID: dataset.SOPClassUID for dataset in datasets}
        studies = {dataset.StudyInstanceUID for dataset in datasets}
        referring = [
            item
            for dataset in datasets
            for element in dataset.iterall()
            if element.VR == "SQ"
            for item in element.value
            if "ReferencedSOPInstanceUID" in item
        ]
        for item in referring:
            if "RTReferencedSeriesSequence" in item:
                assert item.ReferencedSOPInstanceUID in studies
            else:
                assert classes[item.ReferencedSOPInstanceUID] == item.ReferencedSOPClassUID, name


def test_no_uid_stands_for_two_things() -> None:
    keys = ("SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID", "FrameOfReferenceUID")
    others = ("ConcatenationUID", "SOPInstanceUIDOfConcatenationSource", "PyramidUID", "SpecimenUID", "UID")
    datasets = [dataset for datasets in clean_sets().values() for dataset in datasets]
    uses: dict[str, set[str]] = {}
    for dataset in datasets:
        for keyword, value in ui_values(dataset):
            if keyword in keys + others:
                uses.setdefault(value, set()).add(keyword)
    assert {value: words for value, words in uses.items() if len(words) > 1} == {}
    assert all(value.startswith(f"{TEST_ROOT}.") and len(value) <= 64 for value in uses)
    instances = Counter(dataset.SOPInstanceUID for dataset in datasets)
    assert max(instances.values()) == 1


def test_studies_differ_by_number_and_belong_to_one_patient() -> None:
    first, second = ct_series(2), ct_series(2, study=Study(2))
    assert not {uid for image in first for _, uid in ui_values(image)} & {
        uid for image in second for keyword, uid in ui_values(image) if keyword != "SOPClassUID"
    }
    assert first[0].PatientID == second[0].PatientID
    assert Study.of(second[0]) == Study(2, accession_number="ACC0002")


def test_a_builder_says_so_where_it_cannot_tell_the_study() -> None:
    images = ct_series(1)
    set_unchecked(images[0], "StudyInstanceUID", "1.2.840.01.5")
    with pytest.raises(ValueError, match="study="):
        seg(images)
    assert seg(images, study=Study()).SeriesInstanceUID == Study().uid(301)


@pytest.mark.parametrize("form", ENCODINGS)
@pytest.mark.parametrize("undefined_lengths", [False, True])
@pytest.mark.parametrize("group_lengths", [False, True])
@pytest.mark.parametrize(
    "make",
    [lambda: ct_series(1)[0], lambda: rt_set().dose, lambda: seg(ct_series(3))],
    ids=["ct", "dose", "seg"],
)
def test_every_encoding_reads_back_as_what_was_built(
    make: Callable[[], FileDataset], form: Encoding, undefined_lengths: bool, group_lengths: bool
) -> None:
    built = make()
    words = built.PixelData
    data = encoded(
        built, transfer_syntax=form, undefined_lengths=undefined_lengths, group_lengths=group_lengths
    )
    back = read(data)
    assert back.file_meta.TransferSyntaxUID == TRANSFER_SYNTAXES[form]
    assert (0x00080000 in back) == group_lengths
    for tag in [tag for tag in back.keys() if tag.element == 0]:  # noqa: SIM118  else elements, not tags
        del back[tag]
    pixels = back.PixelData
    if form == "explicit-be":
        pixels = b"".join(pixels[at : at + 2][::-1] for at in range(0, len(pixels), 2))
    assert pixels == words
    del back.PixelData, built.PixelData
    assert back == built


@pytest.mark.parametrize("form", ENCODINGS)
def test_every_encoding_is_read_without_complaint(form: Encoding, tmp_path: Path) -> None:
    images = ct_series(2)
    datasets = [*images, seg(images), enhanced_ct(images), sr(images)]
    write_folder(datasets, tmp_path / "a", transfer_syntax=form, undefined_lengths=True)
    write_folder(datasets, tmp_path / "b", transfer_syntax=form, group_lengths=True)
    for path in sorted(tmp_path.glob("*/*.dcm")):
        judges.dcmdump(path)
        if form != "deflated":
            assert judges.dciodvfy(path).errors == ()


def test_preamble_and_meta_can_be_left_out() -> None:
    image = ct_series(1)[0]
    bare = encoded_dataset(image)
    assert encoded(image, preamble=False, meta=False) == bare
    assert encoded(image, meta=False) == bytes(128) + b"DICM" + bare
    assert encoded(image) == bytes(128) + b"DICM" + encoded(image, preamble=False)
    assert encoded(image, preamble=False).endswith(bare)


def test_an_executable_preamble_is_written() -> None:
    image = ct_series(1)[0]
    image.preamble = executable_preamble(b"#!")
    assert encoded(image)[:132] == b"#!" + bytes(126) + b"DICM"


def test_write_folder_takes_names_with_subfolders_and_writes_over_nothing(tmp_path: Path) -> None:
    images = ct_series(2)
    names = ["a/one", "b/two"]
    assert write_folder(images, tmp_path, names=names) == [tmp_path / "a" / "one", tmp_path / "b" / "two"]
    with pytest.raises(FileExistsError):
        write_folder(images, tmp_path, names=names)
    with pytest.raises(ValueError, match="zip"):
        write_folder(images, tmp_path, names=["c"])


@given(raw=st.binary(max_size=80), form=st.sampled_from(["explicit-le", "implicit-le", "explicit-be"]))
def test_a_raw_value_stands_as_given_and_nothing_else_moves(raw: bytes, form: Encoding) -> None:
    data = encoded(seg(ct_series(2)), transfer_syntax=form, undefined_lengths=len(raw) % 2 == 0)
    for path in ("SOPInstanceUID", SOURCE_OF_FRAME, "meta.MediaStorageSOPInstanceUID"):
        before = _raw(data, path)
        changed = with_raw_value(data, path, raw)
        assert _raw(changed, path) == raw
        assert with_raw_value(changed, path, before) == data


def _raw(data: bytes, path: str) -> bytes:
    """The bytes of an element's value, as the library finds them."""
    file = dcmread(io.BytesIO(data), force=True)
    dataset: Dataset = file.file_meta if path.startswith("meta.") else file
    *steps, last = path.removeprefix("meta.").split(".")
    for step in steps:
        keyword, number = step.rstrip("]").split("[")
        dataset = dataset[keyword].value[int(number) - 1]
    value = dataset.get_item(last).value
    if isinstance(value, bytes):
        return value
    return str(value or "").encode("ascii")  # file meta elements are decoded as soon as they are read


def test_a_raw_value_in_a_file_is_changed_in_place(tmp_path: Path) -> None:
    (path,) = write_folder(ct_series(1), tmp_path)
    assert with_raw_value(path, "StudyInstanceUID", b"1.2.3 ") == path
    assert b"UI\x06\x001.2.3 " in path.read_bytes()
    with pytest.raises(LookupError):
        with_raw_value(path, "PyramidUID", b"1.2")


def test_a_value_against_its_vr_is_written_as_given() -> None:
    image = ct_series(1)[0]
    set_unchecked(image, "StudyInstanceUID", "1.2.840.01.5")
    set_unchecked(image, "SeriesInstanceUID", ["1.2", "x"])
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    data = encoded(image)
    assert _raw(data, "StudyInstanceUID") == b"1.2.840.01.5"
    assert _raw(data, "SeriesInstanceUID") == b"1.2\\x\0"
    with pytest.raises(KeyError):
        set_unchecked(image, "NoSuchKeyword", "1.2")


def test_a_whole_set_can_be_given_other_uids() -> None:
    rt = rt_set()
    old = Study().uid(2, 1)
    faulty = with_uids(rt.all, {old: "1.2.840.01.5", Study().uid(): "1.2.840.01"})
    values = [value for dataset in faulty for _, value in ui_values(dataset)]
    assert values.count("1.2.840.01.5") == 3  # the image itself, the referenced series, the contour
    assert values.count("1.2.840.01") == len(faulty) + 1
    assert faulty[0].file_meta.MediaStorageSOPInstanceUID == "1.2.840.01.5"
    assert not {old, Study().uid()} & set(values)
    assert rt.images[0].SOPInstanceUID == old


def test_an_object_can_refer_to_a_faulty_one() -> None:
    images = with_uids(ct_series(2), {Study().uid(2, 1): "1.2.840.01.5", Study().uid(2): "1..2"})
    for referring in (seg(images), sr(images), rt_set(images=images).structure_set, enhanced_ct(images)):
        assert {"1.2.840.01.5", "1..2"} <= {value for _, value in ui_values(referring)}


def test_an_element_can_stand_twice() -> None:
    data = encoded(ct_series(1)[0])
    value = Study().uid(2, 1).encode()
    twice = with_element_twice(data, "SOPInstanceUID")
    assert twice.count(b"\x08\x00\x18\x00UI") == 2
    assert twice.replace(b"\x08\x00\x18\x00UI\x1a\x00" + value, b"", 1) == data


def test_a_declared_length_changes_two_bytes() -> None:
    data = encoded(ct_series(1)[0])
    changed = with_declared_length(data, "SOPInstanceUID", 0x7FF0)
    assert len(changed) == len(data)
    assert sum(a != b for a, b in zip(data, changed, strict=True)) == 2


def test_truncated_keeps_the_beginning(tmp_path: Path) -> None:
    (path,) = write_folder(ct_series(1), tmp_path)
    whole = path.read_bytes()
    assert truncated(path, -4).read_bytes() == whole[:-4]
    assert truncated(path, 200).read_bytes() == whole[:200]


@pytest.mark.parametrize("form", ENCODINGS)
@pytest.mark.parametrize("vr", ["UI", "UN"])
def test_a_private_uid_is_known_by_its_creator(form: Encoding, vr: str) -> None:
    image = ct_series(1)[0]
    known = add_private_uid(image, "1.2.3.4.5", vr="UI" if vr == "UI" else "UN")
    unknown = add_private_uid(image, "1.2.3.4.6", creator=UNKNOWN_CREATOR, vr="UI" if vr == "UI" else "UN")
    text = add_private_text(image, "see 1.2.3.4.5")
    assert (known, unknown, text) == ("20011052", "00291001", "00291003")
    back = read(encoded(image, transfer_syntax=form))
    assert back[known].VR == "UI"
    assert back[known].value == "1.2.3.4.5"
    as_written = vr == "UI" and form != "implicit-le"
    assert back[unknown].value == ("1.2.3.4.6" if as_written else b"1.2.3.4.6\x00")


@pytest.mark.parametrize("form", ["explicit-le", "implicit-le", "deflated"])
@pytest.mark.parametrize("undefined_length", [False, True])
def test_a_sequence_in_un_holds_its_items(form: Encoding, undefined_length: bool, tmp_path: Path) -> None:
    report = seg(ct_series(2))
    item = Dataset()
    item.ReferencedSOPInstanceUID = "1.2.3.4.5"
    private = add_private_sequence(report, [item], vr="UN", undefined_length=undefined_length)
    as_unknown(report, "ReferencedSeriesSequence", undefined_length=undefined_length)
    (path,) = write_folder([report], tmp_path, transfer_syntax=form)
    judges.dcmdump(path)
    back = read(path.read_bytes())
    assert back[private].value[0].ReferencedSOPInstanceUID == "1.2.3.4.5"
    assert back.ReferencedSeriesSequence[0].SeriesInstanceUID == Study().uid(2)
    if form == "explicit-le":
        assert b"\x08\x00\x15\x11UN" in path.read_bytes()


@pytest.mark.parametrize("creator", ["Philips Imaging DD 001", UNKNOWN_CREATOR])
def test_a_private_sequence_has_items(creator: str) -> None:
    image = ct_series(1)[0]
    item = Dataset()
    add_private_uid(item, "1.2.3.4.5", creator=creator)
    path = add_private_sequence(image, [item], creator=creator, undefined_length=True)
    (uid,) = [value for keyword, value in ui_values(read(encoded(image))[path].value[0])]
    assert uid == "1.2.3.4.5"


def test_a_signature_covers_what_the_object_has(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    result = signed(image)
    assert "DigitalSignaturesSequence" not in image
    assert [hex(tag) for tag in result.MACParametersSequence[0].DataElementsSigned] == [
        "0x80016",
        "0x80018",
        "0x20000d",
        "0x20000e",
    ]
    (path,) = write_folder([result], tmp_path)
    judges.dcmdump(path)
    assert judges.dciodvfy(path).errors == ()


def test_a_derived_image_stands_in_the_series_of_its_sources(tmp_path: Path) -> None:
    images = ct_series(3)
    mip = mip_in_source_series(images)
    assert mip.SeriesInstanceUID == images[0].SeriesInstanceUID
    assert mip.SOPInstanceUID not in {image.SOPInstanceUID for image in images}
    assert mip.ImageType[0] == "DERIVED"
    assert mip.Manufacturer != images[0].Manufacturer
    sources = [item.ReferencedSOPInstanceUID for item in mip.SourceImageSequence]
    assert sources == [image.SOPInstanceUID for image in images]
    (path,) = write_folder([mip], tmp_path)
    assert judges.dciodvfy(path).errors == ()


def test_a_structure_set_names_the_study_and_frame_of_reference_of_its_images() -> None:
    rt = rt_set(4)
    (frame,) = rt.structure_set.ReferencedFrameOfReferenceSequence
    assert frame.FrameOfReferenceUID == rt.images[0].FrameOfReferenceUID == rt.dose.FrameOfReferenceUID
    (study,) = frame.RTReferencedStudySequence
    assert study.ReferencedSOPInstanceUID == rt.images[0].StudyInstanceUID
    assert len(study.RTReferencedSeriesSequence[0].ContourImageSequence) == 4
    assert len(rt.structure_set.ROIContourSequence[0].ContourSequence) == 4
    assert rt.all == [*rt.images, rt.structure_set, rt.plan, rt.dose]


def test_parts_of_a_concatenation_differ_in_their_frames_and_numbers_alone() -> None:
    parts = concatenation(3)
    differing = {
        element.keyword
        for part in parts[1:]
        for element in part
        if parts[0][element.tag].value != element.value
    }
    assert differing == {
        "SOPInstanceUID",
        "InConcatenationNumber",
        "ConcatenationFrameOffsetNumber",
        "PerFrameFunctionalGroupsSequence",
        "PixelData",
    }
    assert parts[0].SynchronizationFrameOfReferenceUID == UTC_SYNCHRONIZATION


def test_levels_of_a_pyramid_share_slide_and_series() -> None:
    levels = whole_slide_pyramid(3)
    shared = ("SeriesInstanceUID", "PyramidUID", "FrameOfReferenceUID")
    assert all(len({level[keyword].value for level in levels}) == 1 for keyword in shared)
    assert [level.NumberOfFrames for level in levels] == [16, 4, 1]


def test_documents_can_hold_a_faulty_or_a_leftover_reference(tmp_path: Path) -> None:
    images = ct_series(1)
    assert "CurrentRequestedProcedureEvidenceSequence" not in sr(images, evidence=False)
    assert key_object(images, title=("113001", "Rejected for Quality Reasons")).ContentSequence
    document = encapsulated_pdf(text="old 1.2.3.4.5", sources=[sr(images)])
    assert b"1.2.3.4.5" in document.EncapsulatedDocument
    (path,) = write_folder([document], tmp_path)
    assert judges.dciodvfy(path).errors == ()
