"""What the user means, and the plan: the ordered intentions and nothing else.

The map of UIDs, the files and the references that follow are derived from these (``mapping``) and from
the table of UIDs already issued (``issued``), so a plan is small whatever it is about.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

from uidscope.core.errors import UsageError

SelectorKind = Literal["patient", "study", "series", "instance", "file", "rule"]
IntentionKind = Literal["instances", "derived-series", "copy", "pseudonymous", "repair"]

SELECTOR_KINDS: Final[tuple[SelectorKind, ...]] = get_args(SelectorKind)
INTENTION_KINDS: Final[tuple[IntentionKind, ...]] = get_args(IntentionKind)

_LONGEST_DESCRIPTION: Final = 64  # characters of one LO value (PS3.5 6.2)


def table_column(kind: IntentionKind | None) -> str:
    """Return which column of the table of UI elements tells what an intention does; None: it only follows."""
    return "instances" if kind in (None, "repair") else str(kind)


class Selector(NamedTuple):
    """One part of a selection: a Patient ID, a UID, a path or a finding's code, by its kind."""

    kind: SelectorKind
    value: str


@dataclass(frozen=True, slots=True)
class Intention:
    """One thing the user means to do with a selection.

    ``id`` is given once, at creation, and ties the intention to the UIDs issued for it. ``selectors``
    are taken together; without any, everything loaded is meant. ``with_referrers`` adds the loaded
    objects that name an object of the selection; ``renew`` gives those new SOP Instance UIDs too, and
    adds what names them. A ``repair`` is about everything loaded: its selectors of kind ``rule`` say
    which findings are mended (without one, those that need no new identity), the others where.
    ``derivation`` is for ``derived-series``: a repeatable scheme makes other UIDs for each number.
    ``series_description`` is for ``derived-series``; None keeps what each file says.
    """

    id: str
    kind: IntentionKind
    selectors: tuple[Selector, ...] = ()
    with_referrers: bool = False
    renew: bool = False
    series_description: str | None = None
    derivation: int = 1


class Decision(NamedTuple):
    """References to a UID that several different objects bear mean the one in the file at this path."""

    uid: str
    path: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The ordered intentions, and what was decided where they leave something open.

    ``acknowledged`` says that rejection notes, approved objects and verified reports may change.
    """

    intentions: tuple[Intention, ...] = ()
    decisions: tuple[Decision, ...] = ()
    acknowledged: bool = False


def new_intention(
    kind: str,
    selectors: tuple[Selector, ...] = (),
    *,
    with_referrers: bool = False,
    renew: bool = False,
    series_description: str | None = None,
    derivation: int = 1,
) -> Intention:
    """Return an intention with an id of its own.

    Raises ``UsageError`` for a kind that there is not, for what does not go with the kind, and for a
    series description that a file could not hold (LO: 64 characters, no backslash, no control character;
    PS3.5 6.2).
    """
    if kind not in INTENTION_KINDS:
        raise UsageError(f"There is no intention “{kind}”; there are {', '.join(INTENTION_KINDS)}.")
    if kind == "repair" and (with_referrers or renew):
        raise UsageError("A repair writes everything loaded, and what refers to a new UID follows it.")
    if derivation != 1 and (kind != "derived-series" or derivation < 1):
        raise UsageError("A derivation number, from 1, goes with “derived-series” only.")
    if series_description is not None:
        _check_description(kind, series_description)
    return Intention(
        id=secrets.token_hex(8),
        kind=kind,
        selectors=selectors,
        with_referrers=with_referrers,
        renew=renew,
        series_description=series_description,
        derivation=derivation,
    )


def parse_selector(text: str) -> Selector:
    """Read ``KIND=VALUE`` as the command line gives it. Raises ``UsageError``."""
    kind, sign, value = text.partition("=")
    if not sign or not value or kind not in SELECTOR_KINDS:
        raise UsageError(
            f"“{text}” selects nothing: write KIND=VALUE, where KIND is {', '.join(SELECTOR_KINDS)}."
        )
    return Selector(kind, value)


def parse_decision(text: str) -> Decision:
    """Read ``UID=PATH`` as the command line gives it. Raises ``UsageError``."""
    uid, _, path = text.partition("=")
    if not uid or not path:
        raise UsageError(f"“{text}” decides nothing: write UID=PATH.")
    return Decision(uid, path)


def _check_description(kind: str, text: str) -> None:
    if kind != "derived-series":
        raise UsageError("A series description goes with “derived-series” only.")
    if len(text) > _LONGEST_DESCRIPTION:
        raise UsageError(
            f"A series description has at most {_LONGEST_DESCRIPTION} characters; this one has {len(text)}."
        )
    if "\\" in text or not text.isprintable():
        raise UsageError("A series description holds no backslash and no control character.")
