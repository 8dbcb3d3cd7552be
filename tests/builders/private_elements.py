"""UIDs where a reader must look twice: private elements, and sequences that are written as UN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.tag import Tag

from tests.builders.files import encoded_dataset

# The private dictionary has (2001,xx52) of this creator as UI and (2001,xx5F) as SQ; of the other, nothing.
KNOWN_CREATOR = "Philips Imaging DD 001"
UNKNOWN_CREATOR = "UIDSCOPE TEST"
_KNOWN_GROUP, _KNOWN_UI, _KNOWN_SEQUENCE = 0x2001, 0x52, 0x5F
_OTHER_GROUP, _OTHER_UI, _OTHER_SEQUENCE, _OTHER_TEXT = 0x0029, 0x01, 0x02, 0x03

_ITEM = bytes.fromhex("FEFF00E0")
_ITEM_END = bytes.fromhex("FEFF0DE000000000")
_UNDEFINED = bytes.fromhex("FFFFFFFF")


def add_private_uid(
    dataset: Dataset, uid: str, *, creator: str = KNOWN_CREATOR, vr: Literal["UI", "UN"] = "UI"
) -> str:
    """Add a private element that holds the UID, and return its path; as UN only its creator tells its VR."""
    known = creator == KNOWN_CREATOR
    group, offset = (_KNOWN_GROUP, _KNOWN_UI) if known else (_OTHER_GROUP, _OTHER_UI)
    padded = uid.encode("ascii") + bytes(len(uid) % 2)
    return _add_private(dataset, group, offset, creator, vr, uid if vr == "UI" else padded)


def add_private_text(dataset: Dataset, text: str, *, creator: str = UNKNOWN_CREATOR) -> str:
    """Add a private element of VR LO, and return its path."""
    return _add_private(dataset, _OTHER_GROUP, _OTHER_TEXT, creator, "LO", text)


def add_private_sequence(
    dataset: Dataset,
    items: Sequence[Dataset],
    *,
    creator: str = KNOWN_CREATOR,
    vr: Literal["SQ", "UN"] = "SQ",
    undefined_length: bool = False,
) -> str:
    """Add a private sequence and return its path.

    As UN of defined length only its creator tells that it is a sequence.
    """
    known = creator == KNOWN_CREATOR
    group, offset = (_KNOWN_GROUP, _KNOWN_SEQUENCE) if known else (_OTHER_GROUP, _OTHER_SEQUENCE)
    value = list(items) if vr == "SQ" else _un_value(items, undefined_length)
    path = _add_private(dataset, group, offset, creator, vr, value)
    dataset[int(path, 16)].is_undefined_length = undefined_length
    return path


def as_unknown(dataset: Dataset, keyword: str, *, undefined_length: bool = False) -> None:
    """Let a sequence of the dataset be written as UN, as a writer does that does not know the element.

    Its items are implicit little endian (PS3.5 6.2.2). With an undefined length not for big endian files.
    """
    tag = Tag(keyword)
    element = DataElement(tag, "OB", _un_value(dataset[tag].value, undefined_length))
    element.VR = "UN"  # not at once: the library would take its dictionary's VR instead
    element.is_undefined_length = undefined_length
    dataset[tag] = element


def _un_value(items: Sequence[Dataset], undefined_length: bool) -> bytes:
    value = b""
    for item in items:
        content = encoded_dataset(item, "implicit-le")
        if undefined_length:
            value += _ITEM + _UNDEFINED + content + _ITEM_END
        else:
            value += _ITEM + len(content).to_bytes(4, "little") + content
    return value


def _add_private(
    dataset: Dataset, group: int, offset: int, creator: str, vr: str, value: str | bytes | list[Dataset]
) -> str:
    block = dataset.private_block(group, creator, create=True)
    block.add_new(offset, vr, value)
    return f"{block.get_tag(offset):08X}"
