"""What there is to tell of one place of the tree: its UIDs, its relations, its files; and of one finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Study, ct_series, key_object, rt_set, set_unchecked, with_uids, write_folder
from tests.core.judge.scene import CT, FRAME, ROOT, SERIES, STUDY, an_object, instance, loaded, reference
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.findings import finding, findings, keep_findings
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.flow import check, load
from uidscope.core.judge.fetch_keys import FetchKeys, Key
from uidscope.core.judge.rule_table import rules
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.record import FileRecord
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.citation import short_citation
from uidscope.core.report.file_copies import file_copies
from uidscope.core.report.finding_origin import finding_origin
from uidscope.core.report.finding_text import finding_text
from uidscope.core.report.node_identity import node_identity
from uidscope.core.report.node_relations import node_relations, relation_nodes

GONE = f"{ROOT}.99.1"


def checked(folder: Path) -> Catalog:
    catalog = Catalog.create()
    load(catalog, resolve_sources([str(folder)]), ScanOptions(jobs=1))
    check(catalog)
    return catalog


def node(catalog: Catalog, uid: str, level: str = "instance") -> Node:
    (found,) = (node for node in nodes_with_uid(catalog, uid) if node.level == level)
    return found


# Identity


def test_own_uid_comes_first_and_a_patient_has_none() -> None:
    with loaded([an_object("1.dcm", instance(1))]) as catalog:
        assert [
            (each.keyword, each.anatomy.uid) for each in node_identity(catalog, node(catalog, instance(1)))
        ] == [
            ("SOPInstanceUID", instance(1)),
            ("SeriesInstanceUID", SERIES),
            ("StudyInstanceUID", STUDY),
            ("FrameOfReferenceUID", FRAME),
            ("SOPClassUID", CT),
        ]
        assert [each.keyword for each in node_identity(catalog, node(catalog, STUDY, "study"))] == [
            "StudyInstanceUID"
        ]
        assert node_identity(catalog, Node("patient", 1)) == ()


@pytest.mark.parametrize("level", ["patient", "study", "series", "instance", "file"])
def test_node_that_is_not_there_is_a_lookup_error(level: str) -> None:
    with loaded([an_object("1.dcm", instance(1))]) as catalog:
        gone = Node(level, 99)  # type: ignore[arg-type]
        for tell in (node_identity, node_relations, file_copies):
            with pytest.raises(LookupError):
                tell(catalog, gone)


def test_absent_frame_of_reference_is_left_out() -> None:
    with loaded([an_object("1.dcm", instance(1), FrameOfReferenceUID=None)]) as catalog:
        keywords = [each.keyword for each in node_identity(catalog, node(catalog, instance(1)))]
        assert "FrameOfReferenceUID" not in keywords


def test_remarks_are_those_about_this_uid(tmp_path: Path) -> None:
    """A file that refers to a faulty UID is not itself at fault."""
    images = ct_series(2)
    faulty = with_uids(images, {images[0].SOPInstanceUID: "1.3.6.1.4.1.32473.07.1"})
    selection = key_object(faulty, study=Study.of(images[0]))
    faulty[1].PatientID = "TEST-0002"
    write_folder([*faulty, selection], tmp_path)
    with checked(tmp_path) as catalog:
        told = {
            uid: {
                each.keyword: [remark.rule for remark in each.remarks]
                for each in node_identity(catalog, node(catalog, uid))
            }
            for uid in ("1.3.6.1.4.1.32473.07.1", selection.SOPInstanceUID)
        }
    assert told["1.3.6.1.4.1.32473.07.1"]["SOPInstanceUID"] == ["UID-S04"]
    assert told[selection.SOPInstanceUID]["SOPInstanceUID"] == []
    assert told[selection.SOPInstanceUID]["StudyInstanceUID"] == ["ENT-11"]
    assert told[selection.SOPInstanceUID]["SeriesInstanceUID"] == []


def test_remarks_have_words_and_come_by_gravity(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    set_unchecked(image, "SOPInstanceUID", "2.25.1.02")
    write_folder([image], tmp_path)
    with checked(tmp_path) as catalog:
        own = node_identity(catalog, node(catalog, "2.25.1.02"))[0]
    assert [remark.severity for remark in own.remarks] == sorted(
        (remark.severity for remark in own.remarks), key=["error", "warning", "info"].index
    )
    assert all(remark.title and remark.text for remark in own.remarks)


# Relations


def test_relations_of_records_without_their_files_keep_the_patterns() -> None:
    records = [
        an_object("1.dcm", instance(1)),
        an_object(
            "2.dcm", instance(2), references=[reference(instance(1)), reference(GONE, series_uid="1.2.3")]
        ),
    ]
    with loaded(records) as catalog:
        relations = node_relations(catalog, node(catalog, instance(2)))
        missing, present = relations.references
        assert (missing.uid, missing.state, missing.path) == (
            GONE,
            "missing",
            "SourceImageSequence[].ReferencedSOPInstanceUID",
        )
        assert missing.keys == FetchKeys(
            Key("ALPHA-1", "referring-object"),
            Key(STUDY, "assumed"),
            Key("1.2.3", "enclosing"),
            Key(GONE, "reference"),
        )
        assert (present.uid, present.state, present.keys) == (instance(1), "resolved", None)
        assert relation_nodes(catalog, missing) == ()
        assert relation_nodes(catalog, present) == (node(catalog, instance(1)),)
        assert relations.reference_states == {"missing": 1, "resolved": 1}
        back = node_relations(catalog, node(catalog, instance(1)))
        assert back.references == ()
        assert [(each.uid, each.state) for each in back.referenced_by] == [(instance(2), "resolved")]
        assert relation_nodes(catalog, back.referenced_by[0]) == (node(catalog, instance(2)),)


def test_keys_are_taken_from_another_reference_to_the_same_target() -> None:
    references = [
        reference(GONE, "SourceImageSequence[].ReferencedSOPInstanceUID"),
        reference(GONE, "ReferencedImageSequence[].ReferencedSOPInstanceUID", series_uid=f"{ROOT}.99"),
    ]
    with loaded([an_object("1.dcm", instance(1), references=references)]) as catalog:
        keys = [each.keys for each in node_relations(catalog, node(catalog, instance(1))).references]
    assert [key.series_uid for key in keys if key] == [Key(f"{ROOT}.99", "enclosing")] * 2


def test_one_file_tells_item_numbers(tmp_path: Path) -> None:
    rt = rt_set(2)
    write_folder(rt.all, tmp_path)
    with checked(tmp_path) as catalog:
        relations = node_relations(catalog, node(catalog, rt.structure_set.SOPInstanceUID))
    to_second = [each.path for each in relations.references if each.uid == rt.images[1].SOPInstanceUID]
    assert to_second == [
        "ReferencedFrameOfReferenceSequence[1].RTReferencedStudySequence[1].RTReferencedSeriesSequence[1]"
        ".ContourImageSequence[2].ReferencedSOPInstanceUID",
        "ROIContourSequence[1].ContourSequence[2].ContourImageSequence[1].ReferencedSOPInstanceUID",
    ]
    assert all(each.count == 1 for each in relations.references)


def test_copies_of_one_object_tell_each_reference_once(tmp_path: Path) -> None:
    rt = rt_set(1)
    for folder in ("a", "b"):
        write_folder(rt.all, tmp_path / folder)
    with checked(tmp_path) as catalog:
        plan = node(catalog, rt.plan.SOPInstanceUID)
        relations = node_relations(catalog, plan)
    to_structures = [each for each in relations.references if each.uid == rt.structure_set.SOPInstanceUID]
    assert [each.path for each in to_structures] == [
        "ReferencedStructureSetSequence[].ReferencedSOPInstanceUID"
    ]


def test_study_that_is_named_is_gone_to() -> None:
    study = reference(STUDY, "ReferencedStudySequence[].ReferencedSOPInstanceUID", kind="study")
    with loaded([an_object("1.dcm", instance(1), references=[study])]) as catalog:
        (relation,) = node_relations(catalog, node(catalog, instance(1))).references
        assert relation_nodes(catalog, relation) == (node(catalog, STUDY, "study"),)
        assert [
            each.uid for each in node_relations(catalog, node(catalog, STUDY, "study")).referenced_by
        ] == [instance(1)]


# Files


def test_files_of_every_level(tmp_path: Path) -> None:
    images = ct_series(2)
    write_folder(images, tmp_path, names=["b.dcm", "a.dcm"])
    write_folder([images[0]], tmp_path / "copy", names=["b.dcm"], transfer_syntax="implicit-le")
    with checked(tmp_path) as catalog:
        own = node(catalog, images[0].SOPInstanceUID)
        copies = file_copies(catalog, own)
        below = file_copies(catalog, Node("patient", 1))
    assert [file.path for file in copies.files] == ["b.dcm", "copy/b.dcm"]
    assert [file.transfer_syntax.partition(":")[0] for file in copies.files] == [
        "Explicit VR Little Endian",
        "Implicit VR Little Endian",
    ]
    assert copies.total == 2
    assert [file.path for file in below.files] == ["a.dcm", "b.dcm", "copy/b.dcm"]
    assert copies.files[0].absolute_path == str(tmp_path / "b.dcm")
    assert copies.files[0].size == (tmp_path / "b.dcm").stat().st_size


# Findings


def test_origin_names_the_commonest_device_first_and_the_earliest_date() -> None:
    def from_device(number: int, model: str, date: str) -> FileRecord:
        return an_object(
            f"{number}.dcm",
            f"1.2.0{number}",
            SeriesDate=date,
            Manufacturer="TEST",
            ManufacturerModelName=model,
            SeriesInstanceUID=f"{SERIES}.{model[-1]}",
        )

    records = [from_device(1, "B2", "20240301"), from_device(2, "A1", "20240201"), from_device(3, "A1", "")]
    with loaded(records) as catalog:
        check(catalog)
        study = next(each for each in findings(catalog) if each.rule == "UID-S04")
        assert finding_origin(catalog, study.id).first_date == "20240301"
        keep_findings(catalog, [Finding("ENT-44", "warning", "file", "", "", "", (1, 2, 3))])
        origin = finding_origin(catalog, 1)
    assert origin.first_date == "20240201"
    assert [device.model for device in origin.devices] == ["A1", "B2"]


def test_finding_as_text_says_all_and_acts_on_nothing() -> None:
    records = [an_object(f"{number}\u202e.dcm", "1.2.03", Manufacturer="<b>A&B") for number in range(25)]
    with loaded(records) as catalog:
        check(catalog)
        kept = next(each for each in findings(catalog) if each.rule == "UID-S04")
        found = finding(catalog, kept.id)
        assert found is not None
        text = finding_text(catalog, found)
    assert "UID-S04, PS3.5 9.1" in text.splitlines()[0]
    assert "Device: <b>A&B" in text
    assert "Files: 25" in text
    assert text.endswith("...")
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("citation", "short"),
    [
        ("PS3.5 9.1", "PS3.5 9.1"),
        ("PS3.5 9 (UID = root.suffix); X.660 two-arc minimum", "PS3.5 9"),
        ("PS3.5 6.2 (UI), 9.1", "PS3.5 6.2, 9.1"),
        ("practice", ""),
        ("", ""),
    ],
)
def test_citation_is_made_short(citation: str, short: str) -> None:
    assert short_citation(citation) == short


@pytest.mark.parametrize("code", rules())
def test_no_citation_is_too_long_for_a_line(code: str) -> None:
    assert len(short_citation(rules()[code].citation)) <= 24
