"""Errors that nobody caught: told on standard error by their place, and kept as a report."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import qVersion

from uidscope.core.crash_report import fatal_ends_kept, keep_crash, places


@contextmanager
def crashes_kept() -> Iterator[None]:
    """While this lasts, every error that nobody catches, in any thread, leaves a report.

    So does one that ends it: the interpreter, which would quote its text, finds our hook.
    """
    before = sys.excepthook, threading.excepthook
    sys.excepthook = _keep
    threading.excepthook = _keep_of_thread
    with fatal_ends_kept():
        yield
    sys.excepthook, threading.excepthook = before


def _keep(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _tell_place(kind, trace)
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    keep_crash(error.with_traceback(trace), {"Qt": qVersion()})


def _keep_of_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        _keep(args.exc_type, args.exc_value, args.exc_traceback)


def _tell_place(kind: type[BaseException], trace: TracebackType | None) -> None:
    """Say where it happened, and never the error's text, which may quote a file."""
    told = " < ".join(reversed(places(trace))) or "an unknown place"
    print(f"uidscope: {kind.__name__} at {told}", file=sys.stderr)  # noqa: T201 - the last resort
