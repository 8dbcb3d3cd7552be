"""Which values say the same, however they are written.

Systems pad, round, decode and spell differently; none of that is a disagreement between objects. What
is left after it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

_NUMERIC_VRS: Final = ("DS", "IS")
# How the reader shows bytes that do not fit the character set stated.
_UNDECODED: Final = re.compile(r"(?:\\x[0-9a-f]{2})+")
_NOT_OF_A_NAME: Final = re.compile(r"[\s^,]+")
_TIME: Final = re.compile(r"(\d{2})(\d{2})?(\d{2})?(?:\.(\d*))?")


def comparable(texts: Iterable[str], vr: str) -> Mapping[str, str]:
    """Return for each text what it is compared by: texts that say the same have the same; '' is empty.

    Differences that do no harm are taken away first: pads; carets, spaces and case of names, and groups
    of a name that only some give; the form of dates and times, and the length of a fraction; bytes of
    an undeclared character set. Numbers are left as they are written (``same_numbers``).
    """
    forms = {text: _FORMS.get(vr, _plain)(_decoded(text)) for text in texts}
    if vr == "TM":
        return _longest_fraction(forms)
    if vr == "PN":
        return _fullest_name(forms)
    return forms


def same_numbers(texts: Iterable[str], vr: str) -> bool:
    """Say whether texts of DS or IS give the same numbers, though not in the same form."""
    if vr not in _NUMERIC_VRS:
        return False
    return len({_numbers(text) for text in texts}) == 1


def _plain(text: str) -> str:
    return "\\".join([part.strip() for part in _one_form(text).split("\\")])


def _one_form(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _date(text: str) -> str:
    return text.strip().replace(".", "").replace("-", "")


def _time(text: str) -> str:
    text = text.strip().replace(":", "")
    found = _TIME.fullmatch(text)
    if found is None:
        return text
    hours, minutes, seconds, fraction = found.groups()
    whole = f"{hours}{minutes or '00'}{seconds or '00'}"
    digits = (fraction or "").rstrip("0")
    return f"{whole}.{digits}" if digits else whole


def _longest_fraction(forms: Mapping[str, str]) -> Mapping[str, str]:
    """The same time with fewer digits of a second is the same time."""
    longest: dict[str, str] = {}
    for form in sorted(set(forms.values()), key=len, reverse=True):
        longest[form] = next((other for other in longest.values() if form and _is_shorter(form, other)), form)
    return {text: longest[form] for text, form in forms.items()}


def _is_shorter(form: str, other: str) -> bool:
    return other.startswith(form if "." in form else f"{form}.")


def _name(text: str) -> str:
    """The groups of each name (PS3.5 6.2.1), each in small letters with single spaces."""
    names = [
        "=".join([_NOT_OF_A_NAME.sub(" ", group).strip().casefold() for group in name.split("=")])
        for name in _one_form(text).split("\\")
    ]
    return "\\".join([name.rstrip("=") for name in names])


def _fullest_name(forms: Mapping[str, str]) -> Mapping[str, str]:
    """Names that differ in no group that both give are one name; the fullest stands for all."""
    given: dict[int, set[str]] = {}
    for form in forms.values():
        for place, group in enumerate(form.split("=")):
            if group:
                given.setdefault(place, set()).add(group)
    if any(len(groups) > 1 for groups in given.values()) or any("\\" in form for form in forms.values()):
        return forms
    fullest = max(forms.values(), key=lambda form: (len(form), form), default="")
    return {text: fullest if form else "" for text, form in forms.items()}


def _numbers(text: str) -> tuple[Decimal | str, ...]:
    return tuple([_number(part.strip()) for part in text.split("\\")])


def _number(text: str) -> Decimal | str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() else text


def _decoded(text: str) -> str:
    """Text with the bytes that its character set did not explain read as UTF-8, else as Latin-1."""
    return _UNDECODED.sub(_explained, text) if "\\x" in text else text


def _explained(undecoded: re.Match[str]) -> str:
    raw = bytes.fromhex(undecoded.group().replace("\\x", ""))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


_FORMS: Final[Mapping[str, Callable[[str], str]]] = {"DA": _date, "TM": _time, "PN": _name}
