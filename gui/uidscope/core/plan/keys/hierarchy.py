"""New keys for the objects of one part of the output: instance, series and study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from uidscope.core.catalog.plan_questions import (
    LoadedObject,
    SeriesPlace,
    absolute_paths,
    files_of_series,
    profile_values,
    series_numbers,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import table_column
from uidscope.core.plan.issued import Issuer
from uidscope.core.plan.move_target import MoveTarget
from uidscope.core.plan.output import Part
from uidscope.core.plan.repair import Renewal
from uidscope.core.plan.uid_map import FileOutcome
from uidscope.core.uid.elements import treatment
from uidscope.core.uid.registry import is_registered
from uidscope.core.uid.schemes import duplicate_domain

_SOP_INSTANCE_UID: Final = 0x0008_0018
_STUDY_INSTANCE_UID: Final = 0x0020_000D
_SERIES_INSTANCE_UID: Final = 0x0020_000E
_DEVICE: Final = ("Modality", "Manufacturer", "ManufacturerModelName", "DeviceSerialNumber")
_LARGEST_INTEGER_STRING: Final = 2**31 - 1  # PS3.5 6.2, IS


class Name(NamedTuple):
    """What a study or series is known by: its UID, or where that is empty the first path below it."""

    uid: str
    path: str = ""


class SeriesKey(NamedTuple):
    """What tells one new series from another.

    ``division`` is modality and equipment, or what else divides one old series; ``renewed`` are the
    levels at which a new UID is wanted.
    """

    study: Name
    series: Name
    division: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ("study", "series")


@dataclass(slots=True)
class Tree:
    """The series of the catalog's tree, the names of what has no UID, and the Series Numbers given."""

    catalog: Catalog
    places: Mapping[int, SeriesPlace]
    _names: dict[tuple[str, int], Name] = field(default_factory=dict)
    _numbers: dict[Name, set[int]] = field(default_factory=dict)

    def study(self, series: int) -> Name:
        """Return the name of the study that a series of the tree stands in."""
        place = self.places[series]
        if place.study_uid:
            return Name(place.study_uid)
        return self._name("study", place.study)

    def series(self, series: int) -> Name:
        """Return the name of a series of the tree."""
        return (
            Name(self.places[series].series_uid)
            if self.places[series].series_uid
            else self._name("series", series)
        )

    def next_series_number(self, study: Name) -> int:
        """Return the number behind the largest of the study, and take it."""
        taken = self._numbers.get(study)
        if taken is None:
            studies = {place.study for series, place in self.places.items() if self.study(series) == study}
            texts = series_numbers(self.catalog, studies)
            taken = self._numbers[study] = {int(text) for text in texts if text.isascii() and text.isdigit()}
        number = max(taken, default=0) + 1
        if number > _LARGEST_INTEGER_STRING:
            number = next(free for free in range(1, len(taken) + 2) if free not in taken)
        taken.add(number)
        return number

    def _name(self, level: str, id_: int) -> Name:
        name = self._names.get((level, id_))
        if name is None:
            below = (
                [id_] if level == "series" else [s for s, place in self.places.items() if place.study == id_]
            )
            paths = absolute_paths(self.catalog, files_of_series(self.catalog, below))
            name = self._names[level, id_] = Name("", min(paths.values()))
        return name


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Gives the objects of the output their new keys."""

    tree: Tree
    several_kinds: Mapping[str, frozenset[str]]
    issuer: Issuer
    renewal: Renewal
    targets: Mapping[str, MoveTarget] = field(default_factory=dict)

    def outcomes(self, part: Part) -> dict[int, FileOutcome]:
        """Return the outcome of each object of a part, by occurrence."""
        keys = self._series_keys(part)
        of_series: dict[Name, set[SeriesKey]] = {}
        for key in keys.values():
            of_series.setdefault(key.series, set()).add(key)
        made = {
            key: self._outcome(part, key, divided=len(of_series[key.series]) > 1)
            for key in sorted(set(keys.values()))
        }
        return {occurrence: made[key] for occurrence, key in keys.items()}

    def new_instance_uid(self, part: Part, known: LoadedObject) -> str | None:
        """Return the new SOP Instance UID of an object; None where the old one is kept."""
        return self._uid_of("instance", self.instance_row(part, known))

    def new_uid_of(self, part: Part, sop_instance_uid: str, occurrence: int) -> str | None:
        """Return what a SOP Instance UID becomes in a file of a part; None where it is kept."""
        return self._uid_of("instance", self._row_of_instance(part, sop_instance_uid, occurrence))

    def instance_row(self, part: Part, known: LoadedObject) -> RowKey | None:
        """Return the row of an object's new SOP Instance UID; None where there is to be none."""
        if known.sop_instance_uid:
            return self._row_of_instance(part, known.sop_instance_uid, known.occurrence)
        if part.treatment == "repair" and known.occurrence not in self.renewal.instance:
            return None
        path = absolute_paths(self.tree.catalog, [known.occurrence])[known.occurrence]
        return self._row(part, _SOP_INSTANCE_UID, "instance", Name("", path))

    def _row_of_instance(self, part: Part, sop_instance_uid: str, occurrence: int) -> RowKey | None:
        if part.treatment == "repair" and occurrence not in self.renewal.instance:
            return None
        content = self.renewal.apart.get(occurrence) if part.treatment == "repair" else None
        if content is not None and not is_registered(sop_instance_uid):
            return RowKey(part.intention.id, sop_instance_uid, duplicate_domain(content))
        return self._row(part, _SOP_INSTANCE_UID, "instance", Name(sop_instance_uid))

    def _series_keys(self, part: Part) -> dict[int, SeriesKey]:
        tree = self.tree
        of_tree = {known.series for known in part.written}
        keys_of_tree = {series: SeriesKey(tree.study(series), tree.series(series)) for series in of_tree}
        keys = {known.occurrence: keys_of_tree[known.series] for known in part.written}
        if part.treatment == "derived-series":
            devices = _devices(tree.catalog, part.written, keys)
            keys = {id_: key._replace(division=devices[id_]) for id_, key in keys.items()}
        elif part.treatment == "repair":
            keys = {id_: self._repaired_key(id_, key) for id_, key in keys.items()}
        return keys

    def _repaired_key(self, occurrence: int, key: SeriesKey) -> SeriesKey:
        renewal = self.renewal
        at = {"study": occurrence in renewal.study, "series": occurrence in renewal.series}
        levels = tuple(level for level, is_new in at.items() if is_new)
        return key._replace(division=(renewal.series.get(occurrence, ""),), renewed=levels)

    def _outcome(self, part: Part, key: SeriesKey, *, divided: bool) -> FileOutcome:
        if part.treatment == "move":
            return self._moved(part, key, divided=divided)
        derived = part.treatment == "derived-series"
        if part.treatment == "repair":
            (apart,) = key.division
        else:
            apart = "\\".join((*key.study, *key.division)) if divided else ""
        study, series = ("study" in key.renewed), ("series" in key.renewed)
        study_row = self._row(part, _STUDY_INSTANCE_UID, "study", key.study) if study else None
        series_row = self._row(part, _SERIES_INSTANCE_UID, "series", key.series, apart) if series else None
        new_series_uid = self._uid_of("series", series_row)
        # What stays in its old series has the number and the description of that.
        derived = derived and new_series_uid is not None
        return FileOutcome(
            intention=part.intention.id,
            treatment=part.treatment,
            study_uid=key.study.uid,
            series_uid=key.series.uid,
            new_study_uid=self._uid_of("study", study_row),
            new_series_uid=new_series_uid,
            series_number=self.tree.next_series_number(key.study) if derived else None,
            series_description=part.intention.series_description if derived else None,
            study_row=study_row,
            series_row=series_row,
            choices=part.intention.choices,
        )

    def _moved(self, part: Part, key: SeriesKey, *, divided: bool) -> FileOutcome:
        """The outcome of objects that go into another study, or into another series."""
        taken = self.targets[part.intention.id].taken_over
        series_row = None
        if not taken.series_uid:
            apart = "\\".join((*key.study, *key.division)) if divided else ""
            series_row = self._row(part, _SERIES_INSTANCE_UID, "series", key.series, apart)
        new_series_uid = taken.series_uid or self._uid_of("series", series_row)
        numbered = series_row is not None and new_series_uid is not None
        return FileOutcome(
            intention=part.intention.id,
            treatment=part.treatment,
            study_uid=key.study.uid,
            series_uid=key.series.uid,
            new_study_uid=taken.study_uid if taken.study_uid != key.study.uid else None,
            new_series_uid=new_series_uid,
            series_number=self.tree.next_series_number(Name(taken.study_uid)) if numbered else None,
            series_row=series_row,
            taken_over=taken,
        )

    def _uid_of(self, kind: str, row: RowKey | None) -> str | None:
        return None if row is None else self.issuer.uid_of(row, kind)

    def _row(self, part: Part, tag: int, kind: str, name: Name, apart: str = "") -> RowKey | None:
        """The row of what bears this name; ``apart`` tells several new UIDs of one old one apart."""
        by_table = part.treatment != "repair"
        if is_registered(name.uid) or (by_table and treatment(tag, table_column(part.treatment)) != "new"):
            return None
        domain = part.domain(kind, name.uid, self.several_kinds)
        if not name.uid:
            domain += b"|empty:" + _bytes(f"{kind}:{name.path}")
        if apart:
            domain += b"|apart:" + _bytes(apart)
        return RowKey(part.intention.id, name.uid, domain)


def _devices(
    catalog: Catalog, objects: Iterable[LoadedObject], keys: Mapping[int, SeriesKey]
) -> dict[int, tuple[str, ...]]:
    """The modality and equipment of each object, as far as they divide its series.

    An attribute that some objects of a series and modality leave out does not divide them (as in
    ENT-17): only two non-empty values do.
    """
    known_objects = list(objects)
    values = profile_values(catalog, {known.profile for known in known_objects}, _DEVICE)
    seen: dict[tuple[SeriesKey, str], set[tuple[str, ...]]] = {}
    for known in known_objects:
        modality, *equipment = values[known.profile]
        seen.setdefault((keys[known.occurrence], modality), set()).add(tuple(equipment))
    devices = {}
    for known in known_objects:
        modality, *equipment = values[known.profile]
        several = _differ(seen[keys[known.occurrence], modality])
        devices[known.occurrence] = (modality, *equipment) if several else (modality,)
    return devices


def _differ(equipments: Iterable[tuple[str, ...]]) -> bool:
    return any(len({value for value in values if value}) > 1 for values in zip(*equipments, strict=True))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
