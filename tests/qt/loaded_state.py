"""A work's state with folders loaded and checked, and panels that are waited for."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.flow import check, load
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.qt.background_question import BackgroundQuestion
from uidscope.qt.state import WorkState


@contextmanager
def a_state() -> Iterator[WorkState]:
    """A state with nothing loaded; ended, and its catalog closed, at the end."""
    state = WorkState()
    yield state
    state.end()


def load_into(state: WorkState, *folders: str | os.PathLike[str], checked: bool = True) -> Catalog:
    """Load folders as the window does, and check them."""
    paths = tuple(os.fspath(folder) for folder in folders)
    catalog = Catalog.create()
    state.replace_catalog(catalog, paths)
    load(catalog, resolve_sources(paths), ScanOptions(jobs=1))
    state.grow()
    if checked:
        check(catalog)
        state.set_checked()
    return catalog


def node_with(catalog: Catalog, uid: str, level: str = "instance") -> Node:
    """The one place of the tree at this level that bears a UID."""
    (node,) = (node for node in nodes_with_uid(catalog, uid) if node.level == level)
    return node


def shown(qtbot: QtBot, panel: QWidget, width: int = 560, height: int = 520) -> None:
    """Show a panel for the rest of the test."""
    qtbot.addWidget(panel)
    panel.resize(width, height)
    with qtbot.waitExposed(panel):
        panel.show()


def settle(qtbot: QtBot, panel: QWidget) -> None:
    """Wait until all questions of a panel are answered."""
    questions = panel.findChildren(BackgroundQuestion)
    qtbot.waitUntil(lambda: not any(question.is_waiting for question in questions), timeout=20_000)
