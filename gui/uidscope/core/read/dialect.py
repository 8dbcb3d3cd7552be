"""The ways to write elements, as tables for the walker: what each tag and VR asks of it.

A little-endian tag read as one 32-bit word has its halves swapped; so have the tables, and no element
pays for it.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct

from uidscope.core.read.attributes import (
    BITS_ALLOCATED,
    COLUMNS,
    INSTANCE_NUMBER,
    NUMBER_OF_FRAMES,
    PHOTOMETRIC_INTERPRETATION,
    PIXEL_DATA,
    PIXEL_DATA_PROVIDER_URL,
    PROFILE_ATTRIBUTES,
    ROWS,
    SAMPLES_PER_PIXEL,
    SPECIFIC_CHARACTER_SET,
)
from uidscope.core.uid.dictionary import (
    LONGEST_CREATOR,
    is_known_creator,
    keyword,
    private_vr,
    sq_tags,
    standard_vr,
    ui_tags,
)

_ITEM = 0xFFFEE000
_ITEM_END = 0xFFFEE00D
_SEQUENCE_END = 0xFFFEE0DD
_CODE_VALUE = 0x00080100
_PURPOSE = "PurposeOfReferenceCodeSequence[]."

# What an element of an explicit VR needs; 0 is passed over by its 16-bit length.
DULL, UI, LONG, SQ, UN = range(5)
NO_VR = -1
_SHORT_VRS = "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UL US"
_LONG_VRS = "OB OD OF OL OV OW SV UC UR UT UV"


def _swapped(tag: int) -> int:
    return tag >> 16 | (tag & 0xFFFF) << 16


class PathNames(dict[int, str]):
    """Element paths below one prefix by tag, as the dialect packs tags; made when first met."""

    __slots__ = ("_below", "prefix", "swap")

    def __init__(self, prefix: str, *, swap: bool) -> None:
        super().__init__()
        self.prefix = prefix
        self.swap = swap
        self._below: dict[int, PathNames] = {}

    def __missing__(self, tag: int) -> str:
        name = self[tag] = self.prefix + keyword(_swapped(tag) if self.swap else tag)
        return name

    def below(self, tag: int) -> PathNames:
        names = self._below.get(tag)
        if names is None:
            names = self._below[tag] = PathNames(self[tag] + "[].", swap=self.swap)
        return names


class Dialect:
    """One way to write elements: its structs, and every table with tags packed as they unpack."""

    def __init__(self, *, explicit: bool, big_endian: bool) -> None:
        order = ">" if big_endian else "<"
        pack = (lambda tag: tag) if big_endian else _swapped
        self.explicit = explicit
        self.big_endian = big_endian
        self.unpack_header = Struct(order + ("IHH" if explicit else "II")).unpack_from
        self.unpack_item = Struct(order + "II").unpack_from
        self.unpack_length = Struct(order + "I").unpack_from
        self.odd_group = 0x10000 if big_endian else 1
        # A private creator is element 0010-00FF; its number is the block of the elements it owns.
        self.creators_below = 1 << 32 if big_endian else 0x1000000
        self.block_mask = 0xFFFFFF00 if big_endian else 0xFF00FFFF
        self.natural: Callable[[int], int] = pack
        self.item, self.item_end, self.sequence_end = pack(_ITEM), pack(_ITEM_END), pack(_SEQUENCE_END)
        self.pixel_data = frozenset(map(pack, PIXEL_DATA))
        self.ui = frozenset(map(pack, ui_tags()))
        self.sq = frozenset(map(pack, sq_tags()))
        keys = {attribute.tag for attribute in PROFILE_ATTRIBUTES} - ui_tags()
        keys |= {SPECIFIC_CHARACTER_SET, INSTANCE_NUMBER, SAMPLES_PER_PIXEL, PHOTOMETRIC_INTERPRETATION}
        keys |= {NUMBER_OF_FRAMES, ROWS, COLUMNS, BITS_ALLOCATED}
        self.keys = frozenset(map(pack, keys))
        self.purpose_keys = frozenset({pack(_CODE_VALUE)})
        self.provider_url = pack(PIXEL_DATA_PROVIDER_URL)
        self.delimiters = frozenset({self.item, self.item_end, self.sequence_end})
        self.special = self.ui | self.sq | self.keys | self.purpose_keys | self.pixel_data
        self.special |= self.delimiters | {self.provider_url, 0}
        # Indexed by the VR's two bytes as one number: a list is quicker to ask than a dictionary.
        self.kinds = [NO_VR] * 0x10000
        unpack_vr = Struct(order + "H").unpack
        words = ((_SHORT_VRS, DULL), ("UI", UI), (_LONG_VRS, LONG), ("SQ", SQ), ("UN", UN))
        for vrs, kind in words:
            for vr in vrs.split():
                self.kinds[unpack_vr(vr.encode())[0]] = kind
        self.names = PathNames("", swap=not big_endian)


_DIALECTS: dict[str, Dialect] = {}


def dialect_named(name: str) -> Dialect:
    """The dialect ``explicit-le``, ``implicit-le`` or ``explicit-be``, built when first needed."""
    dialect = _DIALECTS.get(name)
    if dialect is None:
        explicit, order = name.split("-")
        dialect = _DIALECTS[name] = Dialect(explicit=explicit == "explicit", big_endian=order == "be")
    return dialect


_NO_KEYS: frozenset[int] = frozenset()


def keys_of(dialect: Dialect, names: PathNames, item: int) -> frozenset[int]:
    """Return the tags whose fields are wanted in this data set besides the UIDs."""
    if not item:
        return dialect.keys
    return dialect.purpose_keys if names.prefix.endswith(_PURPOSE) else _NO_KEYS


def names_for(dialect: Dialect, names: PathNames) -> PathNames:
    """The same prefix with the tags packed as ``dialect`` packs them."""
    if names.swap is not dialect.big_endian:
        return names
    return PathNames(names.prefix, swap=not dialect.big_endian)


def note_creator(dialect: Dialect, creators: dict[int, str], tag: int, raw: bytes) -> None:
    """Keep a private creator by the block it owns (PS3.5 7.8.1), where the dictionary knows it."""
    natural = dialect.natural(tag)
    if not 0x10 <= natural & 0xFFFF <= 0xFF:
        return
    creator = raw[:LONGEST_CREATOR].decode("latin-1").strip(" \0")
    block = natural & 0xFFFF0000 | (natural & 0xFF) << 8
    if is_known_creator(creator):
        creators[dialect.natural(block)] = creator
    else:
        creators.pop(dialect.natural(block), None)


def vr_of_unknown(dialect: Dialect, tag: int, creators: dict[int, str]) -> str | None:
    """Return ``UI`` or ``SQ`` where PS3.6 or the private creator gives the element that VR."""
    if not tag & dialect.odd_group:
        return standard_vr(dialect.natural(tag))
    creator = creators.get(tag & dialect.block_mask)
    return private_vr(creator, dialect.natural(tag)) if creator else None
