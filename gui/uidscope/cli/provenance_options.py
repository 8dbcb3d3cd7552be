"""The options of ``regenerate`` that say what the files written tell of their past."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from uidscope.core.plan.provenance_choices import DEFAULT_SYSTEM, ProvenanceChoices

Command = Callable[..., Any]

_OPTIONS = (
    click.option(
        "--original-attributes/--no-original-attributes",
        default=None,
        help="Keep the replaced values in (0400,0561).  [default: yes, but for copy and pseudonymous]",
    ),
    click.option(
        "--contributing-equipment/--no-contributing-equipment",
        default=None,
        help="Say in (0018,A001) that this program took part.  [default: no]",
    ),
    click.option(
        "--source-reference/--no-source-reference",
        default=None,
        help="For derived-series: name the object that each new one was made from.  [default: no]",
    ),
    click.option(
        "--modifying-system",
        default=DEFAULT_SYSTEM,
        show_default=True,
        metavar="TEXT",
        help="Who replaced the values, for (0400,0563).",
    ),
    click.option(
        "--previous-values-from",
        default="",
        metavar="TEXT",
        help="Who gave the replaced values, for (0400,0564).  [default: not known]",
    ),
)


def provenance_options(command: Command) -> Command:
    """Add the options; the command takes what was chosen as its keyword argument ``provenance``."""

    @functools.wraps(command)
    def with_provenance(
        *,
        original_attributes: bool | None,
        contributing_equipment: bool | None,
        source_reference: bool | None,
        modifying_system: str,
        previous_values_from: str,
        **others: Any,
    ) -> Any:
        chosen = ProvenanceChoices(
            original_attributes=original_attributes,
            contributing_equipment=contributing_equipment,
            source_reference=source_reference,
            modifying_system=modifying_system,
            source_of_previous_values=previous_values_from,
        )
        return command(provenance=chosen, **others)

    for option in reversed(_OPTIONS):
        with_provenance = option(with_provenance)
    return with_provenance
