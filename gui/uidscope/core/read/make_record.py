"""What was read of one file to its record: its own UIDs, its profile, references, faults and flags."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from uidscope.core.read import attributes
from uidscope.core.read.attributes import BINARY_TAGS, PROFILE_ATTRIBUTES, profile_tags
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.encoding import FileStart
from uidscope.core.read.preamble import preamble_kind
from uidscope.core.read.record import (
    BROKEN,
    ENCAPSULATED_PIXELS,
    HAS_META,
    HAS_PREAMBLE,
    IS_DICOMDIR,
    NATIVE_PIXELS,
    TRUNCATED,
    Fault,
    FileRecord,
    FileStamp,
    RawUiValue,
)
from uidscope.core.read.references import counted_references
from uidscope.core.read.walk import Walk
from uidscope.core.uid.dictionary import ui_tags
from uidscope.core.uid.syntax import is_plainly_encoded, strip_value

_MEDIA_STORAGE_DIRECTORY = "1.2.840.10008.1.3.10"
_META_SOP_CLASS = 0x00020002
META_UI = frozenset(tag for tag in ui_tags() if tag >> 16 == 2)
OWN_UIDS = frozenset({"SOPInstanceUID", "meta.MediaStorageSOPInstanceUID"})

_PREAMBLES = {"executable": "a program", "archive": "an archive or a PDF"}


def make_record(
    source: int, path: str, stamp: FileStamp, start: FileStart, walk: Walk, encoding: str
) -> FileRecord:
    """Return the record of a loaded file; ``encoding`` is the word for how its data set is written."""
    own, values = _ui_values(start, walk)
    sop_instance_uid = strip_value(own.get("SOPInstanceUID", b""))
    meta_uid = own.get("meta.MediaStorageSOPInstanceUID")
    profile = _profile(walk, values)
    meta_class = strip_value(start.raw(_META_SOP_CLASS) or b"")
    is_dicomdir = _MEDIA_STORAGE_DIRECTORY in (meta_class, profile[attributes.PROFILE_INDEX["SOPClassUID"]])
    faults = _faults(start, walk, is_dicomdir=is_dicomdir)
    return FileRecord(
        source=source,
        path=path,
        stamp=stamp,
        encoding=encoding,
        flags=_flags(start, walk, faults, is_dicomdir=is_dicomdir),
        profile=profile,
        sop_instance_uid=sop_instance_uid,
        meta_sop_instance_uid=None if meta_uid is None else strip_value(meta_uid),
        instance_number=_text(walk, attributes.INSTANCE_NUMBER) or "",
        values=values,
        references=() if is_dicomdir else counted_references(walk),
        faults=faults,
    )


def _ui_values(start: FileStart, walk: Walk) -> tuple[dict[str, bytes], tuple[RawUiValue, ...]]:
    """The object's own two UIDs, and every UI field with how often it stands there."""
    own: dict[str, bytes] = {}
    counts: dict[tuple[str, bytes], int] = {}
    fields = [(field.path, field.raw) for field in start.meta if field.tag in META_UI]
    fields += [(pattern, raw) for pattern, raw, _, _ in walk.values]
    for field in fields:
        pattern, raw = field
        if pattern in OWN_UIDS:
            first = pattern not in own
            own.setdefault(pattern, raw)
            if first and is_plainly_encoded(raw):
                continue
        counts[field] = counts.get(field, 0) + 1
    return own, tuple([(pattern, raw, count) for (pattern, raw), count in counts.items()])


_UID_KEYWORDS = tuple(each.keyword for each in PROFILE_ATTRIBUTES if each.tag in ui_tags())
_UID_INDEXES = tuple(attributes.PROFILE_INDEX[keyword] for keyword in _UID_KEYWORDS)
_INDEX_OF_TAG = {each.tag: index for index, each in enumerate(PROFILE_ATTRIBUTES)}


def _profile(walk: Walk, values: tuple[RawUiValue, ...]) -> tuple[str | None, ...]:
    uids: dict[str, bytes] = {}
    for pattern, raw, _ in values:
        uids.setdefault(pattern, raw)
    keys = walk.keys
    wanted = profile_tags(uids.get("SOPClassUID"))
    tags = tuple([tag for tag in keys if tag in wanted])
    return _decoded_profile(
        tags,
        tuple([keys[tag] for tag in tags]),
        tuple([uids.get(keyword) for keyword in _UID_KEYWORDS]),
        keys.get(attributes.SPECIFIC_CHARACTER_SET, b""),
        walk.byte_order,
    )


@lru_cache(maxsize=4096)  # the objects of a series mostly say the same
def _decoded_profile(
    tags: tuple[int, ...],
    raw_fields: tuple[bytes, ...],
    raw_uids: tuple[bytes | None, ...],
    raw_character_set: bytes,
    byte_order: Literal["little", "big"],
) -> tuple[str | None, ...]:
    profile: list[str | None] = [None] * len(PROFILE_ATTRIBUTES)
    for tag, raw in zip(tags, raw_fields, strict=True):
        is_number = tag in BINARY_TAGS and len(raw) == 2
        profile[_INDEX_OF_TAG[tag]] = (
            str(int.from_bytes(raw, byte_order)) if is_number else decode_text(raw, raw_character_set)
        )
    for index, raw_uid in zip(_UID_INDEXES, raw_uids, strict=True):
        profile[index] = None if raw_uid is None else strip_value(raw_uid)
    return tuple(profile)


def _text(walk: Walk, tag: int) -> str | None:
    raw = walk.keys.get(tag)
    if raw is None:
        return None
    return decode_text(raw, walk.keys.get(attributes.SPECIFIC_CHARACTER_SET, b""))


def _faults(start: FileStart, walk: Walk, *, is_dicomdir: bool) -> tuple[Fault, ...]:
    faults = list(walk.faults)
    kind = preamble_kind(start.preamble)
    if kind is not None and kind != "tiff":  # TIFF alone has a right to the preamble (PS3.10 7.1)
        faults.append(("FILE-03", "", f"the preamble begins like {_PREAMBLES[kind]}"))
    if not is_dicomdir and not any(rule in ("FILE-01", "FILE-02") for rule, _, _ in faults):
        faults += _missing_pixels(walk)
    return tuple(faults)


def _missing_pixels(walk: Walk) -> list[Fault]:
    """FILE-01 where native pixel data are shorter than rows, columns and frames say (PS3.5 8.1.1)."""
    rows, columns = (_unsigned(walk, tag) for tag in (attributes.ROWS, attributes.COLUMNS))
    if not rows or not columns or walk.pixel_length is None or walk.pixel_length < 0:
        return []
    bits = _unsigned(walk, attributes.BITS_ALLOCATED)
    samples = _unsigned(walk, attributes.SAMPLES_PER_PIXEL) or 1
    photometric = walk.keys.get(attributes.PHOTOMETRIC_INTERPRETATION, b"").strip(b" \0")
    if photometric in (b"YBR_FULL_422", b"YBR_PARTIAL_422"):
        samples = 2  # two pixels share their colour (PS3.3 C.7.6.3.1.2)
    elif photometric == b"YBR_PARTIAL_420":
        samples = 1
    try:
        frames = int(walk.keys.get(attributes.NUMBER_OF_FRAMES, b"1").strip(b" \0") or b"1")
    except ValueError:
        frames = 1
    expected = (rows * columns * samples * frames * bits + 7) // 8
    if walk.pixel_length >= expected:
        return []
    return [("FILE-01", "PixelData", f"{walk.pixel_length} of {expected} bytes")]


def _unsigned(walk: Walk, tag: int) -> int:
    raw = walk.keys.get(tag, b"")
    return int.from_bytes(raw, walk.byte_order) if len(raw) == 2 else 0


def _flags(start: FileStart, walk: Walk, faults: tuple[Fault, ...], *, is_dicomdir: bool) -> int:
    flags = HAS_PREAMBLE if start.preamble else 0
    flags |= HAS_META if start.meta else 0
    flags |= IS_DICOMDIR if is_dicomdir else 0
    rules = {rule for rule, _, _ in faults}
    flags |= TRUNCATED if "FILE-01" in rules else 0
    flags |= BROKEN if "FILE-02" in rules else 0
    return flags | _pixel_flags(walk)


def _pixel_flags(walk: Walk) -> int:
    if not walk.pixel_length or walk.has_float_pixels:
        return 0
    return ENCAPSULATED_PIXELS if walk.pixel_length < 0 else NATIVE_PIXELS
