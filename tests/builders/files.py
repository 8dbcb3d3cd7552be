"""Datasets to files: the encodings of PS3.5 and the shapes of PS3.10, right or deliberately bare."""

from __future__ import annotations

import copy
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, TypedDict, Unpack

from pydicom.config import disable_value_validation
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_dataset, write_file_meta_info
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

Encoding = Literal["explicit-le", "implicit-le", "explicit-be", "deflated"]

TRANSFER_SYNTAXES: dict[Encoding, UID] = {
    "explicit-le": ExplicitVRLittleEndian,
    "implicit-le": ImplicitVRLittleEndian,
    "explicit-be": ExplicitVRBigEndian,
    "deflated": DeflatedExplicitVRLittleEndian,
}
_WORD_SIZES = {"OW": 2, "OL": 4, "OF": 4, "OD": 8, "OV": 8}


class FileForm(TypedDict, total=False):
    """How a dataset becomes a file; `encoded` says what each means and is by default."""

    transfer_syntax: Encoding
    preamble: bool
    meta: bool
    undefined_lengths: bool
    group_lengths: bool


def write_folder(
    datasets: Iterable[Dataset],
    folder: Path,
    *,
    names: Sequence[str] | None = None,
    **form: Unpack[FileForm],
) -> list[Path]:
    """Write each dataset to a file of the folder, made where it is absent, and return the paths in order.

    Names are relative to the folder and may hold subfolders; without them files are `0001.dcm`,
    `0002.dcm`, ... Raises FileExistsError rather than write over a file.
    """
    datasets = list(datasets)
    if names is None:
        names = [f"{number:04}.dcm" for number in range(1, len(datasets) + 1)]
    paths = []
    for dataset, name in zip(datasets, names, strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(encoded(dataset, **form))
        paths.append(path)
    return paths


def encoded(
    dataset: Dataset,
    *,
    transfer_syntax: Encoding = "explicit-le",
    preamble: bool = True,
    meta: bool = True,
    undefined_lengths: bool = False,
    group_lengths: bool = False,
) -> bytes:
    """The bytes of a file that holds the dataset. The dataset itself stays as it is.

    `preamble`: the 128 bytes (the dataset's own `preamble`) and DICM; `meta`: its file meta information,
    with this transfer syntax where it has one; lengths as `encoded_dataset` says.
    """
    head = b""
    if preamble:
        head += (getattr(dataset, "preamble", None) or bytes(128)) + b"DICM"
    if meta:
        head += _encoded_meta(getattr(dataset, "file_meta", FileMetaDataset()), transfer_syntax)
    body = encoded_dataset(
        dataset, transfer_syntax, undefined_lengths=undefined_lengths, group_lengths=group_lengths
    )
    if transfer_syntax == "deflated":
        compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        body = compressor.compress(body) + compressor.flush()
        body += bytes(len(body) % 2)
    return head + body


def encoded_dataset(
    dataset: Dataset,
    transfer_syntax: Encoding = "explicit-le",
    *,
    undefined_lengths: bool = False,
    group_lengths: bool = False,
) -> bytes:
    """The elements of the dataset alone, without preamble and file meta, not deflated.

    Sequences and items have defined lengths unless told otherwise; `group_lengths` puts the retired
    (gggg,0000) before each group of the outermost level (PS3.5 7.2).
    """
    if transfer_syntax == "explicit-be" or undefined_lengths:
        dataset = copy.deepcopy(dataset)
    if transfer_syntax == "explicit-be":
        _swap_words(dataset)
    if undefined_lengths:
        _leave_lengths_undefined(dataset)
    if not group_lengths:
        return _encoded_elements(dataset, transfer_syntax)
    groups = {tag.group for tag in dataset.keys()}  # noqa: SIM118  a dataset iterates over its elements
    return b"".join(_encoded_group(dataset, group, transfer_syntax) for group in sorted(groups))


def _encoded_elements(dataset: Dataset, transfer_syntax: Encoding) -> bytes:
    buffer = DicomBytesIO()
    buffer.is_implicit_VR = transfer_syntax == "implicit-le"
    buffer.is_little_endian = transfer_syntax != "explicit-be"
    write_dataset(buffer, dataset)
    return buffer.getvalue()


def _encoded_group(dataset: Dataset, group: int, transfer_syntax: Encoding) -> bytes:
    content = _encoded_elements(dataset.group_dataset(group), transfer_syntax)
    order: Literal["little", "big"] = "big" if transfer_syntax == "explicit-be" else "little"
    head = group.to_bytes(2, order) + bytes(2)
    head += (4).to_bytes(4, order) if transfer_syntax == "implicit-le" else b"UL" + (4).to_bytes(2, order)
    return head + len(content).to_bytes(4, order) + content


def _encoded_meta(meta: FileMetaDataset, transfer_syntax: Encoding) -> bytes:
    with disable_value_validation():  # a faulty UID stays what a test made it
        meta = copy.deepcopy(meta)
    if "TransferSyntaxUID" in meta:
        meta.TransferSyntaxUID = TRANSFER_SYNTAXES[transfer_syntax]
    buffer = DicomBytesIO()
    # Not enforced, so that a test may leave out or empty what the standard asks for.
    write_file_meta_info(buffer, meta, enforce_standard=False)
    return buffer.getvalue()


def _swap_words(dataset: Dataset) -> None:
    """Turn the words of OW, OL, OF, OD and OV values around: the library writes these bytes as they are."""

    def swap(_: Dataset, element: DataElement) -> None:
        size = _WORD_SIZES.get(element.VR, 0)
        if size and isinstance(element.value, bytes):
            value = element.value
            element.value = b"".join(
                value[start : start + size][::-1] for start in range(0, len(value), size)
            )

    dataset.walk(swap)


def _leave_lengths_undefined(dataset: Dataset) -> None:
    def open_ended(_: Dataset, element: DataElement) -> None:
        if element.VR == "SQ":
            element.is_undefined_length = True
            for item in element.value:
                item.is_undefined_length_sequence_item = True

    dataset.walk(open_ended)
