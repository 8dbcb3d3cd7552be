"""The inspection as text for a terminal: what was read, what is wrong, what was not loaded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from uidscope.core.catalog.devices import findings_by_device
from uidscope.core.catalog.store import Catalog
from uidscope.core.report.counted import counted, more_line
from uidscope.core.report.device_text import device_text
from uidscope.core.report.inspection import Json, findings, heading, ignored, not_loaded
from uidscope.core.report.not_loaded_text import not_loaded_lines
from uidscope.core.report.shown_names import AS_IN_FILES, ShownNames
from uidscope.core.report.visible import visible
from uidscope.core.report.words import rule_words

_FILES_SHOWN = 3
_FINDINGS_SHOWN = 10


def inspection_text(
    catalog: Catalog, names: ShownNames = AS_IN_FILES, *, by_device: bool = False
) -> Iterator[str]:
    """Yield the text in pieces; long lists are cut, and say by how much.

    The findings stand by rule, or, ``by_device``, only counted: by the device that wrote the files.
    """
    whole = heading(catalog, names)
    counts = whole["counts"]
    yield (
        f"{counted(counts['files'], 'file')}: {counts['loaded']} loaded, {counts['not_loaded']} not loaded.\n"
        f"{counted(counts['patients'], 'patient')}, {counted(counts['studies'], 'study', 'studies')}, "
        f"{counts['series']} series, {counted(counts['instances'], 'instance')}"
        f"{_dicomdirs(counts['dicomdirs'])}.\n"
    )
    yield _references(counts["references"])
    yield from _profile_lines(whole)
    if by_device:
        yield from _device_lines(catalog)
    else:
        yield from _finding_lines(list(findings(catalog, names, most_files=_FILES_SHOWN)))
    yield from _ignored_lines(list(ignored(catalog, names, most_files=_FILES_SHOWN)))
    yield from not_loaded_lines(list(not_loaded(catalog, names)))
    found = counts["findings"]
    yield (
        f"\n{counted(found['error'], 'error')}, {counted(found['warning'], 'warning')}, "
        f"{counted(found['info'], 'note')}.\n"
    )


def _references(states: dict[str, int]) -> str:
    told = [f"{number} {state}" for state, number in states.items() if number]
    return f"References: {', '.join(told)}.\n" if told else ""


def _profile_lines(whole: Json) -> Iterator[str]:
    profile = whole.get("profile")
    if profile is None:
        return
    yield f"Rules by the profile “{visible(profile['name'])}”.\n"
    off = [f"{code} ({number})" for code, number in profile["not_shown"].items()]
    if off:
        yield f"Switched off, with the number of findings not shown: {', '.join(off)}.\n"


def _finding_lines(found: list[Json]) -> Iterator[str]:
    for (rule, severity), group in groupby(found, key=lambda each: (each["rule"], each["severity"])):
        members = list(group)
        words = rule_words(rule)
        many = f" ({len(members)})" if len(members) > 1 else ""
        yield f"\n{severity.upper()} {rule}  {words.title}{many}: {words.consequence}\n"
        for finding in members[:_FINDINGS_SHOWN]:
            citation = f" [{finding['citation']}]" if finding["citation"] else ""
            yield f"  {visible(finding['message'])}{citation}\n"
            for file in finding["files"][:_FILES_SHOWN]:
                yield f"      {visible(file)}\n"
            yield from more_line(finding["file_count"], _FILES_SHOWN, "      ")
        yield from more_line(len(members), _FINDINGS_SHOWN, "  ", " of this rule")


def _ignored_lines(aside: list[Json]) -> Iterator[str]:
    if not aside:
        return
    yield "\nIgnored:\n"
    for (rule, reason), group in groupby(aside, key=lambda each: (each["rule"], each["reason"])):
        members = list(group)
        number = counted(len(members), "finding")
        yield f"  {rule}  {rule_words(rule).title} ({number}), because: {visible(reason)}\n"
        for finding in members[:_FINDINGS_SHOWN]:
            yield f"      {visible(finding['message'])}\n"
        yield from more_line(len(members), _FINDINGS_SHOWN, "      ")


def _device_lines(catalog: Catalog) -> Iterator[str]:
    groups = findings_by_device(catalog)
    for group in groups:
        yield f"\n{device_text(group)}"
    if not groups:
        yield "\nNo finding.\n"


def _dicomdirs(number: int) -> str:
    return f", {counted(number, 'DICOMDIR')}" if number else ""
