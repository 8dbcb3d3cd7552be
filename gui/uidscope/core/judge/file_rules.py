"""FILE-01 to FILE-04: what the reader saw wrong with a file itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from uidscope.core.catalog.entity import file_faults
from uidscope.core.catalog.finding import Finding
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule

_CODES: Final = ("FILE-01", "FILE-02", "FILE-03", "FILE-04")


def faulty_files(inquiry: Inquiry) -> Iterator[Finding]:
    """Find FILE-01 to FILE-04: one finding for each rule and file."""
    for fault in file_faults(inquiry.catalog, _CODES):
        inquiry.cancel.raise_if_cancelled()
        path, detail = fault.details[0]
        yield rule(fault.rule).finding(
            "file",
            "",
            (fault.occurrence_id,),
            path=path,
            facts={
                "detail": detail,
                "elements": tuple(dict.fromkeys(path for path, _ in fault.details if path)),
                "times": len(fault.details),
            },
        )


CHECKS: Final = (Check(_CODES, faulty_files),)
