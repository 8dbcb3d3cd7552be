"""What is done is recorded where it is done, in the log that the window or the command line has opened.

Without an open log nothing is recorded: whoever uses the core as a library keeps a log of their own.
A record that cannot be written never stops the work; that is told once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from uidscope.core.audit.event import Action, AuditEvent, Outcome, as_object
from uidscope.core.audit.log_file import AuditLogFile
from uidscope.core.errors import Cancelled

SWITCH: Final = "UIDSCOPE_AUDIT_LOG"
"""The environment variable that keeps the log away: ``off``."""


@dataclass(slots=True)
class Record:
    """What there is to tell of work under way; filled in while it goes on."""

    action: Action
    counts: dict[str, int] = field(default_factory=dict)
    studies: tuple[str, ...] = ()
    outcome: Outcome = "success"

    def count(self, counts: Mapping[str, int]) -> None:
        """Tell how many there were."""
        self.counts.update(counts)


class _Open:
    def __init__(self) -> None:
        self.log: AuditLogFile | None = None
        self.tell: Callable[[str], None] = lambda _sentence: None
        self.has_failed = False
        self.guard = threading.Lock()


_open = _Open()


def is_wanted() -> bool:
    """Whether the environment lets a log be kept."""
    return os.environ.get(SWITCH, "").strip().lower() not in ("off", "0", "no", "false")


def open_log(log: AuditLogFile, tell: Callable[[str], None]) -> None:
    """Record from now on into this log; ``tell`` gets a sentence, once, where that fails, in any thread."""
    _open.log, _open.tell, _open.has_failed = log, tell, False


def close_log() -> None:
    """Record nothing from now on."""
    _open.log = None


@contextlib.contextmanager
def log_kept(tell: Callable[[str], None]) -> Iterator[None]:
    """While this lasts, record into the user's log, unless the environment says not to."""
    if not is_wanted():
        yield
        return
    open_log(AuditLogFile(), tell)
    try:
        yield
    finally:
        close_log()


@contextlib.contextmanager
def recorded(action: Action, studies: Callable[[], Iterable[str]] = tuple) -> Iterator[Record]:
    """Record what the block does, however it ends; ``studies`` is asked at the end, if there is a log."""
    record, detail = Record(action), ""
    try:
        yield record
    except BaseException as error:
        # An interrupt of the keyboard is a cancel; the text of an error may hold a path.
        record.outcome = "cancelled" if isinstance(error, Cancelled | KeyboardInterrupt) else "failed"
        detail = "" if record.outcome == "cancelled" else type(error).__name__
        raise
    finally:
        if _open.log is not None:
            _write(_open.log, record, detail, studies)


def _write(log: AuditLogFile, record: Record, detail: str, studies: Callable[[], Iterable[str]]) -> None:
    """Never raises: the log is not what the user came for."""
    try:
        event = AuditEvent(
            record.action,
            dt.datetime.now(dt.UTC),
            record.outcome,
            detail,
            record.counts,
            record.studies or tuple(studies()),
        )
        with _open.guard:
            log.append(as_object(event))
    except Exception as error:  # noqa: BLE001 - a catalog that was closed, a full disk, a folder of another
        if not _open.has_failed:
            _open.has_failed = True
            reason = getattr(error, "strerror", None) or type(error).__name__
            _open.tell(f"The audit log cannot be written: {reason}. The work goes on without it.")
