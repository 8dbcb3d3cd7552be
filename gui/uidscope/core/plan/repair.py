"""What the repairs of a plan come to: which bytes are put right, and which keys get new UIDs.

A repair is asked for by findings, so it mends what the checks found and nothing else. What each rule
lets be done is the ``repair`` column of the tables of rules.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.content import contents
from uidscope.core.catalog.finding import FactValue
from uidscope.core.catalog.findings import KeptFinding, finding_occurrences, findings
from uidscope.core.catalog.lookup import display_path
from uidscope.core.catalog.plan_questions import (
    LoadedObject,
    SeriesPlace,
    carriers,
    profile_values,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UsageError
from uidscope.core.judge.rule_table import rule, rules
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.intention import Intention, Plan
from uidscope.core.plan.keys.copies import Copies
from uidscope.core.plan.keys.entity_keys import Entity, LoadedElements
from uidscope.core.plan.output import Output
from uidscope.core.plan.selection import select
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.uid.registry import is_registered

# The file meta is to say what the data set says, whatever rule found that it does not.
META: Final = "meta"

_LEVELS: Final = ("study", "series", "instance")
_PAD: Final = re.compile(r"\\x(?:00|20)")
# Which key the files chosen get anew, and by which attribute they are told apart from each other.
_CHOSEN: Final[dict[str, tuple[str, str]]] = {
    "ENT-01": ("instance", ""),
    "ENT-05": ("instance", ""),
    "ENT-06": ("instance", ""),
    "ENT-07": ("instance", ""),
    "ENT-10": ("series", "StudyInstanceUID"),
    "ENT-13": ("series", "Modality"),
    "ENT-20": ("series", "FrameOfReferenceUID"),
}


class Chosen(NamedTuple):
    """The files of one finding, and those of them that the user named."""

    finding: KeptFinding
    files: frozenset[int]
    named: frozenset[int]


@dataclass(slots=True)
class Renewal:
    """Which keys get new UIDs: of which files at which level, and which other entities.

    ``series`` says of each file by what its new series is told apart from others of the same old UID;
    ``apart`` says of the files that share a SOP Instance UID which content, as its SHA-256, gets one.
    """

    study: set[int] = field(default_factory=set)
    series: dict[int, str] = field(default_factory=dict)
    instance: set[int] = field(default_factory=set)
    apart: dict[int, str] = field(default_factory=dict)
    entities: set[Entity] = field(default_factory=set)


class Repair(NamedTuple):
    """What the repairs of a plan come to.

    ``mended`` says of a file which rules' bytes are put right in it, ``META`` among them.
    """

    renewal: Renewal
    mended: Mapping[int, frozenset[str]]
    entries: tuple[MapEntry, ...]
    notes: tuple[PlanNote, ...]
    decisions: tuple[PlanNote, ...]


NO_REPAIR: Final = Repair(Renewal(), {}, (), (), ())


def find_repair(
    catalog: Catalog,
    plan: Plan,
    output: Output,
    places: Mapping[int, SeriesPlace],
    elements: LoadedElements,
) -> Repair:
    """Work out what the repairs of a plan mend in the files that its output writes.

    Raises ``UsageError`` for a rule that there is not, that found nothing, or that offers no repair.
    """
    intentions = [intention for intention in plan.intentions if intention.kind == "repair"]
    if not intentions:
        return NO_REPAIR
    written = [known for part in output.parts if part.treatment == "repair" for known in part.written]
    found = _Found(catalog, written, places, elements)
    for intention in intentions:
        found.take(intention)
    return found.repair(output)


class _Found:
    """Gathers what the findings of several repairs ask for."""

    def __init__(
        self,
        catalog: Catalog,
        written: Collection[LoadedObject],
        places: Mapping[int, SeriesPlace],
        elements: LoadedElements,
    ) -> None:
        self._catalog = catalog
        self._objects = {known.occurrence: known for known in written}
        self._places = places
        self._elements = elements
        self._renewal = Renewal()
        self._mended: dict[int, set[str]] = {}
        self._entries: list[MapEntry] = []
        self._told_apart: set[int] = set()
        self._faulty: dict[str, KeptFinding] = {}
        self._notes: list[PlanNote] = []
        self._decisions: list[PlanNote] = []
        self._bearers: dict[str, dict[str, list[int]]] | None = None

    def take(self, intention: Intention) -> None:
        """Add what one repair asks for."""
        codes = [value for kind, value in intention.selectors if kind == "rule"]
        others = tuple(selector for selector in intention.selectors if selector.kind != "rule")
        limit = select(self._catalog, others) if others else None
        for code in dict.fromkeys(codes or _without_new_identity()):
            repair = _repair_of(code)
            some = findings(self._catalog, rule=code)
            if codes and not some:
                raise UsageError(f"There is no finding of the rule {code} in what is loaded.")
            for finding in some:
                files = frozenset(finding_occurrences(self._catalog, finding.id))
                if limit is not None and files.isdisjoint(limit):
                    continue
                self._take_finding(repair, finding, files, limit)

    def repair(self, output: Output) -> Repair:
        """Return all of it; what is identical to a file that gets a new UID gets it too."""
        self._replace()
        renewal = self._renewal
        renewal.instance = output.copies.with_identical(renewal.instance)
        renewal.apart = _contents(self._catalog, output.copies, self._told_apart)
        if not (self._mended or renewal.study or renewal.series or renewal.instance or renewal.entities):
            self._notes.append(PlanNote("nothing-to-repair"))
        mended = {id_: frozenset(codes) for id_, codes in self._mended.items()}
        return Repair(renewal, mended, tuple(self._entries), tuple(self._notes), tuple(self._decisions))

    def _take_finding(
        self, repair: str, finding: KeptFinding, files: frozenset[int], limit: set[int] | None
    ) -> None:
        if repair in ("re-encode", META):
            here = files & self._objects.keys() if limit is None else files & self._objects.keys() & limit
            self._mend(repair, finding, here)
        elif repair == "offered":
            self._choose(Chosen(finding, files, frozenset(files if limit is None else files & limit)))
        elif finding.rule == "UID-S13":
            self._fill(finding, files if limit is None else files & limit)
        else:
            self._faulty.setdefault(finding.uid, finding)

    def _mend(self, repair: str, finding: KeptFinding, files: frozenset[int]) -> None:
        """Put bytes right: padding and lengths, or the file meta after the data set."""
        code = META if repair == META else finding.rule
        for occurrence in files:
            self._mended.setdefault(occurrence, set()).add(code)
        if files:
            self._entries += _entries_of(finding, len(files))

    def _replace(self) -> None:
        """Give the faulty values new UIDs wherever they are keys of something; what names them follows."""
        entities = self._entities()
        kept: dict[str, list[str]] = {}
        for uid, finding in sorted(self._faulty.items()):
            if is_registered(uid):
                self._notes.append(PlanNote("registered-kept", {"uid": uid}))
                continue
            only = kinds_repaired(finding)
            files = {kind: self._bearing(kind, uid) for kind in _LEVELS if only is None or kind in only}
            for kind, bearing in files.items():
                self._renew(kind, uid, bearing)
            others = entities.get(uid, set()) if only is None else set()
            self._renewal.entities |= others
            if not others and not any(files.values()):
                kept.setdefault(finding.rule, []).append(uid)
        for code, uids in kept.items():
            self._notes.append(
                PlanNote("faulty-reference-kept", {"rule": code, "values": len(uids), "uid": uids[0]})
            )

    def _fill(self, finding: KeptFinding, files: frozenset[int]) -> None:
        """Give a UID to what has none (UID-S13); in items nothing can be made up."""
        kind = {"StudyInstanceUID": "study", "SeriesInstanceUID": "series", "SOPInstanceUID": "instance"}
        if finding.path in kind:
            self._renew(kind[finding.path], "", files & self._objects.keys())

    def _choose(self, chosen: Chosen) -> None:
        """Give new keys to the files that the user named, where they are some and not all of a finding."""
        level, attribute = _CHOSEN[chosen.finding.rule]
        if chosen.named == chosen.files:
            self._decisions.append(_which(self._catalog, chosen))
            return
        if level == "instance":
            self._renewal.instance |= chosen.named
            self._told_apart |= chosen.named
            return
        labels = self._labels(chosen.named, attribute)
        self._renewal.series |= {id_: f"{chosen.finding.rule}:{labels[id_]}" for id_ in labels}

    def _labels(self, files: Iterable[int], attribute: str) -> dict[int, str]:
        objects = [self._objects[id_] for id_ in files if id_ in self._objects]
        if not attribute:
            return {known.occurrence: "" for known in objects}
        values = profile_values(self._catalog, {known.profile for known in objects}, (attribute,))
        return {known.occurrence: values[known.profile][0] for known in objects}

    def _renew(self, kind: str, uid: str, files: Collection[int]) -> None:
        if kind == "study":
            if set(files) - self._renewal.study:
                self._notes.append(PlanNote("study-uid-repaired", {"uid": uid, "files": len(files)}))
            self._renewal.study |= set(files)
        elif kind == "series":
            self._renewal.series |= {id_: self._renewal.series.get(id_, "") for id_ in files}
        else:
            self._renewal.instance |= set(files)

    def _bearing(self, kind: str, uid: str) -> list[int]:
        """The files of the output whose own key of a kind is this UID."""
        if self._bearers is None:
            self._bearers = {level: {} for level in _LEVELS}
            for known in self._objects.values():
                place = self._places[known.series]
                keys = (place.study_uid, place.series_uid, known.sop_instance_uid)
                for level, key in zip(_LEVELS, keys, strict=True):
                    self._bearers[level].setdefault(key, []).append(known.occurrence)
        return self._bearers[kind].get(uid, [])

    def _entities(self) -> dict[str, set[Entity]]:
        """The other entities that the output defines under the faulty values."""
        defining: dict[tuple[str, str], list[str]] = {}
        for entity in self._elements.by_id.values():
            if entity.defines:
                defining.setdefault((entity.kind, entity.element.keyword), []).append(entity.pattern)
        found: dict[str, set[Entity]] = {}
        for (kind, keyword), patterns in defining.items():
            for uid, files in carriers(self._catalog, self._faulty, patterns).items():
                if not files.isdisjoint(self._objects):
                    found.setdefault(uid, set()).add(Entity(kind, uid, "new", keyword))
        return found


def _contents(catalog: Catalog, copies: Copies, told_apart: set[int]) -> dict[int, str]:
    """The content of each object that is told apart, by its files; of one in several forms, the first."""
    wanted = [uid for uid, bearers in copies.bearers.items() if not told_apart.isdisjoint(bearers)]
    known = contents(catalog, [id_ for uid in wanted for id_ in copies.bearers[uid]])
    labels: dict[int, str] = {}
    for uid in wanted:
        for same in copies.objects(uid):
            digests = [known[id_].sha256.hex() for id_ in same if id_ in known]
            if digests and not told_apart.isdisjoint(same):
                labels |= dict.fromkeys(same, min(digests))
    return labels


def _without_new_identity() -> Iterator[str]:
    """The rules whose repair changes no UID."""
    return (code for code, known in rules().items() if known.repair in ("re-encode", META))


def repair_needs(code: str) -> Literal["nothing", "files"] | None:
    """Return what a repair by a rule has to be told besides the rule; None where there is no such repair.

    ``files``: which of the files of a finding get new keys. Raises ``UsageError`` for a rule that there
    is not.
    """
    words = rule(code).repair
    if code in _CHOSEN:
        return "files"
    return "nothing" if words in ("re-encode", META) or words.startswith("new-uid") else None


def told_apart_by(code: str) -> tuple[str, str] | None:
    """Return which key the files of a finding share and should not, and what tells them apart.

    The key is ``instance`` or ``series``; what tells them apart is a keyword, empty for single objects. None
    for a rule of another sort.
    """
    return _CHOSEN.get(code)


def _repair_of(code: str) -> str:
    """What a rule lets be done: ``re-encode``, ``meta``, ``new-uid`` or ``offered``."""
    words = rule(code).repair
    if code in _CHOSEN or words in ("re-encode", META):
        return words
    if words.startswith("new-uid"):
        return "new-uid"
    if words == "offered (derived-series)":
        raise UsageError(f"What {code} finds is mended by “derived-series” with --select rule={code}.")
    raise UsageError(f"The rule {code} offers no repair.")


def makes_new_uids(code: str) -> bool:
    """Say whether a repair by a rule replaces values; else it writes them as they should be."""
    return rule(code).repair.startswith("new-uid")


def kinds_repaired(finding: KeptFinding) -> tuple[str, ...] | None:
    """Return as what kinds of key a faulty value gets a new UID; None: as all that it serves as."""
    if finding.rule == "UID-S28":
        kinds = finding.facts["kinds"]
        return kinds[1:] if isinstance(kinds, tuple) else ()
    return ("instance",) if finding.rule == "UID-S26" else None


def _which(catalog: Catalog, chosen: Chosen) -> PlanNote:
    files = tuple(sorted(chosen.files))
    facts: dict[str, str | int] = {
        "rule": chosen.finding.rule,
        "uid": chosen.finding.uid,
        "files": len(files),
        "file": display_path(catalog, files[-1]),
    }
    return PlanNote("choose-files", facts, files)


def _entries_of(finding: KeptFinding, files: int) -> Iterator[MapEntry]:
    """What a repair of bytes changes, for the list of changes."""
    facts = finding.facts
    if "example" in facts:
        example = _text(facts["example"])
        new = _PAD.sub("", example)
        yield MapEntry(example, new, finding.path, "all", finding.rule, files, "re-encode")
    elif "missing" in facts:
        missing = facts["missing"]
        for name in missing if isinstance(missing, tuple) else ():
            yield MapEntry("", "", f"meta.{name}", "all", finding.rule, files, "meta")
    else:
        old, new = _text(facts.get("meta", "")), _text(facts.get("dataset", ""))
        yield MapEntry(old, new, finding.path or "meta", "all", finding.rule, files, "meta")


def _text(fact: FactValue) -> str:
    return fact if isinstance(fact, str) else ""
