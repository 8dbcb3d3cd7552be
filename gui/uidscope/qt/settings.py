"""What the window remembers from one start to the next: its shape and the user's taste.

Never a path, a name or a UID of what was loaded: whoever reads the file learns nothing of any patient. The
names of project files, which the user gave them, are there until they are cleared, and so is that of the
file that keeps the organization's UIDs.
"""

import contextlib
import dataclasses
import json
import os
from typing import Any, Final

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from uidscope.core.private_folder import make_private
from uidscope.core.uid.schemes import SCHEME_NAMES, SchemeOptions
from uidscope.qt.preferences import Privacy, Reading
from uidscope.qt.spoken_language import AS_SYSTEM, LANGUAGE_CHOICES
from uidscope.qt.tree.hierarchy_columns import Column, ColumnChoice

APPEARANCES: Final = ("system", "light", "dark")

# Raised when docks or toolbars change, so that a layout saved before is not applied to them.
_LAYOUT_VERSION: Final = 1
_MOST_RECENT: Final = 8
_SCHEME_FIELDS: Final = tuple(
    field.name for field in dataclasses.fields(SchemeOptions) if field.name != "key"
)


class Settings:
    """Reads and writes the settings file in the user's configuration folder; broken entries are as none."""

    def __init__(self, path: str | None = None) -> None:
        folder = platformdirs.user_config_dir("uidscope", appauthor=False)
        path = path or os.path.join(folder, "window.ini")
        _make_private(path)
        self._file = QSettings(path, QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size, as Qt writes it; empty where there is none."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._file.setValue("window/geometry", geometry)

    @property
    def layout(self) -> QByteArray:
        """The arrangement of docks and toolbars; empty where there is none for this version."""
        return self._bytes(f"window/layout{_LAYOUT_VERSION}")

    @layout.setter
    def layout(self, layout: QByteArray) -> None:
        self._file.setValue(f"window/layout{_LAYOUT_VERSION}", layout)

    @property
    def columns(self) -> ColumnChoice:
        """What the user chose for the columns of the tree."""
        shown = self._entries("tree/shown")
        widths = self._entries("tree/widths")
        return ColumnChoice(
            {column: value for column, value in shown.items() if isinstance(value, bool)},
            {column: value for column, value in widths.items() if type(value) is int and 0 < value < 10_000},
        )

    @columns.setter
    def columns(self, choice: ColumnChoice) -> None:
        for key, entries in (("tree/shown", choice.shown), ("tree/widths", choice.widths)):
            self._file.setValue(key, json.dumps({column.name: value for column, value in entries.items()}))

    @property
    def appearance(self) -> str:
        """One of `APPEARANCES`."""
        found = self._file.value("window/appearance")
        return found if found in APPEARANCES else APPEARANCES[0]

    @appearance.setter
    def appearance(self, appearance: str) -> None:
        self._file.setValue("window/appearance", appearance)

    @property
    def language(self) -> str:
        """One of `LANGUAGE_CHOICES`."""
        found = self._file.value("window/language")
        return found if found in LANGUAGE_CHOICES else AS_SYSTEM

    @language.setter
    def language(self, language: str) -> None:
        self._file.setValue("window/language", language)

    @property
    def scheme(self) -> SchemeOptions:
        """How new UIDs are made; a key is never kept here, so a keyed scheme is chosen anew each time."""
        kept = self._object("plan/scheme")
        fields = {field: kept[field] for field in _SCHEME_FIELDS if isinstance(kept.get(field), str)}
        return SchemeOptions(**fields) if fields.get("name") in SCHEME_NAMES else SchemeOptions()

    @scheme.setter
    def scheme(self, scheme: SchemeOptions) -> None:
        if scheme.key is None:
            kept = {field: getattr(scheme, field) for field in _SCHEME_FIELDS}
            self._file.setValue("plan/scheme", json.dumps(kept))

    @property
    def reading(self) -> Reading:
        """How folders are read."""
        kept, usual = self._object("reading/choices"), Reading()
        jobs = kept.get("jobs")
        return Reading(
            jobs if type(jobs) is int and jobs >= 0 else usual.jobs,
            kept.get("follow_links") is True,
            kept.get("leftovers") is not False,
        )

    @reading.setter
    def reading(self, reading: Reading) -> None:
        self._file.setValue("reading/choices", json.dumps(dataclasses.asdict(reading)))

    @property
    def organization_file(self) -> str:
        """The file that keeps the organization's UIDs; empty for the one in the user's own data folder."""
        found = self._file.value("plan/organization_file")
        return found if isinstance(found, str) else ""

    @organization_file.setter
    def organization_file(self, path: str) -> None:
        if path:
            self._file.setValue("plan/organization_file", path)
        else:
            self._file.remove("plan/organization_file")

    @property
    def privacy(self) -> Privacy:
        """What is shown of patients, and what is kept of what is done."""
        kept = self._object("privacy/choices")
        return Privacy(kept.get("mask_names") is True, kept.get("audit_log") is not False)

    @privacy.setter
    def privacy(self, privacy: Privacy) -> None:
        self._file.setValue("privacy/choices", json.dumps(dataclasses.asdict(privacy)))

    @property
    def operator(self) -> str:
        """Who exports, for the change record; empty unless the user wanted it remembered."""
        found = self._file.value("export/operator")
        return found if isinstance(found, str) else ""

    @operator.setter
    def operator(self, operator: str) -> None:
        if operator:
            self._file.setValue("export/operator", operator)
        else:
            self._file.remove("export/operator")

    @property
    def is_tour_seen(self) -> bool:
        """Whether the tour has begun once."""
        return str(self._file.value("window/tour_seen")) == "yes"

    def set_tour_seen(self) -> None:
        """Remember that the tour has begun."""
        self._file.setValue("window/tour_seen", "yes")

    @property
    def rules_path(self) -> str:
        """The file in which the user's rule settings are kept, beside this one."""
        return os.path.join(os.path.dirname(self._file.fileName()), "rules.toml")

    @property
    def recent_projects(self) -> tuple[str, ...]:
        """The project files opened or saved last, the newest first."""
        try:
            found = json.loads(str(self._file.value("projects/recent") or "[]"))
        except ValueError:
            return ()
        return tuple(path for path in found if isinstance(path, str)) if isinstance(found, list) else ()

    def add_recent_project(self, path: str) -> None:
        """Remember a project file."""
        others = [each for each in self.recent_projects if each != path]
        self._file.setValue("projects/recent", json.dumps([path, *others][:_MOST_RECENT]))

    def forget_recent_projects(self) -> None:
        """Remember no project file any more."""
        self._file.remove("projects/recent")

    def forget_layout(self) -> None:
        """Forget shape and columns, as for a first start."""
        for group in ("window/geometry", f"window/layout{_LAYOUT_VERSION}", "tree/shown", "tree/widths"):
            self._file.remove(group)

    def save(self) -> None:
        """Write the file now."""
        self._file.sync()

    def _bytes(self, key: str) -> QByteArray:
        found = self._file.value(key)
        return found if isinstance(found, QByteArray) else QByteArray()

    def _entries(self, key: str) -> dict[Column, Any]:
        try:
            return {Column[name]: value for name, value in self._object(key).items()}
        except KeyError:
            return {}

    def _object(self, key: str) -> dict[str, Any]:
        try:
            found = json.loads(str(self._file.value(key) or "{}"))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def _make_private(path: str) -> None:
    """Let the file be there for this user alone before Qt makes it for all; Qt keeps its rights."""
    with contextlib.suppress(OSError):
        make_private(os.path.dirname(os.path.abspath(path)))
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
        if os.name != "nt":
            os.chmod(path, 0o600)
