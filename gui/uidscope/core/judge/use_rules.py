"""UID-S20 and UID-S28: values that are well formed and stand where they must not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final

from uidscope.core.catalog.entity import KeyKind, occurrences_of, shared_keys
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.value_uses import uid_texts, value_patterns, value_places
from uidscope.core.judge.element_path import defining, is_nested, leaf, level_of, ui_element_at
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.uid.registry import DICOM_ROOT, registered
from uidscope.core.uid.use import judge_use

_KEYWORD_OF: Final[dict[KeyKind, str]] = {
    "study": "StudyInstanceUID",
    "series": "SeriesInstanceUID",
    "instance": "SOPInstanceUID",
}


def values_of_the_standard(inquiry: Inquiry) -> Iterator[Finding]:
    """Find UID-S20: keys and references that take a number which only the standard may give out."""
    texts = dict(uid_texts(inquiry.catalog, under=DICOM_ROOT))
    misused = {
        uid_id: wrong
        for uid_id, patterns in value_patterns(inquiry.catalog, texts).items()
        if (wrong := [pattern for pattern in patterns if _is_misused(pattern, texts[uid_id])])
    }
    if not misused:
        return
    wanted = {pattern for patterns in misused.values() for pattern in patterns}
    for uid_id, members in groupby(value_places(inquiry.catalog, misused, wanted), attrgetter("uid_id")):
        inquiry.cancel.raise_if_cancelled()
        patterns = misused[uid_id]
        occurrences = {place.occurrence_id for place in members if place.pattern in patterns}
        path = defining(patterns)
        entry = registered(texts[uid_id])
        yield rule("UID-S20").finding(
            level_of(path),
            texts[uid_id],
            tuple(sorted(occurrences)),
            attribute=leaf(path),
            path=path,
            facts={"registered_as": entry.name if entry else ""},
        )


def keys_of_several_kinds(inquiry: Inquiry) -> Iterator[Finding]:
    """Find UID-S28: one value for a study and a series, a series and an instance, and so on.

    The finding is about the lower entity, which is the one to get a new UID; the files of the upper
    one are only concerned where they belong to both.
    """
    for shared in shared_keys(inquiry.catalog):
        inquiry.cancel.raise_if_cancelled()
        lower = shared.kinds[1:]
        occurrences = {id_ for kind in lower for id_ in occurrences_of(inquiry.catalog, kind, shared.uid_id)}
        keyword = _KEYWORD_OF[shared.kinds[-1]]
        yield rule("UID-S28").finding(
            shared.kinds[-1],
            shared.uid,
            tuple(sorted(occurrences)),
            attribute=keyword,
            path=keyword,
            facts={"kinds": shared.kinds},
        )


def _is_misused(pattern: str, text: str) -> bool:
    element = ui_element_at(pattern)
    return element is not None and "UID-S20" in judge_use(element.tag, text, nested=is_nested(pattern))


CHECKS: Final = (
    Check(("UID-S20",), values_of_the_standard),
    Check(("UID-S28",), keys_of_several_kinds),
)
