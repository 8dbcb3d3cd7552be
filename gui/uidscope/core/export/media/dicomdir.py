"""The DICOMDIR of an export to media: written record by record, and read back (PS3.10 8.6, PS3.3 F)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Final

from uidscope.core.errors import DecisionNeeded, OutputError, VerificationError
from uidscope.core.export.durable import sync_file
from uidscope.core.export.request import Directory, ExportRequest, FilledKey
from uidscope.core.export.stage import Stage
from uidscope.core.export.verify import sha256_of
from uidscope.core.plan.edits.element_bytes import encoded_element
from uidscope.core.progress import CancelToken, Progress, ProgressCallback
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.dicomdir import directory_records
from uidscope.core.read.preamble import PREAMBLE_LENGTH
from uidscope.core.uid.implementation import IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME
from uidscope.core.uid.syntax import strip_value

if TYPE_CHECKING:
    from uidscope.core.export.media.directory_record import FileKeys, ListedFile

DICOMDIR: Final = "DICOMDIR"

_MEDIA_STORAGE_DIRECTORY: Final = "1.2.840.10008.1.3.10"
_EXPLICIT_LE: Final = "1.2.840.10008.1.2.1"
_DECISIONS_TOLD: Final = 20
# The second reader holds every record in memory.
_MOST_FOR_SECOND_READER: Final = 20_000

_ITEM: Final = b"\xfe\xff\x00\xe0"
_SEQUENCE_END: Final = b"\xfe\xff\xdd\xe0" + bytes(4)
_UNDEFINED: Final = b"\xff\xff\xff\xff"
_LARGEST_OFFSET: Final = 0xFFFF_FFFF

# Where the two offsets of a record stand, counted from its item (PS3.3 F.3): behind the item's header of 8
# bytes come (0004,1400) with a header of 8, (0004,1410) of 10 in all, and (0004,1420) with a header of 8.
_NEXT: Final = 16
_LOWER: Final = 38


def plan_directory(
    request: ExportRequest, names: tuple[str, ...], progress: ProgressCallback, cancel: CancelToken
) -> Directory:
    """Say what the DICOMDIR will be, from the sources; its records are not counted yet.

    Raises ``DecisionNeeded`` where files cannot be listed, with a sentence for each, and ``InputError``.
    """
    from uidscope.core.export.media.directory_record import CannotBeListed, ListedFile  # noqa: PLC0415 - pydicom

    refused: list[str] = []
    filled: list[FilledKey] = []
    known: set[tuple[object, ...]] = set()
    for done, (file, name) in enumerate(zip(request.files, names, strict=True)):
        cancel.raise_if_cancelled()
        progress(Progress("checking", done, len(names), file.relative))
        try:
            listed = ListedFile(file.path, name, file.relative)
            for kind, place in _places(listed):
                if place not in known:
                    filled += listed.record(kind)[1]
                    known.add(place)
        except CannotBeListed as error:
            refused.append(str(error))
    if refused:
        more = [f"... and {len(refused) - _DECISIONS_TOLD:,} more."] if len(refused) > _DECISIONS_TOLD else []
        raise DecisionNeeded(
            "Not every file can be listed in a DICOMDIR: leave these out, or choose another layout.",
            (*refused[:_DECISIONS_TOLD], *more),
        )
    return Directory(DICOMDIR, "", request.file_set_id, 0, tuple(filled))


def write_directory(
    request: ExportRequest,
    names: tuple[str, ...],
    stage: Stage,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> Directory:
    """Write the DICOMDIR of the files in the stage, and hold it against them.

    Raises ``VerificationError`` where a record does not lead to its file or differs from it, and
    ``OSError``.
    """
    from uidscope.core.export.media.directory_record import CannotBeListed, ListedFile  # noqa: PLC0415 - pydicom

    expected: dict[str, FileKeys] = {}
    filled: list[FilledKey] = []
    if request.resume and stage.has(DICOMDIR):
        stage.remove(DICOMDIR)
    with os.fdopen(stage.create(DICOMDIR), "w+b") as file:
        writer = _Writer(file, request.file_set_id, request.new_uid("instance"))
        for done, name in enumerate(names):
            cancel.raise_if_cancelled()
            progress(Progress("listing", done, len(names), name))
            try:
                listed = ListedFile(stage.path_of(name), name)
                filled += writer.add(listed)
            except CannotBeListed as error:
                raise OutputError(str(error)) from error
            expected[name] = listed.keys
        writer.finish()
        file.flush()
        sync_file(file.fileno())
    path = stage.path_of(DICOMDIR)
    _check_records(path, expected)
    _check_file_set(path, expected)
    with open_window(path) as window:
        digest = sha256_of(window)
    return Directory(DICOMDIR, digest, request.file_set_id, writer.records, tuple(filled))


def _places(listed: ListedFile) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Each kind of record from the top down, with what tells the record from all others."""
    place: tuple[object, ...] = ()
    for kind in listed.kinds[:-1]:
        place = (*place, listed.identity(kind))
        yield kind, place
    yield listed.kinds[-1], (*place, listed.kinds[-1], listed.keys.instance_uid, object())


class _Writer:
    """Appends records; what points to a record is set when the record comes."""

    def __init__(self, file: BinaryIO, file_set_id: str, uid: str) -> None:
        self._file = file
        self._known: dict[tuple[object, ...], int] = {}
        self._last: dict[int, int] = {}  # by parent (0: the root) the last record below it
        self.records = 0
        meta = _elements(
            (0x0002_0001, "OB", b"\0\1"),
            (0x0002_0002, "UI", _MEDIA_STORAGE_DIRECTORY.encode()),
            (0x0002_0003, "UI", uid.encode()),
            (0x0002_0010, "UI", _EXPLICIT_LE.encode()),
            (0x0002_0012, "UI", IMPLEMENTATION_CLASS_UID.encode()),
            (0x0002_0013, "SH", IMPLEMENTATION_VERSION_NAME.encode()),
        )
        length = _elements((0x0002_0000, "UL", len(meta).to_bytes(4, "little")))
        head = bytes(PREAMBLE_LENGTH) + b"DICM" + length + meta
        head += _elements((0x0004_1130, "CS", file_set_id.encode("ascii")))
        self._first_of_root = len(head) + 8
        self._last_of_root = len(head) + 20
        head += _elements(
            (0x0004_1200, "UL", bytes(4)), (0x0004_1202, "UL", bytes(4)), (0x0004_1212, "US", bytes(2))
        )
        self._end = file.write(head + b"\x04\x00\x20\x12SQ\0\0" + _UNDEFINED)

    def add(self, listed: ListedFile) -> list[FilledKey]:
        """Append the records of a file that are not there yet; return the keys that were given a value."""
        filled: list[FilledKey] = []
        parent = 0
        for kind, place in _places(listed):
            known = self._known.get(place)
            if known is None:
                content, more = listed.record(kind)
                known = self._append(parent, kind, content)
                filled += more
                if kind != listed.kinds[-1]:
                    self._known[place] = known
            parent = known
        return filled

    def finish(self) -> None:
        """End the sequence of records."""
        self._file.write(_SEQUENCE_END)

    def _append(self, parent: int, kind: str, content: bytes) -> int:
        offset = self._end
        if offset > _LARGEST_OFFSET:
            raise OutputError("These are more files than a DICOMDIR can list.")
        head = _elements(
            (0x0004_1400, "UL", bytes(4)),
            (0x0004_1410, "US", b"\xff\xff"),
            (0x0004_1420, "UL", bytes(4)),
            (0x0004_1430, "CS", kind.encode()),
        )
        length = len(head) + len(content)
        self._end += self._file.write(_ITEM + length.to_bytes(4, "little") + head + content)
        before = self._last.get(parent)
        if before is not None:
            self._point(before + _NEXT, offset)
        else:
            self._point(parent + _LOWER if parent else self._first_of_root, offset)
        if not parent:
            self._point(self._last_of_root, offset)
        self._last[parent] = offset
        self.records += 1
        return offset

    def _point(self, position: int, offset: int) -> None:
        self._file.seek(position)
        self._file.write(offset.to_bytes(4, "little"))
        self._file.seek(self._end)


def _elements(*elements: tuple[int, str, bytes]) -> bytes:
    return b"".join(
        encoded_element(tag, vr, value, explicit=True, order="little") for tag, vr, value in elements
    )


def _check_records(path: str, expected: Mapping[str, FileKeys]) -> None:
    """Hold the records, read one after the other, against the files."""
    left = dict(expected)
    with open_window(path) as window:
        for record in directory_records(window):
            name = "/".join(record.file_id)
            keys = left.pop(name, None)
            if keys is None or record[1:4] != tuple(strip_value(key.encode("ascii")) for key in keys[:3]):
                raise _differs(name)
    if left:
        raise _differs(next(iter(left)))


def _check_file_set(path: str, expected: Mapping[str, FileKeys]) -> None:
    """Hold what another reader finds, following the records from the root down, against the files."""
    from uidscope.core.export.media.file_set_reader import file_set  # noqa: PLC0415 - pydicom is slow to import

    if len(expected) > _MOST_FOR_SECOND_READER:
        return
    found = file_set(path)
    if found != expected:
        raise _differs(next((name for name, keys in expected.items() if found.get(name) != keys), DICOMDIR))


def _differs(name: str) -> VerificationError:
    return VerificationError(f"The DICOMDIR does not list {name} as it is; nothing was published.")
