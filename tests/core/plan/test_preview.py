import json
import re
from pathlib import Path

from tests.builders import Study, ct_series, rt_set, signed
from tests.core.plan.carried_out import derive, loaded, numbered, selecting, write_files
from uidscope.core.plan.edits.follow import edits_for
from uidscope.core.plan.told import notes
from uidscope.core.plan.told.notes import sentence
from uidscope.core.plan.told.preview import FileChange, file_changes, plan_rows
from uidscope.core.read.byte_window import open_window
from uidscope.core.read.structure import parse_structure
from uidscope.core.uid.resource_files import read_text

ONE = Study(1)


def test_rows_say_how_many_files_and_references_an_entry_touches(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(rt_set(2).all))) as catalog:
        rows = {row.entry.old: row for row in plan_rows(catalog, derive(catalog, selecting("copy")))}
        assert [row.entry.kind for row in rows.values()] == [
            "study",
            *["series"] * 4,
            "frame_of_reference",
            *["instance"] * 5,
        ]
        assert (rows[ONE.uid(2)].entry.file_count, rows[ONE.uid(2)].references) == (2, 1)
        assert (rows[ONE.uid(2, 1)].entry.file_count, rows[ONE.uid(2, 1)].references) == (1, 2)
        assert (rows[ONE.uid(103, 1)].entry.file_count, rows[ONE.uid(103, 1)].references) == (1, 0)


def test_pages_of_rows_are_the_rows(tmp_path: Path) -> None:
    with loaded(write_files(tmp_path / "s", numbered(rt_set().all))) as catalog:
        uid_map = derive(catalog, selecting("copy"))
        rows = plan_rows(catalog, uid_map)
        assert len(rows) == uid_map.entry_count()
        pages = [plan_rows(catalog, uid_map, start, 4) for start in range(0, len(rows), 4)]
        assert [row for page in pages for row in page] == rows


def test_before_and_after_of_a_file(tmp_path: Path) -> None:
    (image,) = ct_series(1)
    image.SpecificCharacterSet = "ISO_IR 100"
    image.SeriesDescription = "Größe"
    intention = selecting("derived-series", series_description="Höhe")
    with loaded(write_files(tmp_path / "s", {"1.dcm": signed(image)})) as catalog:
        uid_map = derive(catalog, intention)
        (occurrence,) = uid_map.outcomes
        with open_window(str(tmp_path / "s" / "1.dcm")) as window:
            structure = parse_structure(window)
            changes = file_changes(structure, edits_for(structure, occurrence, uid_map))
        new = uid_map.new_instance_uid(occurrence, image.SOPInstanceUID)
        assert FileChange("SOPInstanceUID", image.SOPInstanceUID, str(new), "new-uid") in changes
        assert FileChange("SeriesDescription", "Größe", "Höhe", "new-series") in changes
        assert FileChange("InstanceCreationDate", "", "20240506", "created", "added") in changes
        assert FileChange("DigitalSignaturesSequence", "", "", "signature", "removed") in changes


def test_every_note_decision_and_conflict_has_its_sentence(tmp_path: Path) -> None:
    image, other = ct_series(2)
    twin = ct_series(1)[0]
    twin.ImageComments = "another"
    other.SourceImageSequence = (
        rt_set(1).structure_set.ROIContourSequence[0].ContourSequence[0].ContourImageSequence
    )
    with loaded(write_files(tmp_path / "s", numbered([signed(image), other, twin]))) as catalog:
        one = selecting("copy", ("file", "1.dcm"), ("file", "2.dcm"))
        uid_map = derive(catalog, one, selecting("copy", ("file", "2.dcm")))
        notes = [*uid_map.notes, *uid_map.decisions, *uid_map.conflicts]
        assert {note.code for note in notes} == {
            "frame-kept",
            "accession-kept",
            "signatures-removed",
            "ambiguous-reference",
            "selected-twice",
        }
        sentences = [sentence(note) for note in notes]
        assert all(text.endswith(".") and "{" not in text for text in sentences)
        assert f"{image.SOPInstanceUID} is named by 1 reference in 1 file, but" in " ".join(sentences)


def test_every_note_has_its_sentence_and_every_sentence_its_note() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(notes.__file__).parent.parent.rglob("*.py"))
    words = json.loads(read_text("words", "plan.en.json"))
    assert set(re.findall(r'PlanNote\("([a-z-]+)"', sources)) <= set(words)
    families = tuple(re.findall(r'f"([a-z-]+-)\{', sources))  # whose codes are put together
    assert [code for code in words if f'"{code}"' not in sources and not code.startswith(families)] == []
