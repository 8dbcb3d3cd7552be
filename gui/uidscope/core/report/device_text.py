"""One device with its findings as plain text, for a ticket to its vendor or a mail."""

from __future__ import annotations

from collections.abc import Iterator

from uidscope.core.catalog.devices import DeviceFindings, DeviceRule
from uidscope.core.report.counted import counted
from uidscope.core.report.device_words import device_words, period_words
from uidscope.core.report.words import consequence_words, rule_words
from uidscope.core.uid.phrases import phrase


def device_text(group: DeviceFindings) -> str:
    """Return the device, its files and their time, and for each rule how many findings since when."""
    return "\n".join(_lines(group)) + "\n"


def _lines(group: DeviceFindings) -> Iterator[str]:
    yield device_words(group.device)
    yield f"  {counted(group.files, 'file')}, {period_words(group.first_date, group.last_date)}"
    for rule in group.rules:
        yield from _of_rule(rule)


def _of_rule(rule: DeviceRule) -> Iterator[str]:
    words = rule_words(rule.rule)
    consequence = consequence_words(words.consequence)
    yield f"  {phrase(rule.severity.upper())} {rule.rule}  {words.title}: {consequence}"
    yield (
        f"      {counted(rule.findings, 'finding')} in {counted(rule.files, 'file')}, "
        f"{period_words(rule.first_date, rule.last_date)}"
    )
