"""``uidscope inspect --profile``: severities, what is ignored, and the exit status that follows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.builders import ct_series, rt_set, with_uids
from tests.cli.running import run_cli
from tests.watch import SourceFolders
from uidscope.core.uid.resource_files import read_text

FAULTY = ("1.3.6.1.4.1.32473.01.5", "1.3.6.1.4.1.32473.01.6")


@pytest.fixture
def folder(make_source: SourceFolders) -> Path:
    """Two images with leading zeros, and a structure set without its images."""
    images = ct_series(3)
    faulty = with_uids(
        images, {str(images[0].SOPInstanceUID): FAULTY[0], str(images[1].SOPInstanceUID): FAULTY[1]}
    )
    return make_source([*faulty, rt_set(3).structure_set], names=["1", "2", "3", "rs"])


def profile(tmp_path: Path, text: str) -> str:
    path = tmp_path / "rules.toml"
    path.write_text(f"format = 1\nname = 'Ours'\n{text}", "utf-8")
    return str(path)


def as_json(folder: Path, *options: str) -> dict[str, Any]:
    result = run_cli("inspect", str(folder), "--format", "json", "--fail-on", "never", *options)
    assert result.exit_code == 0, result.stderr
    parsed: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(parsed, json.loads(read_text("schemas", "inspection-1.schema.json")))
    return parsed


def test_strict_is_the_default_and_says_nothing_of_itself(folder: Path) -> None:
    plain = run_cli("inspect", str(folder), "--format", "json").stdout
    assert plain == run_cli("inspect", str(folder), "--format", "json", "--profile", "strict").stdout
    assert not {"profile", "ignored"} & json.loads(plain).keys()


def test_a_profile_changes_severities_and_the_exit_status(folder: Path) -> None:
    severities = {
        name: {str(each["rule"]): each["severity"] for each in as_json(folder, "--profile", name)["findings"]}
        for name in ("strict", "archive", "migration")
    }
    assert [severities[name]["ENT-50"] for name in severities] == ["warning", "info", "error"]
    assert all(found["UID-S04"] == "error" for found in severities.values())


def test_counts_and_status_follow_the_users_own(folder: Path, tmp_path: Path) -> None:
    own = profile(tmp_path, '[severity]\nUID-S04 = "warning"\nENT-50 = "off"\n')
    assert run_cli("inspect", str(folder)).exit_code == 1
    assert run_cli("inspect", str(folder), "--profile", own).exit_code == 0
    assert run_cli("inspect", str(folder), "--profile", own, "--fail-on", "warning").exit_code == 1
    whole = as_json(folder, "--profile", own)
    assert whole["counts"]["findings"]["error"] == 0
    assert whole["profile"] == {
        "name": "Ours",
        "severities": {"UID-S04": "warning", "ENT-50": "off"},
        "not_shown": {"ENT-50": 1},
    }
    assert "ENT-50" not in {each["rule"] for each in whole["findings"]}
    text = run_cli("inspect", str(folder), "--profile", own).stdout
    assert "Rules by the profile “Ours”." in text
    assert "ENT-50 (1)" in text


def test_what_is_ignored_stands_apart_with_its_reason_in_every_format(folder: Path, tmp_path: Path) -> None:
    own = profile(tmp_path, f'[[ignore]]\nrule = "UID-S04"\nreason = "=<known>"\nuid = "{FAULTY[0]}"\n')
    whole = as_json(folder, "--profile", own)
    assert [each["uid"] for each in whole["findings"] if each["rule"] == "UID-S04"] == [FAULTY[1]]
    (ignored,) = whole["ignored"]
    assert (ignored["uid"], ignored["reason"], ignored["files"]) == (FAULTY[0], "=<known>", ["1"])
    lines = run_cli("inspect", str(folder), "--format", "jsonl", "--profile", own).stdout.splitlines()
    assert [json.loads(line)["ignored"] for line in lines if "ignored" in json.loads(line)] == [ignored]
    text = run_cli("inspect", str(folder), "--profile", own).stdout
    assert text.index("Ignored:") < text.index(FAULTY[0])
    assert "because: =<known>" in text
    rows = list(
        csv.DictReader(
            io.StringIO(run_cli("inspect", str(folder), "--format", "csv", "--profile", own).stdout)
        )
    )
    assert [row["uid"] for row in rows if row["ignored_because"] == "'=<known>"] == [FAULTY[0]]
    page = run_cli("inspect", str(folder), "--format", "html", "--profile", own).stdout
    assert "Because: =&lt;known&gt;" in page
    assert page.index('id="ignored"') < page.index(FAULTY[0])


def test_all_ignored_is_a_clean_exit(folder: Path, tmp_path: Path) -> None:
    own = profile(tmp_path, '[[ignore]]\nrule = "UID-S04"\nreason = "known"\n')
    result = run_cli("inspect", str(folder), "--profile", own)
    assert result.exit_code == 0
    assert "0 errors" in result.stdout
    assert all(uid in result.stdout for uid in FAULTY)


@pytest.mark.parametrize(
    ("name", "said"),
    [("lenient", "There is no profile and no file called “lenient”"), (".", "cannot be read")],
)
def test_what_is_no_profile_is_one_sentence(folder: Path, name: str, said: str) -> None:
    result = run_cli("inspect", str(folder), "--profile", name)
    assert result.exit_code == 3
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_by_device_has_its_formats(folder: Path) -> None:
    result = run_cli("inspect", str(folder), "--by-device", "--format", "json")
    assert result.exit_code == 2
    assert result.stderr == "--by-device goes with --format text or csv.\n"
