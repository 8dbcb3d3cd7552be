"""The objects of a series that do not belong there: one rule speaks of them, the others are silent."""

from __future__ import annotations

from collections.abc import Mapping

from uidscope.core.catalog.disagreements import Disagreement, disagreements
from uidscope.core.judge.rule import Inquiry


def rarest_modality(files: Mapping[str, int]) -> str:
    """Return the modality with the fewest files, the intruder of ENT-13; of equals the first by name."""
    return min(files, key=lambda modality: (files[modality], modality))


def of_main_modality(series: Disagreement) -> Disagreement:
    """Return a series without the objects of other modalities than most of its objects have (ENT-13)."""
    files: dict[str, int] = {}
    for each in series.objects:
        if each.modality:
            files[each.modality] = files.get(each.modality, 0) + each.files
    if len(files) < 2:
        return series
    main = max(files, key=lambda modality: (files[modality], modality))
    return series.among(lambda place: series.objects[place].modality in ("", main))


def intruding_profiles(inquiry: Inquiry) -> frozenset[int]:
    """Return the profiles of all objects that ENT-13 takes for intruders."""
    return frozenset(
        profile
        for series in disagreements(inquiry.catalog, "series", ("Modality",))
        for profile in {each.profile_id for each in series.objects}
        - {each.profile_id for each in of_main_modality(series).objects}
    )
