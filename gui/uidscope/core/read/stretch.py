"""A stretch of bytes of fixed length, of which some are known and others may be anything."""

from __future__ import annotations

from struct import Struct
from typing import Any, Protocol


class Unpack(Protocol):
    """``Struct.unpack_from``: raises ``struct.error`` where the buffer ends too early."""

    def __call__(self, buffer: bytes, offset: int, /) -> tuple[Any, ...]: ...


class Stretch:
    """Known bytes and bytes to pass over, in turn, from the front to the back."""

    __slots__ = ("_pieces", "span")

    def __init__(self) -> None:
        self._pieces: list[bytes | int] = []
        self.span = 0

    def hold(self, raw: bytes) -> None:
        """Let these bytes come next."""
        self.span += len(raw)
        if self._pieces and isinstance(self._pieces[-1], bytes):
            self._pieces[-1] += raw
        else:
            self._pieces.append(raw)

    def skip(self, length: int) -> None:
        """Let any bytes come next, so many."""
        self.span += length
        self._pieces.append(length)

    def comparison(self, more: int) -> tuple[Unpack, tuple[bytes, ...]]:
        """What takes the known bytes out of a buffer, and what they must be.

        It wants the buffer to hold the stretch and ``more`` bytes behind it.
        """
        form = [f"{len(each)}s" if isinstance(each, bytes) else f"{each}x" for each in self._pieces]
        known = tuple([each for each in self._pieces if isinstance(each, bytes)])
        return Struct("=" + "".join(form) + f"{more}x").unpack_from, known
