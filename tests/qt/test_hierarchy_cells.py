"""What the Status of a row says: its findings by kind, and what has come of its files."""

import pytest
from PySide6.QtWidgets import QApplication

from uidscope.core.catalog.tree import Badge as Found
from uidscope.core.catalog.tree import FileRow, InstanceRow, Node, NodeRow, PatientRow, SeriesRow
from uidscope.core.read.record import HAS_META, TRUNCATED
from uidscope.qt.finding_words import KIND_BADGES, rule_icon
from uidscope.qt.kit.badges import Badge, BadgeKind, badge_text, gravest_first
from uidscope.qt.kit.cells import BadgesCell, cell_speech
from uidscope.qt.tree.hierarchy_cells import Standing, row_badges, row_cell
from uidscope.qt.tree.hierarchy_columns import Column


def image(*found: Found, files: int = 1, flags: int = HAS_META) -> InstanceRow:
    children = files if files > 1 else 0
    return InstanceRow(Node("instance", 1), children, found, "1.2.3", "", "1", files, "a.dcm", 10, flags)


def series(*found: Found) -> SeriesRow:
    return SeriesRow(Node("series", 1), 3, found, "1.2", "CT", "1", "Thorax", "20260311")


def patient(*found: Found) -> PatientRow:
    return PatientRow(Node("patient", 1), 1, found, "TEST^ALPHA", "P-1", "", "")


def texts(row: NodeRow, standing: Standing = Standing()) -> list[str]:  # noqa: B008 - frozen
    return [badge_text(badge) for badge in gravest_first(row_badges(row, standing))]


def speech(row: NodeRow, standing: Standing = Standing()) -> str:  # noqa: B008 - frozen
    cell = row_cell(Column.STATUS, row, None, standing, ())
    assert isinstance(cell, BadgesCell)
    return cell_speech(cell)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (image(Found("error", "conflict", 1, 0)), ["conflict"]),
        (image(Found("error", "error", 1, 0)), ["1 error"]),
        (image(Found("info", "duplicate", 1, 0), files=2), ["duplicate"]),
        (series(Found("warning", "broken", 2, 0)), ["2 broken refs"]),
        (series(Found("error", "conflict", 0, 1)), ["1 conflict"]),
        (
            series(Found("warning", "broken", 0, 2), Found("warning", "warning", 0, 9)),
            ["2 broken refs", "9 warnings"],
        ),
        (
            series(
                Found("error", "error", 0, 2),
                Found("error", "conflict", 0, 1),
                Found("warning", "warning", 0, 1),
            ),
            ["3 errors", "1 warning"],
        ),
    ],
)
def test_findings_are_told_by_kind_and_merged_where_that_is_too_much(
    qapp: QApplication, row: NodeRow, shown: list[str]
) -> None:
    assert texts(row) == shown


def test_the_tool_tip_says_it_all(qapp: QApplication) -> None:
    assert speech(series(Found("warning", "broken", 2, 0))) == "2 broken references"
    row = patient(
        Found("error", "error", 0, 2),
        Found("error", "conflict", 0, 1),
        Found("warning", "warning", 0, 10),
        Found("warning", "broken", 0, 2),
    )
    assert speech(row) == "3 errors (including 1 conflict), 12 warnings (including 2 broken references)"


def test_a_broken_reference_that_is_an_error_looks_like_one(qapp: QApplication) -> None:
    (badge,) = row_badges(series(Found("error", "broken", 1, 0)), Standing())
    assert (badge.kind, badge.verdict) == (BadgeKind.BROKEN, BadgeKind.ERROR.verdict)
    (usual,) = row_badges(series(Found("warning", "broken", 1, 0)), Standing())
    assert usual == Badge(BadgeKind.BROKEN)


def test_a_truncated_file_is_told_once(qapp: QApplication) -> None:
    cut = HAS_META | TRUNCATED
    assert texts(image(flags=cut)) == ["truncated"]  # before the checks
    assert texts(image(Found("error", "truncated", 1, 0), flags=cut)) == ["truncated"]
    # Of an instance with several files it is one file's matter.
    assert texts(image(Found("error", "truncated", 0, 1), files=2, flags=cut)) == ["1 truncated"]
    assert texts(FileRow(Node("file", 1), 0, (), "a.dcm", 10, cut)) == ["truncated"]


@pytest.mark.parametrize(
    ("standing", "of_image", "of_series"),
    [
        (Standing(), [], []),
        (Standing(planned=1), ["planned"], ["1 planned"]),
        (Standing(planned=1, is_verified=True), ["verified"], ["1 verified"]),
        (Standing(is_verified=True), [], []),
        (Standing(offline=1), ["offline"], ["1 offline"]),
        (Standing(1, True, 1), ["offline", "verified"], ["1 offline", "1 verified"]),
    ],
)
def test_what_has_come_of_the_files(
    qapp: QApplication, standing: Standing, of_image: list[str], of_series: list[str]
) -> None:
    assert texts(image(), standing) == of_image
    assert texts(series(), standing) == of_series


def test_one_of_several_files_that_is_offline_is_not_the_whole_object(qapp: QApplication) -> None:
    assert texts(image(files=2), Standing(offline=1)) == ["1 offline"]


def test_the_lists_use_the_same_shapes() -> None:
    assert rule_icon("ENT-05", "error") == KIND_BADGES["conflict"].icon == "conflict"
    assert rule_icon("ENT-50", "info") == "broken"
    assert rule_icon("UID-S04", "error") == "error"
