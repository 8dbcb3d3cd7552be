import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import uidscope.qt
from tests.qt.pixels import shows
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Scheme, Verdict
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.plain_message_box import PlainMessageBox
from uidscope.qt.kit.theme import tokens

SOURCES = sorted(Path(uidscope.qt.__file__).parent.rglob("*.py"))
# Each of these shows a text as HTML where it looks like HTML.
READS_HTML = {
    "QLabel": "plain_label.py",
    "QMessageBox": "plain_message_box.py",
    "QErrorMessage": "",
    "QProgressDialog": "",
    "QTextEdit": "",
    "QTextBrowser": "",
    "QWhatsThis": "",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_widget_that_reads_html_is_used_bare(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    named |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named |= {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
    found = {name for name, home in READS_HTML.items() if name in named and path.name != home}
    # The names of a message box's buttons and icons say nothing from a file.
    if found == {"QMessageBox"} and "PlainMessageBox" in named:
        found = {node.func.id for node in ast.walk(tree) if is_call_of(node, "QMessageBox")}  # type: ignore[attr-defined]
    assert not found


def is_call_of(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_tool_tips_and_form_labels_are_made_plain(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        if node.func.attr == "setToolTip":
            assert is_call_of(first, "plain_tool_tip"), f"line {node.lineno}"
        if node.func.attr == "addRow":
            is_text = isinstance(first, ast.Constant | ast.JoinedStr) or (
                isinstance(first, ast.Call)
                and isinstance(first.func, ast.Attribute)
                and first.func.attr == "tr"
            )
            assert not is_text, f"line {node.lineno}: a form makes a bare label of it"


def test_text_is_shown_as_text(qtbot: QtBot) -> None:
    label = PlainLabel("<b>A&B</b>\nsecond\u202e line")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>A&B</b>\nsecond\\u202e line"
    with pytest.raises(ValueError, match="plain"):
        label.setTextFormat(Qt.TextFormat.RichText)


def test_an_ampersand_takes_its_place(qtbot: QtBot) -> None:
    labels = [PlainLabel(text) for text in ("A&B", "AB")]
    for label in labels:
        qtbot.addWidget(label)
    assert labels[0].sizeHint().width() > labels[1].sizeHint().width()


def test_ink_follows_tone_verdict_and_scheme(qtbot: QtBot, scheme: Scheme) -> None:
    page = QWidget()
    page.setBackgroundRole(page.palette().ColorRole.Base)
    page.setAutoFillBackground(True)
    column = QVBoxLayout(page)
    labels = {
        "text": PlainLabel("MMM", role=FontRole.PAGE_TITLE),
        "text2": PlainLabel("MMM", role=FontRole.PAGE_TITLE, tone=Tone.TEXT2),
        "error": PlainLabel("MMM", role=FontRole.PAGE_TITLE, verdict=Verdict.ERROR),
    }
    for label in labels.values():
        column.addWidget(label)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    colours = tokens()
    for name, ink in (("text", colours.text), ("text2", colours.text2), ("error", colours.error.ink)):
        assert shows(labels[name], [ink]), name
    labels["text"].set_look(verdict=Verdict.OK)
    assert shows(labels["text"], [colours.ok.ink])
    assert not shows(labels["text"], [QColor(colours.text).name()])


def test_a_wrapped_label_gets_the_height_it_needs(qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    label = PlainLabel("many words " * 30, wraps=True)
    column.addWidget(label)
    qtbot.addWidget(page)
    page.resize(200, 40)
    with qtbot.waitExposed(page):
        page.show()
    assert label.height() >= label.heightForWidth(label.width())


def test_a_wrapped_label_gives_height_back(qtbot: QtBot) -> None:
    label = PlainLabel("Names, dates and text within the image remain as they are. " * 4, wraps=True)
    qtbot.addWidget(label)
    label.resize(120, 40)
    label.show()
    narrow = label.minimumHeight()
    label.resize(1200, 40)
    assert label.minimumHeight() < narrow
    wide = label.minimumHeight()
    label.setText("Names.")
    assert label.minimumHeight() < wide


def test_a_message_box_is_plain_too(qtbot: QtBot) -> None:
    box = PlainMessageBox(QMessageBox.Icon.Warning, "Export", "<img> stays text.", "Nothing was written.")
    qtbot.addWidget(box)
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert box.text() == "<img> stays text.\n\nNothing was written."
    with pytest.raises(TypeError):
        box.setInformativeText("<b>")
