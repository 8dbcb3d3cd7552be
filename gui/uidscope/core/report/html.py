"""The inspection as one HTML file without anything from elsewhere; every value is escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from uidscope.core.catalog.store import Catalog
from uidscope.core.report.inspection import findings, heading, not_loaded
from uidscope.core.report.visible import visible
from uidscope.core.report.words import rule_words
from uidscope.core.uid.resource_files import read_text

FILES_SHOWN = 20


def inspection_html(catalog: Catalog) -> Iterator[str]:
    """Yield the report in pieces."""
    environment = Environment(
        loader=FunctionLoader(lambda name: read_text("templates", name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    template = environment.get_template("inspection.html")
    yield from template.generate(
        heading=heading(catalog),
        made=dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        rules=_by_rule(findings(catalog)),
        not_loaded=list(not_loaded(catalog)),
        files_shown=FILES_SHOWN,
    )
    yield "\n"


def _by_rule(found: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    rules = []
    for (rule, severity), group in groupby(found, key=lambda each: (each["rule"], each["severity"])):
        members = list(group)
        rules.append(
            {
                "code": rule,
                "severity": severity,
                "words": rule_words(rule),
                "citation": members[0]["citation"],
                "findings": members,
            }
        )
    return rules
