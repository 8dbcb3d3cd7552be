"""Two files side by side as text for a terminal, and as plain JSON values (schema ``uidscope/files/1``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from uidscope import __version__
from uidscope.core.judge.paired_elements import PairState
from uidscope.core.report.comparing.side_by_side import ComparedFile, ComparedRow, ShownValue, SideBySide
from uidscope.core.report.counted import counted
from uidscope.core.report.value_text import spoken_value
from uidscope.core.report.visible import visible
from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.resource_files import dicom_edition

SCHEMA: Final = "uidscope/files/1"

Json = dict[str, Any]

_STATES: Final[dict[PairState, str]] = {
    "same": "the same",
    "differs": "differs",
    "only-first": "only in the first",
    "only-second": "only in the second",
    "not-compared": "not compared",
}
_PIXELS: Final = {
    "none": "neither has any",
    "equal": "the same",
    "different": "different",
    "not compared": "not compared, since they are compressed in different ways",
}


def side_by_side(compared: SideBySide) -> Json:
    """Return the comparison as one JSON object, with every element of either file."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "uidscope", "version": __version__, "dicom_edition": dicom_edition()},
        "first": compared.first._asdict(),
        "second": compared.second._asdict(),
        "same_bytes": compared.same_bytes,
        "same_content": compared.same_content,
        "pixel_data": compared.pixels.verdict,
        "pixel_form": compared.pixels.form,
        "counts": {state: compared.states[state] for state in _STATES},
        "elements": [_element(row) for row in compared.rows],
        "cut": compared.cut,
    }


def side_by_side_json(compared: SideBySide) -> Iterator[str]:
    """Yield the JSON text."""
    yield json.dumps(side_by_side(compared), indent=1, ensure_ascii=True) + "\n"


def side_by_side_text(compared: SideBySide) -> Iterator[str]:
    """Yield the text in pieces: both files, then each element that is not the same in both."""
    yield from _file_lines("First", compared.first)
    yield from _file_lines("Second", compared.second)
    unlike = [row for row in compared.rows if _is_told(row)]
    of_encoding = [row for row in unlike if _only_encoding(row)]
    for row in unlike:
        if not _only_encoding(row):
            yield from _row_lines(row)
    if of_encoding:
        yield f"\n{phrase('Only in how it is written:')}\n"
        for row in of_encoding:
            yield f"  {row.path} {row.tag}: {phrase(_STATES[row.state])}\n"
    form = phrase(f" by {compared.pixels.form}") if compared.pixels.form else ""
    yield f"\n{phrase('Pixel data')}: {phrase(_PIXELS[compared.pixels.verdict])}{form}.\n"
    if compared.cut:
        told = counted(len(compared.rows), "element")
        yield phrase("Only the first {} were compared.").format(told) + "\n"
    yield f"{_counted(compared)}.\n{phrase(_conclusion(compared))}\n"


def _element(row: ComparedRow) -> Json:
    return {
        **row._asdict(),
        "first": None if row.first is None else row.first._asdict(),
        "second": None if row.second is None else row.second._asdict(),
    }


def _file_lines(name: str, file: ComparedFile) -> Iterator[str]:
    lacking = [
        word
        for word, there in (("preamble", file.has_preamble), ("file meta", file.has_file_meta))
        if not there
    ]
    without = ", " + phrase(f"without {' and '.join(lacking)}") if lacking else ""
    syntax = visible(file.transfer_syntax) or phrase("no transfer syntax")
    yield f"{phrase(name)}: {visible(file.path)}\n    {counted(file.size, 'byte')}, {syntax}{without}\n"


def _row_lines(row: ComparedRow) -> Iterator[str]:
    yield f"\n{row.path} {row.tag} {row.name} ({phrase(row.level)}): {phrase(_STATES[row.state])}\n"
    for name, value in (("first", row.first), ("second", row.second)):
        if value is not None:
            yield f"    {phrase(name)}: {_value(value)}\n"


def _value(value: ShownValue) -> str:
    return visible(spoken_value(value.vr, value.text)) or phrase("(empty)")


def _is_told(row: ComparedRow) -> bool:
    """Whether a row says something: of a sequence the rows inside say it, where there are any."""
    if row.state == "same":
        return False
    both = (row.first, row.second)
    is_sequence = any(value is not None and value.vr == "SQ" for value in both)
    texts = {value.text for value in both if value is not None}
    return not (is_sequence and row.state == "differs" and len(texts) == 1)


def _only_encoding(row: ComparedRow) -> bool:
    return row.is_encoding or row.level == "file-meta"


def _counted(compared: SideBySide) -> str:
    states = compared.states
    numbered = (f"{states[state]:,} {phrase(words)}" for state, words in _STATES.items() if states[state])
    return f"{phrase('Elements')}: {', '.join(numbered) or phrase('none')}"


def _conclusion(compared: SideBySide) -> str:
    if compared.same_bytes:
        return "Both files are the same, byte for byte."
    if compared.same_content:
        return "Both files have the same content; they differ only in how it is written."
    return "The files do not have the same content, or it was not seen to be the same."
