"""The list of old and new UIDs leads back to patients: who may read it, and where its pairs stand."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.builders import Study, ct_series
from tests.cli.running import run_cli
from tests.rewritten import crosswalk
from tests.watch import SourceFolders


@pytest.fixture
def delivered(make_source: SourceFolders, tmp_path: Path) -> Path:
    """A folder of pseudonymous copies, with a change record, and what the command said of it."""
    source, target = make_source(ct_series(3, study=Study(1))), tmp_path / "out"
    options = ("--as", "pseudonymous", "--out", str(target), "--reason", "for a trial")
    run = run_cli("regenerate", str(source), *options)
    assert run.exit_code == 0, run.output
    (tmp_path / "said").write_text(run.output, "utf-8")
    return target


def beside(target: Path) -> list[Path]:
    return [path for path in target.parent.iterdir() if path.name.startswith(f"{target.name}.")]


@pytest.mark.skipif(os.name == "nt", reason="not made private there by modes: SECURITY says so")
def test_everything_that_leads_back_is_for_its_owner_alone(delivered: Path) -> None:
    files = beside(delivered)
    assert len(files) == 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_the_list_is_marked_where_it_is_named(delivered: Path) -> None:
    said = (delivered.parent / "said").read_text("utf-8")
    assert f"{delivered}.crosswalk.csv (this list re-identifies: keep it safe)" in said


def test_what_is_said_and_reported_of_an_export_pairs_no_old_uid_with_its_new_one(delivered: Path) -> None:
    """But for the studies of the change record, which was asked for."""
    rows = [row for row in crosswalk(delivered) if row["kind"] != "study"]
    assert len(rows) >= 5
    said = (delivered.parent / "said").read_text("utf-8")
    record = Path(f"{delivered}.change-record.html").read_text("utf-8")
    for row in rows:
        for text in (said, record):
            assert not (row["old_uid"] in text and row["new_uid"] in text)
    old_uids = Path(f"{delivered}.old-uids.txt").read_text("utf-8")
    assert not [row for row in crosswalk(delivered) if row["new_uid"] in old_uids]


@pytest.mark.parametrize("form", ["text", "html", "csv", "json", "jsonl"])
def test_a_report_of_the_copies_knows_no_old_uid(delivered: Path, form: str) -> None:
    everything = ("--with-uids", "--with-references") if form.startswith("json") else ()
    report = delivered.parent / "report"
    run = run_cli("inspect", str(delivered), "--format", form, *everything, "-o", str(report))
    assert run.exit_code == 0, run.output
    text = report.read_text("utf-8")
    rows = crosswalk(delivered)
    assert not [row for row in rows if row["old_uid"] in text]
    assert any(row["new_uid"] in text for row in rows) == (form not in ("text", "csv"))
