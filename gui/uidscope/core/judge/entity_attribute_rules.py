"""ENT-15 and ENT-16: attributes that the objects of one patient, study or series should have in common.

Which attributes these are, and how strictly, depends on the IOD of each object. Attributes that a rule
of their own looks after are left to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from uidscope.core.catalog.disagreements import DescribedObjects, Disagreement, occurrences_of_profiles
from uidscope.core.catalog.finding import FactValue, Finding, Severity
from uidscope.core.judge.comparable_values import comparable, same_numbers
from uidscope.core.judge.rule import Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.read.attributes import PROFILE_ATTRIBUTES
from uidscope.core.uid.entity_attributes import Entity, EntityAttribute, entity_attributes

Level = Literal["patient", "study", "series"]
# How the objects differ: in what they say, in whether they say anything, in how they write a number.
Difference = Literal["values", "presence", "form"]

_ENTITIES: Final[dict[Level, tuple[Entity, ...]]] = {
    "patient": ("patient",),
    "study": ("study",),
    "series": ("series", "equipment"),
}
_JUDGED_ELSEWHERE: Final = frozenset(
    (
        "AccessionNumber",  # ENT-60
        "DeviceSerialNumber",  # ENT-17
        "IssuerOfPatientID",  # ENT-11
        "Manufacturer",
        "ManufacturerModelName",
        "Modality",  # ENT-13
        "PatientBirthDate",  # ENT-12
        "PatientID",
        "PatientName",
        "PatientSex",
        "StationName",
    )
)
# These vary within series and patients of real scanners and archives, whatever their type.
_NEVER_GRAVE: Final = frozenset(
    (
        "DeidentificationMethod",
        "LargestPixelValueInSeries",
        "OperatorsName",
        "PixelPaddingValue",
        "ProtocolName",
        "SeriesDate",
        "SeriesTime",
        "SmallestPixelValueInSeries",
        "SoftwareVersions",
    )
)
_VALUES_NAMED: Final = 10


def compared_keywords(level: Level) -> tuple[str, ...]:
    """Return the attributes of the profile that these rules compare at a level."""
    return tuple(
        [
            each.keyword
            for each in PROFILE_ATTRIBUTES
            if each.level in _ENTITIES[level] and each.keyword not in _JUDGED_ELSEWHERE
        ]
    )


class _Statement(NamedTuple):
    """What the objects of one profile say of an attribute that their IOD has, '' for nothing."""

    objects: DescribedObjects
    attribute: EntityAttribute
    text: str


def differing_attributes(inquiry: Inquiry, level: Level, entity: Disagreement) -> Iterator[Finding]:
    """Find ENT-15 and ENT-16: one finding for each attribute of the entity."""
    for keyword, texts in entity.values.items():
        if keyword in _JUDGED_ELSEWHERE:
            continue
        statements = []
        for objects, text in zip(entity.objects, texts, strict=True):
            attribute = entity_attributes(objects.class_uid).get(keyword)
            if attribute is None or attribute.entity not in _ENTITIES[level]:
                continue
            if text or objects.are_whole:
                statements.append(_Statement(objects, attribute, text or ""))
        yield from _compared(inquiry, level, entity.uid, keyword, statements)


def _compared(
    inquiry: Inquiry, level: Level, uid: str, keyword: str, statements: list[_Statement]
) -> Iterator[Finding]:
    if len(statements) < 2:
        return
    vr = statements[0].attribute.vr
    forms = comparable([each.text for each in statements], vr)
    said = {form for form in forms.values() if form}
    difference: Difference
    if len(said) > 1:
        difference = "form" if same_numbers(said, vr) else "values"
    elif said and "" in forms.values():
        difference = "presence"
    else:
        return
    severity = _severity(level, keyword, statements) if difference == "values" else "info"
    concerned = statements if severity != "info" else _rarer(statements, forms)
    yield rule("ENT-16" if severity == "info" else "ENT-15").finding(
        level,
        uid,
        occurrences_of_profiles(inquiry.catalog, [each.objects.profile_id for each in concerned]),
        attribute=keyword,
        path=keyword,
        severity=severity,
        facts=_facts(statements, difference, said),
    )


def _severity(level: Level, keyword: str, statements: Collection[_Statement]) -> Severity:
    """How grave two values are: by the strictest type that the objects' IODs give the attribute."""
    # What is the device's stands in the series and is not of it.
    if keyword in _NEVER_GRAVE or any(each.attribute.entity == "equipment" for each in statements):
        return "info"
    types = {each.attribute.type for each in statements if each.text}
    if types & {"1", "1C"}:
        return "error"
    return "warning" if level == "study" and types & {"2", "2C"} else "info"


def _rarer(statements: Collection[_Statement], forms: Mapping[str, str]) -> list[_Statement]:
    """The objects that do not say what most say; of equally many, those that say nothing come first."""
    files: dict[str, int] = {}
    for each in statements:
        form = forms[each.text]
        files[form] = files.get(form, 0) + each.objects.files
    main = max(files, key=lambda form: (files[form], form))
    return [each for each in statements if forms[each.text] != main]


def _facts(
    statements: Collection[_Statement], difference: Difference, said: Collection[str]
) -> dict[str, FactValue]:
    files: dict[str, int] = {}
    for each in statements:
        files[each.text] = files.get(each.text, 0) + each.objects.files
    values = sorted((text for text in files if text), key=lambda text: (-files[text], text))
    is_personal = any(each.attribute.is_personal for each in statements)
    return {
        "difference": difference,
        "values": () if is_personal else tuple(values[:_VALUES_NAMED]),
        "value_count": len(said),
        "without": files.get("", 0),
    }
