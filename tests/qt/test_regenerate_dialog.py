"""The dialog that asks what is meant: its words, its numbers, and the intention that comes of it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from tests.builders import Study, ct_series, encoded, rt_set, set_unchecked, with_raw_value
from tests.qt.plan_scene import Scene, scene
from tests.qt.room import cut_widgets
from tests.watch import SourceFolders
from uidscope.core.catalog.tree import Node
from uidscope.core.plan.intention import Into, Selector
from uidscope.core.plan.provenance_choices import ProvenanceChoices, provenance_of
from uidscope.core.uid.schemes import SchemeOptions
from uidscope.qt.dialogs.regenerate.regenerate_dialog import RegenerateDialog
from uidscope.qt.kit.banner import Banner
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.plain_label import PlainLabel
from uidscope.qt.kit.run_label import RunLabel

ONE, TWO = Study(1), Study(2)
Ask = Callable[..., RegenerateDialog]
OWN_ROOT = "1.3.6.1.4.1.99999.7"


@pytest.fixture
def work(qtbot: QtBot, make_source: SourceFolders) -> Iterator[Scene]:
    folder = make_source([*rt_set(study=ONE).all, *ct_series(study=TWO)])
    with scene(qtbot, folder) as made:
        yield made


@pytest.fixture
def ask(work: Scene, qtbot: QtBot) -> Ask:
    """Shows the dialog for some places and waits for its numbers."""

    def show(*nodes: Node) -> RegenerateDialog:
        dialog = RegenerateDialog(work.state, work.runner, work.questions, nodes)
        qtbot.addWidget(dialog)
        dialog.show()
        work.settle()
        return dialog

    return show


def words(dialog: RegenerateDialog) -> str:
    labels = [label.text() for label in dialog.findChildren(PlainLabel) if label.isVisible()]
    return "\n".join([*labels, *(label.accessibleName() for label in dialog.findChildren(RunLabel))])


def choose(work: Scene, dialog: RegenerateDialog, kind: str) -> None:
    button = {
        "instances": "New identifiers for these objects",
        "derived-series": "A new derived series",
        "copy": "An independent copy",
        "pseudonymous": "Pseudonyms for every identifying UID",
        "move": "Move into another study or series",
    }[kind]
    (found,) = (each for each in dialog.findChildren(QRadioButton) if each.accessibleName() == button)
    found.click()
    work.settle()


def test_it_is_known_by_its_names(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(2), "series"))
    assert dialog.objectName() == "regenerateDialog"
    assert dialog.accessibleName()
    for kind in (QAbstractButton, QLineEdit):
        assert all(widget.accessibleName() for widget in dialog.findChildren(kind))


def test_the_selection_is_named_and_counted(work: Scene, ask: Ask) -> None:
    assert "CT axial 3 files" in words(ask(work.node(TWO.uid(2), "series")))
    nodes = [work.node(TWO.uid(2, number), "instance") for number in (1, 2)]
    assert "2 instances 2 files" in words(ask(*nodes))
    assert "Everything loaded 9 files" in words(ask())


@pytest.mark.parametrize(
    ("kind", "says"),
    [("instances", "Plan 3 new UIDs"), ("derived-series", "Plan 4 new UIDs"), ("copy", "Plan 6 new UIDs")],
)
def test_the_button_says_what_it_does_and_how_much(work: Scene, ask: Ask, kind: str, says: str) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    choose(work, dialog, kind)
    assert dialog.plan_button.text() == says
    dialog.plan_button.click()
    work.settle()
    assert not dialog.isVisible()
    (intention,) = work.state.history.plan.intentions
    assert intention.kind == kind
    assert work.state.uid_map is not None
    assert str(work.state.uid_map.entry_count()) in says


def test_looking_spends_no_uid_and_plans_nothing(work: Scene, ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    for kind in ("derived-series", "copy"):
        choose(work, dialog, kind)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert work.state.uid_map is None
    assert work.state.history.next_undo is None


def test_each_choice_says_what_happens(work: Scene, ask: Ask) -> None:
    said = words(ask(work.node(TWO.uid(2), "series")))
    assert "must be rejected there: a list is written" in said
    assert "references to the sources are kept" in said
    assert "gets a new UID only where all that share it are selected" in said


def test_the_description_of_the_new_series(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(2), "series"))
    assert not dialog.description_edit.isVisible()
    choose(work, dialog, "derived-series")
    assert dialog.description_edit.isVisible()
    dialog.description_edit.setText("x" * 65)
    assert "at most 64 characters" in words(dialog)
    assert not dialog.plan_button.isEnabled()
    dialog.description_edit.setText("CT axial, mended")
    assert dialog.plan_button.isEnabled()
    dialog.accept()
    work.settle()
    assert work.state.history.plan.intentions[0].series_description == "CT axial, mended"


def test_a_description_is_for_a_new_series_only(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(2), "series"))
    choose(work, dialog, "derived-series")
    dialog.description_edit.setText("CT axial, mended")
    choose(work, dialog, "copy")
    assert dialog.options.series_description is None
    assert dialog.plan_button.isEnabled()


def test_objects_that_refer_to_the_selection_come_along_if_wanted(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(ONE.uid(2), "series"))
    assert dialog.referrers_box.accessibleName() == "Also include the file that refers to it"
    assert "references go on naming the old UIDs" in words(dialog)
    assert not dialog.renew_box.isEnabled()
    dialog.referrers_box.click()
    work.settle()
    assert "with references to the new UIDs" in words(dialog)
    assert dialog.plan_button.text() == "Plan 3 new UIDs"
    dialog.renew_box.click()
    work.settle()
    # The structure set, and what names that: plan and dose.
    assert dialog.plan_button.text() == "Plan 6 new UIDs"
    dialog.accept()
    work.settle()
    (intention,) = work.state.history.plan.intentions
    assert (intention.with_referrers, intention.renew) == (True, True)


def test_where_nothing_refers_there_is_nothing_to_include(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(2), "series"))
    assert not dialog.referrers_box.isVisible()
    assert not dialog.renew_box.isVisible()
    assert "Nothing loaded outside the selection refers to it." in words(dialog)


def test_uuids_are_made_unless_told_otherwise(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(2), "series"))
    assert dialog.options.scheme == SchemeOptions()
    assert dialog.scheme.sample.text().startswith("2.25.")
    assert not dialog.scheme.root_edit.isEnabled()


def test_a_root_of_ones_own_is_checked_while_it_is_typed(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(2), "series"))
    dialog.scheme.choose("root-random")
    assert dialog.scheme.root_edit.isEnabled()
    assert "A root is needed" in dialog.scheme.check.said
    assert not dialog.plan_button.isEnabled()
    refused = {
        "1.2.840.10008.7": "only the standard itself uses",
        "1.02.3": "leading zero",
        "1.3.6.1.4.1.32473." + "1" * 30: "digits remain",
        "2.25.1": "is that of UUIDs",
    }
    for root, why in refused.items():
        dialog.scheme.root_edit.setText(root)
        assert why in dialog.scheme.check.said
        assert dialog.scheme.sample.text() == ""
        assert not dialog.plan_button.isEnabled()
    dialog.scheme.root_edit.setText("2.999.1")
    assert "examples only" in dialog.scheme.check.said
    assert dialog.plan_button.isEnabled()
    dialog.scheme.root_edit.setText("1.3.6.1.4.1.32473.7")
    assert "assigned to you" in dialog.scheme.check.said
    assert dialog.plan_button.isEnabled()
    dialog.scheme.root_edit.setText(OWN_ROOT)
    assert dialog.scheme.check.said == "This root can be used."
    assert dialog.scheme.sample.text().startswith(f"{OWN_ROOT}.")
    dialog.accept()
    work.settle()
    assert work.state.scheme == SchemeOptions("root-random", OWN_ROOT)
    assert work.state.uid_map is not None
    assert all(entry.new.startswith(f"{OWN_ROOT}.") for entry in work.state.uid_map.entries())


def test_another_scheme_that_was_in_use_stays_to_choose(work: Scene, ask: Ask) -> None:
    work.state.scheme = SchemeOptions("root-uuid", "1.3.6.1.4.1.32473")
    dialog = ask(work.node(TWO.uid(2), "series"))
    assert dialog.options.scheme == work.state.scheme
    assert dialog.scheme.sample.text().startswith("1.3.6.1.4.1.32473.")
    dialog.scheme.choose("uuid")
    assert dialog.options.scheme == SchemeOptions()


def test_what_is_planned_already_is_not_planned_again(work: Scene, ask: Ask) -> None:
    work.plan("copy", work.node(TWO.uid(), "study"))
    dialog = ask(work.node(TWO.uid(2), "series"))
    assert not dialog.plan_button.isEnabled()
    (banner,) = (banner for banner in dialog.findChildren(Banner) if banner.isVisible())
    assert "3 files would be treated by two steps of the plan" in banner.accessibleName()


def test_what_is_to_be_known_is_said_before(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    choose(work, dialog, "copy")
    (banner,) = (banner for banner in dialog.findChildren(Banner) if banner.isVisible())
    assert "Accession Number is kept" in banner.accessibleName()


def test_answers_that_come_too_late_find_no_dialog(work: Scene, qtbot: QtBot) -> None:
    dialog = RegenerateDialog(work.state, work.runner, work.questions, (work.node(TWO.uid(), "study"),))
    dialog.show()
    dialog.reject()
    dialog.deleteLater()
    qtbot.wait(10)
    work.settle()
    assert work.state.uid_map is None


def test_nothing_is_cut(
    work: Scene, ask: Ask, scheme: Scheme, direction: Qt.LayoutDirection, text_size: int
) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    choose(work, dialog, "copy")
    dialog.scheme.choose("root-random")
    dialog.scheme.root_edit.setText("1.3.6.1.4.1.32473")
    work.settle()
    assert dialog.width() <= 1024
    assert dialog.height() <= 700
    assert cut_widgets(dialog) == []


# What is offered, and what goes with it


def test_what_is_offered_follows_what_is_selected(work: Scene, ask: Ask) -> None:
    everything = ask()
    assert not everything.choices.is_offered("move")
    assert not everything.choices.is_offered("apart")
    assert not everything.choices.is_offered("repair")
    assert ask(work.node(TWO.uid(), "study")).choices.is_offered("move")


def test_pseudonyms_say_that_they_are_no_de_identification(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    assert "This is not de-identification" in words(dialog)
    choose(work, dialog, "pseudonymous")
    assert not dialog.more.original_box.isEnabled()
    dialog.plan_button.click()
    work.settle()
    assert work.state.history.plan.intentions[0].kind == "pseudonymous"


def test_what_a_copy_leaves_empty_is_seen_at_once(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    choose(work, dialog, "copy")
    assert not dialog.more.isVisible()
    dialog.more_fold.head.click()
    assert "the order finds original and copy" in words(dialog)
    dialog.more.emptied["accession"].click()
    work.settle()
    assert "Accession Number is kept" not in "".join(b.accessibleName() for b in dialog.findChildren(Banner))
    dialog.more.frame_box.click()
    work.settle()
    dialog.plan_button.click()
    work.settle()
    (intention,) = work.state.history.plan.intentions
    assert intention.choices.accession == "empty"
    assert intention.new_frame_of_reference


def test_options_are_there_only_where_they_apply(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    dialog.more_fold.head.click()
    shown = {}
    for kind in ("instances", "derived-series", "copy"):
        choose(work, dialog, kind)
        more = dialog.more
        parts = (more.frame_box, more.emptied["accession"], more.source_box, more.derivation)
        shown[kind] = [part.isVisible() for part in parts]
    assert shown == {
        "instances": [False, False, False, False],
        "derived-series": [True, False, True, False],
        "copy": [True, True, False, False],
    }


def test_what_files_tell_of_their_past_begins_as_the_intention_has_it(work: Scene, ask: Ask) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    for kind in ("instances", "copy", "derived-series"):
        choose(work, dialog, kind)
        by_itself = provenance_of(kind)
        assert dialog.more.original_box.isChecked() == by_itself.original_attributes
        assert dialog.more.equipment_box.isChecked() == by_itself.contributing_equipment
        assert dialog.options.provenance == ProvenanceChoices()
    dialog.more.source_box.click()
    dialog.more.original_box.click()
    assert dialog.options.provenance == ProvenanceChoices(original_attributes=False, source_reference=True)
    dialog.more.system_edit.setText("x" * 65)
    assert "at most 64 characters" in words(dialog)
    assert not dialog.plan_button.isEnabled()
    dialog.more.system_edit.setText("TEST PACS")
    work.settle()
    dialog.plan_button.click()
    work.settle()
    assert work.state.history.plan.intentions[0].provenance.modifying_system == "TEST PACS"


def test_a_move_needs_a_place_and_says_what_it_takes_over(work: Scene, ask: Ask, qtbot: QtBot) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    choose(work, dialog, "move")
    assert not dialog.plan_button.isEnabled()
    assert "Choose the study or series to move into." in words(dialog)
    qtbot.waitUntil(lambda: dialog.move_part.model.rowCount() == 7)
    qtmodel = dialog.move_part.model
    assert [qtmodel.index(0, column).data() for column in range(3)] == [
        "Test study, 2024-01-02",
        "TEST^ALPHA TEST-0001",
        ONE.uid(),
    ]
    dialog.move_part.choose(Into("study", ONE.uid()))
    work.settle()
    assert "PatientName TEST^ALPHA" in dialog.move_part.taken_over.said
    assert dialog.plan_button.isEnabled()
    dialog.move_part.choose(Into("study", TWO.uid()))
    work.settle()
    assert not dialog.plan_button.isEnabled()
    assert "leave them out of the selection" in "".join(
        banner.accessibleName() for banner in dialog.findChildren(Banner)
    )


def test_the_list_of_places_is_sound(work: Scene, ask: Ask, qtbot: QtBot, qtmodeltester: object) -> None:
    dialog = ask(work.node(TWO.uid(), "study"))
    qtbot.waitUntil(lambda: dialog.move_part.model.rowCount() == 7)
    qtmodeltester.check(dialog.move_part.model)  # type: ignore[attr-defined]


def test_what_somebody_approved_changes_once_that_was_acknowledged(
    qtbot: QtBot, make_source: SourceFolders
) -> None:
    rt = rt_set(2, study=ONE)
    rt.plan.ApprovalStatus = "APPROVED"
    with scene(qtbot, make_source(rt.all)) as work:
        dialog = RegenerateDialog(work.state, work.runner, work.questions, ())
        qtbot.addWidget(dialog)
        dialog.show()
        work.settle()
        assert dialog.acknowledge_box.isVisible()
        assert "approved for treatment" in dialog.acknowledge_box.accessibleDescription()
        assert not dialog.plan_button.isEnabled()
        dialog.acknowledge_box.click()
        work.settle()
        dialog.plan_button.click()
        work.settle()
        assert work.state.history.plan.acknowledged
        assert work.state.uid_map is not None
        work.state.uid_map.require_decided()


def test_repairs_are_ticked_rule_by_rule(qtbot: QtBot, make_source: SourceFolders) -> None:
    images = ct_series(2, study=TWO)
    for image in images:
        set_unchecked(image, "StudyInstanceUID", "1.2.03.4")
    padded = with_raw_value(encoded(ct_series(1, study=ONE)[0]), "FrameOfReferenceUID", b"1.2.3.4.50  ")
    with scene(qtbot, make_source(images, files={"padded.dcm": padded})) as work:
        dialog = RegenerateDialog(work.state, work.runner, work.questions, ())
        qtbot.addWidget(dialog)
        dialog.show()
        work.settle()
        dialog.choices.set_current("repair")
        boxes = dialog.repair_part.boxes
        assert [(code, box.isChecked()) for code, box in boxes.items()] == [
            ("UID-S08", True),
            ("UID-S04", False),
        ]
        assert "This also replaces a Study Instance UID" not in words(dialog)
        boxes["UID-S04"].click()
        work.settle()
        assert "This also replaces a Study Instance UID" in words(dialog)
        assert dialog.plan_button.text() == "Plan 1 new UID"
        boxes["UID-S04"].click()
        work.settle()
        assert dialog.plan_button.text() == "Plan the repair"
        boxes["UID-S08"].click()
        assert not dialog.plan_button.isEnabled()
        assert "Tick what is to be repaired." in words(dialog)
        boxes["UID-S08"].click()
        work.settle()
        dialog.plan_button.click()
        work.settle()
        (intention,) = work.state.history.plan.intentions
        assert intention.selectors == (Selector("rule", "UID-S08"),)


@pytest.mark.parametrize("kind", ["derived-series", "move", "apart"])
def test_nothing_is_cut_whatever_is_unfolded(
    qtbot: QtBot, make_source: SourceFolders, direction: Qt.LayoutDirection, text_size: int, kind: str
) -> None:
    (image,), (other,) = ct_series(1, study=ONE), ct_series(1, study=ONE)
    other.PixelData = bytes(len(other.PixelData))
    with scene(qtbot, make_source([image, other, *ct_series(2, study=TWO)])) as work:
        nodes = (work.node(ONE.uid(), "study"),)
        dialog = RegenerateDialog(work.state, work.runner, work.questions, nodes)
        qtbot.addWidget(dialog)
        dialog.show()
        work.settle()
        dialog.choices.set_current(kind)
        for fold in (dialog.scheme_fold, dialog.more_fold):
            fold.set_open(True)
        work.settle()
        assert dialog.width() <= 1024
        assert dialog.height() <= 700
        assert cut_widgets(dialog) == []
