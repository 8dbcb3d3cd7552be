"""Which name each exported file gets, relative to the target and with ``/`` between the parts."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from uidscope.core.errors import OutputError, UsageError
from uidscope.core.export.request import ExportFile, ExportRequest, Place
from uidscope.core.read.byte_window import shown

_PLAIN_MODALITY: Final = re.compile(r"[A-Z]{1,8}")


def output_names(request: ExportRequest) -> tuple[str, ...]:
    """Return the name of each file of the request, in their order.

    No two are equal, nor equal but for upper and lower case, and none leaves the target. Raises
    ``UsageError`` for a layout that is not known, ``OutputError`` for a name that would lead out.
    """
    if request.layout == "keep":
        return _kept_names(request.files, several=len(request.sources) > 1)
    if request.layout == "hierarchy":
        return _hierarchy_names([file.place for file in request.files])
    raise UsageError(f"The layout {request.layout} is not known; take keep or hierarchy.")


def is_inside(name: str) -> bool:
    """Whether a relative name stays inside the folder it is joined to, on any system."""
    parts = name.split("/")
    return not any(part in ("", ".", "..") or "\0" in part or _could_lead_out(part) for part in parts)


def _could_lead_out(part: str) -> bool:
    """Whether Windows would take a part for a way out or for a drive."""
    return os.sep == "\\" and ("\\" in part or ":" in part)


def _kept_names(files: Sequence[ExportFile], *, several: bool) -> tuple[str, ...]:
    names = _FreeNames()
    return tuple([_kept_name(file, names, several=several) for file in files])


def _kept_name(file: ExportFile, names: _FreeNames, *, several: bool) -> str:
    if not is_inside(file.relative):
        raise OutputError(f"{shown(file.relative)} is no name that can be written inside a folder.")
    *folders, last = file.relative.split("/")
    folder = ""
    if several:
        root = os.path.abspath(file.root)
        folder = names.take("", os.path.basename(root) or "files", known_as=root)
    for name in folders:
        folder = names.take(folder, name, known_as=f"{name}/")
    return names.take(folder, last, known_as=f"{file.root}/{file.relative}\0{file.occurrence}")


class _FreeNames:
    """Hands out names inside folders; one that is taken gets a number, ``-2`` and so on."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[tuple[str, str]] = set()

    def take(self, folder: str, name: str, *, known_as: str) -> str:
        """Return the path of a name in a folder; the same ``known_as`` in it gets the same path again."""
        given = self._given.get((folder, known_as))
        if given is not None:
            return given
        stem, suffix = os.path.splitext(name)
        number, free = 1, name
        while (folder, _folded(free)) in self._taken:
            number += 1
            free = f"{stem}-{number}{suffix}"
        self._taken.add((folder, _folded(free)))
        path = f"{folder}/{free}" if folder else free
        self._given[folder, known_as] = path
        return path


def _folded(name: str) -> str:
    """Return what two names share that some system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _hierarchy_names(places: Sequence[Place]) -> tuple[str, ...]:
    """Number patients, studies, series and images as they come; nothing of a file stands in its name."""
    numbers = _Numbers()
    names: list[str] = []
    for place in places:
        patient = numbers.of("", place.patient)
        study = numbers.of(f"{patient}", place.study)
        series = numbers.of(f"{patient}/{study}", place.series)
        image = numbers.next(f"{patient}/{study}/{series}")
        modality = place.modality if _PLAIN_MODALITY.fullmatch(place.modality) else "OT"
        folder = f"patient-{patient:03}/study-{study:03}/series-{series:03}-{modality}"
        names.append(f"{folder}/image-{image:05}.dcm")
    return tuple(names)


class _Numbers:
    """Numbers from 1 for the keys below each parent."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}
        self._last: dict[str, int] = {}

    def of(self, parent: str, key: str) -> int:
        number = self._known.get((parent, key))
        if number is None:
            number = self._known[parent, key] = self.next(parent)
        return number

    def next(self, parent: str) -> int:
        number = self._last[parent] = self._last.get(parent, 0) + 1
        return number
