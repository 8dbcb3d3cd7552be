"""Whether a screen reader is told a name and a role of everything that can be used."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.desktop.folder import make_folder
from tests.desktop.parts import Parts
from tests.desktop.session import Desktop

# What is used: these say what they are for, by a name of their own.
_USED = {
    *("push button", "button", "toggle button", "check box", "radio button", "menu item", "check menu item"),
    *("radio menu item", "menu", "page tab", "text", "entry", "password text", "combo box", "spin button"),
    *("tree", "tree table", "table", "list", "list box", "slider", "link", "dialog", "frame"),
}
_NO_ROLE = {"", "unknown", "invalid", "redundant object"}
_SCENES = {
    "main window": (),
    "regenerate": ("ctrl+r",),
    "preferences": ("ctrl+comma",),
    "pasted UIDs": ("ctrl+shift+v",),
    "uses": ("ctrl+u",),
    "rule book": ("F1",),
}


def accessibility(desktop: Desktop, work: Path) -> list[str]:
    """Look through the window and its dialogs, a line each; AssertionError tells what has no name."""
    desktop.start(str(make_folder(work / "source")))
    desktop.wait("push button|toggle button|button", "^Next finding$", "enabled")
    desktop.keys("F8", "Return")
    said, wrong = [], []
    for scene, keys in _SCENES.items():
        windows = _windows(desktop.parts())
        desktop.keys(*keys)
        if keys:
            desktop.wait_until(partial(_has_more, windows), f"the window {scene}")
        desktop.picture(f"accessibility {scene}")
        parts = desktop.parts()
        (work / f"{scene}.txt").write_text(_as_text(parts), "utf-8")
        found = nameless(parts)
        wrong += [f"{scene}: {line}" for line in found]
        used = sum(part.role in _USED for part in parts)
        said.append(f"{scene}: {used} parts that can be used, {len(found)} without a name or a role.")
        if keys:
            desktop.keys("Escape")
            desktop.wait_until(lambda parts: not _has_more(windows, parts), f"the end of {scene}")  # noqa: B023
    desktop.keys("ctrl+q")
    assert desktop.exit_status() == 0, "the program did not end with status 0"
    assert not wrong, "\n".join([*said, *wrong])
    return said


def nameless(parts: Parts) -> list[str]:
    """The way to each part that can be used now and has no name, or no role."""
    return [
        parts.way_to(part)
        for part in parts
        if part.is_seen
        and ((part.role in _USED and not part.name) or (part.role in _NO_ROLE and "focusable" in part.states))
    ]


def _has_more(windows: int, parts: Parts) -> bool:
    return _windows(parts) > windows


def _windows(parts: Parts) -> int:
    return sum(part.above == 0 and part.is_seen for part in parts)


def _as_text(parts: Parts) -> str:
    """The whole of it, indented."""
    depths: dict[int, int] = {-1: -1}
    lines = []
    for part in parts:
        depths[part.at] = depths[part.above] + 1
        states = " ".join(sorted(part.states))
        lines.append(f"{'  ' * depths[part.at]}{part.role} “{part.name}” [{states}]")
    return "\n".join(lines) + "\n"
