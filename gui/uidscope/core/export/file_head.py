"""What every file written gets besides its plan: our name in the file meta, and a harmless preamble."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from uidscope.core.errors import UsageError
from uidscope.core.plan.edits.edit import Edit, Put, Remove, SetValue
from uidscope.core.read.preamble import PREAMBLE_LENGTH, preamble_kind
from uidscope.core.read.structure import PIXEL_DATA, TRANSFER_SYNTAX_UID, FileStructure
from uidscope.core.uid.dictionary import keyword
from uidscope.core.uid.implementation import IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME

_META_VERSION: Final = 0x0002_0001
_MEDIA_STORAGE_SOP_CLASS_UID: Final = 0x0002_0002
_MEDIA_STORAGE_SOP_INSTANCE_UID: Final = 0x0002_0003
_IMPLEMENTATION_CLASS_UID: Final = 0x0002_0012
_IMPLEMENTATION_VERSION_NAME: Final = 0x0002_0013
_SOP_CLASS_UID: Final = 0x0008_0016
_SOP_INSTANCE_UID: Final = 0x0008_0018

# Who sent the file, and private information of who wrote it: true of the source, not of what we write.
_DROPPED: Final = (0x0002_0016, 0x0002_0100, 0x0002_0102)

_TRANSFER_SYNTAXES: Final = {
    "explicit-le": "1.2.840.10008.1.2.1",
    "implicit-le": "1.2.840.10008.1.2",
    "explicit-be": "1.2.840.10008.1.2.2",
}


class HeadChange(NamedTuple):
    """A change that no plan asked for. ``old`` and ``new`` are empty where there is nothing to quote."""

    path: str
    old: str
    new: str
    reason: str


class FileHead(NamedTuple):
    """The preamble of the file to be written, the edits of its file meta, and what is to be told."""

    preamble: bytes
    edits: tuple[Edit, ...]
    changes: tuple[HeadChange, ...]


def plan_head(
    structure: FileStructure, edits: Sequence[Edit], *, keep_tiff_preamble: bool = False
) -> FileHead:
    """Return what changes before the data set, given the edits of the plan.

    Raises ``UsageError`` where a file without a transfer syntax holds encapsulated pixel data, since
    nothing true could be written.
    """
    preamble, preamble_changes = _preamble(structure, keep_tiff=keep_tiff_preamble)
    planned = {edit.tag for edit in edits if isinstance(edit, Put) and edit.in_meta}
    head_edits: list[Edit] = [
        put for put in (*_OUR_NAME, *_missing(structure, edits)) if put.tag not in planned
    ]
    told = [change for put in head_edits if isinstance(put, Put) and (change := _told(structure, put))]
    removals = _removals(structure)
    head_edits += removals
    told += [HeadChange(removal.path, "", "", removal.reason) for removal in removals]
    changes = (*preamble_changes, *told)
    return FileHead(preamble, tuple(head_edits), changes)


def _preamble(structure: FileStructure, *, keep_tiff: bool) -> tuple[bytes, tuple[HeadChange, ...]]:
    zeros = bytes(PREAMBLE_LENGTH)
    if structure.preamble is None:
        return zeros, (HeadChange("preamble", "", "", "preamble-added"),)
    kind = preamble_kind(structure.preamble)
    if kind is None or (kind == "tiff" and keep_tiff):
        return structure.preamble, ()
    return zeros, (HeadChange("preamble", "", "", f"preamble-{kind}"),)


def _missing(structure: FileStructure, edits: Sequence[Edit]) -> list[Put]:
    """Return what a file meta must have and this one has not (PS3.10 7.1)."""
    present = {element.tag for element in structure.meta.elements} if structure.meta else set()
    missing: list[Put] = []
    if not present:
        missing.append(_meta_put(_META_VERSION, "OB", b"\0\1", "meta-added"))
        for meta_tag, tag in (
            (_MEDIA_STORAGE_SOP_CLASS_UID, _SOP_CLASS_UID),
            (_MEDIA_STORAGE_SOP_INSTANCE_UID, _SOP_INSTANCE_UID),
        ):
            uid = _planned_value(structure, edits, tag)
            if uid:
                missing.append(_meta_put(meta_tag, "UI", uid, "meta-added"))
    if TRANSFER_SYNTAX_UID not in present:
        missing.append(_meta_put(TRANSFER_SYNTAX_UID, "UI", _transfer_syntax(structure), "meta-added"))
    return missing


def _transfer_syntax(structure: FileStructure) -> bytes:
    pixel_data = structure.dataset.find(PIXEL_DATA)
    if pixel_data is not None and pixel_data.undefined_length:
        raise UsageError("The file does not say how its pixel data are compressed, so it cannot be written.")
    return _TRANSFER_SYNTAXES[structure.encoding].encode("ascii")


def _planned_value(structure: FileStructure, edits: Sequence[Edit], tag: int) -> bytes:
    """Return the stripped value of a top-level element as it will be."""
    element = structure.dataset.find(tag)
    for edit in edits:
        if isinstance(edit, Put) and edit.tag == tag and not edit.in_meta:
            return edit.value.strip(b" \0")
        if isinstance(edit, SetValue) and edit.element == element:
            return edit.value.strip(b" \0")
    return structure.value(element).strip(b" \0") if element else b""


def _removals(structure: FileStructure) -> list[Remove]:
    if structure.meta is None:
        return []
    return [
        Remove(element, _meta_path(element.tag), "meta-dropped")
        for element in structure.meta.elements
        if element.tag in _DROPPED
    ]


def _told(structure: FileStructure, put: Put) -> HeadChange | None:
    element = structure.meta.find(put.tag) if structure.meta else None
    old = structure.text(element) if element else ""
    new = put.value.decode("latin-1") if put.vr != "OB" else ""
    return None if element and old == new else HeadChange(put.path, old, new, put.reason)


def _meta_put(tag: int, vr: str, value: bytes, reason: str) -> Put:
    return Put(tag, vr, value, _meta_path(tag), reason, in_meta=True)


def _meta_path(tag: int) -> str:
    return f"meta.{keyword(tag)}"


_OUR_NAME: Final = (
    _meta_put(_IMPLEMENTATION_CLASS_UID, "UI", IMPLEMENTATION_CLASS_UID.encode("ascii"), "implementation"),
    _meta_put(
        _IMPLEMENTATION_VERSION_NAME, "SH", IMPLEMENTATION_VERSION_NAME.encode("ascii"), "implementation"
    ),
)
