"""What two files side by side come to, as one word, and the rows that say so, by what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, get_args

from uidscope.core.report.comparing.side_by_side import ComparedRow, SideBySide

# - same-file: byte for byte
# - same-object: only written in another way
# - pixels-differ, header-differs: of one object (one SOP Instance UID) or of two
# - pixels-not-compared: compressed in different ways
Verdict = Literal["same-file", "same-object", "pixels-differ", "pixels-not-compared", "header-differs"]

# What a row is about, in the order of a reader's interest.
Subject = Literal[
    "pixels", "image", "patient", "study", "series", "equipment", "request", "history", "private", "encoding"
]
SUBJECTS: Final[tuple[Subject, ...]] = get_args(Subject)

_PIXEL_PATHS: Final = frozenset({"PixelData", "FloatPixelData", "DoubleFloatPixelData"})


class SubjectRows(NamedTuple):
    """The rows of one subject, in the order of the tags, and how many of them differ."""

    subject: Subject
    rows: tuple[ComparedRow, ...]
    differing: int


class Conclusion(NamedTuple):
    """The verdict; ``one_uid``: both files bear one SOP Instance UID."""

    verdict: Verdict
    one_uid: bool


def conclusion(compared: SideBySide) -> Conclusion:
    """Return what the comparison comes to."""
    own = next((row for row in compared.rows if row.path == "SOPInstanceUID"), None)
    return Conclusion(_verdict(compared), own is not None and own.state == "same")


def rows_by_subject(compared: SideBySide, *, only_differing: bool = False) -> tuple[SubjectRows, ...]:
    """Return the rows, or those alone that are not the same in both, by their subjects; none empty."""
    by_subject: dict[Subject, list[ComparedRow]] = {subject: [] for subject in SUBJECTS}
    for row in compared.rows:
        if row.state != "same" or not only_differing:
            by_subject[_subject(row)].append(row)
    return tuple(_subject_rows(by_subject))


def is_pixel_data(row: ComparedRow) -> bool:
    """Return whether a row is about the pixel data themselves (PS3.3 C.7.6.3)."""
    return row.path in _PIXEL_PATHS


def _subject_rows(by_subject: dict[Subject, list[ComparedRow]]) -> Iterator[SubjectRows]:
    for subject, rows in by_subject.items():
        if rows:
            yield SubjectRows(subject, tuple(rows), sum(row.state != "same" for row in rows))


def _verdict(compared: SideBySide) -> Verdict:
    if compared.same_bytes:
        return "same-file"
    if compared.same_content:
        return "same-object"
    match compared.pixels.verdict:
        case "different":
            return "pixels-differ"
        case "not compared":
            return "pixels-not-compared"
        case _:
            return "header-differs"


def _subject(row: ComparedRow) -> Subject:
    if is_pixel_data(row):
        return "pixels"
    if row.is_encoding or row.level == "file-meta":
        return "encoding"
    match row.level:
        case "instance" | "storage":
            return "image"
        case level:
            return level
