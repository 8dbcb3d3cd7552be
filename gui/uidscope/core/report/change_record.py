"""The change record of an export: one page that says who changed what, when and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from uidscope import __version__
from uidscope.core.export.figures import figures
from uidscope.core.export.request import REJECTION_TITLES, ExportResult
from uidscope.core.plan.intention import Intention, Plan
from uidscope.core.report.html_template import report_template
from uidscope.core.uid.word_files import read_words

STUDIES_SHOWN: Final = 15
_SELECTORS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """What the user says of a change; what is not said is empty."""

    ticket: str = ""
    reason: str = ""
    operator: str = ""


def change_record_html(
    note: ChangeNote, plan: Plan | None, result: ExportResult, digests: Mapping[str, str]
) -> bytes:
    """Return the page (UTF-8); ``digests`` are the SHA-256 of the lists beside the export, by name.

    It names patients nowhere, but its UIDs can be looked up: it is for those who may see the export.
    """
    told = figures(result)
    page = report_template("change_record.html").render(
        note=note,
        words=_words(),
        made=dt.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S %z"),
        version=__version__,
        intentions=[list(_intention_lines(intention)) for intention in (plan.intentions if plan else ())],
        result=result,
        figures=told,
        changes=Counter(file.changed for file in result.files),
        studies=result.studies[:STUDIES_SHOWN],
        more_studies=max(0, len(result.studies) - STUDIES_SHOWN),
        rejection_titles=REJECTION_TITLES,
        digests=digests,
    )
    return page.encode("utf-8", "backslashreplace") + b"\n"


def _intention_lines(intention: Intention) -> Iterator[str]:
    """What was meant, and what it was about."""
    words = _words()
    yield words["intentions"][intention.kind]
    if not intention.selectors:
        yield words["everything"]
    for selector in intention.selectors[:_SELECTORS_SHOWN]:
        yield f"{words['selectors'][selector.kind]}: {selector.value}"
    if len(intention.selectors) > _SELECTORS_SHOWN:
        yield words["more_selectors"].format(number=len(intention.selectors) - _SELECTORS_SHOWN)
    if intention.with_referrers:
        yield words["renewed_referrers" if intention.renew else "referrers"]


def _words() -> dict[str, Any]:
    words: dict[str, Any] = read_words("change_record")
    return words
