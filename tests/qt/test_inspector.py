"""The inspector: identity, relations, attributes and files of what is selected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydicom.dataset import Dataset
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import (
    Study,
    add_private_sequence,
    add_private_text,
    ct_series,
    rt_set,
    set_unchecked,
    truncated,
    with_uids,
)
from tests.qt.accessible import HOSTILE, acting_labels, nameless
from tests.qt.loaded_state import a_state, load_into, node_with, settle, shown
from tests.qt.room import cut_widgets
from tests.watch import SourceFolders
from uidscope.core.catalog.tree import ROOT, Node, children, parent
from uidscope.qt.kit.anatomy_parts import PartKind
from uidscope.qt.kit.cells import CELL_ROLE, NameCell, StateCell, TextCell, UidCell
from uidscope.qt.kit.choice_tree_view import ChoiceTreeView
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.dock_title import DockTitle
from uidscope.qt.models.relations_model import RelationColumn
from uidscope.qt.panels.identity_tab import UidSection
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.panels.inspector_tab import InspectorTab
from uidscope.qt.state import WorkState

FAULTY = "1.3.6.1.4.1.32473.1001.02.1"


@pytest.fixture
def state() -> Iterator[WorkState]:
    with a_state() as state:
        yield state


@pytest.fixture
def inspector(qtbot: QtBot, state: WorkState) -> Inspector:
    inspector = Inspector(state)
    inspector.fill_title(DockTitle(parent=inspector))
    shown(qtbot, inspector)
    return inspector


@pytest.fixture
def faulty_image(make_source: SourceFolders) -> Path:
    """One image of three has a part with a leading zero."""
    images = ct_series(3)
    return make_source(with_uids(images, {images[0].SOPInstanceUID: FAULTY}))


def select(qtbot: QtBot, inspector: Inspector, state: WorkState, node: Node, tab: InspectorTab) -> None:
    inspector.setCurrentWidget(tab)
    state.select((node,))
    settle(qtbot, inspector)


def sections(inspector: Inspector) -> list[UidSection]:
    return [section for section in inspector.identity.sections if section.isVisible()]


def rows(view: ChoiceTreeView, group: int) -> list[list[Any]]:
    model = view.model()
    above = model.index(group, 0)
    return [
        [model.index(row, column, above).data(CELL_ROLE) for column in RelationColumn]
        for row in range(model.rowCount(above))
    ]


def attributes(inspector: Inspector) -> list[tuple[str, str, str, str]]:
    """Every element as name, tag, VR and value; items and what lies in them included."""
    found: list[tuple[str, str, str, str]] = []
    model = inspector.attributes.model

    def walk(above: QModelIndex) -> None:
        for row in range(model.rowCount(above)):
            cells = [model.index(row, column, above).data(CELL_ROLE).text for column in range(4)]
            found.append((cells[0], cells[1], cells[2], cells[3]))
            walk(model.index(row, 0, above))

    walk(QModelIndex())
    return found


# Identity


def test_nothing_selected_says_so(qtbot: QtBot, inspector: Inspector, state: WorkState) -> None:
    for tab in inspector.tabs:
        inspector.setCurrentWidget(tab)
        assert tab.pages.sentence == "Select something in the tree."


def test_identity_shows_each_uid_of_an_image(
    qtbot: QtBot, inspector: Inspector, state: WorkState, faulty_image: Path
) -> None:
    catalog = load_into(state, faulty_image)
    select(qtbot, inspector, state, node_with(catalog, FAULTY), inspector.identity)
    names = [section.accessibleName() for section in sections(inspector)]
    assert names == [
        "SOP Instance UID",
        "Series Instance UID",
        "Study Instance UID",
        "Frame of Reference UID",
        "SOP Class UID",
    ]
    own = sections(inspector)[0]
    assert own.strip.accessibleName() == f"UID {FAULTY}"
    parts = [block.part for block in own.strip.blocks]
    assert [part.digits for part in parts] == FAULTY.split(".")
    assert [part.fault for part in parts] == [""] * 8 + ["leading zero", ""]
    assert {part.kind for part in parts[:6]} == {PartKind.ROOT}
    assert own.identity is not None
    assert [(remark.rule, remark.citation) for remark in own.identity.remarks] == [("UID-S04", "PS3.5 9.1")]
    sop_class = sections(inspector)[4].identity
    assert sop_class is not None
    assert sop_class.name == "CT Image Storage"


def test_identity_is_judged_by_its_digits_before_the_checks(
    qtbot: QtBot, inspector: Inspector, state: WorkState, faulty_image: Path
) -> None:
    catalog = load_into(state, faulty_image, checked=False)
    select(qtbot, inspector, state, node_with(catalog, FAULTY), inspector.identity)
    own = sections(inspector)[0]
    assert own.identity is not None
    assert [remark.rule for remark in own.identity.remarks] == ["UID-S04"]


def test_identity_of_a_series_and_of_a_patient(
    qtbot: QtBot, inspector: Inspector, state: WorkState, faulty_image: Path
) -> None:
    catalog = load_into(state, faulty_image)
    series = parent(catalog, node_with(catalog, FAULTY))
    assert series is not None
    select(qtbot, inspector, state, series, inspector.identity)
    assert [section.accessibleName() for section in sections(inspector)] == [
        "Series Instance UID",
        "Study Instance UID",
        "Frame of Reference UID",
    ]
    patient = children(catalog, ROOT)[0].node
    select(qtbot, inspector, state, patient, inspector.identity)
    assert inspector.identity.pages.sentence.startswith("A patient has no UID.")


def test_copy_button_copies_the_uid(
    qtbot: QtBot, inspector: Inspector, state: WorkState, faulty_image: Path
) -> None:
    catalog = load_into(state, faulty_image)
    select(qtbot, inspector, state, node_with(catalog, FAULTY), inspector.identity)
    buttons = sections(inspector)[0].findChildren(QToolButton)
    (button,) = [each for each in buttons if each.accessibleName() == "Copy the SOP Instance UID"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == FAULTY


def test_absent_uid_is_said_to_be_absent(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    images = ct_series(2)
    set_unchecked(images[0], "SOPInstanceUID", "")
    catalog = load_into(state, make_source(images))
    series = parent(catalog, node_with(catalog, images[1].SOPInstanceUID))
    assert series is not None
    (nameless_one,) = (
        found.node
        for found in children(catalog, series)
        if found.node != node_with(catalog, images[1].SOPInstanceUID)
    )
    select(qtbot, inspector, state, nameless_one, inspector.identity)
    own = sections(inspector)[0]
    assert not own.strip.isVisible()
    assert own.identity is not None
    assert "UID-S13" in [remark.rule for remark in own.identity.remarks]


# The way to it


def test_bar_shows_the_way_to_the_selection(
    qtbot: QtBot, inspector: Inspector, state: WorkState, faulty_image: Path
) -> None:
    catalog = load_into(state, faulty_image)
    state.select((node_with(catalog, FAULTY),))
    assert list(inspector.path.steps) == ["TEST^ALPHA", "Test study", "CT axial", "Image 1"]
    assert inspector.path.accessibleName() == "TEST^ALPHA › Test study › CT axial › Image 1"
    state.replace_catalog(None, ())
    assert not inspector.path.steps


# Relations


def test_relations_of_a_structure_set(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    rt = rt_set(3)
    catalog = load_into(state, make_source([*rt.images[:2], rt.structure_set, rt.plan]))
    structures = node_with(catalog, rt.structure_set.SOPInstanceUID)
    select(qtbot, inspector, state, structures, inspector.relations)
    view = inspector.relations.view
    references, referrers = rows(view, 0), rows(view, 1)
    missing = [row for row in references if row[2] == StateCell("broken", "missing", Verdict.WARNING)]
    assert [row[0].text for row in missing] == [
        "ReferencedFrameOfReferenceSequence[1].RTReferencedStudySequence[1].RTReferencedSeriesSequence[1]"
        ".ContourImageSequence[3]",
        "ROIContourSequence[1].ContourSequence[3].ContourImageSequence[1]",
    ]
    assert all(row[3] == UidCell(rt.images[2].SOPInstanceUID) for row in missing)
    present = [row for row in references if row[2] == StateCell("check", "present", Verdict.OK)]
    assert [row[3].value for row in present if row[1] == TextCell("image")] == [
        *(image.SOPInstanceUID for image in rt.images[:2]),
        *(image.SOPInstanceUID for image in rt.images[:2]),
    ]
    assert [row[3] for row in referrers] == [UidCell(rt.plan.SOPInstanceUID)]
    total = len(references) + len(referrers)
    assert inspector.tabText(inspector.indexOf(inspector.relations)) == f"Relations  {total}"
    group = view.model().index(0, 0).data(CELL_ROLE)
    assert group == NameCell("References", secondary=f"{len(references)}, 2 missing", strong=True, group=True)


def test_keys_to_fetch_what_is_missing(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    rt = rt_set(2, study=Study(patient_id="TEST-0042"))
    catalog = load_into(state, make_source([rt.images[0], rt.structure_set]))
    tab = inspector.relations
    select(qtbot, inspector, state, node_with(catalog, rt.structure_set.SOPInstanceUID), tab)
    gone = rt.images[1]
    assert tab.keys.isVisible()
    qtbot.mouseClick(tab.keys.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "PatientID=TEST-0042",
        f"StudyInstanceUID={gone.StudyInstanceUID}",
        f"SeriesInstanceUID={gone.SeriesInstanceUID}",
        f"SOPInstanceUID={gone.SOPInstanceUID}",
    ]
    last = tab.model.index(tab.model.rowCount(tab.model.index(0, 0)) - 1, 0, tab.model.index(0, 0))
    tab.view.setCurrentIndex(last)
    assert not tab.keys.isVisible()


def test_choosing_a_relation_goes_to_its_other_end(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    rt = rt_set(1)
    catalog = load_into(state, make_source(rt.all))
    tab = inspector.relations
    plan, structures = (node_with(catalog, each.SOPInstanceUID) for each in (rt.plan, rt.structure_set))
    select(qtbot, inspector, state, plan, tab)
    paths = [row[0].text for row in rows(tab.view, 0)]
    at = paths.index("ReferencedStructureSetSequence[1]")
    tab.view.setCurrentIndex(tab.model.index(at, 0, tab.model.index(0, 0)))
    qtbot.keyClick(tab.view, Qt.Key.Key_Return)
    assert state.selection == (structures,)
    settle(qtbot, inspector)
    back = tab.model.index(0, 0, tab.model.index(1, 0))
    tab.view.chosen.emit(back)
    assert state.selection == (plan,)


def test_a_study_is_referred_to_and_refers_to_nothing(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    rt = rt_set(1)
    catalog = load_into(state, make_source(rt.all))
    study = node_with(catalog, rt.plan.StudyInstanceUID, "study")
    select(qtbot, inspector, state, study, inspector.relations)
    assert inspector.relations.model.rowCount() == 1
    title = inspector.relations.model.index(0, 0).data(CELL_ROLE).text
    assert title == "Referenced by"


def test_an_object_without_relations_says_so(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    images = ct_series(1)
    catalog = load_into(state, make_source(images))
    select(qtbot, inspector, state, node_with(catalog, images[0].SOPInstanceUID), inspector.relations)
    assert inspector.relations.pages.sentence.startswith("It refers to nothing")
    assert inspector.tabText(1) == "Relations"


# Attributes


def test_attributes_name_what_is_known(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    image = ct_series(1)[0]
    add_private_text(image, "hello", creator="TEST UNKNOWN")
    known = add_private_sequence(image, [Dataset()])
    folder = make_source([image])
    catalog = load_into(state, folder)
    select(qtbot, inspector, state, node_with(catalog, image.SOPInstanceUID), inspector.attributes)
    found = attributes(inspector)
    assert ("Patient's Name", "(0010,0010)", "PN", "TEST^ALPHA") in found
    assert ("SOP Class UID", "(0008,0016)", "UI", "1.2.840.10008.5.1.4.1.1.2 (CT Image Storage)") in found
    assert not any(tag == "(7FE0,0010)" for _, tag, _, _ in found)
    creators = [value for name, _, _, value in found if name == "Private Creator"]
    assert "TEST UNKNOWN" in creators
    by_tag = {tag: (name, value) for name, tag, _, value in found}
    name, value = by_tag[f"({known[:4]},{known[4:]})"]
    assert name not in ("Private element", "")
    assert value == "1 item"


def test_attributes_are_searched(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    rt = rt_set(2)
    catalog = load_into(state, make_source(rt.all))
    tab = inspector.attributes
    select(qtbot, inspector, state, node_with(catalog, rt.structure_set.SOPInstanceUID), tab)
    everything = attributes(inspector)
    qtbot.keyClicks(tab.search, "roi name")
    qtbot.waitUntil(lambda: len(attributes(inspector)) < len(everything))
    assert [name for name, _, _, _ in attributes(inspector)] == [
        "Structure Set ROI Sequence",
        "Item 1",
        "ROI Name",
    ]
    tab.search.clear()
    qtbot.waitUntil(lambda: attributes(inspector) == everything)
    qtbot.keyClicks(tab.search, "30060026")
    qtbot.waitUntil(lambda: len(attributes(inspector)) == 3)


@pytest.mark.parametrize("level", ["patient", "study", "series"])
def test_attributes_are_those_of_a_file(
    qtbot: QtBot, inspector: Inspector, state: WorkState, faulty_image: Path, level: str
) -> None:
    catalog = load_into(state, faulty_image)
    node = node_with(catalog, FAULTY)
    while node.level != level:
        above = parent(catalog, node)
        assert above is not None
        node = above
    select(qtbot, inspector, state, node, inspector.attributes)
    assert inspector.attributes.pages.sentence == "Select an image or a file to see its elements."


def test_a_file_that_is_gone_or_changed_gets_one_sentence(
    qtbot: QtBot, inspector: Inspector, state: WorkState, tmp_path: Path, make_source: SourceFolders
) -> None:
    images = ct_series(2)
    folder = make_source(images, names=["gone.dcm", "changed.dcm"])
    catalog = load_into(state, folder)
    (folder / "gone.dcm").unlink()
    truncated(folder / "changed.dcm", 400)
    make_source.watch(folder)
    tab = inspector.attributes
    select(qtbot, inspector, state, node_with(catalog, images[0].SOPInstanceUID), tab)
    assert tab.pages.sentence.startswith("The file cannot be read: ")
    select(qtbot, inspector, state, node_with(catalog, images[1].SOPInstanceUID), tab)
    assert tab.pages.sentence.startswith("The file has changed")


# Files


def test_files_of_an_instance(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    image = ct_series(1)[0]
    folder = make_source([image], names=["a/whole.dcm"])
    again = make_source([image], folder="source/b", names=["cut.dcm"], transfer_syntax="implicit-le")
    truncated(again / "cut.dcm", -10)
    make_source.watch(again)
    make_source.watch(folder)
    catalog = load_into(state, folder)
    select(qtbot, inspector, state, node_with(catalog, image.SOPInstanceUID), inspector.files)
    model = inspector.files.model
    found = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert [row[0] for row in found] == ["a/whole.dcm", "b/cut.dcm"]
    assert [row[2] for row in found] == ["Explicit VR Little Endian", "Implicit VR Little Endian"]
    assert [row[3] for row in found] == ["", "truncated: not exported"]
    whole = model.file(0)
    assert whole is not None
    assert whole.size == (folder / "a/whole.dcm").stat().st_size
    inspector.files.view.setCurrentIndex(model.index(1, 0))
    qtbot.mouseClick(inspector.files.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == str(folder / "b/cut.dcm")


# All tabs


def test_models_keep_qts_rules(
    qtbot: QtBot,
    inspector: Inspector,
    state: WorkState,
    make_source: SourceFolders,
    qtmodeltester: ModelTester,
) -> None:
    rt = rt_set(2)
    catalog = load_into(state, make_source(rt.all))
    node = node_with(catalog, rt.structure_set.SOPInstanceUID)
    for tab, model in (
        (inspector.relations, inspector.relations.model),
        (inspector.attributes, inspector.attributes.model),
        (inspector.files, inspector.files.model),
    ):
        state.select(())
        select(qtbot, inspector, state, node, tab)
        assert model.rowCount() > 0
        qtmodeltester.check(model)


def test_only_what_is_seen_is_asked_for_and_the_newest_selection_wins(
    qtbot: QtBot, inspector: Inspector, state: WorkState, faulty_image: Path
) -> None:
    catalog = load_into(state, faulty_image)
    series = parent(catalog, node_with(catalog, FAULTY))
    assert series is not None
    instances = [found.node for found in children(catalog, series)]
    inspector.setCurrentWidget(inspector.files)
    for node in instances:
        state.select((node,))
    settle(qtbot, inspector)
    shown_file = inspector.files.model.file(0)
    assert shown_file is not None
    assert inspector.files.model.rowCount() == 1
    assert not sections(inspector)
    assert not inspector.attributes.is_settled
    inspector.hide()
    state.select((instances[0],))
    settle(qtbot, inspector)
    assert inspector.files.model.file(0) == shown_file
    inspector.show()
    settle(qtbot, inspector)
    assert inspector.files.model.file(0) != shown_file


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_files_is_shown_as_text(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders, text: str
) -> None:
    images = ct_series(1)
    image = images[0]
    image.SpecificCharacterSet = "ISO_IR 192"
    for keyword in ("PatientName", "StudyDescription", "SeriesDescription"):
        set_unchecked(image, keyword, text)
    set_unchecked(image, "FrameOfReferenceUID", ascii(text)[1:60])
    catalog = load_into(state, make_source(images))
    node = node_with(catalog, image.SOPInstanceUID)
    for tab in inspector.tabs:
        state.select(())
        select(qtbot, inspector, state, node, tab)
        assert acting_labels(inspector) == []
        assert inspector.grab().width() == inspector.width()
    inspector.setCurrentWidget(inspector.attributes)
    settle(qtbot, inspector)
    model = inspector.attributes.model
    spoken = [str(model.index(row, 3).data() or "") for row in range(model.rowCount())]
    assert not any("\u202e" in each for each in spoken)
    assert any(text[:4] in each for each in spoken)


def test_everything_has_a_name(
    qtbot: QtBot, inspector: Inspector, state: WorkState, make_source: SourceFolders
) -> None:
    rt = rt_set(2)
    catalog = load_into(state, make_source([rt.images[0], rt.structure_set]))
    node = node_with(catalog, rt.structure_set.SOPInstanceUID)
    for tab in inspector.tabs:
        state.select(())
        select(qtbot, inspector, state, node, tab)
        assert nameless(inspector) == []
    assert inspector.objectName() == "inspectorTabs"
    assert [tab.objectName() for tab in inspector.tabs] == [
        "identityTab",
        "relationsTab",
        "attributesTab",
        "filesTab",
    ]


def test_what_is_gone_gets_one_sentence(
    qtbot: QtBot, inspector: Inspector, state: WorkState, faulty_image: Path
) -> None:
    load_into(state, faulty_image)
    gone = Node("instance", 99)
    for tab in inspector.tabs:
        state.select(())
        select(qtbot, inspector, state, gone, tab)
        assert tab.pages.sentence == "This is not loaded any more."
    assert not inspector.path.steps


def test_all_words_have_room_in_the_narrowest_inspector(
    qtbot: QtBot,
    text_size: int,
    direction: Qt.LayoutDirection,
    state: WorkState,
    make_source: SourceFolders,
) -> None:
    rt = rt_set(2)
    faulty = with_uids([rt.structure_set], {rt.structure_set.SOPInstanceUID: FAULTY})
    catalog = load_into(state, make_source([rt.images[0], *faulty]))
    inspector = Inspector(state)
    shown(qtbot, inspector, 480, 500)
    for tab in inspector.tabs:
        state.select(())
        select(qtbot, inspector, state, node_with(catalog, FAULTY), tab)
        assert inspector.width() == 480
        qtbot.wait(50)  # wrapped text asks for its height only when it knows its width
        assert cut_widgets(tab) == []
