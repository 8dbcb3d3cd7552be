"""What a comparison of two folders is said in, from ``resources/words/comparison.<language>.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from uidscope.core.judge.folder_comparison import FolderComparison
from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.word_files import read_words

ATTRIBUTES_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """Words by status, level and obstacle, and one sentence for each way a comparison ends."""

    statuses: Mapping[str, str]
    meanings: Mapping[str, str]
    levels: Mapping[str, str]
    obstacles: Mapping[str, str]
    equal: str
    different: str
    unread: str


def comparison_words(language: str | None = None) -> ComparisonWords:
    """Return the words of a language, of the one that holds where none is given."""
    return ComparisonWords(**read_words("comparison", language))


def conclusion(result: FolderComparison, language: str | None = None) -> str:
    """Return what a comparison has shown, in one or two sentences."""
    words = comparison_words(language)
    if result.same_content:
        return words.equal
    unread = words.unread if result.first_unread or result.second_unread else ""
    differs = words.different if result.different_content else ""
    return " ".join(filter(None, (differs, unread)))


def difference_words(instance: Mapping[str, Any], language: str | None = None) -> str:
    """Return what differs in an instance of ``comparison.instances``, in a few words; '' where all is said.

    Attributes stand with what they are about, at most ``ATTRIBUTES_NAMED`` of them.
    """
    words = comparison_words(language)
    named = [
        f"{each['pattern']} ({words.levels[each['level']]})"
        for each in instance["attributes"][:ATTRIBUTES_NAMED]
    ]
    if (more := instance["attribute_count"] - len(named)) > 0:
        named.append(f"+{more}")
    pixels = ""
    if instance["pixel_data"] != "none":
        pixels = phrase(f"pixel data {instance['pixel_data']}", language)
        if instance["pixel_form"]:
            pixels += phrase(f" by {instance['pixel_form']}", language)
    obstacle = words.obstacles[instance["obstacle"]] if instance["obstacle"] else ""
    return "; ".join(filter(None, (", ".join(named), pixels, obstacle)))
