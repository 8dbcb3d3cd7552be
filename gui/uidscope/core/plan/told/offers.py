"""Which intentions mend a finding: what the user can put into the plan from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from uidscope.core.catalog.findings import KeptFinding, finding_occurrences, findings
from uidscope.core.catalog.lookup import node_of_occurrence
from uidscope.core.catalog.plan_questions import absolute_paths, loaded_objects, series_sizes
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import Node
from uidscope.core.plan.intention import IntentionKind, Selector
from uidscope.core.plan.repair import repair_needs
from uidscope.core.plan.selection import selectors_for
from uidscope.core.uid.registry import is_registered

_DERIVED_IN_SOURCE_SERIES: Final = "ENT-18"
_TWO_PATIENTS: Final = "ENT-11"
_MENDED_OTHERWISE: Final = (_DERIVED_IN_SOURCE_SERIES, _TWO_PATIENTS)  # than by a repair
# One of several objects gets a new identity: written alone by ``instances``, with all others by ``repair``.
_DUPLICATES: Final = frozenset({"ENT-01", "ENT-05", "ENT-06", "ENT-07"})
_KEYS: Final = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")


class Offer(NamedTuple):
    """One intention that mends a finding, as far as the finding decides it.

    ``selectors`` are to be in the intention. Where there are ``candidates``, the user names some of them,
    not all, and they are added. ``needs_target``: a loaded study or series to move into is to be named.
    """

    kind: IntentionKind
    selectors: tuple[Selector, ...]
    candidates: tuple[Selector, ...] = ()
    needs_target: bool = False


def is_offered(finding: KeptFinding) -> bool:
    """Say whether anything in a plan mends a finding, without a look at its files."""
    code = finding.rule
    return is_rule_offered(code) and (code in _MENDED_OTHERWISE or is_replaceable(finding))


def is_rule_offered(code: str) -> bool:
    """Say whether anything in a plan may mend findings of a rule, without a look at them."""
    return code in _MENDED_OTHERWISE or repair_needs(code) is not None


def offered_intentions(catalog: Catalog, finding: KeptFinding) -> tuple[Offer, ...]:
    """Return the intentions that mend a finding, the nearest first; none where nothing in a plan does.

    Raises ``UsageError`` for a finding of a rule that there is not.
    """
    code = finding.rule
    if code == _DERIVED_IN_SOURCE_SERIES:
        return (Offer("derived-series", places_of(catalog, (finding,))),)
    if code == _TWO_PATIENTS:
        return (Offer("move", (), _files(catalog, finding), needs_target=True),)
    needs = repair_needs(code)
    if needs is None or not is_replaceable(finding):
        return ()
    by_rule = (Selector("rule", code),)
    if needs == "files":
        files = _files(catalog, finding)
        repair = Offer("repair", by_rule, files)
        return (Offer("instances", (), files), repair) if code in _DUPLICATES else (repair,)
    is_alone = len(findings(catalog, rule=code, limit=2)) == 1
    return (Offer("repair", by_rule if is_alone else (*by_rule, *places_of(catalog, (finding,)))),)


def is_offered_for_all(code: str) -> bool:
    """Say whether one intention may mend several findings of a rule, without a look at them."""
    return code == _DERIVED_IN_SOURCE_SERIES or repair_needs(code) == "nothing"


def intentions_for_rule(catalog: Catalog, found: Sequence[KeptFinding]) -> tuple[Offer, ...]:
    """Return the intentions each of which mends all of several findings of one rule; none where none does."""
    if not found:
        return ()
    code = found[0].rule
    if code == _DERIVED_IN_SOURCE_SERIES:
        return (Offer("derived-series", places_of(catalog, found)),)
    if repair_needs(code) != "nothing" or not any(map(is_replaceable, found)):
        return ()
    return (Offer("repair", (Selector("rule", code),)),)


def is_replaceable(finding: KeptFinding) -> bool:
    """Say whether the value of a finding may be replaced.

    Not where it is registered, nor where it is empty in an item.
    """
    if finding.rule == "UID-S13":
        return finding.path in _KEYS
    is_value = repair_needs(finding.rule) == "nothing" and bool(finding.uid)
    return not (is_value and is_registered(finding.uid))


def places_of(catalog: Catalog, some: Iterable[KeptFinding]) -> tuple[Selector, ...]:
    """Return selectors that mean just the files of some findings: by series where they are all of one."""
    files = {id_ for each in some for id_ in finding_occurrences(catalog, each.id)}
    return selectors_for(catalog, _nodes(catalog, sorted(files)))


def _nodes(catalog: Catalog, occurrences: Collection[int]) -> list[Node]:
    objects = list(loaded_objects(catalog, occurrences))
    held = Counter(known.series for known in objects)
    sizes = series_sizes(catalog)
    whole = [series for series in held if series and held[series] == sizes[series]]
    nodes = [Node("series", series) for series in whole]
    for known in objects:
        if known.series not in whole:
            node = node_of_occurrence(catalog, known.occurrence)
            nodes += [] if node is None else [node]
    return nodes


def _files(catalog: Catalog, finding: KeptFinding) -> tuple[Selector, ...]:
    paths = absolute_paths(catalog, finding_occurrences(catalog, finding.id))
    return tuple(Selector("file", path) for path in sorted(paths.values()))
