"""What holds for every set of objects, every selection and every intention."""

from __future__ import annotations

import copy
import itertools
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from tests.builders import (
    TEST_ROOT,
    add_private_sequence,
    add_private_uid,
    ct_series,
    encoded,
    rt_set,
    with_uids,
)
from tests.core.plan.carried_out import (
    Outcome,
    carry_out,
    derive,
    loaded,
    numbered,
    references_by_place,
    selecting,
    ui_values,
    write_files,
)
from tests.rewritten import uids_by_path
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.lookup import display_paths
from uidscope.core.catalog.references import ReferenceRow
from uidscope.core.catalog.store import Catalog
from uidscope.core.flow import check
from uidscope.core.plan.entry import MapEntry
from uidscope.core.plan.intention import Intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.uid_map import UidMap
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import scan
from uidscope.core.uid.elements import ui_element_by_keyword
from uidscope.core.uid.registry import is_registered
from uidscope.core.uid.schemes import SchemeOptions, make_scheme
from uidscope.core.uid.syntax import judge_value

TALAIRACH = "1.2.840.10008.1.4.1.1"
FRAMES = (f"{TEST_ROOT}.90", f"{TEST_ROOT}.91", TALAIRACH, "1.2.840.10008.77.1")
OUTSIDE = f"{TEST_ROOT}.99.1"
KINDS = ("instances", "derived-series", "copy", "pseudonymous")
SHAPES = ("bare", "series", "study", "private", "related-series", "frame")

_folders = itertools.count()


class Case(NamedTuple):
    """Objects (1.dcm, 2.dcm, ...) and a plan over them."""

    made: list[Dataset]
    kind: str
    selected: frozenset[int]
    with_referrers: bool
    renew: bool

    def __repr__(self) -> str:
        rows = [[*own_keys(dataset), *qualified(dataset)] for dataset in self.made]
        return f"{self.kind} {sorted(self.selected)} {self.with_referrers=} {self.renew=} {rows}"

    def intention(self) -> Intention:
        files = [("file", f"{number}.dcm") for number in sorted(self.selected)]
        return selecting(self.kind, *files, with_referrers=self.with_referrers, renew=self.renew)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A few objects in a few studies, series and frames, that refer to each other in every shape."""
    count = draw(st.integers(3, 6))
    made = [_object(draw, number) for number in range(1, count + 1)]
    for dataset in made:
        for shape in draw(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=3, unique=True)):
            _refer(dataset, shape, draw(st.sampled_from([*made, _outside()])))
    numbers = st.sampled_from(range(1, count + 1))
    return Case(
        made,
        kind=draw(st.sampled_from(KINDS)),
        selected=draw(st.frozensets(numbers, min_size=1, max_size=draw(st.sampled_from([1, 2, count])))),
        with_referrers=draw(st.booleans()),
        renew=draw(st.booleans()),
    )


def _object(draw: st.DrawFn, number: int) -> Dataset:
    (dataset,) = ct_series(1)
    study, series = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    in_both_studies = draw(st.integers(0, 4)) == 0
    dataset.StudyInstanceUID = f"{TEST_ROOT}.{study}"
    dataset.SeriesInstanceUID = f"{TEST_ROOT}.{0 if in_both_studies else study}.{series}"
    dataset.SOPInstanceUID = f"{TEST_ROOT}.50.{1 if draw(st.integers(0, 9)) == 0 else number}"
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.FrameOfReferenceUID = draw(st.sampled_from(FRAMES))
    dataset.Modality = draw(st.sampled_from(["CT", "CT", "OT"]))
    dataset.DeviceUID = f"{TEST_ROOT}.60"
    return dataset


def _outside() -> Dataset:
    (dataset,) = ct_series(1)
    dataset.SOPInstanceUID = OUTSIDE
    dataset.StudyInstanceUID = f"{TEST_ROOT}.1"
    dataset.SeriesInstanceUID = f"{TEST_ROOT}.1.1"
    dataset.FrameOfReferenceUID = FRAMES[0]
    return dataset


def _item(**values: object) -> Dataset:
    item = Dataset()
    for keyword, value in values.items():
        setattr(item, keyword, value)
    return item


def _refer(dataset: Dataset, shape: str, target: Dataset) -> None:
    named = _item(ReferencedSOPClassUID=target.SOPClassUID, ReferencedSOPInstanceUID=target.SOPInstanceUID)
    series = _item(SeriesInstanceUID=target.SeriesInstanceUID, ReferencedInstanceSequence=[named])
    if shape == "bare":
        dataset.SourceImageSequence = [named]
    elif shape == "series":
        dataset.ReferencedSeriesSequence = [series]
    elif shape == "study":
        dataset.StudiesContainingOtherReferencedInstancesSequence = [
            _item(StudyInstanceUID=target.StudyInstanceUID, ReferencedSeriesSequence=[series])
        ]
    elif shape == "private":
        add_private_uid(dataset, target.SOPInstanceUID)
        add_private_sequence(dataset, [named])
    elif shape == "related-series":
        dataset.RelatedSeriesSequence = [
            _item(StudyInstanceUID=target.StudyInstanceUID, SeriesInstanceUID=target.SeriesInstanceUID)
        ]
    else:
        dataset.StructureSetROISequence = [_item(ReferencedFrameOfReferenceUID=target.FrameOfReferenceUID)]


CASES = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def carried(folder: Path, case: Case) -> Outcome | None:
    """The plan carried out, or None where it leaves something to decide."""
    source = write_files(folder / f"promise{next(_folders)}", numbered(case.made))
    with loaded(source) as catalog:
        uid_map = derive(catalog, case.intention())
        if uid_map.decisions or uid_map.conflicts:
            return None
        return carry_out(catalog, uid_map, folder)


def own_keys(dataset: Dataset) -> tuple[str, str, str]:
    return dataset.StudyInstanceUID, dataset.SeriesInstanceUID, dataset.SOPInstanceUID


@CASES
@given(case=cases())
def test_references_follow_their_targets_and_no_others(tmp_path: Path, case: Case) -> None:
    outcome = carried(tmp_path, case)
    if outcome is None:
        return
    before = {f"{number}.dcm": dataset for number, dataset in enumerate(case.made, 1)}
    after = {name: outcome.dataset(name) for name in outcome.files}
    becomes: dict[str, set[tuple[str, str, str]]] = {}
    for name, dataset in after.items():
        becomes.setdefault(before[name].SOPInstanceUID, set()).add(own_keys(dataset))
    for name, dataset in after.items():
        for old, new in zip(qualified(before[name]), qualified(dataset), strict=True):
            targets = [own_keys(after[other]) for other in after if matches(own_keys(before[other]), old)]
            if targets:
                assert any(matches(target, new) for target in targets)
            elif old[2] not in becomes and case.kind == "pseudonymous" and not case.with_referrers:
                assert not {*old} & {*new} - {""}
            elif old[2] not in becomes and case.kind != "pseudonymous":
                assert new == old


def qualified(dataset: Dataset) -> list[tuple[str, str, str]]:
    """The references of a dataset to instances, as (study or '', series or '', instance)."""
    found = [("", "", item.ReferencedSOPInstanceUID) for item in dataset.get("SourceImageSequence", [])]
    for item in dataset.get("ReferencedSeriesSequence", []):
        instance = item.ReferencedInstanceSequence[0].ReferencedSOPInstanceUID
        found += [("", item.SeriesInstanceUID, instance)]
    for item in dataset.get("StudiesContainingOtherReferencedInstancesSequence", []):
        series = item.ReferencedSeriesSequence[0]
        instance = series.ReferencedInstanceSequence[0].ReferencedSOPInstanceUID
        found.append((item.StudyInstanceUID, series.SeriesInstanceUID, instance))
    if (0x2001, 0x105F) in dataset:
        found.append(("", "", dataset[0x2001, 0x105F].value[0].ReferencedSOPInstanceUID))
    return [(str(study), str(series), str(instance)) for study, series, instance in found]


def matches(keys: tuple[str, str, str], named: tuple[str, str, str]) -> bool:
    return all(not wanted or wanted == key for key, wanted in zip(keys, named, strict=True))


@CASES
@given(case=cases())
def test_what_resolved_resolves_after(tmp_path: Path, case: Case) -> None:
    """Over the files written alone: the same states before and after, for references to instances."""
    outcome = carried(tmp_path, case)
    if outcome is None:
        return
    source = {f"{number}.dcm": dataset for number, dataset in enumerate(case.made, 1)}
    alone = write_files(tmp_path / f"alone{next(_folders)}", {name: source[name] for name in outcome.files})
    with loaded(alone) as catalog:
        before = states(references_by_place(catalog))
    assert before == states(outcome.references())


def states(references: dict[tuple[str, str, str], ReferenceRow]) -> list[tuple[str, str, str]]:
    return sorted(
        (file, pattern, row.state) for (file, pattern, _), row in references.items() if row.kind == "instance"
    )


@CASES
@given(case=cases())
def test_new_uids_are_sound_new_and_each_for_one_old(tmp_path: Path, case: Case) -> None:
    source = write_files(tmp_path / f"promise{next(_folders)}", numbered(case.made))
    with loaded(source) as catalog:
        uid_map = derive(catalog, case.intention())
        entries = list(uid_map.entries())
    old_values = {value for dataset in case.made for _, value in ui_values(dataset)}
    of_new: dict[str, set[tuple[str, str]]] = {}
    for entry in entries:
        of_new.setdefault(entry.new, set()).add((entry.old, entry.kind))
    assert all(len(olds) == 1 for olds in of_new.values())
    assert old_values.isdisjoint(of_new)
    assert all(judge_value(new, writing=True) == () and not is_registered(new) for new in of_new)
    of_old: dict[tuple[str, str], list[MapEntry]] = {}
    for entry in entries:
        of_old.setdefault((entry.old, entry.kind), []).append(entry)
    assert all(len(several) == 1 for several in of_old.values() if several[0].scope == "all")


@CASES
@given(case=cases())
def test_registered_values_and_classes_never_change(tmp_path: Path, case: Case) -> None:
    outcome = carried(tmp_path, case)
    if outcome is None:
        return
    for name in outcome.files:
        old, new = case.made[int(name.removesuffix(".dcm")) - 1], outcome.dataset(name)
        for (keyword, before), (_, after) in zip(ui_values(old), ui_values(new), strict=True):
            element = ui_element_by_keyword(keyword)
            if is_registered(before) or (element is not None and element.role == "type"):
                assert after == before


@settings(CASES, max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(case=cases(), faulty=st.sets(st.integers(0, 5), min_size=1))
def test_a_repair_replaces_the_faulty_values_and_no_other_byte(
    tmp_path: Path, case: Case, faulty: set[int]
) -> None:
    """Keys of all kinds, given leading zeros, get new ones; what resolved resolves, and the rest stays."""
    keys = sorted({key for dataset in case.made for key in (*own_keys(dataset), dataset.FrameOfReferenceUID)})
    own = [key for key in keys if not is_registered(key)]
    made = with_uids(case.made, {own[n % len(own)]: f"{own[n % len(own)]}.01" for n in faulty})
    files = {name: encoded(dataset) for name, dataset in zip(numbered(made), made, strict=True)}
    source = write_files(tmp_path / f"promise{next(_folders)}", files)
    with loaded(source) as catalog:
        check(catalog)
        uid_map = derive(catalog, selecting("repair", ("rule", "UID-S04")))
        uid_map.require_decided()
        before = references_by_place(catalog)
        outcome = carry_out(catalog, uid_map, tmp_path)
    resolved = {place: row for place, row in before.items() if row.state == "resolved"}
    written = {place: row for place, row in resolved.items() if place[0] in outcome.files}
    assert Counter(states(written)) <= Counter(states(outcome.references()))
    replaced = {entry.old: entry.new for entry in uid_map.entries()}
    assert all(old.endswith(".01") for old in replaced)
    for name, content in outcome.files.items():
        old, new = uids_by_path(source / name), uids_by_path(outcome.folder / name)
        assert (content == files[name]) == (old == new)
        for path, uid in old.items():
            qualifies_the_outside = OUTSIDE in old.values() and path.endswith("].SeriesInstanceUID")
            qualifies_the_outside |= OUTSIDE in old.values() and path.endswith("].StudyInstanceUID")
            if "Implementation" not in path and not (qualifies_the_outside and new[path] == uid):
                assert new[path] == replaced.get(uid, uid)


def loaded_in_order(source: Path, folder: Path, *, backwards: bool) -> Catalog:
    catalog = Catalog.create(str(folder / f"catalog{next(_folders)}"))
    sources = resolve_sources([str(source)])
    records = [record for batch in scan(sources) for record in batch.records]
    writer = CatalogWriter(catalog)
    writer.add_sources([(each.path, each.is_folder) for each in sources])
    writer.add(reversed(records) if backwards else records)
    writer.finish()
    return catalog


def by_file(catalog: Catalog, uid_map: UidMap) -> tuple[object, ...]:
    names = display_paths(catalog, [*uid_map.outcomes, *(each.occurrence for each in uid_map.skipped)])
    own = {names[id_]: outcome for id_, outcome in uid_map.outcomes.items()}
    skipped = sorted((names[each.occurrence], each.reason) for each in uid_map.skipped)
    return sorted(uid_map.entries()), own, skipped, sorted(note.code for note in uid_map.decisions)


@CASES
@given(
    case=cases(), empty=st.sets(st.sampled_from(["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"]))
)
def test_the_order_of_files_is_irrelevant_and_redo_gives_the_same(
    tmp_path: Path, case: Case, empty: set[str]
) -> None:
    made = copy.deepcopy(case.made)
    for keyword in empty:
        setattr(made[0], keyword, "")
    source = write_files(tmp_path / f"promise{next(_folders)}", numbered(made))
    issued, intention = IssuedUids(), case.intention()
    found = []
    for backwards in (False, True, False):
        with loaded_in_order(source, tmp_path, backwards=backwards) as catalog:
            found.append(by_file(catalog, derive(catalog, intention, issued=issued)))
    assert found[0] == found[1] == found[2]


@CASES
@given(case=cases())
def test_the_changes_told_beforehand_are_those_made(tmp_path: Path, case: Case) -> None:
    outcome = carried(tmp_path, case)
    if outcome is None:
        return
    told = []
    for number, old in enumerate(case.made, 1):
        if f"{number}.dcm" in outcome.files:
            new = outcome.dataset(f"{number}.dcm")
            same = [value for _, value in ui_values(old)] == [value for _, value in ui_values(new)]
            renamed = old.SOPInstanceUID != new.SOPInstanceUID
            told.append("new-uid" if renamed else "unchanged" if same else "changed-same-uid")
    assert sorted(told) == sorted(map(outcome.uid_map.changed, outcome.uid_map.outcomes))


def test_the_keyed_scheme_gives_the_same_map_in_another_run(tmp_path: Path) -> None:
    keyed = make_scheme(SchemeOptions("keyed", key=b"k" * 32))
    with loaded(write_files(tmp_path / "s", numbered(rt_set().all))) as catalog:
        maps = [list(derive(catalog, selecting("copy"), scheme=keyed).entries()) for _ in range(2)]
    assert maps[0] == maps[1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_of_the_output_has_an_outcome_and_no_other(tmp_path: Path, kind: str) -> None:
    made: Iterable[Dataset] = ct_series(4)
    with loaded(write_files(tmp_path / "s", numbered(made))) as catalog:
        uid_map = derive(catalog, selecting(kind, ("file", "2.dcm"), ("file", "3.dcm")))
        assert sorted(display_paths(catalog, uid_map.outcomes).values()) == ["2.dcm", "3.dcm"]
