"""The references of one object, each with the class and the parents that its items give it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from uidscope.core.read.record import RawReference
from uidscope.core.read.walk import Walk
from uidscope.core.uid.elements import ReferenceKind, reference_kind
from uidscope.core.uid.syntax import split_field, strip_value

_WITH_CLASS: Final = ("instance", "study", "other")
_WITH_STUDY: Final = ("instance", "series")

# One field that refers: its pattern and kind, its bytes, and the raw class, series, study and purpose that
# its items give it, ``None`` where they give none.
_Stated = tuple[str, ReferenceKind, bytes, bytes | None, bytes | None, bytes | None, bytes | None]


class _Meaning(NamedTuple):
    """What a UI element refers to, by its path, and what it says about the references beside it.

    ``says`` is ``class``, ``series``, ``study`` or empty.
    """

    kind: ReferenceKind | None
    says: str
    is_study_reference: bool


_SAYS: Final = {"ReferencedSOPClassUID": "class", "SeriesInstanceUID": "series", "StudyInstanceUID": "study"}


@lru_cache(maxsize=65536)
def _meaning(pattern: str) -> _Meaning | None:
    """``None`` where the element has no part in any reference."""
    items, _, leaf = pattern.rpartition("[].")
    meaning = _Meaning(
        reference_kind(pattern),
        _SAYS.get(leaf, "") if items else "",
        pattern.endswith("RTReferencedStudySequence[].ReferencedSOPInstanceUID"),
    )
    return meaning if any(meaning) else None


def placed_references(walk: Walk) -> Iterator[tuple[int, RawReference]]:
    """Yield every reference with the item it stands in, in file order; empty values are no references."""
    for item, stated in _stated(walk):
        for reference in _references(stated):
            yield item, reference


def counted_references(walk: Walk) -> tuple[RawReference, ...]:
    """Return the distinct references and how often each stands in the object."""
    fields: dict[_Stated, int] = {}
    for _, stated in _stated(walk):
        fields[stated] = fields.get(stated, 0) + 1
    counts: dict[RawReference, int] = {}
    for stated, count in fields.items():
        for reference in _references(stated):
            counts[reference] = counts.get(reference, 0) + count
    return tuple([each if count == 1 else each._replace(count=count) for each, count in counts.items()])


def _stated(walk: Walk) -> Iterator[tuple[int, _Stated]]:
    """Every field that refers, with its item, in file order."""
    fields: list[tuple[str, ReferenceKind, bytes, int]] = []
    said: dict[str, dict[int, bytes]] = {"class": {}, "series": {}, "study": {}}
    studies_referred: dict[int, bytes] = {}
    for pattern, raw, _, item in walk.values:
        meaning = _meaning(pattern)
        if meaning is None:
            continue
        kind, says, is_study_reference = meaning
        if kind is not None:
            fields.append((pattern, kind, raw, item))
        if says:
            said[says].setdefault(item, raw)
        elif is_study_reference:
            # By long practice it holds the Study Instance UID.
            studies_referred.setdefault(item, raw)
    classes, purposes, parents = said["class"], walk.purposes, walk.parents
    series: dict[int, bytes | None] = {
        **said["series"],
        0: None,
    }  # the object is around none of its references
    studies: dict[int, bytes | None] = {**studies_referred, **said["study"], 0: None}
    for pattern, kind, raw, item in fields:
        raw_series = raw_study = None
        if kind == "instance" and len(series) > 1:
            around = item
            while around not in series:
                around = parents[around]
            raw_series = series[around]
        if kind in _WITH_STUDY and len(studies) > 1:
            around = item
            while around not in studies:
                around = parents[around]
            raw_study = studies[around]
        raw_class = classes.get(item) if kind in _WITH_CLASS else None
        yield item, (pattern, kind, raw, raw_class, raw_series, raw_study, purposes.get(item))


def _references(stated: _Stated) -> Iterator[RawReference]:
    """The references of one field; where it has several values, each with its number in the path."""
    pattern, kind, raw, raw_class, raw_series, raw_study, raw_purpose = stated
    values = split_field(raw)
    for number, value in enumerate(values, 1):
        uid = strip_value(value)
        if uid:
            yield RawReference(
                f"{pattern}({number})" if len(values) > 1 else pattern,
                uid,
                kind,
                _said(raw_class),
                _said(raw_series),
                _said(raw_study),
                (raw_purpose or b"").decode("latin-1").strip(" \0"),
                1,
            )


@lru_cache(maxsize=4096)  # the references of an object mostly name the same class and parents
def _said(raw: bytes | None) -> str:
    return strip_value(raw or b"")
