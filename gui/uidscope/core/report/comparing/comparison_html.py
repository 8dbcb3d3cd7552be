"""A comparison of two folders as one HTML file without anything from elsewhere; every value is escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from uidscope.core.report.comparing.comparison import (
    ComparedFolders,
    differing_by_study,
    heading,
    not_loaded,
    studies,
)
from uidscope.core.report.comparing.comparison_words import comparison_words, conclusion
from uidscope.core.report.html_template import report_template

INSTANCES_SHOWN: Final = 500
FILES_SHOWN: Final = 20


def comparison_html(compared: ComparedFolders) -> Iterator[str]:
    """Yield the report in pieces; of each study ``INSTANCES_SHOWN`` instances are listed."""
    template = report_template("comparison.html")
    yield from template.generate(
        heading=heading(compared),
        masked=compared.masked,
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
