"""Play scenes in one look and keep a picture of each."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

from docs.gallery.looks import Look
from docs.gallery.scene import Scene, Setting
from docs.gallery.settings import prepare
from docs.gallery.stage import Stage, a_stage, grab


def make_pictures(
    look: Look, scenes: Iterable[Scene], folder: Path, say: Callable[[str], object] = lambda _line: None
) -> list[Path]:
    """Make the pictures of these scenes in `folder` and return their paths.

    The application is dressed already. Scenes that begin alike are played in one window.
    """
    wanted = tuple(scenes)
    made = []
    with tempfile.TemporaryDirectory() as scratch:
        rooms = (Path(scratch) / str(number) / "archive" for number in count())
        for together in _acts(wanted):
            with a_stage(look, next(rooms)) as stage:
                prepare(stage, together[0].setting)
                for scene in together:
                    path = folder / f"{scene.name}.png"
                    _play(stage, scene, path)
                    say(str(path))
                    made.append(path)
    return made


def _acts(scenes: tuple[Scene, ...]) -> Iterator[list[Scene]]:
    """The scenes that can share a window, together."""
    for setting in Setting:
        shared = [scene for scene in scenes if scene.setting is setting and not scene.is_alone]
        if shared:
            yield shared
        yield from ([scene] for scene in scenes if scene.setting is setting and scene.is_alone)


def _play(stage: Stage, scene: Scene, path: Path) -> None:
    seen = scene.play(stage)
    assert scene.shows is None or type(seen) is scene.shows, scene.name
    grab(seen, path)
    stage.close_dialogs()
