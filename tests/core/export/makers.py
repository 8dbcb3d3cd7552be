"""DICOM bytes from a small model of a data set, written here without the code under test.

A model is changed and encoded anew to say what a rewritten file must be, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from uidscope.core.read.byte_window import ByteWindow, memory_window
from uidscope.core.read.structure import FileStructure, parse_structure

LONG_VRS = frozenset(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"])
UNDEFINED = 0xFFFF_FFFF


class Form(NamedTuple):
    explicit: bool
    order: Literal["little", "big"]
    syntax: str


EXPLICIT_LE = Form(True, "little", "1.2.840.10008.1.2.1")
IMPLICIT_LE = Form(False, "little", "1.2.840.10008.1.2")
EXPLICIT_BE = Form(True, "big", "1.2.840.10008.1.2.2")
FORMS = (EXPLICIT_LE, IMPLICIT_LE, EXPLICIT_BE)


@dataclass(frozen=True)
class Leaf:
    """An element with a value; ``value`` None is a group length, worked out when it is encoded."""

    tag: int
    vr: str
    value: bytes | None


@dataclass(frozen=True)
class ItemOf:
    nodes: tuple[Node, ...] = ()
    undefined: bool = False


@dataclass(frozen=True)
class Sequence:
    """A sequence; written as ``UN`` its items are in implicit VR, little endian."""

    tag: int
    items: tuple[ItemOf, ...] = field(default=())
    undefined: bool = False
    vr: str = "SQ"


Node = Leaf | Sequence


def encode(nodes: Iterable[Node], form: Form) -> bytes:
    nodes = tuple(nodes)
    return b"".join(_encode(node, nodes, form) for node in nodes)


def _encode(node: Node, siblings: tuple[Node, ...], form: Form) -> bytes:
    if isinstance(node, Sequence):
        inner = IMPLICIT_LE if node.vr == "UN" else form
        value = b"".join(encode_item(item, inner) for item in node.items)
        if node.undefined:
            return header(node.tag, node.vr, UNDEFINED, form) + value + delimiter(0xFFFE_E0DD, inner)
        return header(node.tag, node.vr, len(value), form) + value
    value = _group_length(node, siblings, form) if node.value is None else node.value
    value += (b"\0" if node.vr in ("UI", "OB", "UN") else b" ") * (len(value) % 2)
    return header(node.tag, node.vr, len(value), form) + value


def _group_length(node: Leaf, siblings: tuple[Node, ...], form: Form) -> bytes:
    members = [one for one in siblings if one.tag >> 16 == node.tag >> 16 and one.tag != node.tag]
    return len(encode(members, form)).to_bytes(4, form.order)


def encode_item(item: ItemOf, form: Form) -> bytes:
    value = encode(item.nodes, form)
    length = UNDEFINED if item.undefined else len(value)
    start = tag_bytes(0xFFFE_E000, form) + length.to_bytes(4, form.order)
    return start + value + (delimiter(0xFFFE_E00D, form) if item.undefined else b"")


def header(tag: int, vr: str, length: int, form: Form) -> bytes:
    if not form.explicit:
        return tag_bytes(tag, form) + length.to_bytes(4, form.order)
    if vr in LONG_VRS:
        return tag_bytes(tag, form) + vr.encode() + b"\0\0" + length.to_bytes(4, form.order)
    return tag_bytes(tag, form) + vr.encode() + length.to_bytes(2, form.order)


def tag_bytes(tag: int, form: Form) -> bytes:
    return (tag >> 16).to_bytes(2, form.order) + (tag & 0xFFFF).to_bytes(2, form.order)


def delimiter(tag: int, form: Form) -> bytes:
    return tag_bytes(tag, form) + bytes(4)


def part10(
    dataset: bytes,
    syntax: str = EXPLICIT_LE.syntax,
    *,
    preamble: bytes = bytes(128),
    extra: tuple[Leaf, ...] = (),
) -> bytes:
    """A file with these bytes as its data set; ``extra`` are more elements of the file meta."""
    own = (
        Leaf(0x0002_0000, "UL", None),
        Leaf(0x0002_0001, "OB", b"\0\1"),
        Leaf(0x0002_0002, "UI", b"1.2.840.10008.5.1.4.1.1.7"),
        Leaf(0x0002_0003, "UI", b"1.2.3.4"),
        Leaf(0x0002_0010, "UI", syntax.encode()),
        Leaf(0x0002_0012, "UI", b"1.2.3.4.5.6"),
    )
    nodes = sorted((*own, *extra), key=lambda leaf: leaf.tag)
    return preamble + b"DICM" + encode(nodes, EXPLICIT_LE) + dataset


def file_of(nodes: Iterable[Node], form: Form = EXPLICIT_LE) -> bytes:
    return part10(encode(nodes, form), form.syntax)


def parsed(data: bytes) -> FileStructure:
    return parse_structure(memory_window(data))


def whole(window: ByteWindow) -> bytes:
    return window.at(0, window.size)


def without(nodes: tuple[Node, ...], tag: int) -> tuple[Node, ...]:
    return tuple(node for node in nodes if node.tag != tag)


def with_value(nodes: tuple[Node, ...], tag: int, value: bytes) -> tuple[Node, ...]:
    return tuple(
        replace(node, value=value) if isinstance(node, Leaf) and node.tag == tag else node for node in nodes
    )


def paths(nodes: Iterable[Node], before: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Node]]:
    """Every node with its address: position of the element, number of the item, position, ..."""
    for position, node in enumerate(nodes):
        address = (*before, position)
        yield address, node
        if isinstance(node, Sequence):
            for number, item in enumerate(node.items):
                yield from paths(item.nodes, (*address, number))
