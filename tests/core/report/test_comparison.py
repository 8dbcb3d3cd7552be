"""A comparison of two folders in every format: what it says, and that text from files stays text."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Iterator
from typing import Any, get_args

import jsonschema
import pytest
from pydicom.dataset import FileDataset

from tests.builders import JPEG_LS_LOSSLESS, ct_series, encapsulated, encoded, set_unchecked
from tests.core.judge.folders import loaded_folder
from tests.watch import SourceFolders
from uidscope.core.judge.folder_comparison import STATUSES, Obstacle, compare_folders
from uidscope.core.report.comparing.comparison import ComparedFolders, comparison
from uidscope.core.report.comparing.comparison_html import comparison_html
from uidscope.core.report.comparing.comparison_table import comparison_csv
from uidscope.core.report.comparing.comparison_text import comparison_text
from uidscope.core.report.comparing.comparison_words import comparison_words, conclusion
from uidscope.core.uid.attribute_levels import ATTRIBUTE_LEVELS
from uidscope.core.uid.resource_files import read_text

HOSTILE = "<img src=x>\u202e=1+1"


def files(*datasets: FileDataset) -> dict[str, bytes]:
    return {f"{number}.dcm": encoded(dataset) for number, dataset in enumerate(datasets)}


@pytest.fixture
def compared(make_source: SourceFolders) -> Iterator[ComparedFolders]:
    """One instance in each status, and a file that is no DICOM."""
    images = ct_series(7)
    second = copy.deepcopy(images)
    second[1].PatientName = "TEST^BETA"
    second[2].PixelData = second[2].PixelData[:-2] + b"\1\1"
    for image in (*images, *second):
        image.SpecificCharacterSet = "ISO_IR 192"
        image.StudyDescription = HOSTILE
    left = {**files(*images[:6]), "=1+1.dcm": encoded(images[5]), "notes.txt": b"no DICOM"}
    right = {
        **files(*second[:3]),
        "3.dcm": encoded(second[3], transfer_syntax="explicit-be"),
        "4.dcm": encapsulated(second[4], [b"stream"], JPEG_LS_LOSSLESS),
        "6.dcm": encoded(second[6]),
    }
    folders = make_source(files=left, folder="first"), make_source(files=right, folder="second")
    with loaded_folder(folders[0]) as one, loaded_folder(folders[1]) as other:
        yield ComparedFolders(one, other, compare_folders(one, other))


def test_json_is_as_its_schema_says(compared: ComparedFolders) -> None:
    whole = comparison(compared)
    jsonschema.validate(whole, json.loads(read_text("schemas", "comparison-1.schema.json")))
    assert whole["counts"] == dict.fromkeys(STATUSES, 1)
    assert [study["counts"] for study in whole["studies"]] == [whole["counts"]]
    assert whole["first"]["instances"] == 6
    assert whole["first"]["not_loaded"] == 1
    assert whole["not_loaded"] == [
        {"folder": "first", "file": "notes.txt", "reason": "not-dicom", "detail": ""}
    ]
    assert whole["same_content"] is False


def test_json_names_files_attributes_and_pixels(compared: ComparedFolders) -> None:
    by_status: dict[str, Any] = {each["status"]: each for each in comparison(compared)["instances"]}
    assert by_status.keys() == set(STATUSES) - {"same"}
    assert by_status["missing"]["first"] == ["5.dcm", "=1+1.dcm"]
    assert by_status["missing"]["second"] == []
    assert by_status["header-changed"]["attributes"] == [
        {"path": "PatientName", "pattern": "PatientName", "level": "patient", "count": 1}
    ]
    assert by_status["pixels-changed"]["pixel_data"] == "different"
    assert by_status["re-encoded"]["pixel_form"] == "decoded values"
    assert by_status["not-compared"]["obstacle"] == "compression"


def test_the_schema_knows_every_word() -> None:
    schema = json.loads(read_text("schemas", "comparison-1.schema.json"))
    instance = schema["properties"]["instances"]["items"]["properties"]
    assert set(schema["properties"]["counts"]["properties"]) == set(STATUSES)
    assert set(instance["status"]["enum"]) == set(STATUSES) - {"same"}
    assert set(instance["obstacle"]["enum"]) == set(get_args(Obstacle))
    assert set(instance["attributes"]["items"]["properties"]["level"]["enum"]) == set(ATTRIBUTE_LEVELS)


def test_everything_has_words() -> None:
    words = comparison_words()
    assert words.statuses.keys() == words.meanings.keys() == set(STATUSES)
    assert words.levels.keys() == set(ATTRIBUTE_LEVELS)
    assert words.obstacles.keys() == set(get_args(Obstacle)) - {""}


def test_text_says_what_became_of_each(compared: ComparedFolders) -> None:
    text = "".join(comparison_text(compared))
    for status in STATUSES:
        assert f"1 {comparison_words().statuses[status]}" in text
    assert "PatientName (patient); pixel data equal by decoded values" in text
    assert "first: notes.txt: not-dicom" in text
    assert text.endswith("The folders differ.\n")
    assert "BETA" not in text
    assert "\u202e" not in text


def test_long_lists_are_cut_in_text(make_source: SourceFolders) -> None:
    first = make_source(ct_series(30), folder="first")
    with loaded_folder(first) as one, loaded_folder(make_source(folder="second")) as other:
        text = "".join(comparison_text(ComparedFolders(one, other, compare_folders(one, other))))
    assert text.count("missing: ") == 20
    assert "and 10 more" in text


def test_the_table_is_safe_in_a_spreadsheet(compared: ComparedFolders) -> None:
    rows = list(csv.DictReader(io.StringIO("".join(comparison_csv(compared)))))
    assert [row["status"] for row in rows] == [each["status"] for each in comparison(compared)["instances"]]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert {row["status"]: row["attributes"] for row in rows}["header-changed"] == "PatientName"


def test_html_shows_text_as_text(compared: ComparedFolders) -> None:
    page = "".join(comparison_html(compared))
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page
    assert "\u202e" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "The folders differ." in page
    for image in ct_series(7)[1:]:
        assert image.SOPInstanceUID in page


def test_a_hostile_uid_is_shown_as_text(make_source: SourceFolders) -> None:
    (image,) = ct_series(1)
    set_unchecked(image, "SOPInstanceUID", "<b>\x1b[1m")
    with (
        loaded_folder(make_source(files=files(image), folder="first")) as one,
        loaded_folder(make_source(folder="second")) as other,
    ):
        compared = ComparedFolders(one, other, compare_folders(one, other))
        text, page = "".join(comparison_text(compared)), "".join(comparison_html(compared))
    assert "\x1b" not in text + page
    assert "<b>" not in page


def test_the_conclusion(compared: ComparedFolders, make_source: SourceFolders) -> None:
    words = comparison_words()
    with loaded_folder(make_source(files=files(*ct_series(1)), folder="same")) as folder:
        result = compare_folders(folder, folder)
    assert conclusion(result) == words.equal
    result.second_unread = 1
    assert conclusion(result) == words.unread
    compared.result.first_unread = 1
    assert conclusion(compared.result) == f"{words.different} {words.unread}"
