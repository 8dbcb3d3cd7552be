"""What one mutant goes through in memory, and what is said of it; anything raised here is a crash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.core.export.rewriting import set_all_uids
from uidscope.core.errors import UidscopeError
from uidscope.core.export.expected import expected_of
from uidscope.core.export.rewrite import rewrite
from uidscope.core.export.segments import Span
from uidscope.core.export.verify import verify_file
from uidscope.core.read.byte_window import memory_window
from uidscope.core.read.dicomdir import directory_records
from uidscope.core.read.encoding import InflatedTooLarge
from uidscope.core.read.outside_pixels import uids_in_text
from uidscope.core.read.read_file import read_bytes
from uidscope.core.read.record import BROKEN, TRUNCATED, FileRecord
from uidscope.core.read.record_memo import RecordMemo
from uidscope.core.read.structure import FileStructure, StructureFault, parse_structure, walk_elements
from uidscope.core.read.walker import TooDeep, TooLarge
from uidscope.core.uid.dictionary import ui_tags
from uidscope.core.uid.syntax import is_plainly_encoded, strip_value

_ITEM_NUMBER = re.compile(r"\[\d+\]")
_META_UIS = frozenset(tag for tag in ui_tags() if tag >> 16 == 2)
_OWN_UID, _META_UID = "SOPInstanceUID", "meta.MediaStorageSOPInstanceUID"
_KNOWN_UIDS = ("1.3.6.1.4.1.32473.1.7", "1.2.840.10008.1.2")
_FAULTS = {"FILE-01", "FILE-02", "FILE-03", "FILE-04"}
_CODES = {"FILE-01", "FILE-02", "too-deep", "too-large"}
_REASONS = {"not-dicom", "too-deep", "too-large"}
_MEMO = RecordMemo()

Values = Counter[tuple[str, bytes]]


class Unclassified(Exception):
    """A refusal of no kind that the program names, or one without its sentence."""


class Disagreement(Exception):
    """Two readers call a mutant sound and see different UI values in it."""


def go_through(data: bytes) -> str:
    """Read a mutant in every way, rewrite it where it is sound, and return what became of it in a few words.

    Raises ``Unclassified``, ``Disagreement``, and whatever no reader should raise.
    """
    for _ in directory_records(memory_window(data)):
        pass
    record = _record(data)
    structure = _structure(data)
    if isinstance(record, str):
        return record
    if record.flags & (TRUNCATED | BROKEN):
        return "truncated" if record.flags & TRUNCATED else "broken"
    if isinstance(structure, str):
        return f"sound to the walker, {structure} in its structure"
    _compare(record, structure)
    for _ in uids_in_text(memory_window(data), _KNOWN_UIDS):
        pass
    return _rewritten(data, structure)


def _record(data: bytes) -> FileRecord | str:
    """Read with what was learned from the mutants before, and without: the two must say the same."""
    walked, remembered = _read(data, None), _read(data, _MEMO)
    if walked != remembered:
        raise Disagreement("the record differs by what was read before")
    return walked


def _read(data: bytes, memo: RecordMemo | None) -> FileRecord | str:
    try:
        read = read_bytes(
            "mutant", len(data), lambda offset, length: data[offset : offset + length], memo=memo
        )
    except TooDeep:
        return "too deep"
    except (TooLarge, InflatedTooLarge):
        return "too large"
    if isinstance(read, FileRecord):
        if unknown := {rule for rule, _, _ in read.faults} - _FAULTS:
            raise Unclassified(f"rules {unknown}")
        return read
    if read.reason not in _REASONS:
        raise Unclassified(f"not loaded because {read.reason}")
    return read.reason


def _structure(data: bytes) -> FileStructure | str:
    try:
        return parse_structure(memory_window(data))
    except StructureFault as fault:
        if fault.code not in _CODES or not _is_a_sentence(str(fault)):
            raise Unclassified(f"{fault.code}: {fault}") from fault
        return fault.code


def _compare(record: FileRecord, structure: FileStructure) -> None:
    seen = Counter({(pattern, raw): count for pattern, raw, count in record.values})
    own, there = _values_of(structure)
    if seen != there:
        raise Disagreement(
            f"the walker alone: {dict(seen - there)}, the structure alone: {dict(there - seen)}"
        )
    stated = strip_value(own.get(_OWN_UID, b"")), strip_value(own.get(_META_UID, b""))
    if (record.sop_instance_uid, record.meta_sop_instance_uid or "") != stated:
        raise Disagreement(f"the structure alone: {own}")


def _values_of(structure: FileStructure) -> tuple[dict[str, bytes], Values]:
    """The object's own two UIDs, and every UI field by its path without item numbers, as a record has them.

    Where nothing is odd about the first of its own fields, it stands only among the former.
    """
    own: dict[str, bytes] = {}
    values: Values = Counter()
    for path, raw in _ui_fields(structure):
        if path in (_OWN_UID, _META_UID) and path not in own:
            own[path] = raw
            if is_plainly_encoded(raw):
                continue
        values[path, raw] += 1
    return own, values


def _ui_fields(structure: FileStructure) -> Iterator[tuple[str, bytes]]:
    if structure.meta is not None:
        for path, element, parents in walk_elements(structure.meta, "meta."):
            if element.tag in _META_UIS and not parents:
                yield path, structure.value(element)
    for path, element, _ in walk_elements(structure.dataset):
        if element.vr == "UI":
            yield _ITEM_NUMBER.sub("[]", path), structure.value(element)


def _is_a_sentence(text: str) -> bool:
    return text.endswith(".") and "\n" not in text and text[0].isupper()


def _rewritten(data: bytes, structure: FileStructure) -> str:
    try:
        edits = set_all_uids(structure)
        made = rewrite(structure, edits)
    except UidscopeError as refused:
        if type(refused) is UidscopeError or not _is_a_sentence(str(refused)):
            raise Unclassified(repr(refused)) from refused
        return f"not rewritten ({type(refused).__name__})"
    written = b"".join(
        data[piece.start : piece.end] if isinstance(piece, Span) else piece for piece in made.segments
    )
    verify_file("mutant", structure, expected_of(made.preamble, made.edits), memory_window(written))
    return "rewritten"
