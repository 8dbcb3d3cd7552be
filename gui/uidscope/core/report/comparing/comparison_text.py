"""A comparison of two folders as text for a terminal: study by study, then all together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from uidscope.core.report.comparing.comparison import (
    ComparedFolders,
    Json,
    differing_by_study,
    heading,
    not_loaded,
    studies,
)
from uidscope.core.report.comparing.comparison_words import comparison_words, conclusion, difference_words
from uidscope.core.report.counted import more_line
from uidscope.core.report.not_loaded_text import not_loaded_lines
from uidscope.core.report.visible import visible

_INSTANCES_SHOWN: Final = 20
_FILES_SHOWN: Final = 3


def comparison_text(compared: ComparedFolders) -> Iterator[str]:
    """Yield the text in pieces; long lists are cut, and say by how much."""
    whole = heading(compared)
    yield from _folder_lines("First", whole["first"])
    yield from _folder_lines("Second", whole["second"])
    differing = differing_by_study(compared)
    for study in studies(compared):
        yield from _study_lines(study, differing.get(study["study_instance_uid"], []))
    yield from not_loaded_lines(list(not_loaded(compared)))
    yield f"\nAll instances: {_counted(whole['counts'])}.\n{conclusion(compared.result)}\n"


def _folder_lines(name: str, folder: Json) -> Iterator[str]:
    yield f"{name}: {visible(folder['path'])}\n"
    yield (
        f"    files {folder['files']}, not loaded {folder['not_loaded']}, instances {folder['instances']}\n"
    )


def _study_lines(study: Json, members: list[Json]) -> Iterator[str]:
    uid = study["study_instance_uid"] or "without UID"
    told = ", ".join(visible(text) for text in (study["date"], study["description"]) if text)
    yield f"\nStudy {visible(uid)}{f' ({told})' if told else ''}: {_counted(study['counts'])}\n"
    for member in members[:_INSTANCES_SHOWN]:
        yield from _instance_lines(member)
    yield from more_line(len(members), _INSTANCES_SHOWN, "  ")


def _instance_lines(instance: Json) -> Iterator[str]:
    status = comparison_words().statuses[instance["status"]]
    yield f"  {status}: {visible(instance['sop_instance_uid'] or 'without UID')}\n"
    for name in ("first", "second"):
        files = instance[name]
        for file in files[:_FILES_SHOWN]:
            yield f"      {name}: {visible(file)}\n"
        yield from more_line(len(files), _FILES_SHOWN, f"      {name}: ")
    if told := difference_words(instance):
        yield f"      {visible(told)}\n"


def _counted(counts: Mapping[str, int]) -> str:
    words = comparison_words().statuses
    return ", ".join(f"{number} {words[status]}" for status, number in counts.items() if number) or "none"
