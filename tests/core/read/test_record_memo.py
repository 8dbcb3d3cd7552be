"""What the memo recalls against what the walk finds: the same records, whatever was read before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import FileDataset
from pydicom.uid import UID

from tests.builders import (
    JPEG_2000_LOSSLESS,
    TRANSFER_SYNTAXES,
    Encoding,
    add_private_text,
    add_private_uid,
    ct_series,
    encapsulated,
    encoded,
    set_unchecked,
    sr,
)
from tests.corpus import corpus_data
from tests.fuzz.mutations import mutant
from tests.fuzz.seeds import Seed, seeds, whole_files
from uidscope.core.read.byte_window import memory_window
from uidscope.core.read.encoding import InflatedTooLarge
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.read_file import read_bytes, read_file
from uidscope.core.read.record import FileRecord, FileStamp, NotLoaded
from uidscope.core.read.record_memo import RecordMemo
from uidscope.core.read.scan import ScanOptions, scan
from uidscope.core.read.structure import parse_structure, walk_elements
from uidscope.core.read.walker import ReadAt, TooDeep, TooLarge


class CountingMemo(RecordMemo):
    """A memo that counts the files it knew."""

    def __init__(self) -> None:
        super().__init__()
        self.recalled = 0

    def recall(
        self, source: int, path: str, stamp: FileStamp, head: bytes, read_at: ReadAt
    ) -> FileRecord | None:
        record = super().recall(source, path, stamp, head, read_at)
        self.recalled += record is not None
        return record


def read(data: bytes, memo: RecordMemo | None) -> FileRecord | NotLoaded | type[Exception]:
    try:
        return read_bytes("a", len(data), lambda start, length: data[start : start + length], memo=memo)
    except (TooDeep, TooLarge, InflatedTooLarge) as error:
        return type(error)


def varied(dataset: FileDataset, number: int) -> FileDataset:
    """One of a series: as a scanner varies its images, in values and in their lengths."""
    uid = UID(f"1.3.6.1.4.1.32473.7.{number * 37}")
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = uid
    dataset.InstanceNumber = number
    dataset.ImagePositionPatient = [-120, -120, number * 2.5]
    dataset.SliceLocation = number * 2.5
    dataset.ContentTime = f"1010{number:02}"
    dataset.ImageComments = "slow" * (number % 3)
    add_private_text(dataset, "x" * (number % 5))
    return dataset


def series(count: int, **form: object) -> Iterator[bytes]:
    for number in range(1, count + 1):
        yield encoded(varied(ct_series(1)[0], number), **form)  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", [each for each in TRANSFER_SYNTAXES if each != "deflated"])
@pytest.mark.parametrize("open_ended", [False, True])
def test_the_images_of_a_series_are_recalled_as_they_would_be_read(
    encoding: Encoding, open_ended: bool
) -> None:
    memo = CountingMemo()
    for data in series(30, transfer_syntax=encoding, undefined_lengths=open_ended):
        assert read(data, memo) == read(data, None)
    assert memo.recalled >= 20


def test_encapsulated_pixels_of_any_size_are_stepped_over() -> None:
    memo = CountingMemo()
    for number in range(1, 21):
        image = varied(ct_series(1)[0], number)
        data = encapsulated(image, [b"\xff\x4f\xff\x51" * number, b"\0\1"], JPEG_2000_LOSSLESS)
        assert read(data, memo) == read(data, None)
        assert read(data[:-8], memo) == read(data[:-8], None)  # the last delimiter is gone
    assert memo.recalled >= 10


def test_a_header_longer_than_the_first_read_is_recalled() -> None:
    memo = CountingMemo()
    for number in range(1, 21):
        image = varied(ct_series(1)[0], number)
        image.add_new(0x00291010, "OB", b"\1\2" * (20_000 + number % 7))
        image.add_new(0x00291020, "OB", b"\1\2" * 5_000)
        data = encoded(image)
        assert read(data, memo) == read(data, None)
    assert memo.recalled >= 12


def test_values_that_make_a_different_record_make_a_different_record() -> None:
    memo = RecordMemo()
    for data in series(6):
        read(data, memo)
    for keyword, value in (
        ("PatientName", "TEST^OTHER"),
        ("SpecificCharacterSet", "ISO_IR 192"),
        ("StudyInstanceUID", "1.3.6.1.4.1.32473.999"),
        ("SOPInstanceUID", "1.02.3"),
        ("SOPInstanceUID", "1.2.3\\1.2.4"),
        ("SOPInstanceUID", ""),
        ("InstanceNumber", ""),
        ("SOPClassUID", "1.2.840.10008.1.3.10"),
        ("ImageType", "DERIVED"),
    ):
        image = varied(ct_series(1)[0], 8)
        set_unchecked(image, keyword, value)
        for _ in range(3):
            assert read(encoded(image), memo) == read(encoded(image), None)
    image = varied(ct_series(1)[0], 9)
    image.Rows *= 2  # more pixels than there are
    for _ in range(3):
        assert read(encoded(image), memo) == read(encoded(image), None)


def test_a_private_creator_decides_what_its_elements_are() -> None:
    memo = RecordMemo()
    for known in (True, False, True, False):
        for number in range(1, 5):
            image = varied(ct_series(1)[0], number)
            add_private_uid(image, f"1.3.6.1.4.1.32473.5.{number}")
            data = encoded(image, transfer_syntax="implicit-le")
            if not known:
                data = data.replace(b"GEMS_PARM_01", b"SOMEBODYELSE")
            assert read(data, memo) == read(data, None)


@pytest.mark.parametrize("encoding", ["explicit-le", "implicit-le", "explicit-be"])
def test_wherever_the_first_read_ends_the_record_is_the_same(encoding: Encoding) -> None:
    memo = CountingMemo()
    files = list(series(12, transfer_syntax=encoding))
    for data in files:
        read(data, memo)
    data = files[-1]
    structure = parse_structure(memory_window(data))
    ends = {
        end
        for dataset in (structure.meta, structure.dataset)
        if dataset
        for _, element, _ in walk_elements(dataset)
        for end in (element.header_start, element.value_start, element.end, element.end + 1)
    }
    chance = random.Random(7)
    expected = read(data, None)
    assert isinstance(expected, FileRecord)
    for first in ends | {chance.randrange(len(data)) for _ in range(200)}:
        recalled = memo.recall(
            0, "a", expected.stamp, data[:first], lambda start, length: data[start : start + length]
        )
        assert recalled == expected


def family(seed: Seed, chance: random.Random) -> Iterator[bytes]:
    """The file of a seed, the same with other values, and mutants of it."""
    for _ in range(3):
        yield mutant(chance, seed, seed) if seed.deflated else seed.stream
    for _ in range(12):
        if chance.random() < 0.5 or seed.deflated or not seed.places:
            yield mutant(chance, seed, chance.choice(seeds()))
            continue
        data = bytearray(seed.stream)
        for place in chance.choices(seed.places, k=chance.choice((1, 2, 5))):
            for at in range(place.value_start, place.end):
                data[at] = chance.choice((data[at], *b"0123456789. "))
        yield bytes(data)


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 2**64))
def test_mutants_read_with_a_memo_that_learns_from_them_are_read_as_without(number: int) -> None:
    chance = random.Random(number)
    memo = RecordMemo()
    for data in family(chance.choice(seeds()), chance):
        plain = read(data, None)
        assert read(data, memo) == plain
        assert read(data, memo) == plain


def test_files_of_every_kind_are_read_the_same_in_one_memo() -> None:
    memo = RecordMemo()
    for _ in range(3):
        for name, data in whole_files():
            assert read(data, memo) == read(data, None), name


def test_a_scan_that_remembers_finds_what_one_finds_that_does_not(tmp_path: Path) -> None:
    for number, data in enumerate(series(20)):
        (tmp_path / f"{number:03}.dcm").write_bytes(data)
    sources = resolve_sources([str(tmp_path)])
    found = []
    for remember in (True, False):
        batches = scan(sources, ScanOptions(jobs=1, remember=remember))
        found.append([record for batch in batches for record in batch.records])
    assert len(found[0]) == 20
    assert found[0] == found[1]


def test_an_object_with_many_references_is_read_the_same_again() -> None:
    memo = RecordMemo()
    data = encoded(sr(ct_series(30)))
    for _ in range(4):
        assert read(data, memo) == read(data, None)


@pytest.mark.corpus
def test_the_real_files_are_read_the_same_with_a_memo() -> None:
    memo = RecordMemo()
    for path in sorted(path for path in corpus_data().rglob("*") if path.is_file()):
        for _ in range(2):
            assert read_file(0, "a", str(path), memo=memo) == read_file(0, "a", str(path), memo=None)
