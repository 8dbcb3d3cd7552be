"""The map that a plan comes to: what each file of the output becomes, and what each old UID becomes.

A million objects are an ordinary archive, so one object costs one entry, and what the objects of a
series have in common (``FileOutcome``) is one value that they share.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from uidscope.core.errors import DecisionNeeded
from uidscope.core.plan.copy_choices import KEEP_ALL, CopyChoices
from uidscope.core.plan.edits.taken_over import TakenOver
from uidscope.core.plan.entry import UNDONE, MapEntry, RowKey, SwitchedOff
from uidscope.core.plan.intention import IntentionKind
from uidscope.core.plan.keys.decided import Meant
from uidscope.core.plan.provenance_choices import Provenance
from uidscope.core.plan.told.notes import PlanNote, sentence

Changed = Literal["new-uid", "changed-same-uid", "unchanged"]
SkipReason = Literal["identical", "truncated", "broken", "dicomdir"]
ParentLevel = Literal["study", "series"]

PARENT_LEVELS: Final[tuple[ParentLevel, ...]] = ("study", "series")

# Where one value names several entities, a free value follows the lowest.
_FRAME: Final = "frame_of_reference"
_FROM_BELOW: Final = ("instance", "series", "study", _FRAME)


class Skipped(NamedTuple):
    """An occurrence that was selected and is not written."""

    occurrence: int
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What the files of one series have in common.

    ``treatment`` names the column of the table of UI elements; None: the object keeps what it is, and
    only its references follow. The new UIDs are None where the old ones, which are empty where the
    object has none, are kept. ``series_number`` and ``series_description`` are None where kept.
    ``study_row`` and ``series_row`` are the rows that the new UIDs are for, also where those are switched
    off; None where there is to be no new one. ``taken_over`` is what a ``move`` takes over from where it
    goes; ``choices`` are those of a ``copy``.
    """

    intention: str
    treatment: IntentionKind | None
    study_uid: str
    series_uid: str
    new_study_uid: str | None = None
    new_series_uid: str | None = None
    series_number: int | None = None
    series_description: str | None = None
    study_row: RowKey | None = None
    series_row: RowKey | None = None
    taken_over: TakenOver | None = field(default=None, compare=False, repr=False)
    choices: CopyChoices = KEEP_ALL

    def row(self, level: ParentLevel) -> RowKey | None:
        """The row that the new UID of the study or the series is for."""
        return self.study_row if level == "study" else self.series_row

    def switched_off(self, level: ParentLevel) -> RowKey | None:
        """The row of the study or the series, where the user switched it off."""
        return self.row(level) if self.parent(level)[1] is None else None

    def parent(self, level: ParentLevel) -> tuple[str, str | None]:
        """The old and the new UID of the study or the series."""
        if level == "study":
            return self.study_uid, self.new_study_uid
        return self.series_uid, self.new_series_uid

    def takes_over(self, level: ParentLevel) -> bool:
        """Say whether the new UID of the study or the series is that of a loaded one."""
        return self.taken_over is not None and level in self.taken_over.levels


def outcome_counts(outcomes: Mapping[int, FileOutcome]) -> list[tuple[FileOutcome, int]]:
    """Return the different outcomes of many files, each with how many files have it."""
    shared = {id(outcome): outcome for outcome in outcomes.values()}
    counts = Counter(map(id, outcomes.values()))
    return [(outcome, counts[key]) for key, outcome in shared.items()]


class NewInstance(NamedTuple):
    """The new SOP Instance UID of an object, its old one, and the outcomes of the files that bear it."""

    old: str
    new: str
    outcomes: tuple[FileOutcome, ...]
    files: int


class EntityKey(NamedTuple):
    """What an old UID becomes as the name of one kind of entity; ``intention`` None: in every file."""

    kind: str
    new: str
    intention: str | None


@dataclass(frozen=True, slots=True)
class UidMap:
    """What a plan comes to.

    ``outcomes`` has an entry for each occurrence of the output. ``instances`` holds, by their old UID,
    the new SOP Instance UIDs that hold wherever the old one stands, and ``own_instances`` by occurrence
    those of objects that had none, or whose old UID other objects bear too (``contested``). ``meant``
    says which object a reference to such a UID means, where that was decided. ``moved`` holds by their
    SOP Instance UID the objects that keep it and get a new study or series. ``entities`` holds every
    other key by its old UID. ``several_kinds`` names the UIDs that serve more than one kind of entity.
    ``mended`` says of a file which rules' bytes are put right in it (``repair``). ``changed`` leaves out
    the files with a new SOP Instance UID. ``created`` has a time zone. ``switched_off`` are the rows that
    are no entries because the user did not want them, and ``by_hand`` has the rows of the new UIDs that
    the user typed. Where ``decisions`` or
    ``conflicts`` stand, the map is for the preview only: ``require_decided`` raises. ``leftovers`` are
    the files in whose texts UIDs are replaced too; ``provenance`` says, by the id of the intention, what
    the changed files tell of their past: nothing where it is not among them. ``undoes`` says that the
    "new" UIDs are those from before a delivery: nothing is created, and an entity's old UID comes back
    wherever the new one stands.
    """

    created: dt.datetime
    outcomes: Mapping[int, FileOutcome]
    instances: Mapping[str, NewInstance]
    own_instances: Mapping[int, NewInstance]
    contested: frozenset[str]
    meant: Mapping[str, Meant]
    moved: Mapping[str, tuple[FileOutcome, ...]]
    entities: Mapping[str, tuple[EntityKey, ...]]
    several_kinds: Mapping[str, frozenset[str]]
    entity_entries: tuple[MapEntry, ...]
    mended: Mapping[int, frozenset[str]]
    kept: Mapping[int, Changed]
    skipped: tuple[Skipped, ...]
    notes: tuple[PlanNote, ...]
    decisions: tuple[PlanNote, ...]
    conflicts: tuple[PlanNote, ...]
    switched_off: tuple[SwitchedOff, ...] = ()
    by_hand: Mapping[str, RowKey] = field(default_factory=dict)
    leftovers: frozenset[int] = frozenset()
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    undoes: bool = False

    def require_decided(self) -> None:
        """Raise ``DecisionNeeded`` where the plan leaves something open or contradicts itself."""
        blocking = (*self.conflicts, *self.decisions)
        if blocking:
            raise DecisionNeeded(
                "The plan cannot be carried out as it stands.", tuple(sentence(note) for note in blocking)
            )

    def changed(self, occurrence: int) -> Changed:
        """Say what an occurrence of the output undergoes."""
        return self.kept.get(occurrence, "new-uid")

    def entry_count(self) -> int:
        """How many entries there are."""
        return len(self.entity_entries) + len(self.instances) + len(self.own_instances)

    def new_uid_count(self) -> int:
        """How many of the entries are new UIDs."""
        others = sum(not entry.is_new_uid for entry in self.entity_entries)
        return self.entry_count() - others

    def entries(self) -> Iterator[MapEntry]:
        """Yield every entry: studies, series, frames of reference and others, then the instances."""
        yield from self.entity_entries
        for instance in self.instances.values():
            yield self._instance_entry(instance, shared=False)
        for instance in self.own_instances.values():
            yield self._instance_entry(instance, shared=True)

    def new_instance_uid(self, occurrence: int, old: str) -> str | None:
        """Return the new SOP Instance UID of a file of the output that bears ``old``; None: kept."""
        own = self.own_instances.get(occurrence)
        if own is not None:
            return own.new
        found = self.instances.get(old)
        return found.new if found is not None else None

    def new_uid(self, kind: str | None, old: str, occurrence: int) -> str | None:
        """Return what a value becomes in a file of the output; None: it stays.

        ``kind`` is what the element says that it names. That counts only where the value names
        several kinds of entity; None then takes the lowest.
        """
        several = self.several_kinds.get(old)
        if several is not None and kind in several:
            return self._of_kind(kind, old, occurrence)
        kinds = [*_FROM_BELOW, *(key.kind for key in self.entities.get(old, ()))]
        return next(filter(None, (self._of_kind(each, old, occurrence) for each in kinds)), None)

    def new_free_uid(self, old: str, occurrence: int) -> str | None:
        """Return what a value becomes that does not say what it names; None: it stays."""
        return self.new_uid(None, old, occurrence)

    def new_parent_uid(
        self, level: ParentLevel, old: str, named: Iterable[str], occurrence: int
    ) -> str | None:
        """Return what a Study or Series UID of a reference becomes; None: it stays.

        It follows the objects of that parent which the reference names (``named``, by their old UIDs):
        where none of them gets a new UID, it stays. Where it names no object of the output it follows by
        value.
        """
        names = list(named)
        if self.undoes and old in self.entities:
            return self.new_uid(level, old, occurrence)
        outcomes = [outcome for name in names for outcome in self.outcomes_of(name, occurrence)]
        if names and not outcomes and not any(self.new_uid("instance", each, occurrence) for each in names):
            return None
        parents = [outcome.parent(level) for outcome in outcomes]
        of_this_parent = [new for parent, new in parents if parent == old]
        if of_this_parent:
            return next(filter(None, of_this_parent), None)
        return self.new_uid(level, old, occurrence)

    def is_divided_frame(self, uid: str) -> bool:
        """Say whether a frame of reference becomes a new one in the files of some intentions only."""
        keys = self.entities.get(uid, ())
        return any(key.kind == _FRAME and key.intention is not None for key in keys)

    def new_frame_uid(self, old: str, named: Iterable[str], occurrence: int) -> str | None:
        """Return what a reference to a divided frame of reference becomes; None: it stays.

        It goes with the objects it is about (``named``, by their old UIDs) where these get new UIDs by one
        intention, else with the file it stands in. Where pseudonyms are made, it goes with the file.
        """
        about = {
            outcome
            for uid in named
            if self.new_uid("instance", uid, occurrence) is not None
            for outcome in self.outcomes_of(uid, occurrence)
        }
        intentions = {outcome.intention for outcome in about}
        treatments = {outcome.treatment for outcome in (*about, self.outcomes[occurrence])}
        if len(intentions) != 1 or "pseudonymous" in treatments:
            return self.new_uid(_FRAME, old, occurrence)
        keys = [key for key in self.entities.get(old, ()) if key.kind == _FRAME]
        return next((key.new for key in keys if key.intention in (None, *intentions)), None)

    def outcomes_of(self, instance_uid: str, occurrence: int) -> tuple[FileOutcome, ...]:
        """Return the outcomes of the instance with a new key at any level that a file of the output names."""
        meant = self._meant_instance(instance_uid, occurrence)
        if meant is not None:
            return meant.outcomes
        own = self.own_instances.get(occurrence)
        found = own if own is not None and own.old == instance_uid else self.instances.get(instance_uid)
        return found.outcomes if found is not None else self.moved.get(instance_uid, ())

    def _meant_instance(self, instance_uid: str, occurrence: int) -> NewInstance | None:
        """The object with a new UID that a file means by a contested UID, where that was decided."""
        meant = self.meant.get(instance_uid)
        if meant is None or occurrence in meant.bearers:
            return None
        return next((self.own_instances[id_] for id_ in meant.files if id_ in self.own_instances), None)

    def _of_kind(self, kind: str, old: str, occurrence: int) -> str | None:
        if kind == "instance":
            meant = self._meant_instance(old, occurrence)
            if meant is not None:
                return meant.new
            own = self.own_instances.get(occurrence)
            if own is not None and own.old == old:
                return own.new
            if old in self.instances:
                return self.instances[old].new
        outcome = self.outcomes[occurrence]
        if kind in ("study", "series"):
            parent, new = outcome.parent("study" if kind == "study" else "series")
            if parent == old and new is not None:
                return new
        keys = [key for key in self.entities.get(old, ()) if key.kind == kind]
        own_key = next((key.new for key in keys if key.intention == outcome.intention), None)
        return own_key or next((key.new for key in keys if key.intention is None), None)

    def _instance_entry(self, instance: NewInstance, *, shared: bool) -> MapEntry:
        outcome = instance.outcomes[0]
        scope = "all"
        if shared:
            scope = "occurrences"
        elif instance.old in self.several_kinds:
            scope = "instance"
        reason = UNDONE if self.undoes else outcome.treatment or ""
        return MapEntry(instance.old, instance.new, "instance", scope, reason, instance.files)
