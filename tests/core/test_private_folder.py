"""Temporary folders: of this user alone, gone when done with, those of a killed program at the next start."""

from __future__ import annotations

import gc
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from uidscope.core.errors import OutputError
from uidscope.core.private_folder import PrivateFolder, clear_left_behind


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_of_this_user_alone_and_gone_once_closed(temporary: Path) -> None:
    folder = PrivateFolder("test")
    (Path(folder.path) / "below").mkdir()
    (Path(folder.path) / "below" / "file").write_text("x")
    if os.name != "nt":
        assert stat.S_IMODE(os.stat(folder.path).st_mode) == 0o700
    folder.close()
    folder.close()
    assert os.listdir(temporary) == []


def test_a_folder_that_nobody_holds_is_gone(temporary: Path) -> None:
    folder = PrivateFolder("test")
    assert len(os.listdir(temporary)) == 1
    del folder
    gc.collect()
    assert os.listdir(temporary) == []


def test_only_what_no_program_uses_is_cleared(temporary: Path) -> None:
    mine = PrivateFolder("test")
    code = "import os; from uidscope.core.private_folder import PrivateFolder as F\nf = F('t'); os._exit(9)"
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    subprocess.run([sys.executable, "-c", code], env=os.environ | places, check=False)
    assert len(os.listdir(temporary)) == 2
    assert clear_left_behind() == 1
    assert os.listdir(temporary) == [os.path.basename(mine.path)]
    mine.close()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_planted_link_is_left_alone(temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "in-use.lock").touch()
    (elsewhere / "precious").touch()
    (temporary / "uidscope-planted").symlink_to(elsewhere)
    assert clear_left_behind() == 0
    assert (elsewhere / "precious").exists()


def test_where_none_can_be_made_one_sentence_says_so(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "gone"))
    with pytest.raises(OutputError, match="temporary folder"):
        PrivateFolder("test")
    assert clear_left_behind() == 0
