"""The system's dialogs for folders and files, without leaving behind what was chosen.

Where Qt draws the dialog itself it keeps the folders visited in a file that all Qt programs share. Their
names may be those of patients, so that file is left as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

# By this name Qt's tools find the words.
translate = QCoreApplication.translate

_REMEMBERED = ("FileDialog/history", "FileDialog/lastVisited")


def choose_folder(parent: QWidget) -> str:
    """A folder to read; empty where the user chose none."""
    with _nothing_remembered():
        return QFileDialog.getExistingDirectory(parent, translate("PathChoice", "Add folder"))


def choose_files(parent: QWidget) -> tuple[str, ...]:
    """Files to read; none where the user chose none."""
    with _nothing_remembered():
        return tuple(QFileDialog.getOpenFileNames(parent, translate("PathChoice", "Add files"))[0])


def choose_key_file(parent: QWidget) -> str:
    """A file that holds a key; empty where the user chose none."""
    with _nothing_remembered():
        return QFileDialog.getOpenFileName(parent, translate("PathChoice", "Choose key file"))[0]


def choose_organization(parent: QWidget) -> str:
    """An organization's file to open; empty where the user chose none."""
    kinds = "JSON (*.json)"
    with _nothing_remembered():
        return QFileDialog.getOpenFileName(parent, translate("PathChoice", "Open UID roots"), "", kinds)[0]


def choose_new_organization(parent: QWidget) -> str:
    """A file to begin an organization in; empty where the user chose none. One there is may be chosen too."""
    with _nothing_remembered():
        path = QFileDialog.getSaveFileName(
            parent,
            translate("PathChoice", "New file for UID roots"),
            "",
            "JSON (*.json)",
            options=QFileDialog.Option.DontConfirmOverwrite,  # it is opened then, and never replaced
        )[0]
    return path if not path or path.lower().endswith(".json") else f"{path}.json"


def choose_project(parent: QWidget, ending: str) -> str:
    """A project file to open; empty where the user chose none."""
    kinds = _kind(ending)
    with _nothing_remembered():
        return QFileDialog.getOpenFileName(parent, translate("PathChoice", "Open project"), "", kinds)[0]


def choose_project_name(parent: QWidget, ending: str, before: str) -> str:
    """A file to save a project as; empty where the user chose none."""
    kinds = _kind(ending)
    with _nothing_remembered():
        path = QFileDialog.getSaveFileName(parent, translate("PathChoice", "Save project"), before, kinds)[0]
    return path if not path or path.lower().endswith(ending) else path + ending


def choose_report_file(parent: QWidget, endings: tuple[str, ...]) -> str:
    """A file to write a report to, with one of the endings; empty where the user chose none."""
    kinds = ";;".join(f"{ending[1:].upper()} (*{ending})" for ending in endings)
    with _nothing_remembered():
        path, kind = QFileDialog.getSaveFileName(parent, translate("PathChoice", "Save report"), "", kinds)
    if path and not path.lower().endswith(endings):
        path += next((ending for ending in endings if f"(*{ending})" in kind), endings[0])
    return path


def choose_audit_file(parent: QWidget, endings: tuple[str, ...]) -> str:
    """A file to save the audit log as, with one of the endings; empty where the user chose none."""
    kinds = ";;".join(f"{ending[1:].upper()} (*{ending})" for ending in endings)
    with _nothing_remembered():
        path, kind = QFileDialog.getSaveFileName(parent, translate("PathChoice", "Save audit log"), "", kinds)
    if path and not path.lower().endswith(endings):
        path += next((ending for ending in endings if f"(*{ending})" in kind), endings[0])
    return path


def choose_list_file(parent: QWidget, name: str) -> str:
    """A file to save a list as, by this name unless the user says otherwise; empty where none is chosen."""
    with _nothing_remembered():
        return QFileDialog.getSaveFileName(parent, translate("PathChoice", "Save list"), name)[0]


def _kind(ending: str) -> str:
    projects = translate("PathChoice", "Projects")
    return f"{projects} (*{ending})"


@contextmanager
def _nothing_remembered() -> Iterator[None]:
    shared = QSettings(QSettings.Scope.UserScope, "QtProject")
    before = {key: shared.value(key) for key in _REMEMBERED}
    try:
        yield
    finally:
        shared.sync()
        for key, value in before.items():
            if value is None:
                shared.remove(key)
            else:
                shared.setValue(key, value)
