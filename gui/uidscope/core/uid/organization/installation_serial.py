"""The serial number of an installation as a number that may stand in a UID, and back.

A serial number of digits alone, the first of which is not 0, stands as it is: ``372764``. Any other is
written with the table below and stands under the arc 0, where no serial number of digits alone can
be: ``0372764`` becomes ``0.10372764`` and ``A19`` becomes ``0.1900199``. The 1 in front keeps zeros
that lead. Nothing is lost on the way, so two serial numbers never share a number.

========================  ===========================================
character                 digits
========================  ===========================================
0 to 8                    as they are
9                         99
A to Z                    900 to 925
a to z                    930 to 955
``-``  ``_``  ``.``       960, 961, 962
``/``, a space            963, 964
========================  ===========================================
"""

from __future__ import annotations

import re
import string
from typing import Final

from uidscope.core.errors import UsageError

_PLAIN: Final = re.compile(r"[1-9][0-9]*")
_MAPPED: Final = re.compile(r"0\.1((?:[0-8]|99|9[0-8][0-9])+)")
_STEP: Final = re.compile(r"[0-8]|99|9[0-8][0-9]")
_LONGEST_SERIAL: Final = 64

SERIAL_DIGITS: Final[dict[str, str]] = {
    **{digit: digit for digit in "012345678"},
    "9": "99",
    **{letter: str(number) for number, letter in enumerate(string.ascii_uppercase, 900)},
    **{letter: str(number) for number, letter in enumerate(string.ascii_lowercase, 930)},
    **{sign: str(number) for number, sign in enumerate("-_./ ", 960)},
}
_CHARACTERS: Final = {digits: character for character, digits in SERIAL_DIGITS.items()}


def serial_to_number(serial: str) -> str:
    """Return the part or parts of a UID that stand for a serial number.

    Raises ``UsageError`` where it is empty, too long, or has a character that the table does not know.
    """
    if not serial or serial != serial.strip():
        raise UsageError("A serial number has one character at least, and no space before or after it.")
    if len(serial) > _LONGEST_SERIAL:
        raise UsageError(f"A serial number has at most {_LONGEST_SERIAL} characters; this has {len(serial)}.")
    if _PLAIN.fullmatch(serial):
        return serial
    unknown = sorted({character for character in serial if character not in SERIAL_DIGITS})
    if unknown:
        raise UsageError(
            f"The serial number has {', '.join(map(ascii, unknown))}; there may be digits, "
            "the letters A to Z and a to z, “-”, “_”, “.”, “/” and spaces."
        )
    return "0.1" + "".join(SERIAL_DIGITS[character] for character in serial)


def number_to_serial(number: str) -> str | None:
    """Return the serial number that ``serial_to_number`` writes like this, or None where there is none."""
    if _PLAIN.fullmatch(number):
        return number
    found = _MAPPED.fullmatch(number)
    if found is None:
        return None
    serial = "".join(_CHARACTERS.get(step, "\0") for step in _STEP.findall(found[1]))
    if len(serial) > _LONGEST_SERIAL or "\0" in serial or _PLAIN.fullmatch(serial):
        return None
    return serial if serial == serial.strip() else None


def look_alike(serial: str) -> str:
    """Return what a serial number has in common with those that people take for the same one."""
    letters = "".join(character for character in serial if character.isalnum()).casefold()
    return letters.lstrip("0") or letters[:1]
