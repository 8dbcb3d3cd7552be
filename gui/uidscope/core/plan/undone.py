"""A delivery undone by its list of old and new UIDs: every new UID becomes the old one again.

Only UIDs come back: the list knows of nothing else that the delivery changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from uidscope.core.catalog.lookup import display_path
from uidscope.core.catalog.plan_questions import SeriesPlace, carriers, series_places
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.value_uses import element_patterns
from uidscope.core.errors import UsageError
from uidscope.core.plan.entry import UNDONE, MapEntry
from uidscope.core.plan.intention import Plan, Selector, new_intention
from uidscope.core.plan.keys.entity_elements import is_followed
from uidscope.core.plan.mapping import local_time
from uidscope.core.plan.output import Output, find_output
from uidscope.core.plan.told.changed_files import with_files_judged
from uidscope.core.plan.told.notable import plan_notes
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import (
    PARENT_LEVELS,
    EntityKey,
    FileOutcome,
    NewInstance,
    ParentLevel,
    UidMap,
    outcome_counts,
)
from uidscope.core.progress import CancelToken
from uidscope.core.uid.registry import is_registered, is_under_dicom_root
from uidscope.core.uid.syntax import is_well_formed, raw_value_of, strip_value

_LISTS: Final = "The lists of old and new UIDs"
# The new UID is that of some of the objects that bore the old one: others kept it, or got another.
_OF_SOME: Final = "occurrences"


@dataclass(frozen=True, slots=True)
class UndoneUids:
    """What the UIDs of a delivery were before, by what they are now.

    ``by_new`` are the UIDs that were made for it. ``taken_over`` are, by level, those of studies and
    series that it was moved into, with all that it came from: other objects bear these by right.
    ``nameless`` are new UIDs of what had none.
    """

    by_new: Mapping[str, MapEntry] = field(default_factory=dict)
    taken_over: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    nameless: tuple[str, ...] = ()


class Undo(NamedTuple):
    """A delivery to undo: its UIDs, and what of it is written (``Plan`` explains the rest)."""

    uids: UndoneUids
    selectors: tuple[Selector, ...] = ()
    acknowledged: bool = False
    replace_leftovers: bool = False


def undone_uids(entries: Iterable[MapEntry]) -> UndoneUids:
    """Put together what one or more lists say.

    Raises ``UsageError`` for a UID that an export neither makes nor replaces, for a new UID that stands
    for two old ones, and for one that is old in one list and new in another.
    """
    by_new: dict[str, MapEntry] = {}
    taken_over: dict[tuple[str, str], set[str]] = {}
    nameless: dict[str, None] = {}
    news: set[str] = set()
    for entry in entries:
        if entry.change != "new-uid":
            continue
        _check(entry)
        news.add(entry.new)
        if not entry.old:
            nameless[entry.new] = None
        elif not entry.is_new_uid:
            taken_over.setdefault((entry.kind, entry.new), set()).add(entry.old)
        else:
            before = by_new.setdefault(entry.new, entry)
            if before.old != entry.old:
                raise UsageError(f"{_LISTS} turn {before.old} and {entry.old} both into {entry.new}.")
    olds = {entry.old for entry in by_new.values()}.union(*taken_over.values())
    twice = news & olds
    if twice:
        raise UsageError(
            f"{_LISTS} hold {min(twice)} as old and as new: undo one delivery at a time, the last first."
        )
    twice = nameless.keys() & by_new.keys() or {new for _, new in taken_over} & by_new.keys()
    if twice:
        raise UsageError(f"{_LISTS} say of {min(twice)} two different things.")
    sources = {key: tuple(sorted(of_key)) for key, of_key in taken_over.items()}
    return UndoneUids(by_new, sources, tuple(nameless))


def undo_map(
    catalog: Catalog,
    undo: Undo,
    *,
    now: Callable[[], dt.datetime] = local_time,
    token: CancelToken | None = None,
) -> UidMap:
    """Derive the map that gives a delivery its old UIDs back; what the lists do not name stays.

    Raises ``UsageError`` where nothing of the output bears a UID of the lists, or a selector means
    nothing, and ``Cancelled``.
    """
    token = token or CancelToken()
    plan = Plan(
        (new_intention("instances", undo.selectors),),
        acknowledged=undo.acknowledged,
        replace_leftovers=undo.replace_leftovers,
    )
    output = find_output(catalog, plan, token)
    places = series_places(catalog)
    delivery = _Delivery(catalog, undo.uids, output, places)
    token.raise_if_cancelled()
    instances = delivery.instances()
    entities, entries = delivery.entities(instances)
    if not instances and not entries:
        raise UsageError("Nothing of what is to be written bears a new UID of these lists: another delivery?")
    uid_map = UidMap(
        created=now(),
        outcomes=delivery.outcomes,
        instances=instances,
        own_instances={},
        contested=frozenset(),
        meant={},
        moved={},
        entities=entities,
        several_kinds={},
        entity_entries=(*delivery.taken_back(), *entries),
        mended={},
        kept={},
        skipped=output.skipped,
        notes=(
            *delivery.notes(),
            *plan_notes(catalog, output, places, delivery.outcomes, frozenset()),
        ),
        decisions=(),
        conflicts=(*delivery.conflicts(instances), *output.conflicts),
        undoes=True,
    )
    return with_files_judged(catalog, uid_map, output.own_uids(), plan, token)


def _check(entry: MapEntry) -> None:
    """Raise ``UsageError`` for what no export says: a class turned into something, or a value of two."""
    known = is_registered(entry.old) or is_under_dicom_root(entry.new)
    if known or not is_well_formed(entry.new) or not _is_one_value(entry.old):
        raise UsageError(f"{_LISTS} turn “{entry.old}” into “{entry.new}”: that may not be.")


def _is_one_value(text: str) -> bool:
    if not text.isascii():
        return False
    raw_value = raw_value_of(text)
    return b"\\" not in raw_value and strip_value(raw_value) == text


class _Delivery:
    """The files of the output, and what is known of each UID in them."""

    def __init__(
        self, catalog: Catalog, uids: UndoneUids, output: Output, places: Mapping[int, SeriesPlace]
    ) -> None:
        self._catalog = catalog
        self._uids = uids
        (part,) = output.parts
        self._written = part.written
        followed = [pattern for pattern in element_patterns(catalog) if is_followed(pattern)]
        held = carriers(catalog, (*uids.by_new, *uids.nameless), followed)
        self._held = {uid: files & part.occurrences for uid, files in held.items()}
        shared: dict[tuple[int, bool], FileOutcome] = {}
        self.outcomes: dict[int, FileOutcome] = {}
        for known in part.written:
            key = known.series, known.sop_instance_uid in uids.by_new
            if key not in shared:
                shared[key] = self._outcome(part.intention.id, places[known.series], moved_back=key[1])
            self.outcomes[known.occurrence] = shared[key]

    def instances(self) -> dict[str, NewInstance]:
        """The SOP Instance UIDs that come back, by those of the delivery."""
        found: dict[str, NewInstance] = {}
        for known in self._written:
            uid = known.sop_instance_uid
            if uid in self._uids.by_new:
                outcome = self.outcomes[known.occurrence]
                before = found.get(uid, NewInstance(uid, self._uids.by_new[uid].old, (), 0))
                outcomes = before.outcomes if outcome in before.outcomes else (*before.outcomes, outcome)
                found[uid] = before._replace(outcomes=outcomes, files=before.files + 1)
        return found

    def entities(
        self, instances: Mapping[str, NewInstance]
    ) -> tuple[dict[str, tuple[EntityKey, ...]], tuple[MapEntry, ...]]:
        """Everything else that comes back, wherever it stands, and its entries."""
        keys: dict[str, tuple[EntityKey, ...]] = {}
        entries = []
        for new, entry in self._uids.by_new.items():
            if new not in instances and self._held[new]:
                keys[new] = (EntityKey(entry.kind, entry.old, None),)
                files = len(self._held[new])
                entries.append(MapEntry(new, entry.old, entry.kind, "all", UNDONE, files))
        return keys, tuple(sorted(entries, key=_studies_first))

    def taken_back(self) -> Iterator[MapEntry]:
        """The entries of studies and series that the delivery was moved into, for what was moved."""
        files: dict[tuple[ParentLevel, str, str], int] = {}
        for outcome, count in outcome_counts(self.outcomes):
            for level in PARENT_LEVELS:
                uid, old = outcome.parent(level)
                if old is not None and uid not in self._uids.by_new:
                    files[level, uid, old] = files.get((level, uid, old), 0) + count
        for (level, uid, old), count in sorted(files.items()):
            yield MapEntry(uid, old, level, _OF_SOME, UNDONE, count)

    def notes(self) -> Iterator[PlanNote]:
        """What does not come back, and what comes back as faulty as it was."""
        yield PlanNote("undo-uids-only")
        back = [entry for new, entry in self._uids.by_new.items() if self._held[new]]
        faulty = sum(not is_well_formed(entry.old) or is_under_dicom_root(entry.old) for entry in back)
        if faulty:
            yield PlanNote("undo-faulty", {"uids": faulty})
        nameless = sum(bool(self._held[uid]) for uid in self._uids.nameless)
        if nameless:
            yield PlanNote("undo-nameless", {"uids": nameless})
        unmet = len(self._uids.by_new) - len(back)
        if unmet:
            yield PlanNote("undo-unmet", {"uids": unmet})

    def conflicts(self, instances: Mapping[str, NewInstance]) -> Iterator[PlanNote]:
        """What cannot stand: two objects under one old UID that were not so before, or an unclear origin."""
        olds: dict[str, list[NewInstance]] = {}
        for instance in instances.values():
            olds.setdefault(instance.new, []).append(instance)
        of_all = {
            old: several
            for old, several in olds.items()
            if {self._uids.by_new[each.old].scope for each in several} != {_OF_SOME}
        }
        originals = carriers(self._catalog, of_all, ("SOPInstanceUID",))
        beside = tuple(sorted(set().union(*originals.values())))
        if beside:
            first = display_path(self._catalog, beside[0])
            yield PlanNote("undo-beside-originals", {"files": len(beside), "file": first}, beside)
        for old, several in sorted(of_all.items()):
            if len(several) > 1:
                yield PlanNote("undo-two-into-one", {"uid": old, "objects": len(several)})
        for level in PARENT_LEVELS:
            yield from self._of_unclear_origin(level)

    def _of_unclear_origin(self, level: ParentLevel) -> Iterator[PlanNote]:
        files: dict[str, list[int]] = {}
        for known in self._written:
            uid, old = self.outcomes[known.occurrence].parent(level)
            several = len(self._uids.taken_over.get((level, uid), ())) > 1
            if several and old is None and known.sop_instance_uid in self._uids.by_new:
                files.setdefault(uid, []).append(known.occurrence)
        for uid, ids in sorted(files.items()):
            facts: dict[str, str | int] = {"level": level, "uid": uid, "files": len(ids)}
            yield PlanNote("undo-unclear-origin", facts, tuple(sorted(ids)))

    def _outcome(self, intention: str, place: SeriesPlace, *, moved_back: bool) -> FileOutcome:
        """What the files of a series become; only what was moved leaves where it was moved into."""
        return FileOutcome(
            intention=intention,
            treatment=None,
            study_uid=place.study_uid,
            series_uid=place.series_uid,
            new_study_uid=self._old_parent("study", place.study_uid, moved_back=moved_back),
            new_series_uid=self._old_parent("series", place.series_uid, moved_back=moved_back),
        )

    def _old_parent(self, level: ParentLevel, uid: str, *, moved_back: bool) -> str | None:
        entry = self._uids.by_new.get(uid)
        if entry is not None:
            return entry.old
        sources = self._uids.taken_over.get((level, uid), ()) if moved_back else ()
        return sources[0] if len(sources) == 1 else None


def _studies_first(entry: MapEntry) -> tuple[bool, bool, str, str]:
    return entry.kind != "study", entry.kind != "series", entry.kind, entry.old
