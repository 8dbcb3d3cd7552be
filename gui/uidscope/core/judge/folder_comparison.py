"""Two loaded folders, compared instance by instance: is the copy complete, and what became of it?

Instances are paired by SOP Instance UID, where they stand in the same series of the same study or, if
they do not, wherever they stand; objects without one by their bytes. DICOMDIRs are not compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from operator import itemgetter
from typing import Final, Literal, NamedTuple, get_args

from uidscope.core.catalog.content import contents
from uidscope.core.catalog.instance_places import (
    InstancePlace,
    instance_count,
    instances_in_study,
    instances_without_uid,
    places_of,
    study_heading,
    study_uids,
)
from uidscope.core.catalog.lookup import OccurrenceRow, not_loaded, occurrence
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import InputError
from uidscope.core.judge.copies_compared import opened_occurrence, require_unchanged
from uidscope.core.judge.object_comparison import DifferingAttribute, ObjectComparison, compare_objects
from uidscope.core.progress import CancelToken, Progress, ProgressCallback, ignore_progress
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.pixel_content import PixelComparison
from uidscope.core.read.structure import StructureFault

Status = Literal["same", "re-encoded", "not-compared", "header-changed", "pixels-changed", "missing", "extra"]
Obstacle = Literal["", "unreadable", "incomplete", "compression"]

# From the harmless to the grave.
STATUSES: Final[tuple[Status, ...]] = get_args(Status)

ATTRIBUTES_KEPT: Final = 50

_UNKNOWN_PIXELS: Final = PixelComparison("none", "")
_BLOCK: Final = 1 << 20
# What was not loaded for these reasons is no object, or is one that was loaded elsewhere.
_NO_OBJECTS: Final = frozenset({"not-dicom", "special-file", "same-file"})


class InstanceDifference(NamedTuple):
    """An instance that is not the same, byte for byte, in both folders.

    ``study_uid``, ``series_uid`` and ``class_uid`` are those of the first folder where it is there.
    ``first`` and ``second`` are its occurrences in the two catalogs. ``attributes`` are at most
    ``ATTRIBUTES_KEPT`` of ``attribute_count``. ``obstacle`` says why something was not compared.
    """

    study_uid: str
    series_uid: str
    uid: str
    class_uid: str
    status: Status
    first: tuple[int, ...]
    second: tuple[int, ...]
    attributes: tuple[DifferingAttribute, ...] = ()
    attribute_count: int = 0
    pixels: PixelComparison = _UNKNOWN_PIXELS
    obstacle: Obstacle = ""


@dataclass(slots=True)
class StudyComparison:
    """How many instances of a study are in which status."""

    uid: str
    date: str
    description: str
    counts: Counter[Status] = field(default_factory=Counter)


@dataclass(slots=True)
class FolderComparison:
    """What became of every instance; ``differences`` has those that are not the same, byte for byte.

    Both lists are by study, the differences then by series and instance, in the order of their UIDs.
    ``first_unread`` and ``second_unread`` count the files that may be objects and could not be loaded.
    """

    studies: list[StudyComparison] = field(default_factory=list)
    differences: list[InstanceDifference] = field(default_factory=list)
    first_unread: int = 0
    second_unread: int = 0

    @property
    def counts(self) -> Counter[Status]:
        """How many instances are in which status."""
        return sum((study.counts for study in self.studies), Counter[Status]())

    @property
    def different_content(self) -> bool:
        """Whether an instance is in one folder alone, or is not shown to have the same content in both."""
        counts = self.counts
        return counts["same"] + counts["re-encoded"] < counts.total()

    @property
    def same_content(self) -> bool:
        """Whether both hold the same instances with the same content, and every file was read for it."""
        return not (self.different_content or self.first_unread or self.second_unread)


def compare_folders(
    first: Catalog,
    second: Catalog,
    *,
    progress: ProgressCallback = ignore_progress,
    cancel: CancelToken | None = None,
) -> FolderComparison:
    """Compare two finished catalogs, the second as a copy of the first.

    Files are read again, read-only and piece by piece. Progress counts the instances of both. Raises
    ``Cancelled``.
    """
    comparer = _FolderComparer(first, second, progress, cancel or CancelToken())
    comparer.compare()
    return comparer.found


class _Verdict(NamedTuple):
    status: Status
    comparison: ObjectComparison | None = None
    obstacle: Obstacle = ""


_SAME: Final = _Verdict("same")


class _FolderComparer:
    def __init__(
        self, first: Catalog, second: Catalog, progress: ProgressCallback, cancel: CancelToken
    ) -> None:
        self._first = first
        self._second = second
        self._progress = progress
        self._cancel = cancel
        self._done = 0
        self._total = instance_count(first) + instance_count(second)
        self._studies: dict[str, StudyComparison] = {}
        self.found = FolderComparison(first_unread=_unread(first), second_unread=_unread(second))

    def compare(self) -> None:
        """Go through the studies of both, then through the objects without UID."""
        for uid in sorted({*study_uids(self._first), *study_uids(self._second)}):
            for place in instances_in_study(self._first, uid):
                self._step()
                self._compare_first(place)
            for place in instances_in_study(self._second, uid):
                self._step()
                if self._partner(place, self._second, self._first) is None:
                    self._add(place, _Verdict("extra"), second=place.occurrences)
        self._compare_without_uid()
        self._progress(Progress("comparing", self._total, self._total))
        self.found.studies = [self._studies[uid] for uid in sorted(self._studies)]
        self.found.differences.sort(key=itemgetter(0, 1, 2))

    def _compare_first(self, place: InstancePlace) -> None:
        partner = self._partner(place, self._first, self._second)
        if partner is None:
            self._add(place, _Verdict("missing"), first=place.occurrences)
        else:
            verdict = self._compare_files(place.occurrences, partner.occurrences)
            self._add(place, verdict, first=place.occurrences, second=partner.occurrences)

    def _partner(self, place: InstancePlace, own: Catalog, other: Catalog) -> InstancePlace | None:
        """The place in the other catalog that a place is compared with: the same one, if it is there.

        Of those that are in one catalog alone the first is paired with the first, and so on.
        """
        theirs = {each[:2]: each for each in places_of(other, place.uid)}
        if place[:2] in theirs:
            return theirs[place[:2]]
        if not theirs:
            return None
        ours = {each[:2] for each in places_of(own, place.uid)}
        own_alone = sorted(ours - theirs.keys())
        theirs_alone = sorted(theirs.keys() - ours)
        number = own_alone.index(place[:2])
        return theirs[theirs_alone[number]] if number < len(theirs_alone) else None

    def _compare_files(self, first: tuple[int, ...], second: tuple[int, ...]) -> _Verdict:
        """The gravest difference between the contents that one side has alone and what the other has."""
        if len(first) == len(second) == 1:
            return self._compare_pair(first[0], second[0])
        first_contents = contents(self._first, first, token=self._cancel)
        second_contents = contents(self._second, second, token=self._cancel)
        if len(first_contents) < len(first) or len(second_contents) < len(second):
            return _Verdict("not-compared", obstacle="unreadable")
        first_by_digest = {content.sha256: id_ for id_, content in sorted(first_contents.items())}
        second_by_digest = {content.sha256: id_ for id_, content in sorted(second_contents.items())}
        first_alone = sorted(
            first_by_digest[each] for each in first_by_digest.keys() - second_by_digest.keys()
        )
        second_alone = sorted(
            second_by_digest[each] for each in second_by_digest.keys() - first_by_digest.keys()
        )
        pairs = [(id_, (second_alone or second)[0]) for id_ in first_alone]
        pairs += [((first_alone or first)[0], id_) for id_ in second_alone[1 if first_alone else 0 :]]
        verdicts = [self._compare_pair(*pair) for pair in pairs]
        return max(verdicts, key=lambda verdict: STATUSES.index(verdict.status), default=_SAME)

    def _compare_pair(self, first: int, second: int) -> _Verdict:
        self._cancel.raise_if_cancelled()
        left, right = occurrence(self._first, first), occurrence(self._second, second)
        try:
            if self._same_bytes(left, right):
                return _SAME
            with (
                opened_occurrence(left, self._cancel) as one,
                opened_occurrence(right, self._cancel) as other,
            ):
                return _verdict(compare_objects(one, other))
        except InputError:
            return _Verdict("not-compared", obstacle="unreadable")
        except StructureFault:
            return _Verdict("not-compared", obstacle="incomplete")

    def _same_bytes(self, left: OccurrenceRow, right: OccurrenceRow) -> bool:
        require_unchanged(left)
        require_unchanged(right)
        if left.stamp.size != right.stamp.size:
            return False
        with (
            open_window(left.absolute_path, follow_links=True) as one,
            open_window(right.absolute_path, follow_links=True) as other,
        ):
            blocks = zip_longest(one.blocks(0, one.size, _BLOCK), other.blocks(0, other.size, _BLOCK))
            for pair in blocks:
                self._cancel.raise_if_cancelled()
                if pair[0] != pair[1]:
                    return False
        return True

    def _compare_without_uid(self) -> None:
        """Objects without SOP Instance UID are the same where their bytes are, and else missing or extra."""
        in_second = self._by_digest(self._second)
        for digest, places in self._by_digest(self._first).items():
            partners = in_second.get(digest, [])
            for place in places:
                self._step()
                if digest is None:
                    self._add(place, _Verdict("not-compared", obstacle="unreadable"), first=place.occurrences)
                elif partners:
                    partner = partners.pop()
                    self._add(place, _SAME, first=place.occurrences, second=partner.occurrences)
                else:
                    self._add(place, _Verdict("missing"), first=place.occurrences)
        for digest, places in in_second.items():
            verdict = _Verdict("extra") if digest else _Verdict("not-compared", obstacle="unreadable")
            for place in places:
                self._step()
                self._add(place, verdict, second=place.occurrences)

    def _by_digest(self, catalog: Catalog) -> dict[bytes | None, list[InstancePlace]]:
        """The objects without UID by their bytes; under None those that cannot be read."""
        places = instances_without_uid(catalog)
        known = contents(catalog, [place.occurrences[0] for place in places], token=self._cancel)
        found: dict[bytes | None, list[InstancePlace]] = {}
        for place in places:
            content = known.get(place.occurrences[0])
            found.setdefault(content and content.sha256, []).append(place)
        return found

    def _add(
        self,
        place: InstancePlace,
        verdict: _Verdict,
        *,
        first: tuple[int, ...] = (),
        second: tuple[int, ...] = (),
    ) -> None:
        self._study(place.study_uid).counts[verdict.status] += 1
        if verdict.status == "same":
            return
        compared = verdict.comparison
        attributes = compared.attributes if compared else ()
        self.found.differences.append(
            InstanceDifference(
                *place[:4],
                status=verdict.status,
                first=first,
                second=second,
                attributes=attributes[:ATTRIBUTES_KEPT],
                attribute_count=len(attributes),
                pixels=compared.pixels if compared else _UNKNOWN_PIXELS,
                obstacle=verdict.obstacle,
            )
        )

    def _study(self, uid: str) -> StudyComparison:
        study = self._studies.get(uid)
        if study is None:
            heading = study_heading(self._first, uid) or study_heading(self._second, uid)
            assert heading is not None, "a place is in a study of one of the two"
            study = self._studies[uid] = StudyComparison(uid, *heading)
        return study

    def _step(self) -> None:
        self._cancel.raise_if_cancelled()
        self._progress(Progress("comparing", self._done, self._total))
        self._done += 1


def _verdict(comparison: ObjectComparison) -> _Verdict:
    obstacle: Obstacle = "compression" if comparison.pixels.verdict == "not compared" else ""
    if comparison.other_bulk:
        return _Verdict("pixels-changed", comparison)
    if comparison.attributes:
        return _Verdict("header-changed", comparison, obstacle)
    if obstacle:
        return _Verdict("not-compared", comparison, obstacle)
    return _Verdict("re-encoded", comparison)


def _unread(catalog: Catalog) -> int:
    return sum(1 for row in not_loaded(catalog) if row.reason not in _NO_OBJECTS)
