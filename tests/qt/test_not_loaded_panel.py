"""The files that were not loaded: all of them, each with its reason, while the reading goes on."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import ct_series
from tests.qt.accessible import acting_labels, nameless
from tests.qt.loaded_state import a_state, load_into, settle, shown
from tests.watch import SourceFolders
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.not_loaded_list import not_loaded_ids
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import counts
from uidscope.core.read.record import NotLoaded
from uidscope.qt.kit.cells import CELL_ROLE, Cut, TextCell
from uidscope.qt.kit.dock_title import DockTitle
from uidscope.qt.models.not_loaded_model import ROWS_AT_A_TIME, NotLoadedColumn, NotLoadedModel, reason_words
from uidscope.qt.panels.not_loaded_panel import NotLoadedPanel
from uidscope.qt.state import WorkState

REASONS = (
    *("not-dicom", "unreadable", "too-deep", "too-large", "timeout"),
    *("special-file", "same-file", "changed", "offline", "cancelled"),
)


@pytest.fixture
def state() -> Iterator[WorkState]:
    with a_state() as state:
        yield state


@pytest.fixture
def panel(qtbot: QtBot, state: WorkState) -> NotLoadedPanel:
    panel = NotLoadedPanel(state)
    panel.fill_title(DockTitle(parent=panel))
    shown(qtbot, panel, 900, 250)
    return panel


def refused(catalog: Catalog, paths: list[str], reason: str = "not-dicom") -> None:
    """Say of these paths that they were not loaded."""
    writer = CatalogWriter(catalog)
    if not catalog.sources():
        writer.add_sources([("/import", True)])
    writer.add_not_loaded([NotLoaded(0, path, reason, "") for path in paths])
    writer.commit()


def files(model: NotLoadedModel) -> list[list[str]]:
    return [
        [str(model.index(row, column).data()) for column in NotLoadedColumn]
        for row in range(model.rowCount())
    ]


def test_every_file_that_was_found_and_not_loaded_is_listed(
    qtbot: QtBot, panel: NotLoadedPanel, state: WorkState, make_source: SourceFolders
) -> None:
    assert panel.pages.sentence == "Nothing is loaded."
    strange = {"notes.txt": b"no image", "sub/empty.dcm": b"", "a&b <b>.txt": b"x" * 900}
    catalog = load_into(state, make_source(ct_series(2), files=strange))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    assert files(panel.model) == [
        ["a&b <b>.txt", "not a DICOM file", ""],
        ["notes.txt", "not a DICOM file", ""],
        ["sub/empty.dcm", "not a DICOM file", "empty"],
    ]
    number = counts(catalog)
    assert panel.model.total + number.loaded == number.files
    assert panel.windowTitle() == "Not loaded  3"
    assert panel.model.index(0, 0).data(CELL_ROLE) == TextCell("a&b <b>.txt", cut=Cut.FILE_PATH)


def test_where_all_is_loaded_it_says_so(
    qtbot: QtBot, panel: NotLoadedPanel, state: WorkState, make_source: SourceFolders
) -> None:
    load_into(state, make_source(ct_series(1)))
    settle(qtbot, panel)
    assert panel.pages.sentence == "Every file that was found so far is loaded."
    assert panel.windowTitle() == "Not loaded"


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words(reason: str) -> None:
    words = reason_words().reason(reason)
    assert words != reason
    assert "-" not in words


def test_list_follows_the_reading(qtbot: QtBot, panel: NotLoadedPanel, state: WorkState) -> None:
    catalog = Catalog.create()
    state.replace_catalog(catalog, ("/import",))
    refused(catalog, [f"{number:04}.txt" for number in range(3)])
    state.grow()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)
    panel.view.setCurrentIndex(panel.model.index(2, 0))
    refused(catalog, ["later.txt"], "timeout")
    state.grow()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    assert panel.view.currentIndex().row() == 2
    assert files(panel.model)[3] == ["later.txt", "took too long to read", ""]
    state.replace_catalog(None, ())
    assert panel.model.rowCount() == 0
    assert panel.pages.sentence == "Nothing is loaded."


def test_model_keeps_qts_rules_and_comes_in_chunks(state: WorkState, qtmodeltester: ModelTester) -> None:
    catalog = Catalog.create()
    state.replace_catalog(catalog, ("/import",))
    count = ROWS_AT_A_TIME + 7
    refused(catalog, [f"{number:05}.txt" for number in range(count)])
    model = NotLoadedModel()
    model.set_ids(catalog, not_loaded_ids(catalog))
    assert model.rowCount() == ROWS_AT_A_TIME
    qtmodeltester.check(model)
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
    assert [file[0] for file in files(model)] == [f"{number:05}.txt" for number in range(count)]


@pytest.mark.skipif(
    sys.platform != "linux", reason="of the systems served only Linux lets names hold such bytes"
)
def test_odd_file_names_are_shown_and_copied(
    qtbot: QtBot, panel: NotLoadedPanel, state: WorkState, tmp_path: Path
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    for name in (b"<img src=x>.txt", b"left\xe2\x80\xaeright.txt", b"latin\xe9.txt", b"line\nline.txt"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(b"no image")
    load_into(state, folder)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 4)
    shown_names = {file[0] for file in files(panel.model)}
    assert shown_names == {
        "<img src=x>.txt",
        "left\\u202eright.txt",
        "latin\\udce9.txt",
        "line\\x0aline.txt",
    }
    assert panel.grab().width() == panel.width()
    assert acting_labels(panel) == []
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    qtbot.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "<img src=x>.txt"


def test_everything_has_a_name(
    qtbot: QtBot, panel: NotLoadedPanel, state: WorkState, make_source: SourceFolders
) -> None:
    load_into(state, make_source(ct_series(1), files={"notes.txt": b"no image"}))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    assert nameless(panel) == []
    assert panel.view.objectName() == "notLoadedView"
