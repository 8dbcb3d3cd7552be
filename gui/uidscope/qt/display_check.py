"""Whether a window can be shown here at all; asked before Qt is started, which would end the program."""

import ctypes
import ctypes.util
import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from typing import Final

_WITHOUT_WINDOW: Final = "`uidscope inspect FOLDER` works without a window."

# What the shared libraries of Qt ask for, by the packages of Debian and Ubuntu.
_PACKAGES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
_LIBRARY: Final = re.compile(r"lib[\w.+-]+\.so(?:\.\d+)*")


def qt_fault(error: ImportError) -> str:
    """One sentence for a Qt that cannot be loaded."""
    if importlib.util.find_spec("PySide6") is None:
        return f"The window needs the package PySide6-Essentials, which is not installed. {_WITHOUT_WINDOW}"
    return _library_fault(str(error))


def display_fault(environment: Mapping[str, str]) -> str:
    """One sentence for why no window can be shown; empty where one can, as far as is known."""
    if sys.platform != "linux":
        return ""
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if platform not in ("", "xcb") or (not platform and environment.get("WAYLAND_DISPLAY")):
        return ""
    display = environment.get("DISPLAY", "")
    if not display:
        return f"There is no display to show a window on. {_WITHOUT_WINDOW}"
    return _x11_fault(display)


def _x11_fault(display: str) -> str:
    from PySide6.QtCore import QLibraryInfo, QPluginLoader  # noqa: PLC0415 - Qt may not be there

    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    plugin = QPluginLoader(os.path.join(folder, "platforms", "libqxcb.so"))
    if os.path.exists(plugin.fileName()) and not plugin.load():
        return _library_fault(plugin.errorString())
    return "" if _answers(display) else f"The display {display} does not answer. {_WITHOUT_WINDOW}"


def _answers(display: str) -> bool:
    """Whether the X server lets us connect; taken for granted where that cannot be tried."""
    name = ctypes.util.find_library("xcb")
    if name is None:
        return True
    xcb = ctypes.CDLL(name)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def _library_fault(words: str) -> str:
    """One sentence from what the loader of shared libraries says."""
    found = next((name for name in reversed(_LIBRARY.findall(words)) if "qxcb" not in name), "")
    if not found:
        return f"Qt cannot be loaded. {_WITHOUT_WINDOW}"
    package = _PACKAGES.get(found)
    install = f" (package {package} of Debian and Ubuntu)" if package else ""
    return f"The window needs the library {found}{install}, which is not installed. {_WITHOUT_WINDOW}"
