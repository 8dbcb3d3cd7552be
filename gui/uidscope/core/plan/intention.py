"""What the user means, and the plan: the ordered intentions and nothing else.

The map of UIDs, the files and the references that follow are derived from these (``mapping``) and from
the table of UIDs already issued (``issued``), so a plan is small whatever it is about.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

from uidscope.core.errors import UsageError
from uidscope.core.plan.copy_choices import KEEP_ALL, CopyChoices
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.provenance_choices import NOTHING_CHOSEN, ProvenanceChoices, check_provenance

SelectorKind = Literal["patient", "study", "series", "instance", "file", "rule"]
IntentionKind = Literal["instances", "derived-series", "copy", "pseudonymous", "move", "repair"]

SELECTOR_KINDS: Final[tuple[SelectorKind, ...]] = get_args(SelectorKind)
INTENTION_KINDS: Final[tuple[IntentionKind, ...]] = get_args(IntentionKind)

_LONGEST_DESCRIPTION: Final = 64  # characters of one LO value (PS3.5 6.2)


def table_column(kind: IntentionKind | None) -> str:
    """Return which column of the table of UI elements tells what an intention does; None: it only follows.

    A move puts objects into another series, as ``derived-series`` does.
    """
    if kind == "move":
        return "derived-series"
    return "instances" if kind in (None, "repair") else str(kind)


class Into(NamedTuple):
    """Where a ``move`` goes: the loaded study (into new series of it) or series that bears this UID."""

    level: Literal["study", "series"]
    uid: str


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
    ``series_description`` is for ``derived-series``; None keeps what each file says. ``into`` is where a
    ``move`` goes. ``choices`` say what a ``copy`` takes along of the order that its original answers.
    ``new_frame_of_reference`` is for ``copy`` and ``derived-series``: the selection gets a frame of
    reference of its own, also where objects outside it share the old one. ``provenance`` says what the
    files tell of their past; of several repairs in a plan, that of the last one counts.
    """

    id: str
    kind: IntentionKind
    selectors: tuple[Selector, ...] = ()
    with_referrers: bool = False
    renew: bool = False
    series_description: str | None = None
    derivation: int = 1
    into: Into | None = None
    choices: CopyChoices = KEEP_ALL
    new_frame_of_reference: bool = False
    provenance: ProvenanceChoices = NOTHING_CHOSEN


class Decision(NamedTuple):
    """References to a UID that several different objects bear mean the one in the file at this path."""

    uid: str
    path: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The ordered intentions, and what was decided where they leave something open.

    ``acknowledged`` says that rejection notes, approved objects and verified reports may change.
    ``kept`` are the rows of the map that the user switched off, so that the old UID stays, and
    ``by_hand`` those that get a UID the user typed, with it. ``replace_leftovers`` says that the new UIDs
    also replace the old ones that stand in texts (FILE-05).
    """

    intentions: tuple[Intention, ...] = ()
    decisions: tuple[Decision, ...] = ()
    acknowledged: bool = False
    kept: frozenset[RowKey] = frozenset()
    by_hand: tuple[tuple[RowKey, str], ...] = ()
    replace_leftovers: bool = False


def new_intention(
    kind: str,
    selectors: tuple[Selector, ...] = (),
    *,
    with_referrers: bool = False,
    renew: bool = False,
    series_description: str | None = None,
    derivation: int = 1,
    into: Into | None = None,
    choices: CopyChoices = KEEP_ALL,
    new_frame_of_reference: bool = False,
    provenance: ProvenanceChoices = NOTHING_CHOSEN,
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
    if kind == "move" and into is None:
        raise UsageError("A move needs the loaded study or series to go into.")
    if kind != "move" and into is not None:
        raise UsageError("A study or series to go into goes with “move” only.")
    if choices != KEEP_ALL and kind != "copy":
        raise UsageError("What is emptied of the order goes with “copy” only.")
    if new_frame_of_reference and kind not in ("copy", "derived-series"):
        raise UsageError("A new frame of reference for a part goes with “copy” and “derived-series” only.")
    check_provenance(kind, provenance)
    return Intention(
        id=secrets.token_hex(8),
        kind=kind,
        selectors=selectors,
        with_referrers=with_referrers,
        renew=renew,
        series_description=series_description,
        derivation=derivation,
        into=into,
        choices=choices,
        new_frame_of_reference=new_frame_of_reference,
        provenance=provenance,
    )


def parse_into(study: str | None, series: str | None) -> Into | None:
    """Put together the two places that may be given to move into; none of them gives None.

    Raises ``UsageError`` where both are given.
    """
    if study and series:
        raise UsageError("Give a study or a series to move into, not both.")
    if study:
        return Into("study", study)
    return Into("series", series) if series else None


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
