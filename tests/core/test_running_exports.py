"""Notes of exports under way: for their owner alone, gone with the export, and true at the next start."""

import json
import os
import stat
from pathlib import Path

import pytest
from filelock import FileLock

from uidscope.core.flow import Destination
from uidscope.core.running_exports import interrupted_exports, noted, notes_folder


def notes() -> list[Path]:
    folder = Path(notes_folder())
    return sorted(folder.iterdir()) if folder.exists() else []


def leave_work(target: Path) -> Path:
    """What an export leaves that was killed early."""
    staging = target.with_name(f"{target.name}.incomplete")
    (staging / "files").mkdir(parents=True)
    (staging / "files" / "1.dcm").write_bytes(b"1234")
    (staging / "journal").write_bytes(b"")
    return staging


def test_a_note_is_there_while_the_export_runs_for_its_owner_alone(tmp_path: Path) -> None:
    destination = Destination(str(tmp_path / "out"), "media", zipped=True, file_set_id="SECRET")
    with noted(destination, str(tmp_path / "work.uidscope")):
        (note,) = notes()
        if os.name != "nt":
            assert stat.S_IMODE(note.stat().st_mode) == 0o600
            assert stat.S_IMODE(note.parent.stat().st_mode) == 0o700
        assert json.loads(note.read_text()) == {
            "target": str(tmp_path / "out"),
            "layout": "media",
            "zipped": True,
            "project": str(tmp_path / "work.uidscope"),
        }
    assert notes() == []


def test_it_goes_with_an_export_that_fails_too(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), noted(Destination(str(tmp_path / "out"))):
        raise OSError("full")
    assert notes() == []


def test_it_stays_where_unfinished_work_stays_and_tells_of_it(tmp_path: Path) -> None:
    destination = Destination(str(tmp_path / "out"), "hierarchy")
    with noted(destination, "work.uidscope"):
        leave_work(tmp_path / "out")
    (found,) = interrupted_exports()
    assert found.destination == destination
    assert found.project == os.path.abspath("work.uidscope")
    assert (found.left.files, found.left.total_bytes, found.left.published) == (1, 4, False)
    assert len(notes()) == 1


def test_an_export_that_still_runs_is_not_told_of(tmp_path: Path) -> None:
    with noted(Destination(str(tmp_path / "out"))):
        staging = leave_work(tmp_path / "out")
        with FileLock(staging / "lock"):
            assert interrupted_exports() == ()
        assert len(interrupted_exports()) == 1


def test_notes_that_mean_nothing_any_more_are_removed(tmp_path: Path) -> None:
    with noted(Destination(str(tmp_path / "out"))):
        Path(notes_folder(), "broken.json").write_bytes(b"{")
        Path(notes_folder(), "odd.json").write_bytes(b'{"target": "out", "layout": 1, "zipped": 0}')
        assert interrupted_exports() == ()
        assert notes() == []


def test_a_note_waits_for_a_drive_that_is_not_there(tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    with noted(Destination(str(drive / "out"))):
        leave_work(drive / "out")
    drive.rename(tmp_path / "elsewhere")
    assert interrupted_exports() == ()
    (tmp_path / "elsewhere").rename(drive)
    assert len(interrupted_exports()) == 1


def test_without_a_place_for_notes_an_export_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    monkeypatch.setattr("uidscope.core.running_exports.notes_folder", lambda: str(in_the_way))
    with noted(Destination(str(tmp_path / "out"))):
        assert interrupted_exports() == ()
