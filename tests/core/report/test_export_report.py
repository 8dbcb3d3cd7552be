"""What an export did as a file of the user's choice, and its lists saved elsewhere."""

import csv
import json
import os
import stat
from pathlib import Path

import pytest

from tests.builders import ct_series, encoded
from tests.core.plan.carried_out import derive, loaded, selecting, write_files
from uidscope.core.errors import InputError, OutputError, UsageError
from uidscope.core.export.request import ExportResult
from uidscope.core.flow import Destination, write
from uidscope.core.report.change_record import ChangeNote
from uidscope.core.report.export_report import EXPORT_REPORT_ENDINGS, save_export_report, save_list


@pytest.fixture
def source(tmp_path: Path) -> Path:
    files = {f"{number}.dcm": encoded(image) for number, image in enumerate(ct_series(2), 1)}
    files["=copy.dcm"] = files["1.dcm"]
    return write_files(tmp_path / "source", dict(files))


@pytest.fixture
def result(source: Path, tmp_path: Path) -> ExportResult:
    with loaded(source) as catalog:
        return write(catalog, derive(catalog, selecting("copy")), Destination(str(tmp_path / "out")))


def test_the_page_is_the_change_record(result: ExportResult, source: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    save_export_report(result, ChangeNote("CHG-7 <b>"), None, str(path), [str(source)])
    page = path.read_text(encoding="utf-8")
    assert "CHG-7 &lt;b&gt;" in page
    assert "out.manifest.json" in page


def test_the_table_has_every_file_and_no_formula(result: ExportResult, source: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    save_export_report(result, None, None, str(path), [str(source)])
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    written = {row["output"]: row["sha256"] for row in rows if row["output"]}
    assert written == {file.output: file.sha256 for file in result.files}
    (left_out,) = (row for row in rows if not row["output"])
    assert left_out["change"] == "not written: identical"
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_the_json_is_the_manifest(result: ExportResult, source: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.JSON"
    save_export_report(result, None, None, str(path), [str(source)])
    assert json.loads(path.read_text()) == json.loads((tmp_path / "out.manifest.json").read_text())


def test_a_list_is_saved_as_it_is_for_its_owner_alone(
    result: ExportResult, source: Path, tmp_path: Path
) -> None:
    path = tmp_path / "elsewhere.csv"
    save_list(f"{result.target}.crosswalk.csv", str(path), [str(source)])
    assert path.read_bytes() == (tmp_path / "out.crosswalk.csv").read_bytes()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_cannot_be_is_said(result: ExportResult, source: Path, tmp_path: Path) -> None:
    assert EXPORT_REPORT_ENDINGS == (".html", ".csv", ".json")
    with pytest.raises(UsageError, match=r"\.html, \.csv, \.json"):
        save_export_report(result, None, None, str(tmp_path / "report.pdf"), [])
    with pytest.raises(OutputError, match="inside a source folder"):
        save_export_report(result, None, None, str(source / "report.csv"), [str(source)])
    with pytest.raises(InputError, match="cannot be read"):
        save_list(str(tmp_path / "gone.csv"), str(tmp_path / "list.csv"), [])
    assert not (tmp_path / "list.csv").exists()
