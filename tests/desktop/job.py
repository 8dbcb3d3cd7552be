"""The main job by keys alone: find the fault, look at it, plan a derived series, export it, see the disk."""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from pathlib import Path
from typing import Any

from pydicom import dcmread

from tests.desktop.drag_source import SIDE, TITLE
from tests.desktop.folder import IMAGES, SERIES, make_folder
from tests.desktop.parts import Part, Parts
from tests.desktop.session import SIZE, Desktop
from tests.watch import folder_digest

_TREE, _FINDINGS = "Patients, studies, series and instances", "Findings by rule"
_TREES = "tree|tree table|table"
_DERIVED = "A new derived series"


def main_job(desktop: Desktop, work: Path) -> list[str]:
    """Do the job from start to end; what was seen, a line each. Raises AssertionError where it goes wrong."""
    source = make_folder(work / "source")
    before = folder_digest(source)
    target = work / "exported"
    desktop.start()
    said = [_add_folder(desktop, source), *_look(desktop), _plan(desktop), _export(desktop, target)]
    desktop.keys("ctrl+q")
    assert desktop.exit_status() == 0, "the program did not end with status 0"
    said.append(_check_disk(source, target))
    assert folder_digest(source) == before, "the source was changed"
    said.append("The source is the same, byte for byte and time stamp for time stamp.")
    return said


def drop(desktop: Desktop, work: Path) -> list[str]:
    """Drop a folder on the empty window from another program."""
    source = make_folder(work / "dropped")
    desktop.start()
    desktop.wait("push button", "^Add folder")
    desktop.picture("empty window")
    desktop.start_beside("tests.desktop.drag_source", str(source))
    # Until its window stands in the corner; it is no part of the program.
    desktop.hand("search", "--sync", "--onlyvisible", "--name", f"^{TITLE}$")
    desktop.drag((SIDE // 2, SIDE // 2), (SIZE[0] // 2, SIZE[1] // 2))
    desktop.picture("folder over the window")
    desktop.let_go()
    _load(desktop)
    desktop.picture("folder dropped")
    desktop.keys("ctrl+q")
    assert desktop.exit_status() == 0, "the program did not end with status 0"
    return ["A folder dropped by XDND is loaded and checked."]


def _add_folder(desktop: Desktop, folder: Path) -> str:
    """Ctrl+O, and the name of the folder."""
    desktop.wait("push button|button", "^Add folder")
    desktop.keys("ctrl+o")
    desktop.wait("push button|button", "^Choose$")
    desktop.write(str(folder))
    desktop.keys("Return")
    return _load(desktop)


def _load(desktop: Desktop) -> str:
    desktop.wait("push button|toggle button|button", "^Next finding$", "enabled")
    desktop.picture("loaded")
    return "The folder is loaded and checked."


def _look(desktop: Desktop) -> list[str]:
    """F8 to the first finding, Enter to its place, Ctrl+I to its anatomy."""
    desktop.keys("F8")
    found = desktop.wait_until(lambda parts: _selected(parts, _FINDINGS), "a finding is selected by F8")
    assert found is not None
    desktop.picture("F8 first finding")
    desktop.keys("Return")
    place = desktop.wait_until(lambda parts: _selected(parts, _TREE), "Enter selects its place in the tree")
    assert place is not None
    desktop.picture("Enter goes to it")
    desktop.keys("ctrl+i")
    desktop.wait("page tab", "^Identity$", "selected")
    desktop.picture("Ctrl I identity")
    desktop.keys("shift+F6", "Left")
    desktop.wait_until(
        lambda parts: (chosen := _selected(parts, _TREE)) and chosen.name.startswith("CT axial"),
        "Shift+F6 goes to the tree, and Left to the series",
    )
    return [f"F8: “{found.name}”.", f"Enter: “{place.name}”.", "Ctrl+I: the identity is in front."]


def _plan(desktop: Desktop) -> str:
    """Ctrl+R, the second choice, and Enter."""
    desktop.keys("ctrl+r")
    desktop.wait("dialog|frame", "^New identifiers for what is selected$|^Regenerate$")
    desktop.picture("Ctrl R dialog")
    desktop.wait("radio button", "^New identifiers for these objects$", "focused")
    desktop.keys("Down")
    desktop.wait("radio button", f"^{_DERIVED}$", "checked")
    button = desktop.wait("push button|button", r"^Plan [\d,]+ new UIDs?$", "enabled")
    desktop.picture("derived series chosen")
    desktop.keys("Return")
    tab = desktop.wait("page tab", r"^Plan\s+\d", "selected")
    desktop.picture("planned")
    return f"Ctrl+R: “{button.name}”; then the tab “{tab.name}” is in front."


def _export(desktop: Desktop, target: Path) -> str:
    """Ctrl+E and the four steps: Enter each time, and the name of the folder."""
    desktop.keys("ctrl+e")
    desktop.wait("push button|button", "^Continue$", "enabled")
    desktop.keys("Return")
    desktop.wait("push button|button", "^Start the dry run$")
    desktop.picture("export where")
    desktop.wait("text|entry", "", "focused")
    desktop.keys("ctrl+a")
    desktop.write(str(target))
    desktop.wait("push button|button", "^Start the dry run$", "enabled")
    desktop.keys("Return")
    write = desktop.wait("push button|button", r"^Write [\d,]+ files?$", "enabled")
    desktop.picture("export dry run")
    assert not target.exists(), "the dry run wrote something"
    desktop.keys("Return")
    desktop.wait("push button|button", "^Close$", "enabled")
    desktop.picture("export verified")
    desktop.keys("Return")
    desktop.wait_until(lambda parts: not any(parts.seen("dialog", "^Export")), "the end of the dialog")
    return f"Ctrl+E: dry run, then “{write.name}”, verified."


def _check_disk(source: Path, target: Path) -> str:
    """The export is whole, its manifest true, its new series new, and its references kept."""
    manifest: dict[str, Any] = json.loads((target.parent / f"{target.name}.manifest.json").read_text("utf-8"))
    assert manifest["verified"] is True, "the manifest says that nothing was verified"
    listed = {each["output"]: each["sha256"] for each in manifest["files"]}
    written = {str(path.relative_to(target)): path for path in target.rglob("*") if path.is_file()}
    assert listed.keys() == written.keys(), "the manifest lists other files than there are"
    for name, path in written.items():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert digest == listed[name], f"{name} is not what the manifest says"
    objects = {path: dcmread(path) for path in written.values()}
    planned = [each for each in objects.values() if each.StudyInstanceUID == SERIES.uid()]
    assert len(planned) == IMAGES, f"{len(planned)} files of the series were written"
    assert len({new.SeriesInstanceUID for new in planned} - {SERIES.uid(2)}) == 1, "no new series"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the faults are made on purpose
        olds = {dcmread(path).SOPInstanceUID for path in source.iterdir()}
    for new in planned:
        assert new.SOPInstanceUID not in olds, "an object kept its UID"
        assert not re.search(r"\.0\d", str(new.SOPInstanceUID)), "a new UID has a leading zero"
    return f"{len(written)} files on the disk are those of the manifest, with new UIDs."


def _selected(parts: Parts, tree: str) -> Part | None:
    """What is selected in a tree."""
    for found in parts.seen(_TREES, f"^{re.escape(tree)}$"):
        for part in parts.below(found):
            if "selected" in part.states and part.name:
                return part
    return None
