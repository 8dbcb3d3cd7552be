"""The project file: the same work again, nothing of any patient's name, and damage told in a sentence."""

from __future__ import annotations

import dataclasses
import json
import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ct_series
from tests.core.judge.folders import loaded_folder
from tests.watch import SourceFolders
from uidscope.core.catalog.devices import Device
from uidscope.core.catalog.rule_settings import Ignore, RuleSettings
from uidscope.core.errors import InputError, OutputError
from uidscope.core.plan.copy_choices import COPY_QUESTIONS, emptying
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Decision, Into, Plan, Selector, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.selection import select
from uidscope.core.project_file import Project, read_project, save_project, without_patient_ids
from uidscope.core.uid.schemes import SchemeOptions, make_scheme

_UIDS = st.from_regex(r"1\.2\.[1-9][0-9]{5,30}", fullmatch=True)
_TEXTS = st.text(max_size=20)
_ROWS = st.builds(RowKey, _TEXTS, _UIDS, st.binary(max_size=8))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    selectors = tuple(draw(st.lists(st.builds(Selector, st.sampled_from(["study", "file", "rule"]), _TEXTS))))
    intentions = (
        new_intention("copy", selectors, choices=emptying(draw(st.sets(st.sampled_from(COPY_QUESTIONS))))),
        new_intention("move", selectors, into=draw(st.builds(Into, st.just("series"), _UIDS))),
        new_intention("derived-series", selectors, series_description="new"),
    )
    return Plan(
        intentions[: draw(st.integers(0, 3))],
        tuple(draw(st.lists(st.builds(Decision, _UIDS, _TEXTS), max_size=2))),
        draw(st.booleans()),
        draw(st.frozensets(_ROWS, max_size=2)),
        tuple(draw(st.lists(st.tuples(_ROWS, _UIDS), max_size=2))),
        draw(st.booleans()),
    )


@given(plans(), st.lists(st.tuples(_ROWS, _UIDS), max_size=4), st.lists(_TEXTS))
def test_what_is_saved_is_read_again(
    plan: Plan, issued: list[tuple[RowKey, str]], sources: list[str]
) -> None:
    project = Project(
        tuple(os.path.abspath(f"/somewhere/{at}") for at, _ in enumerate(sources)),
        plan,
        tuple(issued),
        SchemeOptions("root-random", "1.3.6.1.4.1.32473"),
        RuleSettings("own", {"UID-S04": "off"}, (Ignore("ENT-01", "known", device=Device("SIM")),)),
    )
    with TemporaryDirectory() as folder:
        path = os.path.join(folder, "work.uidscope")
        save_project(project, path)
        assert read_project(path) == project


def test_only_its_owner_reads_it_and_no_key_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "work.uidscope"
    save_project(Project((), scheme=SchemeOptions("keyed", key=b"k" * 32)), str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"kkkk" not in path.read_bytes()
    assert read_project(str(path)).scheme == SchemeOptions("keyed")


def test_it_is_not_written_beside_the_originals(make_source: SourceFolders) -> None:
    source = make_source(ct_series(1))
    with pytest.raises(OutputError):
        save_project(Project((str(source),)), str(source / "work.uidscope"))


def test_the_second_delivery_gets_the_same_uids(make_source: SourceFolders, tmp_path: Path) -> None:
    objects = ct_series(3)
    plan = Plan((new_intention("copy"),))
    scheme = make_scheme(SchemeOptions())
    issued = IssuedUids()
    with loaded_folder(make_source(objects[:2], folder="january")) as first:
        before = {entry.old: entry.new for entry in derive_map(first, plan, issued, scheme).entries()}
    path = str(tmp_path / "work.uidscope")
    save_project(Project((), plan, tuple(issued.rows())), path)

    again = read_project(path)
    with loaded_folder(make_source(objects, folder="february")) as second:
        uid_map = derive_map(second, again.plan, again.issued_uids(), scheme)
    after = {entry.old: entry.new for entry in uid_map.entries()}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_patients_are_selected_by_their_series_instead(make_source: SourceFolders) -> None:
    objects = ct_series(2)
    patient = str(objects[0].PatientID)
    with loaded_folder(make_source(objects)) as catalog:
        plan = Plan((new_intention("copy", (Selector("patient", patient),)),))
        saved = without_patient_ids(catalog, plan)
        assert select(catalog, saved.intentions[0].selectors) == select(catalog, plan.intentions[0].selectors)
    assert patient not in json.dumps([each.selectors for each in saved.intentions])
    assert saved.intentions[0].id == plan.intentions[0].id


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no project"),
        (b"\xff\xfe", "no project"),
        (b"[]", "no project"),
        (b'{"schema": "uidscope/project/1"}', "no project"),
        (b"[" * 100_000, "no project"),
    ],
)
def test_what_is_no_project_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "work.uidscope"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_project(str(path))


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("schema",), "uidscope/project/9", "another form"),
        (("project", "issued"), [[["a", "1.2", ""], "1.02"]], "1.02"),
        (("project", "rules", "severities"), {"ENT-99": "off"}, "ENT-99"),
        (("project", "plan", "acknowledged"), "yes", "damaged"),
        (("project", "plan", "intentions"), [{"id": "a", "kind": "destroy"}], "damaged"),
    ],
)
def test_a_damaged_project_is_told(tmp_path: Path, place: tuple[str, ...], value: object, said: str) -> None:
    path = tmp_path / "work.uidscope"
    save_project(Project(("/somewhere",)), str(path))
    content = json.loads(path.read_text("utf-8"))
    at = content
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError, match=said):
        read_project(str(path))


def test_a_project_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_project(str(tmp_path / "none.uidscope"))


def test_a_plan_in_a_project_is_the_plan(tmp_path: Path) -> None:
    plan = Plan((new_intention("copy"),), acknowledged=True)
    path = str(tmp_path / "work.uidscope")
    save_project(Project((), plan), path)
    assert dataclasses.asdict(read_project(path).plan) == dataclasses.asdict(plan)
