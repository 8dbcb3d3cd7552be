"""What this program is, in which version, under which licences, and what it is not."""

import sys

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from uidscope import __version__
from uidscope.core.judge.rule_table import rules_edition
from uidscope.core.shipped_licences import shipped_licences
from uidscope.core.uid.resource_files import dicom_edition
from uidscope.qt.kit.banner import Banner, BannerSize
from uidscope.qt.kit.button_box import ButtonBox
from uidscope.qt.kit.buttons import PlainButton
from uidscope.qt.kit.cells import Tone
from uidscope.qt.kit.colour_tokens import Verdict
from uidscope.qt.kit.font_roles import FontRole
from uidscope.qt.kit.plain_label import PlainLabel

_WIDTH = 560
_LICENCES_HEIGHT = 150


class AboutDialog(QDialog):
    """Says it all on one page; nothing in it can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About UIDscope"))
        self.setAccessibleName(self.windowTitle())
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel("UIDscope", role=FontRole.PAGE_TITLE))
        column.addWidget(PlainLabel(self._versions(), tone=Tone.TEXT2, wraps=True, selectable=True))
        column.addWidget(
            PlainLabel(
                self.tr(
                    "Reads folders of DICOM files, judges every UID in them, shows which object refers to "
                    "which, and writes verified copies with new UIDs. Originals are never changed."
                ),
                wraps=True,
            )
        )
        column.addWidget(
            Banner(
                Verdict.WARNING,
                self.tr("Not a medical device"),
                self.tr(
                    "New UIDs are not de-identification: names, dates and text within the image remain. "
                    "A changed UID breaks links that are held elsewhere, and digital signatures."
                ),
                size=BannerSize.REMARK,
            )
        )
        column.addWidget(PlainLabel(self.tr("Licences"), role=FontRole.STRONG))
        column.addWidget(self._licences(), 1)
        close = PlainButton(self.tr("Close"))
        close.setDefault(True)
        buttons = ButtonBox()
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _versions(self) -> str:
        words = self.tr(
            "Version %1. Rules after DICOM %2, elements and registered UIDs of PS3.6 %3. Python %4, Qt %5."
        )
        python = ".".join(map(str, sys.version_info[:3]))
        told = (__version__, rules_edition(), dicom_edition(), python, qVersion())
        for place, text in enumerate(told, 1):
            words = words.replace(f"%{place}", text)
        return words

    def _licences(self) -> QWidget:
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(self.tr("Licences"))
        text.setMinimumHeight(_LICENCES_HEIGHT)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setPlainText(
            "\n".join(
                (
                    self.tr("UIDscope: MIT licence."),
                    self.tr(
                        "Qt and PySide6: GNU Lesser General Public License, version 3. They are linked "
                        "dynamically and may be replaced by other builds of the same interface; their "
                        "sources are published by The Qt Company."
                    ),
                    self.tr("pydicom, platformdirs, keyring, filelock, rich: MIT licence."),
                    self.tr("click, Jinja2, msgspec: BSD 3-clause licence."),
                    self.tr("Python: Python Software Foundation License. SQLite: public domain."),
                    self.tr("DICOM is a registered trademark of NEMA."),
                    *_shipped_texts(),
                )
            )
        )
        return text


def _shipped_texts() -> tuple[str, ...]:
    """The full texts, in the words of their authors, below the summary."""
    texts = shipped_licences()
    return ("", texts) if texts else ()
