"""Projects and profiles on the command line: the second delivery, and the options of every delivery."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydicom import dcmread

from tests.builders import ct_series
from tests.cli.running import run_cli
from tests.watch import SourceFolders


def uids(folder: Path) -> dict[int, str]:
    """The new UIDs by instance number."""
    return {int(data.InstanceNumber): data.SOPInstanceUID for data in map(dcmread, sorted(folder.glob("*")))}


def test_job_10_the_second_delivery_with_the_saved_project(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    objects = ct_series(3)
    january = make_source(objects[:2], folder="january")
    february = make_source(objects[1:], folder="february")
    project = tmp_path / "research.uidscope"
    first = run_cli(
        *("regenerate", str(january), "--out", str(tmp_path / "first"), "--as", "copy"),
        *("--save-project", str(project)),
    )
    assert first.exit_code == 0, first.output
    second = run_cli(
        *("regenerate", str(february), "--out", str(tmp_path / "second")),
        *("--project", str(project), "--save-project", str(project)),
    )
    assert second.exit_code == 0, second.output
    before, after = uids(tmp_path / "first"), uids(tmp_path / "second")
    assert before[2] == after[2]
    assert after[3] not in before.values()
    studies = {
        dcmread(next(iter(sorted((tmp_path / name).glob("*"))))).StudyInstanceUID
        for name in ("first", "second")
    }
    assert len(studies) == 1
    third = run_cli("regenerate", str(january), "--out", str(tmp_path / "third"), "--project", str(project))
    assert third.exit_code == 0, third.output
    assert uids(tmp_path / "third") == before


def test_a_dry_run_saves_no_project(make_source: SourceFolders, tmp_path: Path) -> None:
    project = tmp_path / "research.uidscope"
    result = run_cli(
        *("regenerate", str(make_source(ct_series(1))), "--out", str(tmp_path / "out"), "--as", "copy"),
        *("--dry-run", "--save-project", str(project)),
    )
    assert result.exit_code == 0, result.output
    assert not project.exists()


@pytest.mark.parametrize(
    "said",
    [("--as", "copy"), ("--select", "study=1.2"), ("--acknowledge",), ("--source-reference",)],
)
def test_beside_a_project_nothing_else_is_meant(
    make_source: SourceFolders, tmp_path: Path, said: tuple[str, ...]
) -> None:
    source = make_source(ct_series(1))
    project = tmp_path / "research.uidscope"
    options = ("regenerate", str(source), "--out")
    saved = run_cli(*options, str(tmp_path / "first"), "--as", "copy", "--save-project", str(project))
    assert saved.exit_code == 0, saved.output
    result = run_cli(*options, str(tmp_path / "out"), "--project", str(project), *said)
    assert result.exit_code == 2
    assert "project" in result.stderr


def test_without_an_intention_a_sentence_says_so(make_source: SourceFolders, tmp_path: Path) -> None:
    result = run_cli("regenerate", str(make_source(ct_series(1))), "--out", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert "--as" in result.stderr


def test_a_damaged_project_is_told(make_source: SourceFolders, tmp_path: Path) -> None:
    project = tmp_path / "research.uidscope"
    project.write_text("{}", "utf-8")
    options = ("--out", str(tmp_path / "out"), "--project", str(project))
    result = run_cli("regenerate", str(make_source(ct_series(1))), *options)
    assert result.exit_code == 3
    assert "research.uidscope" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_profile_holds_the_options_of_every_delivery(make_source: SourceFolders, tmp_path: Path) -> None:
    profile = tmp_path / "research.toml"
    profile.write_text(
        'as = "copy"\nempty = ["accession", "request"]\nscheme = "root-random"\n'
        'root = "1.3.6.1.4.1.32473"\nformat = "json"\ndry-run = true\n',
        "utf-8",
    )
    source = make_source(ct_series(1))
    options = ("regenerate", str(source), "--out", str(tmp_path / "out"), "--profile", str(profile))
    told = json.loads(run_cli(*options).stdout)
    assert told["dry_run"] is True
    assert all(
        entry["new"].startswith("1.3.6.1.4.1.32473.") for entry in told["plan"] if entry["new"][:1] == "1"
    )
    other = json.loads(run_cli(*options, "--scheme", "uuid", "--root", "").stdout)
    assert any(entry["new"].startswith("2.25.") for entry in other["plan"])


@pytest.mark.parametrize(
    ("text", "said"),
    [("colour = 1", "colour"), ("as =", "TOML"), ('dry-run = "yes"', "dry-run")],
)
def test_a_profile_that_is_wrong_is_told(
    make_source: SourceFolders, tmp_path: Path, text: str, said: str
) -> None:
    profile = tmp_path / "research.toml"
    profile.write_text(text, "utf-8")
    options = ("--out", str(tmp_path / "out"), "--profile", str(profile))
    result = run_cli("regenerate", str(make_source(ct_series(1))), *options)
    assert result.exit_code == 2
    assert said in result.stderr
