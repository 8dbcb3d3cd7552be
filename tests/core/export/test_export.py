"""An export as a whole: what it writes, what it refuses, and what is there when it is stopped."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pydicom import dcmread

from tests.core.export.makers import Leaf, file_of
from tests.core.export.requests import (
    NEW_UID,
    files_of,
    make_source,
    request_for,
    sidecars_of,
    staging_of,
    state_of,
)
from tests.core.export.rewriting import set_value
from uidscope.core.errors import Cancelled, InputError, OutputError, UsageError, VerificationError
from uidscope.core.export.export import export
from uidscope.core.export.request import Place, Skipped
from uidscope.core.export.source_guard import refuse_inside_sources
from uidscope.core.export.stage import clear_interrupted
from uidscope.core.export.target import target_names
from uidscope.core.progress import CancelToken, Progress

NAMES = ("a.dcm", "sub/b.dcm", "sub/deep/c.dcm")


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Path]:
    """A source folder, the same after the test as before."""
    folder = make_source(tmp_path / "source", NAMES)
    before = state_of(folder)
    yield folder
    assert state_of(folder) == before


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def nothing_published(target: Path) -> bool:
    return not any(os.path.lexists(path) for path in (target, *sidecars_of(target), staging_of(target)))


def test_the_output_holds_the_new_uids_and_the_pixels(source: Path, target: Path) -> None:
    result = export(request_for(source, target))
    assert result.verified
    assert [file.output for file in result.files] == list(NAMES)
    assert sorted(path.relative_to(target).as_posix() for path in target.rglob("*.dcm")) == list(NAMES)
    for number, name in enumerate(NAMES, start=1):
        read = dcmread(target / name)
        original = dcmread(source / name)
        assert read.SOPInstanceUID == f"{NEW_UID}{number}"
        assert read.StudyInstanceUID == original.StudyInstanceUID
        assert read.PixelData == original.PixelData
    assert not staging_of(target).exists()


def test_the_result_says_what_lies_there(source: Path, target: Path) -> None:
    result = export(request_for(source, target))
    state = state_of(target)
    assert {file.output: (file.sha256, file.size) for file in result.files} == {
        name: (digest, size) for name, (digest, size, _) in state.items()
    }
    assert result.total_bytes == sum(size for _, size, _ in state.values())
    assert [file.source for file in result.files] == list(NAMES)


def test_the_files_beside_it(source: Path, target: Path) -> None:
    skipped = (Skipped("old.dcm", "identical"),)
    request = request_for(
        source,
        target,
        skipped=skipped,
    )
    export(request)
    crosswalk, manifest, old_uids = sidecars_of(target)
    assert crosswalk.read_text().splitlines() == [
        "old_uid,new_uid,kind,scope,reason",
        f"1.2.3.4,{NEW_UID},instance,all,new-uid",
    ]
    assert old_uids.read_text() == "1.2.3.4\n"
    assert {stat.S_IMODE(path.stat().st_mode) for path in sidecars_of(target)} == {0o600}
    document = json.loads(manifest.read_text())
    assert document["schema"] == "uidscope/export/1"
    assert document["verified"] is True
    assert document["dry_run"] is False
    assert document["skipped"] == [{"file": "old.dcm", "reason": "identical"}]
    assert document["references"]["before"] == document["references"]["after"]
    assert [file["output"] for file in document["files"]] == list(NAMES)
    assert document["plan"][0] == {
        "kind": "new-uid",
        "old": "1.2.3.4",
        "new": NEW_UID,
        "scope": "all",
        "role": "instance",
        "reason": "new-uid",
        "file_count": 1,
    }
    implementation = [entry for entry in document["plan"] if entry["role"] == "meta.ImplementationClassUID"]
    assert [(entry["kind"], entry["file_count"]) for entry in implementation] == [("meta", 3)]


def test_a_dry_run_writes_nothing_and_says_the_same_numbers(source: Path, target: Path) -> None:
    dry = export(request_for(source, target, dry_run=True))
    assert nothing_published(target)
    assert not dry.verified
    wet = export(request_for(source, target))
    assert [file._replace(sha256="") for file in wet.files] == list(dry.files)
    assert wet.entries == dry.entries
    assert wet.total_bytes == dry.total_bytes


def test_an_unchanged_file_is_the_same_bytes_and_its_edits_are_not_asked_for(
    source: Path, target: Path
) -> None:
    def never(_: Any) -> Any:
        raise AssertionError("asked for edits")

    files = [replace(file, edits=never) for file in files_of(source, changed="unchanged")]
    export(request_for(source, target, files=tuple(files)))
    assert {name: digest for name, (digest, _, _) in state_of(target).items()} == {
        name: digest for name, (digest, _, _) in state_of(source).items()
    }


def test_several_sources_are_named_absolutely(tmp_path: Path, target: Path) -> None:
    one, other = make_source(tmp_path / "one", ["1.dcm"]), make_source(tmp_path / "other", ["1.dcm"])
    request = request_for(one, target, files=(*files_of(one), *files_of(other)))
    result = export(replace(request, sources=(str(one), str(other))))
    assert [file.source for file in result.files] == [str(one / "1.dcm"), str(other / "1.dcm")]
    assert [file.output for file in result.files] == ["one/1.dcm", "other/1.dcm"]


def test_hierarchy_names_hold_nothing_of_the_patient(source: Path, target: Path) -> None:
    files = [replace(file, place=Place("TEST^ALPHA", "1.2", "1.2.3", "CT")) for file in files_of(source)]
    result = export(request_for(source, target, files=tuple(files), layout="hierarchy"))
    assert [file.output for file in result.files] == [
        f"patient-001/study-001/series-001-CT/image-{number:05}.dcm" for number in (1, 2, 3)
    ]


def test_progress_counts_up_to_the_end(source: Path, target: Path) -> None:
    reports: list[Progress] = []
    export(request_for(source, target), reports.append)
    assert {report.stage for report in reports} == {"checking", "writing", "verifying"}
    assert {report.total for report in reports} == {3}
    assert [report.done for report in reports if report.stage == "writing"] == [0, 1, 2]


def test_names_that_are_not_text_survive(tmp_path: Path, target: Path) -> None:
    source = make_source(tmp_path / "source", ["plain.dcm"])
    odd = os.fsencode(source) + b"/\xe9\xff.dcm"
    os.rename(source / "plain.dcm", odd)
    export(request_for(source, target))
    assert os.listdir(os.fsencode(target)) == [b"\xe9\xff.dcm"]
    document = json.loads(sidecars_of(target)[1].read_bytes())
    assert document["files"][0]["source"] == "\udce9\udcff.dcm"


# ---- refused before anything is written ----------------------------------------------------------------


@pytest.mark.parametrize("there", ["", ".incomplete", ".crosswalk.csv", ".manifest.json", ".old-uids.txt"])
@pytest.mark.parametrize("kind", ["folder", "file", "dangling link"])
def test_a_name_that_is_taken_is_refused(source: Path, target: Path, there: str, kind: str) -> None:
    taken = target.with_name(target.name + there)
    if kind == "folder":
        taken.mkdir()
    elif kind == "file":
        taken.write_text("mine")
    else:
        taken.symlink_to(target.parent / "nowhere")
    with pytest.raises(OutputError, match="choose another name"):
        export(request_for(source, target))
    assert os.path.lexists(taken)
    assert [path for path in (target, *sidecars_of(target), staging_of(target)) if os.path.lexists(path)] == [
        taken
    ]


@pytest.mark.parametrize(
    "where", ["source/out", "source/sub/out", "link/out", "link-to-sub/out", "source/../source/out"]
)
def test_a_target_inside_a_source_is_refused(source: Path, where: str) -> None:
    (source.parent / "link").symlink_to(source)
    (source.parent / "link-to-sub").symlink_to(source / "sub")
    with pytest.raises(OutputError, match="inside a source"):
        export(request_for(source, Path(f"{source.parent}/{where}")))


def test_a_target_inside_a_folder_that_a_source_links_to_is_refused(tmp_path: Path) -> None:
    elsewhere = make_source(tmp_path / "elsewhere", ["x.dcm"])
    source = make_source(tmp_path / "source", ["a.dcm"])
    file = replace(files_of(elsewhere)[0], root=str(source), relative="linked/x.dcm")
    (source / "linked").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="inside a source"):
        export(request_for(source, elsewhere / "out", files=(file,)))


def test_a_file_that_is_a_source_is_inside_itself(source: Path, tmp_path: Path) -> None:
    file = source / "a.dcm"
    (tmp_path / "link").symlink_to(file)
    for path in (file, tmp_path / "link"):
        with pytest.raises(OutputError, match="inside a source"):
            refuse_inside_sources(str(path), [str(file)])
    refuse_inside_sources(str(source / "report.html"), [str(file)])


def test_a_parent_that_is_not_there_is_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="make it first"):
        export(request_for(source, tmp_path / "absent" / "out"))


def test_a_file_that_changed_since_the_scan_is_refused(tmp_path: Path, target: Path) -> None:
    source = make_source(tmp_path / "source", NAMES)
    request = request_for(source, target)
    os.utime(source / "a.dcm", ns=(1, 1))
    with pytest.raises(OutputError, match=r"a\.dcm changed since it was read; rescan"):
        export(request)
    os.unlink(source / "a.dcm")
    with pytest.raises(InputError, match=r"a\.dcm cannot be read"):
        export(request)
    assert nothing_published(target)


def test_too_little_room_is_seen_first(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(OutputError, match="make room"):
        export(request_for(source, target))
    assert nothing_published(target)


def test_an_unknown_layout_is_refused(source: Path, target: Path) -> None:
    with pytest.raises(UsageError, match="layout"):
        export(request_for(source, target, layout="alphabetical"))


# ---- stopped on the way ----------------------------------------------------------------------------


def test_a_fault_in_one_file_names_it_and_publishes_nothing(tmp_path: Path, target: Path) -> None:
    source = make_source(tmp_path / "source", NAMES)
    broken = source / "z.dcm"
    broken.write_bytes(file_of((Leaf(0x0008_0018, "UI", b"1.2.3"),))[:-1])
    with pytest.raises(InputError, match=r"z\.dcm cannot be rewritten"):
        export(request_for(source, target))
    assert nothing_published(target)


def test_a_value_that_is_too_long_names_the_file(source: Path, target: Path) -> None:
    files = [
        replace(file, edits=lambda structure: (set_value(structure, "SOPInstanceUID", b"1" * 70_000),))
        for file in files_of(source)
    ]
    with pytest.raises(UsageError, match=r"a\.dcm: SOPInstanceUID would grow"):
        export(request_for(source, target, files=tuple(files)))
    assert nothing_published(target)


def test_cancelling_leaves_nothing(source: Path, target: Path) -> None:
    cancel = CancelToken()

    def at_the_second(report: Progress) -> None:
        if report.stage == "writing" and report.done == 1:
            cancel.cancel()

    with pytest.raises(Cancelled):
        export(request_for(source, target), at_the_second, cancel)
    assert nothing_published(target)


def test_a_source_that_changes_while_it_is_written_stops_the_export(tmp_path: Path, target: Path) -> None:
    source = make_source(tmp_path / "source", NAMES)

    def touch(report: Progress) -> None:
        if report.stage == "writing" and report.done == 2:
            os.utime(source / "sub/deep/c.dcm", ns=(1, 1))

    with pytest.raises(OutputError, match="rescan"):
        export(request_for(source, target), touch)
    assert nothing_published(target)


def test_a_file_spoilt_on_the_disk_is_not_published(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def spoil(descriptor: int) -> None:
        sync(descriptor)
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        if path.endswith("c.dcm"):
            with open(path, "r+b") as file:
                file.seek(-10, os.SEEK_END)
                file.write(b"\xee")

    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("the test needs /proc")
    monkeypatch.setattr(os, "fsync", spoil)
    with pytest.raises(VerificationError, match=r"sub/deep/c\.dcm .*PixelData"):
        export(request_for(source, target))
    monkeypatch.undo()
    assert nothing_published(target)


# ---- what an interrupted export left -----------------------------------------------------------------


def test_clearing_takes_only_what_an_export_made(tmp_path: Path) -> None:
    target = tmp_path / "out"
    staging = staging_of(target)
    staging.mkdir()
    (staging / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="was not made by an export"):
        clear_interrupted(target_names(str(target)))
    assert (staging / "mine.txt").exists()


def test_clearing_while_an_export_runs_is_refused(source: Path, target: Path) -> None:
    def clear(report: Progress) -> None:
        if report.stage == "writing":
            with pytest.raises(OutputError, match="still works"):
                clear_interrupted(target_names(str(target)))

    export(request_for(source, target), clear)
    assert target.exists()


def test_written_files_open_for_all_and_staging_for_nobody_else(source: Path, target: Path) -> None:
    modes: set[int] = set()

    def look(report: Progress) -> None:
        if report.stage == "writing":
            modes.add(stat.S_IMODE(staging_of(target).stat().st_mode))

    mask = os.umask(0o022)
    try:
        export(request_for(source, target), look)
    finally:
        os.umask(mask)
    assert modes == {0o700}
    assert stat.S_IMODE((target / "a.dcm").stat().st_mode) == 0o644
    assert stat.S_IMODE((target / "sub").stat().st_mode) == 0o755


def test_the_bytes_written_are_what_pydicom_would_read(source: Path, target: Path) -> None:
    export(request_for(source, target))
    read = dcmread(BytesIO((target / "a.dcm").read_bytes()))
    assert read.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1"
