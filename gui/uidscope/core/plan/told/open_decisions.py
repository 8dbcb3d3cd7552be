"""What a plan leaves open, as questions with their possible answers: what references to one UID mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple, get_args

from uidscope.core.catalog.plan_questions import (
    SeriesPlace,
    absolute_paths,
    loaded_objects,
    series_places,
)
from uidscope.core.catalog.store import Catalog
from uidscope.core.plan.intention import Decision, Plan
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.told.same_uid import Alternative, objects_with_uid
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.progress import CancelToken

DecisionRule = Literal["kept", "renewed", "same-study"]
DECISION_RULES: Final[tuple[DecisionRule, ...]] = get_args(DecisionRule)

AMBIGUOUS: Final = "ambiguous-reference"


class OpenDecision(NamedTuple):
    """A UID that different objects bear, and that files of the output name.

    ``referring`` are these files, ``references`` counts how often they name it. ``new`` has for each of the
    alternatives the UID that it gets; None: it keeps this one. ``paths`` are absolute, for ``Decision``.
    ``decided`` is the place of the alternative meant; None while that is open.
    """

    uid: str
    referring: tuple[int, ...]
    references: int
    alternatives: tuple[Alternative, ...]
    new: tuple[str | None, ...]
    paths: tuple[str, ...]
    decided: int | None = None

    def decision(self, place: int) -> Decision:
        """Return the decision for one of the alternatives."""
        return Decision(self.uid, self.paths[place])


def open_decision_uids(uid_map: UidMap) -> tuple[str, ...]:
    """Return the UIDs about which something is to be decided."""
    return tuple(str(note.facts["uid"]) for note in uid_map.decisions if note.code == AMBIGUOUS)


def open_decisions(
    catalog: Catalog, plan: Plan, uid_map: UidMap, limit: int, token: CancelToken | None = None
) -> tuple[OpenDecision, ...]:
    """Return what is open, then what was decided, ``limit`` of them at most. Raises ``Cancelled``."""
    notes = [note for note in uid_map.decisions if note.code == AMBIGUOUS]
    asked = [_asked(catalog, uid_map, note, token) for note in notes[:limit]]
    room = max(0, limit - len(asked))
    decided = [each for each in plan.decisions if each.uid in uid_map.meant][:room]
    return (*asked, *(_decided(catalog, uid_map, each, token) for each in decided))


def decided_by_rule(
    catalog: Catalog, uid_map: UidMap, rule: DecisionRule, token: CancelToken | None = None
) -> tuple[Decision, ...]:
    """Return a decision for each open UID of which just one object fits a rule. Raises ``Cancelled``.

    ``kept``: it keeps the UID; ``renewed``: it gets a new one; ``same-study``: it stands in the study of
    every file that refers to the UID.
    """
    notes = [note for note in uid_map.decisions if note.code == AMBIGUOUS]
    asked = (_asked(catalog, uid_map, note, token) for note in notes)
    return tuple(_fitting(catalog, asked, rule))


def _fitting(catalog: Catalog, asked: Iterable[OpenDecision], rule: DecisionRule) -> Iterator[Decision]:
    places = series_places(catalog)
    for each in asked:
        if rule == "same-study":
            studies = _studies(catalog, places, each.referring)
            fits = [
                len(studies) == 1 and _studies(catalog, places, alternative.occurrences) == studies
                for alternative in each.alternatives
            ]
        else:
            fits = [(new is None) == (rule == "kept") for new in each.new]
        if fits.count(True) == 1:
            yield each.decision(fits.index(True))


def _studies(catalog: Catalog, places: Mapping[int, SeriesPlace], occurrences: Iterable[int]) -> set[str]:
    return {places[known.series].study_uid for known in loaded_objects(catalog, occurrences)}


def _asked(catalog: Catalog, uid_map: UidMap, note: PlanNote, token: CancelToken | None) -> OpenDecision:
    uid = str(note.facts["uid"])
    return _question(catalog, uid_map, uid, token)._replace(
        referring=note.occurrences, references=int(note.facts["references"])
    )


def _decided(
    catalog: Catalog, uid_map: UidMap, decision: Decision, token: CancelToken | None
) -> OpenDecision:
    question = _question(catalog, uid_map, decision.uid, token)
    meant = uid_map.meant[decision.uid].files
    place = next(
        (at for at, each in enumerate(question.alternatives) if not meant.isdisjoint(each.occurrences)), None
    )
    return question._replace(decided=place)


def _question(catalog: Catalog, uid_map: UidMap, uid: str, token: CancelToken | None) -> OpenDecision:
    alternatives = objects_with_uid(catalog, uid, token)
    first = [each.occurrences[0] for each in alternatives]
    paths = absolute_paths(catalog, first)
    new = tuple(_new_uid(uid_map, each, uid) for each in alternatives)
    return OpenDecision(uid, (), 0, alternatives, new, tuple(paths[id_] for id_ in first))


def _new_uid(uid_map: UidMap, alternative: Alternative, uid: str) -> str | None:
    written = (id_ for id_ in alternative.occurrences if id_ in uid_map.outcomes)
    return next(filter(None, (uid_map.new_instance_uid(id_, uid) for id_ in written)), None)
