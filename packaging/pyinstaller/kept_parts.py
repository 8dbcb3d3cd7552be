"""Which of the files that PyInstaller collects are shipped: what the program uses, and no more."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath
from typing import Final

# Whole modules that others would pull in though nothing here asks them anything. The program speaks to no
# network, so it has nothing to encrypt.
EXCLUDED_MODULES: Final = (
    "PySide6.QtDBus",
    "PySide6.QtOpenGL",
    "PySide6.QtPrintSupport",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "numpy",
    "PIL",
    "ssl",
    "_ssl",
    "tkinter",
    "_tkinter",
    "curses",
    "readline",
    "test",
    "lib2to3",
)

# The plugins of Qt by their folder. All others serve what the program has not: other picture formats,
# bare frame buffers, virtual keyboards, encrypted connections.
_PLUGINS: Final = {
    "iconengines": r"qsvgicon",
    "imageformats": r"qsvg|qico",
    "platforminputcontexts": r"composeplatforminputcontextplugin|ibusplatforminputcontextplugin",
    "platforms": r"qxcb|qwayland|qoffscreen|qwindows|qcocoa",
    "platformthemes": r"qgtk3|qxdgdesktopportal",
    "styles": r"qmodernwindowsstyle|qmacstyle",
    "wayland-decoration-client": r"adwaita|bradient",
    "wayland-graphics-integration-client": r"qt-plugin-wayland-egl",
    "wayland-shell-integration": r"xdg-shell|qt-shell",
    "xcbglintegrations": r"qxcb-(egl|glx)-integration",
}
_PLUGIN: Final = re.compile(r"(?:^|/)plugins/([\w-]+)/(?:lib)?([^/]+)\.(?:so|dll|dylib)$")

# Libraries of Qt that stay behind with the plugins and modules above.
_UNUSED_LIBRARY: Final = re.compile(
    r"(?:^|/)(?:lib)?Qt6?(?:EglF[Ss]\w*|LabsPlatform|Pdf|Qml\w*|Quick\w*|VirtualKeyboard\w*|WaylandCompositor"
    r"|WaylandEglCompositor\w*)(?:[.-]|$)"
)

# On Linux these come with the program although the system has some: they belong to Python, and their
# names or versions differ between distributions. All other libraries of the system are the system's.
_OWN_LIBRARY: Final = re.compile(r"lib(?:python3|crypto|ffi|sqlite3|bz2|lzma|uuid|mpdec|expat)[\w.-]*\.so")
_SYSTEM_FOLDER: Final = re.compile(r"^/(?:usr/)?lib(?:32|64|/[\w-]+-linux-gnu)?/")


def is_kept(target: str, source: str, languages: Collection[str]) -> bool:
    """Say whether a file is shipped; ``target`` is its path in the program, ``source`` where it is from.

    ``languages`` are those that the program speaks beside English; Qt's own words are shipped for them alone.
    """
    path = PurePath(target).as_posix()
    if _UNUSED_LIBRARY.search(path):
        return False
    plugin = _PLUGIN.search(path)
    if plugin is not None and "/PySide6/" in f"/{path}":
        return re.fullmatch(_PLUGINS.get(plugin.group(1), r"(?!)"), plugin.group(2)) is not None
    if "/translations/" in path and "PySide6" in path:
        return path.rsplit("/", 1)[-1] in {f"qtbase_{language}.qm" for language in languages}
    if _SYSTEM_FOLDER.match(PurePath(source).as_posix()) and ".so" in PurePath(source).name:
        return _OWN_LIBRARY.match(PurePath(source).name) is not None
    return True
