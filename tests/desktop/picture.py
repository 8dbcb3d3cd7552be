"""Keeps a picture of the whole screen: ``python -m tests.desktop.picture FILE``."""

import sys

from PySide6.QtGui import QGuiApplication


def keep_picture(path: str) -> int:
    """Write what is on the screen to a file; the exit status."""
    app = QGuiApplication(sys.argv[:1])
    return 0 if app.primaryScreen().grabWindow(0).save(path) else 1


if __name__ == "__main__":
    sys.exit(keep_picture(sys.argv[1]))
