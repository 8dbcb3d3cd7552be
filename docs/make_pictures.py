"""Grab the pictures of the documentation from the real window over files made in code.

Run it on a display of its own, in a checkout:
``xvfb-run -a -s "-screen 0 1600x1000x24" python -m docs.make_pictures``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication
from tests.builders import (
    Study,
    ct_series,
    mip_in_source_series,
    presentation_state,
    rt_set,
    seg,
    sr,
    with_uids,
    write_folder,
)

from uidscope.core.catalog.findings import findings
from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.tree import path_to
from uidscope.core.report.comparing.copies_to_compare import copies_of_finding
from uidscope.qt.dialogs.comparing.side_by_side_dialog import SideBySideDialog
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.theme import apply_theme
from uidscope.qt.main_window import MainWindow
from uidscope.qt.planning.plan_operations import add_intention
from uidscope.qt.settings import Settings

IMAGES = Path(__file__).resolve().parent / "images"
FAULTY = "1.3.6.1.4.1.32473.4.2.20260311.01.0042.3"


def faulty_folder(folder: Path) -> None:
    """A small archive with one case of several kinds."""
    first = Study(1, patient_name="TEST^ALPHA", patient_id="P-10023")
    second = Study(2, patient_name="TEST^BETA", patient_id="P-10024")
    rt = rt_set(12, study=first)
    mip = mip_in_source_series(rt.images)
    objects = [*rt.all, mip, seg(rt.images), sr(rt.images), presentation_state(rt.images)]
    objects = with_uids(objects, {rt.images[2].SOPInstanceUID: FAULTY})
    other = ct_series(8, study=second)
    changed = ct_series(8, study=second)[1]
    changed.PixelData = bytes(len(changed.PixelData))
    write_folder(objects, folder / "pacs-a")
    write_folder([*other, rt_set(3, study=second).structure_set], folder / "workstation-3")
    write_folder([changed, other[4]], folder / "resent")
    (folder / "workstation-3" / "notes.txt").write_text("no DICOM file")


def main() -> None:
    """Make every picture."""
    app = QApplication(sys.argv[:1])
    for scheme, name in ((Scheme.LIGHT, "main-window.png"), (Scheme.DARK, "main-window-dark.png")):
        apply_theme(app, scheme)
        with _window_on_faults(app) as window:
            window.grab().save(str(IMAGES / name))
    apply_theme(app, Scheme.LIGHT)
    with _window_on_faults(app) as window:
        _grab_comparison(app, window)
        _grab_plan(app, window)


def _grab_comparison(app: QApplication, window: MainWindow) -> None:
    """Two files that bear one UID and are different images."""
    catalog = window.state.catalog
    assert catalog is not None
    (conflict,) = findings(catalog, rule="ENT-05")
    copies = copies_of_finding(catalog, conflict)
    assert copies is not None
    dialog = SideBySideDialog(window.state, copies, window)
    dialog.resize(1280, 480)
    dialog.show()
    _wait(app, dialog.save_button.isEnabled)
    _wait(app, lambda: False, seconds=0.5)
    dialog.grab().save(str(IMAGES / "compare.png"))
    dialog.close()


def _grab_plan(app: QApplication, window: MainWindow) -> None:
    """An independent copy of a study with its RT set, planned."""
    catalog = window.state.catalog
    assert catalog is not None
    study = next(node for node in path_to(catalog, window.state.selection[0]) if node.level == "study")
    window.operations.go_to((study,))
    add_intention(window.state, window.runner, "copy", (study,))
    _wait(app, lambda: window.state.uid_map is not None and not window.runner.is_running)
    _wait(app, lambda: False, seconds=2)
    window.grab().save(str(IMAGES / "plan.png"))


@contextmanager
def _window_on_faults(app: QApplication) -> Iterator[MainWindow]:
    """The window, with the folder loaded and checked and the faulty image selected."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "archive"
        faulty_folder(folder)
        window = MainWindow(Settings(str(Path(scratch) / "window.ini")))
        window.resize(1440, 900)
        window.show()
        window.load((str(folder),))
        _wait(app, partial(_is_checked, window))
        assert window.state.catalog is not None
        window.operations.go_to(nodes_with_uid(window.state.catalog, FAULTY))
        _wait(app, lambda: False, seconds=1.5)
        window.setCursor(Qt.CursorShape.BlankCursor)
        yield window
        window.state.set_exported()
        window.end()
        window.close()


def _is_checked(window: MainWindow) -> bool:
    return window.state.checked and not window.runner.is_running


def _wait(app: QApplication, ready: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not ready():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.005)


if __name__ == "__main__":
    main()
