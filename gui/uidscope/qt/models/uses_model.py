"""The uses of one UID: a group for each kind, and below it each element of each file."""

from __future__ import annotations

import enum
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QObject

from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.uid_uses import UidUse, UidUses, UseCount, UseKind, uid_uses
from uidscope.core.uid.phrases import phrase
from uidscope.qt.finding_words import finding_words
from uidscope.qt.kit.cells import Cell, Cut, NameCell, NumberCell, TextCell, Tone
from uidscope.qt.models.paged_groups_model import Group, PagedGroupsModel
from uidscope.qt.screen_names import screen_names

_SHOWN_LIKE_NAMES = {"frame_of_reference": "frame of reference"}


class UsesColumn(enum.IntEnum):
    ELEMENT = 0
    WHAT = 1
    FILE = 2
    TIMES = 3


class UsesGroup(NamedTuple):
    """The uses of one kind of a UID."""

    uid: str
    kind: UseKind
    counted: UseCount


class UsesModel(PagedGroupsModel):
    """A group for each kind of use; its rows are `UidUse`."""

    def titles(self) -> tuple[str, ...]:
        return (self.tr("Element"), self.tr("What it does there"), self.tr("File"), self.tr("Times"))

    def group_cell(self, about: UsesGroup, column: int) -> Cell | None:
        match column:
            case UsesColumn.ELEMENT:
                return NameCell(uses_words().kind(about.kind), strong=True, group=True)
            case UsesColumn.FILE:
                return TextCell(finding_words().files(about.counted.files), tone=Tone.TEXT2)
            case UsesColumn.TIMES:
                return NumberCell(about.counted.elements)
        return None

    def row_cell(self, row: UidUse, column: int) -> Cell | None:
        match column:
            case UsesColumn.ELEMENT:
                return TextCell(row.pattern, cut=Cut.ELEMENT_PATH)
            case UsesColumn.WHAT:
                return TextCell(uses_words().what(row))
            case UsesColumn.FILE:
                return TextCell(screen_names().file(row.file), tone=Tone.TEXT2, cut=Cut.FILE_PATH)
            case UsesColumn.TIMES:
                return NumberCell(row.count)
        return None


def uses_groups(uid: str, uses: UidUses) -> list[Group]:
    """The groups of what was counted."""
    return [Group(kind, UsesGroup(uid, kind, count)) for kind, count in uses.by_kind.items()]


def uses_rows(catalog: Catalog, about: UsesGroup, offset: int, limit: int) -> list[UidUse]:
    """A page of the uses of one kind."""
    return uid_uses(catalog, about.uid, kind=about.kind, offset=offset, limit=limit)


@cache
def uses_words() -> UsesWords:
    return UsesWords()


class UsesWords(QObject):
    """What a UID does where it stands. A QObject, for only there Qt's tools find the plural forms."""

    def kind(self, kind: UseKind) -> str:
        return {
            "key": self.tr("Identifies"),
            "file-meta": self.tr("File meta"),
            "reference": self.tr("References"),
            "directory-record": self.tr("Records of a DICOMDIR"),
            "class-or-type": self.tr("Classes and types"),
            "private": self.tr("Private and unknown elements"),
            "other": self.tr("Other elements"),
        }[kind]

    def what(self, use: UidUse) -> str:
        """What it does in an element: "refers to the series"."""
        said = {
            "key": self.tr("identifies the %1"),
            "file-meta": self.tr("file meta: the %1"),
            "reference": self.tr("refers to the %1"),
            "directory-record": self.tr("record of the %1"),
        }.get(use.kind)
        entity = _SHOWN_LIKE_NAMES.get(use.entity, use.entity)
        if said is not None and entity and entity != "other":
            return said.replace("%1", phrase(entity))
        return {
            "key": self.tr("identifies"),
            "file-meta": self.tr("file meta"),
            "reference": self.tr("refers to it"),
            "directory-record": self.tr("record of a DICOMDIR"),
            "class-or-type": self.tr("class or type"),
            "private": self.tr("private or unknown"),
            "other": self.tr("depends on other elements"),
        }[use.kind]
