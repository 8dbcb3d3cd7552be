"""The tree's model: what it shows, in pages, and what stays while it grows."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester

from tests.qt.synthetic_catalog import GrowingCatalog, record
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.node_counts import count_nodes
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, Node, child_ids, children
from uidscope.core.catalog.tree_filter import TreeFilter, severity_filter, text_filter
from uidscope.core.catalog.tree_order import Order
from uidscope.qt.kit.cells import CELL_ROLE, BadgesCell, NameCell, TextCell, UidCell
from uidscope.qt.kit.row_tree_view import RowTreeView
from uidscope.qt.tree import hierarchy_branch, hierarchy_model
from uidscope.qt.tree.hierarchy_branch import Question
from uidscope.qt.tree.hierarchy_columns import Column
from uidscope.qt.tree.hierarchy_model import NODE_ROLE, HierarchyModel


@pytest.fixture
def growing() -> Iterator[GrowingCatalog]:
    growing = GrowingCatalog()
    yield growing
    growing.catalog.close()


CHUNK, MOST = 20, 240


@pytest.fixture
def model(growing: GrowingCatalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[HierarchyModel]:
    """A model over the growing catalog, held to Qt's rules at every change: a breach is a Qt warning."""
    monkeypatch.setattr(hierarchy_branch, "ROWS_AT_A_TIME", CHUNK)
    monkeypatch.setattr(hierarchy_branch, "MOST_ROWS", MOST)
    model = HierarchyModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    # It would fetch within a reset, and blame the model for rows that come then.
    tester.setUseFetchMore(False)
    model.set_catalog(growing.catalog)
    yield model
    model.set_catalog(None)


def fetch_all(model: HierarchyModel, parent: QModelIndex) -> None:
    """As a tree view does that is scrolled to the end."""
    model.fetchMore(parent)
    while model.can_fetch_after(parent):
        model.fetch_after(parent)


def open_all(model: HierarchyModel, parent: QModelIndex = QModelIndex()) -> None:  # noqa: B008
    fetch_all(model, parent)
    for row in range(model.rowCount(parent)):
        open_all(model, model.index(row, 0, parent))


def shown(model: HierarchyModel, parent: QModelIndex = QModelIndex()) -> list[Node]:  # noqa: B008
    """All announced nodes, depth first."""
    nodes: list[Node] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        nodes += [model.data(index, NODE_ROLE), *shown(model, index)]
    return nodes


def next_slice() -> None:
    """Let the event loop turn once."""
    QCoreApplication.processEvents()


def everything(catalog: Catalog, node: Node = ROOT) -> list[Node]:
    return [each for row in children(catalog, node) for each in (row.node, *everything(catalog, row.node))]


def only_series(catalog: Catalog) -> Node:
    """The series of a catalog that has but one."""
    patient = children(catalog, ROOT)[0].node
    return children(catalog, children(catalog, patient)[0].node)[0].node


def test_model_without_catalog_is_empty(qtmodeltester: ModelTester) -> None:
    model = HierarchyModel()
    qtmodeltester.check(model)
    assert model.rowCount() == 0
    assert not model.hasChildren()
    assert model.index_of(Node("patient", 1)) == QModelIndex()


def test_model_shows_what_the_catalog_holds(growing: GrowingCatalog, model: HierarchyModel) -> None:
    growing.add(
        record(number, patient=patient, study=study, series=series)
        for patient, study in (("ALPHA", 1), ("ALPHA", 2), ("BETA", 3))
        for series in (1, 2)
        for number in (1, 2, 3)
    )
    growing.add([record(2, uid="1.2.3.4.5.6.7"), record(2, path="copy/IM2.dcm", uid="1.2.3.4.5.6.7")])
    model.grow()
    open_all(model)
    assert shown(model) == everything(growing.catalog)


def test_each_index_is_found_again_by_its_node(growing: GrowingCatalog, model: HierarchyModel) -> None:
    growing.add(record(number, series=series) for series in (1, 2, 10) for number in range(1, 8))
    model.grow()
    for node in everything(growing.catalog):
        index = model.index_of(node)
        assert model.data(index, NODE_ROLE) == node
        assert model.node(model.parent(index)) == (
            ROOT if node.level == "patient" else model.data(index.parent(), NODE_ROLE)
        )


def test_long_series_is_announced_in_chunks(growing: GrowingCatalog, model: HierarchyModel) -> None:
    count = 2 * CHUNK + 7
    growing.add(record(number) for number in range(1, count + 1))
    model.grow()
    series = model.index_of(only_series(growing.catalog))
    announced: list[int] = []
    model.rowsInserted.connect(lambda _parent, first, last: announced.append(last - first + 1))
    assert model.hasChildren(series)
    assert model.rowCount(series) == 0
    fetch_all(model, series)
    assert announced == [CHUNK, CHUNK, 7]
    last = model.index(count - 1, Column.NUMBER, series)
    assert model.data(last, CELL_ROLE) == TextCell(str(count))


def test_far_row_is_announced_with_its_neighbours_alone(
    growing: GrowingCatalog, model: HierarchyModel
) -> None:
    count = 6 * CHUNK
    growing.add(record(number) for number in range(1, count + 1))
    model.grow()
    series = only_series(growing.catalog)
    ids = child_ids(growing.catalog, series)
    far = Node("instance", ids[4 * CHUNK])
    assert not model.known_index(far).isValid()
    assert model.data(model.index_of(far), NODE_ROLE) == far
    parent = model.known_index(series)
    assert model.rowCount(parent) == CHUNK
    assert model.can_fetch_after(parent)
    assert model.can_fetch_before(parent)
    kept = QPersistentModelIndex(model.known_index(far))
    fetch_all(model, parent)
    while model.can_fetch_before(parent):
        model.fetch_before(parent)
    assert model.data(kept, NODE_ROLE) == far
    assert [node.id for node in shown(model, parent)] == list(ids)


def test_no_branch_is_ever_announced_in_full_length_where_it_is_too_long(
    growing: GrowingCatalog, model: HierarchyModel
) -> None:
    count = MOST + 3 * CHUNK
    growing.add(record(number) for number in range(1, count + 1))
    model.grow()
    series = only_series(growing.catalog)
    parent = model.index_of(series)
    ids = child_ids(growing.catalog, series)
    model.fetchMore(parent)
    while model.can_fetch_after(parent):
        model.fetch_after(parent)
        assert model.rowCount(parent) <= MOST
    assert model.node(model.index(MOST - 1, 0, parent)).id == ids[-1]
    growing.add(record(number) for number in range(count + 1, count + 4))
    model.grow()
    assert model.rowCount(parent) <= MOST
    model.index_of(Node("instance", ids[0]))
    assert model.node(model.index(0, 0, parent)).id == ids[0]


def test_order_of_very_many_is_asked_for(
    growing: GrowingCatalog, model: HierarchyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hierarchy_model, "_LONG", 5)
    growing.add(record(number) for number in range(1, 8))
    model.grow()
    next_slice()
    asked: list[tuple[Node, Question]] = []
    model.order_wanted.connect(lambda node, question: asked.append((node, question)))
    series = only_series(growing.catalog)
    parent = model.index_of(series)
    model.fetchMore(parent)
    image = everything(growing.catalog, series)[3]
    assert (model.rowCount(parent), model.hasChildren(parent)) == (0, True)
    assert model.waits_for(image)
    assert not model.index_of(image).isValid()
    ((node, question),) = asked
    answer = question()
    growing.add([record(8)])
    next_slice()
    model.grow()
    model.take_order(node, list, [])
    assert model.rowCount(parent) == 0
    model.take_order(node, question, answer)
    assert model.rowCount(parent) == 7
    assert not model.waits_for(image)
    assert model.data(model.index_of(image), NODE_ROLE) == image
    # What had come meanwhile is asked for at once, and what comes later when it comes.
    model.take_order(*asked[1], asked[1][1]())
    assert [each.id for each in shown(model, parent)] == list(child_ids(growing.catalog, series))
    growing.add([record(9)])
    next_slice()
    model.grow()
    assert model.rowCount(parent) == 8
    model.take_order(*asked[2], asked[2][1]())
    assert model.rowCount(parent) == 9
    assert len(asked) == 3


def test_of_many_series_opened_at_once_most_are_ordered_in_the_background(
    growing: GrowingCatalog, model: HierarchyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hierarchy_model, "_LONG", 20)
    growing.add(record(number, series=series) for series in range(1, 6) for number in range(1, 8))
    model.grow()
    study = children(growing.catalog, children(growing.catalog, ROOT)[0].node)[0].node
    every_series = [model.index_of(row.node) for row in children(growing.catalog, study)]
    next_slice()
    asked: list[tuple[Node, Question]] = []
    model.order_wanted.connect(lambda node, question: asked.append((node, question)))
    for index in every_series:
        model.fetchMore(index)
    assert [model.rowCount(index) for index in every_series] == [7, 7, 0, 0, 0]
    for node, question in asked:
        model.take_order(node, question, question())
    assert [model.rowCount(index) for index in every_series] == [7] * 5
    asked.clear()
    next_slice()
    growing.add(record(8, series=series) for series in range(1, 6))
    model.grow()
    assert [model.rowCount(index) for index in every_series] == [8, 7, 7, 7, 7]
    for node, question in asked:
        model.take_order(node, question, question())
    assert [model.rowCount(index) for index in every_series] == [8] * 5


def test_very_many_patients_are_ordered_in_the_background(
    growing: GrowingCatalog, model: HierarchyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing.add(record(1, patient=name, study=at) for at, name in enumerate(("GAMMA", "ALPHA", "BETA")))
    monkeypatch.setattr(hierarchy_model, "_LONG", 3)
    asked: list[tuple[Node, Question]] = []
    model.order_wanted.connect(lambda node, question: asked.append((node, question)))
    model.set_catalog(growing.catalog)
    assert model.rowCount() == 0
    patients = [row.node for row in children(growing.catalog, ROOT)]
    assert model.waits_for(patients[0])
    ((node, question),) = asked
    model.take_order(node, question, question())
    assert [model.node(model.index(row, 0)) for row in range(model.rowCount())] == patients


def test_a_view_that_lays_out_anew_gets_no_more_rows_for_it(
    growing: GrowingCatalog, model: HierarchyModel
) -> None:
    view = RowTreeView()
    view.setModel(model)
    growing.add(record(number) for number in range(1, 4 * CHUNK))
    model.grow()
    series = model.index_of(only_series(growing.catalog))
    view.expand(series.parent().parent())
    view.expand(series.parent())
    view.expand(series)
    for _ in range(3):
        view.doItemsLayout()
        assert model.rowCount(series) == CHUNK
    assert model.can_fetch_after(series)
    view.setModel(None)


def test_children_stand_in_the_order_that_is_wanted(growing: GrowingCatalog, model: HierarchyModel) -> None:
    growing.add(record(number) for number in range(1, CHUNK + 5))
    model.set_order(Order("number", descending=True))
    open_all(model)
    series = only_series(growing.catalog)
    numbers = [
        model.data(model.index(row, Column.NUMBER, model.index_of(series)), CELL_ROLE).text
        for row in range(CHUNK + 4)
    ]
    assert numbers == [str(number) for number in range(CHUNK + 4, 0, -1)]
    growing.add([record(CHUNK + 5)])
    model.grow()
    first = model.index(0, Column.NUMBER, model.index_of(series))
    assert model.data(first, CELL_ROLE) == TextCell(str(CHUNK + 5))
    model.set_order(None)
    open_all(model)
    assert shown(model) == everything(growing.catalog)


def test_growth_keeps_selection_expansion_and_indexes(growing: GrowingCatalog, model: HierarchyModel) -> None:
    view = RowTreeView()
    view.setModel(model)
    growing.add(record(number, patient="BETA", study=2, series=2) for number in (10, 20, 30))
    model.grow()
    series_node = only_series(growing.catalog)
    instances = everything(growing.catalog, series_node)
    wanted = model.index_of(instances[1])
    view.expand(model.index_of(series_node))
    view.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.Select)
    kept = QPersistentModelIndex(wanted)

    # Before, between and behind what is there, at every level.
    growing.add(record(number, patient="BETA", study=2, series=2) for number in (5, 15, 25, 35))
    growing.add(record(1, patient="BETA", study=2, series=series) for series in (1, 3))
    growing.add([record(1, patient="ALPHA", study=1), record(1, patient="GAMMA", study=4)])
    model.grow()

    assert model.data(kept, NODE_ROLE) == instances[1]
    assert [model.data(index, NODE_ROLE) for index in view.selectionModel().selectedIndexes()] == [
        instances[1]
    ]
    assert view.isExpanded(model.index_of(series_node))
    assert shown(model, model.index_of(series_node)) == everything(growing.catalog, series_node)
    view.setModel(None)


def test_instance_that_gets_a_second_file_can_be_opened(
    growing: GrowingCatalog, model: HierarchyModel
) -> None:
    growing.add([record(1), record(2)])
    model.grow()
    instance = everything(growing.catalog)[-1]
    assert not model.hasChildren(model.index_of(instance))
    growing.add([record(2, path="copy/IM2.dcm")])
    model.grow()
    index = model.index_of(instance)
    assert model.hasChildren(index)
    model.fetchMore(index)
    assert [model.data(model.index(row, 0, index), CELL_ROLE).text for row in range(2)] == [
        "ALPHA/1/1/IM000002.dcm",
        "copy/IM2.dcm",
    ]


def test_cells_of_a_series_and_its_images(growing: GrowingCatalog, model: HierarchyModel) -> None:
    growing.add([record(1), record(2, uid="1.2.840.01.5")])
    growing.add([record(2, path="copy/IM2.dcm", uid="1.2.840.01.5")])
    keep_findings(
        growing.catalog,
        [Finding("UID-S04", "error", "instance", "1.2.840.01.5", "SOPInstanceUID", "SOPInstanceUID", (2, 3))],
    )
    model.grow()
    series = model.index_of(only_series(growing.catalog))
    assert model.data(series, CELL_ROLE) == NameCell("Series 1", "series", "2 images")
    assert model.data(series.siblingAtColumn(Column.MODALITY), CELL_ROLE) == TextCell("CT")
    assert model.data(series.siblingAtColumn(Column.DATE), CELL_ROLE) == TextCell("2026-03-11")
    assert model.data(series, Qt.ItemDataRole.AccessibleTextRole) == "Series 1, 2 images, 1 error"
    model.fetchMore(series)
    image = model.index(1, 0, series)
    assert model.data(image, CELL_ROLE) == NameCell("Image 2", "image", "2 file copies")
    uid = model.data(image.siblingAtColumn(Column.UID), CELL_ROLE)
    assert uid == UidCell("1.2.840.01.5", ((8, 10),))
    badges = model.data(image.siblingAtColumn(Column.STATUS), CELL_ROLE)
    assert isinstance(badges, BadgesCell)
    assert badges.badges[0].own


def test_text_filter_keeps_the_way_to_a_match_and_all_below_it(
    growing: GrowingCatalog, model: HierarchyModel
) -> None:
    growing.add(
        record(number, patient=patient, study=study)
        for patient, study in (("ALPHA", 1), ("ALPHA", 2), ("BETA", 3))
        for number in (1, 2)
    )
    model.set_filters([text_filter(growing.catalog, "study 2")])
    open_all(model)
    catalog = growing.catalog
    patient = children(catalog, ROOT)[0].node
    study = children(catalog, patient)[1].node
    assert shown(model) == [patient, study, *everything(catalog, study)]
    assert not model.index_of(children(catalog, ROOT)[1].node).isValid()
    model.set_filters([])
    open_all(model)
    assert shown(model) == everything(catalog)


def test_severity_filter_keeps_findings_and_what_is_above_them(
    growing: GrowingCatalog, model: HierarchyModel
) -> None:
    growing.add(record(number, series=series) for series in (1, 2) for number in (1, 2, 3))
    keep_findings(growing.catalog, [Finding("UID-S04", "error", "instance", "1", "", "", (5,))])
    model.set_filters([severity_filter(growing.catalog, "error")])
    open_all(model)
    assert [node.level for node in shown(model)] == ["patient", "study", "series", "instance"]
    model.set_filters([severity_filter(growing.catalog, "warning")])
    assert model.rowCount() == 0
    assert not model.hasChildren()


def test_filters_made_anew_leave_open_what_is_open(growing: GrowingCatalog, model: HierarchyModel) -> None:
    growing.add(record(number) for number in range(1, 5))
    catalog = growing.catalog
    instances = everything(catalog, only_series(catalog))

    def only(nodes: list[Node]) -> TreeFilter:
        counts = count_nodes(catalog, nodes)
        return TreeFilter(counts, counts)

    model.set_filters([only([instances[0], instances[2]])])
    kept = QPersistentModelIndex(model.index_of(instances[2]))
    model.replace_filters([only(instances[1:])])
    assert model.data(kept, NODE_ROLE) == instances[2]
    assert shown(model, model.index_of(only_series(catalog))) == instances[1:]
