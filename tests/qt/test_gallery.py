"""The command that makes the pictures: its scenes play, and no dialog is without a picture."""

from pathlib import Path

from docs.gallery.looks import LOOKS
from docs.gallery.make import make_pictures
from docs.gallery.scene import Setting
from docs.gallery.scenes import SCENES
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.qt.every_dialog import DIALOGS, ELSEWHERE

CHEAP = ("empty", "about", "preferences-rules", "main", "relations", "ignore")


def test_scenes_are_played_and_grabbed(qapp: QApplication, tmp_path: Path) -> None:
    said: list[str] = []
    made = make_pictures(LOOKS["light"], [SCENES[name] for name in CHEAP], tmp_path, said.append)
    assert {path.stem for path in made} == set(CHEAP)
    assert said == [str(path) for path in made]
    for path in made:
        assert not QImage(str(path)).isNull(), path.name


def test_every_dialog_has_a_picture() -> None:
    shown = {scene.shows for scene in SCENES.values()}
    missing = {dialog.__name__ for dialog in DIALOGS.keys() | ELSEWHERE if dialog not in shown}
    assert missing == set()


def test_a_picture_in_every_look_begins_with_each_setting() -> None:
    """What is shown in few scenes alone must be shown of every kind."""
    mains = {scene.setting for scene in SCENES.values() if scene.is_main}
    assert mains >= {Setting.EMPTY, Setting.FAULTS, Setting.PLAN}
