"""What the anatomy of one UID shows, as plain values."""

import enum
from dataclasses import dataclass


class PartKind(enum.Enum):
    """Who says what a part means: the root, whoever it was issued to, or the UUID rules."""

    ROOT = "root"
    OWNER = "owner"
    UUID = "uuid"


@dataclass(frozen=True, slots=True)
class AnatomyPart:
    """One part of a UID. `fault` says what is wrong with it ("leading zero"), else it is empty.

    `told` says at length what `meaning` has no room for; it is spoken, and stands in the tool tip.
    """

    digits: str
    meaning: str
    kind: PartKind
    fault: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A UID taken apart.

    `root_remark` says who the root was issued to and `below_remark` who gives the rest; both stand beside
    the headings, which are left out for a UUID. `uuid` is the hexadecimal form. `length` counts the
    characters of the value and `limit` is the most there may be (PS3.5 9.1: 64). `summary` stands at the end.
    """

    value: str
    parts: tuple[AnatomyPart, ...]
    length: int
    root_remark: str = ""
    below_remark: str = ""
    uuid: str = ""
    summary: str = ""
    limit: int = 64
