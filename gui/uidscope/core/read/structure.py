"""Everything one file is made of, as spans of bytes: elements, items and data sets (PS3.5 7, PS3.10 7).

Offsets count in one stream. It is the file itself, or, where the data set is deflated, the file with
the inflated data set in place of the deflated one: what stands before the data set has the offsets
of the file in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import Final, Literal, NamedTuple

from uidscope.core.errors import InputError, UidscopeError
from uidscope.core.read.byte_window import ByteWindow, inflated_window
from uidscope.core.read.encoding import InflatedTooLarge, guess_encoding, is_deflated
from uidscope.core.uid.dictionary import LONGEST_CREATOR, keyword, private_vr, standard_vr

Encoding = Literal["explicit-le", "implicit-le", "explicit-be", "deflated"]
FaultCode = Literal["FILE-01", "FILE-02", "too-deep", "too-large"]

DEEPEST_LEVEL: Final = 64
MOST_ELEMENTS_AND_ITEMS: Final = 2_000_000

TRANSFER_SYNTAX_UID: Final = 0x0002_0010
PIXEL_DATA: Final = 0x7FE0_0010

_PREAMBLE_LENGTH: Final = 128
_UNDEFINED: Final = 0xFFFF_FFFF
_ITEM: Final = 0xFFFE_E000
_ITEM_END: Final = 0xFFFE_E00D
_SEQUENCE_END: Final = 0xFFFE_E0DD
_DELIMITERS: Final = 0xFFFE
_DELIMITER_NUMBERS: Final = frozenset({0xE000, 0xE00D, 0xE0DD})

# PS3.5 7.1.2: the VRs whose length takes 32 bits, behind two reserved bytes; all others have 16.
LONG_VRS: Final = frozenset({"OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"})
_LONG_VRS: Final = {vr.encode(): vr for vr in LONG_VRS}
_SHORT_VRS: Final = {
    vr.encode(): vr
    for vr in (
        "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO",
        "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US",
    )
}  # fmt: skip
_UNTOLD_VRS: Final = frozenset({"", "UN"})
_FRAGMENT_VRS: Final = frozenset({"OB", "OW", "OF", "OD", "OL", "OV"})


class StructureFault(UidscopeError):
    """The bytes cannot be what they say: where they end too early, or do not fit into each other.

    ``code`` is ``FILE-01`` (the file ends inside an element), ``FILE-02`` (a structure fault),
    ``too-deep`` or ``too-large``; ``offset`` is where in the stream it was seen.
    """

    def __init__(self, code: FaultCode, sentence: str, offset: int) -> None:
        super().__init__(sentence)
        self.code: FaultCode = code
        self.offset = offset


class Element(NamedTuple):
    """One data element.

    ``tag`` is ``0xGGGGEEEE``. ``vr`` is ``UI`` or ``SQ`` as judged by the VR written, the dictionary
    or the private creator; for any other element it is the VR written, empty in implicit VR.
    ``written_vr`` is empty in implicit VR. The value lies from ``value_start`` to ``value_end``; a
    delimiter lies between that and ``end``. ``length_size`` is that of the length field, 2 or 4 bytes,
    the last before the value. Encapsulated pixel data are one opaque value.
    """

    tag: int
    vr: str
    written_vr: str
    header_start: int
    value_start: int
    value_end: int
    end: int
    undefined_length: bool
    length_size: int
    items: tuple[Item, ...]


class Item(NamedTuple):
    """One item of a sequence; a delimiter lies between ``value_end`` and ``end``."""

    header_start: int
    value_start: int
    value_end: int
    end: int
    undefined_length: bool
    dataset: Dataset


class Dataset(NamedTuple):
    """The elements of one data set as they stand, and how they are written.

    ``creators`` holds the private creators by the tag of the element that reserves the block.
    """

    elements: tuple[Element, ...]
    explicit: bool
    big_endian: bool
    creators: dict[int, str]

    def find(self, tag: int) -> Element | None:
        """Return the first element of this tag, or None."""
        return next((element for element in self.elements if element[0] == tag), None)

    def creator(self, tag: int) -> str:
        """Return the creator of a private element's block, or '' (PS3.5 7.8.1)."""
        return self.creators.get(tag & 0xFFFF_0000 | (tag >> 8 & 0xFF), "")


class FileStructure(NamedTuple):
    """One file: preamble, file meta and data set, and the bytes they lie in.

    ``preamble`` is None where the file has none, ``meta`` where no element of group 0002 begins it.
    ``window`` holds the stream that all offsets count in, ``file_window`` the file; they are one
    unless the data set is deflated. ``data_start`` is where the data set begins in both;
    ``dataset_end`` is the end of the last element: only zeros may follow.
    ``transfer_syntax`` is what the meta says, stripped, or ''; ``encoding`` is what is the case.
    """

    preamble: bytes | None
    meta: Dataset | None
    dataset: Dataset
    encoding: Encoding
    window: ByteWindow
    file_window: ByteWindow
    data_start: int
    dataset_end: int
    transfer_syntax: str

    def value(self, element: Element) -> bytes:
        """Return the raw bytes of a value, with its padding."""
        return self.window.at(element.value_start, element.value_end - element.value_start)

    def text(self, element: Element) -> str:
        """Return a value as text, byte for character, without the space and NUL around it."""
        return self.value(element).decode("latin-1").strip(" \0")


class Parent(NamedTuple):
    """A sequence on the way to an element, and the number of the item that is entered, from 1."""

    sequence: Element
    number: int

    @property
    def item(self) -> Item:
        """The item entered."""
        return self.sequence.items[self.number - 1]


def parse_structure(window: ByteWindow) -> FileStructure:
    """Parse one whole file.

    Files without a preamble or without file meta are taken; implicit or explicit VR and the byte
    order are then seen from the first element. Raises ``StructureFault`` and what the window raises.
    """
    file_window = window
    start = window.at(0, _PREAMBLE_LENGTH + 4)
    has_preamble = start[_PREAMBLE_LENGTH:] == b"DICM"
    preamble = start[:_PREAMBLE_LENGTH] if has_preamble else None
    parser = _Parser(window)
    meta, data_start = parser.meta(_PREAMBLE_LENGTH + 4 if has_preamble else 0)
    syntax = _transfer_syntax(window, meta)
    deflated = is_deflated(window.at(data_start, 8), syntax)
    if deflated:
        window = _inflated(window, data_start)
        parser = _Parser(window)
    form = _FORMS[guess_encoding(window.at(data_start, 8), "" if deflated else syntax)]
    dataset, dataset_end = parser.top(data_start, form)
    encoding: Encoding = "deflated" if deflated else form.encoding
    return FileStructure(
        preamble, meta, dataset, encoding, window, file_window, data_start, dataset_end, syntax
    )


def walk_elements(dataset: Dataset, prefix: str = "") -> Iterator[tuple[str, Element, tuple[Parent, ...]]]:
    """Yield (element path with item numbers, element, parents) of every element at every level.

    In the order of the file; a sequence comes before what it holds. ``prefix`` begins each path
    (``meta.`` for the file meta); the outermost parent comes first.
    """
    stack: list[tuple[Iterator[Element], str, tuple[Parent, ...]]] = [(iter(dataset.elements), prefix, ())]
    while stack:
        elements, before, parents = stack[-1]
        element = next(elements, None)
        if element is None:
            stack.pop()
            continue
        path = before + keyword(element.tag)
        yield path, element, parents
        for number in range(len(element.items), 0, -1):
            inside = element.items[number - 1].dataset.elements
            if inside:
                stack.append((iter(inside), f"{path}[{number}].", (*parents, Parent(element, number))))


class _Form(NamedTuple):
    """How a data set is written."""

    encoding: Encoding
    explicit: bool
    big_endian: bool
    header: Struct  # group, element, VR or low half of the length, 16-bit length
    length: Struct  # 32 bits
    short_vrs: dict[bytes, str]
    empty: Dataset  # one for all empty items


_EXPLICIT_LE: Final = _Form(
    "explicit-le", True, False, Struct("<HH2sH"), Struct("<I"), _SHORT_VRS, Dataset((), True, False, {})
)
_IMPLICIT_LE: Final = _Form(
    "implicit-le", False, False, Struct("<HH2sH"), Struct("<I"), {}, Dataset((), False, False, {})
)
_EXPLICIT_BE: Final = _Form(
    "explicit-be", True, True, Struct(">HH2sH"), Struct(">I"), _SHORT_VRS, Dataset((), True, True, {})
)


_FORMS: Final[dict[str, _Form]] = {form.encoding: form for form in (_EXPLICIT_LE, _IMPLICIT_LE, _EXPLICIT_BE)}


def _inflated(window: ByteWindow, start: int) -> ByteWindow:
    try:
        return inflated_window(window, start)
    except InflatedTooLarge as error:
        raise StructureFault("too-large", "The inflated data set is larger than allowed.", start) from error
    except InputError as error:
        raise StructureFault("FILE-01", str(error), start) from error


def _is_vr(raw_vr: bytes) -> bool:
    return raw_vr.isalpha() and raw_vr.isupper()


def _transfer_syntax(window: ByteWindow, meta: Dataset | None) -> str:
    element = meta.find(TRANSFER_SYNTAX_UID) if meta else None
    if element is None:
        return ""
    raw_value = window.at(element.value_start, element.value_end - element.value_start)
    return raw_value.decode("latin-1").strip(" \0")


class _Parser:
    """Reads data sets out of one stream; holds the buffer at hand and what may still be taken."""

    __slots__ = ("base", "budget", "buffer", "size", "window")

    def __init__(self, window: ByteWindow) -> None:
        self.window = window
        self.size = window.size
        self.buffer = b""
        self.base = 0
        self.budget = MOST_ELEMENTS_AND_ITEMS

    def meta(self, start: int) -> tuple[Dataset | None, int]:
        """Read the elements of group 0002; return them (None if there are none) and their end."""
        first = self.window.at(start, 6)
        if first[:2] != b"\x02\x00":
            return None, start
        form = _EXPLICIT_LE if _is_vr(first[4:]) else _IMPLICIT_LE
        return self._elements(start, self.size, form, 0, only_group=2)

    def top(self, start: int, form: _Form) -> tuple[Dataset, int]:
        """Read the data set of the file; return it and the end of its last element."""
        dataset, end = self._elements(start, self.size, form, 0)
        if end < self.size and not self._padding_follows(end):
            if end + 8 > self.size:
                raise StructureFault("FILE-01", "The file ends inside the header of an element.", end)
            raise StructureFault("FILE-02", "A delimiter stands where none can stand.", end)
        return dataset, end

    def _elements(
        self, start: int, bound: int, form: _Form, level: int, *, only_group: int = 0
    ) -> tuple[Dataset, int]:
        """Read elements up to ``bound``, a delimiter, another group than the only one, or (level 0) padding.

        The end returned is that of the last element; whether it may end there is the caller's to say.
        """
        elements: list[Element] = []
        creators: dict[int, str] = {}
        append, new = elements.append, tuple.__new__  # half the time of Element(...)
        unpack, short_vrs = form.header.unpack_from, form.short_vrs
        buffer, base, last = b"", 0, -1
        at = start
        while True:
            if at > last:  # the header of the next element may not be in the buffer
                if at + 8 > bound:
                    break
                self._check_budget(len(elements), at)
                buffer, base = self._fetch(at)
                last = min(bound - 8, base + len(buffer) - 12)
            group, number, raw_vr, length = unpack(buffer, at - base)
            is_delimiter = group == _DELIMITERS and number in _DELIMITER_NUMBERS
            if is_delimiter or (only_group and group != only_group):
                break
            vr = short_vrs.get(raw_vr)
            if vr is not None and (not group & 1 or number > 0xFF):
                value_start = at + 8
                value_end = value_start + length
                if value_end > bound:
                    raise self._overrun(at, value_end)
                tag = group << 16 | number
                append(new(Element, (tag, vr, vr, at, value_start, value_end, value_end, False, 2, ())))
                at = value_end
            elif group or number or level or not self._padding_follows(at):
                element = self._element(at, bound, form, level, creators)
                append(element)
                at = element.end
                last = -1
            else:
                break
        self.budget -= len(elements)
        self._check_budget(0, at)
        return Dataset(tuple(elements), form.explicit, form.big_endian, creators), at

    def _element(self, at: int, bound: int, form: _Form, level: int, creators: dict[int, str]) -> Element:
        """Read any element; one without a VR in explicit VR is taken as written in implicit VR."""
        buffer, index = self.buffer, at - self.base
        group, number, raw_vr, length = form.header.unpack_from(buffer, index)
        written_vr, length_size, value_start = "", 4, at + 8
        if not form.explicit or not _is_vr(raw_vr):
            length = form.length.unpack_from(buffer, index + 4)[0]
        elif raw_vr in _LONG_VRS:
            written_vr, value_start = _LONG_VRS[raw_vr], at + 12
            if value_start > bound:
                raise self._overrun(at, value_start)
            length = form.length.unpack_from(buffer, index + 8)[0]
        elif raw_vr not in _SHORT_VRS and not length and at + 12 <= bound:
            # A VR of a later edition has two reserved bytes and a 32-bit length (PS3.5 7.1.2).
            written_vr, value_start = raw_vr.decode("ascii"), at + 12
            length = form.length.unpack_from(buffer, index + 8)[0]
        else:
            written_vr, length_size = raw_vr.decode("ascii"), 2
        tag = group << 16 | number
        vr = _judged_vr(tag, creators) or written_vr if written_vr in _UNTOLD_VRS else written_vr
        if length == _UNDEFINED and length_size == 4:
            opened = Element(tag, vr, written_vr, at, value_start, 0, 0, True, 4, ())
            return self._undefined_length(opened, bound, form, level)
        end = value_start + length
        if end > bound:
            raise self._overrun(at, end)
        # One written as UI is a UID value like any other, and may be renamed like any.
        if group & 1 and 0x10 <= number <= 0xFF and written_vr != "UI":
            raw_creator = self.window.at(value_start, min(length, LONGEST_CREATOR))
            creators[tag] = raw_creator.decode("latin-1").strip(" \0")
        element = Element(tag, vr, written_vr, at, value_start, end, end, False, length_size, ())
        return self._sequence(element, form, level) if vr == "SQ" and length else element

    def _sequence(self, element: Element, form: _Form, level: int) -> Element:
        """Read a sequence of defined length; one that is only judged to be one may prove to be opaque."""
        form = _IMPLICIT_LE if element.written_vr == "UN" else form
        sure = element.written_vr == "SQ" or (element.written_vr == "" and not element.tag & 0x0001_0000)
        if not sure and (
            element.value_start + 8 > element.end or self._tag_at(element.value_start, form) != _ITEM
        ):
            return element._replace(vr=element.written_vr)
        items, _ = self._items(element.value_start, element.value_end, form, level + 1, undefined=False)
        return element._replace(items=items)

    def _undefined_length(self, opened: Element, bound: int, form: _Form, level: int) -> Element:
        """Read a sequence or encapsulated data that a delimiter closes (PS3.5 6.2.2, 7.5, A.4)."""
        if opened.written_vr in _FRAGMENT_VRS or opened.tag == PIXEL_DATA:
            end = self._fragments_end(opened.value_start, bound, form)
            return opened._replace(value_end=end, end=end + 8)
        if opened.written_vr != "SQ" and opened.written_vr not in _UNTOLD_VRS:
            sentence = "An element of this VR cannot have undefined length."
            raise StructureFault("FILE-02", sentence, opened.header_start)
        form = _IMPLICIT_LE if opened.written_vr == "UN" else form
        items, end = self._items(opened.value_start, bound, form, level + 1, undefined=True)
        return opened._replace(vr="SQ", value_end=end, end=end + 8, items=items)

    def _items(
        self, start: int, bound: int, form: _Form, level: int, *, undefined: bool
    ) -> tuple[tuple[Item, ...], int]:
        """Read the items of a sequence; return them and the end of the last one."""
        if level > DEEPEST_LEVEL:
            raise StructureFault("too-deep", "Sequences are nested too deeply.", start)
        items: list[Item] = []
        at = start
        while at + 8 <= bound:
            tag = self._tag_at(at, form)
            if tag == _SEQUENCE_END and undefined:
                return tuple(items), at
            if tag != _ITEM:
                raise StructureFault("FILE-02", "A sequence holds something that is not an item.", at)
            self.budget -= 1
            item = self._item(at, bound, form, level)
            items.append(item)
            at = item.end
        if undefined or at != bound:
            raise self._unclosed(at, bound)
        return tuple(items), at

    def _item(self, at: int, bound: int, form: _Form, level: int) -> Item:
        buffer, base = self._fetch(at)
        length = form.length.unpack_from(buffer, at + 4 - base)[0]
        value_start = at + 8
        undefined = length == _UNDEFINED
        value_end = bound if undefined else value_start + length
        if value_end > bound:
            raise self._overrun(at, value_end)
        if length == 0:
            return Item(at, value_start, value_end, value_end, False, form.empty)
        if form.explicit and value_end - value_start >= 8 and self._is_implicit_in_fact(value_start, form):
            form = _IMPLICIT_LE if not form.big_endian else form
        dataset, end = self._elements(value_start, value_end, form, level)
        if undefined:
            if end + 8 > bound or self._tag_at(end, form) != _ITEM_END:
                raise self._unclosed(end, bound)
            return Item(at, value_start, end, end + 8, True, dataset)
        if end != value_end:
            raise StructureFault("FILE-02", "An item does not end where its length says.", end)
        return Item(at, value_start, end, end, False, dataset)

    def _fragments_end(self, start: int, bound: int, form: _Form) -> int:
        """Return where the delimiter behind the fragments begins (PS3.5 A.4)."""
        at = start
        while at + 8 <= bound:
            tag = self._tag_at(at, form)
            if tag == _SEQUENCE_END:
                return at
            if tag != _ITEM:
                raise StructureFault("FILE-02", "Encapsulated data hold something that is no fragment.", at)
            length = form.length.unpack_from(self.buffer, at + 4 - self.base)[0]
            if at + 8 + length > bound:
                raise self._overrun(at, at + 8 + length)
            at += 8 + length
        raise self._unclosed(at, bound)

    def _is_implicit_in_fact(self, start: int, form: _Form) -> bool:
        tag = self._tag_at(start, form)
        raw_vr = self.buffer[start + 4 - self.base : start + 6 - self.base]
        return tag >> 16 != _DELIMITERS and not _is_vr(raw_vr)

    def _tag_at(self, at: int, form: _Form) -> int:
        buffer, base = self._fetch(at)
        group, number, _, _ = form.header.unpack_from(buffer, at - base)
        return int(group << 16 | number)

    def _fetch(self, at: int) -> tuple[bytes, int]:
        """Return a buffer, and its offset, that holds the 12 bytes from ``at`` (8 at the very end)."""
        index = at - self.base
        if not 0 <= index <= len(self.buffer) - 12:
            self.buffer, self.base = self.window.around(at, min(12, self.size - at))
            if at + 8 > self.base + len(self.buffer):  # it became shorter while it was read
                raise StructureFault("FILE-01", "The file ends inside the header of an element.", at)
        return self.buffer, self.base

    def _padding_follows(self, at: int) -> bool:
        """Whether only zeros stand from ``at`` to the end; a single one may be half a tag."""
        return self.size - at > 1 and not any(any(block) for block in self.window.blocks(at, self.size))

    def _check_budget(self, more: int, at: int) -> None:
        if self.budget < more:
            raise StructureFault("too-large", "The file holds too many elements and items.", at)

    def _overrun(self, at: int, end: int) -> StructureFault:
        if end > self.size:
            return StructureFault("FILE-01", "The file ends inside an element.", at)
        return StructureFault("FILE-02", "An element runs past the end of what holds it.", at)

    def _unclosed(self, at: int, bound: int) -> StructureFault:
        if at < bound == self.size and at + 8 > bound:
            return StructureFault("FILE-01", "The file ends inside the header of an element.", at)
        return StructureFault("FILE-02", "A sequence or an item is not closed.", at)


def _judged_vr(tag: int, creators: dict[int, str]) -> str | None:
    """Return UI or SQ for an element written without a VR, or as UN, that is known to be one."""
    if not tag & 0x0001_0000:
        return standard_vr(tag)
    creator = creators.get(tag & 0xFFFF_0000 | (tag >> 8 & 0xFF))
    return private_vr(creator, tag) if creator else None
