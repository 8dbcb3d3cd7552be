"""A loaded catalog to findings."""

from __future__ import annotations

from collections.abc import Iterator

from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.leftover_rules import CHECKS as LEFTOVERS
from uidscope.core.judge.rule import Inquiry
from uidscope.core.judge.rule_book import CHECKS
from uidscope.core.progress import CancelToken, Progress, ProgressCallback, ignore_progress


def judge(
    catalog: Catalog,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
    *,
    leftovers: bool = True,
) -> Iterator[Finding]:
    """Yield what every check finds in a finished catalog (``CatalogWriter.finish``), check by check.

    Files are read again, read-only, where several bear one SOP Instance UID, and all of them where
    ``leftovers`` (FILE-05) are looked for. Progress counts checks (``checking``), and files
    while leftovers are looked for (``searching``). Raises ``Cancelled``.
    """
    inquiry = Inquiry(catalog, cancel or CancelToken(), progress)
    checks = CHECKS if leftovers else tuple(check for check in CHECKS if check not in LEFTOVERS)
    for done, check in enumerate(checks):
        inquiry.cancel.raise_if_cancelled()
        progress(Progress("checking", done, len(checks)))
        for finding in check.find(inquiry):
            inquiry.cancel.raise_if_cancelled()
            yield finding
    progress(Progress("checking", len(checks), len(checks)))
