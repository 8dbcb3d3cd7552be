"""One line of the map: an old value, the new one, and for what it holds; and what tells it from others."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from uidscope.core.uid.schemes import MAIN_DOMAIN

Change = Literal["new-uid", "re-encode", "meta"]

# The reason of a new UID for what is not in the output and only named there (``pseudonymous``).
ONLY_NAMED: Final = "only-named"
# The reason of a study or series UID that a ``move`` takes over from a loaded one.
TAKEN_OVER: Final = "taken-over"
# The reason of a UID that comes back when a delivery is undone.
UNDONE: Final = "undone"


class RowKey(NamedTuple):
    """What one new UID is for: by this a row of the map is known, whatever stands in it.

    ``old`` is the value it replaces, empty where the entity had none. ``domain`` is ``MAIN_DOMAIN``
    but where one old value becomes several new ones, or is empty: then it tells them apart, in words
    that stay the same whatever the order of files.
    """

    intention: str
    old: str
    domain: bytes = MAIN_DOMAIN


class SwitchedOff(NamedTuple):
    """A row that the user switched off, and the line it would be; ``new`` is empty there."""

    row: RowKey
    entry: MapEntry


class MapEntry(NamedTuple):
    """(old UID, scope) -> new UID, or another change of a value that is to be told.

    ``kind`` is the entity that the UID names (``instance``, ``series``, ``study``,
    ``frame_of_reference``, ``other``), or, for what is no key, the element path. ``scope`` is ``all``
    but where one old UID becomes several new ones. ``reason`` is a code for the words;
    ``file_count`` the number of files written that the change touches.
    """

    old: str
    new: str
    kind: str
    scope: str
    reason: str
    file_count: int
    change: Change = "new-uid"

    @property
    def is_new_uid(self) -> bool:
        """Whether the new value is one that was made, and not that of something loaded."""
        return self.change == "new-uid" and self.reason != TAKEN_OVER
