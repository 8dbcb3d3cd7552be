"""The plan's model, its panel, and one file's before and after."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, encoded, mip_in_source_series, rt_set, with_raw_value
from tests.qt.plan_scene import Scene, scene
from tests.qt.room import cut_widgets
from tests.qt.synthetic_catalog import GrowingCatalog, record
from tests.watch import SourceFolders
from uidscope.core.catalog.tree import Node
from uidscope.core.plan.intention import Plan, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.plan.told.preview import plan_rows
from uidscope.core.uid.schemes import SchemeOptions, make_scheme
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.cells import CELL_ROLE, Cell, DiffCell, DiffSide, NameCell, Tone
from uidscope.qt.kit.colour_tokens import Scheme, Verdict
from uidscope.qt.kit.dock_title import TOOLS_HEIGHT, DockTitle
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.kit.run_label import RunLabel
from uidscope.qt.panels.plan_panel import PlanPanel
from uidscope.qt.planning.file_changes_model import FileChangesModel
from uidscope.qt.planning.plan_cells import ChangeColumn, PlanColumn, before_after
from uidscope.qt.planning.plan_model import ENTRY_ROLE, ROWS_AT_A_TIME, PlanModel
from uidscope.qt.planning.plan_operations import PlanOptions, undo, undo_text
from uidscope.qt.state import WorkState
from uidscope.qt.tasks import TaskRunner

ONE, TWO = Study(1), Study(2)


@pytest.fixture
def work(qtbot: QtBot, make_source: SourceFolders) -> Iterator[Scene]:
    images = ct_series(3, study=TWO)
    folder = make_source([*rt_set(study=ONE).all, *images, mip_in_source_series(images)])
    with scene(qtbot, folder) as made:
        yield made


@pytest.fixture
def panel(work: Scene, qtbot: QtBot) -> PlanPanel:
    made = PlanPanel(work.state, work.runner, work.questions)
    qtbot.addWidget(made)
    made.resize(1400, 500)
    made.show()
    return made


@pytest.fixture
def title(panel: PlanPanel, qtbot: QtBot) -> DockTitle:
    made = DockTitle(TOOLS_HEIGHT)
    qtbot.addWidget(made)
    panel.fill_title(made)
    made.resize(1400, TOOLS_HEIGHT)
    made.show()
    return made


def cell(model: QAbstractItemModel, row: int, column: int, group: QModelIndex) -> Cell:
    found: Cell = model.index(row, column, group).data(CELL_ROLE)
    return found


def groups(model: PlanModel) -> dict[str, QModelIndex]:
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return {index.data(CELL_ROLE).text: index for index in indexes}


def summary(title: DockTitle) -> str:
    label = title.findChild(RunLabel)
    assert isinstance(label, RunLabel)
    return label.accessibleName()


def banners(panel: QWidget) -> list[Banner]:
    return [banner for banner in panel.findChildren(Banner) if banner.isVisible()]


# Values before and after


def parts(shown: DiffCell) -> list[tuple[str, bool]]:
    return [(part.text, part.changed) for part in shown.parts]


def test_what_two_uids_share_is_not_marked() -> None:
    pair = before_after("1.2.840.113.5.77", "1.2.840.113.58.1")
    assert parts(pair.before) == [("1.2.840.113.", False), ("5.77", True)]
    assert parts(pair.after) == [("1.2.840.113.", False), ("58.1", True)]
    assert (pair.before.side, pair.after.side) == (DiffSide.OLD, DiffSide.NEW)


def test_without_a_shared_root_only_the_new_one_is_marked() -> None:
    pair = before_after("1.3.6.1", "2.25.4")
    assert parts(pair.before) == [("1.3.6.1", False)]
    assert parts(pair.after) == [("2.25.4", True)]


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("", "2.25.4", [], [("2.25.4", True)]),
        ("1.2", "1.2.3", [("1.", False), ("2", True)], [("1.", False), ("2.3", True)]),
        ("101112.5", "101113", [("101112.5", True)], [("101113", True)]),
        ("a signature", "", [("a signature", True)], []),
        ("1.2.3", "1.2.3", [("1.2.3", False)], [("1.2.3", False)]),
    ],
)
def test_other_values_are_marked_whole(
    old: str, new: str, before: list[tuple[str, bool]], after: list[tuple[str, bool]]
) -> None:
    pair = before_after(old, new)
    assert parts(pair.before) == before
    assert parts(pair.after) == after


# The model


def test_entries_stand_in_groups_by_kind(work: Scene, panel: PlanPanel, qtmodeltester: object) -> None:
    work.plan("copy", work.node(ONE.uid(), "study"))
    model = panel.model
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    found = groups(model)
    assert list(found) == ["Study", "Series", "Instance", "Frame of Reference"]
    assert work.state.uid_map is not None
    rows = plan_rows(work.catalog, work.state.uid_map)
    assert sum(model.rowCount(index) for index in found.values()) == len(rows)
    head = found["Instance"].data(CELL_ROLE)
    assert isinstance(head, NameCell)
    assert (head.secondary, head.group, head.strong) == ("6", True, True)


def test_a_row_says_what_becomes_of_what_and_why(work: Scene, panel: PlanPanel) -> None:
    work.plan("derived-series", work.node(ONE.uid(2), "series"))
    assert work.state.uid_map is not None
    instances = groups(panel.model)["Instance"]
    entry = panel.model.index(0, 0, instances).data(ENTRY_ROLE)
    texts = [panel.model.index(0, column, instances).data() for column in PlanColumn]
    # The structure set names it twice: as an image of the series and in a contour.
    assert texts == ["Image 1", entry.old, entry.new, "New derived series", texts[4], "1"]
    assert int(texts[4]) >= 1
    assert panel.model.index(0, 0, groups(panel.model)["Series"]).data() == "CT axial"


def test_one_series_that_becomes_two_says_in_how_many_files(work: Scene, panel: PlanPanel) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    series = groups(panel.model)["Series"]
    said = {panel.model.index(row, 0, series).data() for row in range(panel.model.rowCount(series))}
    assert said == {"CT axial, in 1 file only", "CT axial, in 3 files only"}


def test_a_frame_of_reference_has_a_name_too(work: Scene, panel: PlanPanel) -> None:
    work.plan("copy", work.node(TWO.uid(), "study"))
    frames = groups(panel.model)["Frame of Reference"]
    assert panel.model.index(0, 0, frames).data() == "Frame of reference"


def test_what_is_no_new_uid_stands_in_a_group_of_its_own(qtbot: QtBot, make_source: SourceFolders) -> None:
    padded = with_raw_value(encoded(ct_series(1, study=TWO)[0]), "FrameOfReferenceUID", b"1.2.3.4.50  ")
    folder = make_source(files={"padded.dcm": padded})
    with scene(qtbot, folder) as made:
        panel = PlanPanel(made.state, made.runner, made.questions)
        qtbot.addWidget(panel)
        bar = DockTitle(TOOLS_HEIGHT)
        qtbot.addWidget(bar)
        panel.fill_title(bar)
        made.plan("repair")
        (group,) = groups(panel.model).values()
        assert group.data() == "Encoding and file meta, 1"
        row = [panel.model.index(0, column, group).data() for column in PlanColumn]
        assert row[0] == "FrameOfReferenceUID"
        assert row[2] == "1.2.3.4.50"
        assert row[3].endswith("(UID-S08)")
        assert summary(bar).startswith("0 new UIDs 1 other change ")
        assert panel.windowTitle() == "Plan 1"
        assert panel.changes.model.index(0, ChangeColumn.WHY).data() == "written as it should be"
        assert undo_text(made.state) == "Undo: repair of everything loaded"


def test_every_cell_speaks(work: Scene, panel: PlanPanel) -> None:
    work.plan("copy")
    for model in (panel.model, panel.changes.model):
        for row in range(model.rowCount()):
            said = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            assert said


def test_a_long_plan_is_read_page_by_page(qtmodeltester: object) -> None:
    many = GrowingCatalog()
    many.add(record(number) for number in range(2 * ROWS_AT_A_TIME + 5))
    with many.catalog as catalog:
        plan = Plan((new_intention("instances"),))
        uid_map = derive_map(catalog, plan, IssuedUids(), make_scheme(SchemeOptions()))
        model = PlanModel()
        model.set_map(catalog, uid_map)
        group = model.index(0, 0)
        assert model.rowCount(group) == 0
        seen = []
        while model.canFetchMore(group):
            model.fetchMore(group)
            seen.append(model.rowCount(group))
        assert seen == [ROWS_AT_A_TIME, 2 * ROWS_AT_A_TIME, 2 * ROWS_AT_A_TIME + 5]
        entries = [model.index(row, 0, group).data(ENTRY_ROLE) for row in range(seen[-1])]
        assert entries == list(uid_map.entries())
        qtmodeltester.check(model)  # type: ignore[attr-defined]
        model.set_map(None, None)
        assert model.rowCount() == 0


def test_more_rows_come_when_they_are_scrolled_to(qtbot: QtBot) -> None:
    many = GrowingCatalog()
    many.add(record(number) for number in range(5 * ROWS_AT_A_TIME))
    with_state = scene_of(qtbot, many)
    with_state.plan("instances")
    panel = PlanPanel(with_state.state, with_state.runner, with_state.questions)
    qtbot.addWidget(panel)
    panel.resize(1000, 400)
    panel.show()
    group = panel.model.index(0, 0)
    with_state.settle()
    assert panel.model.rowCount(group) < 5 * ROWS_AT_A_TIME
    bar = panel.view.verticalScrollBar()
    while panel.model.canFetchMore(group):
        before = panel.model.rowCount(group)
        bar.setValue(bar.maximum())
        qtbot.waitUntil(partial(has_more, panel.model, group, before))
    assert panel.model.rowCount(group) == 5 * ROWS_AT_A_TIME
    with_state.settle()
    with_state.state.replace_catalog(None, ())


def has_more(model: PlanModel, group: QModelIndex, before: int) -> bool:
    return model.rowCount(group) > before


def scene_of(qtbot: QtBot, many: GrowingCatalog) -> Scene:
    made = Scene(qtbot, WorkState(), TaskRunner(), TaskRunner())
    made.state.replace_catalog(many.catalog, ("/import",))
    return made


# The panel


def test_the_views_are_known_by_their_names(panel: PlanPanel) -> None:
    for name in ("planView", "planChangesView"):
        view = panel.findChild(RowTreeView, name)
        assert isinstance(view, RowTreeView)
        assert view.accessibleName()
    assert all(button.accessibleName() for button in panel.findChildren(QAbstractButton))


def test_an_empty_plan_says_what_to_do(panel: PlanPanel, title: DockTitle, work: Scene, qtbot: QtBot) -> None:
    assert not panel.view.isVisible()
    assert summary(title) == "No new UIDs"
    assert panel.windowTitle() == "Plan"
    (button,) = (button for button in panel.findChildren(QAbstractButton) if button.isVisible())
    with qtbot.waitSignal(panel.regenerate):
        button.click()


def test_the_head_says_what_the_plan_comes_to(work: Scene, panel: PlanPanel, title: DockTitle) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    work.settle()
    assert summary(title) == "6 new UIDs UUID under 2.25 4 files 3 references follow"
    assert panel.windowTitle() == "Plan 6"
    assert panel.view.isVisible()


def test_undo_is_a_button_with_its_sentence(work: Scene, panel: PlanPanel, title: DockTitle) -> None:
    work.plan(
        "derived-series",
        work.node(TWO.uid(2), "series"),
        options=PlanOptions(series_description="anything"),
    )
    (button,) = title.findChildren(QAbstractButton)
    assert button.isVisible()
    assert button.accessibleName() == "Undo: new derived series from CT axial"
    work.state.set_busy(True)
    assert not button.isEnabled()
    work.state.set_busy(False)
    button.click()
    work.settle()
    assert work.state.uid_map is None
    assert not button.isVisible()
    assert summary(title) == "No new UIDs"


def test_the_selected_row_shows_what_changes_in_its_file(work: Scene, panel: PlanPanel) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    instances = groups(panel.model)["Instance"]
    rows = [panel.model.index(row, 0, instances) for row in range(4)]
    mip = next(index for index in rows if index.data() == "Image 4")
    panel.view.setCurrentIndex(mip)
    work.settle()
    changes = panel.changes.model
    texts = {
        changes.index(row, ChangeColumn.ELEMENT).data(): [
            changes.index(row, column).data() for column in list(ChangeColumn)[1:]
        ]
        for row in range(changes.rowCount())
    }
    entry = mip.data(ENTRY_ROLE)
    assert texts["SOPInstanceUID"] == [entry.old, entry.new, "planned"]
    assert texts["meta.MediaStorageSOPInstanceUID"] == [entry.old, entry.new, "follows the dataset"]
    first = panel.model.index(0, 0, instances).data(ENTRY_ROLE)
    reference = texts["SourceImageSequence[1].ReferencedSOPInstanceUID"]
    assert reference == [first.old, first.new, "follows what it names"]
    assert "StudyInstanceUID" not in texts
    said = [label.accessibleName() for label in panel.changes.findChildren(RunLabel)]
    assert said[0].startswith("0010.dcm ")
    assert f"{changes.rowCount()} of " in said[0]


def test_the_changes_of_every_row_can_be_shown(work: Scene, panel: PlanPanel) -> None:
    work.plan("copy")
    for group in groups(panel.model).values():
        panel.view.setCurrentIndex(panel.model.index(0, 0, group))
        work.settle()
        entry = panel.model.index(0, 0, group).data(ENTRY_ROLE)
        changes = panel.changes.model
        news = {changes.index(row, ChangeColumn.AFTER).data() for row in range(changes.rowCount())}
        assert entry.new in news


def test_a_file_that_has_gone_is_told(work: Scene, panel: PlanPanel, make_source: SourceFolders) -> None:
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    source = Path(work.state.paths[0])
    hidden = source / "0007.dcm"
    hidden.rename(source.parent / "away.dcm")
    panel.view.setCurrentIndex(QModelIndex())
    panel.view.setCurrentIndex(panel.model.index(0, 0, panel.model.index(0, 0)))
    work.settle()
    (label,) = panel.changes.findChildren(RunLabel)
    assert os.fspath(hidden) in label.accessibleName()
    assert panel.changes.model.rowCount() == 0
    (source.parent / "away.dcm").rename(hidden)
    make_source.watch(source)


def test_a_row_leads_to_its_place_in_the_tree(work: Scene, panel: PlanPanel) -> None:
    work.plan("copy", work.node(TWO.uid(), "study"))
    went: list[tuple[Node, ...]] = []
    panel.go_to.connect(went.append)
    for name in ("Study", "Series", "Frame of Reference"):
        panel.view.activated.emit(panel.model.index(0, 0, groups(panel.model)[name]))
    study, series, frame = went
    assert study == (work.node(TWO.uid(), "study"),)
    assert series == (work.node(TWO.uid(2), "series"),)
    assert frame[0].level == "instance"


def test_a_conflict_says_why_the_export_is_blocked_and_shows_its_files(
    work: Scene, panel: PlanPanel, qtbot: QtBot
) -> None:
    work.plan("derived-series", work.node(TWO.uid(2, 4), "instance"))
    assert not banners(panel)
    work.plan("copy", work.node(TWO.uid(), "study"))
    (conflict,) = banners(panel)
    assert conflict.verdict is Verdict.ERROR
    assert "A conflict blocks the export" in conflict.accessibleName()
    assert "1 file would be treated by two steps of the plan" in conflict.accessibleName()
    with qtbot.waitSignal(panel.go_to) as went:
        conflict.triggered.emit(0)
    assert went.args == [(work.node(TWO.uid(2, 4), "instance"),)]
    undo(work.state, work.runner)
    work.settle()
    assert not banners(panel)


def test_an_open_decision_blocks_the_export_and_says_why(qtbot: QtBot, make_source: SourceFolders) -> None:
    images = ct_series(3, study=TWO)
    other = ct_series(1, study=TWO)[0]
    other.SeriesInstanceUID = TWO.uid(9)
    folder = make_source([*images, other, mip_in_source_series(images)])
    with scene(qtbot, folder) as made:
        panel = PlanPanel(made.state, made.runner, made.questions)
        qtbot.addWidget(panel)
        panel.show()
        made.plan("instances", made.node(TWO.uid(9), "series"))
        made.plan("derived-series", made.node(TWO.uid(2), "series"))
        decision = banners(panel)[0]
        assert decision.verdict is Verdict.WARNING
        assert "blocked until this is decided" in decision.accessibleName()
        assert "it is not clear which of them is meant" in decision.accessibleName()


def test_another_catalog_empties_the_panel(work: Scene, panel: PlanPanel, title: DockTitle) -> None:
    work.plan("copy")
    work.state.replace_catalog(None, ())
    work.settle()
    assert (panel.model.rowCount(), panel.changes.model.rowCount()) == (0, 0)
    assert summary(title) == "No new UIDs"


def test_the_model_of_changes_is_sound(work: Scene, panel: PlanPanel, qtmodeltester: object) -> None:
    empty = FileChangesModel()
    qtmodeltester.check(empty)  # type: ignore[attr-defined]
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    work.settle()
    assert panel.changes.model.rowCount()
    qtmodeltester.check(panel.changes.model)  # type: ignore[attr-defined]


def test_nothing_is_cut(
    work: Scene,
    panel: PlanPanel,
    title: DockTitle,
    scheme: Scheme,
    direction: Qt.LayoutDirection,
    text_size: int,
) -> None:
    work.plan("instances", work.node(TWO.uid(2, 1), "instance"))
    work.plan("copy", work.node(TWO.uid(), "study"))
    panel.resize(1024, 400)
    title.resize(1024, title.sizeHint().height())
    QApplication.processEvents()
    assert cut_widgets(panel) == []
    assert cut_widgets(title) == []


def listed(panel: PlanPanel) -> list[str]:
    """The element paths of the rows of one file, in their order."""
    model = panel.changes.model
    return [str(model.index(row, ChangeColumn.ELEMENT).data()) for row in range(model.rowCount())]


def test_what_stays_is_hidden_until_all_is_asked_for(work: Scene, panel: PlanPanel) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    panel.view.setCurrentIndex(panel.model.index(0, 0, groups(panel.model)["Instance"]))
    work.settle()
    changing = listed(panel)
    assert "Rows" not in changing
    switch = panel.changes.switch
    next(each for each in switch.findChildren(QAbstractButton) if each.accessibleName() == "All").click()
    work.settle()
    everything = listed(panel)
    assert set(changing) < set(everything)
    model = panel.changes.model
    row = everything.index("Rows")
    stays = [model.index(row, column).data(CELL_ROLE) for column in ChangeColumn]
    assert {each.tone for each in stays} == {Tone.TEXT2}
    assert stays[ChangeColumn.BEFORE].text == stays[ChangeColumn.AFTER].text != ""
    pixels = everything.index("PixelData")
    assert model.index(pixels, ChangeColumn.BEFORE).data().endswith(" bytes")
    assert "hidden" not in panel.changes.findChildren(RunLabel)[0].accessibleName()


def test_a_button_goes_from_change_to_change_among_all(work: Scene, panel: PlanPanel) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    panel.view.setCurrentIndex(panel.model.index(0, 0, groups(panel.model)["Instance"]))
    work.settle()
    changing = listed(panel)
    switch = panel.changes.switch
    next(each for each in switch.findChildren(QAbstractButton) if each.accessibleName() == "All").click()
    work.settle()

    def at_hand() -> str:
        return str(panel.changes.view.currentIndex().siblingAtColumn(ChangeColumn.ELEMENT).data())

    met = [at_hand()]
    for _ in changing[1:]:
        panel.changes.next_button.click()
        met.append(at_hand())
    assert sorted(met) == sorted(changing)
    panel.changes.next_button.click()
    assert at_hand() == met[0]
    panel.changes.previous_button.click()
    assert at_hand() == met[-1]


def test_without_a_file_there_is_no_way_to_a_change(work: Scene, panel: PlanPanel) -> None:
    assert not panel.changes.next_button.isEnabled()
    assert not panel.changes.previous_button.isEnabled()


def test_the_bar_says_that_the_plan_is_exported_until_it_changes(
    work: Scene, panel: PlanPanel, title: DockTitle
) -> None:
    work.plan("derived-series", work.node(TWO.uid(2), "series"))
    work.settle()
    assert "exported" not in summary(title)
    work.state.set_exported()
    assert summary(title).endswith("exported")
    work.plan("instances", work.node(ONE.uid(2), "series"))
    assert "exported" not in summary(title)
