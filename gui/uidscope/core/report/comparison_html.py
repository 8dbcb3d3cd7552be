"""A comparison of two folders as one HTML file without anything from elsewhere; every value is escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined

from uidscope.core.report.comparison import (
    ComparedFolders,
    differing_by_study,
    heading,
    not_loaded,
    studies,
)
from uidscope.core.report.comparison_words import comparison_words, conclusion, difference_words
from uidscope.core.report.visible import visible
from uidscope.core.uid.resource_files import read_text

INSTANCES_SHOWN: Final = 500
FILES_SHOWN: Final = 20


def comparison_html(compared: ComparedFolders) -> Iterator[str]:
    """Yield the report in pieces; of each study ``INSTANCES_SHOWN`` instances are listed."""
    environment = Environment(
        loader=FunctionLoader(lambda name: read_text("templates", name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.globals["difference_words"] = difference_words
    template = environment.get_template("comparison.html")
    yield from template.generate(
        heading=heading(compared),
        words=comparison_words(),
        conclusion=conclusion(compared.result),
        made=dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        studies=list(studies(compared)),
        differing=differing_by_study(compared),
        not_loaded=list(not_loaded(compared)),
        instances_shown=INSTANCES_SHOWN,
        files_shown=FILES_SHOWN,
    )
    yield "\n"
