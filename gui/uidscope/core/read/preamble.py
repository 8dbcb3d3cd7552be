"""What the 128 bytes before ``DICM`` may hold besides zeros (PS3.10 7.1, 7.5)."""

from __future__ import annotations

from typing import Final, Literal

PreambleKind = Literal["executable", "archive", "tiff"]

PREAMBLE_LENGTH: Final = 128

_BEGINNINGS: Final[tuple[tuple[PreambleKind, tuple[bytes, ...]], ...]] = (
    (
        "executable",
        (
            b"MZ",
            b"\x7fELF",
            b"#!",
            b"\xfe\xed\xfa\xce",  # Mach-O, in both sizes, both orders of bytes, and for several processors
            b"\xfe\xed\xfa\xcf",
            b"\xce\xfa\xed\xfe",
            b"\xcf\xfa\xed\xfe",
            b"\xca\xfe\xba\xbe",
            b"\xbe\xba\xfe\xca",
        ),
    ),
    ("archive", (b"PK", b"%PDF")),
    ("tiff", (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
)


def preamble_kind(preamble: bytes) -> PreambleKind | None:
    """Return what a preamble begins like, or None for zeros and anything not known."""
    return next((kind for kind, beginnings in _BEGINNINGS if preamble.startswith(beginnings)), None)
