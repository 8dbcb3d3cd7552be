"""What holds for the files of every export: random objects and selections, each intention and encoding.

The files are read by pydicom alone. What holds for the plans themselves is in `core/plan/test_promises.py`.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydicom import dcmread
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset

from tests.builders import Encoding, encoded, with_uids
from tests.core.plan.carried_out import derive, loaded, selecting, write_files
from tests.core.plan.test_promises import Case, cases, loaded_in_order, own_keys
from tests.rewritten import Written, broken_references, faults_borne, written_files
from uidscope.core.catalog.store import Catalog
from uidscope.core.flow import Destination, check, write
from uidscope.core.plan.intention import Intention
from uidscope.core.uid.registry import is_registered
from uidscope.core.uid.schemes import Scheme, SchemeOptions, make_scheme
from uidscope.core.uid.syntax import judge_value

KINDS = ("instances", "derived-series", "copy", "pseudonymous", "repair")
ENCODINGS: tuple[Encoding, ...] = ("explicit-le", "implicit-le", "explicit-be", "deflated")
FAULTY = ".01"  # ends a key that a repair is to replace

# What any export may change besides the UIDs of its map, and what a derived series says of itself.
MAY_CHANGE = {
    "meta.FileMetaInformationGroupLength",
    "meta.ImplementationClassUID",
    "meta.ImplementationVersionName",
    "InstanceCreationDate",
    "InstanceCreationTime",
    "InstanceCreatorUID",
}
MAY_CHANGE_IN_A_DERIVED_SERIES = {
    "SeriesNumber",
    "SeriesDescription",
    "ReferencedPerformedProcedureStepSequence",
}
# What tells where a new object comes from: items are added, and those there are stay.
PROVENANCE = (
    "ContributingEquipmentSequence",
    "InstanceCoercionDateTime",
    "OriginalAttributesSequence",
    "SourceImageSequence",
)

UUIDS = make_scheme(SchemeOptions())
KEYED = make_scheme(SchemeOptions("keyed", key=bytes(range(32))))

_folders = itertools.count()


class Objects(NamedTuple):
    """Files (1.dcm, 2.dcm, ...) and what is to be done with some of them."""

    files: dict[str, bytes]
    kind: str
    intention: Intention

    def __repr__(self) -> str:
        return f"{self.kind} of {len(self.files)} files, {self.intention.selectors}"


@st.composite
def objects(draw: st.DrawFn, kind: str) -> Objects:
    case = draw(cases())
    made, intention = case.made, case._replace(kind=kind).intention() if kind != "repair" else _repair()
    if kind == "repair":
        made = _with_faults(case, draw(st.sets(st.integers(0, 5), min_size=1)))
    for dataset in made:
        _add_plain_elements(random.Random(draw(st.integers(0, 99))), dataset)
    files = {f"{number}.dcm": _file(draw, dataset) for number, dataset in enumerate(made, 1)}
    return Objects(files, kind, intention)


def _file(draw: st.DrawFn, dataset: Dataset) -> bytes:
    with faults_borne():
        return encoded(
            dataset,
            transfer_syntax=draw(st.sampled_from(ENCODINGS)),
            undefined_lengths=draw(st.booleans()),
            group_lengths=draw(st.booleans()),
        )


def _repair() -> Intention:
    return selecting("repair", ("rule", "UID-S04"))


def _with_faults(case: Case, faulty: set[int]) -> list[Dataset]:
    keys = sorted({key for dataset in case.made for key in own_keys(dataset)})
    return with_uids(case.made, {keys[n % len(keys)]: f"{keys[n % len(keys)]}{FAULTY}" for n in faulty})


def _add_plain_elements(chance: random.Random, dataset: Dataset) -> None:
    """Elements that no export may touch, among them values that pydicom itself would write otherwise."""
    dataset.InstitutionName = "".join(chance.choices(" ^=aZ09'", k=chance.randrange(64)))
    dataset.SliceThickness = chance.choice(["1", "1.0", "01.00", "+1", "1e0"])
    dataset.PixelData = chance.randbytes(2 * chance.randrange(1, 200))
    block = dataset.private_block(0x0011, "TEST PLAIN", create=True)
    block.add_new(0x01, "UN", chance.randbytes(2 * chance.randrange(20)))
    block.add_new(0x02, "OB", chance.randbytes(2 * chance.randrange(20)))


class Exported(NamedTuple):
    """An export: its files, and the entries of the manifest's plan that are new UIDs."""

    kind: str
    files: list[Written]
    entries: list[dict[str, Any]]


def exported(folder: Path, made: Objects) -> Exported | None:
    """The objects exported, or None where the plan leaves something to decide or writes nothing."""
    source = write_files(folder / f"source{next(_folders)}", made.files)
    with loaded(source) as catalog:
        target = written_to(folder, catalog, made, UUIDS)
    if target is None:
        return None
    plan = json.loads(Path(f"{target}.manifest.json").read_text("utf-8"))["plan"]
    entries = [entry for entry in plan if entry["kind"] == "new-uid"]
    return Exported(made.kind, written_files(target, source), entries)


def written_to(folder: Path, catalog: Catalog, made: Objects, scheme: Scheme) -> Path | None:
    check(catalog, leftovers=False)
    uid_map = derive(catalog, made.intention, scheme=scheme)
    if uid_map.decisions or uid_map.conflicts or not uid_map.outcomes:
        return None
    target = folder / f"target{next(_folders)}"
    write(catalog, uid_map, Destination(str(target)))
    return target


pytestmark = pytest.mark.parametrize("kind", KINDS)

EXPORTS = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # to shrink whole exports takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@EXPORTS
@given(data=st.data())
def test_what_changed_is_what_the_map_says_and_the_map_read_backwards_undoes_it(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    """But for the pad, which is not part of a UID."""
    done = exported(tmp_path, data.draw(objects(kind)))
    if done is None:
        return
    back = {entry["new"]: entry["old"] for entry in done.entries}
    changed = 0
    for file in done.files:
        for path, new in file.after.items():
            if path in MAY_CHANGE or file.before.get(path) == new:
                continue
            changed += 1
            assert back[new] == file.before[path], f"{file.name}: {path}"
    assert changed or not done.entries


@EXPORTS
@given(data=st.data())
def test_no_two_old_uids_share_a_new_one_and_each_passes_every_rule_on_writing(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    done = exported(tmp_path, data.draw(objects(kind)))
    if done is None:
        return
    of_new: dict[str, set[tuple[str, str]]] = {}
    for entry in done.entries:
        of_new.setdefault(entry["new"], set()).add((entry["old"], entry["role"]))
    assert all(len(olds) == 1 for olds in of_new.values())
    assert all(judge_value(new, writing=True) == () for new in of_new)
    before = {uid for file in done.files for uid in file.before.values()}
    assert before.isdisjoint(of_new)


@EXPORTS
@given(data=st.data())
def test_what_is_registered_stays_and_references_lead_where_they_led(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    done = exported(tmp_path, data.draw(objects(kind)))
    if done is None:
        return
    assert not any(is_registered(entry["old"]) or is_registered(entry["new"]) for entry in done.entries)
    for file in done.files:
        for path, uid in file.before.items():
            if is_registered(uid) and path not in MAY_CHANGE:
                assert file.after[path] == uid, f"{file.name}: {path}"
    own = [file.before["SOPInstanceUID"] for file in done.files]
    if len(set(own)) == len(own):
        assert broken_references(done.files) == []


@EXPORTS
@given(data=st.data())
def test_every_element_outside_the_named_list_is_the_same_bytes(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    done = exported(tmp_path, data.draw(objects(kind)))
    if done is None:
        return
    named = MAY_CHANGE | (MAY_CHANGE_IN_A_DERIVED_SERIES if kind == "derived-series" else set())
    for file in done.files:
        before, after = raw_values(file.source), raw_values(file.output)
        follows = {path for path, uid in file.after.items() if file.before.get(path) != uid}
        assert len(after.keys() - named) > 20
        for path in before.keys() | after.keys():
            is_told = path.startswith(PROVENANCE) and (path not in before or path.endswith(" items"))
            may_be_told = is_told and kind not in ("copy", "pseudonymous")
            if path.partition("[")[0] not in named and path not in follows and not may_be_told:
                assert after.get(path) == before.get(path), f"{file.name}: {path}"
        if file.changed == "unchanged":
            assert file.output.read_bytes() == file.source.read_bytes()


@EXPORTS
@given(data=st.data())
def test_with_one_key_two_runs_write_the_same_bytes_whatever_the_order_of_files(
    tmp_path: Path, kind: str, data: st.DataObject
) -> None:
    made = data.draw(objects(kind))
    source = write_files(tmp_path / f"source{next(_folders)}", made.files)
    runs = []
    for backwards in (False, True):
        with loaded_in_order(source, tmp_path, backwards=backwards) as catalog:
            target = written_to(tmp_path, catalog, made, KEYED)
        paths = sorted(target.rglob("*.dcm")) if target is not None else []
        runs.append({path.name: path.read_bytes() for path in paths})
    assert runs[0] == runs[1]


def raw_values(file: Path) -> dict[str, tuple[str | None, bytes]]:
    """Every element by its path with item numbers: its VR, and its value as it stands in the file."""
    with faults_borne():
        dataset = dcmread(file)
        return {**dict(_raw(dataset.file_meta, "meta.")), **dict(_raw(dataset, ""))}


def _raw(dataset: Dataset, prefix: str) -> Iterator[tuple[str, tuple[str | None, bytes]]]:
    for tag in sorted(dataset.keys()):
        if tag.element == 0:  # group lengths follow from the rest
            continue
        raw = dataset.get_item(tag)
        element = dataset[tag]
        path = prefix + (element.keyword or f"{int(tag):08X}")
        if element.VR == "SQ":
            yield f"{path} items", ("SQ", str(len(element.value)).encode())
            for number, item in enumerate(element.value, 1):
                yield from _raw(item, f"{path}[{number}].")
        else:
            # What pydicom itself needs to read on (character set, private creators, meta) it has decoded.
            is_raw = isinstance(raw, RawDataElement)
            yield (
                path,
                (element.VR, raw.value or b"") if is_raw else (element.VR, repr(element.value).encode()),
            )
