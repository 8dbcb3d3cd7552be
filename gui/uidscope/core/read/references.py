"""The references of one object, each with the class and the parents that its items give it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from uidscope.core.read.record import RawReference
from uidscope.core.read.walker import Walk
from uidscope.core.uid.elements import ReferenceKind, reference_kind
from uidscope.core.uid.syntax import split_field, strip_value

_WITH_CLASS = ("instance", "study", "other")
_WITH_STUDY = ("instance", "series")


@lru_cache(maxsize=65536)
def _kind(pattern: str) -> ReferenceKind | None:
    return reference_kind(pattern)


def placed_references(walk: Walk) -> Iterator[tuple[int, RawReference]]:
    """Yield every reference with the item it stands in, in file order; empty values are no references."""
    context: _ItemContext | None = None
    for pattern, raw, _, item in walk.values:
        kind = _kind(pattern)
        if kind is None:
            continue
        if context is None:
            context = _ItemContext(walk)
        for numbered, uid in _uids_of(pattern, raw):
            yield (
                item,
                RawReference(
                    numbered,
                    uid,
                    kind,
                    class_uid=context.beside(item, "ReferencedSOPClassUID") if kind in _WITH_CLASS else "",
                    series_uid=context.around(item, "SeriesInstanceUID") if kind == "instance" else "",
                    study_uid=context.study_around(item) if kind in _WITH_STUDY else "",
                    purpose=context.purpose(item),
                    count=1,
                ),
            )


def _uids_of(pattern: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """The UIDs of a field, each with its number in the path where there are several."""
    values = split_field(raw)
    for number, value in enumerate(values, 1):
        uid = strip_value(value)
        if uid:
            yield (f"{pattern}({number})" if len(values) > 1 else pattern), uid


def counted_references(walk: Walk) -> tuple[RawReference, ...]:
    """Return the distinct references and how often each stands in the object."""
    counts: dict[RawReference, int] = {}
    for _, reference in placed_references(walk):
        counts[reference] = counts.get(reference, 0) + 1
    return tuple([reference._replace(count=count) for reference, count in counts.items()])


class _ItemContext:
    """The UIDs that stand beside and around a reference."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._uids: dict[tuple[int, str], bytes] = {}
        for pattern, raw, _, item in walk.values:
            if item:
                self._uids.setdefault((item, pattern.rpartition("[].")[2]), raw)
                if pattern.endswith("RTReferencedStudySequence[].ReferencedSOPInstanceUID"):
                    # By long practice it holds the Study Instance UID.
                    self._uids.setdefault((item, "study"), raw)

    def beside(self, item: int, keyword: str) -> str:
        return strip_value(self._uids.get((item, keyword), b""))

    def around(self, item: int, *keywords: str) -> str:
        while item:
            for keyword in keywords:
                raw = self._uids.get((item, keyword))
                if raw is not None:
                    return strip_value(raw)
            item = self._walk.parents[item]
        return ""

    def study_around(self, item: int) -> str:
        return self.around(item, "StudyInstanceUID", "study")

    def purpose(self, item: int) -> str:
        return self._walk.purposes.get(item, b"").decode("latin-1").strip(" \0")
