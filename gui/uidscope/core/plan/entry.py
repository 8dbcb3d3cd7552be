"""One line of the map: an old value, the new one, and for what it holds."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Change = Literal["new-uid", "re-encode", "meta"]

# The reason of a new UID for what is not in the output and only named there (``pseudonymous``).
ONLY_NAMED: Final = "only-named"


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
