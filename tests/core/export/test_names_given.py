"""Names that an export had given when it stopped: they are taken back, and those of others stay."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.core.export.requests import make_source, request_for, sidecars_of, staging_of
from uidscope.core.errors import OutputError
from uidscope.core.export.export import export
from uidscope.core.export.stage import Stage, clear_interrupted, find_interrupted, staging
from uidscope.core.export.target import target_names


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_source(tmp_path / "source", ["1.dcm", "2.dcm"])


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


def failing(monkeypatch: pytest.MonkeyPatch, name: str, at: Callable[[str], bool]) -> None:
    """Have an operation of the module os fail where its last path is one of these."""
    operation = getattr(os, name)

    def operate(*paths: Any, **more: Any) -> Any:
        if at(str(paths[-1])):
            raise OSError(5, "Input/output error")
        return operation(*paths, **more)

    monkeypatch.setattr(os, name, operate)


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("second", ["clear", "resume"])
def test_a_name_that_could_not_be_taken_back_is_taken_back_later(
    source: Path, target: Path, number: int, zipped: bool, second: str
) -> None:
    stuck = sidecars_of(target)[number]
    final = target.with_name("out.zip") if zipped else target
    with pytest.MonkeyPatch.context() as patched:
        failing(patched, "rename", lambda path: path == str(final))
        failing(patched, "unlink", lambda path: path == str(stuck))
        with pytest.raises(OutputError):
            export(request_for(source, target, zipped=zipped))
    names = target_names(str(target), zipped=zipped)
    assert not final.exists()
    assert [path for path in sidecars_of(target) if path.exists()] == [stuck]
    interrupted = find_interrupted(names)
    assert interrupted is not None
    assert not interrupted.published
    if second == "clear":
        clear_interrupted(names)
        assert sorted(path.name for path in target.parent.iterdir()) == ["source"]
    export(request_for(source, target, zipped=zipped, resume=second == "resume"))
    assert final.exists()
    assert all(path.exists() for path in sidecars_of(target))
    assert not staging_of(target).exists()


@pytest.mark.parametrize("left", [0, 1, 2])
def test_what_has_appeared_meanwhile_is_not_removed(
    target: Path, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stopped dead just after it found a name taken."""
    names = target_names(str(target))
    monkeypatch.setattr(Stage, "close", lambda _: None)
    context = staging(names)
    stage = context.__enter__()
    for path in (names.crosswalk, names.manifest):
        stage.write_sidecar(path, b"ours")
    foreign = sidecars_of(target)[left]
    foreign.write_bytes(b"theirs")
    with pytest.raises(OutputError, match="meanwhile"):
        stage.publish()
    del context, stage
    clear_interrupted(names)
    assert foreign.read_bytes() == b"theirs"
    assert sorted(target.parent.iterdir()) == [foreign]


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("moved_away", [False, True])
def test_the_lists_of_a_published_export_stay_whatever_is_cleared(
    source: Path, target: Path, zipped: bool, moved_away: bool
) -> None:
    """Only the remainder of it is left, and it is cleared as if it were of the other sort."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Stage, "close", lambda _: None)
        export(request_for(source, target, zipped=zipped))
    final = target.with_name("out.zip") if zipped else target
    if moved_away:
        final.rename(target.with_name("elsewhere"))
    assert staging_of(target).exists()
    interrupted = find_interrupted(target_names(str(target), zipped=not zipped))
    assert interrupted is not None
    assert interrupted.published
    clear_interrupted(target_names(str(target), zipped=not zipped))
    assert not staging_of(target).exists()
    assert all(path.exists() for path in sidecars_of(target))


def test_a_rejection_folder_is_taken_back_too(target: Path) -> None:
    names = target_names(str(target))
    with pytest.MonkeyPatch.context() as patched, staging(names) as stage:
        stage.write_sidecar_folder(names.rejection, {"1.dcm": b"one", "2.dcm": b"two"})
        stage.write_sidecar(names.manifest, b"{}")
        failing(patched, "rename", lambda path: path == str(target))
        with pytest.raises(OSError, match="Input/output"):
            stage.publish()
        assert Path(names.rejection).is_dir()
    assert list(target.parent.iterdir()) == []
