"""The judges find what is wrong: a judge that approves of everything would let every other test pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import judges
from tests.builders import ct_series, truncated, write_folder


def test_dciodvfy_names_a_missing_attribute(tmp_path: Path) -> None:
    image = ct_series(1)[0]
    del image.Rows
    (path,) = write_folder([image], tmp_path)
    assert any("Rows" in line for line in judges.dciodvfy(path).errors)


def test_dcentvfy_names_what_differs_within_a_patient(tmp_path: Path) -> None:
    images = ct_series(2)
    images[1].PatientName = "TEST^BETA"
    verdict = judges.dcentvfy(write_folder(images, tmp_path), tmp_path)
    assert any("PatientName" in line for line in verdict.errors)


def test_complaints_of_one_kind_are_equal_without_their_names(tmp_path: Path) -> None:
    lines = []
    for folder in ("first", "second"):
        images = ct_series(2)
        images[0].StudyInstanceUID = f"1.2.840.{len(folder)}.77"
        paths = write_folder(images, tmp_path / folder)
        lines.append(judges.dcentvfy(paths, tmp_path).errors)
    assert lines[0] != lines[1]
    assert judges.kinds(lines[0]) == judges.kinds(lines[1]) != frozenset()


def test_dcmdump_complains_about_a_truncated_file(tmp_path: Path) -> None:
    (path,) = write_folder(ct_series(1), tmp_path)
    assert "CTImageStorage" in judges.dcmdump(path)
    with pytest.raises(AssertionError, match=r"0001\.dcm"):
        judges.dcmdump(truncated(path, 900))


def test_dcmdump_names_the_unreadable_among_many(tmp_path: Path) -> None:
    files = write_folder(ct_series(5), tmp_path)
    assert judges.dcmdump_errors(files) == {}
    broken = {truncated(files[1], 900), truncated(files[4], 900)}
    assert judges.dcmdump_errors([*files, *broken]).keys() == broken


def test_dcmftest_tells_files_apart(tmp_path: Path) -> None:
    (image,) = write_folder(ct_series(1), tmp_path)
    text = tmp_path / "notes: a file.txt"
    text.write_text("no image")
    assert judges.dcmftest([image, text]) == {image: True, text: False}


def test_gdcmscanner_reads_keys_by_file(tmp_path: Path) -> None:
    images = ct_series(2)
    paths = write_folder(images, tmp_path, names=["a/1", "b/2"])
    found = judges.gdcmscanner(tmp_path, [(0x0008, 0x0018), (0x0010, 0x0010)])
    assert found == {
        path: {(0x0008, 0x0018): image.SOPInstanceUID, (0x0010, 0x0010): "TEST^ALPHA"}
        for path, image in zip(paths, images, strict=True)
    }


def test_an_absent_judge_skips(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="dcmdump is not installed"):
        judges.dcmdump(tmp_path / "any")
