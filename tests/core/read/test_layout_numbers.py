"""Numbers outside UI elements are found in a file that is recalled as in one that is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.dataset import FileDataset
from pydicom.uid import UID

from tests.builders import TRANSFER_SYNTAXES, Encoding, add_private_text, ct_series, encoded
from uidscope.core.read.find_files import FoundFile
from uidscope.core.read.loose_numbers import loose_numbers
from uidscope.core.read.read_chunk import Look, ReadOptions, look_at
from uidscope.core.read.record_memo import RecordMemo

OPTIONS = ReadOptions(numbers=True)
TEXTS = st.one_of(
    st.sampled_from(
        ["", "1.2.840.113619.2.55.3", "x1.2.3.4.5.6.7.8", "5.7\\-1.25", "...........", "1.123456789"]
    ),
    st.text("12.x", max_size=24),
)


def image(number: int) -> FileDataset:
    dataset = ct_series(1)[0]
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = UID(
        f"1.3.6.1.4.1.32473.{number * 37}"
    )
    dataset.InstanceNumber = number
    dataset.ImageComments = "plain" * (number % 3)
    return dataset


def looks(folder: Path, contents: Iterator[bytes], memo: RecordMemo | None) -> list[Look]:
    found = []
    for number, content in enumerate(contents):
        file = folder / f"{number}"
        file.write_bytes(content)
        look = look_at(FoundFile(0, file.name, str(file)), OPTIONS, memo)
        found.append(look._replace(result=look.result._replace(stamp=None)))  # type: ignore[call-arg,arg-type]
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(comments=st.lists(TEXTS, min_size=6, max_size=12), same=TEXTS, big=st.booleans())
def test_the_numbers_are_those_of_a_file_that_is_read(
    tmp_path: Path, comments: list[str], same: str, big: bool
) -> None:
    def series() -> Iterator[bytes]:
        for number, comment in enumerate(comments, 1):
            dataset = image(number)
            dataset.ImageComments = comment
            dataset.RequestedProcedureDescription = same  # (0032,1060): its tag begins with a digit
            dataset.SeriesDescription = same if number % 4 else comment
            if big:
                dataset.add_new(0x00291010, "OB", b"\1" * 9000 + comment.encode() * 2)
            add_private_text(dataset, comment)
            yield encoded(dataset)

    assert looks(tmp_path, series(), RecordMemo()) == looks(tmp_path, series(), None)


@pytest.mark.parametrize("encoding", [each for each in TRANSFER_SYNTAXES if each != "deflated"])
def test_one_file_of_a_series_is_found_to_hold_a_number(tmp_path: Path, encoding: Encoding) -> None:
    def series() -> Iterator[bytes]:
        for number in range(1, 21):
            dataset = image(number)
            if number == 17:
                dataset.ImageComments = "of 1.3.6.1.4.1.32473.74"
            yield encoded(dataset, transfer_syntax=encoding)

    found = looks(tmp_path, series(), RecordMemo())
    assert [look.numbers for look in found] == [()] * 16 + [("1.3.6.1.4.1.32473.74",)] + [()] * 3


def test_the_bytes_of_plain_files_are_not_searched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched = []

    def watched(*arguments: object) -> tuple[str, ...]:
        searched.append(arguments)
        return loose_numbers(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("uidscope.core.read.read_chunk.loose_numbers", watched)
    looks(tmp_path, (encoded(image(number)) for number in range(1, 41)), RecordMemo())
    assert len(searched) < 15
