"""The findings: grouped by rule, walked through by gravity, and found again in the tree."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, key_object, set_unchecked, with_uids
from tests.qt.accessible import HOSTILE, acting_labels, nameless
from tests.qt.loaded_state import a_state, load_into, node_with, settle, shown
from tests.qt.room import cut_widgets
from tests.qt.synthetic_catalog import GrowingCatalog, record
from tests.watch import SourceFolders
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.finding_groups import MOST_LISTED, finding_groups
from uidscope.core.catalog.findings import findings, keep_findings
from uidscope.core.catalog.tree import InstanceRow, row
from uidscope.core.report.words import rule_words
from uidscope.qt.kit.cells import CELL_ROLE, NameCell, NumberCell, TextCell, Tone, UidCell
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.dock_title import DockTitle
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.models.findings_model import ROWS_AT_A_TIME, FindingColumn, FindingsModel
from uidscope.qt.panels.findings_panel import FindingsPanel
from uidscope.qt.state import WorkState

SAME_UID = "1.3.6.1.4.1.32473.1.7"


@pytest.fixture
def state() -> Iterator[WorkState]:
    with a_state() as state:
        yield state


@pytest.fixture
def panel(qtbot: QtBot, state: WorkState) -> FindingsPanel:
    panel = FindingsPanel(state)
    shown(qtbot, panel, 1200, 300)
    return panel


@pytest.fixture
def faulty(make_source: SourceFolders) -> Path:
    """Two images with leading zeros, a reference to what is not there, and placeholder values."""
    images = ct_series(4)
    numbers = {image.SOPInstanceUID: f"1.3.6.1.4.1.32473.01.{image.InstanceNumber}" for image in images[:2]}
    missing = key_object(ct_series(2, study=Study(number=3)), study=Study(number=2))
    placeholder = ct_series(1, study=Study(number=4))
    return make_source(
        [
            *with_uids(images, numbers),
            missing,
            *with_uids(placeholder, {placeholder[0].SOPInstanceUID: "1.2.3.4.5"}),
        ]
    )


def group_index(model: FindingsModel, rule: str) -> QModelIndex:
    rules = [model.group(model.index(row, 0)) for row in range(model.rowCount())]
    return model.index([group.rule for group in rules if group].index(rule), 0)


def cell(index: QModelIndex, column: FindingColumn) -> object:
    return index.siblingAtColumn(column).data(CELL_ROLE)


def texts(model: FindingsModel, parent: QModelIndex = QModelIndex()) -> list[str]:  # noqa: B008
    """What every announced cell says."""
    found = []
    for place in range(model.rowCount(parent)):
        for column in FindingColumn:
            index = model.index(place, column, parent)
            found.append(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        found += texts(model, model.index(place, 0, parent))
    return found


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key) -> None:
    qtbot.keyClick(widget, key)


def test_it_says_why_there_is_nothing(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, make_source: SourceFolders
) -> None:
    assert panel.pages.sentence == "Nothing is loaded."
    folder = make_source(ct_series(2))
    load_into(state, folder, checked=False)
    assert "not been checked" in panel.pages.sentence
    state.set_busy(True)
    assert "The findings come" in panel.pages.sentence
    load_into(state, folder)
    settle(qtbot, panel)
    assert panel.pages.sentence == "Nothing was found: every rule is kept."
    assert panel.windowTitle() == "Findings"


def test_rules_are_groups_the_gravest_first(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path
) -> None:
    catalog = load_into(state, faulty)
    settle(qtbot, panel)
    model = panel.model
    groups = [model.group(model.index(place, 0)) for place in range(model.rowCount())]
    severities = [group.severity for group in groups if group]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert {"UID-S04", "UID-S26", "ENT-50"} <= {group.rule for group in groups if group}
    zeros = group_index(model, "UID-S04")
    title = rule_words("UID-S04").title
    assert cell(zeros, FindingColumn.FINDING) == NameCell(
        title, "error", "2", strong=True, icon_verdict=Verdict.ERROR
    )
    assert cell(zeros, FindingColumn.CONSEQUENCE) == TextCell("rejected", verdict=Verdict.ERROR)
    assert cell(zeros, FindingColumn.FILES) == NumberCell(2)
    assert cell(zeros, FindingColumn.WHERE) == TextCell("Test study › CT axial", tone=Tone.TEXT2)
    assert zeros.data(Qt.ItemDataRole.AccessibleTextRole) == f"Error: {title}, 2"
    total = len(findings(catalog))
    assert panel.windowTitle() == f"Findings  {total}"


def test_a_finding_names_its_place_and_the_faulty_parts(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path
) -> None:
    load_into(state, faulty)
    settle(qtbot, panel)
    zeros = group_index(panel.model, "UID-S04")
    panel.model.fetchMore(zeros)
    first = panel.model.index(0, 0, zeros)
    assert cell(first, FindingColumn.FINDING) == NameCell("Image 1: part 8")
    assert cell(first, FindingColumn.WHERE) == UidCell("1.3.6.1.4.1.32473.01.1", ((18, 20),))
    assert cell(first, FindingColumn.FILES) == NumberCell(1)


def test_the_one_finding_of_a_rule_is_its_row(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path
) -> None:
    catalog = load_into(state, faulty)
    settle(qtbot, panel)
    placeholder = group_index(panel.model, "UID-S26")
    assert not panel.model.hasChildren(placeholder)
    found = panel.model.finding_row(placeholder)
    assert found is not None
    assert found.path[-1].node == node_with(catalog, "1.2.3.4.5")
    assert panel.model.finding_id(group_index(panel.model, "UID-S04")) is None


def test_model_keeps_qts_rules(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path, qtmodeltester: ModelTester
) -> None:
    load_into(state, faulty)
    settle(qtbot, panel)
    qtmodeltester.check(panel.model)


def test_f8_goes_through_all_by_gravity_and_begins_again(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path
) -> None:
    catalog = load_into(state, faulty)
    settle(qtbot, panel)
    wanted = [kept.id for kept in findings(catalog)]
    panel.view.setCurrentIndex(QModelIndex())
    seen = []
    for _ in range(len(wanted) + 1):
        panel.next()
        seen.append(panel.model.finding_id(panel.view.currentIndex()))
    assert seen == [*wanted, wanted[0]]
    for expected in (wanted[-1], wanted[-2]):
        panel.previous()
        assert panel.model.finding_id(panel.view.currentIndex()) == expected


def test_426_files_with_one_sop_uid_are_one_finding_and_enter_selects_it(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, make_source: SourceFolders
) -> None:
    images = ct_series(426)
    for image in images:
        set_unchecked(image, "SOPInstanceUID", SAME_UID)
        set_unchecked(image.file_meta, "MediaStorageSOPInstanceUID", SAME_UID)
    catalog = load_into(state, make_source(images, names=[f"{number}.dcm" for number in range(426)]))
    settle(qtbot, panel)
    (kept,) = (each for each in findings(catalog) if each.uid == SAME_UID)
    assert kept.file_count == 426
    panel.view.setCurrentIndex(QModelIndex())
    panel.next()
    assert panel.view.hasFocus()
    press(qtbot, panel.view, Qt.Key.Key_Return)
    assert state.selection == (node_with(catalog, SAME_UID),)
    instance = row(catalog, state.selection[0])
    assert isinstance(instance, InstanceRow)
    assert instance.occurrences == 426


def test_a_group_opens_by_enter_and_a_finding_is_gone_to_by_double_click(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path
) -> None:
    catalog = load_into(state, faulty)
    settle(qtbot, panel)
    zeros = group_index(panel.model, "UID-S04")
    panel.view.setCurrentIndex(zeros)
    was_open = panel.view.isExpanded(zeros)
    press(qtbot, panel.view, Qt.Key.Key_Enter)
    assert panel.view.isExpanded(zeros) is not was_open
    panel.view.expand(zeros)
    qtbot.waitUntil(lambda: panel.model.rowCount(zeros) == 2)
    second = panel.model.index(1, 0, zeros)
    panel.view.scrollTo(second)
    place = panel.view.visualRect(second).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert state.selection == (node_with(catalog, "1.3.6.1.4.1.32473.01.2"),)


def test_detail_says_what_why_and_where_from(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path
) -> None:
    load_into(state, faulty)
    settle(qtbot, panel)
    panel.view.setCurrentIndex(group_index(panel.model, "UID-S26"))
    settle(qtbot, panel)
    detail = panel.detail
    assert rule_words("UID-S26").why in detail.text.accessibleName()
    assert "1.2.3.4.5" in detail.text.accessibleName()
    assert len(detail.text.lines) <= 3
    assert "First seen 2024-01-02 Device" in detail.facts.accessibleName()
    assert detail.go_button.text() == "Go to image"
    qtbot.mouseClick(detail.go_button, Qt.MouseButton.LeftButton)
    assert [node.level for node in state.selection] == ["instance"]
    detail.copy.emit()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(rule_words("UID-S26").title)
    assert "First seen: 20240102" in copied


def test_detail_of_a_rule_goes_to_its_first_finding(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path
) -> None:
    catalog = load_into(state, faulty)
    settle(qtbot, panel)
    panel.view.setCurrentIndex(group_index(panel.model, "UID-S04"))
    assert panel.detail.facts.accessibleName() == "All of them 2 findings, 2 files"
    panel.go_to_current()
    assert state.selection == (node_with(catalog, "1.3.6.1.4.1.32473.01.1"),)


def test_findings_of_what_is_replaced_are_forgotten(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path
) -> None:
    load_into(state, faulty)
    settle(qtbot, panel)
    state.replace_catalog(None, ())
    assert panel.model.rowCount() == 0
    assert panel.windowTitle() == "Findings"
    panel.next()
    panel.go_to_current()
    assert state.selection == ()


def test_long_group_comes_in_chunks_and_says_how_many_more_there_are() -> None:
    growing = GrowingCatalog()
    growing.add(record(number) for number in range(1, 4))
    total = MOST_LISTED + 5
    keep_findings(
        growing.catalog,
        (
            Finding(
                "UID-S04", "error", "instance", f"1.2.{number}.01", "SOPInstanceUID", "SOPInstanceUID", (1,)
            )
            for number in range(total)
        ),
    )
    model = FindingsModel()
    model.set_groups(growing.catalog, finding_groups(growing.catalog))
    group = model.index(0, 0)
    view = RowTreeView()
    view.setModel(model)
    view.expand(group)
    for _ in range(3):  # a view that lays out anew gets no more rows for it
        view.doItemsLayout()
        assert model.rowCount(group) == ROWS_AT_A_TIME
    view.setModel(None)
    last = model.step(QModelIndex(), -1)
    assert last.row() == MOST_LISTED - 1
    while model.can_fetch_after(group):
        model.fetch_after(group)
    more = model.index(MOST_LISTED, 0, group)
    assert cell(more, FindingColumn.FINDING).text == "5 more; a report lists all"  # type: ignore[attr-defined]
    assert model.finding_id(more) is None
    assert model.step(more, 1) == model.index(0, 0, group)
    growing.catalog.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_files_is_shown_as_text(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, make_source: SourceFolders, text: str
) -> None:
    study = Study(patient_name="TEST^ALPHA", description="x")
    images = ct_series(2, study=study, description="x")
    for image in images:
        set_unchecked(image, "SeriesDescription", text)
        set_unchecked(image, "SOPInstanceUID", f"1.2.{ascii(text)[1:40]}")
        image.SpecificCharacterSet = "ISO_IR 192"
    load_into(state, make_source(images))
    settle(qtbot, panel)
    assert panel.model.rowCount() > 0
    for _ in range(5):
        panel.next()
        settle(qtbot, panel)
        spoken = [*texts(panel.model), panel.detail.text.accessibleName(), *panel.detail.text.lines]
        assert not any("\u202e" in each for each in spoken)
        assert acting_labels(panel) == []
        assert panel.grab().width() == panel.width()


def test_everything_has_a_name(qtbot: QtBot, panel: FindingsPanel, state: WorkState, faulty: Path) -> None:
    panel.fill_title(DockTitle(parent=panel))
    load_into(state, faulty)
    settle(qtbot, panel)
    assert nameless(panel) == []
    assert panel.view.objectName() == "findingsView"


def test_all_words_have_room_in_the_narrowest_window(
    qtbot: QtBot,
    text_size: int,
    direction: Qt.LayoutDirection,
    state: WorkState,
    faulty: Path,
) -> None:
    load_into(state, faulty)
    panel = FindingsPanel(state)
    shown(qtbot, panel, 1024, 180)
    state.set_checked()
    settle(qtbot, panel)
    for _ in range(4):
        panel.next()
        settle(qtbot, panel)
        assert (panel.width(), panel.height()) == (1024, 180)
        assert cut_widgets(panel) == []
