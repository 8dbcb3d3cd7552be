"""Make pictures of the window: ``python -m docs.gallery [--only NAME] [--look LOOK] [FOLDER]``.

Run it in a checkout, on a display of its own:
``xvfb-run -a -s "-screen 0 1600x1000x24" python -m docs.gallery``. They go to FOLDER, by default
build/gallery, one folder a look. Those that README and documentation show go to docs/images, and those of the
guide to resources/guide, where their looks are made whole.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from docs.gallery.looks import LOOKS

from uidscope.core.report.guide import guide_pictures
from uidscope.core.uid.resource_files import resource_root

_ROOT: Final = Path(__file__).resolve().parents[2]
_IMAGES: Final = _ROOT / "docs" / "images"
_SHOWN: Final = {
    "main-window": "light/main",
    "main-window-dark": "dark/main",
    "compare": "light/compare-differ",
    "plan": "light/plan",
    "export": "light/export-verified",
}
"""The pictures of the documentation, by name, and which they are."""
_GUIDE_LOOKS: Final = {"en": "light", "de": "german"}
"""The look in which the pictures of the guide are made, by its language; they are called as their scenes."""
_IN_PROCESS: Final = "UIDSCOPE_GALLERY_LOOK"
_OWN_FOLDERS: Final = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def main() -> int:
    """Make them; 1 where a look could not be made."""
    parser = argparse.ArgumentParser(prog="python -m docs.gallery", description=__doc__)
    parser.add_argument("--only", metavar="NAME", action="append", help="a scene; may be given again")
    parser.add_argument("--look", choices=LOOKS, action="append", help="may be given again")
    parser.add_argument("folder", metavar="FOLDER", nargs="?", default=_ROOT / "build" / "gallery", type=Path)
    chosen = parser.parse_args()
    look = os.environ.get(_IN_PROCESS)
    if look:
        return _make(look, chosen.only, chosen.folder)
    failed = [name for name in chosen.look or LOOKS if _in_a_process(name)]
    shown = {made.partition("/")[0] for made in _SHOWN.values()} | set(_GUIDE_LOOKS.values())
    if not (failed or chosen.only) and shown <= set(chosen.look or LOOKS):
        _keep_shown(chosen.folder)
    return 1 if failed else 0


def _in_a_process(look: str) -> int:
    """Make one look: scale and language hold for a process. Nothing of the user's own is read or changed."""
    with tempfile.TemporaryDirectory() as home:
        own = {name: os.path.join(home, name) for name in _OWN_FOLDERS}
        env = {**os.environ, **own, _IN_PROCESS: look, "QT_SCALE_FACTOR": str(LOOKS[look].scale)}
        command = [sys.executable, "-m", "docs.gallery", *sys.argv[1:]]
        return subprocess.run(command, env=env, check=False).returncode  # noqa: S603 - this very program


def _make(name: str, only: list[str] | None, folder: Path) -> int:
    from docs.gallery.make import make_pictures  # noqa: PLC0415
    from docs.gallery.scenes import SCENES  # noqa: PLC0415
    from docs.gallery.stage import dress, put_pointer_away  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the scale is set by now

    from uidscope.qt.spoken_language import speak  # noqa: PLC0415

    unknown = set(only or ()) - SCENES.keys()
    if unknown:
        sys.stderr.write(f"There is no scene {min(unknown)}. There are: {', '.join(SCENES)}\n")
        return 2
    look = LOOKS[name]
    app = QApplication(sys.argv[:1])
    speak(app, look.language)
    dress(app, look)
    put_pointer_away(app)
    wanted = [
        scene
        for scene in SCENES.values()
        if (scene.name in only if only else look.shows_all or scene.is_main)
    ]
    make_pictures(look, wanted, folder / name, lambda line: sys.stdout.write(f"{line}\n"))
    return 0


def _keep_shown(folder: Path) -> None:
    for name, made in _SHOWN.items():
        _keep(folder / f"{made}.png", _IMAGES / f"{name}.png")
    for language, look in _GUIDE_LOOKS.items():
        for picture in guide_pictures(language):
            kept = resource_root() / picture.path
            _keep(folder / look / kept.name, kept)


def _keep(made: Path, kept: Path) -> None:
    from docs.gallery.fewer_colours import with_fewer_colours  # noqa: PLC0415 - Qt is for those who draw
    from PySide6.QtGui import QImage  # noqa: PLC0415

    kept.parent.mkdir(parents=True, exist_ok=True)
    with_fewer_colours(QImage(str(made))).save(str(kept), quality=0)  # the most compressed


if __name__ == "__main__":
    sys.exit(main())
