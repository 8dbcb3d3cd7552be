"""One file to one record, or to the reason why it is not loaded. Files are opened read-only."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Literal

from uidscope.core.read import attributes
from uidscope.core.read.archive import looks_like_archive
from uidscope.core.read.attributes import BINARY_TAGS, PROFILE_ATTRIBUTES, profile_tags
from uidscope.core.read.character_sets import decode_text
from uidscope.core.read.encoding import (
    FileStart,
    InflatedTooLarge,
    find_start,
    guess_encoding,
    inflate,
    is_deflated,
    meta_fits,
)
from uidscope.core.read.platform_io import LINK_REFUSED, OFFLINE, NotRegular, open_regular, read_at
from uidscope.core.read.preamble import preamble_kind
from uidscope.core.read.record import (
    BROKEN,
    ENCAPSULATED_PIXELS,
    HARD_LINKED,
    HAS_META,
    HAS_PREAMBLE,
    IS_DICOMDIR,
    NATIVE_PIXELS,
    TRUNCATED,
    Fault,
    FileRecord,
    FileStamp,
    NotLoaded,
    RawUiValue,
)
from uidscope.core.read.references import counted_references
from uidscope.core.read.walker import FIRST_READ, HeaderWalker, ReadAt, TooDeep, TooLarge, Walk
from uidscope.core.uid.dictionary import ui_tags
from uidscope.core.uid.syntax import is_plainly_encoded, strip_value

_MEDIA_STORAGE_DIRECTORY = "1.2.840.10008.1.3.10"
_META_SOP_CLASS, _META_SOP_INSTANCE, _META_TRANSFER_SYNTAX = 0x00020002, 0x00020003, 0x00020010
_META_UI = frozenset(tag for tag in ui_tags() if tag >> 16 == 2)
_OWN_UIDS = frozenset({"SOPInstanceUID", "meta.MediaStorageSOPInstanceUID"})

_PREAMBLES = {"executable": "a program", "archive": "an archive or a PDF"}


def stamp_of(status: os.stat_result) -> FileStamp:
    """What tells later whether this is still the same file."""
    return FileStamp(status.st_size, status.st_mtime_ns, status.st_dev, status.st_ino)


def read_file(
    source: int, path: str, file: str | bytes, *, follow_links: bool = False
) -> FileRecord | NotLoaded:
    """Read one file; ``path`` is how it is called in the record, ``file`` where it is.

    Never raises for what a file holds or for a file that cannot be read.
    """
    try:
        descriptor = open_regular(file, follow_links=follow_links)
    except OSError as error:
        return _unreadable(source, path, error)
    try:
        return _read_open_file(source, path, descriptor)
    except OSError as error:
        return _unreadable(source, path, error)
    except TooDeep:
        return NotLoaded(source, path, "too-deep", "sequences are nested more than 64 deep")
    except TooLarge:
        return NotLoaded(source, path, "too-large", "more items than can be read")
    except InflatedTooLarge:
        return NotLoaded(source, path, "too-large", "the inflated data set is larger than allowed")
    finally:
        os.close(descriptor)


def walk_file(file: str | bytes) -> tuple[FileStart, Walk] | None:
    """Start and walk of one loaded file, for element paths with item numbers; ``None`` where it has gone."""
    try:
        descriptor = open_regular(file, follow_links=True)
    except OSError:
        return None
    try:
        opened = _open_bytes(descriptor, os.fstat(descriptor).st_size)
        start = opened.start()
        return None if start is None else (start, opened.walk(start)[0])
    except (OSError, TooDeep, TooLarge, InflatedTooLarge):
        return None
    finally:
        os.close(descriptor)


def read_bytes(path: str, size: int, read: ReadAt) -> FileRecord | NotLoaded:
    """Read what is no file yet: ``size`` bytes that ``read(offset, length)`` brings; the stamp is empty.

    Raises TooDeep, TooLarge and InflatedTooLarge, and what ``read`` raises.
    """
    return _read(0, path, FileStamp(size, 0, 0, 0), _FileBytes(size, read))


class _FileBytes:
    """The bytes of a file: the first ones at hand, the others when asked for."""

    def __init__(self, size: int, read: ReadAt) -> None:
        self.size = size
        self._read = read
        self.head = read(0, min(size, FIRST_READ))

    def read_at(self, offset: int, length: int) -> bytes:
        data = self._read(offset, length)
        while len(data) < length:  # a read of a share may give less than asked
            more = self._read(offset + len(data), length - len(data))
            if not more:
                break
            data += more
        return data

    def start(self) -> FileStart | None:
        start = find_start(self.head, self.size)
        if start is not None and not meta_fits(start, len(self.head), self.size):
            self.head = self.read_at(0, min(self.size, 1 << 20))
            start = find_start(self.head, self.size)
        return start

    def walk(self, start: FileStart) -> tuple[Walk, str]:
        """The walk of the data set and the word for its encoding."""
        transfer_syntax = strip_value(start.raw(_META_TRANSFER_SYNTAX) or b"")
        if start.truncated:
            walk = Walk()
            walk.faults.append(("FILE-01", "meta", "the file ends inside the file meta information"))
            return walk, "explicit-le"
        first = self.head[start.data_start : start.data_start + 8]
        if is_deflated(first, transfer_syntax):
            data, complete = inflate(self.read_at(start.data_start, self.size - start.data_start), self.size)
            walker = HeaderWalker(data, 0, len(data), lambda offset, length: data[offset : offset + length])
            walk = walker.run(0, guess_encoding(data[:8], ""))
            if not complete and not walk.faults:
                walk.faults.append(("FILE-01", "", "the deflated data set is not complete"))
            return walk, "deflated"
        encoding = guess_encoding(first, transfer_syntax)
        walker = HeaderWalker(self.head, 0, self.size, self.read_at)
        return walker.run(start.data_start, encoding), encoding


def _open_bytes(descriptor: int, size: int) -> _FileBytes:
    return _FileBytes(size, lambda offset, length: read_at(descriptor, length, offset))


def _read_open_file(source: int, path: str, descriptor: int) -> FileRecord | NotLoaded:
    status = os.fstat(descriptor)
    result = _read(source, path, stamp_of(status), _open_bytes(descriptor, status.st_size))
    if status.st_nlink > 1 and isinstance(result, FileRecord):
        return result._replace(flags=result.flags | HARD_LINKED)
    return result


def _read(source: int, path: str, stamp: FileStamp, data: _FileBytes) -> FileRecord | NotLoaded:
    start = data.start()
    if start is None:
        return NotLoaded(source, path, "not-dicom", _what_instead(data))
    walk, encoding = data.walk(start)
    return _record(source, path, stamp, start, walk, encoding)


def _what_instead(data: _FileBytes) -> str:
    if data.size == 0:
        return "empty"
    return "an archive; add it by itself to read it" if looks_like_archive(data.head) else ""


def _record(
    source: int, path: str, stamp: FileStamp, start: FileStart, walk: Walk, encoding: str
) -> FileRecord:
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
    fields = [(field.path, field.raw) for field in start.meta if field.tag in _META_UI]
    fields += [(pattern, raw) for pattern, raw, _, _ in walk.values]
    for field in fields:
        pattern, raw = field
        if pattern in _OWN_UIDS:
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


def _unreadable(source: int, path: str, error: OSError) -> NotLoaded:
    if isinstance(error, NotRegular):
        return NotLoaded(source, path, "special-file", "not a regular file")
    if error.errno in LINK_REFUSED:
        return NotLoaded(source, path, "special-file", "a link, not followed")
    reason = "offline" if error.errno in OFFLINE else "unreadable"
    return NotLoaded(source, path, reason, error.strerror or "")
