"""What comes of the rows that the user switched off: their lines, what is to be told, what cannot stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from uidscope.core.plan.entry import ONLY_NAMED, MapEntry, SwitchedOff
from uidscope.core.plan.keys.instance_keys import InstanceKeys
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.plan.uid_map import FileOutcome, outcome_counts


def instance_rows_off(
    instances: InstanceKeys, several_kinds: Mapping[str, frozenset[str]]
) -> Iterator[SwitchedOff]:
    """Yield the rows of SOP Instance UIDs that are switched off."""
    for (row, treatment), files in sorted(instances.switched_off.items()):
        scope = "all"
        if not row.old or row.old in instances.contested:
            scope = "occurrences"
        elif row.old in several_kinds:
            scope = "instance"
        yield SwitchedOff(row, MapEntry(row.old, "", "instance", scope, treatment, files))


def rows_off_notes(
    rows: Collection[SwitchedOff], outcomes: Mapping[int, FileOutcome], kept: Mapping[int, str]
) -> Iterator[PlanNote]:
    """Yield what the user should know of identities that stay where others change.

    Each is the user's right and right in itself; beside the originals in an archive it is not. ``kept`` are
    the files whose SOP Instance UID the user keeps, with it (``kept_instances``).
    """
    elsewhere = tuple(id_ for id_ in sorted(kept) if _place(outcomes[id_]) != _old_place(outcomes[id_]))
    if elsewhere:
        yield PlanNote("row-kept-instance", {"files": len(elsewhere)}, elsewhere)
    for uid in sorted(_series_in_another_study(outcomes)):
        yield PlanNote("row-kept-series", {"uid": uid})
    identifying = sum(off.entry.reason in ("pseudonymous", ONLY_NAMED) for off in rows)
    if identifying:
        yield PlanNote("row-kept-pseudonymous", {"uids": identifying})


def rows_off_conflicts(
    instances: InstanceKeys,
    outcomes: Mapping[int, FileOutcome],
    own_uids: Mapping[int, str],
    kept: Mapping[int, str],
) -> Iterator[PlanNote]:
    """Yield a conflict for each series or instance that the output would hold in more places than before.

    ``kept`` as in ``rows_off_notes``.
    """
    series = _series_in_another_study(outcomes)
    staying = {
        id_: outcome.series_uid
        for id_, outcome in (outcomes.items() if series else ())
        if outcome.series_uid in series and outcome.new_series_uid is None
    }
    for uid, files in _in_more_places(staying, outcomes, parts=1):
        yield PlanNote("row-kept-series-divided", {"uid": uid}, files)
    uids = set(kept.values())
    bearing = {
        id_: uid
        for id_, uid in (own_uids.items() if uids else ())
        if uid in uids and id_ not in instances.own_instances
    }
    for uid, files in _in_more_places(bearing, outcomes, parts=2):
        yield PlanNote("row-kept-instance-divided", {"uid": uid}, files)


def kept_instances(
    instances: InstanceKeys, outcomes: Mapping[int, FileOutcome], own_uids: Mapping[int, str]
) -> dict[int, str]:
    """Return the files whose SOP Instance UID stays because the user switched its row off, with it."""
    rows = {(row.intention, row.old) for row, _ in instances.switched_off}
    if not rows:
        return {}
    return {
        id_: uid
        for id_, uid in own_uids.items()
        if (outcomes[id_].intention, uid) in rows
        and uid not in instances.instances
        and id_ not in instances.own_instances
    }


def _in_more_places(
    uids: Mapping[int, str], outcomes: Mapping[int, FileOutcome], *, parts: int
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The UIDs whose files come to stand in more places than they did; a place is the first parts of one."""
    files: dict[str, list[int]] = {}
    for id_, uid in uids.items():
        files.setdefault(uid, []).append(id_)
    for uid, ids in sorted(files.items()):
        before = {_old_place(outcomes[id_])[:parts] for id_ in ids}
        if len({_place(outcomes[id_])[:parts] for id_ in ids}) > len(before):
            yield uid, tuple(sorted(ids))


def _old_place(outcome: FileOutcome) -> tuple[str, str]:
    return outcome.study_uid, outcome.series_uid


def _place(outcome: FileOutcome) -> tuple[str, str]:
    return outcome.new_study_uid or outcome.study_uid, outcome.new_series_uid or outcome.series_uid


def _series_in_another_study(outcomes: Mapping[int, FileOutcome]) -> set[str]:
    """The series that keep their UIDs, because the user wants it, in studies that get new ones."""
    return {
        outcome.series_uid
        for outcome, _ in outcome_counts(outcomes)
        if outcome.switched_off("series") is not None and outcome.new_study_uid is not None
    }
