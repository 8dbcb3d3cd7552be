"""What mutants are made of: a small file of every kind that can be built, in every encoding; real ones."""

from __future__ import annotations

import functools
import gc
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from pydicom.dataset import Dataset as PydicomDataset
from pydicom.dataset import FileDataset
from pydicom.fileset import FileSet
from pydicom.uid import UID

from tests.builders import (
    TEST_ROOT,
    TRANSFER_SYNTAXES,
    add_private_sequence,
    add_private_text,
    add_private_uid,
    as_unknown,
    clean_sets,
    ct_series,
    encapsulated,
    encoded,
    executable_preamble,
    mr_series_with_localizers,
    run_length_encoded,
    signed,
    sr,
    with_element_twice,
)
from tests.builders.compressed import JPEG_2000_LOSSLESS
from tests.corpus import corpus_data
from uidscope.core.errors import UidscopeError
from uidscope.core.read.byte_window import memory_window, open_window
from uidscope.core.read.structure import (
    PIXEL_DATA,
    Dataset,
    Element,
    FileStructure,
    parse_structure,
    walk_elements,
)

_LARGEST: Final = 8192  # bytes before the pixel data: a mutant costs what its length costs


class Place(NamedTuple):
    """Where one element of a seed stands: its header, its length field, its value, and what follows it."""

    start: int
    length_at: int
    length_size: int
    value_start: int
    end: int
    big_endian: bool
    explicit: bool


class Seed(NamedTuple):
    """Bytes to be mutated; a file is ``head`` and ``stream``, deflated where ``deflated`` says so."""

    name: str
    head: bytes
    stream: bytes
    deflated: bool
    places: tuple[Place, ...]


@functools.cache
def seeds() -> tuple[Seed, ...]:
    """Every seed made in code, always the same and in the same order."""
    return tuple(_seeds(_files()))


@functools.cache
def real_seeds() -> tuple[Seed, ...]:
    """The files of the corpus up to their pixel data, where that is not much; none where it is absent."""
    try:
        folder = corpus_data()
    except pytest.skip.Exception:
        return ()
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = _before_pixels(path)
        if 0 < len(data) <= _LARGEST:
            found.append((path.name, data))
    return tuple(_seeds(found))


def whole_files() -> Iterator[tuple[str, bytes]]:
    """The files that the seeds are made of, by name."""
    return _files()


def _before_pixels(path: Path) -> bytes:
    try:
        with open_window(str(path)) as window:
            structure = parse_structure(window)
            pixels = structure.dataset.find(PIXEL_DATA)
            end = window.size if structure.encoding == "deflated" or pixels is None else pixels.header_start
            return window.at(0, min(end, _LARGEST + 1))
    except UidscopeError:
        return b""


def _seeds(files: Iterable[tuple[str, bytes]]) -> Iterator[Seed]:
    for name, data in files:
        try:
            structure = parse_structure(memory_window(data))
        except UidscopeError:
            yield Seed(name, b"", data, False, ())
            continue
        if structure.encoding != "deflated":
            yield Seed(name, b"", data, False, tuple(_places(structure)))
            continue
        head = data[: structure.data_start]
        inflated = structure.window.at(structure.data_start, structure.window.size)
        inside = tuple(_moved(place, len(head)) for place in _places(structure) if place.start >= len(head))
        yield Seed(f"{name}, inflated", head, inflated, True, inside)
        outside = tuple(place for place in _places(structure) if place.end <= len(head))
        yield Seed(name, b"", data, False, outside)


def _places(structure: FileStructure) -> Iterator[Place]:
    for dataset in (structure.meta, structure.dataset):
        if dataset is not None:
            for _, element, parents in walk_elements(dataset):
                holder = parents[-1].item.dataset if parents else dataset
                yield _place(element, holder)


def _place(element: Element, holder: Dataset) -> Place:
    return Place(
        element.header_start,
        element.value_start - element.length_size,
        element.length_size,
        element.value_start,
        element.end,
        holder.big_endian,
        bool(element.written_vr),
    )


def _moved(place: Place, by: int) -> Place:
    return place._replace(
        start=place.start - by,
        length_at=place.length_at - by,
        value_start=place.value_start - by,
        end=place.end - by,
    )


def _files() -> Iterator[tuple[str, bytes]]:
    for kind, dataset in _one_of_each_class():
        for syntax in TRANSFER_SYNTAXES:
            yield f"{kind}, {syntax}", encoded(dataset, transfer_syntax=syntax)
        yield f"{kind}, open", encoded(dataset, undefined_lengths=True)
        yield (
            f"{kind}, open, implicit",
            encoded(dataset, transfer_syntax="implicit-le", undefined_lengths=True),
        )
    image = ct_series(1)[0]
    yield "no preamble", encoded(image, preamble=False)
    yield "no file meta", encoded(image, preamble=False, meta=False)
    yield (
        "no file meta, implicit",
        encoded(image, preamble=False, meta=False, transfer_syntax="implicit-le", group_lengths=True),
    )
    yield "group lengths", encoded(image, group_lengths=True)
    yield "twice", with_element_twice(encoded(image), "SOPInstanceUID")
    yield "run lengths", run_length_encoded(ct_series(1)[0])
    yield "fragments", encapsulated(ct_series(1)[0], [b"\xff\x4f\xff\x51", b"\0\1"], JPEG_2000_LOSSLESS)
    yield "signed", encoded(signed(ct_series(1)[0]))
    yield "private", _private()
    yield "unknown", _unknown(undefined_length=False)
    yield "unknown, open", _unknown(undefined_length=True)
    yield "padded", encoded(image) + bytes(64)
    image.preamble = executable_preamble()
    yield "executable", encoded(image)
    yield "DICOMDIR", _dicomdir()


def _one_of_each_class() -> Iterator[tuple[str, FileDataset]]:
    met: set[str] = set()
    for name, datasets in clean_sets().items():
        for dataset in datasets:
            if dataset.SOPClassUID not in met:
                met.add(dataset.SOPClassUID)
                yield f"{name} {len(met)}", dataset


def _private() -> bytes:
    image = ct_series(1)[0]
    add_private_uid(image, "1.3.6.1.4.1.32473.1.7")
    add_private_text(image, "1.3.6.1.4.1.32473.1.7")
    add_private_sequence(image, [PydicomDataset()])
    add_private_sequence(image, [ct_series(1)[0]], vr="UN")
    return encoded(image)


def _unknown(*, undefined_length: bool) -> bytes:
    document = sr(ct_series(2))
    as_unknown(document, "CurrentRequestedProcedureEvidenceSequence", undefined_length=undefined_length)
    return encoded(document)


def _dicomdir() -> bytes:
    """The file that the library writes for two series, with a UID that is always the same."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the library's own temporary folders
        _write_file_set(Path(folder) / "media")
        gc.collect()  # removes them, now that nobody holds the file-set
        return (Path(folder) / "media" / "DICOMDIR").read_bytes()


def _write_file_set(folder: Path) -> None:
    files = FileSet()
    files.UID = UID(f"{TEST_ROOT}.99")
    for image in [*ct_series(2), *mr_series_with_localizers().all]:
        files.add(image)
    files.write(folder)
