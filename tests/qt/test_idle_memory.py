"""Memory goes back to the system when all tasks have ended, and not before."""

import threading

from pytestqt.qtbot import QtBot

from uidscope.qt.idle_memory import IdleMemory, give_memory_back
from uidscope.qt.tasks import Task, TaskRunner


def test_memory_goes_back_once_when_the_last_of_several_tasks_has_ended(qtbot: QtBot) -> None:
    given: list[int] = []
    idle = IdleMemory(give_back=lambda: given.append(1))
    first, second, may_end = TaskRunner(), TaskRunner(), threading.Event()
    second.run(Task("long", lambda _progress, _cancel: may_end.wait(20)))
    first.run(Task("short", lambda _progress, _cancel: None))
    first.run(Task("another", lambda _progress, _cancel: None))
    qtbot.waitUntil(lambda: not first.is_running)
    qtbot.wait(300)
    assert given == []
    may_end.set()
    qtbot.waitUntil(lambda: given == [1])
    qtbot.wait(300)
    assert given == [1]
    idle.deleteLater()


def test_memory_can_be_given_back_on_every_system() -> None:
    give_memory_back()
