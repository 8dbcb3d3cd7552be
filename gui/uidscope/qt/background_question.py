"""A question whose answer is found beside the window's thread, and of which only the newest counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from uidscope.core.errors import UidscopeError
from uidscope.qt.tasks import Task, TaskRunner


class BackgroundQuestion(QObject):
    """Asks in a thread of its own, so that it does not wait for long work, nor the window for it.

    `answered` carries the answer to the newest question, `failed` one sentence for the user in its place.
    What was asked before is dropped.
    """

    answered = Signal(object)
    failed = Signal(str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._newest = newest = _Newest()
        # No child of this object: its thread may have to be waited for when this is gone already.
        self._runner = runner = TaskRunner()
        self.destroyed.connect(lambda: _end(newest, runner))

    @property
    def is_waiting(self) -> bool:
        """Whether a question is being answered."""
        return self._runner.is_running

    def ask(self, find: Callable[[], Any]) -> None:
        """Have `find` called in the background, in place of whatever was asked before."""
        self.drop()
        newest, number = self._newest, self._newest.number

        def tell(answer: Any) -> None:
            if newest.number == number:
                self.answered.emit(answer)

        def say(error: BaseException) -> None:
            if newest.number == number:
                self.failed.emit(self._sentence(error))

        self._runner.run(Task(self._name, lambda _progress, _cancel: find(), done=tell, failed=say))

    def drop(self) -> None:
        """Want no answer any more."""
        self._newest.number += 1
        self._runner.cancel()

    def _sentence(self, error: BaseException) -> str:
        return str(error) if isinstance(error, UidscopeError) else self.tr("This cannot be shown.")


@dataclass(slots=True)
class _Newest:
    """Which question counts; told to the answers, which may come when the asker is gone."""

    number: int = 0


def _end(newest: _Newest, runner: TaskRunner) -> None:
    newest.number += 1
    runner.wait()
