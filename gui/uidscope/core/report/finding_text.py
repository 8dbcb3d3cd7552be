"""One finding as plain text, for a ticket or a mail."""

from __future__ import annotations

from typing import Final

from uidscope.core.catalog.findings import KeptFinding, finding_occurrences
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.store import Catalog
from uidscope.core.judge.rule_table import rule as rule_of
from uidscope.core.report.finding_origin import finding_origin
from uidscope.core.report.screen_names import SCREEN_AS_IN_FILES, ScreenNames
from uidscope.core.report.visible import visible
from uidscope.core.report.words import message, rule_words
from uidscope.core.uid.phrases import phrase

_FILES_NAMED: Final = 20


def finding_text(catalog: Catalog, finding: KeptFinding, names: ScreenNames = SCREEN_AS_IN_FILES) -> str:
    """Return what a finding says, why it matters, how to mend it, where its files come from and lie."""
    words = rule_words(finding.rule)
    citation = rule_of(finding.rule).citation
    origin = finding_origin(catalog, finding.id)
    lines = [
        f"{words.title} ({', '.join(filter(None, (finding.rule, citation)))})",
        message(names.finding(finding)),
        words.why,
        words.fix,
    ]
    if origin.first_date:
        lines.append(f"{phrase('First seen')}: {visible(origin.first_date)}")
    lines += [f"{phrase('Device')}: {visible(', '.join(filter(None, device)))}" for device in origin.devices]
    listed = finding_occurrences(catalog, finding.id, limit=_FILES_NAMED)
    paths = display_paths(catalog, listed)
    lines.append(f"{phrase('Files')}: {finding.file_count}")
    lines += [f"  {visible(names.file(paths[occurrence]))}" for occurrence in listed if occurrence in paths]
    if finding.file_count > len(listed):
        lines.append("  ...")
    return names.text("\n".join(lines))
