"""Jobs of an administrator who looks for faults, done in the window as a person does them.

They bear the numbers of the list of jobs. Those that end with an export are in `test_main_job.py`, and what
a single dialog does in full is in the tests of that dialog.
"""

import copy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QTreeView
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, encoded, rt_set, with_uids
from tests.core.judge.media import write_media
from tests.qt.seen import heard_in, open_all, rows_in, view_of, words_in
from tests.qt.steps import (
    CTRL,
    SHIFT,
    dialog_of,
    drop_folders,
    go_to,
    go_to_finding,
    next_finding,
    press,
    settle_window,
)
from tests.qt.windows import LONGEST_WAIT, shown_window
from tests.watch import SourceFolders
from uidscope.core.catalog.tree import row
from uidscope.qt.dialogs.comparing.compare_folders_dialog import CompareFoldersDialog
from uidscope.qt.dialogs.comparing.side_by_side_dialog import SideBySideDialog
from uidscope.qt.dialogs.help_dialog import HelpDialog
from uidscope.qt.dialogs.paste_uids_dialog import PasteUidsDialog
from uidscope.qt.main_window import MainWindow
from uidscope.qt.models.device_findings_model import DeviceFindingsModel
from uidscope.qt.models.findings_model import FindingsModel
from uidscope.qt.models.not_loaded_model import NotLoadedModel
from uidscope.qt.panels.findings_panel import BY_DEVICE, FindingsPanel
from uidscope.qt.panels.inspector import Inspector
from uidscope.qt.panels.not_loaded_panel import NotLoadedPanel

ZEROS = "1.3.6.1.4.1.32473.007"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = shown_window(qtbot, tmp_path)
    qtbot.waitUntil(window.isActiveWindow)
    return window


def findings(window: MainWindow) -> list[str]:
    """The list of findings as it reads with every group open."""
    view = view_of(FindingsModel, window)
    assert isinstance(view, QTreeView)
    open_all(view)
    return rows_in(view)


def said_of_finding(window: MainWindow) -> str:
    """What stands beside the list about the finding at hand, in full."""
    detail = window.docks.panel(FindingsPanel).detail
    return f"{words_in(detail)}\n{detail.text.accessibleName()}"


def tree(window: MainWindow) -> list[str]:
    """The tree as a screen reader tells it, everything open."""
    open_all(window.tree.view)
    return heard_in(window.tree.view)


def selected(window: MainWindow) -> list[str]:
    """The names of what is selected in the tree."""
    rows = window.tree.view.selectionModel().selectedRows()
    return [str(index.data()) for index in rows]


def relations(qtbot: QtBot, window: MainWindow, uid: str) -> list[str]:
    """What the inspector lists as relations of an object."""
    inspector = window.docks.panel(Inspector)
    inspector.setCurrentWidget(inspector.relations)
    go_to(qtbot, window, uid, "instance")
    return rows_in(inspector.relations.view)


def compared_copies(qtbot: QtBot, window: MainWindow) -> SideBySideDialog:
    """Ctrl+D on what is selected, once both files are compared."""
    press(Qt.Key.Key_D, CTRL)
    dialog = dialog_of(qtbot, window, SideBySideDialog)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=LONGEST_WAIT)
    open_all(dialog.view)
    return dialog


def banner(dialog: SideBySideDialog) -> str:
    assert dialog.banner is not None
    return dialog.banner.accessibleName()


def test_job_1_a_resend_is_said_to_be_identical_and_safe(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    images = ct_series(2)
    drop_folders(qtbot, window, make_source(images, folder="first"), make_source(images, folder="again"))
    assert [line for line in findings(window) if "Identical copies, 2 | cosmetic" in line]
    assert "error" not in "".join(tree(window))
    next_finding(qtbot, window)
    assert selected(window) == ["Image 1, 2 file copies"]
    assert "Identical copies" in said_of_finding(window)
    assert "Nothing needs to be done. An export writes one of them." in words_in(window)
    assert "The same file twice" in banner(compared_copies(qtbot, window))


def test_job_2_two_images_with_one_uid_are_an_error_and_one_gets_a_new_uid(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    rt = rt_set(2)
    other = copy.deepcopy(rt.images[0])
    other.PixelData = other.PixelData[:-2] + b"\1\1"
    drop_folders(qtbot, window, make_source([*rt.all, other]))
    related = relations(qtbot, window, rt.structure_set.SOPInstanceUID)
    assert related[0].startswith("References, 8, 2 ambiguous")
    next_finding(qtbot, window)
    assert "Image 1, 2 file copies, conflict" in tree(window)
    assert "Same UID, different pixel data" in said_of_finding(window)

    dialog = compared_copies(qtbot, window)
    assert "Pixels differ" in banner(dialog)
    assert any("another image" in line for line in rows_in(dialog.view))
    qtbot.mouseClick(dialog.renew_second, Qt.MouseButton.LeftButton)
    settle_window(qtbot, window)
    said = tree(window)
    first, second = said.index("0001.dcm, conflict"), said.index("0006.dcm, conflict, planned")
    assert second == first + 1, "only the second copy gets a new UID"
    assert "1 file outside refers to what changes" in words_in(window)


def test_job_3_a_header_edited_by_an_archive_lists_what_was_changed(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    first, second = ct_series(2)
    edited, rewindowed = copy.deepcopy(first), copy.deepcopy(second)
    edited.PatientName, edited.StudyDescription = "TEST^BETA", "corrected"
    rewindowed.WindowCenter, rewindowed.WindowWidth = "17", "100"
    drop_folders(qtbot, window, make_source([first, second, edited, rewindowed]))
    assert [line for line in findings(window) if "Same object, header edited" in line and "ENT-04" in line]
    assert [line for line in findings(window) if "Same UID, different content" in line and "ENT-01" in line]

    go_to_finding(qtbot, window, "Same object, header edited")
    assert selected(window) == ["Image 1, 2 file copies"]
    dialog = compared_copies(qtbot, window)
    assert banner(dialog).startswith("Same pixels, another header")
    listed = rows_in(dialog.view)
    assert [line for line in listed if "Patient's Name" in line and "TEST^BETA" in line]
    assert [line for line in listed if "Study Description" in line and "corrected" in line]
    assert not [line for line in listed if "Pixel Data" in line]


def test_job_6_one_missing_slice_is_one_finding_with_the_keys_to_fetch_it(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    rt = rt_set(3, study=Study(patient_id="TEST-0042"))
    gone = rt.images[0]
    drop_folders(qtbot, window, make_source([*rt.images[1:], rt.structure_set]))
    (found,) = findings(window)
    assert found.startswith("References to objects that are not loaded, 1 | broken link")
    related = relations(qtbot, window, rt.structure_set.SOPInstanceUID)
    missing = [line for line in related if "| missing |" in line]
    assert missing
    assert all(line.endswith(str(gone.SOPInstanceUID)) for line in missing)
    assert [line for line in related if "| study | present |" in line], "the study's reference is no fault"

    tab = window.docks.panel(Inspector).relations
    tab.view.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Down)
    assert "is not loaded. Fetch it with these keys:" in words_in(tab.keys)
    qtbot.mouseClick(tab.keys.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "PatientID=TEST-0042",
        f"StudyInstanceUID={gone.StudyInstanceUID}",
        f"SeriesInstanceUID={gone.SeriesInstanceUID}",
        f"SOPInstanceUID={gone.SOPInstanceUID}",
    ]


def test_job_7_an_archive_with_leading_zeros_loads_and_the_rule_is_quoted(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    images = ct_series(3)
    zeros = {image.SOPInstanceUID: f"{ZEROS}.{image.InstanceNumber}" for image in images}
    drop_folders(qtbot, window, make_source(with_uids(images, zeros)))
    assert sum("Image" in line and "1 error" in line for line in tree(window)) == 3
    next_finding(qtbot, window)
    said = said_of_finding(window)
    assert "PS3.5 9.1" in said
    assert ZEROS in said
    press(Qt.Key.Key_F1)
    book = dialog_of(qtbot, window, HelpDialog)
    assert "UID-S04" in str(book.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)) + words_in(
        book
    )


def test_job_8_a_series_in_two_studies_and_a_study_of_two_patients_name_both_sides(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    here, other = ct_series(2, study=Study(1)), ct_series(1, study=Study(2))
    shared = with_uids(other, {other[0].SeriesInstanceUID: here[0].SeriesInstanceUID})
    stranger = ct_series(1, study=Study(1, patient_id="TEST-0002"), series_number=5)
    drop_folders(qtbot, window, make_source([*here, *shared, *stranger]))
    listed = findings(window)
    assert sum("One series in several studies, 1 | misfiled" in line for line in listed) == 1
    assert sum("One study with several patients, 1 | misfiled" in line for line in listed) == 1

    go_to_finding(qtbot, window, "One series in several studies")
    assert len(selected(window)) == 2, "both places are selected"
    assert str(here[0].StudyInstanceUID) in said_of_finding(window)
    assert str(other[0].StudyInstanceUID) in said_of_finding(window)

    go_to_finding(qtbot, window, "One study with several patients")
    assert len(selected(window)) == 2
    assert "TEST-0001" in said_of_finding(window)
    assert "TEST-0002" in said_of_finding(window)
    assert "This program never changes a Patient ID." in words_in(window)


def test_job_13_a_dicomdir_is_no_image_and_its_records_are_checked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "media"
    files = write_media(folder, ct_series(3))
    files[1].unlink()
    drop_folders(qtbot, window, folder)
    assert [line for line in tree(window) if line.startswith("Image")] == ["Image 1", "Image 3"]
    (found,) = findings(window)
    assert found.startswith("DICOMDIR names a file that is not there, 1")
    next_finding(qtbot, window)
    assert "DICOMDIR" in said_of_finding(window)
    assert "PS3.3 F.3" in said_of_finding(window)
    panel = window.docks.panel(NotLoadedPanel)
    assert panel.pages.sentence == "Every file that was found so far is loaded."


def test_job_15_of_a_mixed_folder_each_file_left_out_has_its_reason(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    whole, cut, bare = ct_series(3)
    files = {
        "notes.txt": b"nothing of DICOM",
        "empty": b"",
        "cut.dcm": encoded(cut)[:-20],
        "bare": encoded(bare)[132:],
    }
    drop_folders(qtbot, window, make_source([whole], files=files))
    shown = window.message_bar.shown
    assert shown is not None
    assert shown.title == "3 of 5 files loaded."
    said = tree(window)
    assert "Image 2, truncated" in said
    assert "Image 3" in said, "DICOM without a preamble is loaded"
    window.message_bar.triggered.emit(shown.key)
    view = view_of(NotLoadedModel, window)
    assert view is not None
    qtbot.waitUntil(lambda: view.isVisible() and len(rows_in(view)) == 2, timeout=LONGEST_WAIT)
    assert rows_in(view) == ["empty | not a DICOM file | empty", "notes.txt | not a DICOM file | "]


def test_job_17_426_files_with_one_uid_are_one_finding(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    images = ct_series(426)
    same = {image.SOPInstanceUID: images[0].SOPInstanceUID for image in images}
    drop_folders(qtbot, window, make_source(with_uids(images, same)))
    about = [line for line in findings(window) if "| 426 |" in line]
    assert len(about) == 1
    assert about[0].startswith("Same UID, different pixel data, 1 | silently dropped")
    next_finding(qtbot, window)
    (name,) = selected(window)
    assert name.endswith(", 426 file copies")
    assert "conflict" in str(window.tree.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def test_job_19_a_migrated_copy_is_compared_from_the_menu(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    images = ct_series(4)
    edited = copy.deepcopy(images[1])
    edited.PatientName = "TEST^BETA"
    after = {
        "0": encoded(images[0], transfer_syntax="explicit-be"),
        "1": encoded(edited),
        "2": encoded(images[2]),
    }
    before = make_source(images, folder="before")
    window.commands["actionCompareFolders"].trigger()
    dialog = dialog_of(qtbot, window, CompareFoldersDialog)
    dialog.first_edit.setText(str(before))
    dialog.second_edit.setText(str(make_source(folder="after", files=after)))
    qtbot.mouseClick(dialog.compare_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The folders differ." in words_in(dialog), timeout=LONGEST_WAIT)
    assert dialog.save_button.isVisible()
    told = sorted(line.split(" | ")[0] for line in rows_in(dialog.view))
    assert told == ["encoded differently", "header changed", "missing"]
    assert window.state.catalog is None, "the window itself loads nothing for it"
    dialog.reject()


def test_job_20_which_device_does_this_is_a_text_for_the_vendor(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    good, faulty = ct_series(2), ct_series(2, study=Study(2))
    for image in faulty:
        image.Manufacturer, image.ManufacturerModelName = "SIM", "CT 40"
        image.DeviceSerialNumber, image.SoftwareVersions = "00417", "VB20"
    zeros = {image.SOPInstanceUID: f"{ZEROS}.{image.InstanceNumber}" for image in faulty}
    drop_folders(qtbot, window, make_source([*good, *with_uids(faulty, zeros)]))
    panel = window.docks.panel(FindingsPanel)
    switch = next(part for part in panel.switch.findChildren(QAbstractButton) if part.text() == "By device")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    settle_window(qtbot, window)
    assert panel.switch.current == BY_DEVICE
    view = view_of(DeviceFindingsModel, window)
    assert isinstance(view, QTreeView)
    open_all(view)
    listed = rows_in(view)
    assert len([line for line in listed if "serial" in line]) == 1, "a device without findings is not listed"
    assert listed[0].startswith("SIM CT 40, serial 00417")
    assert "2024-01-02" in listed[0]
    view.setCurrentIndex(view.model().index(0, 0))
    panel.by_device.detail.copy.emit()
    ticket = QGuiApplication.clipboard().text()
    for part in ("SIM", "CT 40", "00417", "VB20", "UID-S04", "2024"):
        assert part in ticket
    assert "TEST^" not in ticket, "patients do not leave with a ticket"


def test_job_21_two_hundred_uids_of_an_error_log_are_selected_or_listed(
    qtbot: QtBot, window: MainWindow, make_source: SourceFolders
) -> None:
    images = ct_series(150)
    drop_folders(qtbot, window, make_source(images))
    absent = [f"1.3.6.1.4.1.32473.99.{number}" for number in range(50)]
    spaced = str(images[0].SOPInstanceUID).replace("1.3.6", " 1.3.6", 1) + " "
    log = [f'2026-01-01 12:00:00 ERROR [store] "{image.SOPInstanceUID}" failed;' for image in images[1:]]
    log += [f"missing={uid}," for uid in absent]
    QGuiApplication.clipboard().setText("\n".join([*log, f"'{spaced}'"]))
    press(Qt.Key.Key_V, CTRL | SHIFT)
    dialog = dialog_of(qtbot, window, PasteUidsDialog)
    qtbot.waitUntil(lambda: dialog.select_button.text() == "Select 150 in the tree", timeout=LONGEST_WAIT)
    assert dialog.counts.accessibleName().startswith("150 found 50 not found")
    assert [line.split(" | ")[:2] for line in rows_in(dialog.view)] == [[uid, "not loaded"] for uid in absent]
    dialog.select_button.setFocus()
    press(Qt.Key.Key_Space)
    settle_window(qtbot, window)
    assert len(window.state.selection) == 150
    assert window.state.catalog is not None
    uids = {row(window.state.catalog, node).uid for node in window.state.selection}  # type: ignore[union-attr]
    assert uids == {str(image.SOPInstanceUID) for image in images}
