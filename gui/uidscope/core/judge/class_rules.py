"""UID-S21 to S25: SOP classes and transfer syntaxes that are no such thing, unknown, retired or private."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from uidscope.core.catalog.entity import KeyKind, key_kinds
from uidscope.core.catalog.finding import FactValue, Finding, Severity
from uidscope.core.catalog.value_uses import ValueUse, element_patterns, value_places, values_in
from uidscope.core.judge.element_path import defining, is_nested, leaf, level_of, ui_element_at
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.uid.registry import is_under_dicom_root, registered
from uidscope.core.uid.syntax import judge_value
from uidscope.core.uid.use import is_retired_transfer_syntax, judge_use

_CODES: Final = ("UID-S21", "UID-S22", "UID-S23", "UID-S24", "UID-S25")
_SCOPES: Final = frozenset({"sop-class", "transfer-syntax"})
_OWN_CLASS: Final = "SOPClassUID"
# A value whose form is at fault is reported for that; what it was meant to be is not known.
_FORM_CODES: Final = frozenset(f"UID-S0{number}" for number in range(1, 8))
_TYPES: Final = {"sop-class": ("SOP Class", "Meta SOP Class"), "transfer-syntax": ("Transfer Syntax",)}


class _Misuse(NamedTuple):
    """A rule that a value breaks, and the elements in which it does."""

    uid_id: int
    text: str
    code: str
    patterns: tuple[str, ...]


def classes_and_syntaxes(inquiry: Inquiry) -> Iterator[Finding]:
    """Find UID-S21 to S25: one finding for each rule and value."""
    patterns = [pattern for pattern in element_patterns(inquiry.catalog) if _scope(pattern) in _SCOPES]
    uses = list(values_in(inquiry.catalog, patterns))
    kinds = key_kinds(inquiry.catalog, {use.uid_id for use in uses if not _is_of_its_type(use)})
    for misuse in _misuses(uses, kinds):
        inquiry.cancel.raise_if_cancelled()
        yield _finding(inquiry, misuse, kinds.get(misuse.uid_id, ()))


def _misuses(uses: Iterable[ValueUse], kinds: dict[int, tuple[KeyKind, ...]]) -> Iterator[_Misuse]:
    for (uid_id, text), members in groupby(uses, attrgetter("uid_id", "text")):
        found: dict[str, list[str]] = {}
        for use in members:
            code = _code(use, is_key=uid_id in kinds and not _is_of_its_type(use))
            if code is not None:
                found.setdefault(code, []).append(use.pattern)
        for code in sorted(found):
            yield _Misuse(uid_id, text, code, tuple(found[code]))


def _code(use: ValueUse, *, is_key: bool) -> str | None:
    """The rule that a value breaks in this element."""
    if is_key:
        return "UID-S21"
    element = ui_element_at(use.pattern)
    if element is None or _FORM_CODES.intersection(judge_value(use.text)):
        return None
    codes = judge_use(element.tag, use.text, nested=is_nested(use.pattern))
    return codes[0] if codes else None


def _finding(inquiry: Inquiry, misuse: _Misuse, kinds: tuple[KeyKind, ...]) -> Finding:
    path = _OWN_CLASS if _OWN_CLASS in misuse.patterns else defining(misuse.patterns)
    places = value_places(inquiry.catalog, [misuse.uid_id], misuse.patterns)
    return rule(misuse.code).finding(
        level_of(path),
        misuse.text,
        tuple(sorted({place.occurrence_id for place in places})),
        attribute=leaf(path),
        path=path,
        severity=_severity(misuse),
        facts=_facts(misuse, kinds),
    )


def _severity(misuse: _Misuse) -> Severity | None:
    return "warning" if misuse.code == "UID-S25" and is_retired_transfer_syntax(misuse.text) else None


def _facts(misuse: _Misuse, kinds: tuple[KeyKind, ...]) -> dict[str, FactValue]:
    entry = registered(misuse.text)
    name = entry.name if entry else ""
    if misuse.code == "UID-S21":
        return {"registered_as": name, "key_of": kinds}
    if misuse.code == "UID-S25":
        return {"name": name, "status": _status(misuse.text)}
    return {"name": name}


def _status(transfer_syntax: str) -> str:
    if is_retired_transfer_syntax(transfer_syntax):
        return "retired"
    return "unknown" if is_under_dicom_root(transfer_syntax) else "private"


def _scope(pattern: str) -> str:
    element = ui_element_at(pattern)
    return "" if element is None else element.identity_scope


def _is_of_its_type(use: ValueUse) -> bool:
    """Whether the value is registered as what the element holds: no key of an object makes it wrong."""
    entry = registered(use.text)
    return entry is not None and entry.type in _TYPES[_scope(use.pattern)]


CHECKS: Final = (Check(_CODES, classes_and_syntaxes),)
