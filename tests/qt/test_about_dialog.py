"""What the program says of itself."""

from pytestqt.qtbot import QtBot

from tests.qt.loaded_state import shown
from tests.qt.room import cut_widgets
from uidscope import __version__
from uidscope.core.judge.rule_table import rules_edition
from uidscope.core.uid.resource_files import dicom_edition
from uidscope.qt.dialogs.about_dialog import AboutDialog
from uidscope.qt.kit.plain_label import PlainLabel


def test_it_says_of_which_edition_the_rules_and_the_tables_are(
    qtbot: QtBot, german: None, text_size: int
) -> None:
    dialog = AboutDialog()
    shown(qtbot, dialog, dialog.sizeHint().width(), dialog.sizeHint().height())
    (said,) = (
        label.text() for label in dialog.findChildren(PlainLabel) if f"Version {__version__}" in label.text()
    )
    assert f"Regeln nach DICOM {rules_edition()}" in said
    assert f"PS3.6 {dicom_edition()}" in said
    assert cut_widgets(dialog) == []
