"""Every error the core raises on purpose.

UidscopeError
├── UsageError            the caller's words are off                     exit status 2
├── InputError            a path that is not there or cannot be read     exit status 3
├── OutputError           a target that cannot or must not be written    exit status 3
├── VerificationError     what was written is not what was planned       exit status 3
├── DecisionNeeded        the user must choose; lists what               exit status 4
└── Cancelled             the user said stop                             exit status 130

The text of each is one clear sentence for the user. It carries no patient data but the paths the
user gave.
"""

from __future__ import annotations

from collections.abc import Callable


class _Telling:
    """How an error's sentence, which is made in English, is told."""

    said: Callable[[str], str] = str


def tell_errors_with(translate: Callable[[str], str]) -> None:
    """Have every error told through a function from its English sentence on, in the whole program."""
    _Telling.said = staticmethod(translate)


class UidscopeError(Exception):
    """Base of all errors raised on purpose; ``str()`` is one sentence for the user, in their language."""

    exit_status = 3

    def __str__(self) -> str:
        return _Telling.said(super().__str__())


class UsageError(UidscopeError):
    """The caller's words are off: an unknown scheme, a root that is too long."""

    exit_status = 2


class InputError(UidscopeError):
    """A path that is not there, or a whole source that cannot be read."""


class OutputError(UidscopeError):
    """A target that cannot be written, or must not be (inside a source, already there)."""


class VerificationError(UidscopeError):
    """What was read back differs from what was planned; nothing was published."""


class DecisionNeeded(UidscopeError):
    """The program will not guess: ``decisions`` lists what the user must choose, a sentence each."""

    exit_status = 4

    def __init__(self, sentence: str, decisions: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.decisions = decisions


class Cancelled(UidscopeError):
    """The user cancelled; whatever had been done until then is kept as the caller promises."""

    exit_status = 130
