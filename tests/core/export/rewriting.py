"""Rewriting bytes in memory, and reading back what came of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable

from tests.core.export.makers import parsed
from uidscope.core.export.expected import expected_of
from uidscope.core.export.rewrite import Rewritten, rewrite
from uidscope.core.export.segments import write_segments
from uidscope.core.export.verify import verify_file
from uidscope.core.plan.edits.edit import Edit, SetValue
from uidscope.core.read.byte_window import descriptor_window, memory_window
from uidscope.core.read.structure import Element, FileStructure, walk_elements


def written(source: bytes, rewritten: Rewritten) -> bytes:
    """The bytes of a rewritten file, by way of real files."""
    with tempfile.TemporaryFile() as origin, tempfile.TemporaryFile() as output:
        origin.write(source)
        origin.flush()
        write_segments(rewritten.segments, origin.fileno(), output.fileno())
        size = os.fstat(output.fileno()).st_size
        assert size == rewritten.size
        return descriptor_window(output.fileno(), "output").at(0, size)


def rewritten_bytes(source: bytes, structure: FileStructure, edits: Iterable[Edit]) -> bytes:
    """The verified bytes of a rewritten file."""
    result = rewrite(structure, tuple(edits))
    output = written(source, result)
    verify_file("output", structure, expected_of(result.preamble, result.edits), memory_window(output))
    return output


def dataset_bytes(file: bytes) -> bytes:
    return file[parsed(file).data_start :]


def element_at(structure: FileStructure, path: str) -> Element:
    datasets = [(structure.dataset, ""), *([(structure.meta, "meta.")] if structure.meta else [])]
    for dataset, prefix in datasets:
        for found, element, _ in walk_elements(dataset, prefix):
            if found == path:
                return element
    raise AssertionError(f"no {path}")


def set_value(structure: FileStructure, path: str, value: bytes) -> SetValue:
    element = element_at(structure, path)
    return SetValue(element, path, structure.text(element), value, "new-uid")


def set_all_uids(structure: FileStructure) -> list[SetValue]:
    """A new value for every UI element of the data set but the SOP class, longer or shorter than the old."""
    found = [
        (path, element)
        for path, element, _ in walk_elements(structure.dataset)
        if element.vr == "UI" and not structure.text(element).startswith("1.2.840.10008.")
    ]
    return [
        SetValue(element, path, structure.text(element), new_uid(structure.text(element)), "new-uid")
        for path, element in found
    ]


def new_uid(old: str) -> bytes:
    """Another UID for each; odd and even lengths."""
    return b"2.25.%d" % (10 ** (len(old) % 7 + 20) + sum(map(ord, old)))
