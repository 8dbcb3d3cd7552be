"""What changed files tell of their past: written, read back by pydicom, and never taken for references."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from tests.builders import (
    TEST_ROOT,
    TRANSFER_SYNTAXES,
    Encoding,
    Study,
    add_private_uid,
    as_unknown,
    ct_series,
    encoded,
    mr_series_with_localizers,
    rt_set,
    seg,
    signed,
    sr,
    with_raw_value,
    with_uids,
)
from tests.core.plan.carried_out import (
    Outcome,
    carried_out,
    carry_out,
    derive,
    loaded,
    numbered,
    selecting,
    write_files,
)
from tests.judges import dciodvfy, dcmdump, kinds
from uidscope.core.errors import UsageError
from uidscope.core.export.rewrite import rewrite
from uidscope.core.flow import Destination, check, write
from uidscope.core.plan.intention import Intention, new_intention
from uidscope.core.plan.provenance_choices import ProvenanceChoices, provenance_of

ONE = Study(1)
EVERYTHING = ProvenanceChoices(
    original_attributes=True,
    contributing_equipment=True,
    source_reference=True,
    modifying_system="TEST ARCHIVE",
    source_of_previous_values="TEST CLINIC",
)
EQUIPMENT = ProvenanceChoices(contributing_equipment=True)
MOMENT = "20240506070809+0200"


def exported(
    files: Mapping[str, bytes | Dataset], folder: Path, intention: Intention, *, judged: bool = False
) -> dict[str, Dataset]:
    """The files of a whole export, which reads them back and compares them and their references."""
    with loaded(write_files(folder / "source", files)) as catalog:
        if judged:
            check(catalog)
        uid_map = derive(catalog, intention)
        write(catalog, uid_map, Destination(str(folder / "target")))
    return {name: pydicom.dcmread(folder / "target" / name, force=True) for name in files}


def item_of(dataset: Dataset) -> Dataset:
    item: Dataset = dataset.OriginalAttributesSequence[-1]
    return item


def former_of(dataset: Dataset) -> Dataset:
    former: Dataset
    (former,) = item_of(dataset).ModifiedAttributesSequence
    return former


@pytest.mark.parametrize("syntax", sorted(TRANSFER_SYNTAXES))
def test_what_was_replaced_is_kept_in_every_encoding(tmp_path: Path, syntax: Encoding) -> None:
    image, other = ct_series(2)
    image.OriginalAttributesSequence = Sequence([Dataset()])
    image.OriginalAttributesSequence[0].ModifyingSystem = "BEFORE"
    other.SourceImageSequence = Sequence([reference(image)])
    files = {
        "1.dcm": encoded(image, transfer_syntax=syntax),
        "2.dcm": encoded(other, transfer_syntax=syntax),
    }
    intention = selecting("derived-series", provenance=EVERYTHING, series_description="MIP")
    written = exported(files, tmp_path, intention)
    for source, new in zip((image, other), written.values(), strict=True):
        former, item = former_of(new), item_of(new)
        assert former.SOPInstanceUID == source.SOPInstanceUID != new.SOPInstanceUID
        assert former.SeriesInstanceUID == source.SeriesInstanceUID
        assert former.SeriesDescription == source.get("SeriesDescription", "")
        assert former.SeriesNumber == source.SeriesNumber
        assert "StudyInstanceUID" not in former
        assert item.AttributeModificationDateTime == MOMENT
        assert item.ModifyingSystem == "TEST ARCHIVE"
        assert item.SourceOfPreviousValues == "TEST CLINIC"
        assert item.ReasonForTheAttributeModification == "COERCE"
        equipment = new.ContributingEquipmentSequence[-1]
        assert equipment.Manufacturer == "UIDscope"
        assert equipment.ContributionDateTime == MOMENT
        purpose = equipment.PurposeOfReferenceCodeSequence[0]
        assert (purpose.CodeValue, purpose.CodingSchemeDesignator) == ("109103", "DCM")
        origin = new.SourceImageSequence[-1]
        assert origin.ReferencedSOPInstanceUID == source.SOPInstanceUID
        assert origin.ReferencedSOPClassUID == source.SOPClassUID
        assert origin.PurposeOfReferenceCodeSequence[0].CodeValue == "121322"
        assert "InstanceCoercionDateTime" not in new
    first, second = written.values()
    assert first.OriginalAttributesSequence[0] == image.OriginalAttributesSequence[0]
    assert second.SourceImageSequence[0].ReferencedSOPInstanceUID == first.SOPInstanceUID
    assert former_of(second).SourceImageSequence == other.SourceImageSequence


def reference(target: Dataset) -> Dataset:
    named = Dataset()
    named.ReferencedSOPClassUID, named.ReferencedSOPInstanceUID = target.SOPClassUID, target.SOPInstanceUID
    return named


@pytest.mark.parametrize(
    ("kind", "tells"),
    [("instances", True), ("derived-series", True), ("copy", False), ("pseudonymous", False)],
)
def test_by_itself_an_intention_tells_the_past_where_it_is_no_secret(
    tmp_path: Path, kind: str, tells: bool
) -> None:
    outcome = carried_out(ct_series(1), tmp_path, selecting(kind))
    written = outcome.dataset("1.dcm")
    assert ("OriginalAttributesSequence" in written) is tells
    assert "ContributingEquipmentSequence" not in written
    assert "SourceImageSequence" not in written
    assert provenance_of(kind).original_attributes is tells


def test_nothing_is_told_where_it_is_not_wanted(tmp_path: Path) -> None:
    silent = ProvenanceChoices(original_attributes=False, contributing_equipment=False)
    written = carried_out(ct_series(1), tmp_path, selecting("instances", provenance=silent)).dataset("1.dcm")
    assert "OriginalAttributesSequence" not in written
    assert "ContributingEquipmentSequence" not in written


def test_a_copy_that_is_asked_tells_its_own_past_alone(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.OriginalAttributesSequence = Sequence([Dataset()])
    image.OriginalAttributesSequence[0].ModifyingSystem = "BEFORE"
    chosen = ProvenanceChoices(original_attributes=True)
    written = exported({"1.dcm": image}, tmp_path, selecting("copy", provenance=chosen))["1.dcm"]
    (item,) = written.OriginalAttributesSequence
    assert item.ModifyingSystem == "UIDscope"
    assert former_of(written).StudyInstanceUID == image.StudyInstanceUID
    assert "OriginalAttributesSequence" not in former_of(written)


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        ("pseudonymous", ProvenanceChoices(original_attributes=True)),
        ("instances", ProvenanceChoices(source_reference=True)),
        ("instances", ProvenanceChoices(modifying_system=" ")),
        ("instances", ProvenanceChoices(modifying_system="A" * 65)),
        ("instances", ProvenanceChoices(source_of_previous_values="A\\B")),
    ],
)
def test_what_cannot_be_told_is_refused(kind: str, choices: ProvenanceChoices) -> None:
    with pytest.raises(UsageError):
        new_intention(kind, provenance=choices)


def test_a_name_goes_into_the_character_set_of_the_file(tmp_path: Path) -> None:
    latin, plain = ct_series(2)
    latin.SpecificCharacterSet = "ISO_IR 100"
    latin.PatientName = "TEST^ALPHÄ"
    chosen = selecting("instances", provenance=ProvenanceChoices(modifying_system="Zürich"))
    assert item_of(carried_out([latin], tmp_path, chosen).dataset("1.dcm")).ModifyingSystem == "Zürich"
    with pytest.raises(UsageError, match="modifying system"):
        carried_out([plain], tmp_path, chosen)


def test_a_referrer_that_keeps_its_uid_says_when_it_was_brought_in_line(tmp_path: Path) -> None:
    rt = rt_set(1)
    rt.structure_set.InstanceCoercionDateTime = "20200101"
    intention = selecting("instances", ("series", ONE.uid(2)), with_referrers=True)
    written = carried_out(rt.all, tmp_path, intention).dataset("2.dcm")
    assert written.SOPInstanceUID == rt.structure_set.SOPInstanceUID
    assert written.InstanceCoercionDateTime == MOMENT
    former = former_of(written)
    assert former.InstanceCoercionDateTime == "20200101"
    assert former.ROIContourSequence == rt.structure_set.ROIContourSequence
    assert "SOPInstanceUID" not in former
    assert "StructureSetLabel" not in former


def test_referrers_of_a_copy_tell_nothing(tmp_path: Path) -> None:
    rt = rt_set(1)
    intention = selecting("copy", ("series", ONE.uid(2)), with_referrers=True)
    outcome = carried_out(rt.all, tmp_path, intention)
    assert all("OriginalAttributesSequence" not in outcome.dataset(name) for name in outcome.files)


def repaired(image: bytes | Dataset, folder: Path, rule: str) -> Outcome:
    with loaded(write_files(folder / "source", {"1.dcm": image})) as catalog:
        check(catalog)
        return carry_out(catalog, derive(catalog, selecting("repair", ("rule", rule))), folder)


def test_a_value_that_no_element_may_hold_is_kept_apart(tmp_path: Path) -> None:
    image, other = ct_series(2)
    faulty = f"{TEST_ROOT}.01.5"
    image.ReferencedImageSequence = Sequence([reference(other), reference(image)])
    (bad,) = with_uids([image], {image.SOPInstanceUID: faulty})
    written = repaired(bad, tmp_path, "UID-S04").dataset("1.dcm")
    former, item = former_of(written), item_of(written)
    assert former.SOPInstanceUID == ""
    named = [each.ReferencedSOPInstanceUID for each in former.ReferencedImageSequence]
    assert named == [other.SOPInstanceUID, ""]
    assert item.ReasonForTheAttributeModification == "CORRECT"
    nested, own = sorted(item.NonconformingModifiedAttributesSequence, key=len, reverse=True)
    for each in (nested, own):
        assert each.NonconformingDataElementValue.rstrip(b"\0").decode() == faulty
        assert each.SelectorValueNumber == 1
    assert own.SelectorAttribute == 0x0008_0018
    assert "SelectorSequencePointer" not in own
    assert nested.SelectorAttribute == 0x0008_1155
    assert nested.SelectorSequencePointer == 0x0008_1140
    assert nested.SelectorSequencePointerItems == 2


@pytest.mark.parametrize("syntax", ["explicit-be", "implicit-le"])
def test_selectors_stand_in_the_order_of_bytes_of_the_file(tmp_path: Path, syntax: Encoding) -> None:
    good = ONE.uid(2)
    faulty = f"{good[:-3]}.0{good[-1]}"
    file = encoded(ct_series(1)[0], transfer_syntax=syntax).replace(good.encode(), faulty.encode())
    outcome = repaired(file, tmp_path, "UID-S04")
    kept = item_of(outcome.dataset("1.dcm")).NonconformingModifiedAttributesSequence
    assert {(each.SelectorAttribute, each.SelectorValueNumber) for each in kept} >= {(0x0020_000E, 1)}


def test_a_wrong_pad_is_put_right_and_nothing_else_told(tmp_path: Path) -> None:
    image = encoded(ct_series(1)[0])
    padded = with_raw_value(image, "StudyInstanceUID", ONE.uid().encode() + b"  ")
    written = repaired(padded, tmp_path, "UID-S08").dataset("1.dcm")
    assert "OriginalAttributesSequence" not in written
    assert "ContributingEquipmentSequence" not in written


def test_a_private_value_stands_beside_its_creator(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    path = add_private_uid(image, image.SOPInstanceUID)
    written = carried_out([image], tmp_path, selecting("instances")).dataset("1.dcm")
    tag = int(path, 16)
    former = former_of(written)
    assert former[tag].value == image[tag].value
    assert former[tag & 0xFFFF_0000 | (tag >> 8 & 0xFF)].value


def test_signatures_are_no_part_of_the_past(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    written = carried_out([signed(image)], tmp_path, selecting("instances")).dataset("1.dcm")
    assert "DigitalSignaturesSequence" not in written
    assert "DigitalSignaturesSequence" not in former_of(written)
    assert "MACParametersSequence" not in former_of(written)


def test_an_item_joins_a_sequence_that_is_written_as_unknown(tmp_path: Path) -> None:
    """Inside UN everything is in implicit VR, little endian, also what is copied (PS3.5 6.2.2)."""
    image, other = ct_series(2)
    image.SourceImageSequence = Sequence([reference(other)])
    image.OriginalAttributesSequence = Sequence([Dataset()])
    image.OriginalAttributesSequence[0].ModifyingSystem = "BEFORE"
    as_unknown(image, "OriginalAttributesSequence")
    written = exported(numbered([image, other]), tmp_path, selecting("instances"))["1.dcm"]
    before, item = written.OriginalAttributesSequence
    assert before.ModifyingSystem == "BEFORE"
    assert item.ModifyingSystem == "UIDscope"
    (former,) = item.ModifiedAttributesSequence
    assert former.SourceImageSequence[0].ReferencedSOPInstanceUID == other.SOPInstanceUID


def test_sequences_of_open_length_stay_open(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.ContributingEquipmentSequence = Sequence([Dataset()])
    image.ContributingEquipmentSequence[0].Manufacturer = "TEST MAKER"
    files = {"1.dcm": encoded(image, undefined_lengths=True)}
    written = exported(files, tmp_path, selecting("instances", provenance=EQUIPMENT))["1.dcm"]
    assert [each.Manufacturer for each in written.ContributingEquipmentSequence] == ["TEST MAKER", "UIDscope"]
    assert written["ContributingEquipmentSequence"].is_undefined_length


def test_an_empty_sequence_gets_its_first_item(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.ContributingEquipmentSequence = Sequence([])
    written = exported({"1.dcm": image}, tmp_path, selecting("instances", provenance=EQUIPMENT))["1.dcm"]
    assert len(written.ContributingEquipmentSequence) == 1


def test_what_is_no_image_names_its_source_among_the_instances(tmp_path: Path) -> None:
    rt = rt_set(1)
    chosen = selecting("derived-series", provenance=EVERYTHING)
    outcome = carried_out([*rt.all, sr(rt.images)], tmp_path, chosen)
    written, document = outcome.dataset("2.dcm"), outcome.dataset("5.dcm")
    assert "SourceImageSequence" not in written
    (source,) = written.SourceInstanceSequence
    assert source.ReferencedSOPInstanceUID == rt.structure_set.SOPInstanceUID
    assert "SourceImageSequence" not in document, "a document has no place for it"
    assert "SourceInstanceSequence" not in document


def test_a_source_is_listed_where_what_is_named_must_be(tmp_path: Path) -> None:
    images = ct_series(2)
    mask = seg(images)
    chosen = selecting("derived-series", ("instance", mask.SOPInstanceUID), provenance=EVERYTHING)
    listed = carried_out([*images, mask], tmp_path, chosen).dataset("3.dcm").ReferencedSeriesSequence
    assert listed[0] == mask.ReferencedSeriesSequence[0]
    assert listed[-1].SeriesInstanceUID == mask.SeriesInstanceUID
    (named,) = listed[-1].ReferencedInstanceSequence
    assert named.ReferencedSOPInstanceUID == mask.SOPInstanceUID


def test_a_second_round_keeps_the_first(tmp_path: Path) -> None:
    """What an earlier round recorded is no reference: not followed, not asked about, not compared."""
    rt = rt_set(2)
    files = numbered(rt.all)
    first = exported(files, tmp_path / "first", selecting("instances", provenance=EQUIPMENT))
    second = exported(
        {name: (tmp_path / "first" / "target" / name).read_bytes() for name in files},
        tmp_path / "second",
        selecting("instances", provenance=EQUIPMENT),
    )
    for name, before in first.items():
        (recorded,) = before.OriginalAttributesSequence
        assert second[name].OriginalAttributesSequence[0] == recorded
        assert former_of(second[name]).SOPInstanceUID == before.SOPInstanceUID
        assert len(second[name].ContributingEquipmentSequence) == 2


def test_what_was_derived_does_not_refer_to_its_source(tmp_path: Path) -> None:
    images = ct_series(1)
    derived = carried_out(images, tmp_path, selecting("derived-series"))
    both: dict[str, bytes | Dataset] = {"1.dcm": images[0], "2.dcm": derived.files["1.dcm"]}
    with loaded(write_files(tmp_path / "both", both)) as catalog:
        uid_map = derive(catalog, selecting("instances", ("file", "1.dcm"), with_referrers=True))
        assert len(uid_map.outcomes) == 1


def test_outside_judges_find_nothing_new_in_a_derived_series(tmp_path: Path) -> None:
    mr = mr_series_with_localizers(2)
    files = numbered([*rt_set(2).all, *mr.images])
    written = exported(files, tmp_path, selecting("derived-series", provenance=EVERYTHING))
    for name in written:
        source, target = tmp_path / "source" / name, tmp_path / "target" / name
        dcmdump(target)
        before, after = dciodvfy(source), dciodvfy(target)
        assert kinds(after.errors) <= kinds(before.errors)


def test_a_rewrite_that_lost_the_item_would_be_seen(tmp_path: Path) -> None:
    from uidscope.core.errors import VerificationError
    from uidscope.core.export.expected import expected_of
    from uidscope.core.export.verify import verify_file
    from uidscope.core.plan.edits.follow import edits_for
    from uidscope.core.read.byte_window import memory_window
    from uidscope.core.read.structure import parse_structure

    (image,) = ct_series(1)
    image.ContributingEquipmentSequence = Sequence([Dataset()])
    image.ContributingEquipmentSequence[0].Manufacturer = "TEST MAKER"
    data = encoded(image)
    with loaded(write_files(tmp_path, {"1.dcm": data})) as catalog:
        uid_map = derive(catalog, selecting("instances", provenance=EQUIPMENT))
    (occurrence,) = uid_map.outcomes
    structure = parse_structure(memory_window(data))
    whole = rewrite(structure, edits_for(structure, occurrence, uid_map))
    written = b"".join(
        piece if isinstance(piece, bytes) else data[piece.start : piece.end] for piece in whole.segments
    )
    verify_file("1.dcm", structure, expected_of(whole.preamble, whole.edits), memory_window(written))
    other = written.replace(b"Modifying Equipment", b"Molifying Equipment")
    with pytest.raises(VerificationError, match="ContributingEquipmentSequence"):
        verify_file("1.dcm", structure, expected_of(whole.preamble, whole.edits), memory_window(other))
