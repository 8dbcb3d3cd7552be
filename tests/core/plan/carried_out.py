"""Plans over datasets made in code, carried out on real bytes, so that tests can read what comes of them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset

from tests.builders import encoded
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.references import ReferenceRow, references_of
from uidscope.core.catalog.store import Catalog
from uidscope.core.export.rewrite import copy_unchanged, rewrite
from uidscope.core.export.segments import Span
from uidscope.core.flow import load
from uidscope.core.plan.edits.edit import Edit
from uidscope.core.plan.edits.follow import edits_for
from uidscope.core.plan.intention import Intention, Plan, Selector, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.structure import parse_structure
from uidscope.core.uid.schemes import Scheme, SchemeOptions, make_scheme

NOW = dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.timezone(dt.timedelta(hours=2)))
UUIDS = make_scheme(SchemeOptions())

_folders = itertools.count()


def selecting(kind: str, *selected: tuple[str, str], **more: object) -> Intention:
    """An intention over what the (kind, value) pairs select."""
    selectors = tuple(Selector(*pair) for pair in selected)  # type: ignore[arg-type]
    return new_intention(kind, selectors, **more)  # type: ignore[arg-type]


@contextmanager
def loaded(*folders: Path) -> Iterator[Catalog]:
    """A catalog of everything below the folders."""
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([str(folder) for folder in folders]))
        yield catalog


def write_files(folder: Path, files: Mapping[str, bytes | Dataset]) -> Path:
    """Write files by name, datasets as explicit little endian."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else encoded(content))
    return folder


@dataclass
class Outcome:
    """A plan's map, and the files it makes: by the name of the source, their bytes and their edits."""

    uid_map: UidMap
    files: dict[str, bytes]
    edits: dict[str, tuple[Edit, ...]]
    folder: Path

    def dataset(self, name: str) -> Dataset:
        return pydicom.dcmread(self.folder / name, force=True)

    def references(self) -> dict[tuple[str, str, str], ReferenceRow]:
        """The references among the files written, by file, element path and UID."""
        with loaded(self.folder) as catalog:
            return references_by_place(catalog)


def references_by_place(catalog: Catalog) -> dict[tuple[str, str, str], ReferenceRow]:
    """Every reference but those of the Original Attributes, which tell of the past."""
    ids = [id_ for (id_,) in catalog.connection.execute("SELECT id FROM occurrence")]
    names = display_paths(catalog, ids)
    rows = [row for row in references_of(catalog, ids) if "OriginalAttributesSequence[]" not in row.pattern]
    return {(names[row.from_occurrence], row.pattern, row.uid): row for row in rows}


def derive(
    catalog: Catalog,
    *intentions: Intention,
    issued: IssuedUids | None = None,
    scheme: Scheme = UUIDS,
    acknowledged: bool = False,
) -> UidMap:
    plan = Plan(tuple(intentions), acknowledged=acknowledged)
    return derive_map(catalog, plan, issued or IssuedUids(), scheme, now=lambda: NOW)


def carry_out(catalog: Catalog, uid_map: UidMap, folder: Path) -> Outcome:
    """Write the output of a map to a new folder below this one, each file by the name of its source."""
    target = folder / f"output{next(_folders)}"
    names = display_paths(catalog, uid_map.outcomes)
    (source,) = catalog.sources()
    files: dict[str, bytes] = {}
    edits: dict[str, tuple[Edit, ...]] = {}
    for occurrence in uid_map.outcomes:
        name = names[occurrence]
        with open_window(str(Path(source.path) / name)) as window:
            if uid_map.changed(occurrence) == "unchanged":
                segments: Sequence[Span | bytes] = copy_unchanged(window).segments
                edits[name] = ()
            else:
                structure = parse_structure(window)
                edits[name] = edits_for(structure, occurrence, uid_map)
                segments = rewrite(structure, edits[name]).segments
            pieces = [
                window.at(piece.start, piece.end - piece.start) if isinstance(piece, Span) else piece
                for piece in segments
            ]
        files[name] = b"".join(pieces)
    write_files(target, files)
    return Outcome(uid_map, files, edits, target)


def carried_out(
    datasets: Iterable[Dataset] | Mapping[str, bytes | Dataset],
    folder: Path,
    *intentions: Intention,
    issued: IssuedUids | None = None,
) -> Outcome:
    """Load datasets (named 1.dcm, 2.dcm, ... unless given by name) and carry out a plan over them."""
    files = datasets if isinstance(datasets, Mapping) else numbered(datasets)
    source = write_files(folder / f"source{next(_folders)}", files)
    with loaded(source) as catalog:
        uid_map = derive(catalog, *intentions, issued=issued)
        uid_map.require_decided()
        return carry_out(catalog, uid_map, folder)


def numbered(datasets: Iterable[Dataset]) -> dict[str, bytes | Dataset]:
    return {f"{number}.dcm": dataset for number, dataset in enumerate(datasets, 1)}


def ui_values(dataset: Dataset) -> list[tuple[str, str]]:
    """Every UI value of a dataset at every level but the past, with the keyword or tag of its element."""
    tags = dataset.keys()
    present = Dataset({tag: dataset[tag] for tag in tags if tag != 0x0400_0561})
    found: list[tuple[str, str]] = []

    def take(_: Dataset, element: pydicom.DataElement) -> None:
        if element.VR == "UI" and element.value:
            values = [element.value] if isinstance(element.value, str) else list(element.value)
            found.extend((element.keyword or str(element.tag), str(value)) for value in values)

    present.walk(take)
    return found
