"""What stands in the menus of a window, those inside menus included."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu


def menus_of_bar(window: QMainWindow) -> list[QMenu]:
    """The menus of the menu bar, in order."""
    # Not QAction.menu(): up to PySide6 6.11.0 the menu that it answers with dies with the answer.
    by_action = {menu.menuAction(): menu for menu in window.findChildren(QMenu)}
    return [by_action[action] for action in window.menuBar().actions()]


def actions_in_menus(window: QMainWindow) -> list[QAction]:
    """Every action that can be chosen in a menu, separators left out."""
    by_action = {menu.menuAction(): menu for menu in window.findChildren(QMenu)}

    def below(menu: QMenu) -> Iterator[QAction]:
        for action in menu.actions():
            if action in by_action:
                yield from below(by_action[action])
            elif not action.isSeparator():
                yield action

    return [action for menu in menus_of_bar(window) for action in below(menu)]
