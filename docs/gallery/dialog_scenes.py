"""The dialogs over what is loaded, and those that need nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from docs.gallery.faulty_archive import CONFLICT, EDITED, LEADING_ZERO, MALFORMED, UUID_SERIES
from docs.gallery.scene import Setting, scene
from docs.gallery.stage import Stage
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from uidscope.core.crash_report import report_text
from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.core.uid.root_report import report_on_root
from uidscope.qt.dialogs.about_dialog import AboutDialog
from uidscope.qt.dialogs.comparing.compare_folders_dialog import CompareFoldersDialog
from uidscope.qt.dialogs.comparing.side_by_side_dialog import SideBySideDialog
from uidscope.qt.dialogs.crash_dialog import CrashDialog
from uidscope.qt.dialogs.help_dialog import HelpDialog
from uidscope.qt.dialogs.ignore_dialog import IgnoreDialog
from uidscope.qt.dialogs.paste_uids_dialog import PasteUidsDialog
from uidscope.qt.dialogs.picture_dialog import PictureDialog
from uidscope.qt.dialogs.preferences.preferences_dialog import PreferencesDialog
from uidscope.qt.dialogs.question_dialog import QuestionDialog
from uidscope.qt.dialogs.roots.roots_dialog import RootsDialog
from uidscope.qt.dialogs.uses_dialog import UsesDialog
from uidscope.qt.kit.fitted_picture import FittedPicture
from uidscope.qt.panels.findings_panel import FindingsPanel

_LOG = f"""\
2026-03-12 08:14:02 E: C-STORE 1.2.840.10008.5.1.4.1.1.2 "{LEADING_ZERO}" refused, status 0xA900
2026-03-12 08:14:02 E: C-STORE 1.2.840.10008.5.1.4.1.1.2 "{CONFLICT}" warning, status 0xB007
2026-03-12 08:14:03 E: series {UUID_SERIES} incomplete
2026-03-12 08:14:05 E: no such instance: 1.3.6.1.4.1.32473.4.2.20260311.1.42.2.14
2026-03-12 08:14:05 E: no such instance: 1.3.6.1.4.1.32473.4.2..20251111.3
"""


@scene("compare-differ", Setting.FAULTS, SideBySideDialog, is_main=True)
def _compare_differ(stage: Stage) -> QWidget:
    return _compared(stage, CONFLICT)


@scene("compare-equal", Setting.FAULTS, SideBySideDialog)
def _compare_equal(stage: Stage) -> QWidget:
    return _compared(stage, EDITED)


@scene("compare-folders", Setting.FAULTS, CompareFoldersDialog)
def _compare_folders(stage: Stage) -> QWidget:
    """A folder and what a migration left of it."""
    original, migrated = stage.archive / "pacs-a", stage.folder / "migrated"
    if not migrated.exists():
        shutil.copytree(original, migrated)
        for path in (*sorted(migrated.glob("CT/*.dcm"))[7:9], *sorted(migrated.glob("MR/*.dcm"))[:1]):
            path.unlink()
        shutil.copy(stage.archive / "workstation-3" / "WS" / "IM000001.dcm", migrated / "CT" / "IM000004.dcm")
        shutil.copy(stage.archive / "workstation-3" / "WS" / "IM000002.dcm", migrated / "CT" / "IM000008.dcm")
    dialog = stage.opened("actionCompareFolders", CompareFoldersDialog)
    dialog.first_edit.setText(str(original))
    dialog.second_edit.setText(str(migrated))
    dialog.compare()
    stage.wait(dialog.save_button.isVisible)
    dialog.view.expandAll()
    stage.settle()
    return dialog


@scene("compare-folders-empty", Setting.FAULTS, CompareFoldersDialog)
def _compare_folders_empty(stage: Stage) -> QWidget:
    return stage.opened("actionCompareFolders", CompareFoldersDialog)


@scene("uses", Setting.FAULTS, UsesDialog)
def _uses(stage: Stage) -> QWidget:
    stage.go_to(LEADING_ZERO)
    return stage.opened("actionFindUses", UsesDialog)


@scene("paste-uids", Setting.FAULTS, PasteUidsDialog)
def _paste_uids(stage: Stage) -> QWidget:
    QGuiApplication.clipboard().setText(f"{_LOG}{MALFORMED}\n")
    return stage.opened("actionPasteUids", PasteUidsDialog)


@scene("ignore", Setting.FAULTS, IgnoreDialog)
def _ignore(stage: Stage) -> QWidget:
    stage.window.docks.panel(FindingsPanel).next()
    stage.settle()
    dialog = stage.opened("actionIgnore", IgnoreDialog)
    dialog.reason_edit.setText("the archive stores them all the same")
    return dialog


@scene("question", Setting.EMPTY, QuestionDialog)
def _question(stage: Stage) -> QWidget:
    window = stage.window
    return stage.shown(
        QuestionDialog(
            window.tr("The plan has not been exported."),
            window.tr("Closing gives it up. The files that were read stay as they are."),
            window.tr("Close without export"),
            window.tr("Keep working"),
            window,
        )
    )


@scene("error-report", Setting.EMPTY, CrashDialog)
def _error_report(stage: Stage) -> QWidget:
    try:
        report_on_root(None)  # type: ignore[arg-type]  # for an error that nobody expects
    except (AttributeError, TypeError) as error:
        return stage.shown(CrashDialog(report_text(error), stage.window))
    raise LookupError("there is no error to report")


@scene("about", Setting.EMPTY, AboutDialog)
def _about(stage: Stage) -> QWidget:
    return stage.opened("actionAbout", AboutDialog)


@scene("guide", Setting.EMPTY, HelpDialog)
def _guide(stage: Stage) -> QWidget:
    return stage.opened("actionGuide", HelpDialog)


@scene("guide-picture", Setting.EMPTY, PictureDialog)
def _guide_picture(stage: Stage) -> QWidget:
    stage.opened("actionGuide", HelpDialog).findChildren(FittedPicture)[0].click()
    stage.settle()
    return stage.window.findChildren(PictureDialog)[-1]


@scene("rule-book", Setting.EMPTY, HelpDialog)
def _rule_book(stage: Stage) -> QWidget:
    return stage.opened("actionRuleBook", HelpDialog)


@scene("beliefs", Setting.EMPTY, HelpDialog)
def _beliefs(stage: Stage) -> QWidget:
    return stage.opened("actionBeliefs", HelpDialog)


@scene("roots", Setting.EMPTY, RootsDialog)
def _roots(stage: Stage) -> QWidget:
    book = OrganizationBook(str(stage.folder / "organization.json"))
    if not Path(book.path).exists():
        book.set_root("1.3.6.1.4.1.32473")
        for product, versions in (("Viewer", ("1.0", "1.1", "2.0")), ("Gateway", ("4.2",))):
            book.product(product)
            for version in versions:
                book.version(product, version)
        for serial in ("00417", "2209", "372764"):
            book.installation(serial)
        book.retire_version("Viewer", "1.0")
    dialog = stage.shown(RootsDialog(book.path, stage.window))
    dialog.view.expandAll()
    stage.settle()
    return dialog


@scene("roots-first-time", Setting.EMPTY, RootsDialog)
def _roots_first_time(stage: Stage) -> QWidget:
    return stage.shown(RootsDialog(str(stage.folder / "none-yet.json"), stage.window))


def _preferences_page(row: int, name: str, *, is_main: bool = False) -> None:
    @scene(f"preferences-{name}", Setting.EMPTY, PreferencesDialog, is_main=is_main)
    def _page(stage: Stage) -> QWidget:
        dialog = stage.opened("actionPreferences", PreferencesDialog)
        dialog.list.setCurrentRow(row)
        stage.settle()
        return dialog


for _row, _name in enumerate(("identity", "rules", "reading", "appearance", "language")):
    _preferences_page(_row, _name, is_main=_row == 0)


def _compared(stage: Stage, uid: str) -> QWidget:
    stage.go_to(uid)
    dialog = stage.opened("actionCompare", SideBySideDialog)
    stage.wait(dialog.save_button.isEnabled)
    stage.settle()
    return dialog
