"""Profiles: the severities and the ignored findings that a user chooses, and the file they are kept in.

The file is TOML, so that it can be read, commented and compared:

    format = 1
    name = "Our archive"
    based_on = "archive"

    [severity]
    UID-S08 = "off"

    [[ignore]]
    rule = "UID-S04"
    reason = "Old scanner, replaced in 2019; the vendor knows."
    since = 2024-01-31
    device = { manufacturer = "ACME", model = "Scan 1" }
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from uidscope.core.catalog.devices import Device
from uidscope.core.catalog.finding import Severity
from uidscope.core.catalog.rule_settings import STRICT, Ignore, RuleSettings, RuleSeverity
from uidscope.core.errors import InputError, UsageError
from uidscope.core.judge.rule_table import rule, rules
from uidscope.core.uid.resource_files import read_text

__all__ = [
    "CHANGED",
    "PROFILES",
    "STRICT",
    "Ignore",
    "RuleSettings",
    "RuleSeverity",
    "known_rules",
    "load_rule_settings",
    "own_settings",
    "parse_rule_settings",
    "profile",
    "rule_settings_text",
    "with_ignore",
    "with_profile",
    "with_severity",
    "without_ignore",
]

PROFILES: Final = ("strict", "archive", "migration")
CHANGED: Final = "changed"
"""The name of settings that were a profile until the user changed a severity."""

_FORMAT: Final = 1
_SEVERITIES: Final[tuple[RuleSeverity, ...]] = (*get_args(Severity), "off")
_SCOPES: Final = ("uid", "series", "study")
_SHORT_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_MUST_BE_ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f]')


def known_rules() -> frozenset[str]:
    """Return the codes of all rules that settings may name."""
    return frozenset(rules())


def profile(name: str) -> RuleSettings:
    """Return one of ``PROFILES``; raises ``UsageError`` for another name."""
    if name not in PROFILES:
        raise UsageError(f"There is no profile called “{name}”; there are {', '.join(PROFILES)}.")
    if name == STRICT.name:  # every rule with the severity that the rule book gives it
        return STRICT
    return parse_rule_settings(read_text("profiles", f"{name}.toml"))


def load_rule_settings(name_or_path: str) -> RuleSettings:
    """Return a profile by its name, else the settings in a file.

    Raises ``InputError`` where the file cannot be read or understood.
    """
    if name_or_path in PROFILES:
        return profile(name_or_path)
    try:
        with open(name_or_path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        raise InputError(
            f"There is no profile and no file called “{name_or_path}”; profiles are {', '.join(PROFILES)}."
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(f"The rule settings in {name_or_path} cannot be read.") from error
    try:
        return parse_rule_settings(text)
    except InputError as error:
        raise InputError(f"{name_or_path}: {error}") from None


def parse_rule_settings(text: str) -> RuleSettings:
    """Return the settings that a text in the form above holds, those they are based on included.

    Raises ``InputError`` with a sentence that names what is wrong.
    """
    import tomllib  # noqa: PLC0415 - most runs have no settings of their own

    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"This is no TOML: {error}.") from None
    except RecursionError:
        raise InputError("This is no TOML of rule settings: it is nested too deeply.") from None
    _refuse_others(entries, ("format", "name", "based_on", "severity", "ignore"), "the settings")
    if entries.get("format") != _FORMAT:
        raise InputError(f"Rule settings begin with “format = {_FORMAT}”; another format is not understood.")
    base = _base(_text(entries, "based_on", "the settings"))
    return RuleSettings(
        name=_text(entries, "name", "the settings") or "unnamed",
        severities={**base.severities, **dict(_severities(_table(entries, "severity")))},
        ignores=(*base.ignores, *_ignores(entries.get("ignore", []))),
        based_on="" if base is STRICT else base.name,
    )


def rule_settings_text(settings: RuleSettings) -> str:
    """Return the text that ``parse_rule_settings`` reads as these settings."""
    base = _base(settings.based_on)
    lines = [f"format = {_FORMAT}", f"name = {_quoted(settings.name)}"]
    if settings.based_on:
        lines.append(f"based_on = {_quoted(settings.based_on)}")
    own = {
        code: severity
        for code, severity in settings.severities.items()
        if base.severities.get(code) != severity
    }
    if own:
        lines += ["", "[severity]", *(f"{code} = {_quoted(own[code])}" for code in rules() if code in own)]
    for ignore in settings.ignores:
        lines += ["", "[[ignore]]", *_ignore_lines(ignore)]
    return "\n".join(lines) + "\n"


def own_settings(name: str, based_on: str = "strict") -> RuleSettings:
    """Return settings of the user's own that are as yet those of a profile; raises ``UsageError``."""
    base = profile(based_on)
    return dataclasses.replace(base, name=name, based_on="" if based_on == STRICT.name else based_on)


def with_severity(settings: RuleSettings, code: str, severity: RuleSeverity | None) -> RuleSettings:
    """Return the settings with one rule's severity changed; None: as in what they are based on.

    A profile that is changed becomes the user's own settings, based on it; ones that change nothing any
    more become the profile again. Raises ``UsageError`` where there is no such rule.
    """
    if settings.name in PROFILES:
        settings = dataclasses.replace(
            settings, name=CHANGED, based_on="" if settings.name == STRICT.name else settings.name
        )
    known = rule(code).code
    severities = {each: kept for each, kept in settings.severities.items() if each != known}
    if severity is not None:
        severities[code] = severity
    elif code in (before := _base(settings.based_on).severities):
        severities[code] = before[code]
    base = _base(settings.based_on)
    is_as_before = settings.name == CHANGED and severities == base.severities
    name, based_on = (base.name, "") if is_as_before else (settings.name, settings.based_on)
    return dataclasses.replace(settings, name=name, severities=severities, based_on=based_on)


def with_ignore(settings: RuleSettings, ignore: Ignore, today: dt.date | None = None) -> RuleSettings:
    """Return the settings with one more entry; where it has no date, it is of ``today`` (None: of the clock).

    Raises ``UsageError`` where it gives no reason, or names no rule.
    """
    rule(ignore.rule)
    reason = ignore.reason.strip()
    if not reason:
        raise UsageError("What is ignored needs a reason.")
    since = ignore.since or (today or dt.datetime.now().astimezone().date()).isoformat()
    entry = dataclasses.replace(ignore, reason=reason, since=since)
    return dataclasses.replace(settings, ignores=(*settings.ignores, entry))


def without_ignore(settings: RuleSettings, code: str, reason: str) -> RuleSettings:
    """Return the settings without what is ignored of a rule for this reason."""
    kept = tuple(each for each in settings.ignores if (each.rule, each.reason) != (code, reason))
    return dataclasses.replace(settings, ignores=kept)


def with_profile(settings: RuleSettings, name: str) -> RuleSettings:
    """Return a profile, with what the settings ignore beyond their own; raises ``UsageError``."""
    chosen = profile(name)
    theirs = _base(settings.based_on or settings.name).ignores if _is_profile(settings) else ()
    own = tuple(each for each in settings.ignores if each not in theirs and each not in chosen.ignores)
    return dataclasses.replace(chosen, ignores=(*chosen.ignores, *own))


def _is_profile(settings: RuleSettings) -> bool:
    return (settings.based_on or settings.name) in PROFILES


def _base(name: str) -> RuleSettings:
    if not name:
        return STRICT
    try:
        return profile(name)
    except UsageError as error:
        raise InputError(str(error)) from None


def _severities(table: Mapping[str, Any]) -> Iterator[tuple[str, RuleSeverity]]:
    for code, severity in table.items():
        if severity not in _SEVERITIES:
            raise InputError(f"The severity of {_known(code)} is one of {', '.join(_SEVERITIES)}.")
        yield _known(code), severity


def _ignores(entries: object) -> Iterator[Ignore]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError("What is ignored stands under [[ignore]].")
    for entry in entries:
        _refuse_others(entry, ("rule", "reason", "since", *_SCOPES, "device"), "[[ignore]]")
        device = _table(entry, "device")
        _refuse_others(device, Device._fields, "device")
        reason = _text(entry, "reason", "[[ignore]]").strip()
        if not reason:
            raise InputError("What is ignored needs a reason.")
        yield Ignore(
            rule=_known(_text(entry, "rule", "[[ignore]]")),
            reason=reason,
            **{scope: _text(entry, scope, "[[ignore]]") for scope in _SCOPES},
            device=Device(*(_text(device, part, "device") for part in Device._fields)),
            since=_day(entry.get("since", "")),
        )


def _day(entry: object) -> str:
    """A date of TOML, or one in quotes, as ``2024-01-31``; '' stays so."""
    try:
        day = dt.date.fromisoformat(entry) if isinstance(entry, str) and entry else entry
    except ValueError:
        day = None
    if day == "":
        return ""
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        raise InputError("“since” in [[ignore]] is a date, such as 2024-01-31.")
    return day.isoformat()


def _known(code: str) -> str:
    if code not in rules():
        raise InputError(f"There is no rule called “{code}”.")
    return code


def _table(entries: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = entries.get(key, {})
    if not isinstance(table, dict):
        raise InputError(f"“{key}” is a table.")
    return table


def _text(entries: Mapping[str, Any], key: str, where: str) -> str:
    text = entries.get(key, "")
    if not isinstance(text, str):
        raise InputError(f"“{key}” in {where} is a text in quotes.")
    return text


def _refuse_others(entries: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    """A word that is spelled wrong would else change nothing, in silence."""
    for key in entries:
        if key not in known:
            raise InputError(f"“{key}” is not known in {where}; known are {', '.join(known)}.")


def _ignore_lines(ignore: Ignore) -> Iterator[str]:
    for key in ("rule", "reason", *_SCOPES):
        text: str = getattr(ignore, key)
        if text:
            yield f"{key} = {_quoted(text)}"
    if ignore.since:
        yield f"since = {ignore.since}"
    parts = [
        f"{part} = {_quoted(text)}" for part, text in zip(Device._fields, ignore.device, strict=True) if text
    ]
    if parts:
        yield f"device = {{ {', '.join(parts)} }}"


def _quoted(text: str) -> str:
    """A basic string of TOML; what UTF-8 cannot hold becomes a question mark."""
    storable = text.encode("utf-8", "replace").decode("utf-8")
    return '"' + _MUST_BE_ESCAPED.sub(_escaped, storable) + '"'


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"
