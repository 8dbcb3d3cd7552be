"""ENT-18: objects derived from others, left in a series of original ones."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from uidscope.core.catalog.derivations import count_objects, derivations
from uidscope.core.catalog.disagreements import Disagreement
from uidscope.core.catalog.finding import Finding
from uidscope.core.judge.equipment_rules import DEVICE_KEYWORDS, device_value
from uidscope.core.judge.rule import Inquiry
from uidscope.core.judge.rule_table import rule

IMAGE_TYPE: Final = "ImageType"
SOFTWARE: Final = "SoftwareVersions"

_SOURCES: Final = (
    "SourceImageSequence[].ReferencedSOPInstanceUID",
    "SourceInstanceSequence[].ReferencedSOPInstanceUID",
)
# What an object was, or was converted from, is no source beside it.
_FORMER: Final = ("OriginalAttributesSequence[]", "ConversionSourceAttributesSequence[]")
_UNCOMPRESSED_PREDECESSOR: Final = "121320"

# Programs that work on the images of others, by the names they write as manufacturer, model or software.
_POST_PROCESSORS: Final = re.compile(
    r"\b(?:3d ?slicer|advantage workstation|aquarius|brainlab|cmrtools|dcmqi|fsl|freesurfer|highdicom|horos"
    r"|image ?j|intellispace|itk|matlab|medis|mevis|mim ?(?:software|maestro|vista)?|mirada|mipav|myrian"
    r"|olea|osirix|pixelmed|pmod|qiicr|radiant|rapid ?ai|syngo\.? ?via|synapse ?3d|terarecon|vitrea"
    r"|vital images|voxar|weasis)\b",
    re.IGNORECASE,
)


class DerivedObjects(NamedTuple):
    """The findings on a series, and the profiles of the objects that they are about."""

    findings: tuple[Finding, ...]
    profiles: frozenset[int]


_NONE: Final = DerivedObjects((), frozenset())


def derived_in_source_series(inquiry: Inquiry, series: Disagreement) -> DerivedObjects:
    """Find ENT-18 in the objects that belong to a series; its files are the derived ones alone."""
    image_types = series.values.get(IMAGE_TYPE)
    if image_types is None:
        return _NONE
    first_values = [(text or "").partition("\\")[0].strip().upper() for text in image_types]
    original = [place for place, value in enumerate(first_values) if value == "ORIGINAL"]
    derived = [place for place, value in enumerate(first_values) if value == "DERIVED"]
    if not original or not derived:
        return _NONE
    objects = series.objects
    foreign = {objects[place].profile_id for place in derived if _is_foreign(series, place, original)}
    reasons: dict[int, str] = {}
    instances: set[int] = set()
    profiles: set[int] = set()
    for each in derivations(
        inquiry.catalog,
        [objects[place].profile_id for place in derived],
        sources=_SOURCES,
        former=_FORMER,
        compression=_UNCOMPRESSED_PREDECESSOR,
    ):
        if each.is_compressed or not (each.has_source_in_series or each.profile_id in foreign):
            continue
        reasons[each.occurrence_id] = "source in the series" if each.has_source_in_series else "other device"
        instances.add(each.instance_id)
        profiles.add(each.profile_id)
    if not reasons:
        return _NONE
    finding = rule("ENT-18").finding(
        "series",
        series.uid,
        tuple(sorted(reasons)),
        attribute=IMAGE_TYPE,
        path=IMAGE_TYPE,
        facts={
            "derived": len(instances),
            "original": count_objects(inquiry.catalog, [objects[place].profile_id for place in original]),
            "reasons": tuple(sorted(set(reasons.values()))),
        },
    )
    return DerivedObjects((finding,), frozenset(profiles))


def _is_foreign(series: Disagreement, place: int, original: list[int]) -> bool:
    """Whether a device that made none of the original objects has made this one, or a post-processor."""
    for keyword in (*DEVICE_KEYWORDS, SOFTWARE):
        texts = series.values.get(keyword)
        if texts is None:
            continue
        own = device_value(texts[place])
        others = {device_value(texts[other]) for other in original}
        if not own or own in others:
            continue
        if _POST_PROCESSORS.search(own) or (keyword != SOFTWARE and others - {""}):
            return True
    return False
