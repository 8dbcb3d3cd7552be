"""Known files asked for: those that are there, those that are not, and a file system that does not answer."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from uidscope.core.errors import Cancelled
from uidscope.core.progress import CancelToken
from uidscope.core.read.out_of_reach import KnownFile, Lost, ReachCheck


@pytest.fixture
def known(tmp_path: Path) -> list[KnownFile]:
    """Three folders of two files each, of which the first is known."""
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        for name in ("1.dcm", "2.dcm"):
            (tmp_path / folder / name).touch()
    return [KnownFile(number, str(tmp_path / folder), "1.dcm") for number, folder in enumerate("abc")]


def test_nothing_is_lost_where_every_file_is_there(known: list[KnownFile]) -> None:
    assert ReachCheck().lost(known, CancelToken()) == []


def test_a_folder_that_is_gone_and_one_that_has_lost_its_file(known: list[KnownFile], tmp_path: Path) -> None:
    (tmp_path / "a").rename(tmp_path / "moved")
    (tmp_path / "c" / "1.dcm").unlink()
    check = ReachCheck()
    assert check.lost(known, CancelToken()) == [Lost(0, frozenset()), Lost(2, frozenset({"2.dcm"}))]
    (tmp_path / "moved").rename(tmp_path / "a")
    assert [lost.number for lost in check.lost(known, CancelToken())] == [2]


@pytest.fixture
def hang(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The second folder hangs, as a dead share does, until this is set."""
    answer, stat = threading.Event(), os.stat

    def hanging(path: Any, **how: Any) -> os.stat_result:
        if isinstance(path, str) and os.path.basename(os.path.dirname(path)) == "b":
            answer.wait()
        return stat(path, **how)

    monkeypatch.setattr("uidscope.core.read.out_of_reach.os.stat", hanging)
    yield answer
    answer.set()


def test_a_file_system_that_does_not_answer_is_given_up(
    known: list[KnownFile], hang: threading.Event
) -> None:
    check = ReachCheck(patience=0.1)
    assert [lost.number for lost in check.lost(known, CancelToken())] == [1, 2]
    before = threading.active_count()
    assert [lost.number for lost in check.lost(known, CancelToken())] == [
        0,
        1,
        2,
    ]  # nothing more is asked of it
    assert threading.active_count() == before
    hang.set()
    for thread in threading.enumerate():
        if thread.name == "out of reach":
            thread.join()
    assert check.lost(known, CancelToken()) == []


def test_it_stops_when_it_is_asked_to_though_nothing_answers(
    known: list[KnownFile], hang: threading.Event
) -> None:
    cancel = CancelToken()
    threading.Timer(0.1, cancel.cancel).start()
    with pytest.raises(Cancelled):
        ReachCheck(patience=60).lost(known, cancel)
