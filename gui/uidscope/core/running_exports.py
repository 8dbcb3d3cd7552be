"""Where this user's exports are going, so that a later start of the program knows of one that was cut short.

While an export runs, a note in the user's state folder names its target, its layout, whether it is an
archive, and the project file it belongs to; nothing else, and for this user's eyes only. The note goes with
the export.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import platformdirs

from uidscope.core.errors import OutputError
from uidscope.core.export.request import LAYOUTS
from uidscope.core.export.stage import Interrupted
from uidscope.core.export.target import target_names
from uidscope.core.flow import Destination
from uidscope.core.private_folder import make_private
from uidscope.core.resume import unfinished

_ENDING: Final = ".json"
_FILE_MODE: Final = 0o600


class InterruptedExport(NamedTuple):
    """Where an export was going that was cut short, and what it left there.

    ``project`` is the file that its plan was saved in, empty where it was not.
    """

    destination: Destination
    left: Interrupted
    project: str = ""


def notes_folder() -> str:
    """The folder of the notes."""
    return os.path.join(platformdirs.user_state_dir("uidscope", appauthor=False), "exports")


@contextlib.contextmanager
def noted(destination: Destination, project: str = "") -> Iterator[None]:
    """While this lasts, a note says where an export is going; it stays where unfinished work stays.

    An export goes on without, where no note can be written.
    """
    path = _note_path(destination)
    with contextlib.suppress(OSError):
        _write(path, destination, project)
    try:
        yield
    finally:
        if not os.path.lexists(_staging(destination)):
            _remove(path)


def interrupted_exports() -> tuple[InterruptedExport, ...]:
    """Return what interrupted exports of this user left where it still lies, by their targets.

    Left out are those that still run, and those whose drive is not there. A note that means nothing any
    more is removed. It may take a while, since a table of issued UIDs is read for each.
    """
    found = []
    for path in _note_paths():
        note = _read(path)
        if note is None:
            _remove(path)
            continue
        destination, project = note
        try:
            left = unfinished(destination)
        except OutputError:
            continue
        if left is not None:
            found.append(InterruptedExport(destination, left, project))
        elif os.path.isdir(os.path.dirname(_staging(destination))):
            _remove(path)
    return tuple(sorted(found, key=lambda each: each.destination.target))


def _staging(destination: Destination) -> str:
    return target_names(destination.target, zipped=destination.zipped).staging


def _note_path(destination: Destination) -> str:
    digest = hashlib.sha256(os.fsencode(_staging(destination))).hexdigest()
    return os.path.join(notes_folder(), digest[:32] + _ENDING)


def _note_paths() -> list[str]:
    folder = notes_folder()
    with contextlib.suppress(OSError):
        return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(_ENDING))
    return []


def _write(path: str, destination: Destination, project: str) -> None:
    make_private(os.path.dirname(path))
    note = {
        "target": os.path.abspath(destination.target),
        "layout": destination.layout,
        "zipped": destination.zipped,
        "project": os.path.abspath(project) if project else "",
    }
    _remove(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(json.dumps(note).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())  # a loss of power is an interruption too


def _read(path: str) -> tuple[Destination, str] | None:
    """The destination and the project that a note names; None where it is no note."""
    try:
        with open(path, "rb") as file:
            note: Any = json.loads(file.read())
        target, layout, zipped, project = (note[key] for key in ("target", "layout", "zipped", "project"))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not (isinstance(target, str) and os.path.isabs(target) and "\0" not in target):
        return None
    if layout not in LAYOUTS or not isinstance(zipped, bool) or not isinstance(project, str):
        return None
    return Destination(target, layout, zipped=zipped), project


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
