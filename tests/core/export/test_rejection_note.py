"""Rejection notes: valid key objects that name, by their old UIDs, the objects that were replaced."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydicom import dcmread
from pydicom.dataset import FileDataset

from tests.builders import Study, ct_series, rt_set, set_unchecked, sr
from tests.core.export.requests import files_of, request_for, sidecars_of, staging_of
from tests.judges import Verdict, dcentvfy, dciodvfy, dcmdump
from tests.watch import SourceFolders
from uidscope.core.errors import OutputError, UsageError
from uidscope.core.export.export import export
from uidscope.core.export.request import REJECTION_TITLES, ExportRequest, RejectionTitle


def rejecting(source: Path, target: Path, title: RejectionTitle = "113001", **more: Any) -> ExportRequest:
    """All files of a folder as they are: what becomes of them is nothing to the notes."""
    files = files_of(source, changed="unchanged")
    more.setdefault("replaced", frozenset(file.occurrence for file in files))
    return request_for(source, target, files=files, rejection=title, **more)


def notes_of(target: Path) -> list[Path]:
    return sorted(target.with_name(f"{target.name}.rejection").iterdir())


def named(note: FileDataset) -> dict[str, set[str]]:
    """The objects that the evidence names, by their series."""
    (study,) = note.CurrentRequestedProcedureEvidenceSequence
    assert study.StudyInstanceUID == note.StudyInstanceUID
    return {
        series.SeriesInstanceUID: {each.ReferencedSOPInstanceUID for each in series.ReferencedSOPSequence}
        for series in study.ReferencedSeriesSequence
    }


@pytest.mark.parametrize("title", REJECTION_TITLES)
def test_a_note_is_a_valid_key_object_with_its_title(
    make_source: SourceFolders, tmp_path: Path, title: RejectionTitle
) -> None:
    rt = rt_set(2)
    source = make_source([*rt.all, sr(rt.images)])
    export(rejecting(source, tmp_path / "out", title))
    (path,) = notes_of(tmp_path / "out")
    note = dcmread(path)
    (code,) = note.ConceptNameCodeSequence
    assert (code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning) == (
        title,
        "DCM",
        REJECTION_TITLES[title],
    )
    assert dciodvfy(path) == Verdict((), ())
    dcmdump(path)
    sources = sorted(source.iterdir())
    assert dcentvfy([*sources, path], tmp_path).errors == dcentvfy(sources, tmp_path).errors


def test_it_names_every_old_object_and_belongs_to_their_study(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    rt = rt_set(3)
    export(rejecting(make_source(rt.all), tmp_path / "out"))
    (path,) = notes_of(tmp_path / "out")
    note = dcmread(path)
    by_series: dict[str, set[str]] = {}
    for old in rt.all:
        by_series.setdefault(old.SeriesInstanceUID, set()).add(old.SOPInstanceUID)
    assert named(note) == by_series
    olds = {old.SOPInstanceUID: old for old in rt.all}
    types = {
        item.ReferencedSOPSequence[0].ReferencedSOPInstanceUID: item.ValueType
        for item in note.ContentSequence
    }
    assert types == {uid: "IMAGE" if "PixelData" in old else "COMPOSITE" for uid, old in olds.items()}
    first = rt.all[0]
    for name in ("PatientName", "PatientID", "StudyInstanceUID", "StudyID", "StudyDate", "AccessionNumber"):
        assert note[name].value == first[name].value
    keys = ("SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID")
    taken = {old[key].value for old in rt.all for key in keys}
    assert {note.SOPInstanceUID, note.SeriesInstanceUID}.isdisjoint(taken)
    assert note.file_meta.MediaStorageSOPInstanceUID == note.SOPInstanceUID


def test_each_study_has_a_note_of_its_own(make_source: SourceFolders, tmp_path: Path) -> None:
    studies = [ct_series(2, study=Study(number)) for number in (1, 2, 3)]
    source = make_source([image for images in studies for image in images])
    dry = export(rejecting(source, tmp_path / "out", dry_run=True))
    result = export(rejecting(source, tmp_path / "out"))
    assert [note._replace(sha256="") for note in result.rejection_notes] == list(dry.rejection_notes)
    assert [(note.study, note.objects) for note in result.rejection_notes] == [
        (images[0].StudyInstanceUID, 2) for images in studies
    ]
    notes = [dcmread(path) for path in notes_of(tmp_path / "out")]
    assert [note.StudyInstanceUID for note in notes] == [images[0].StudyInstanceUID for images in studies]
    assert len({note.SOPInstanceUID for note in notes}) == 3


def test_only_what_is_replaced_is_named(make_source: SourceFolders, tmp_path: Path) -> None:
    images = ct_series(3)
    export(rejecting(make_source(images), tmp_path / "out", replaced=frozenset({1})))
    (path,) = notes_of(tmp_path / "out")
    assert named(dcmread(path)) == {images[1].SeriesInstanceUID: {images[1].SOPInstanceUID}}


def test_letters_of_other_character_sets_are_the_same_bytes(
    make_source: SourceFolders, tmp_path: Path
) -> None:
    images = ct_series(1)
    images[0].SpecificCharacterSet = "ISO_IR 144"
    images[0].PatientName = "ТЕСТ^АЛЬФА"
    export(rejecting(make_source(images), tmp_path / "out"))
    (path,) = notes_of(tmp_path / "out")
    assert dcmread(path).PatientName == "ТЕСТ^АЛЬФА"
    assert dciodvfy(path).errors == ()


def test_where_nothing_is_replaced_it_is_refused(make_source: SourceFolders, tmp_path: Path) -> None:
    source = make_source(ct_series(1))
    for dry_run in (True, False):
        with pytest.raises(UsageError, match="nothing to reject"):
            export(rejecting(source, tmp_path / "out", replaced=frozenset(), dry_run=dry_run))
    assert os.listdir(tmp_path) == ["source"]


def test_where_the_old_have_no_keys_it_is_refused(make_source: SourceFolders, tmp_path: Path) -> None:
    image = ct_series(1)[0]
    set_unchecked(image, "SeriesInstanceUID", "")
    source = make_source([image])
    for dry_run in (True, False):
        with pytest.raises(UsageError, match="no keys"):
            export(rejecting(source, tmp_path / "out", dry_run=dry_run))
    assert os.listdir(tmp_path) == ["source"]


def test_the_folder_is_for_its_owner_and_none_is_replaced(make_source: SourceFolders, tmp_path: Path) -> None:
    source = make_source(ct_series(1))
    export(rejecting(source, tmp_path / "out"))
    folder = tmp_path / "out.rejection"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    (tmp_path / "other.rejection").mkdir()
    with pytest.raises(OutputError, match="choose another name"):
        export(rejecting(source, tmp_path / "other"))


def test_a_failure_to_publish_takes_the_notes_back(
    make_source: SourceFolders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_source(ct_series(1))
    target = tmp_path / "out"
    rename = os.rename

    def all_but_the_last(old: str, new: str) -> None:
        if new == str(target):
            raise OSError(28, os.strerror(28))
        rename(old, new)

    monkeypatch.setattr(os, "rename", all_but_the_last)
    with pytest.raises(OutputError, match="cannot be written"):
        export(rejecting(source, target))
    monkeypatch.undo()
    assert not any(path.exists() for path in (target, *sidecars_of(target), staging_of(target)))
    assert not (tmp_path / "out.rejection").exists()
    assert export(replace(rejecting(source, target), dry_run=False)).verified
