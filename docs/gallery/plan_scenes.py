"""The plan, the dialogs that make it, and the export."""

from __future__ import annotations

from docs.gallery.faulty_archive import LEADING_ZERO, PROJECTION
from docs.gallery.scene import Setting, scene
from docs.gallery.stage import Stage
from PySide6.QtWidgets import QWidget

from uidscope.qt.dialogs.export.export_dialog import ExportDialog, Step
from uidscope.qt.dialogs.export.unresolved_dialog import UnresolvedDialog
from uidscope.qt.dialogs.regenerate.decisions_dialog import DecisionsDialog
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.docks import PLAN
from uidscope.qt.kit.banner import Banner
from uidscope.qt.panels.plan_panel import PlanPanel


@scene("regenerate", Setting.FAULTS, RegenerateDialog, is_main=True)
def _regenerate(stage: Stage) -> QWidget:
    stage.go_to(LEADING_ZERO)
    return stage.opened("actionRegenerate", RegenerateDialog)


@scene("regenerate-derived-series", Setting.FAULTS, RegenerateDialog)
def _regenerate_derived_series(stage: Stage) -> QWidget:
    stage.go_to(PROJECTION)
    dialog = stage.opened("actionRegenerate", RegenerateDialog)
    dialog.choices.set_current("derived-series")
    dialog.choices.chosen.emit("derived-series")
    stage.settle()
    return dialog


@scene("regenerate-schemes", Setting.FAULTS, RegenerateDialog)
def _regenerate_schemes(stage: Stage) -> QWidget:
    stage.go_to(LEADING_ZERO)
    dialog = stage.opened("actionRegenerate", RegenerateDialog)
    dialog.scheme_fold.set_open(True)
    stage.settle()
    return dialog


@scene("regenerate-repair", Setting.FAULTS, RegenerateDialog)
def _regenerate_repair(stage: Stage) -> QWidget:
    stage.go_to(LEADING_ZERO)
    dialog = stage.opened("actionRegenerate", RegenerateDialog)
    dialog.choices.set_current("repair")
    stage.settle()
    return dialog


@scene("plan", Setting.PLAN, is_main=True)
def _plan(stage: Stage) -> QWidget:
    stage.go_to(LEADING_ZERO)
    stage.window.docks.show(PLAN)
    stage.settle()
    view = stage.window.docks.panel(PlanPanel).view
    view.expandAll()
    stage.settle()
    return stage.window


@scene("decisions", Setting.OPEN, DecisionsDialog)
def _decisions(stage: Stage) -> QWidget:
    stage.window.dialogs.decide()
    stage.settle()
    return stage.window.findChildren(DecisionsDialog)[-1]


@scene("plan-with-something-open", Setting.OPEN)
def _plan_open(stage: Stage) -> QWidget:
    stage.window.docks.show(PLAN)
    stage.settle()
    return stage.window


@scene("export-what", Setting.PLAN, ExportDialog)
def _export_what(stage: Stage) -> QWidget:
    return stage.opened("actionExport", ExportDialog)


@scene("export-where", Setting.PLAN, ExportDialog)
def _export_where(stage: Stage) -> QWidget:
    return _export_to(stage, "2026-04-18", Step.WHERE)


@scene("export-dry-run", Setting.PLAN, ExportDialog, is_main=True)
def _export_dry_run(stage: Stage) -> QWidget:
    return _export_to(stage, "2026-04-18", Step.DRY_RUN)


@scene("export-unresolved", Setting.PLAN, UnresolvedDialog)
def _export_unresolved(stage: Stage) -> QWidget:
    dialog = _export_to(stage, "2026-04-18", Step.DRY_RUN)
    (banner,) = dialog.dry_run_page.findChildren(Banner)
    banner.triggered.emit(0)
    stage.settle()
    return dialog.findChildren(UnresolvedDialog)[-1]


@scene("export-verified", Setting.PLAN, ExportDialog, is_alone=True)
def _export_verified(stage: Stage) -> QWidget:
    return _export_to(stage, "2026-04-18", Step.RUN)


@scene("export-failed", Setting.PLAN, ExportDialog, is_alone=True)
def _export_failed(stage: Stage) -> QWidget:
    """A source changes between the dry run and the run."""
    dialog = _export_to(stage, "2026-04-18", Step.DRY_RUN)
    with next(stage.archive.glob("pacs-a/CT/*.dcm")).open("ab") as source:
        source.write(bytes(2))
    dialog.go_on()
    stage.settle()
    return dialog


def _export_to(stage: Stage, name: str, last: Step) -> ExportDialog:
    """The export dialog at a step, with a ticket and a reason where they are asked for."""
    dialog = stage.opened("actionExport", ExportDialog)
    dialog.go_on()
    dialog.where.target_edit.setText(str(stage.folder / name))
    stage.settle()
    for _ in range(last - Step.WHERE):
        dialog.go_on()
        stage.settle()
    assert dialog.step is last
    return dialog
