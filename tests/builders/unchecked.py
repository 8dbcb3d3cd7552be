"""Values that the library warns about, put into a dataset without a word."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydicom import config
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

_D = TypeVar("_D", bound=Dataset)


def set_unchecked(dataset: Dataset, keyword: str, value: str | list[str]) -> None:
    """Give the element a value that its VR does not allow, such as a UID with a leading zero.

    It is written with the usual pad; `with_raw_value` sets other bytes than those. Raises KeyError for an
    unknown keyword.
    """
    tag = tag_for_keyword(keyword)
    if tag is None:
        raise KeyError(keyword)
    dataset[tag] = DataElement(tag, dictionary_VR(tag), value, validation_mode=config.IGNORE)


def with_uids(datasets: Iterable[_D], new: Mapping[str, str]) -> list[_D]:
    """Copies in which every UI value that is a key of `new`, at any level and in the file meta, is replaced.

    The new values are not checked: this makes a whole set faulty, or its identifiers anything else.
    """
    copies = [copy.deepcopy(dataset) for dataset in datasets]
    for dataset in copies:
        for part in (dataset, getattr(dataset, "file_meta", Dataset())):
            part.walk(lambda holder, element: _replace(holder, element, new))
    return copies


def _replace(holder: Dataset, element: DataElement, new: Mapping[str, str]) -> None:
    if element.VR != "UI" or not element.value:
        return
    old = list(element.value) if isinstance(element.value, MultiValue) else [element.value]
    values = [new.get(value, value) for value in old]
    if values != old:
        value = values if len(values) > 1 else values[0]
        holder[element.tag] = DataElement(element.tag, "UI", value, validation_mode=config.IGNORE)
