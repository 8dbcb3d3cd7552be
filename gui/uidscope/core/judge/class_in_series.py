"""ENT-14: a series with objects of more than one SOP class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from uidscope.core.catalog.disagreements import Disagreement, occurrences_of_profiles
from uidscope.core.catalog.finding import Finding
from uidscope.core.judge.rule import Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.uid.registry import registered

SOP_CLASS: Final = "SOPClassUID"


def several_classes(inquiry: Inquiry, series: Disagreement) -> Iterator[Finding]:
    """Find ENT-14 in the objects that belong to a series; its files are those of the rarer classes."""
    files: dict[str, int] = {}
    for each in series.objects:
        if each.class_uid:
            files[each.class_uid] = files.get(each.class_uid, 0) + each.files
    if len(files) < 2:
        return
    main = max(files, key=lambda class_uid: (files[class_uid], class_uid))
    rarer = [each.profile_id for each in series.objects if each.class_uid not in ("", main)]
    yield rule("ENT-14").finding(
        "series",
        series.uid,
        occurrences_of_profiles(inquiry.catalog, rarer),
        attribute=SOP_CLASS,
        path=SOP_CLASS,
        facts={"classes": tuple(sorted(map(_name, files)))},
    )


def _name(class_uid: str) -> str:
    entry = registered(class_uid)
    return entry.name if entry else class_uid
