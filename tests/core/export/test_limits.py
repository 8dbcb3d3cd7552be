"""What is larger than its format or than any list can be is refused, and what just fits is not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.builders import rt_set
from tests.core.export.requests import make_source as write_images
from tests.core.export.requests import request_for, staging_of
from tests.core.export.test_media import media_request
from tests.watch import SourceFolders
from uidscope.core.errors import InputError, OutputError
from uidscope.core.export import crosswalk
from uidscope.core.export.crosswalk import crosswalk_csv, read_crosswalk
from uidscope.core.export.export import export
from uidscope.core.export.media import dicomdir
from uidscope.core.plan.entry import MapEntry


def test_a_list_may_be_as_long_as_told_and_not_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = crosswalk_csv([MapEntry("1.2.3", "2.25.1", "study", "all", "copy", 1)])
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    length = len(content.decode())
    monkeypatch.setattr(crosswalk, "_LONGEST", length)
    assert [each.new for each in read_crosswalk(str(path))] == ["2.25.1"]
    monkeypatch.setattr(crosswalk, "_LONGEST", length - 1)
    with pytest.raises(InputError, match="too large"):
        read_crosswalk(str(path))


def test_more_than_a_dicomdir_can_point_to_is_refused_and_nothing_is_left(
    make_source: SourceFolders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = media_request(make_source(rt_set(2).all), tmp_path / "out")
    monkeypatch.setattr(dicomdir, "_LARGEST_OFFSET", 600)
    with pytest.raises(OutputError, match="more files than a DICOMDIR can list"):
        export(request)
    assert not (tmp_path / "out").exists()
    assert not staging_of(tmp_path / "out").exists()


def test_an_archive_says_of_its_files_nothing_but_their_names_and_rights(tmp_path: Path) -> None:
    source = write_images(tmp_path / "source", ["a.dcm", "sub/b.dcm"])
    export(request_for(source, tmp_path / "out", zipped=True))
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        members = packed.infolist()
    assert [member.filename for member in members] == ["a.dcm", "sub/b.dcm"]
    for member in members:
        assert member.date_time == (1980, 1, 1, 0, 0, 0)
        assert member.create_system == 3  # Unix
        assert member.external_attr >> 16 == 0o644
