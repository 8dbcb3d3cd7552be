"""What there is to know of a scheme before it is used: its length, its merits, a sample."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from uidscope.core.errors import UsageError
from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.scheme_parts import Budget, Scheme, SchemeOptions
from uidscope.core.uid.schemes import KEY_LENGTH, SCHEME_NAMES, make_scheme, validate_root
from uidscope.core.uid.syntax import LONGEST_UID
from uidscope.core.uid.word_files import read_words

_STAND_IN_ROOT: Final = "2.999"  # for measuring; no UID under it is shown
_TAKES_NO_ROOT: Final = "uuid"


@dataclass(frozen=True, slots=True)
class SchemeDescription:
    """A scheme with the options it is to be used with.

    ``form`` names the parts of its UIDs; ``speaks_for`` and ``speaks_against`` are a sentence each.
    ``longest_root`` is the number of characters that a root may have, 0 where the scheme takes none.
    ``refusal`` is one sentence where these options make no UID; ``budget`` is None then and ``sample``
    empty. ``warnings`` are sentences about the root.
    """

    name: str
    title: str
    form: str
    speaks_for: str
    speaks_against: str
    longest_root: int
    budget: Budget | None
    refusal: str
    warnings: tuple[str, ...]
    sample: str


def scheme_description(options: SchemeOptions) -> SchemeDescription:
    """Describe the scheme that the options name; odd options are described too, with a refusal.

    Raises ``UsageError`` where there is no scheme of that name.
    """
    made, refusal = _made(options)
    if options.name not in SCHEME_NAMES:
        raise UsageError(refusal)
    words = _words()["schemes"][options.name]
    return SchemeDescription(
        name=options.name,
        title=words["title"],
        form=words["form"],
        speaks_for=words["for"],
        speaks_against=words["against"],
        longest_root=_longest_root(options),
        budget=made.budget if made else None,
        refusal=refusal,
        warnings=tuple(map(phrase, validate_root(options.root))) if options.root and made else (),
        sample=made.new_uid("instance", "") if made else "",
    )


def describe_schemes(options: SchemeOptions) -> tuple[SchemeDescription, ...]:
    """Describe every scheme with the same options; the root goes to those that take one."""
    return tuple(
        scheme_description(replace(options, name=name, root="" if name == _TAKES_NO_ROOT else options.root))
        for name in SCHEME_NAMES
    )


@functools.cache
def longest_roots() -> Mapping[str, int]:
    """Return how many characters a root may have, by scheme, with the plainest options of each.

    ``uuid`` takes no root and is not among them.
    """
    return {name: _longest_root(SchemeOptions(name)) for name in SCHEME_NAMES if name != _TAKES_NO_ROOT}


def description_as_json(described: SchemeDescription) -> dict[str, Any]:
    """Return a description as plain values for ``json.dumps``."""
    budget = described.budget
    return {
        "scheme": described.name,
        "title": described.title,
        "form": described.form,
        "for": described.speaks_for,
        "against": described.speaks_against,
        "longest_root": described.longest_root,
        "budget": budget
        and {
            "limit": LONGEST_UID,
            "root": budget.root,
            "scheme": budget.fixed,
            "longest": budget.longest,
            "remains": budget.remains,
        },
        "refusal": described.refusal,
        "warnings": list(described.warnings),
        "sample": described.sample,
    }


def description_as_text(described: SchemeDescription) -> str:
    """Return a description as lines for a terminal."""
    labels = _words()["labels"]
    facts = [("form", described.form), ("budget", length_words(described))]
    if described.longest_root:
        facts.append(("longest_root", labels["characters"].format(count=described.longest_root)))
    facts += [("for", described.speaks_for), ("against", described.speaks_against)]
    facts += [("warning", warning) for warning in described.warnings]
    facts += [("refusal", described.refusal), ("sample", described.sample)]
    lines = [f"  {labels[label]}: {fact}" for label, fact in facts if fact]
    return "\n".join([f"{described.name}: {described.title}", *lines])


def length_words(described: SchemeDescription) -> str:
    """Return how the 64 characters are spent, in words; empty where the options make no UID."""
    budget = described.budget
    if budget is None:
        return ""
    used: str = _words()["labels"]["used"]
    return used.format(
        longest=budget.longest,
        limit=LONGEST_UID,
        root=budget.root,
        fixed=budget.fixed,
        remains=budget.remains,
    )


def _made(options: SchemeOptions) -> tuple[Scheme | None, str]:
    """The scheme, or why there is none."""
    try:
        return make_scheme(options), ""
    except UsageError as error:
        return None, str(error)


def _longest_root(options: SchemeOptions) -> int:
    """The most characters of a root beside these options, or beside the plainest where they are off."""
    if options.name == _TAKES_NO_ROOT:
        return 0
    key = bytes(KEY_LENGTH)
    measured, _ = _made(replace(options, root=_STAND_IN_ROOT, serial=options.serial or "1", key=key))
    if measured is None:
        plainest = SchemeOptions(options.name, _STAND_IN_ROOT, serial="1", key=key)
        measured = make_scheme(plainest)
    return measured.budget.longest_root


def _words() -> Mapping[str, Mapping[str, Any]]:
    words: Mapping[str, Mapping[str, Any]] = read_words("schemes")
    return words
