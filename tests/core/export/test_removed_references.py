"""A reference that the plan takes out is not missed; any other that no longer resolves is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from tests.builders import ct_series
from tests.core.export.requests import files_of, request_for
from tests.watch import SourceFolders
from uidscope.core.errors import VerificationError
from uidscope.core.export.export import export
from uidscope.core.export.request import ExportRequest
from uidscope.core.plan.edits.edit import Edit, Put, Remove, RemoveItem, SetValue
from uidscope.core.read.structure import FileStructure

_REFERENCED_IMAGES = 0x0008_1140


@pytest.fixture
def request_of(make_source: SourceFolders, tmp_path: Path) -> Callable[..., ExportRequest]:
    """An export of two images, the first of which names the other, with these edits of the first."""

    def make(edits: Callable[[FileStructure], tuple[Edit, ...]]) -> ExportRequest:
        one, other = ct_series(2)
        item = Dataset()
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = other.SOPClassUID, other.SOPInstanceUID
        one.ReferencedImageSequence = [item]
        source = make_source([one, other])
        first, second = files_of(source)
        files = (replace(first, edits=edits), replace(second, changed="unchanged"))
        return request_for(source, tmp_path / "out", files=files)

    return make


def _sequence(structure: FileStructure) -> tuple[Edit, ...]:
    element = structure.dataset.find(_REFERENCED_IMAGES)
    assert element is not None
    return (Remove(element, "ReferencedImageSequence", "dropped"),)


def _item(structure: FileStructure) -> tuple[Edit, ...]:
    element = structure.dataset.find(_REFERENCED_IMAGES)
    assert element is not None
    return (RemoveItem(element, 1, "ReferencedImageSequence[1]", "dropped"),)


def _emptied(structure: FileStructure) -> tuple[Edit, ...]:
    return (Put(_REFERENCED_IMAGES, "SQ", b"", "ReferencedImageSequence", "emptied"),)


@pytest.mark.parametrize("edits", [_sequence, _item, _emptied])
def test_what_the_plan_takes_out_is_not_missed(
    request_of: Callable[..., ExportRequest], edits: Callable[[FileStructure], tuple[Edit, ...]]
) -> None:
    result = export(request_of(edits))
    assert result.references_before["resolved"] > result.references_after["resolved"]


def test_a_reference_that_leads_elsewhere_is_never_published(
    request_of: Callable[..., ExportRequest], tmp_path: Path
) -> None:
    def astray(structure: FileStructure) -> tuple[Edit, ...]:
        element = structure.dataset.find(_REFERENCED_IMAGES)
        assert element is not None
        named = element.items[0].dataset.elements[1]
        return (
            SetValue(named, "ReferencedImageSequence[1].ReferencedSOPInstanceUID", "", b"1.2.3", "follows"),
        )

    with pytest.raises(VerificationError):
        export(request_of(astray))
    assert not (tmp_path / "out").exists()


def test_what_leads_to_nothing_written_is_told_one_by_one(
    request_of: Callable[..., ExportRequest],
) -> None:
    request = request_of(_sequence)
    alone = replace(request, files=(replace(request.files[0], edits=lambda _: (), changed="unchanged"),))
    (told,) = export(alone).unresolved
    assert told.pattern == "ReferencedImageSequence[].ReferencedSOPInstanceUID"
    assert (told.kind, told.state, told.times) == ("instance", "missing", 1)
    assert told.file == request.files[0].relative
