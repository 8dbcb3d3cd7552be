"""Elements of a file as they are written a second time, inside a sequence that is added to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final, NamedTuple

from uidscope.core.errors import UsageError
from uidscope.core.plan.edits.element_bytes import ByteOrder, encoded_element, encoded_item
from uidscope.core.read.structure import DEEPEST_LEVEL, Dataset, Element, FileStructure
from uidscope.core.uid.dictionary import keyword

_LEVELS_ABOVE: Final = 2  # Original Attributes, and in it the Modified Attributes

# Bytes of one number, where the order of bytes turns (PS3.5 7.3); a tag is two numbers.
_WIDTHS: Final = {
    **dict.fromkeys(("AT", "OW", "SS", "US"), 2),
    **dict.fromkeys(("FL", "OF", "OL", "SL", "UL"), 4),
    **dict.fromkeys(("FD", "OD", "OV", "SV", "UV"), 8),
}


class Form(NamedTuple):
    """How elements are written."""

    explicit: bool
    order: ByteOrder


IMPLICIT: Final = Form(False, "little")


def form_of(dataset: Dataset) -> Form:
    """Return how the elements of a data set are written."""
    return Form(dataset.explicit, "big" if dataset.big_endian else "little")


def form_inside(sequence: Element, dataset: Dataset) -> Form:
    """Return how the items of a sequence of a data set are written (PS3.5 6.2.2 for one written as UN)."""
    return IMPLICIT if sequence.written_vr == "UN" else form_of(dataset)


class ElementCopies:
    """Copies elements of one file with all they hold; ``values`` gives, by where it begins, another value.

    ``form`` is that of the place they go to: the file's own, whose bytes are copied as they stand but
    for a length that is odd, or implicit VR.
    """

    def __init__(self, structure: FileStructure, form: Form, values: Mapping[int, bytes]) -> None:
        self._structure = structure
        self._form = form
        self._values = values
        self._starts = sorted(values)

    def copy(self, element: Element, dataset: Dataset) -> bytes:
        """Return one element of a data set of the file, as it is written at its new place.

        Raises ``UsageError`` where it would be nested more deeply there than anything that is read.
        """
        if _levels(element) + _LEVELS_ABOVE > DEEPEST_LEVEL:
            raise UsageError(
                f"{keyword(element.tag)} is nested too deeply to stand in Original Attributes as well."
            )
        return self._copy(element, dataset, is_turned=self._form != form_of(self._structure.dataset))

    def _copy(self, element: Element, dataset: Dataset, *, is_turned: bool) -> bytes:
        stays = not (is_turned and form_of(dataset) != IMPLICIT) and not self._has_other_value(element)
        # An odd length, which no element may have (PS3.5 7.1.1), would make the sequence around it odd.
        if stays and (element.end - element.header_start) % 2 == 0:
            return self._structure.window.at(element.header_start, element.end - element.header_start)
        form = IMPLICIT if is_turned else form_of(dataset)
        vr = element.written_vr or element.vr
        value = self._value(element, dataset, is_turned=is_turned)
        return encoded_element(element.tag, vr, value, explicit=form.explicit, order=form.order)

    def _value(self, element: Element, dataset: Dataset, *, is_turned: bool) -> bytes:
        if element.header_start in self._values:
            return self._values[element.header_start]
        if element.items:
            order = IMPLICIT.order if is_turned else form_inside(element, dataset).order
            return b"".join(
                encoded_item(
                    [self._copy(each, item.dataset, is_turned=is_turned) for each in item.dataset.elements],
                    order,
                )
                for item in element.items
            )
        if element.undefined_length:
            return b""  # fragments of pixels, which have no form in implicit VR
        raw_value = self._structure.value(element)
        return _turned(raw_value, element.vr) if is_turned and dataset.big_endian else raw_value

    def _has_other_value(self, element: Element) -> bool:
        at = bisect_left(self._starts, element.header_start)
        return at < len(self._starts) and self._starts[at] < element.end


def _levels(element: Element) -> int:
    """How many sequences stand inside each other here, this one included."""
    inside = (_levels(each) for item in element.items for each in item.dataset.elements if each.items)
    return 1 + max(inside, default=0) if element.items else 0


def _turned(raw_value: bytes, vr: str) -> bytes:
    """Big-endian numbers as little-endian ones."""
    width = _WIDTHS.get(vr, 1)
    numbers = (raw_value[at : at + width][::-1] for at in range(0, len(raw_value), width))
    return raw_value if width == 1 else b"".join(numbers)
