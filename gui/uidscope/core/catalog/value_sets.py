"""What the files of a series have in common, stored once.

Most files of a series hold the same UI values but for one or two elements (a source image, an event).
The elements that have been seen to vary in a series are split off: their values make a small set of
their own on top of a base that all files of the series share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import compress
from operator import itemgetter
from typing import Any, Final

from uidscope.core.catalog.set_numbers import SETS_OF_A_BASE
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

_NUMBER_BYTES: Final = b"0123456789."
_PAD: Final = b"\0"

Values = tuple[RawUiValue, ...]
PatternIds = Mapping[str, int]  # knows every pattern, once asked
# Rows one after the other: set, pattern and stripped value, or set, form and UID, and in both the count.
Parts = list[Any]
PART_COLUMNS: Final = 4
PART_TEXT: Final = 2
ReferenceForm = tuple[int, int, str, str, str, str, str]  # form, pattern, kind, class, series, study, purpose


# The set that a file's values are, and those of its fields that are not plainly encoded.
PlacedSet = tuple[int, Values]

_EMPTY_SET: Final[PlacedSet] = (0, ())


class _SeriesSets:
    """What was seen in one series: its base, the elements that vary, and the latest sets on the base."""

    def __init__(self) -> None:
        self.varying: set[str] = set()
        self.base_values: Values = ()
        self.base = _EMPTY_SET
        self.latest: dict[Values, PlacedSet] = {}
        self.next_own = self.end_of_own = 0
        # Of a file like the last one: how many values, those of the base among them, and those that are not,
        # with their elements.
        self._values = -1
        self._base_of: Callable[[Values], object] = len
        self._expected: object = None
        self._not_in_base: Callable[[Values], Values] = tuple
        self._own_elements: list[str] = []

    def stand_on(self, number: int, values: Values, base: PlacedSet) -> None:
        """Have what follows stand on a base of this number."""
        self.base_values = values
        self.base = base
        self.latest.clear()
        self._values = -1
        self.next_own, self.end_of_own = number + 1, number + SETS_OF_A_BASE

    def own_of(self, values: Values) -> Values | None:
        """Return the values of a file that vary, or None where what does not vary is not the base's."""
        if len(values) == self._values:
            of_base = self._base_of(values)
            if of_base == self._expected:
                # The files of a chunk share their values: what is the same object is soon compared.
                self._expected = of_base
                own = self._not_in_base(values)
                if [value[0] for value in own] == self._own_elements:
                    return own
        varying = self.varying
        if self.shared_of(values) != self.base_values:
            return None
        if not varying:
            self.base_values = values
            return ()
        is_own = [value[0] in varying for value in values]
        own = tuple(compress(values, is_own))
        in_base = [place for place, own_ in enumerate(is_own) if not own_]
        self._values = len(values)
        self._base_of = itemgetter(*in_base) if in_base else len
        self._expected = self._base_of(values)
        self._not_in_base = _taking([place for place, own_ in enumerate(is_own) if own_])
        self._own_elements = [value[0] for value in own]
        return own

    def shared_of(self, values: Values) -> Values:
        """Return those of a file's values whose elements do not vary."""
        varying = self.varying
        return tuple([value for value in values if value[0] not in varying]) if varying else values


def _taking(places: list[int]) -> Callable[[Values], Values]:
    """What takes the values at some places, in a tuple also where it is one."""
    if len(places) == 1:
        (place,) = places
        return lambda values: (values[place],)
    return itemgetter(*places) if places else lambda _values: ()


class ValueSets:
    """Gives each file's UI values a set, and keeps the rows of new sets until they are taken."""

    def __init__(self, last: int, patterns: PatternIds) -> None:
        self._next_base = last - last % SETS_OF_A_BASE + SETS_OF_A_BASE
        self._patterns = patterns
        self._series: dict[int, _SeriesSets] = {}
        self._remembered = 0
        self._parts: Parts = []

    def place(self, series: int | None, values: Values) -> PlacedSet:
        """Return the set of a file of this series; None stands for a file without one (a DICOMDIR)."""
        if series is None:
            return self._new_set(self._new_number(), values, _EMPTY_SET, _COLUMN_PATTERNS_OF_A_DICOMDIR)
        seen = self._series.get(series)
        if seen is None:
            return self._begin(series, values)
        own = seen.own_of(values)
        if own is None:
            shared = seen.shared_of(values)
            seen.varying.update(value[0] for value in set(shared) ^ set(seen.base_values))
            self._new_base(seen, seen.shared_of(values))
            own = tuple([value for value in values if value[0] in seen.varying])
        if not own:
            return seen.base
        return seen.latest.get(own) or self._new_own(seen, own)

    def take_new_rows(self) -> Parts:
        """Hand over the rows of ``value_set_part`` that are not yet stored.

        A set may hold a value twice, of which the counts are to be added.
        """
        parts, self._parts = self._parts, []
        return parts

    def _begin(self, series: int, values: Values) -> PlacedSet:
        self._remembered += len(values)
        if self._remembered > _VALUES_REMEMBERED:
            self._series.clear()
            self._remembered = len(values)
        seen = self._series[series] = _SeriesSets()
        self._new_base(seen, values)
        return seen.base

    def _new_base(self, seen: _SeriesSets, values: Values) -> None:
        number = self._new_number()
        seen.stand_on(number, values, self._new_set(number, values, _EMPTY_SET))

    def _new_own(self, seen: _SeriesSets, own: Values) -> PlacedSet:
        """Give the values of a file that vary a set on top of the base."""
        if seen.next_own == seen.end_of_own:
            self._new_base(seen, seen.base_values)
        number = seen.next_own
        seen.next_own = number + 1
        if len(seen.latest) >= _SETS_REMEMBERED_OF_A_SERIES:
            seen.latest.clear()
        placed = seen.latest[own] = self._new_set(number, own, seen.base)
        return placed

    def _new_number(self) -> int:
        number = self._next_base
        self._next_base = number + SETS_OF_A_BASE
        return number

    def _new_set(
        self, id_: int, values: Values, base: PlacedSet, in_columns: frozenset[str] = _COLUMN_PATTERNS
    ) -> PlacedSet:
        """Keep the rows of a set; where it has none it is its base."""
        patterns, parts = self._patterns, self._parts
        stored_before = len(parts)
        base_id, odd_fields = base
        for pattern, raw, count in values:
            rest = raw.translate(None, _NUMBER_BYTES)
            if not len(raw) & 1 and raw.endswith(rest) and (rest == _PAD or (raw and not rest)):
                # As nearly all are.
                if pattern not in in_columns:
                    text = (raw[:-1] if rest else raw).decode("ascii")
                    parts += (id_, patterns[pattern], text, count)
                continue
            if not is_plainly_encoded(raw):
                odd_fields = (*odd_fields, (pattern, raw, count))
            if pattern in in_columns:
                continue
            if b"\\" in raw:
                for number, value in enumerate(split_field(raw), 1):
                    parts += (id_, patterns[f"{pattern}({number})"], strip_value(value), count)
            else:
                parts += (id_, patterns[pattern], strip_value(raw), count)
        return (base_id if len(parts) == stored_before else id_, odd_fields)


class ReferenceSets:
    """Gives each file's references a set, and keeps the rows of new sets and forms until they are taken."""

    def __init__(self, first_free_set: int, first_free_form: int, patterns: PatternIds) -> None:
        self._patterns = patterns
        self._next_set = first_free_set
        self._next_form = first_free_form
        self._known: dict[tuple[RawReference, ...], int] = {}
        self._remembered = 0
        self._known_forms: dict[tuple[str, ...], int] = {}
        self._parts: Parts = []
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

    def take_new_rows(self) -> tuple[Parts, list[ReferenceForm]]:
        """Hand over the rows of ``reference_set_part`` and ``reference_form`` that are not yet stored.

        A set may hold a reference twice, of which the counts are to be added.
        """
        parts, forms = self._parts, self._forms
        self._parts, self._forms = [], []
        return parts, forms

    def _new_set(self, references: tuple[RawReference, ...]) -> int:
        id_ = self._next_set
        forms = self._known_forms
        parts = self._parts
        stored_before = len(parts)
        for pattern, uid, kind, class_uid, series_uid, study_uid, purpose, count in references:
            if uid:
                form = (pattern, kind, class_uid, series_uid, study_uid, purpose)
                parts += (id_, forms.get(form) or self._new_form(form), uid, count)
        if len(parts) == stored_before:
            return 0
        self._next_set = id_ + 1
        return id_

    def _new_form(self, form: tuple[str, str, str, str, str, str]) -> int:
        id_ = self._next_form
        self._next_form = id_ + 1
        if len(self._known_forms) >= _FORMS_REMEMBERED:
            self._known_forms.clear()
        self._known_forms[form] = id_
        pattern, kind, class_uid, series_uid, study_uid, purpose = form
        pattern_id = self._patterns[pattern]
        self._forms.append((id_, pattern_id, kind, class_uid, series_uid, study_uid, storable_text(purpose)))
        return id_
