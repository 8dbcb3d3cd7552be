"""How a command ends: one sentence on standard error and the exit status design gives it."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec

import click

from uidscope.core.errors import Cancelled, DecisionNeeded, UidscopeError

P = ParamSpec("P")

DONE, FOUND = 0, 1


def ends_in_a_sentence(command: Callable[P, int]) -> Callable[P, None]:
    """Turn what a command returns or raises into the exit status."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            status = command(*args, **kwargs)
        except DecisionNeeded as error:
            _say(str(error))
            for decision in error.decisions:
                _say(f"  {decision}")
            status = error.exit_status
        except UidscopeError as error:
            _say(str(error))
            status = error.exit_status
        except KeyboardInterrupt:
            _say("Cancelled.")
            status = Cancelled.exit_status
        except BrokenPipeError:
            # The reader of our output has gone, as `head` does; nobody is left to tell.
            sys.stderr.close()
            status = DONE
        except OSError as error:
            _say(f"{_named(error)}: {error.strerror or error}.")
            status = UidscopeError.exit_status
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:  # noqa: BLE001 - its text may quote a file, and a traceback would show it
            status = _tell_own_fault(error)
        raise SystemExit(status)

    return run


def _tell_own_fault(error: Exception) -> int:
    """Say that the program is at fault, and keep where: places in the program, never a value."""
    _say(f"Something went wrong in the program itself ({type(error).__name__}).")
    from uidscope.core.crash_report import keep_crash  # noqa: PLC0415 - else every start would wait for it

    kept = keep_crash(error)
    if kept:
        _say(f"Where it happened, without anything of your files: {kept}")
    return UidscopeError.exit_status


def _say(sentence: str) -> None:
    """Tell on standard error; where it takes nothing, as on a full disk, the exit status says it alone."""
    try:
        click.echo(sentence.encode("utf-8", "backslashreplace").decode("utf-8"), err=True)
    except OSError:
        # What could not be written would be tried again at the very end, and change the status.
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - to the end of the program


def _named(error: OSError) -> str:
    return str(error.filename) if error.filename else "Input or output failed"
