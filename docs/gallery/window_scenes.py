"""The window itself: empty, at work, and loaded with each of its panels at the front."""

from __future__ import annotations

from pathlib import Path

from docs.gallery.faulty_archive import CONTOURS, LEADING_ZERO, MALFORMED, UUID_SERIES, write_many
from docs.gallery.scene import Setting, scene
from docs.gallery.stage import Stage
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget
from tests.qt.windows import drag_over, mime_of

from uidscope.qt.docks import ACTIVITY, FINDINGS, NOT_LOADED
from uidscope.qt.panels.findings_panel import BY_DEVICE, BY_RULE, FindingsPanel
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.panels.relations_tab import RelationsTab

_MANY_FILES = 20_000
_MID_SCAN = range(35, 100)  # per cent


@scene("empty", Setting.EMPTY, is_main=True)
def _empty(stage: Stage) -> QWidget:
    return stage.window


@scene("drag-over-empty", Setting.EMPTY, is_alone=True)
def _drag_over_empty(stage: Stage) -> QWidget:
    return _dragged_over(stage)


@scene("scanning", Setting.EMPTY, is_alone=True)
def _scanning(stage: Stage) -> QWidget:
    write_many(stage.archive / "pacs-a", _MANY_FILES)
    stage.window.load((str(stage.archive),))
    bar = stage.window.findChild(QProgressBar, "scanProgress")
    assert bar is not None
    stage.wait(lambda: bar.isVisible() and bar.value() in _MID_SCAN)
    tree = stage.window.tree
    tree.view.expandAll()
    return stage.window


@scene("tour", Setting.FAULTS, is_alone=True)
def _tour(stage: Stage) -> QWidget:
    stage.window.show_tour()
    for _ in range(2):
        stage.pause()
        stage.window.tour.next()
    stage.settle()
    return stage.window


@scene("drag-over-loaded", Setting.FAULTS, is_alone=True)
def _drag_over_loaded(stage: Stage) -> QWidget:
    return _dragged_over(stage)


@scene("main", Setting.FAULTS, is_main=True)
def _main(stage: Stage) -> QWidget:
    return _at_the_leading_zero(stage)


@scene("findings-by-device", Setting.FAULTS)
def _findings_by_device(stage: Stage) -> QWidget:
    _at_the_leading_zero(stage)
    switch = stage.window.docks.panel(FindingsPanel).switch
    switch.set_current(BY_DEVICE)
    switch.switched.emit(BY_DEVICE)
    stage.settle()
    return stage.window


@scene("findings-with-more-room", Setting.FAULTS, is_alone=True)
def _findings_with_more_room(stage: Stage) -> QWidget:
    _at_the_leading_zero(stage)
    dock = stage.window.docks.by_name[FINDINGS]
    stage.window.resizeDocks([dock], [round(stage.window.height() * 0.5)], Qt.Orientation.Vertical)
    stage.settle()
    return stage.window


@scene("identity-uuid", Setting.FAULTS)
def _identity_uuid(stage: Stage) -> QWidget:
    stage.go_to(UUID_SERIES, "series")
    stage.window.show_identity()
    stage.settle()
    return stage.window.docks.panel(Inspector)


@scene("identity-malformed", Setting.FAULTS)
def _identity_malformed(stage: Stage) -> QWidget:
    stage.go_to(MALFORMED)
    stage.window.show_identity()
    stage.settle()
    return stage.window.docks.panel(Inspector)


@scene("identity-root", Setting.FAULTS)
def _identity_root(stage: Stage) -> QWidget:
    stage.go_to(LEADING_ZERO)
    stage.window.show_identity()
    stage.settle()
    return stage.window.docks.panel(Inspector)


@scene("relations", Setting.FAULTS, is_main=True)
def _relations(stage: Stage) -> QWidget:
    """A structure set, which a plan refers to, at a reference to an image that is missing."""
    inspector = stage.window.docks.panel(Inspector)
    stage.go_to(CONTOURS)
    inspector.setCurrentWidget(inspector.relations)
    stage.settle()
    _go_to_missing(inspector.relations)
    stage.settle()
    return stage.window


@scene("attributes", Setting.FAULTS)
def _attributes(stage: Stage) -> QWidget:
    inspector = _inspector_at_the_leading_zero(stage)
    inspector.setCurrentWidget(inspector.attributes)
    stage.settle()
    return inspector


@scene("attributes-searched", Setting.FAULTS)
def _attributes_searched(stage: Stage) -> QWidget:
    inspector = _inspector_at_the_leading_zero(stage)
    inspector.setCurrentWidget(inspector.attributes)
    inspector.attributes.search.setText("UID")
    stage.settle()
    return inspector


@scene("files", Setting.FAULTS)
def _files(stage: Stage) -> QWidget:
    inspector = _inspector_at_the_leading_zero(stage)
    stage.go_to(UUID_SERIES, "series")
    inspector.setCurrentWidget(inspector.files)
    stage.settle()
    return inspector


@scene("not-loaded", Setting.FAULTS)
def _not_loaded(stage: Stage) -> QWidget:
    _at_the_leading_zero(stage)
    stage.window.docks.show(NOT_LOADED)
    stage.settle()
    return stage.window


@scene("activity", Setting.FAULTS)
def _activity(stage: Stage) -> QWidget:
    _at_the_leading_zero(stage)
    stage.window.docks.show(ACTIVITY)
    stage.settle()
    return stage.window


def _at_the_leading_zero(stage: Stage) -> QWidget:
    """The window with the finding of a leading zero at hand, and its image selected."""
    window = stage.window
    panel = window.docks.panel(FindingsPanel)
    window.docks.show(FINDINGS)
    panel.switch.set_current(BY_RULE)
    panel.switch.switched.emit(BY_RULE)
    window.show_identity()
    stage.go_to(LEADING_ZERO)
    for _ in range(panel.model.rowCount() * 3):
        panel.next()
        stage.pause(0.05)
        found = panel.current_finding
        if found is not None and found.finding.uid == LEADING_ZERO:
            break
    panel.go_to_current()
    stage.settle()
    return window


def _inspector_at_the_leading_zero(stage: Stage) -> Inspector:
    inspector = stage.window.docks.panel(Inspector)
    stage.go_to(LEADING_ZERO)
    return inspector


def _go_to_missing(tab: RelationsTab) -> None:
    model = tab.model
    for group in range(model.rowCount()):
        above = model.index(group, 0)
        for row in range(model.rowCount(above)):
            index = model.index(row, 0, above)
            relation = model.relation(index)
            if relation is not None and relation.keys is not None:
                tab.view.setCurrentIndex(index)
                return
    raise LookupError("nothing is missing")


def _dragged_over(stage: Stage) -> QWidget:
    folders = [stage.folder / name for name in ("pacs-a", "workstation-3")]
    for folder in folders:
        Path(folder).mkdir()
    assert drag_over(stage.window, mime_of(folders))
    stage.pause()
    return stage.window
