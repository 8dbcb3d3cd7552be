"""Draws the program's icon in the sizes and file formats that the systems ask for, from one SVG."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Final

import project
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
_SOURCE: Final = project.ROOT / "resources" / "program" / "uidscope.svg"
# Apple's names for the entries of an .icns file that hold a PNG of that size.
_APPLE_ENTRIES: Final = {
    16: b"icp4",
    32: b"icp5",
    64: b"icp6",
    128: b"ic07",
    256: b"ic08",
    512: b"ic09",
    1024: b"ic10",
}


def png(size: int) -> bytes:
    """Return the icon as a PNG of ``size`` by ``size`` pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication(["icons"])
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(_SOURCE)).render(painter)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    del app
    return bytes(content.data())


def windows_icon() -> bytes:
    """Return an .ico file that holds all sizes, each as a PNG."""
    pictures = [(size, png(size)) for size in SIZES]
    offset = 6 + 16 * len(pictures)
    entries = b""
    for size, picture in pictures:
        # A side of 256 pixels is written as 0.
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + b"".join(data for _, data in pictures)


def apple_icon() -> bytes:
    """Return an .icns file."""
    entries = b""
    for size, name in _APPLE_ENTRIES.items():
        picture = png(size)
        entries += name + struct.pack(">I", len(picture) + 8) + picture
    return b"icns" + struct.pack(">I", len(entries) + 8) + entries


def write(folder: Path) -> None:
    """Write the files that the frozen program is built with into a folder."""
    (folder / "uidscope.ico").write_bytes(windows_icon())
    (folder / "uidscope.icns").write_bytes(apple_icon())
    for size in SIZES:
        (folder / f"uidscope-{size}.png").write_bytes(png(size))
