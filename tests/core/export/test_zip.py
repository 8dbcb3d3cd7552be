"""An export as one archive: what any program unpacks is what was verified."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import textwrap
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.export.requests import (
    files_of,
    image_file,
    make_source,
    request_for,
    sidecars_of,
    staging_of,
    state_of,
)
from uidscope.core.errors import Cancelled, OutputError, VerificationError
from uidscope.core.export.export import export
from uidscope.core.export.layout import output_names
from uidscope.core.export.request import ExportFile, ExportRequest
from uidscope.core.progress import CancelToken, Progress
from uidscope.core.read.record import FileStamp

NAMES = ("a.dcm", "sub/b.dcm", "sub/deep/c.dcm")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_source(tmp_path / "source", NAMES)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def archive_of(target: Path) -> Path:
    return target.with_name(target.name + ".zip")


def nothing_published(target: Path) -> bool:
    paths = (target, archive_of(target), *sidecars_of(target), staging_of(target))
    return not any(os.path.lexists(path) for path in paths)


def contents(archive: Path) -> dict[str, str]:
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        return {name: hashlib.sha256(packed.read(name)).hexdigest() for name in packed.namelist()}


def test_the_archive_holds_what_the_folder_would(source: Path, target: Path, tmp_path: Path) -> None:
    result = export(request_for(source, target, zipped=True))
    export(request_for(source, tmp_path / "folder"))
    assert contents(archive_of(target)) == {
        name: digest for name, (digest, _, _) in state_of(tmp_path / "folder").items()
    }
    assert contents(archive_of(target)) == {file.output: file.sha256 for file in result.files}
    assert not target.exists()
    assert not staging_of(target).exists()
    assert all(path.exists() for path in sidecars_of(target))


def test_the_result_tells_the_archive(source: Path, target: Path) -> None:
    result = export(request_for(source, target, zipped=True))
    archive = archive_of(target)
    assert result.target == str(archive)
    assert result.archive == (
        "out.zip",
        archive.stat().st_size,
        hashlib.sha256(archive.read_bytes()).hexdigest(),
    )


def test_the_name_may_be_given_with_its_ending(source: Path, target: Path) -> None:
    export(request_for(source, archive_of(target), zipped=True))
    assert archive_of(target).is_file()
    assert all(path.exists() for path in sidecars_of(target))


def test_a_dry_run_writes_nothing(source: Path, target: Path) -> None:
    dry = export(request_for(source, target, zipped=True, dry_run=True))
    assert nothing_published(target)
    wet = export(request_for(source, target, zipped=True))
    assert [file._replace(sha256="") for file in wet.files] == list(dry.files)
    assert wet.target == dry.target


def test_two_archives_of_the_same_files_are_the_same_bytes(source: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        export(request_for(source, tmp_path / name, zipped=True))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


@pytest.mark.parametrize("there", ["", ".zip"])
def test_a_name_that_is_taken_is_refused(source: Path, target: Path, there: str) -> None:
    taken = target.with_name(target.name + there)
    taken.write_text("mine")
    with pytest.raises(OutputError, match="choose another name"):
        export(request_for(source, target, zipped=True))
    assert taken.read_text() == "mine"


@pytest.mark.skipif(
    sys.platform != "linux", reason="of the systems served only Linux lets names hold such bytes"
)
def test_names_can_be_unpacked_anywhere_and_none_is_lost(tmp_path: Path, target: Path) -> None:
    source = make_source(tmp_path / "source", ["plain.dcm"])
    odd = [b"\xe9\xff.dcm", b"\xe9\xfe.dcm", b"a:b", b"a\\b", b"CON", b"dot.", "ё.dcm".encode(), b"new\nline"]
    for number, name in enumerate(odd):
        (source / os.fsdecode(name)).write_bytes(image_file(number + 2))
    result = export(request_for(source, target, zipped=True))
    names = [file.output for file in result.files]
    assert contents(archive_of(target)).keys() == set(names)
    assert len({name.casefold() for name in names}) == len(odd) + 1
    assert {"plain.dcm", "ё.dcm", "_CON", "dot_"} <= set(names)
    for member in names:
        member.encode("utf-8")
        assert not set(member) & set('\\:*?"<>|\n')


PARTS = st.text(st.sampled_from("aAbÄä.: \\\n\udce9CON1"), min_size=1, max_size=5).filter(
    lambda part: part not in (".", "..")
)
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


@given(st.lists(PATHS, unique=True, min_size=1, max_size=12))
def test_no_name_of_an_archive_leads_out_or_meets_another(relatives: list[str]) -> None:
    stamp = FileStamp(0, 0, 0, 0)
    files = tuple(
        ExportFile(relative, "/source", relative, stamp, number, "unchanged", lambda _: ())
        for number, relative in enumerate(relatives)
    )
    names = output_names(ExportRequest(("/source",), "/out", files, zipped=True))
    assert len({name.casefold() for name in names}) == len(relatives)
    for name in names:
        name.encode("utf-8")
        for part in name.split("/"):
            assert part not in ("", ".", "..")
            assert not part.endswith((".", " "))
            assert part.upper().split(".")[0] not in ("CON", "COM1")
            assert not set(part) & set('\\:*?"<>|\n')
    folders = {name.rpartition("/")[0].casefold() for name in names}
    assert folders.isdisjoint(name.casefold() for name in names)


def test_a_clean_name_keeps_its_folders(tmp_path: Path, target: Path) -> None:
    one, other = make_source(tmp_path / "one", ["1.dcm"]), make_source(tmp_path / "other", ["1.dcm"])
    request = request_for(one, target, files=(*files_of(one), *files_of(other)), zipped=True)
    export(replace(request, sources=(str(one), str(other))))
    assert list(contents(archive_of(target))) == ["one/1.dcm", "other/1.dcm"]


def test_cancelling_while_it_is_packed_leaves_nothing(source: Path, target: Path) -> None:
    cancel = CancelToken()

    def at_the_second(report: Progress) -> None:
        if report.stage == "packing" and report.done == 1:
            cancel.cancel()

    with pytest.raises(Cancelled):
        export(request_for(source, target, zipped=True), at_the_second, cancel)
    assert nothing_published(target)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="the test needs /proc")
@pytest.mark.parametrize("where", [0.3, 0.98])
def test_an_archive_spoilt_on_the_disk_is_not_published(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch, where: float
) -> None:
    sync = os.fsync

    def spoil(descriptor: int) -> None:
        sync(descriptor)
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        if path.endswith(".zip"):
            with open(path, "r+b") as file:
                file.seek(int(os.path.getsize(path) * where))
                file.write(b"\xee\xee\xee\xee")

    monkeypatch.setattr(os, "fsync", spoil)
    with pytest.raises(VerificationError, match="archive"):
        export(request_for(source, target, zipped=True))
    monkeypatch.undo()
    assert nothing_published(target)


LARGE = 300 * 1024 * 1024
IN_LITTLE_MEMORY = """
    import resource, sys
    from pathlib import Path
    from tests.core.export.requests import files_of, request_for
    from uidscope.core.export.export import export

    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    request = request_for(source, target, files=files_of(source, changed=sys.argv[3]), zipped=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    export(request)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is counted in other units elsewhere")
@pytest.mark.parametrize("changed", ["unchanged", "new-uid"])
def test_a_large_file_takes_little_memory(tmp_path: Path, target: Path, changed: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    whole = image_file(1, 16)
    # The value of the pixel data is a hole of the file, so that the source takes no room.
    with open(source / "large.dcm", "wb") as file:
        file.write(whole[: -16 - 4] + LARGE.to_bytes(4, "little"))
        file.truncate(len(whole) - 16 + LARGE)
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(IN_LITTLE_MEMORY), str(source), str(target), changed],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert int(ended.stdout) < 60 * 1024  # KiB
    with zipfile.ZipFile(archive_of(target)) as packed:
        assert packed.getinfo("large.dcm").file_size >= LARGE
