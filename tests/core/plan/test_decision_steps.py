"""Decisions on references as steps of a plan, and what is asked again once they are taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.builders import Study, ct_series, rt_set
from tests.core.plan.carried_out import numbered, selecting
from tests.core.plan.planned import derive_plan, rows_for
from tests.core.plan.test_offers import checked
from uidscope.core.plan.history import PlanHistory, with_decisions
from uidscope.core.plan.intention import Decision, Plan, Selector, new_intention
from uidscope.core.plan.told.open_decisions import open_decisions
from uidscope.core.plan.told.step_words import step_sentence


def test_leaving_several_open_is_said_of_all(tmp_path: Path) -> None:
    history = PlanHistory(Plan((new_intention("copy"),)))
    history.decide([Decision("1.2.3", "/a"), Decision("1.2.4", "/b")])
    history.leave_open(["1.2.3", "1.2.4"])
    assert history.next_undo is not None
    assert step_sentence(history.next_undo) == "leaving open what references to 2 UIDs mean"
    assert history.plan.decisions == ()


def test_what_is_decided_waits_for_nothing(tmp_path: Path) -> None:
    rt = rt_set(2, study=Study(1))
    (twin,) = ct_series(1, study=Study(2))
    twin.SOPInstanceUID = twin.file_meta.MediaStorageSOPInstanceUID = rt.images[0].SOPInstanceUID
    twin.PixelData = bytes(len(twin.PixelData))
    with checked(tmp_path, {**numbered(rt.all), "twin.dcm": twin}) as catalog:
        (source,) = catalog.sources()
        chosen = Selector("file", str(Path(source.path) / "twin.dcm"))
        plan = Plan((new_intention("repair", (Selector("rule", "ENT-06"), chosen)),))
        (asked,) = open_decisions(catalog, plan, derive_plan(catalog, plan), 10)
        assert (asked.references, len(asked.referring), asked.decided) == (2, 1, None)
        plan = with_decisions(plan, [asked.decision(1)])
        (again,) = open_decisions(catalog, plan, derive_plan(catalog, plan), 10)
    assert (again.references, again.referring, again.decided) == (0, (), 1)
    assert again.alternatives == asked.alternatives


def test_a_row_that_is_off_counts_its_files(tmp_path: Path) -> None:
    images = ct_series(3)
    with checked(tmp_path, numbered(images)) as catalog:
        plan = Plan((selecting("copy"),))
        olds = [images[0].SOPInstanceUID, images[0].SeriesInstanceUID]
        off = derive_plan(catalog, replace(plan, kept=rows_for(catalog, plan, olds))).switched_off
    assert sorted((each.entry.kind, each.entry.old, each.entry.file_count) for each in off) == sorted(
        [("instance", olds[0], 1), ("series", olds[1], 3)]
    )
