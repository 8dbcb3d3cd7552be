"""Text of the few elements that are shown, by Specific Character Set (PS3.3 C.12.1.1.2, PS3.5 6.1).

Decoding never fails: what does not fit its character set is shown as ``\\xNN``.
"""

from __future__ import annotations

_SINGLE = {
    "": "ascii",
    "ISO_IR 6": "ascii",
    "ISO_IR 100": "latin_1",
    "ISO_IR 101": "iso8859_2",
    "ISO_IR 109": "iso8859_3",
    "ISO_IR 110": "iso8859_4",
    "ISO_IR 144": "iso8859_5",
    "ISO_IR 127": "iso8859_6",
    "ISO_IR 126": "iso8859_7",
    "ISO_IR 138": "iso8859_8",
    "ISO_IR 148": "iso8859_9",
    "ISO_IR 203": "iso8859_15",
    "ISO_IR 13": "shift_jis",
    "ISO_IR 166": "iso8859_11",
    "ISO_IR 192": "utf_8",
    "GB18030": "gb18030",
    "GBK": "gbk",
}

# Escape sequences of PS3.3 Tables C.12-3 and C.12-4; the two-byte sets decode as the codec that shares
# their escapes (ISO 2022) or their bytes (EUC).
_ESCAPES = {
    b"\x1b(B": "ascii",
    b"\x1b-A": "latin_1",
    b"\x1b-B": "iso8859_2",
    b"\x1b-C": "iso8859_3",
    b"\x1b-D": "iso8859_4",
    b"\x1b-L": "iso8859_5",
    b"\x1b-G": "iso8859_6",
    b"\x1b-F": "iso8859_7",
    b"\x1b-H": "iso8859_8",
    b"\x1b-M": "iso8859_9",
    b"\x1b-b": "iso8859_15",
    b"\x1b-T": "iso8859_11",
    b"\x1b)I": "shift_jis",
    b"\x1b(J": "shift_jis",
    b"\x1b$B": "iso2022_jp",
    b"\x1b$(D": "iso2022_jp_1",
    b"\x1b$)C": "euc_kr",
    b"\x1b$)A": "gb2312",
}
_LENGTHS = (4, 3)
_KEEPS_ESCAPE = {"iso2022_jp", "iso2022_jp_1"}


def decode_text(raw: bytes, raw_character_set: bytes) -> str:
    """The text of one field, pad removed; several values stay joined by a backslash."""
    raw = raw.strip(b" \0")
    if raw.isascii() and b"\x1b" not in raw:
        return raw.decode("ascii")
    first, *others = _terms(raw_character_set)
    codec = _SINGLE.get(first.replace("ISO 2022 IR", "ISO_IR"), "latin_1" if first else "ascii")
    if b"\x1b" in raw and (others or first.startswith("ISO 2022")):
        return _decode_with_escapes(raw, codec)
    return _decode(raw, codec)


def encode_text(text: str, raw_character_set: bytes) -> bytes | None:
    """The bytes of a text in the first of these character sets, without escapes; None where it has none."""
    if text.isascii():
        return text.encode("ascii")
    first = _terms(raw_character_set)[0].replace("ISO 2022 IR", "ISO_IR")
    try:
        raw = text.encode(_SINGLE.get(first, "ascii"))
    except UnicodeEncodeError:
        return None
    # The codec knows two-byte characters too, which this set has not.
    return None if first == "ISO_IR 13" and len(raw) != len(text) else raw


def _terms(raw_character_set: bytes) -> list[str]:
    return [term.strip(" \0") for term in raw_character_set.decode("latin-1").split("\\")]


def _decode(raw: bytes, codec: str) -> str:
    return raw.decode(codec, "backslashreplace")


def _decode_with_escapes(raw: bytes, codec: str) -> str:
    text = []
    for number, run in enumerate(raw.split(b"\x1b")):
        if number == 0:
            text.append(_decode(run, codec))
            continue
        run = b"\x1b" + run  # noqa: PLW2901 - the escape belongs to its run
        escape = next((run[:length] for length in _LENGTHS if run[:length] in _ESCAPES), None)
        if escape is None:
            text.append(_decode(run, codec))
            continue
        active = _ESCAPES[escape]
        # A delimiter returns to the first character set (PS3.5 6.1.2.5.3).
        body, delimiter, rest = _until_delimiter(run[len(escape) :], wide=active in _KEEPS_ESCAPE)
        text.append(_decode(escape + body if active in _KEEPS_ESCAPE else body, active))
        text.append(_decode(delimiter + rest, codec))
    return "".join(text)


def _until_delimiter(run: bytes, *, wide: bool) -> tuple[bytes, bytes, bytes]:
    if wide:  # in ISO 2022 two-byte sets the delimiters' codes are halves of characters
        return run, b"", b""
    for position, byte in enumerate(run):
        if byte in b"\\^=":
            return run[:position], run[position : position + 1], run[position + 1 :]
    return run, b"", b""
