"""The intentions as one chooses between them: what each is called, and what it means."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject

from uidscope.qt.dialogs.choice_list import Choice

APART: Final = "apart"
"""The choice to tell things apart that share a UID: a repair, or new identifiers, for all but one of them."""


class IntentionWords(QObject):
    """The words."""

    def choices(self) -> list[Choice]:
        """Every choice, in the order in which they are offered."""
        return [
            Choice(
                "instances",
                self.tr("New identifiers for these objects"),
                self.tr(
                    "Study and series stay. Old ones in an archive must be rejected there: a list is written."
                ),
            ),
            Choice(
                "derived-series",
                self.tr("A new derived series"),
                self.tr(
                    "In the same study, with the next free number; frame of reference and references to "
                    "the sources are kept."
                ),
            ),
            Choice(
                "copy",
                self.tr("An independent copy"),
                self.tr(
                    "A study of its own. A frame of reference gets a new UID only where all that share it "
                    "are selected."
                ),
            ),
            Choice(
                "pseudonymous",
                self.tr("Pseudonyms for every identifying UID"),
                self.tr("This is not de-identification: names, dates, text and pictures stay as they are."),
            ),
            Choice(
                "move",
                self.tr("Move into another study or series"),
                self.tr(
                    "Its keys, patient and study are taken over. The old objects must be rejected in the "
                    "archive."
                ),
            ),
            Choice(
                APART,
                self.tr("Tell apart what shares a UID"),
                self.tr("One of them keeps it, all others get new ones; references are asked about."),
            ),
            Choice(
                "repair",
                self.tr("Repair what breaks a rule"),
                self.tr("Only faulty values change, and what refers to them. Everything loaded is written."),
            ),
        ]

    def group_name(self) -> str:
        """What the choice is called as a whole."""
        return self.tr("What is meant")
