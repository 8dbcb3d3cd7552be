"""Which files that bear one SOP Instance UID a plan takes for one object."""

from __future__ import annotations

import pytest

from tests.builders import ct_series, encoded, run_length_encoded
from tests.core.judge.folders import judged_catalog, loaded_folder
from tests.watch import SourceFolders
from uidscope.core.catalog.lookup import occurrences
from uidscope.core.plan.keys.copies import copies_of


def an_image(**values: object) -> bytes:
    (image,) = ct_series(1)
    for keyword, value in values.items():
        setattr(image, keyword, value)
    return encoded(image)


NATIVE = an_image()
SMALLER = run_length_encoded(ct_series(1)[0])
EDITED = an_image(PatientName="TEST^A^LONGER^NAME")
OTHER = an_image(ImageComments="another object")


@pytest.mark.parametrize(
    ("files", "unjudged", "judged"),
    [
        ([NATIVE, NATIVE], 1, 1),
        ([NATIVE, SMALLER], 2, 1),
        ([NATIVE, EDITED], 2, 1),
        ([NATIVE, OTHER], 2, 2),
        ([NATIVE, OTHER, SMALLER, NATIVE], 3, 2),
    ],
)
def test_what_was_compared_counts(
    make_source: SourceFolders, files: list[bytes], unjudged: int, judged: int
) -> None:
    folder = make_source(files={f"{number}.dcm": file for number, file in enumerate(files)})
    uid = ct_series(1)[0].SOPInstanceUID
    with loaded_folder(folder) as catalog:
        ids = [row.id for row in occurrences(catalog)]
        assert len(copies_of(catalog, ids).objects(uid)) == unjudged
        judged_catalog(catalog)
        copies = copies_of(catalog, ids)
    assert len(copies.objects(uid)) == judged
    assert sorted(id_ for same in copies.objects(uid) for id_ in same) == ids
