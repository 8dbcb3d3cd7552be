"""What the window remembers from one start to the next: its shape and the user's taste.

Never a path, a name or a UID: whoever reads the file learns nothing of any patient.
"""

import json
import os
from typing import Any, Final

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from uidscope.core.uid.schemes import SCHEME_NAMES
from uidscope.qt.tree.hierarchy_columns import Column, ColumnChoice

APPEARANCES: Final = ("system", "light", "dark")

# Raised when docks or toolbars change, so that a layout saved before is not applied to them.
_LAYOUT_VERSION: Final = 1


class Settings:
    """Reads and writes the settings file in the user's configuration folder; broken entries are as none."""

    def __init__(self, path: str | None = None) -> None:
        folder = platformdirs.user_config_dir("uidscope", appauthor=False)
        self._file = QSettings(path or os.path.join(folder, "window.ini"), QSettings.Format.IniFormat)

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
    def scheme_name(self) -> str:
        """The name of the scheme that made new UIDs last; the default one where there is none."""
        found = self._file.value("plan/scheme")
        return found if found in SCHEME_NAMES else SCHEME_NAMES[0]

    @scheme_name.setter
    def scheme_name(self, name: str) -> None:
        self._file.setValue("plan/scheme", name)

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
            found = json.loads(str(self._file.value(key) or "{}"))
            return {Column[name]: value for name, value in found.items()}
        except (ValueError, KeyError, AttributeError):
            return {}
