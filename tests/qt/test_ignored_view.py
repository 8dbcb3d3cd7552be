"""Everything that is ignored is listed, finding by finding, with the way to it and the way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, with_uids
from tests.qt.accessible import acting_labels, nameless
from tests.qt.loaded_state import a_state, load_into, node_with, settle, shown
from tests.qt.room import cut_widgets
from tests.watch import SourceFolders
from uidscope.core.catalog.findings import ignored_findings
from uidscope.core.catalog.rule_settings import Ignore, RuleSettings, set_rule_settings
from uidscope.core.catalog.store import Catalog
from uidscope.core.report.words import rule_words
from uidscope.qt.models.ignored_model import IgnoredColumn
from uidscope.qt.models.paged_groups_model import ROWS_AT_A_TIME
from uidscope.qt.panels.ignored_view import IgnoredView
from uidscope.qt.state import WorkState

ZEROS = "1.3.6.1.4.1.32473.01"
OTHER = "1.3.6.1.4.1.32473.02"
KNOWN, LATER = "Old scanner <b>replaced</b>; A&B know.", "To be mended later."
DAY = "2024-01-31"


@pytest.fixture
def state() -> Iterator[WorkState]:
    with a_state() as state:
        yield state


@pytest.fixture
def faulty(make_source: SourceFolders) -> Path:
    """Three images with leading zeros, two of another series too."""
    images, other = ct_series(3), ct_series(2, study=Study(number=2))
    numbers = {image.SOPInstanceUID: f"{ZEROS}.{image.InstanceNumber}" for image in images}
    others = {image.SOPInstanceUID: f"{OTHER}.{image.InstanceNumber}" for image in other}
    return make_source([*with_uids(images, numbers), *with_uids(other, others)])


def ignore(state: WorkState, *ignores: Ignore) -> None:
    settings = RuleSettings("ours", {}, ignores)
    assert state.catalog is not None
    set_rule_settings(state.catalog, settings)
    state.set_rule_settings(settings)


def two_reasons(state: WorkState) -> None:
    """Those of the first study for one reason, the others for another."""
    study = ct_series(1)[0].StudyInstanceUID
    ignore(
        state,
        Ignore("UID-S04", KNOWN, study=str(study), since=DAY),
        Ignore("UID-S04", LATER, since="2024-03-02"),
    )


def view_of(qtbot: QtBot, state: WorkState, width: int = 1300) -> IgnoredView:
    view = IgnoredView(state)
    shown(qtbot, view, width, 320)
    state.findings_changed.emit()
    settle(qtbot, view)
    return view


def opened(qtbot: QtBot, view: IgnoredView, reason: str) -> QModelIndex:
    """The group of a reason, open, with its first page."""
    above = next(
        index
        for at in range(view.model.rowCount())
        if (index := view.model.index(at, 0)).siblingAtColumn(IgnoredColumn.REASON).data() == reason
    )
    view.view.expand(above)
    qtbot.waitUntil(lambda: view.model.rowCount(above) > 0)
    settle(qtbot, view)
    return above


def uids_below(view: IgnoredView, above: QModelIndex) -> list[str]:
    model = view.model
    return [model.index(at, IgnoredColumn.UID, above).data() for at in range(model.rowCount(above))]


def uids_ignored(catalog: Catalog, reason: str) -> list[str]:
    return [each.finding.uid for each in ignored_findings(catalog, reason=reason)]


def test_every_ignored_finding_stands_below_its_rule_and_reason(
    qtbot: QtBot, state: WorkState, faulty: Path
) -> None:
    catalog = load_into(state, faulty)
    two_reasons(state)
    view = view_of(qtbot, state)
    model = view.model
    told = [
        [model.index(at, column).data() for column in (0, 1, IgnoredColumn.FINDINGS, IgnoredColumn.SINCE)]
        for at in range(model.rowCount())
    ]
    title = rule_words("UID-S04").title
    assert told == [[title, KNOWN, "3", DAY], [title, LATER, "2", "2024-03-02"]]
    for reason, count in ((KNOWN, 3), (LATER, 2)):
        above = opened(qtbot, view, reason)
        listed = uids_below(view, above)
        assert listed == uids_ignored(catalog, reason)
        assert len(listed) == count
        first = [model.index(0, column, above).data() for column in IgnoredColumn]
        assert first[IgnoredColumn.FINDING] == "Image 1: part 8"
        assert "CT axial" in first[IgnoredColumn.REASON]
        assert first[IgnoredColumn.FILES] == "1"


def test_long_groups_are_read_page_by_page(
    qtbot: QtBot, state: WorkState, make_source: SourceFolders
) -> None:
    images = ct_series(2 * ROWS_AT_A_TIME + 1)
    numbers = {image.SOPInstanceUID: f"{ZEROS}.{image.InstanceNumber}" for image in images}
    catalog = load_into(state, make_source(with_uids(images, numbers)))
    ignore(state, Ignore("UID-S04", KNOWN))
    view = view_of(qtbot, state)
    above = opened(qtbot, view, KNOWN)
    qtbot.wait(50)
    assert view.model.rowCount(above) == ROWS_AT_A_TIME
    bar = view.view.verticalScrollBar()
    for page in (2, 3):
        bar.setValue(bar.maximum())
        most = min(page * ROWS_AT_A_TIME, len(images))
        qtbot.waitUntil(lambda most=most: view.model.rowCount(above) == most)  # type: ignore[misc]
    assert uids_below(view, above) == uids_ignored(catalog, KNOWN)


def test_from_a_finding_one_goes_to_its_place(qtbot: QtBot, state: WorkState, faulty: Path) -> None:
    catalog = load_into(state, faulty)
    two_reasons(state)
    view = view_of(qtbot, state)
    above = opened(qtbot, view, KNOWN)
    view.view.setCurrentIndex(view.model.index(1, 0, above))
    assert view.detail.go_button.text() == "Go to image"
    view.detail.go_button.click()
    assert state.current == node_with(catalog, f"{ZEROS}.2")
    view.view.setCurrentIndex(view.model.index(2, 0, above))
    qtbot.keyClick(view.view, Qt.Key.Key_Return)
    assert state.current == node_with(catalog, f"{ZEROS}.3")


def test_a_group_is_shown_again_from_its_row_and_from_each_of_its_findings(
    qtbot: QtBot, state: WorkState, faulty: Path
) -> None:
    load_into(state, faulty)
    two_reasons(state)
    view = view_of(qtbot, state)
    asked: list[tuple[str, str]] = []
    view.show_again.connect(lambda rule, reason: asked.append((rule, reason)))
    above = opened(qtbot, view, LATER)
    view.view.setCurrentIndex(above)
    assert view.detail.go_button.text() == "Show again"
    assert not view.detail.again_button.isVisible()
    view.detail.go_button.click()
    view.view.setCurrentIndex(view.model.index(0, 0, above))
    view.detail.again_button.click()
    assert asked == [("UID-S04", LATER)] * 2


def test_what_is_open_and_at_hand_stays_when_something_else_is_shown_again(
    qtbot: QtBot, state: WorkState, faulty: Path
) -> None:
    load_into(state, faulty)
    two_reasons(state)
    view = view_of(qtbot, state)
    above = opened(qtbot, view, LATER)
    view.view.setCurrentIndex(above)
    ignore(state, Ignore("UID-S04", LATER, uid=f"{OTHER}.1"), Ignore("UID-S04", KNOWN, uid=f"{ZEROS}.1"))
    settle(qtbot, view)
    current = view.model.group(view.view.currentIndex())
    assert current is not None
    assert current.key == ("UID-S04", LATER)
    above = opened(qtbot, view, LATER)
    assert view.view.isExpanded(above)
    assert uids_below(view, above) == [f"{OTHER}.1"]


def test_with_nothing_ignored_one_sentence_says_so(qtbot: QtBot, state: WorkState, faulty: Path) -> None:
    load_into(state, faulty)
    two_reasons(state)
    view = view_of(qtbot, state)
    ignore(state)
    settle(qtbot, view)
    assert view.pages.sentence == "Nothing is ignored."
    assert view.model.rowCount() == 0


def test_the_model_keeps_qts_promises(qtbot: QtBot, state: WorkState, faulty: Path) -> None:
    load_into(state, faulty)
    view = view_of(qtbot, state)
    tester = QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    two_reasons(state)
    settle(qtbot, view)
    opened(qtbot, view, KNOWN)
    ignore(state)
    settle(qtbot, view)
    tester.deleteLater()


def test_every_part_has_room_and_a_name_and_text_is_text(
    qtbot: QtBot, state: WorkState, faulty: Path, scheme: object, direction: object, text_size: int
) -> None:
    load_into(state, faulty)
    two_reasons(state)
    view = view_of(qtbot, state, 1024)
    for index in (view.model.index(0, 0), view.model.index(0, 0, opened(qtbot, view, KNOWN))):
        view.view.setCurrentIndex(index)
        assert cut_widgets(view) == []
    assert nameless(view) == []
    assert acting_labels(view) == []
