"""The findings by device: listed when they are looked at, copied for a ticket, and followed to their rule."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, with_uids
from tests.qt.accessible import HOSTILE, acting_labels, nameless
from tests.qt.loaded_state import a_state, load_into, settle, shown
from tests.watch import SourceFolders
from uidscope.core.catalog.devices import Device, DeviceFindings, DeviceRule, findings_by_device
from uidscope.core.report.device_text import device_text
from uidscope.core.report.words import rule_words
from uidscope.qt.kit.cells import CELL_ROLE, NameCell, NumberCell
from uidscope.qt.kit.dock_title import DockTitle
from uidscope.qt.models.device_findings_model import DeviceColumn, DeviceFindingsModel
from uidscope.qt.panels.findings_panel import BY_DEVICE, BY_RULE, FindingsPanel
from uidscope.qt.state import WorkState


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
def two_scanners(make_source: SourceFolders) -> Path:
    """Two images of one scanner with leading zeros, and a placeholder value of another."""
    first, second = ct_series(2), ct_series(1, study=Study(number=2))
    for image in first:
        image.Manufacturer, image.ManufacturerModelName, image.DeviceSerialNumber = "SIM", "CT 40", "00417"
    for image in second:
        image.Manufacturer, image.ManufacturerModelName, image.DeviceSerialNumber = "SIM", "CT 10", "3"
    zeros = {image.SOPInstanceUID: f"1.3.6.1.4.1.32473.01.{image.InstanceNumber}" for image in first}
    return make_source(
        [*with_uids(first, zeros), *with_uids(second, {second[0].SOPInstanceUID: "1.2.3.4.5"})]
    )


def listed(qtbot: QtBot, panel: FindingsPanel) -> DeviceFindingsModel:
    panel.switch.set_current(BY_DEVICE)
    panel.switch.switched.emit(BY_DEVICE)
    settle(qtbot, panel)
    return panel.by_device.model


def rule_index(model: DeviceFindingsModel, code: str) -> QModelIndex:
    for at in range(model.rowCount()):
        above = model.index(at, 0)
        for row in range(model.rowCount(above)):
            rule = model.rule(model.index(row, 0, above))
            if rule is not None and rule.rule == code:
                return model.index(row, 0, above)
    raise LookupError(code)


def test_devices_are_listed_with_their_rules_and_dates(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, two_scanners: Path
) -> None:
    catalog = load_into(state, two_scanners)
    settle(qtbot, panel)
    assert panel.by_device.model.rowCount() == 0, "asked before it was looked at"
    model = listed(qtbot, panel)
    expected = findings_by_device(catalog)
    assert [model.device(model.index(row, 0)) for row in range(model.rowCount())] == list(expected)
    zeros = rule_index(model, "UID-S04")
    name = zeros.data(CELL_ROLE)
    assert isinstance(name, NameCell)
    assert (name.text, name.icon) == (rule_words("UID-S04").title, "error")
    assert zeros.siblingAtColumn(DeviceColumn.FINDINGS).data(CELL_ROLE) == NumberCell(2)
    assert zeros.data(Qt.ItemDataRole.AccessibleTextRole) == f"Error: {name.text}"
    device = zeros.parent()
    assert device.data(CELL_ROLE).text.startswith("SIM CT 40, serial 00417")
    assert len(device.siblingAtColumn(DeviceColumn.FIRST).data()) == len("2026-03-11")


def test_a_ticket_is_copied_from_any_row_of_its_device(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, two_scanners: Path
) -> None:
    load_into(state, two_scanners)
    model = listed(qtbot, panel)
    index = rule_index(model, "UID-S04")
    device = model.device(index)
    assert device is not None
    panel.by_device.view.setCurrentIndex(index)
    panel.by_device.detail.copy.emit()
    assert QGuiApplication.clipboard().text() == device_text(device)


def test_enter_on_a_rule_leads_to_its_findings(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, two_scanners: Path
) -> None:
    load_into(state, two_scanners)
    settle(qtbot, panel)
    model = listed(qtbot, panel)
    panel.by_device.view.setCurrentIndex(rule_index(model, "UID-S04"))
    qtbot.keyClick(panel.by_device.view, Qt.Key.Key_Return)
    assert panel.switch.current == BY_RULE
    assert panel.view.isVisible()
    assert panel.current_rule == "UID-S04"


def test_the_next_finding_is_one_of_the_list_by_rule(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, two_scanners: Path
) -> None:
    load_into(state, two_scanners)
    settle(qtbot, panel)
    listed(qtbot, panel)
    panel.next()
    assert panel.switch.current == BY_RULE
    assert panel.model.finding_id(panel.view.currentIndex()) is not None


def test_it_follows_the_findings_and_says_when_there_are_none(
    qtbot: QtBot, panel: FindingsPanel, state: WorkState, two_scanners: Path, make_source: SourceFolders
) -> None:
    load_into(state, two_scanners)
    assert listed(qtbot, panel).rowCount() == 2
    load_into(state, make_source(ct_series(2), folder="clean"))
    settle(qtbot, panel)
    assert panel.by_device.model.rowCount() == 0
    assert panel.by_device.pages.sentence == "No device has findings."


def test_the_switch_stands_in_the_bar_with_a_name(panel: FindingsPanel) -> None:
    title = DockTitle(parent=panel)
    panel.fill_title(title)
    assert title.isAncestorOf(panel.switch)
    assert nameless(panel) == []
    assert nameless(panel.switch) == []


def test_what_a_device_says_of_itself_stays_text(qtbot: QtBot, state: WorkState) -> None:
    panel = FindingsPanel(state)
    shown(qtbot, panel, 1200, 300)
    rule = DeviceRule("UID-S04", "error", 1, 1, "", "")
    model = panel.by_device.model
    model.set_devices([DeviceFindings(Device(text), 1, "", "", (rule,)) for text in HOSTILE])
    for row in range(model.rowCount()):
        panel.by_device.view.setCurrentIndex(model.index(row, 0))
        assert "\u202e" not in model.index(row, 0).data()
    assert acting_labels(panel) == []


def test_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = DeviceFindingsModel()
    qtmodeltester.check(model)
    rules = (DeviceRule("UID-S04", "error", 1, 1, "", ""), DeviceRule("ENT-50", "warning", 1, 1, "", ""))
    model.set_devices([DeviceFindings(Device("SIM"), 2, "20260101", "20260102", rules)])
    qtmodeltester.check(model)
