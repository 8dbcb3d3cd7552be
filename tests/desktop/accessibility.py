"""Whether a screen reader is told a name and a role of everything that can be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from tests.desktop.folder import make_folder_of_all
from tests.desktop.parts import Parts
from tests.desktop.session import Desktop

# What is used: these say what they are for, by a name of their own.
_USED = {
    *("push button", "button", "toggle button", "check box", "radio button", "menu item", "check menu item"),
    *("radio menu item", "menu", "page tab", "text", "entry", "password text", "combo box", "spin button"),
    *("tree", "tree table", "table", "list", "list box", "slider", "link", "dialog", "frame"),
}
_NO_ROLE = {"", "unknown", "invalid", "redundant object"}
_BUTTON: Final = "push button|toggle button|button"
_ROW: Final = "tree item|table cell"


class _Scene(NamedTuple):
    """What is looked at once its keys have opened it; ``shown`` is a button that only it has."""

    name: str
    keys: tuple[str, ...]
    shown: str = ""


_DIALOGS: Final = (
    _Scene("regenerate", ("ctrl+r",), "^Plan [0-9]+ new UIDs?$"),
    _Scene("preferences", ("ctrl+comma",)),
    _Scene("rules of the preferences", ("ctrl+comma", "Down")),
    _Scene("reading in the preferences", ("ctrl+comma", "Down", "Down")),
    _Scene("pasted UIDs", ("ctrl+shift+v",)),
    _Scene("uses", ("ctrl+u",)),
    _Scene("UID roots", ("alt+t", "u"), "^Keep this root$"),
    _Scene("compare folders", ("alt+t", "f")),
    _Scene("rule book", ("F1",)),
    _Scene("user guide", ("alt+h", "g")),
    _Scene("beliefs", ("alt+h", "b")),
    _Scene("ignore with reason", ("alt+i", "i"), "^Ignore$"),
    _Scene("about", ("alt+h", "a")),
)


_TABS: Final = ("Relations", "Attributes", "Files", "Not loaded", "Activity")


def accessibility(desktop: Desktop, work: Path) -> list[str]:
    """Look through the window and its dialogs, a line each; AssertionError tells what has no name."""
    desktop.start(str(make_folder_of_all(work / "source")))
    desktop.wait(_BUTTON, "^Next finding$", "enabled")
    look = _Look(desktop, work)
    desktop.keys("F8", "Return")
    look.at("main window")
    for tab in _TABS:
        desktop.click(desktop.wait("page tab", f"^{tab}"))
        look.at(tab.lower())
    for back in ("Identity", "Findings"):
        desktop.click(desktop.wait("page tab", f"^{back}"))
    for scene in _DIALOGS:
        look.into(scene)
    _decisions(desktop, look)
    _side_by_side(desktop, look)
    _export(desktop, look, work / "exported")
    desktop.keys("ctrl+q")
    assert desktop.exit_status() == 0, "the program did not end with status 0"
    assert not look.wrong, "\n".join([*look.said, *look.wrong])
    return look.said


class _Look:
    """Looks at one scene after the other, and gathers what is said of them."""

    def __init__(self, desktop: Desktop, work: Path) -> None:
        self.said: list[str] = []
        self.wrong: list[str] = []
        self._desktop, self._work = desktop, work

    def at(self, name: str) -> None:
        """Look at what is on the screen."""
        self._desktop.picture(f"accessibility {name}")
        parts = self._desktop.parts()
        (self._work / f"{name}.txt").write_text(_as_text(parts), "utf-8")
        found = nameless(parts)
        self.wrong += [f"{name}: {line}" for line in found]
        used = sum(part.role in _USED for part in parts)
        self.said.append(f"{name}: {used} parts that can be used, {len(found)} without a name or a role.")

    def into(self, scene: _Scene) -> None:
        """Open a dialog, look at it, and close it by Escape."""
        self.window(scene.name, lambda: self._desktop.keys(*scene.keys), scene.shown)

    def window(self, name: str, opened: Callable[[], None], shown: str = "") -> None:
        """The same for one that is opened in some way."""
        windows = _windows(self._desktop.parts())
        opened()
        self._desktop.wait_until(lambda parts: _windows(parts) > windows, f"the window {name}")
        if shown:
            self._desktop.wait(_BUTTON, shown)
        self.at(name)
        self._desktop.keys("Escape")
        self._desktop.wait_until(lambda parts: _windows(parts) <= windows, f"the end of {name}")


def _decisions(desktop: Desktop, look: _Look) -> None:
    """Tell two images that share their UIDs apart: what refers to them is then to be decided."""
    desktop.click(desktop.wait(_ROW, "Same UID, different pixel"))
    desktop.keys("Right", "Down")
    desktop.click(desktop.wait(_BUTTON, "^Add fix to plan$", "enabled"))
    desktop.click(desktop.wait("check box", "^Write everything loaded", "enabled"))
    desktop.click(desktop.wait(_BUTTON, "^Plan [0-9]+ new UIDs?$", "enabled"))
    decide = desktop.wait(_BUTTON, "^Decide…$", "enabled")
    look.at("plan")
    look.window("decisions", lambda: desktop.click(decide))
    desktop.keys("ctrl+z")
    desktop.wait(_BUTTON, "^Regenerate…$", "enabled")


def _side_by_side(desktop: Desktop, look: _Look) -> None:
    desktop.click(desktop.wait("page tab", "^Findings"))
    desktop.click(desktop.wait(_ROW, "Identical copies"))
    look.window("compare side by side", lambda: desktop.click(desktop.wait(_BUTTON, "^Compare…$", "enabled")))


def _export(desktop: Desktop, look: _Look, target: Path) -> None:
    """Plan a derived series by the fix of a projection in its source's series; then the four steps."""
    desktop.click(desktop.wait("page tab", "^Findings"))
    desktop.click(desktop.wait(_ROW, "Derived objects"))
    desktop.click(desktop.wait(_BUTTON, "^Add fix to plan$", "enabled"))
    desktop.click(desktop.wait(_BUTTON, "^Plan [0-9]+ new UIDs?$", "enabled"))
    desktop.wait("page tab", r"^Plan\s+\d", "selected")
    desktop.keys("ctrl+e")
    desktop.wait(_BUTTON, "^Continue$", "enabled")
    look.at("export, what")
    desktop.keys("Return")
    desktop.wait(_BUTTON, "^Start the dry run$")
    look.at("export, where")
    desktop.keys("ctrl+a")
    desktop.write(str(target))
    desktop.wait(_BUTTON, "^Start the dry run$", "enabled")
    desktop.keys("Return")
    desktop.wait(_BUTTON, r"^Write [\d,]+ files?$", "enabled")
    look.at("export, dry run")
    look.window("unresolved references", lambda: desktop.click(desktop.wait(_BUTTON, "^Show$")))
    desktop.keys("Return")
    desktop.wait(_BUTTON, "^Close$", "enabled")
    look.at("export, verified")
    desktop.keys("Return")
    desktop.wait_until(lambda parts: not any(parts.seen("dialog", "^Export")), "the end of the dialog")


def nameless(parts: Parts) -> list[str]:
    """The way to each part that can be used now and has no name, or no role."""
    return [
        parts.way_to(part)
        for part in parts
        if part.is_seen
        and ((part.role in _USED and not part.name) or (part.role in _NO_ROLE and "focusable" in part.states))
    ]


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
