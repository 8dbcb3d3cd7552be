"""ENT-60 and ENT-61: numbers that people give, which are no identifiers, used more than once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from uidscope.core.catalog.disagreements import disagreements, occurrences_of_profiles
from uidscope.core.catalog.entity import occurrences_of
from uidscope.core.catalog.finding import Finding, Level
from uidscope.core.catalog.numbers import (
    NumberedInstance,
    shared_instance_numbers,
    shared_requests,
    shared_series_numbers,
)
from uidscope.core.judge.comparable_values import comparable
from uidscope.core.judge.concatenation_rules import concatenation_of_parts
from uidscope.core.judge.intruders import intruding_profiles
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule

_NUMBERS_NAMED: Final = 10


def accessions_and_studies(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-60: studies that share a request, in one finding, and studies with several requests."""
    for request in shared_requests(inquiry.catalog):
        inquiry.cancel.raise_if_cancelled()
        files = {
            id_ for uid_id, _ in request.studies for id_ in occurrences_of(inquiry.catalog, "study", uid_id)
        }
        yield rule("ENT-60").finding(
            "study",
            request.studies[0][1],
            tuple(sorted(files)),
            attribute="AccessionNumber",
            path="AccessionNumber",
            facts={
                "studies": tuple(uid for _, uid in request.studies),
                "accessions": (request.accession,),
                "study_id": request.study_id,
            },
        )
    for study in disagreements(inquiry.catalog, "study", ("AccessionNumber",)):
        inquiry.cancel.raise_if_cancelled()
        stated = [text for text in study.values["AccessionNumber"] if text]
        if len(set(comparable(stated, "SH").values()) - {""}) < 2:
            continue
        yield rule("ENT-60").finding(
            "study",
            study.uid,
            occurrences_of_profiles(inquiry.catalog, [each.profile_id for each in study.objects]),
            attribute="AccessionNumber",
            path="AccessionNumber",
            facts={"studies": (study.uid,), "accessions": tuple(sorted(set(stated)))},
        )


def numbers_used_twice(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-61: one finding for each series, and one for each study; ENT-13 speaks for intruders."""
    for series in shared_instance_numbers(inquiry.catalog):
        inquiry.cancel.raise_if_cancelled()
        intruding = inquiry.catalog.remembered("intruders", lambda: intruding_profiles(inquiry))
        parts = inquiry.catalog.remembered("parts", lambda: concatenation_of_parts(inquiry.catalog))
        own = _still_shared([each for each in series.instances if each.profile_id not in intruding], parts)
        if own:
            numbers = dict.fromkeys(each.number for each in own)
            files = tuple(each.occurrence_id for each in own)
            yield _numbers("series", series.series_uid, "InstanceNumber", files, numbers)
    for study in shared_series_numbers(inquiry.catalog):
        inquiry.cancel.raise_if_cancelled()
        concerned = {
            id_
            for uid_id in study.series_uid_ids
            for id_ in occurrences_of(inquiry.catalog, "series", uid_id)
        }
        yield _numbers("study", study.study_uid, "SeriesNumber", tuple(sorted(concerned)), study.numbers)


def _still_shared(instances: list[NumberedInstance], parts: Mapping[int, int]) -> list[NumberedInstance]:
    """Those of some instances that share their number with another of them.

    The parts of a concatenation have one number, as they should (PS3.3 C.7.6.16).
    """
    bearers: dict[str, set[tuple[str, int]]] = {}
    for each in instances:
        concatenation = parts.get(each.occurrence_id)
        bearer = ("instance", each.instance_id) if concatenation is None else ("parts", concatenation)
        bearers.setdefault(each.number, set()).add(bearer)
    return [each for each in instances if len(bearers[each.number]) > 1]


def _numbers(
    level: Level, uid: str, attribute: str, files: tuple[int, ...], numbers: Iterable[str]
) -> Finding:
    ordered = sorted(numbers, key=lambda number: (len(number), number))
    return rule("ENT-61").finding(
        level,
        uid,
        files,
        attribute=attribute,
        path=attribute,
        facts={"numbers": tuple(ordered[:_NUMBERS_NAMED]), "number_count": len(ordered)},
    )


CHECKS: Final = (
    Check(("ENT-60",), accessions_and_studies),
    Check(("ENT-61",), numbers_used_twice),
)
