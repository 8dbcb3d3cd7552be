"""ENT-01 to ENT-07: one finding for each SOP Instance UID that several files bear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from pydicom.dataset import FileDataset

from tests.builders import (
    JPEG_2000_LOSSLESS,
    JPEG_LS_LOSSLESS,
    ct_series,
    encapsulated,
    encoded,
    key_object,
    run_length_encoded,
)
from tests.core.judge.folders import judged_catalog, judged_folder, loaded_folder
from tests.core.judge.scene import MR, SERIES, STUDY, Judged, an_object, instance, judged, loaded, stamp_of
from tests.watch import SourceFolders
from uidscope.core.catalog.content import contents
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.lookup import occurrences
from uidscope.core.catalog.references import references_to
from uidscope.core.errors import Cancelled
from uidscope.core.judge.judge import judge
from uidscope.core.progress import CancelToken, Progress
from uidscope.core.read.record import FileRecord

UID = instance(1)
CODES = ("ENT-07", "ENT-06", "ENT-05", "ENT-01", "ENT-04", "ENT-03", "ENT-02")
NOTHING_KNOWN = {
    "contents": 0,
    "unreadable": 0,
    "incomplete": 0,
    "attributes": (),
    "attribute_count": 0,
    "levels": (),
    "pixel_data": "",
    "pixel_form": "",
}


@pytest.fixture
def judged_files(tmp_path: Path, make_source: SourceFolders) -> Callable[..., Judged]:
    """Judges files with these contents; ``records`` makes the record of a path, ``then`` changes files."""

    def run(
        contents: Mapping[str, bytes],
        record: Callable[[str], FileRecord] = lambda path: an_object(path, UID),
        then: Callable[[Path], object] | None = None,
    ) -> Judged:
        folder = tmp_path / "copies"
        folder.mkdir()
        for path, content in contents.items():
            (folder / path).write_bytes(content)
        records = [record(path)._replace(stamp=stamp_of(folder / path)) for path in contents]
        if then is not None:
            then(folder)
        make_source.watch(folder)
        return judged(records, folder)

    return run


def test_426_files_of_one_instance_are_one_finding(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({f"{number}": b"%d" % number for number in range(426)})
    finding = found.one("ENT-01")
    assert (finding.level, finding.uid, finding.severity) == ("instance", UID, "error")
    assert len(finding.occurrences) == 426
    # None of these can be taken apart: nothing more is known of them.
    assert finding.facts == {**NOTHING_KNOWN, "contents": 426, "incomplete": 426}
    assert found.codes() == {"ENT-01"}


def test_the_same_bytes_are_identical(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({"a": b"x" * 3_000_000, "b": b"x" * 3_000_000})
    assert found.codes() == {"ENT-02"}
    assert found.one("ENT-02").severity == "info"


def test_one_other_byte_is_a_conflict(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({"a": b"x" * 3_000_000, "b": b"x" * 2_999_999 + b"y", "c": b"x" * 3_000_000})
    assert found.codes() == {"ENT-01"}
    assert found.one("ENT-01").facts["contents"] == 2


def test_a_file_that_is_gone_counts_as_different(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({"a": b"x", "b": b"x"}, then=lambda folder: (folder / "b").unlink())
    assert found.one("ENT-01").facts == {**NOTHING_KNOWN, "contents": 1, "unreadable": 1}


def test_a_file_that_changed_since_it_was_read_counts_as_different(
    judged_files: Callable[..., Judged],
) -> None:
    found = judged_files({"a": b"x", "b": b"x"}, then=lambda folder: (folder / "b").write_bytes(b"xx"))
    assert found.one("ENT-01").facts["unreadable"] == 1


@pytest.mark.parametrize(
    ("code", "facts", "of_b"),
    [
        ("ENT-06", {"series_count": 2, "study_count": 1}, {"SeriesInstanceUID": f"{SERIES}.1"}),
        ("ENT-06", {"series_count": 1, "study_count": 2}, {"StudyInstanceUID": f"{STUDY}.1"}),
        ("ENT-07", {}, {"SOPClassUID": MR}),
        ("ENT-07", {}, {"SOPClassUID": MR, "SeriesInstanceUID": f"{SERIES}.1"}),
    ],
)
def test_the_first_rule_that_holds_is_the_only_one(
    judged_files: Callable[..., Judged], code: str, facts: Mapping[str, int], of_b: Mapping[str, str]
) -> None:
    found = judged_files(
        {"a": b"x", "b": b"x"}, lambda path: an_object(path, UID, attributes=of_b if path == "b" else None)
    )
    assert [finding.rule for finding in found.findings if finding.rule in CODES] == [code]
    assert facts.items() <= found.one(code).facts.items()
    assert found.files(found.one(code)) == {"a", "b"}


@pytest.mark.parametrize("keyword", ["SeriesInstanceUID", "StudyInstanceUID", "SOPClassUID"])
def test_a_copy_that_does_not_say_where_it_belongs_contradicts_nobody(
    judged_files: Callable[..., Judged], keyword: str
) -> None:
    found = judged_files(
        {"a": b"x", "b": b"y"},
        lambda path: an_object(path, UID, attributes={keyword: None} if path == "b" else None),
    )
    assert [finding.rule for finding in found.findings if finding.rule in CODES] == ["ENT-01"]


def test_a_study_under_two_patients_is_no_second_study(judged_files: Callable[..., Judged]) -> None:
    found = judged_files({"a": b"x", "b": b"y"}, lambda path: an_object(path, UID, PatientID=path))
    assert {finding.rule for finding in found.findings} == {"ENT-01", "ENT-11"}


def test_different_instances_and_those_without_uid_are_no_copies(judged_files: Callable[..., Judged]) -> None:
    uids = {"a": UID, "b": instance(2), "c": "", "d": ""}
    found = judged_files(dict.fromkeys(uids, b"x"), lambda path: an_object(path, uids[path]))
    assert not found.codes() & set(CODES)


def an_image(**values: object) -> FileDataset:
    """A CT image, the same each time but for these attributes."""
    image = ct_series(1)[0]
    for keyword, value in values.items():
        setattr(image, keyword, value)
    return image


def with_other_pixels(image: FileDataset) -> FileDataset:
    image.PixelData = image.PixelData[:-2] + b"\x01\x01"
    return image


def one_finding(folder: Path) -> Finding:
    """The only finding on copies in a folder of copies."""
    (finding,) = [each for each in judged_folder(folder).findings if each.rule in CODES]
    assert finding.uid == an_image().SOPInstanceUID
    assert len(finding.occurrences) == len(list(folder.iterdir()))
    return finding


NATIVE = encoded(an_image())
RECODED = encoded(an_image(), transfer_syntax="explicit-be")
EDITED = encoded(an_image(PatientName="TEST^BETA"))
CONFLICT = encoded(an_image(WindowCenter=40))
OTHER_PIXELS = encoded(with_other_pixels(an_image()))
JPEG_LS = encapsulated(an_image(), [b"stream"], JPEG_LS_LOSSLESS)
JPEG_2000 = encapsulated(an_image(), [b"others"], JPEG_2000_LOSSLESS)


@pytest.mark.parametrize(
    ("files", "code", "facts"),
    [
        ([NATIVE, NATIVE], "ENT-02", {}),
        ([NATIVE, RECODED], "ENT-03", {"pixel_data": "equal", "pixel_form": "decoded values"}),
        ([NATIVE, NATIVE, RECODED, run_length_encoded(an_image())], "ENT-03", {"contents": 3}),
        ([NATIVE, encoded(an_image(), meta=False, preamble=False)], "ENT-03", {}),
        ([NATIVE, EDITED], "ENT-04", {"attributes": ("PatientName",), "levels": ("patient",)}),
        ([NATIVE, RECODED, EDITED], "ENT-04", {"contents": 3}),
        ([NATIVE, encoded(an_image(PatientName="TEST^BETA"), transfer_syntax="explicit-be")], "ENT-04", {}),
        ([NATIVE, CONFLICT], "ENT-01", {"attributes": ("WindowCenter",), "pixel_data": "equal"}),
        ([NATIVE, EDITED, CONFLICT], "ENT-01", {"attributes": ("WindowCenter", "PatientName")}),
        ([NATIVE, JPEG_LS], "ENT-01", {"attributes": (), "pixel_data": "not compared", "pixel_form": ""}),
        ([JPEG_LS, JPEG_2000], "ENT-01", {"pixel_data": "not compared"}),
        ([NATIVE, OTHER_PIXELS], "ENT-05", {"pixel_data": "different", "pixel_form": "decoded values"}),
        ([NATIVE, CONFLICT, OTHER_PIXELS], "ENT-05", {"attributes": ("WindowCenter",)}),
        # The first has no pixel data that can be compared with the others'; those differ.
        ([JPEG_LS, NATIVE, OTHER_PIXELS], "ENT-05", {"pixel_form": "decoded values"}),
        (
            [JPEG_LS, encapsulated(an_image(), [b"STREAM"], JPEG_LS_LOSSLESS)],
            "ENT-05",
            {"pixel_form": "stored bytes"},
        ),
        ([NATIVE, NATIVE[:-10]], "ENT-05", {"incomplete": 1, "pixel_data": "different"}),
        ([NATIVE, NATIVE[:700]], "ENT-01", {"incomplete": 1, "contents": 2}),
        (
            [NATIVE, encoded(an_image(SeriesInstanceUID=f"{an_image().SeriesInstanceUID}.1"))],
            "ENT-06",
            {"series_count": 2},
        ),
    ],
)
def test_the_class_of_copies(
    make_source: SourceFolders, files: list[bytes], code: str, facts: Mapping[str, object]
) -> None:
    finding = one_finding(make_source(files={f"{number}.dcm": file for number, file in enumerate(files)}))
    assert finding.rule == code
    assert {name: finding.facts[name] for name in facts} == facts


def test_no_fact_holds_a_value(make_source: SourceFolders) -> None:
    finding = one_finding(make_source(files={"a": NATIVE, "b": EDITED, "c": CONFLICT}))
    assert "BETA" not in repr(finding.facts)
    assert "ALPHA" not in repr(finding.facts)


def test_copies_in_another_encoding_say_which(make_source: SourceFolders) -> None:
    finding = one_finding(make_source(files={"a": NATIVE, "b": run_length_encoded(an_image())}))
    assert finding.facts["encodings"] == ("Explicit VR Little Endian", "RLE Lossless")


@pytest.mark.parametrize(
    ("files", "objects"),
    [
        ([NATIVE, RECODED], [{0, 1}]),
        ([NATIVE, EDITED, NATIVE], [{0, 1, 2}]),
        ([NATIVE, CONFLICT, RECODED], [{0, 2}, {1}]),
        ([NATIVE, OTHER_PIXELS, RECODED], [{0, 2}, {1}]),
        # Neither is the first, but both are one.
        ([OTHER_PIXELS, NATIVE, RECODED], [{0}, {1, 2}]),
        ([NATIVE, JPEG_LS], [{0}, {1}]),
    ],
)
def test_which_copies_are_one_object(
    make_source: SourceFolders, files: list[bytes], objects: list[set[int]]
) -> None:
    folder = make_source(files={f"{number}.dcm": file for number, file in enumerate(files)})
    with loaded_folder(folder) as catalog:
        judged_catalog(catalog)
        ids = [row.id for row in occurrences(catalog)]
        numbers = {id_: content.object_number for id_, content in contents(catalog, ids).items()}
    found: dict[int | None, set[int]] = {}
    for place, id_ in enumerate(ids):
        found.setdefault(numbers[id_], set()).add(place)
    assert sorted(found.values(), key=min) == objects
    assert None not in found


@pytest.mark.parametrize(
    ("copies", "state"),
    [
        ([NATIVE, RECODED], "resolved"),
        ([NATIVE, EDITED], "resolved"),
        ([NATIVE, CONFLICT], "ambiguous"),
        ([NATIVE, OTHER_PIXELS], "ambiguous"),
        ([NATIVE, JPEG_LS], "ambiguous"),
    ],
)
def test_a_reference_to_several_objects_is_ambiguous(
    make_source: SourceFolders, copies: list[bytes], state: str
) -> None:
    folder = make_source(
        [key_object([an_image()])], files={f"{number}.dcm": file for number, file in enumerate(copies)}
    )
    with loaded_folder(folder) as catalog:
        judged_catalog(catalog)
        states = {each.state for each in references_to(catalog, an_image().SOPInstanceUID)}
    assert states == {state}


def test_comparing_can_be_cancelled(tmp_path: Path) -> None:
    token = CancelToken()

    def stop_late(progress: Progress) -> None:
        if progress.done == progress.total - 1:
            token.cancel()

    with loaded([an_object("a", UID), an_object("b", UID)], tmp_path) as catalog, pytest.raises(Cancelled):
        list(judge(catalog, stop_late, token))
