"""The elements of a file as rows for reading; what makes them is ``attribute_list``, which loads pydicom."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Final, NamedTuple

MOST_ROWS: Final = 100_000
LONGEST_VALUE: Final = 500


class AttributeRow(NamedTuple):
    """One element, or one item of a sequence, which has neither tag nor VR.

    ``parent`` is the place of the row it lies in, -1 at the top. ``value`` is at most ``LONGEST_VALUE``
    characters of text and an ellipsis; for bytes, and for a sequence, it says how much there is.
    """

    parent: int
    tag: str
    name: str
    vr: str
    value: str


@dataclass(slots=True)
class AttributeList:
    """Rows in the order of the file, each after the one it lies in; ``cut`` says that there are more."""

    rows: list[AttributeRow] = field(default_factory=list)
    cut: bool = False

    def children(self) -> dict[int, array[int]]:
        """Return the places of the rows in each row, -1 for the top."""
        found: dict[int, array[int]] = {}
        for place, row in enumerate(self.rows):
            found.setdefault(row.parent, array("q")).append(place)
        return found
