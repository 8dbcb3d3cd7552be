"""What every scheme for new UIDs has in common: its options, its budget, its one method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from uidscope.core.errors import UsageError
from uidscope.core.uid.syntax import LONGEST_UID

MAIN_DOMAIN: Final = b"uid"


@dataclass(frozen=True, slots=True)
class SchemeOptions:
    """How new UIDs are to be made.

    ``name`` is one of ``schemes.SCHEME_NAMES``. ``root`` has no trailing point; ``uuid`` takes none,
    ``keyed`` may do without. ``product``, ``version`` and ``site`` are numbers for ``long``, and so are
    ``study``, ``series`` and ``image``, which count by themselves where they are empty. ``serial`` is the
    installation's number for ``installation`` (``installation_serial`` makes one of any serial number),
    ``key`` the 32 bytes for ``keyed``.
    """

    name: str = "uuid"
    root: str = ""
    product: str = "1"
    version: str = "1"
    site: str = "1"
    study: str = ""
    series: str = ""
    image: str = ""
    serial: str = ""
    key: bytes | None = field(default=None, repr=False)


class Budget(NamedTuple):
    """How the 64 characters of a UID are spent (PS3.5 9.1).

    ``root`` characters are the root's, ``fixed`` at most are those that the scheme adds (its points
    included), ``longest`` is the sum, and ``remains`` what is left of 64. A scheme that fills up what
    room there is would do with fewer: a root of ``longest_root`` characters still fits.
    """

    root: int
    fixed: int
    remains: int
    longest: int
    longest_root: int = 0


class Request(NamedTuple):
    """What a new UID is wanted for; see ``Scheme.new_uid``."""

    kind: str
    old: str
    domain: bytes
    attempt: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to make new UIDs; safe to use from several threads.

    ``name`` is the one that the command line and the settings use.
    """

    name: str
    budget: Budget
    make: Callable[[Request], str] = field(repr=False)

    @property
    def repeatable(self) -> bool:
        """Whether the same old UID always becomes the same new one."""
        return self.name == "keyed"

    def new_uid(self, kind: str, old: str, domain: bytes = MAIN_DOMAIN, attempt: int = 0) -> str:
        """Return a new UID for an entity of this kind that bore the UID ``old``.

        ``kind`` is ``study``, ``series``, ``instance`` or any other word. A repeatable scheme gives
        the same UID for the same ``old``, ``domain`` and ``attempt``; ``attempt`` counts, from 0, the
        values that were refused because they were taken. The others give another one at each call.
        """
        return self.make(Request(kind, old, domain, attempt))


def spend(root: str, fixed: int, least: int | None = None) -> Budget:
    """Return the budget of a scheme that adds ``fixed`` characters to a root, ``least`` where it must."""
    longest = len(root) + fixed
    longest_root = LONGEST_UID - (fixed if least is None else least)
    return Budget(len(root), fixed, LONGEST_UID - longest, longest, longest_root)


def require_room(scheme: str, root: str, fixed: int) -> Budget:
    """Return the budget, or raise ``UsageError`` where the root leaves less than ``fixed`` characters.

    The sentence says how many digits remain; nothing is ever cut off to fit.
    """
    budget = spend(root, fixed)
    if budget.remains < 0:
        remaining = max(0, LONGEST_UID - len(root) - 1)
        raise UsageError(
            f"The root {root} is too long for the scheme “{scheme}”: of {LONGEST_UID} characters it takes "
            f"{len(root)}, so {remaining} digits remain after the point and the scheme needs {fixed - 1}; "
            f"a root of at most {LONGEST_UID - fixed} characters fits."
        )
    return budget


def require_number(what: str, text: str) -> str:
    """Return the text of one part of a UID as the user gave it: digits, no leading zero (PS3.5 9.1).

    Raises ``UsageError`` for any other; ``what`` names it in the sentence.
    """
    if not (text.isascii() and text.isdigit()) or (len(text) > 1 and text.startswith("0")):
        raise UsageError(f"The {what} must be a number without a leading zero, not “{text}”.")
    return text
