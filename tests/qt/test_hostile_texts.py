"""Texts from files that could act, in every panel and every dialog: shown as text, none of it rendered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, encoded, rt_set, set_unchecked, with_uids
from tests.qt.every_place import every_dialog, every_panel, plan_everything
from tests.qt.everything_said import parts_of, said_in
from tests.qt.steps import settle_window
from tests.qt.windows import load, shown_window
from tests.watch import SourceFolders
from uidscope.qt.main_window import MainWindow

BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
HOSTILE = (
    "<img src='x.png'>",
    "<b>bold</b>&amp;",
    "<qt><a href='x:y'>A&B</a>",
    f"left{BIDI}right",
    "<table>" + "x" * 10_000,
)
_KEYWORDS = (
    *("PatientName", "PatientID", "PatientBirthDate", "IssuerOfPatientID", "PatientComments"),
    *("StudyDescription", "StudyID", "AccessionNumber", "StudyDate"),
    *("SeriesDescription", "Modality"),
    *("Manufacturer", "ManufacturerModelName", "DeviceSerialNumber", "SoftwareVersions", "StationName"),
)

_WITHOUT_CHARACTER_SET = ("PatientBirthDate", "StudyDate", "Modality")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, make_source: SourceFolders) -> MainWindow:
    objects, names = [], []
    for number, text in enumerate(HOSTILE, 1):
        images = ct_series(3, study=Study(number))
        faulty = with_uids(images, {images[1].SOPInstanceUID: f"1.3.6.1.4.1.32473.07.{number}"})
        twin = with_uids(faulty[:1], {})[0]
        twin.PixelData = bytes(len(twin.PixelData))
        treated = rt_set(2, study=Study(number + 20)).all[1:]
        for each in (*faulty, twin, faulty[2], *treated):
            each.SpecificCharacterSet = "ISO_IR 192"
            for keyword in _KEYWORDS:
                is_ascii = keyword in _WITHOUT_CHARACTER_SET
                set_unchecked(each, keyword, text.encode("ascii", "ignore").decode() if is_ascii else text)
            objects.append(each)
            names.append(f"{text[:60].replace('/', '_')}/{len(objects)}.dcm")
        set_unchecked(faulty[2], "FrameOfReferenceUID", text[:64].encode("ascii", "ignore").decode())
    files = {f"{text[:60].replace('/', '_')}.txt": b"no DICOM" for text in HOSTILE}
    files[f"{HOSTILE[0]}.dcm"] = encoded(objects[0])[:-40]
    window = shown_window(qtbot, tmp_path)
    load(qtbot, window, make_source(objects, names=names, files=files, folder="A&B <b>"))
    settle_window(qtbot, window)
    return window


def acts_in(widget: QWidget) -> Iterator[str]:
    """What would not be shown as the text it is."""
    for label in widget.findChildren(QLabel):
        if label.text() and label.textFormat() != Qt.TextFormat.PlainText:
            yield f"{type(label).__name__} takes HTML: {label.text()[:80]!r}"
    for button in widget.findChildren(QAbstractButton):
        if "A&B" in button.text().replace("&&", ""):
            yield f"{type(button).__name__} takes & for a key: {button.text()[:80]!r}"
    for edit in widget.findChildren(QTextEdit):
        if any(mark in edit.toHtml() for mark in ("<img", "<table", "<a href='x")):
            yield f"{type(edit).__name__} holds HTML"
    for where, text in said_in(widget):
        if set(BIDI) & set(text):
            yield f"{where} turns round: {text[:80]!r}"
        if "tool tip" in where and "<" in text and _is_formatted(text):
            yield f"{where} is HTML: {text[:80]!r}"


def _is_formatted(html: str) -> bool:
    """Whether a tool tip has anything but text and line ends in it."""
    document = QTextDocument()
    document.setHtml(html)
    shown = document.toHtml()
    return any(mark in shown for mark in ("<img", "<table", "<a href", "font-weight:7"))


@pytest.mark.timeout(400)
def test_no_panel_renders_them(qtbot: QtBot, window: MainWindow) -> None:
    plan_everything(qtbot, window)
    rendered: dict[str, str] = {}
    parts, texts = 0, 0
    for place, widget in every_panel(qtbot, window):
        parts += parts_of(widget)
        texts += sum("img src" in text or "bold" in text for _, text in said_in(widget))
        for fault in acts_in(widget):
            rendered.setdefault(fault, place)
    assert rendered == {}
    assert parts > 2_000
    assert texts > 500, "they are shown at all"


@pytest.mark.timeout(400)
def test_no_dialog_renders_them(qtbot: QtBot, window: MainWindow) -> None:
    plan_everything(qtbot, window)
    rendered: dict[str, str] = {}
    parts = 0
    for place, dialog in every_dialog(qtbot, window):
        parts += parts_of(dialog)
        for fault in acts_in(dialog):
            rendered.setdefault(fault, place)
        assert dialog.width() <= 1400, place
    assert rendered == {}
    assert parts > 1_000
