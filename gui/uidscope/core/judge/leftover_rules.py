"""FILE-05: UIDs of loaded entities that stand where a plan does not follow them.

Each file's header is read a second time. To look at every byte in Python would cost more than the scan;
so each file is first asked how often the beginnings of the loaded UIDs stand in it, which is as often as
its UI elements say unless one stands elsewhere too. Only where the numbers differ are the texts
themselves looked at, and only where one of them is a UID of the set is the file taken apart.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.ui_texts import (
    FileToSearch,
    count_files_to_search,
    entity_uids,
    files_to_search,
    texts_of_sets,
    uid_beginnings,
)
from uidscope.core.errors import InputError, UidscopeError
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.progress import CancelToken, Progress
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.encoding import InflatedTooLarge
from uidscope.core.read.outside_pixels import UidPlace, bytes_outside_pixels, uids_in_text

# Shorter numbers are met by chance, as the version of a software.
SHORTEST_LEFTOVER: Final = 12
_BEGINNING_LENGTHS: Final = (12, 8)
_MOST_BEGINNINGS: Final = 16
_LEAST_LENGTH: Final = 4

_FILES_AT_A_TIME: Final = 500
_SETS_REMEMBERED: Final = 5000
_TEXTS_REMEMBERED: Final = 50_000
_UIDS_NAMED: Final = 10
_DIGITS_AND_DOTS: Final = frozenset(b"0123456789.")


def leftovers(inquiry: Inquiry) -> Iterator[Finding]:
    """Find FILE-05: one finding for each file."""
    beginnings = _beginnings(inquiry.catalog)
    if not beginnings:
        return
    search = _Search(inquiry.catalog, beginnings, inquiry.cancel)
    done, total = 0, count_files_to_search(inquiry.catalog)
    files = files_to_search(inquiry.catalog)
    while some := list(islice(files, _FILES_AT_A_TIME)):
        search.learn_sets(some)
        for file in some:
            inquiry.cancel.raise_if_cancelled()
            inquiry.progress(Progress("searching", done, total, os.path.dirname(file.path)))
            done += 1
            uids = search.uids_outside_ui(file)
            if uids and (places := _places(file, uids)):
                yield _finding(file, places)
    inquiry.progress(Progress("searching", done, total))


def _finding(file: FileToSearch, places: list[UidPlace]) -> Finding:
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


def _beginnings(catalog: Catalog) -> tuple[bytes, ...]:
    """A few texts with one of which every UID of the set begins; the longer, the fewer false alarms."""
    for length in _BEGINNING_LENGTHS:
        found = uid_beginnings(catalog, length, SHORTEST_LEFTOVER)
        if len(found) <= _MOST_BEGINNINGS:
            break
    else:
        found = uid_beginnings(catalog, _LEAST_LENGTH, SHORTEST_LEFTOVER)
    return tuple(text.encode() for text in found if _DIGITS_AND_DOTS.issuperset(text.encode()))


def _places(file: FileToSearch, uids: frozenset[str]) -> list[UidPlace]:
    try:
        with open_window(file.path, follow_links=True) as window:
            return list(uids_in_text(window, uids))
    except UidscopeError:
        return []


class _Search:
    """Finds the UIDs of the set that stand in a file more often than in its UI elements."""

    def __init__(self, catalog: Catalog, beginnings: tuple[bytes, ...], cancel: CancelToken) -> None:
        self._catalog = catalog
        self._cancel = cancel
        self._beginnings = beginnings
        self._numbers = [re.compile(re.escape(each) + rb"[0-9.]*") for each in beginnings]
        self._texts: dict[int, dict[str, int]] = {0: {}}
        self._counts: dict[int, list[int]] = {0: [0] * len(beginnings)}
        self._known: dict[str, bool] = {}

    def learn_sets(self, files: Iterable[FileToSearch]) -> None:
        """Fetch the UI values of the files that come next."""
        ids = {id_ for file in files for id_ in (file.value_set, file.base_set)}
        if len(self._texts) > _SETS_REMEMBERED:
            for remembered in (self._texts, self._counts):
                for id_ in set(remembered) - ids - {0}:
                    del remembered[id_]
        new = texts_of_sets(self._catalog, ids - self._texts.keys())
        self._texts.update(new)
        for id_, texts in new.items():
            self._counts[id_] = [
                sum(text.count(beginning) * times for text, times in texts.items())
                for beginning in (each.decode() for each in self._beginnings)
            ]

    def uids_outside_ui(self, file: FileToSearch) -> frozenset[str]:
        """The UIDs of the set that stand somewhere in a file besides its UI elements, as far as can be seen.

        Empty too where the file has gone, or is no longer the one that was read.
        """
        try:
            pieces = list(self._pieces(file))
        except (OSError, InputError, InflatedTooLarge):
            return frozenset()
        suspicious = self._suspicious(file, pieces)
        if not suspicious:
            return frozenset()
        found: dict[str, int] = {}
        for piece in pieces:
            self._cancel.raise_if_cancelled()
            for number in suspicious:
                for text in _numbers(number, piece):
                    found[text] = found.get(text, 0) + 1
        in_elements = self._in_elements(file)
        return self._of_the_set(text for text, times in found.items() if times > in_elements.get(text, 0))

    def _pieces(self, file: FileToSearch) -> Iterator[bytes]:
        for piece in bytes_outside_pixels(file.path, file.encoding, file.size, file.modified_ns):
            self._cancel.raise_if_cancelled()
            yield piece

    def _suspicious(self, file: FileToSearch, pieces: list[bytes]) -> list[re.Pattern[bytes]]:
        """Those beginnings that stand in the file more or less often than its UI elements hold them."""
        of_set, of_base = self._counts[file.value_set], self._counts[file.base_set]
        own = "\n".join(file.own).encode()
        return [
            number
            for index, (beginning, number) in enumerate(zip(self._beginnings, self._numbers, strict=True))
            if sum([piece.count(beginning) for piece in pieces])
            != of_set[index] + of_base[index] + own.count(beginning)
        ]

    def _in_elements(self, file: FileToSearch) -> dict[str, int]:
        texts = dict(self._texts[file.value_set])
        for text, times in (*self._texts[file.base_set].items(), *((uid, 1) for uid in file.own)):
            texts[text] = texts.get(text, 0) + times
        return texts

    def _of_the_set(self, texts: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(text for text in texts if len(text) >= SHORTEST_LEFTOVER)
        unknown = wanted - self._known.keys()
        if unknown:
            if len(self._known) > _TEXTS_REMEMBERED:
                self._known.clear()
                unknown = wanted
            found = entity_uids(self._catalog, unknown)
            self._known.update((text, text in found) for text in unknown)
        return frozenset(text for text in wanted if self._known[text])


def _numbers(number: re.Pattern[bytes], piece: bytes) -> Iterator[str]:
    """The numbers in some bytes that begin as a UID of the set does, not those that begin before that."""
    for found in number.finditer(piece):
        at = found.start()
        if not at or piece[at - 1] not in _DIGITS_AND_DOTS:
            yield found.group().strip(b".").decode()


CHECKS: Final = (Check(("FILE-05",), leftovers),)
