"""A delivery taken back on the command line, by the list that lies beside it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest

from tests.builders import rt_set
from tests.cli.running import run_cli
from tests.corpus import corpus_folder
from tests.rewritten import uids_by_path, written_files
from tests.watch import SourceFolders
from uidscope.core.uid.resource_files import read_text

KINDS = ("instances", "derived-series", "copy", "pseudonymous")
OF_THE_DELIVERY = ("OriginalAttributes", "meta.Implementation")


def regenerate(source: Path, target: Path, *options: str, status: int = 0) -> str:
    result = run_cli("regenerate", str(source), "--out", str(target), "--quiet", *options)
    assert result.exit_code == status, result.output
    return result.stdout if status == 0 else result.stderr


def beside(target: Path, end: str) -> Path:
    return target.with_name(target.name + end)


def values(file: Path) -> dict[str, str]:
    return {path: uid for path, uid in uids_by_path(file).items() if not path.startswith(OF_THE_DELIVERY)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("end", [".crosswalk.csv", ".manifest.json"])
def test_a_delivery_is_taken_back(make_source: SourceFolders, tmp_path: Path, kind: str, end: str) -> None:
    source, delivered, back = make_source(rt_set(3).all), tmp_path / "delivered", tmp_path / "back"
    regenerate(source, delivered, "--as", kind)
    undo = ("--undo", str(beside(delivered, end)))
    planned = json.loads(regenerate(delivered, back, *undo, "--dry-run", "--format", "json"))
    assert not back.exists()
    told = json.loads(regenerate(delivered, back, *undo, "--format", "json"))
    jsonschema.validate(told, json.loads(read_text("schemas", "export-1.schema.json")))
    assert told["verified"]
    assert json.loads(beside(back, ".manifest.json").read_text()) == told
    assert planned["plan"] == told["plan"]
    assert told["references"]["before"] == told["references"]["after"]
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        before, after = values(file), values(back / file.relative_to(source))
        assert after == {path: uid for path, uid in before.items() if path in after}
        assert all("PerformedProcedureStep" in path for path in before.keys() - after.keys())
    assert rows(back, "old_uid", "new_uid") == rows(delivered, "new_uid", "old_uid")


def rows(target: Path, *columns: str) -> set[tuple[str, ...]]:
    with beside(target, ".crosswalk.csv").open(newline="") as file:
        return {tuple(row[column] for column in columns) for row in csv.DictReader(file)}


def test_only_what_is_selected_is_written(make_source: SourceFolders, tmp_path: Path) -> None:
    source, delivered = make_source(rt_set(3).all), tmp_path / "delivered"
    regenerate(source, delivered, "--as", "copy")
    name = min(path.name for path in delivered.rglob("*.dcm"))
    undo = ("--undo", f"{delivered}.crosswalk.csv", "--select", f"file={name}")
    assert "1 files" in regenerate(delivered, tmp_path / "back", *undo)


def test_it_is_told_what_does_not_come_back(make_source: SourceFolders, tmp_path: Path) -> None:
    delivered = tmp_path / "delivered"
    regenerate(make_source(rt_set(2).all), delivered, "--as", "derived-series")
    told = regenerate(delivered, tmp_path / "back", "--undo", f"{delivered}.crosswalk.csv")
    assert "UIDs as they were before." in told
    assert "Only UIDs come back" in told


def test_a_list_that_does_not_fit_is_one_sentence(make_source: SourceFolders, tmp_path: Path) -> None:
    source, delivered = make_source(rt_set(2).all), tmp_path / "delivered"
    regenerate(source, delivered, "--as", "copy")
    undo = ("--undo", f"{delivered}.crosswalk.csv")
    told = regenerate(source, tmp_path / "back", *undo, status=2)
    assert "another delivery" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--as", "copy"),
        ("--map", "LIST"),
        ("--keep", "1.2.3"),
        ("--set", "1.2.3=1.2.4"),
        ("--renew",),
        ("--save-project", "x.uidscope"),
    ],
)
def test_an_undo_goes_with_no_other_plan(
    make_source: SourceFolders, tmp_path: Path, options: tuple[str, ...]
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("old_uid,new_uid,kind,scope,reason\n")
    source = make_source(rt_set(2).all)
    given = [str(listed) if word == "LIST" else word for word in options]
    told = regenerate(source, tmp_path / "back", "--undo", str(listed), *given, status=2)
    assert "--undo" in told


@pytest.mark.corpus
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", ["qurit__rt-utils", "QIICR__dcmqi", "dicompyler__dicompyler-core"])
def test_a_delivery_of_the_corpus_is_taken_back(tmp_path: Path, kind: str, source: str) -> None:
    folder, delivered, back = corpus_folder() / "data" / source, tmp_path / "delivered", tmp_path / "back"
    regenerate(folder, delivered, "--as", kind, "--acknowledge")
    regenerate(delivered, back, "--undo", f"{delivered}.crosswalk.csv", "--acknowledge")
    files = written_files(delivered, folder)
    told = json.loads(beside(back, ".manifest.json").read_text())
    identical = {skipped["file"] for skipped in told["skipped"] if skipped["reason"] == "identical"}
    assert {file.name for file in files} - identical == {each["output"] for each in told["files"]}
    for file in files:
        if file.name in identical:
            continue
        restored = values(back / file.name)
        before = {path: uid for path, uid in file.before.items() if path in restored}
        assert {path: restored[path] for path in before if not path.startswith(OF_THE_DELIVERY)} == {
            path: uid for path, uid in before.items() if not path.startswith(OF_THE_DELIVERY)
        }
