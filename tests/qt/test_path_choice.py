"""The system's dialogs leave nothing behind."""

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from uidscope.qt.path_choice import choose_files, choose_folder, choose_report_file


def shared() -> QSettings:
    return QSettings(QSettings.Scope.UserScope, "QtProject")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.mark.parametrize("before", [None, "file:///elsewhere"])
def test_a_folder_chosen_is_not_remembered(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    shared().remove("FileDialog")
    if before is not None:
        shared().setValue("FileDialog/lastVisited", before)

    def choose(*_arguments: object) -> str:
        settings = shared()
        settings.setValue("FileDialog/lastVisited", "file:///patients/TEST^ALPHA")
        settings.setValue("FileDialog/history", ["file:///patients/TEST^ALPHA"])
        settings.sync()
        return "/patients/TEST^ALPHA"

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    assert choose_folder(parent) == "/patients/TEST^ALPHA"
    assert shared().value("FileDialog/lastVisited") == before
    assert shared().value("FileDialog/history") is None


def test_files_are_all_taken(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["/a.dcm", "/b.dcm"], ""))
    assert choose_files(parent) == ("/a.dcm", "/b.dcm")


@pytest.mark.parametrize(
    ("given", "kind", "path"),
    [
        ("/x/report.csv", "HTML (*.html)", "/x/report.csv"),
        ("/x/report", "CSV (*.csv)", "/x/report.csv"),
        ("/x/report.v2", "", "/x/report.v2.html"),
        ("", "HTML (*.html)", ""),
    ],
)
def test_a_report_gets_an_ending(
    qapp: QApplication, parent: QWidget, monkeypatch: pytest.MonkeyPatch, given: str, kind: str, path: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (given, kind))
    assert choose_report_file(parent, (".html", ".csv", ".json")) == path
