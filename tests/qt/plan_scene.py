"""A state with loaded and checked files and the two runners, as the window has them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pytestqt.qtbot import QtBot

from uidscope.core.catalog.lookup import nodes_with_uid
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.flow import check, load
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.qt.planning.plan_operations import PlanOptions, add_intention
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner


@dataclass
class Scene:
    """The state, the runner for long work, and the one for questions."""

    qtbot: QtBot
    state: WorkState
    runner: TaskRunner
    questions: TaskRunner

    @property
    def catalog(self) -> Catalog:
        assert self.state.catalog is not None
        return self.state.catalog

    def settle(self) -> None:
        """Wait until nothing runs any more."""
        for _ in range(2):  # an answer may lead to another question
            self.qtbot.waitUntil(lambda: not self.runner.is_running and not self.questions.is_running)
            self.qtbot.wait(60)
        self.qtbot.waitUntil(lambda: not self.runner.is_running and not self.questions.is_running)

    def node(self, uid: str, level: str) -> Node:
        """The place of the tree at this level that bears a UID."""
        (node,) = (node for node in nodes_with_uid(self.catalog, uid) if node.level == level)
        return node

    def plan(self, kind: str, *nodes: Node, options: PlanOptions | None = None) -> None:
        """Add an intention and wait for its map."""
        add_intention(self.state, self.runner, kind, nodes, options or PlanOptions())
        self.settle()


@contextmanager
def scene(qtbot: QtBot, *folders: Path) -> Iterator[Scene]:
    """Load and check folders; everything ends with the block."""
    state, runner, questions = WorkState(), TaskRunner(), TaskRunner()
    catalog = Catalog.create()
    load(catalog, resolve_sources([str(folder) for folder in folders]), ScanOptions(1))
    check(catalog)
    state.replace_catalog(catalog, tuple(str(folder) for folder in folders))
    state.set_checked()
    made = Scene(qtbot, state, runner, questions)
    try:
        yield made
    finally:
        made.settle()
        runner.wait()
        questions.wait()
        state.replace_catalog(None, ())
