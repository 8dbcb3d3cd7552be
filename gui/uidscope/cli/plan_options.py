"""The options of ``regenerate`` that say what is meant, and what becomes of single UIDs."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from uidscope.core.errors import UsageError
from uidscope.core.export.crosswalk import read_crosswalk
from uidscope.core.plan.copy_choices import COPY_QUESTIONS, emptying
from uidscope.core.plan.earlier import earlier_uids
from uidscope.core.plan.intention import (
    INTENTION_KINDS,
    SELECTOR_KINDS,
    Plan,
    new_intention,
    parse_decision,
    parse_into,
    parse_selector,
)
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.provenance_choices import NOTHING_CHOSEN, ProvenanceChoices
from uidscope.core.plan.rows import parse_typed
from uidscope.core.plan.undone import Undo, undone_uids
from uidscope.core.project_file import Project, read_project

Command = Callable[..., Any]

_OPTIONS = (
    click.option("--as", "kind", type=click.Choice(INTENTION_KINDS), help="What is meant."),
    click.option(
        "--select",
        "selectors",
        multiple=True,
        metavar="KIND=VALUE",
        help=f"What it is about; KIND is {', '.join(SELECTOR_KINDS)}. Without one, everything loaded.",
    ),
    click.option(
        "--decide",
        "decided",
        multiple=True,
        metavar="UID=PATH",
        help="Where different objects bear one UID: references to it mean the object in this file.",
    ),
    click.option(
        "--acknowledge",
        is_flag=True,
        help="Change rejection notes, approved radiotherapy objects and verified reports too.",
    ),
    click.option(
        "--with-referrers", is_flag=True, help="Also write loaded objects that refer into the selection."
    ),
    click.option(
        "--renew", is_flag=True, help="Give those new SOP Instance UIDs, and so on along the references."
    ),
    click.option(
        "--new-frame-of-reference",
        is_flag=True,
        help="For copy and derived-series: a frame of reference of its own, also where others share the old"
        " one.",
    ),
    click.option("--keep", multiple=True, metavar="UID", help="Leave this UID as it is; may be repeated."),
    click.option(
        "--set",
        "typed",
        multiple=True,
        metavar="OLD=NEW",
        help="Give this UID a new one of your own; may be repeated.",
    ),
    click.option(
        "--series-description", metavar="TEXT", help="For derived-series: the new Series Description."
    ),
    click.option("--into-study", metavar="UID", help="For move: the loaded study to go into, as new series."),
    click.option("--into-series", metavar="UID", help="For move: the loaded series to go into."),
    click.option(
        "--empty",
        "emptied",
        multiple=True,
        type=click.Choice(COPY_QUESTIONS),
        help="For copy: do not take this link to the original's order along; may be repeated."
        "  [default: keep]",
    ),
    click.option(
        "--derivation",
        type=click.IntRange(min=1),
        default=1,
        help="For derived-series with a key: which derivation of the same source this is.  [default: 1]",
    ),
    click.option(
        "--replace-leftovers",
        is_flag=True,
        help="Replace old UIDs that stand in texts and private elements (FILE-05) too, where the text has"
        " room.",
    ),
    click.option(
        "--map",
        "maps",
        multiple=True,
        metavar="FILE",
        help="A crosswalk.csv or manifest.json of an earlier export of the same kind: its old UIDs become"
        " the same new ones again.",
    ),
    click.option(
        "--undo",
        "undone",
        multiple=True,
        metavar="FILE",
        help="A crosswalk.csv or manifest.json of the delivery in PATH, instead of --as: its new UIDs become"
        " the old ones again. Nothing else comes back.",
    ),
    click.option(
        "--project",
        metavar="FILE",
        help="Carry out the plan of this project, with the UIDs that were issued for it, instead of --as.",
    ),
    click.option(
        "--save-project",
        metavar="FILE",
        help="Keep the plan and every UID issued in this project, for a later delivery.",
    ),
)


@dataclass(frozen=True, slots=True)
class PlanChoices:
    """The plan as it was asked for, the UIDs already issued for it, and where both are kept afterwards.

    ``keep`` and ``typed`` are what is to become of single UIDs. ``project`` is what the plan was read from.
    Where there is an ``undo``, the plan is empty.
    """

    plan: Plan
    issued: IssuedUids
    keep: tuple[str, ...]
    typed: tuple[tuple[str, str], ...]
    project: Project | None
    save_project: str | None
    undo: Undo | None = None


def plan_options(command: Command) -> Command:
    """Add the options; the command takes what was chosen as its keyword argument ``choices``.

    It takes ``provenance`` from the options of that name.
    """

    @functools.wraps(command)
    def with_plan(
        *,
        keep: tuple[str, ...],
        typed: tuple[str, ...],
        maps: tuple[str, ...],
        undone: tuple[str, ...],
        project: str | None,
        save_project: str | None,
        provenance: ProvenanceChoices,
        **others: Any,
    ) -> Any:
        asked = {name: others.pop(name) for name in _OF_THE_PLAN}
        by_hand = tuple(parse_typed(text) for text in typed)
        if undone:
            others_asked = keep or typed or maps or project or save_project or provenance != NOTHING_CHOSEN
            undo = _asked_undo(undone, asked, alone=not others_asked)
            return command(choices=PlanChoices(Plan(), IssuedUids(), (), (), None, None, undo), **others)
        read = None if project is None else read_project(project)
        if read is None:
            plan = _asked_plan(provenance=provenance, **asked)
            issued = IssuedUids(earlier_uids(entry for path in maps for entry in read_crosswalk(path)))
        else:
            if maps or provenance != NOTHING_CHOSEN or asked != _USUAL:
                raise UsageError("A project says itself what is meant: nothing else may be said beside it.")
            plan, issued = read.plan, read.issued_uids()
        choices = PlanChoices(plan, issued, keep, by_hand, read, save_project)
        return command(choices=choices, **others)

    for option in reversed(_OPTIONS):
        with_plan = option(with_plan)
    return with_plan


_USUAL: dict[str, Any] = {
    "kind": None,
    "selectors": (),
    "decided": (),
    "acknowledge": False,
    "with_referrers": False,
    "renew": False,
    "new_frame_of_reference": False,
    "series_description": None,
    "into_study": None,
    "into_series": None,
    "emptied": (),
    "derivation": 1,
    "replace_leftovers": False,
}
_OF_THE_PLAN = tuple(_USUAL)
_OF_AN_UNDO = frozenset({"selectors", "acknowledge", "replace_leftovers"})


def _asked_undo(lists: tuple[str, ...], asked: dict[str, Any], *, alone: bool) -> Undo:
    if not alone or any(asked[name] != _USUAL[name] for name in _USUAL.keys() - _OF_AN_UNDO):
        raise UsageError("Beside --undo only --select, --acknowledge and --replace-leftovers mean anything.")
    return Undo(
        undone_uids(entry for path in lists for entry in read_crosswalk(path)),
        tuple(parse_selector(text) for text in asked["selectors"]),
        acknowledged=asked["acknowledge"],
        replace_leftovers=asked["replace_leftovers"],
    )


def _asked_plan(
    *,
    kind: str | None,
    selectors: tuple[str, ...],
    decided: tuple[str, ...],
    acknowledge: bool,
    with_referrers: bool,
    renew: bool,
    new_frame_of_reference: bool,
    series_description: str | None,
    into_study: str | None,
    into_series: str | None,
    emptied: tuple[str, ...],
    derivation: int,
    replace_leftovers: bool,
    provenance: ProvenanceChoices,
) -> Plan:
    if kind is None:
        raise UsageError(f"Say what is meant: --as {', '.join(INTENTION_KINDS)}, or --project FILE.")
    meant = new_intention(
        kind,
        tuple(parse_selector(text) for text in selectors),
        with_referrers=with_referrers,
        renew=renew,
        new_frame_of_reference=new_frame_of_reference,
        series_description=series_description,
        derivation=derivation,
        into=parse_into(into_study, into_series),
        choices=emptying(emptied),
        provenance=provenance,
    )
    decisions = tuple(parse_decision(text) for text in decided)
    return Plan((meant,), decisions, acknowledge, replace_leftovers=replace_leftovers)
