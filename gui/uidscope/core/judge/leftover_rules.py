"""FILE-05: UIDs of loaded entities that stand where a plan does not follow them.

The scan has looked, in its one reading of a file, for numbers that could be UIDs and stand outside its UI
elements; the few that are UIDs of the set are known by a question to the catalog. Where the scan has not
looked each file's header is read a second time. Only a file with such a UID is taken apart.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.ui_texts import (
    FileToSearch,
    LooseNumbers,
    count_files_to_search,
    entity_uids,
    files_to_search,
    loose_numbers,
    texts_of_sets,
)
from uidscope.core.errors import InputError, UidscopeError
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.progress import CancelToken, Progress
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.encoding import InflatedTooLarge
from uidscope.core.read.loose_numbers import numbers_outside
from uidscope.core.read.outside_pixels import UidPlace, bytes_outside_pixels, uids_in_text
from uidscope.core.read.read_chunk import found_stamp

LOOKED_FOR: Final = ("loose_numbers", "looked for")
"""What a catalog is said to be (``about``) whose scan has looked for numbers outside UI elements."""

_FILES_AT_A_TIME: Final = 500
_SETS_REMEMBERED: Final = 5000
_TEXTS_REMEMBERED: Final = 50_000
_UIDS_NAMED: Final = 10


def leftovers(inquiry: Inquiry) -> Iterator[Finding]:
    """Find FILE-05: one finding for each file."""
    key, looked_for = LOOKED_FOR
    was_looked_for = inquiry.catalog.about(key) == looked_for
    entities = _Entities(inquiry.catalog)
    for file in loose_numbers(inquiry.catalog) if was_looked_for else _searched(inquiry):
        inquiry.cancel.raise_if_cancelled()
        uids = entities.among(file.numbers)
        if uids and (places := _places(file, uids)):
            yield _finding(file, places)


def _searched(inquiry: Inquiry) -> Iterator[LooseNumbers]:
    """Read every file once more for what the scan would have found."""
    search = _Search(inquiry.catalog, inquiry.cancel)
    done, total = 0, count_files_to_search(inquiry.catalog)
    files = files_to_search(inquiry.catalog)
    while some := list(islice(files, _FILES_AT_A_TIME)):
        search.learn_sets(some)
        for file in some:
            inquiry.cancel.raise_if_cancelled()
            inquiry.progress(Progress("searching", done, total, os.path.dirname(file.path)))
            done += 1
            numbers = search.outside_ui(file)
            if numbers:
                yield LooseNumbers(file.occurrence_id, file.path, file.size, file.modified_ns, numbers)
    inquiry.progress(Progress("searching", done, total))


def _finding(file: LooseNumbers, places: list[UidPlace]) -> Finding:
    elements = tuple(dict.fromkeys(place.pattern for place in places))
    return rule("FILE-05").finding(
        "file",
        "",
        (file.occurrence_id,),
        attribute=elements[0].rpartition(".")[2],
        path=elements[0],
        facts={
            "uids": tuple(dict.fromkeys(place.uid for place in places))[:_UIDS_NAMED],
            "elements": elements[:_UIDS_NAMED],
            "places": len(places),
        },
    )


def _places(file: LooseNumbers, uids: frozenset[str]) -> list[UidPlace]:
    """Where these UIDs stand; nowhere where the file has gone, or is no longer the one that was read."""
    stamp = found_stamp(file.path, follow_links=True)
    if stamp is None or (stamp.size, stamp.modified_ns) != (file.size, file.modified_ns):
        return []
    try:
        with open_window(file.path, follow_links=True) as window:
            return list(uids_in_text(window, uids))
    except UidscopeError:
        return []


class _Entities:
    """Knows which numbers are UIDs of loaded entities; what was asked is remembered."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: dict[str, bool] = {}

    def among(self, numbers: frozenset[str]) -> frozenset[str]:
        unknown = numbers - self._known.keys()
        if unknown:
            if len(self._known) > _TEXTS_REMEMBERED:
                self._known.clear()
                unknown = numbers
            found = entity_uids(self._catalog, unknown)
            self._known.update((text, text in found) for text in unknown)
        return frozenset([text for text in numbers if self._known[text]])


class _Search:
    """Finds the numbers that stand in a file more often than in its UI elements."""

    def __init__(self, catalog: Catalog, cancel: CancelToken) -> None:
        self._catalog = catalog
        self._cancel = cancel
        self._fields: dict[int, list[bytes]] = {0: []}

    def learn_sets(self, files: Iterable[FileToSearch]) -> None:
        """Fetch the UI values of the files that come next."""
        ids = {id_ for file in files for id_ in (file.value_set, file.base_set)}
        if len(self._fields) > _SETS_REMEMBERED:
            for id_ in set(self._fields) - ids - {0}:
                del self._fields[id_]
        for id_, texts in texts_of_sets(self._catalog, ids - self._fields.keys()).items():
            self._fields[id_] = [b"\0".join([text.encode()] * times) for text, times in texts.items()]

    def outside_ui(self, file: FileToSearch) -> frozenset[str]:
        """The numbers in a file besides its UI elements; none where it cannot be read or has changed."""
        own = [text.encode() for text in file.own]
        try:
            fields = self._fields[file.value_set] + self._fields[file.base_set] + own
            return frozenset(numbers_outside(self._pieces(file), fields))
        except (OSError, InputError, InflatedTooLarge):
            return frozenset()

    def _pieces(self, file: FileToSearch) -> Iterator[bytes]:
        for piece in bytes_outside_pixels(file.path, file.encoding, file.size, file.modified_ns):
            self._cancel.raise_if_cancelled()
            yield piece


CHECKS: Final = (Check(("FILE-05",), leftovers),)
