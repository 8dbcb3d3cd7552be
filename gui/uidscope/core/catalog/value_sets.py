"""What the files of a series have in common, stored once.

Most files of a series hold the same UI values but for one or two elements (a source image, an event).
The elements that have been seen to vary in a series are split off: their values make a small set of
their own on top of a base that all files of the series share.
"""

from __future__ import annotations

import re
from itertools import compress
from typing import Final, NamedTuple

from uidscope.core.catalog.stored_values import storable_text
from uidscope.core.read.record import RawReference, RawUiValue
from uidscope.core.uid.syntax import is_plainly_encoded, split_field, strip_value

# How much is remembered to be met again: a bound on memory, not on what is stored.
_VALUES_REMEMBERED: Final = 200_000
_REFERENCES_REMEMBERED: Final = 50_000
_FORMS_REMEMBERED: Final = 20_000
_SETS_REMEMBERED_OF_A_SERIES: Final = 8

# These stand in every file: their text is in columns of the instance and the occurrence, never in a set.
_COLUMN_PATTERNS: Final = frozenset({"SOPInstanceUID", "meta.MediaStorageSOPInstanceUID"})
_COLUMN_PATTERNS_OF_A_DICOMDIR: Final = frozenset({"meta.MediaStorageSOPInstanceUID"})

_plain_number: Final = re.compile(rb"([0-9.]+)\0?").fullmatch

Values = tuple[RawUiValue, ...]
ValuePart = tuple[int, str, str, int]  # set, pattern, stripped value, count
ReferencePart = tuple[int, int, str, int]  # set, form, UID, count
ReferenceForm = tuple[int, str, str, str, str, str, str]  # form, pattern, kind, class, series, study, purpose


class PlacedSet(NamedTuple):
    """The set that a file's values are, and those of its fields that are not plainly encoded."""

    id: int
    odd_fields: Values


_EMPTY_SET: Final = PlacedSet(0, ())


class _SeriesSets:
    """What was seen in one series: its base, the elements that vary, and the latest sets on the base."""

    def __init__(self, values: Values, placed: PlacedSet) -> None:
        self.varying: set[str] = set()
        self.base_values = values
        self.base = placed
        self.latest: dict[Values, PlacedSet] = {}
        # Which values of the last file were in the base, which were not, and the elements of these.
        self._in_base: list[bool] = []
        self._not_in_base: list[bool] = []
        self._own_elements: list[str] = []

    def own_of(self, values: Values) -> Values | None:
        """Return the values of a file that vary, or None where what does not vary is not the base's."""
        if len(values) == len(self._in_base) and tuple(compress(values, self._in_base)) == self.base_values:
            own = tuple(compress(values, self._not_in_base))
            if [value[0] for value in own] == self._own_elements:
                return own
        if self.shared_of(values) != self.base_values:
            return None
        varying = self.varying
        self._not_in_base = [value[0] in varying for value in values]
        self._in_base = [not each for each in self._not_in_base]
        own = tuple(compress(values, self._not_in_base))
        self._own_elements = [value[0] for value in own]
        return own

    def shared_of(self, values: Values) -> Values:
        """Return those of a file's values whose elements do not vary."""
        varying = self.varying
        return tuple([value for value in values if value[0] not in varying]) if varying else values


class ValueSets:
    """Gives each file's UI values a set, and keeps the rows of new sets until they are taken."""

    def __init__(self, first_free: int) -> None:
        self._next = first_free
        self._series: dict[int, _SeriesSets] = {}
        self._remembered = 0
        self._parts: list[ValuePart] = []
        self._bases: list[tuple[int, int]] = []

    def place(self, series: int | None, values: Values) -> PlacedSet:
        """Return the set of a file of this series; None stands for a file without one (a DICOMDIR)."""
        if series is None:
            return self._new_set(values, _EMPTY_SET, _COLUMN_PATTERNS_OF_A_DICOMDIR)
        seen = self._series.get(series)
        if seen is None:
            return self._begin(series, values)
        if values == seen.base_values:
            return seen.base
        own = seen.own_of(values)
        if own is None:
            shared = seen.shared_of(values)
            seen.varying.update(value[0] for value in set(shared) ^ set(seen.base_values))
            seen.base_values = seen.shared_of(values)
            seen.base = self._new_set(seen.base_values, _EMPTY_SET)
            seen.latest.clear()
            own = tuple([value for value in values if value[0] in seen.varying])
        if not own:
            return seen.base
        placed = seen.latest.get(own)
        if placed is None:
            if len(seen.latest) >= _SETS_REMEMBERED_OF_A_SERIES:
                seen.latest.clear()
            placed = seen.latest[own] = self._new_set(own, seen.base)
        return placed

    def take_new_rows(self) -> tuple[list[ValuePart], list[tuple[int, int]]]:
        """Hand over the rows of ``value_set_part`` and of ``value_set`` that are not yet stored.

        A set may hold a value twice, of which the counts are to be added.
        """
        parts, bases = self._parts, self._bases
        self._parts, self._bases = [], []
        return parts, bases

    def _begin(self, series: int, values: Values) -> PlacedSet:
        placed = self._new_set(values, _EMPTY_SET)
        self._remembered += len(values)
        if self._remembered > _VALUES_REMEMBERED:
            self._series.clear()
            self._remembered = len(values)
        self._series[series] = _SeriesSets(values, placed)
        return placed

    def _new_set(
        self, values: Values, base: PlacedSet, in_columns: frozenset[str] = _COLUMN_PATTERNS
    ) -> PlacedSet:
        id_ = self._next
        parts = self._parts
        stored_before = len(parts)
        odd_fields = base.odd_fields
        for pattern, raw, count in values:
            plain = _plain_number(raw)
            if plain and not len(raw) & 1:  # as nearly all are
                if pattern not in in_columns:
                    parts.append((id_, pattern, plain[1].decode("ascii"), count))
                continue
            if not is_plainly_encoded(raw):
                odd_fields = (*odd_fields, (pattern, raw, count))
            if pattern in in_columns:
                continue
            if b"\\" in raw:
                for number, value in enumerate(split_field(raw), 1):
                    parts.append((id_, f"{pattern}({number})", strip_value(value), count))
            else:
                parts.append((id_, pattern, strip_value(raw), count))
        if len(parts) == stored_before:
            return PlacedSet(base.id, odd_fields)
        self._next = id_ + 1
        if base.id:
            self._bases.append((id_, base.id))
        return PlacedSet(id_, odd_fields)


class ReferenceSets:
    """Gives each file's references a set, and keeps the rows of new sets and forms until they are taken."""

    def __init__(self, first_free_set: int, first_free_form: int) -> None:
        self._next_set = first_free_set
        self._next_form = first_free_form
        self._known: dict[tuple[RawReference, ...], int] = {}
        self._remembered = 0
        self._known_forms: dict[tuple[str, ...], int] = {}
        self._parts: list[ReferencePart] = []
        self._forms: list[ReferenceForm] = []

    def place(self, references: tuple[RawReference, ...]) -> int:
        """Return the id of the set of these references; 0 where none names a UID."""
        if not references:
            return 0
        id_ = self._known.get(references)
        if id_ is None:
            self._remembered += len(references)
            if self._remembered > _REFERENCES_REMEMBERED:
                self._known.clear()
                self._remembered = len(references)
            id_ = self._known[references] = self._new_set(references)
        return id_

    def take_new_rows(self) -> tuple[list[ReferencePart], list[ReferenceForm]]:
        """Hand over the rows of ``reference_set_part`` and ``reference_form`` that are not yet stored.

        A set may hold a reference twice, of which the counts are to be added.
        """
        parts, forms = self._parts, self._forms
        self._parts, self._forms = [], []
        return parts, forms

    def _new_set(self, references: tuple[RawReference, ...]) -> int:
        id_ = self._next_set
        forms = self._known_forms
        parts: list[ReferencePart] = []
        for pattern, uid, kind, class_uid, series_uid, study_uid, purpose, count in references:
            if uid:
                form = (pattern, kind, class_uid, series_uid, study_uid, purpose)
                parts.append((id_, forms.get(form) or self._new_form(form), uid, count))
        if not parts:
            return 0
        self._parts += parts
        self._next_set = id_ + 1
        return id_

    def _new_form(self, form: tuple[str, str, str, str, str, str]) -> int:
        id_ = self._next_form
        self._next_form = id_ + 1
        if len(self._known_forms) >= _FORMS_REMEMBERED:
            self._known_forms.clear()
        self._known_forms[form] = id_
        pattern, kind, class_uid, series_uid, study_uid, purpose = form
        self._forms.append((id_, pattern, kind, class_uid, series_uid, study_uid, storable_text(purpose)))
        return id_
