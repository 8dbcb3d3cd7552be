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

# What a component of a File ID has room for behind its two letters (PS3.10 8.2: eight characters).
_MOST_ON_MEDIA: Final = 999_999

# What some system takes for a separator, a drive, a pattern or a stream, and the names of its devices.
_NOT_PORTABLE: Final = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff]')
_DEVICE: Final = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\..*)?", re.IGNORECASE)


def output_names(request: ExportRequest) -> tuple[str, ...]:
    """Return the name of each file of the request, in their order.

    No two are equal, nor equal but for upper and lower case, and none leaves the target. In an archive
    (``zipped``) each can be unpacked on any system; in the layout ``media`` each is a File ID (PS3.10
    8.2). Raises ``UsageError`` for a layout that is not known, ``OutputError`` for a name that would lead
    out, and for more files than ``media`` has names for.
    """
    if request.layout == "keep":
        names = _kept_names(request.files, several=len(request.sources) > 1)
        return _portable_names(names) if request.zipped else names
    if request.layout == "hierarchy":
        return _hierarchy_names([file.place for file in request.files])
    if request.layout == "media":
        return _media_names([file.place for file in request.files])
    raise UsageError(f"The layout {request.layout} is not known; take keep, hierarchy or media.")


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


def _portable_names(names: Sequence[str]) -> tuple[str, ...]:
    """Replace what a part of a name may not hold on some system."""
    free = _FreeNames()
    portable: list[str] = []
    for name in names:
        *folders, last = name.split("/")
        folder = ""
        for number, part in enumerate(folders):
            folder = free.take(folder, _portable(part), known_as="/".join(folders[: number + 1]) + "/")
        portable.append(free.take(folder, _portable(last), known_as=name))
    return tuple(portable)


def _portable(part: str) -> str:
    """Return a part that any system can have as a name, and that is text."""
    plain = _NOT_PORTABLE.sub("_", part)
    if plain.endswith((".", " ")):
        plain = f"{plain[:-1]}_"
    return f"_{plain}" if _DEVICE.fullmatch(plain) else plain


def _media_names(places: Sequence[Place]) -> tuple[str, ...]:
    """Number patients, studies, series and files as they come, in eight upper-case characters each."""
    numbers = _Numbers()
    names: list[str] = []
    for place in places:
        path = ""
        for letters, key in (("PT", place.patient), ("ST", place.study), ("SE", place.series)):
            path += _component(letters, numbers.of(path, key)) + "/"
        names.append(path + _component("IM", numbers.next(path)))
    return tuple(names)


def _component(letters: str, number: int) -> str:
    if number > _MOST_ON_MEDIA:
        raise OutputError(
            f"The layout media has names for {_MOST_ON_MEDIA:,} files in one folder; there are more."
        )
    return f"{letters}{number:06}"


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
