"""An organization's hierarchy written for people, spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from uidscope.core.errors import UsageError
from uidscope.core.report.organization_export import (
    EXPORT_ENDINGS,
    exported,
    organization_csv,
    organization_json,
    organization_overview,
    organization_text,
    save_organization,
)
from uidscope.core.uid.organization.organization import Installation, Organization, Product, Version

ROOT = "1.3.6.1.4.1.32473"
DAY = "2026-02-03"
ORGANIZATION = Organization(
    ROOT,
    (
        Product(1, "Viewer", DAY, (Version(1, "=1+1", DAY), Version(2, "2.0", DAY, retired=True))),
        Product(2, "Old", DAY, (Version(1, "1", DAY),), retired=True),
    ),
    (Installation("-7", "0.19607", DAY), Installation("8", "8", DAY, retired=True)),
)


def test_the_table_has_a_row_for_everything_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO("".join(organization_csv(ORGANIZATION)))))
    assert [(row["kind"], row["uid"], row["state"]) for row in rows] == [
        ("root", ROOT, "in use"),
        ("product", f"{ROOT}.1.1", "in use"),
        ("version", f"{ROOT}.1.1.1", "in use"),
        ("version", f"{ROOT}.1.1.2", "retired"),
        ("product", f"{ROOT}.1.2", "retired"),
        ("version", f"{ROOT}.1.2.1", "retired"),
        ("installation", f"{ROOT}.2.0.19607", "in use"),
        ("installation", f"{ROOT}.2.8", "retired"),
    ]
    assert rows[2]["version"] == "'=1+1"
    assert rows[6]["serial"] == "'-7"


def test_the_text_for_a_conformance_statement_names_what_is_in_use() -> None:
    text = "".join(organization_text(ORGANIZATION))
    assert f"Implementation Class UID of version =1+1: {ROOT}.1.1.1\n" in text
    assert f"Serial number -7: {ROOT}.2.0.19607\n" in text
    for retired in (f"{ROOT}.1.1.2", f"{ROOT}.1.2", f"{ROOT}.2.8"):
        assert retired not in text


def test_the_overview_shows_what_is_retired_too() -> None:
    text = "".join(organization_overview(ORGANIZATION))
    assert f"2.0: {ROOT}.1.1.2 (retired)\n" in text
    assert "the next number is 3" in text


def test_the_plain_values_hold_the_next_numbers() -> None:
    content = json.loads(json.dumps(organization_json(ORGANIZATION)))
    assert content["next_product"] == 3
    assert content["products"][0]["next_version"] == 3
    assert content["products"][0]["versions"][0]["uid"] == f"{ROOT}.1.1.1"
    assert content["installations"][0]["root"] == f"{ROOT}.2.0.19607"


@pytest.mark.parametrize("ending", EXPORT_ENDINGS)
def test_it_is_written_as_the_ending_says(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"roots{ending.upper()}"
    save_organization(ORGANIZATION, str(path))
    text = path.read_bytes().decode()
    whole = {".csv": organization_csv, ".txt": organization_text}
    if ending in whole:
        assert text == "".join(whole[ending](ORGANIZATION))
    else:
        assert json.loads(text) == organization_json(ORGANIZATION)
    save_organization(ORGANIZATION, str(path), "-7")
    alone = path.read_text()
    assert f"{ROOT}.2.0.19607" in alone
    assert f"{ROOT}.1" not in alone


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ends in"):
        save_organization(ORGANIZATION, str(tmp_path / "roots.doc"))
    for serial in ("nothing", "8"):
        with pytest.raises(UsageError):
            save_organization(ORGANIZATION, str(tmp_path / "roots.csv"), serial)
    assert list(tmp_path.iterdir()) == []


def test_one_installation_stands_alone() -> None:
    rows = list(csv.DictReader(io.StringIO("".join(exported(ORGANIZATION, "csv", "-7")))))
    assert [row["uid"] for row in rows] == [f"{ROOT}.2.0.19607"]
    assert json.loads("".join(exported(ORGANIZATION, "json", "-7")))["serial"] == "-7"
    assert "".join(exported(ORGANIZATION, "text", "-7")) == f"{ROOT}.2.0.19607\n"


@pytest.mark.parametrize("write", [organization_text, organization_overview])
def test_names_from_an_odd_file_are_spelled_out_and_without_a_root_that_is_said(write: object) -> None:
    assert callable(write)
    odd = Organization(ROOT, (Product(1, "a\x1b[31m", DAY),))
    assert "\x1b" not in "".join(write(odd))
    assert "".join(write(Organization())) == "No root has been set.\n"
    assert len(list(organization_csv(Organization()))) == 1
