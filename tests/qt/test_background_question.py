"""Questions are answered beside the window's thread, and only the newest answer counts."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from uidscope.core.errors import InputError
from uidscope.qt.background_question import BackgroundQuestion


def test_answer_comes_from_another_thread(qtbot: QtBot) -> None:
    question = BackgroundQuestion("test")
    with qtbot.waitSignal(question.answered) as answered:
        question.ask(threading.get_ident)
    assert answered.args is not None
    assert answered.args[0] != threading.get_ident()
    assert not question.is_waiting


def test_only_the_newest_answer_counts(qtbot: QtBot) -> None:
    question = BackgroundQuestion("test")
    answers: list[str] = []
    question.answered.connect(answers.append)
    go_on = threading.Event()

    def slow() -> str:
        go_on.wait(5)
        return "old"

    question.ask(slow)
    question.ask(lambda: "never asked")
    question.ask(lambda: "new")
    go_on.set()
    qtbot.waitUntil(lambda: bool(answers) and not question.is_waiting)
    assert answers == ["new"]


def test_dropped_question_is_not_answered(qtbot: QtBot) -> None:
    question = BackgroundQuestion("test")
    answers: list[str] = []
    question.answered.connect(answers.append)
    question.ask(lambda: "answer")
    question.drop()
    qtbot.waitUntil(lambda: not question.is_waiting)
    assert answers == []


def test_our_own_error_is_told_in_its_words(qtbot: QtBot) -> None:
    def find() -> None:
        raise InputError("The file is gone.")

    question = BackgroundQuestion("test")
    with qtbot.waitSignal(question.failed) as failed:
        question.ask(find)
    assert failed.args == ["The file is gone."]


@pytest.mark.expected_log("task test: ValueError")
def test_any_other_error_quotes_nothing(qtbot: QtBot) -> None:
    def find() -> None:
        raise ValueError("TEST^ALPHA")

    question = BackgroundQuestion("test")
    with qtbot.waitSignal(question.failed) as failed:
        question.ask(find)
    assert failed.args == ["This cannot be shown."]


def test_end_of_the_asker_waits_for_the_thread(qtbot: QtBot) -> None:
    question = BackgroundQuestion("test")
    ended = threading.Event()

    def find() -> None:
        ended.wait(0.05)
        ended.set()

    question.ask(find)
    question.deleteLater()
    with qtbot.waitSignal(question.destroyed):
        pass
    assert ended.is_set()
