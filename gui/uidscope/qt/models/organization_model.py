"""The organization's hierarchy as a tree: products with their versions, and installations."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from uidscope.core.uid.organization.number_request import NumberKind
from uidscope.core.uid.organization.organization import Installation, Organization, Product, Version
from uidscope.qt.kit.cells import CELL_ROLE, Cell, NameCell, TextCell, Tone, UidCell, cell_speech
from uidscope.qt.kit.number_text import number_text
from uidscope.qt.kit.visible_text import visible_text

Index = QModelIndex | QPersistentModelIndex


class OrganizationColumn(enum.IntEnum):
    NAME = 0
    UID = 1
    STATE = 2
    GIVEN = 3


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """What was handed out at an index; ``product`` names that of a version, too."""

    kind: NumberKind
    name: str
    product: str
    uid: str
    retired: bool


@dataclass(slots=True)
class _Place:
    """A row of the tree: where it stands, what it shows, and what it is; a group is nothing."""

    parent: int
    row: int
    cells: tuple[Cell | None, ...]
    what: OrganizationRow | None
    children: list[int]


class OrganizationModel(QAbstractItemModel):
    """Holds one organization; empty while it has no root."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[_Place] = []
        self._top: list[int] = []

    def set_organization(self, organization: Organization) -> None:
        """Show this one instead."""
        self.beginResetModel()
        self._places, self._top = [], []
        if organization.root:
            self._add_products(organization)
            self._add_installations(organization)
        self.endResetModel()

    def row_at(self, index: Index) -> OrganizationRow | None:
        """What was handed out at an index; None for a group and for no index."""
        return self._places[index.internalId()].what if index.isValid() else None

    def index_of(self, uid: str) -> QModelIndex:
        """The index of a UID that was handed out, or none."""
        for id_, place in enumerate(self._places):
            if place.what is not None and place.what.uid == uid:
                return self.createIndex(place.row, 0, id_)
        return QModelIndex()

    # Its rows

    def _add_products(self, organization: Organization) -> None:
        next_one = number_text(organization.next_product_number)
        about = self.tr("the next number is %1").replace("%1", next_one)
        group = self._add_group(self.tr("Products"), about)
        for product in organization.products:
            uid = organization.product_uid(product)
            above = self._add(
                group, product, OrganizationRow("product", product.name, product.name, uid, product.retired)
            )
            for version in product.versions:
                uid = organization.version_uid(product, version)
                retired = product.retired or version.retired
                self._add(
                    above, version, OrganizationRow("version", version.name, product.name, uid, retired)
                )

    def _add_installations(self, organization: Organization) -> None:
        group = self._add_group(self.tr("Installations"), number_text(len(organization.installations)))
        for installation in organization.installations:
            uid = organization.installation_root(installation)
            what = OrganizationRow("installation", installation.serial, "", uid, installation.retired)
            self._add(group, installation, what)

    def _add_group(self, name: str, secondary: str) -> int:
        cells = (NameCell(name, secondary=secondary, strong=True, group=True), None, None, None)
        return self._place(-1, cells, None)

    def _add(self, parent: int, entry: Product | Version | Installation, what: OrganizationRow) -> int:
        tone = Tone.TEXT2 if what.retired else Tone.TEXT
        cells = (
            NameCell(what.name, tone=tone),
            UidCell(what.uid, tone=tone),
            TextCell(self.tr("retired") if what.retired else self.tr("in use"), tone=tone),
            TextCell(entry.given, tone=Tone.TEXT2),
        )
        return self._place(parent, cells, what)

    def _place(self, parent: int, cells: tuple[Cell | None, ...], what: OrganizationRow | None) -> int:
        siblings = self._top if parent < 0 else self._places[parent].children
        id_ = len(self._places)
        self._places.append(_Place(parent, len(siblings), cells, what, []))
        siblings.append(id_)
        return id_

    def _children(self, parent: Index) -> list[int]:
        if not parent.isValid():
            return self._top
        return self._places[parent.internalId()].children if parent.column() == 0 else []

    # Qt's questions

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        children = self._children(parent)
        if not 0 <= row < len(children) or not 0 <= column < len(OrganizationColumn):
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        above = self._places[index.internalId()].parent if index.isValid() else -1
        return self.createIndex(self._places[above].row, 0, above) if above >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._children(parent))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(OrganizationColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if (
            not wanted
            or orientation != Qt.Orientation.Horizontal
            or not 0 <= section < len(OrganizationColumn)
        ):
            return None
        return (self.tr("Name or serial number"), self.tr("UID"), self.tr("State"), self.tr("Since"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._places[index.internalId()].cells[index.column()]
        if role == CELL_ROLE or cell is None:
            return cell if role == CELL_ROLE else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return visible_text(cell_speech(cell))
        return None
