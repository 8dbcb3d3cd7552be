"""``roots`` and ``generate --explain``: a company plans its UIDs (job 18); a root too long (job 16)."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import run_cli, run_program
from uidscope.core.uid.syntax import is_well_formed

ROOT = "1.3.6.1.4.1.32473"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = str(tmp_path / "organization.json")
    assert run_cli("roots", "set", ROOT, "--file", path).exit_code == 0
    return path


def told(file: str, *arguments: str) -> str:
    """What a ``roots`` command prints, which ends well."""
    result = run_cli("roots", *arguments, "--file", file)
    assert result.exit_code == 0, result.stderr
    return result.stdout.strip()


def test_a_company_plans_its_uids(file: str) -> None:
    assert told(file, "product", "Viewer") == f"{ROOT}.1.1"
    assert told(file, "product", "Gateway") == f"{ROOT}.1.2"
    assert told(file, "version", "Viewer", "1.0") == f"{ROOT}.1.1.1"
    assert told(file, "version", "Viewer", "1.1") == f"{ROOT}.1.1.2"
    assert told(file, "installation", "372764") == f"{ROOT}.2.372764"
    assert told(file, "installation", "A19") == f"{ROOT}.2.0.1900199"
    told(file, "retire", "product", "Gateway")
    assert told(file, "product", "Archive") == f"{ROOT}.1.3"
    assert told(file, "product", "Gateway") == f"{ROOT}.1.4"
    told(file, "retire", "version", "Viewer", "1.1")
    assert told(file, "version", "Viewer", "1.1") == f"{ROOT}.1.1.3"

    shown = json.loads(told(file, "show", "--format", "json"))
    assert (shown["root"], shown["next_product"]) == (ROOT, 5)
    assert f"{ROOT}.1.2 (retired)" in told(file, "show")
    rows = list(csv.DictReader(io.StringIO(told(file, "export"))))
    assert len(rows) == 10
    assert len({row["uid"] for row in rows}) == 10
    assert "Implementation Class UID of version 1.0" in told(file, "export", "--format", "text")
    assert json.loads(told(file, "export", "--format", "json")) == shown


def test_one_installations_root_for_the_program_that_needs_it(file: str, tmp_path: Path) -> None:
    told(file, "installation", "0077")
    assert told(file, "export", "--installation", "0077", "--format", "text") == f"{ROOT}.2.0.10077"
    alone = json.loads(told(file, "export", "--installation", "0077", "--format", "json"))
    assert alone["root"] == f"{ROOT}.2.0.10077"
    assert told(file, "export", "--installation", "0077").count(ROOT) == 1
    output = tmp_path / "root.txt"
    assert told(file, "export", "--installation", "0077", "--format", "text", "-o", str(output)) == ""
    assert output.read_text() == f"{ROOT}.2.0.10077\n"
    told(file, "retire", "installation", "0077")
    assert run_cli("roots", "export", "--installation", "0077", "--file", file).exit_code == 2


def test_the_installation_scheme_takes_its_root_from_the_file(file: str) -> None:
    told(file, "installation", "A19")
    arguments = ["generate", "-n", "20", "--scheme", "installation", "--serial", "A19", "--roots-file", file]
    uids = run_cli(*arguments).stdout.split()
    assert len(set(uids)) == 20
    assert all(uid.startswith(f"{ROOT}.2.0.1900199.3.") and is_well_formed(uid) for uid in uids)
    result = run_cli("generate", "--scheme", "installation", "--serial", "B", "--roots-file", file)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_clone_is_warned_about_on_standard_error(file: str) -> None:
    first = run_cli("roots", "installation", "77", "--file", file)
    second = run_cli("roots", "installation", "77", "--file", file)
    assert first.stdout == second.stdout
    assert first.stderr == ""
    assert "clone" in second.stderr


def test_a_root_is_judged_when_it_is_set(tmp_path: Path) -> None:
    path = str(tmp_path / "organization.json")
    result = run_cli("roots", "set", "1.2.826.0.1.3680043.8.498", "--file", path)
    assert result.exit_code == 0
    assert "pydicom" in result.stderr
    assert "development" in result.stderr
    result = run_cli("roots", "set", "1.2.840.10008.1", "--file", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_refusals_are_one_sentence_with_their_status(file: str, tmp_path: Path) -> None:
    told(file, "product", "Viewer")
    damaged = tmp_path / "damaged.json"
    damaged.write_text("{")
    for status, arguments in (
        (2, ("set", "1.3.6.1.4.1.1", "--file", file)),
        (2, ("version", "Nothing", "1", "--file", file)),
        (2, ("installation", "ä", "--file", file)),
        (2, ("product", "Viewer", "--file", str(tmp_path / "none.json"))),
        (3, ("show", "--file", str(damaged))),
        (3, ("product", "Viewer", "--file", str(damaged))),
        (3, ("show", "--file", str(tmp_path))),
        (3, ("export", "-o", str(tmp_path / "no" / "file"), "--file", file)),
    ):
        result = run_cli("roots", *arguments)
        assert result.exit_code == status, arguments
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
    assert damaged.read_text() == "{"


def test_how_to_get_a_root_is_told() -> None:
    result = run_cli("roots", "how")
    assert result.exit_code == 0
    for name in ("private enterprise number", "Medical Connections", "registration authority"):
        assert name in result.stdout
    assert json.loads(run_cli("roots", "how", "--format", "json").stdout)["ways"]


def test_it_runs_as_a_program_and_keeps_its_file_between_runs() -> None:
    assert run_program("roots", "set", ROOT).returncode == 0
    assert run_program("roots", "product", "Viewer").stdout == f"{ROOT}.1.1\n"
    assert run_program("roots", "product", "Gateway").stdout == f"{ROOT}.1.2\n"


def test_a_root_too_long_is_refused_with_the_digits_that_remain() -> None:
    root = "1.2.826.0.1.3680043.10.1234567"
    made = run_cli("generate", "--scheme", "root-uuid", "--root", root)
    assert (made.exit_code, made.stdout) == (2, "")
    assert "33 digits remain" in made.stderr
    explained = run_cli("generate", "--explain", "--root", root, "--scheme", "root-uuid")
    assert explained.exit_code == 0
    assert "33 digits remain" in explained.stdout
    assert "Longest root: 24 characters" in explained.stdout


def test_every_scheme_is_explained_before_use() -> None:
    result = run_cli("generate", "--explain", "--root", ROOT, "--serial", "7", "--format", "json")
    described = {each["scheme"]: each for each in json.loads(result.stdout)}
    assert len(described) == 7
    for name, each in described.items():
        assert each["for"]
        assert each["against"]
        if name != "keyed":
            assert len(each["sample"]) <= each["budget"]["longest"] <= 64


def test_each_field_of_the_long_form_is_an_option() -> None:
    uids = run_cli(
        *("generate", "-n", "30", "--scheme", "long", "--root", ROOT, "--product", "4", "--site", "6"),
        *("--product-version", "5", "--study-number", "11", "--series-number", "12", "--image-number", "13"),
    ).stdout.split()
    assert len(set(uids)) == 30
    assert all(uid.startswith(f"{ROOT}.4.5.6.11.12.13.") and is_well_formed(uid) for uid in uids)
