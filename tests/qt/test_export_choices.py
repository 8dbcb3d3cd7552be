"""What the export dialog is asked for: media, ZIP, rejection notes, a change record, lists saved."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.fileset import FileSet
from pydicom.uid import UID
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, rt_set
from tests.judges import Verdict, dciodvfy, dcmdump
from tests.qt.accessible import nameless
from tests.qt.plan_scene import Scene, scene
from tests.qt.room import cut_widgets
from tests.qt.test_export_dialog import facts, failure, page, said, to_dry_run
from tests.watch import SourceFolders
from uidscope.core.export.figures import ExportFigures
from uidscope.qt.dialogs.export import export_next_steps
from uidscope.qt.dialogs.export.export_dialog import ExportDialog
from uidscope.qt.kit.fact_rows import FactRows
from uidscope.qt.kit.scrolled_page import ScrolledPage
from uidscope.qt.planning.export_words import Room, export_words
from uidscope.qt.settings import Settings


@pytest.fixture
def work(qtbot: QtBot, make_source: SourceFolders) -> Iterator[Scene]:
    """An RT set whose objects get new identities in the place of the old ones."""
    with scene(qtbot, make_source(rt_set(3).all)) as made:
        made.plan("instances")
        yield made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(str(tmp_path / "window.ini"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def opened(work: Scene, qtbot: QtBot, settings: Settings | None = None) -> ExportDialog:
    dialog = ExportDialog(work.state, work.runner, settings=settings)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def press(qtbot: QtBot, dialog: ExportDialog, name: str) -> None:
    (button,) = (
        each
        for each in dialog.findChildren(QAbstractButton)
        if each.accessibleName().startswith(name) and each.isVisible()
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def run(work: Scene, dialog: ExportDialog) -> None:
    """The run after its dry run, which is as that said."""
    promised = facts(page(dialog))
    dialog.go_on()
    work.settle()
    words = said(page(dialog))
    assert "Exported and verified" in words
    done = facts(page(dialog))
    assert list(done.values()) == list(promised.values())
    assert words.count("as the dry run said") == len(done)


def test_two_folders_with_the_same_names_as_one_archive(
    qtbot: QtBot, make_source: SourceFolders, target: Path
) -> None:
    """Job 11."""
    names = ["1.dcm", "2.dcm"]
    one = make_source(ct_series(2, study=Study(1)), folder="one", names=names)
    other = make_source(ct_series(2, study=Study(2)), folder="other", names=names)
    with scene(qtbot, one, other) as work:
        work.plan("copy")
        dialog = opened(work, qtbot)
        dialog.go_on()
        press(qtbot, dialog, "As one ZIP file")
        dialog.where.target_edit.setText(str(target))
        assert "out.zip will be made." in dialog.where.check.said
        to_dry_run_from_where(work, dialog)
        run(work, dialog)
        assert "out.zip" in {
            button.accessibleName().removeprefix("Open folder ")
            for button in dialog.findChildren(QAbstractButton)
        }
    with zipfile.ZipFile(f"{target}.zip") as archive:
        assert sorted(archive.namelist()) == ["one/1.dcm", "one/2.dcm", "other/1.dcm", "other/2.dcm"]
    assert not target.exists()


def to_dry_run_from_where(work: Scene, dialog: ExportDialog) -> None:
    dialog.go_on()
    work.settle()


def test_media_with_a_file_set_id(qtbot: QtBot, make_source: SourceFolders, target: Path) -> None:
    """Job 13: a new DICOMDIR is built, and others read it."""
    images = ct_series(3)
    for image in images:
        image.StudyID = ""
    with scene(qtbot, make_source(images)) as work:
        work.plan("copy")
        dialog = opened(work, qtbot)
        dialog.go_on()
        assert not dialog.where.file_set_edit.isEnabled()
        press(qtbot, dialog, "Media with a DICOMDIR")
        qtbot.keyClicks(dialog.where.file_set_edit, "test-1_ab")
        assert dialog.where.file_set_edit.text() == "TEST1_AB"
        dialog.where.target_edit.setText(str(target))
        to_dry_run_from_where(work, dialog)
        assert facts(page(dialog))["Values only in the DICOMDIR"] == "1"  # the Study ID
        run(work, dialog)
    dcmdump(target / "DICOMDIR")
    found = FileSet(target / "DICOMDIR")
    found._stage["t"].cleanup()
    assert found.ID == "TEST1_AB"
    assert len(found) == 3


def test_what_media_cannot_list_is_refused_in_a_sentence(
    qtbot: QtBot, make_source: SourceFolders, target: Path
) -> None:
    images = ct_series(2)
    unknown = UID("1.2.840.10008.5.1.4.1.1.999")
    images[1].SOPClassUID = images[1].file_meta.MediaStorageSOPClassUID = unknown
    with scene(qtbot, make_source(images)) as work:
        work.plan("copy")
        dialog = opened(work, qtbot)
        dialog.go_on()
        press(qtbot, dialog, "Media with a DICOMDIR")
        dialog.where.target_edit.setText(str(target))
        to_dry_run_from_where(work, dialog)
        words = failure(page(dialog)).accessibleName()
        assert "Not every file can be listed in a DICOMDIR" in words
        assert "0002.dcm" in words
        assert "Nothing was written." in words
        # Another layout is chosen, and it goes.
        dialog.go_back()
        press(qtbot, dialog, "Keep folders")
        to_dry_run_from_where(work, dialog)
        run(work, dialog)


def test_the_old_ones_are_listed_and_rejected(
    work: Scene, qtbot: QtBot, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Job 23."""
    dialog = opened(work, qtbot)
    dialog.go_on()
    assert dialog.where.rejection.isVisible()
    dialog.where.rejection.setFocus()
    for _ in range(2):
        qtbot.keyClick(dialog.where.rejection, Qt.Key.Key_Down)
    assert dialog.where.rejection.currentText() == "Rejected for Patient Safety Reasons (113037)"
    dialog.where.target_edit.setText(str(target))
    to_dry_run_from_where(work, dialog)
    assert facts(page(dialog))["Rejection notes"] == "1"
    run(work, dialog)
    (path,) = Path(f"{target}.rejection").iterdir()
    assert dciodvfy(path) == Verdict((), ())
    note = dcmread(path)
    assert note.ConceptNameCodeSequence[0].CodeValue == "113037"
    rejected = {item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID for item in note.ContentSequence}
    assert rejected == set(Path(f"{target}.old-uids.txt").read_text().split())
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    press(qtbot, dialog, "Open folder Rejection notes")
    assert shown == [f"{target}.rejection"]


def test_beside_what_replaces_nothing_no_rejection_is_offered(
    qtbot: QtBot, make_source: SourceFolders
) -> None:
    with scene(qtbot, make_source(ct_series(2))) as work:
        work.plan("copy")
        dialog = opened(work, qtbot)
        dialog.go_on()
        assert not dialog.where.rejection.isVisible()
        assert dialog.where.destination.rejection is None


def test_the_change_record_says_ticket_reason_and_operator(
    work: Scene, qtbot: QtBot, target: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Job 24."""
    dialog = opened(work, qtbot, settings)
    to_dry_run(work, dialog, target)
    fields = dialog.note_fields
    qtbot.keyClicks(fields.ticket_edit, "CHG-7 <b>")
    qtbot.keyClicks(fields.reason_edit, "Leading zeros")
    qtbot.keyClicks(fields.operator_edit, "T. Operator")
    run(work, dialog)
    page_text = Path(f"{target}.change-record.html").read_text(encoding="utf-8")
    for words in ("CHG-7 &lt;b&gt;", "Leading zeros", "T. Operator"):
        assert words in page_text
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    press(qtbot, dialog, "Show Change record")
    assert shown == [f"{target}.change-record.html"]
    assert settings.operator == ""


def test_without_a_word_there_is_no_change_record(work: Scene, qtbot: QtBot, target: Path) -> None:
    dialog = opened(work, qtbot)
    to_dry_run(work, dialog, target)
    run(work, dialog)
    assert not Path(f"{target}.change-record.html").exists()


def test_the_operator_is_remembered_only_where_that_is_ticked(
    work: Scene, qtbot: QtBot, target: Path, settings: Settings, tmp_path: Path
) -> None:
    dialog = opened(work, qtbot, settings)
    to_dry_run(work, dialog, target)
    qtbot.keyClicks(dialog.note_fields.operator_edit, "T. Operator")
    press(qtbot, dialog, "Remember the operator")
    run(work, dialog)
    settings.save()
    again = opened(work, qtbot, Settings(str(tmp_path / "window.ini")))
    assert again.note_fields.operator_edit.text() == "T. Operator"
    to_dry_run(work, again, tmp_path / "second")
    press(qtbot, again, "Remember the operator")
    settings.save()
    assert Settings(str(tmp_path / "window.ini")).operator == ""
    again.reject()


def test_report_and_lists_are_saved_elsewhere(
    work: Scene, qtbot: QtBot, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(work, qtbot)
    to_dry_run(work, dialog, target)
    run(work, dialog)
    for ending in ("html", "csv", "json"):
        path = tmp_path / f"report.{ending}"
        monkeypatch.setattr(export_next_steps, "choose_report_file", lambda *_, path=path: str(path))
        press(qtbot, dialog, "Save report")
        work.settle()
        assert path.stat().st_size > 0
        assert f"Saved: {path}" in said(page(dialog))
    assert json.loads((tmp_path / "report.json").read_text())["verified"] is True
    saved = tmp_path / "uids.csv"
    monkeypatch.setattr(export_next_steps, "choose_list_file", lambda *_: str(saved))
    press(qtbot, dialog, "Save list… Old/new")
    work.settle()
    assert saved.read_bytes() == Path(f"{target}.crosswalk.csv").read_bytes()
    inside = Path(work.state.paths[0]) / "uids.txt"
    monkeypatch.setattr(export_next_steps, "choose_list_file", lambda *_: str(inside))
    press(qtbot, dialog, "Save list… List of old")
    work.settle()
    assert "lies inside a source folder" in said(page(dialog))
    assert not inside.exists()


def test_nothing_is_cut_with_everything_asked_for(
    work: Scene,
    qtbot: QtBot,
    settings: Settings,
    target: Path,
    direction: Qt.LayoutDirection,
    text_size: int,
) -> None:
    dialog = opened(work, qtbot, settings)
    dialog.go_on()
    press(qtbot, dialog, "Media with a DICOMDIR")
    press(qtbot, dialog, "As one ZIP file")
    dialog.where.rejection.setCurrentIndex(3)
    target.with_name("begun.incomplete").mkdir()
    dialog.where.target_edit.setText(str(target.with_name("begun")))
    dialog.where.refuse("What lies there was left by an export with other sources or options. " * 2)
    assert cut_widgets(dialog) == []
    dialog.where.target_edit.setText(str(target))
    to_dry_run_from_where(work, dialog)
    dialog.note_fields.ticket_edit.setText("CHG-7")
    assert cut_widgets(dialog) == []
    run(work, dialog)
    assert cut_widgets(dialog) == []
    assert dialog.width() <= 1024
    assert dialog.height() <= 700
    assert nameless(dialog) == []


def test_long_remarks_wrap(qtbot: QtBot, text_size: int) -> None:
    """The longest that are said, in a dialog as wide as the narrowest window."""
    numbers = ExportFigures(
        files=1_234_567,
        total_bytes=987_654_321_000,
        new_uids={"study": 1_000, "series": 20_000, "instance": 1_234_567, "frame_of_reference": 1_000},
        kept=12_345,
        kept_and_changed=1_234,
        skipped={"identical": 12_345, "truncated": 1_234, "broken": 123, "dicomdir": 1_234},
        resolved_before=1_234_567,
        resolved_after=1_234_000,
        unresolved_before=1_234,
        unresolved_after=1_234,
        preambles_zeroed=1_234,
        filled_keys=1_234,
        rejection_notes=1_000,
        rejected=1_234_567,
        references_rewritten=1_234_567,
    )
    page = ScrolledPage(FactRows(export_words().promised_facts(numbers, Room(10**13, 10**12))), "facts")
    qtbot.addWidget(page)
    page.resize(740, 600)
    page.show()
    assert page.minimumSizeHint().width() <= 740
    assert cut_widgets(page) == []
