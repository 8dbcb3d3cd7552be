"""A pseudonymous copy: no identifying UID is left, whatever it names, and it says what it is not."""

from __future__ import annotations

from pathlib import Path

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from tests.builders import (
    KNOWN_CREATOR,
    Study,
    add_private_sequence,
    ct_series,
    key_object,
    rt_set,
    seg,
    sr,
)
from tests.core.plan.carried_out import (
    Outcome,
    carried_out,
    derive,
    loaded,
    numbered,
    selecting,
    ui_values,
    write_files,
)
from uidscope.core.export.old_uids import old_uids_text
from uidscope.core.uid.elements import is_class_or_type, ui_element_by_keyword
from uidscope.core.uid.registry import is_registered

ONE = Study(1)


def item(**values: object) -> Dataset:
    made = Dataset()
    for keyword, value in values.items():
        setattr(made, keyword, value)
    return made


def identifying(datasets: list[Dataset]) -> set[str]:
    """Every UI value of some datasets that is no class, no type and not registered."""
    found = set()
    for dataset in datasets:
        for keyword, value in ui_values(dataset):
            element = ui_element_by_keyword(keyword)
            if element is not None and not is_class_or_type(element.tag) and not is_registered(value):
                found.add(value)
    return found


def written(outcome: Outcome) -> list[Dataset]:
    return [outcome.dataset(name) for name in outcome.files]


def test_no_identifying_uid_is_left(tmp_path: Path) -> None:
    rt = rt_set(2)
    objects = [*rt.all, seg(rt.images), sr(rt.images), key_object(rt.images)]
    for number, dataset in enumerate(objects):
        dataset.IrradiationEventUID = [ONE.entity_uid(1), ONE.entity_uid(2)]
        dataset.DeviceUID = ONE.entity_uid(3)
        dataset.SynchronizationFrameOfReferenceUID = ONE.entity_uid(4)
        dataset.ReferencedPerformedProcedureStepSequence = Sequence(
            [
                item(
                    ReferencedSOPClassUID="1.2.840.10008.3.1.2.3.3",
                    ReferencedSOPInstanceUID=f"1.2.9.{number}",
                )
            ]
        )
    outcome = carried_out(objects, tmp_path, selecting("pseudonymous"))
    assert identifying(written(outcome)).isdisjoint(identifying(list(objects)))
    before = {(row.from_occurrence, row.pattern) for row in outcome.references().values()}
    assert all(row.state != "missing" for row in outcome.references().values() if row.kind == "instance")
    assert before


def test_what_is_not_loaded_is_mapped_with_its_study_and_series_and_listed(tmp_path: Path) -> None:
    images = ct_series(2)
    document = key_object(images)
    outcome = carried_out([document], tmp_path, selecting("pseudonymous"))
    (new,) = written(outcome)
    evidence = new.CurrentRequestedProcedureEvidenceSequence[0]
    series = evidence.ReferencedSeriesSequence[0]
    assert evidence.StudyInstanceUID == new.StudyInstanceUID  # the study of the document itself
    assert series.SeriesInstanceUID.startswith("2.25.")
    instances = [str(each.ReferencedSOPInstanceUID) for each in series.ReferencedSOPSequence]
    entries = {entry.old: entry for entry in outcome.uid_map.entries()}
    assert [entries[image.SOPInstanceUID].new for image in images] == instances
    assert entries[images[0].SeriesInstanceUID].new == series.SeriesInstanceUID
    assert {entries[image.SOPInstanceUID].reason for image in images} == {"only-named"}
    assert entries[document.SOPInstanceUID].reason == "pseudonymous"
    assert "only-named" in {note.code for note in outcome.uid_map.notes}
    assert old_uids_text(outcome.uid_map.entries()).decode() == f"{document.SOPInstanceUID}\n"


def test_what_is_loaded_and_not_selected_becomes_what_it_would_become_itself(tmp_path: Path) -> None:
    rt = rt_set(2)
    source = write_files(tmp_path / "s", numbered(rt.all))
    with loaded(source) as catalog:
        intention = selecting("pseudonymous", ("instance", rt.structure_set.SOPInstanceUID))
        uid_map = derive(catalog, intention)
        uid_map.require_decided()
        news = {entry.old: entry.new for entry in uid_map.entries()}
        assert {image.SOPInstanceUID for image in rt.images} <= news.keys()
        assert len(set(news.values())) == len(news)
        studies = [entry for entry in uid_map.entries() if entry.old == ONE.uid()]
        assert len(studies) == 1


def test_free_values_of_reports_are_replaced_and_registered_ones_are_not(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.ContentSequence = Sequence(
        [
            item(RelationshipType="HAS OBS CONTEXT", ValueType="UIDREF", UID=f"{ONE.uid()}.77"),
            item(RelationshipType="HAS OBS CONTEXT", ValueType="UIDREF", UID="1.2.840.10008.5.1.4.1.1.2"),
            item(RelationshipType="HAS OBS CONTEXT", ValueType="UIDREF", UID=ONE.uid()),
        ]
    )
    outcome = carried_out([image], tmp_path, selecting("pseudonymous"))
    (new,) = written(outcome)
    first, second, third = (str(each.UID) for each in new.ContentSequence)
    assert first.startswith("2.25.")
    assert second == "1.2.840.10008.5.1.4.1.1.2"
    assert third == new.StudyInstanceUID


def test_the_past_goes_and_palettes_stay(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.OriginalAttributesSequence = Sequence(
        [item(ModifiedAttributesSequence=[item(StudyInstanceUID="1.2.3")])]
    )
    image.PaletteColorLookupTableUID = ONE.entity_uid(8)
    image.SourceImageSequence = Sequence([item(InstanceCreatorUID="1.2.3.4")])
    outcome = carried_out([image], tmp_path, selecting("pseudonymous"))
    (new,) = written(outcome)
    assert "OriginalAttributesSequence" not in new
    assert "InstanceCreatorUID" not in new.SourceImageSequence[0]
    assert new.PaletteColorLookupTableUID == ONE.entity_uid(8)
    assert "1.2.3" not in {entry.old for entry in outcome.uid_map.entries()}


def test_a_private_sequence_follows(tmp_path: Path) -> None:
    first, second = ct_series(2)
    named = item(ReferencedSOPClassUID=first.SOPClassUID, ReferencedSOPInstanceUID=first.SOPInstanceUID)
    add_private_sequence(second, [named], creator=KNOWN_CREATOR)
    outcome = carried_out([second], tmp_path, selecting("pseudonymous"))
    (new,) = written(outcome)
    old = {str(first.SOPInstanceUID), str(second.SOPInstanceUID)}
    assert old.isdisjoint(value for _, value in ui_values(new))


def test_it_says_that_it_is_not_de_identification(tmp_path: Path) -> None:
    outcome = carried_out(ct_series(1), tmp_path, selecting("pseudonymous"))
    assert "not-de-identified" in {note.code for note in outcome.uid_map.notes}
    (new,) = written(outcome)
    assert "PatientIdentityRemoved" not in new
    assert new.PatientID == ct_series(1)[0].PatientID
