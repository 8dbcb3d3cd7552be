"""Prints what a screen reader is told of a program's windows, as JSON: ``at_spi_dump.py PROCESS``.

Run by a Python that has the bindings of AT-SPI, which is often the system's own; it needs nothing else.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gi  # type: ignore[import-not-found, unused-ignore]  # the system's

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found, unused-ignore]  # noqa: E402

_MOST_CHILDREN = 400  # of a list or a tree, whose cells are many
_STATES = {
    "focused": Atspi.StateType.FOCUSED,
    "focusable": Atspi.StateType.FOCUSABLE,
    "showing": Atspi.StateType.SHOWING,
    "enabled": Atspi.StateType.ENABLED,
    "selected": Atspi.StateType.SELECTED,
    "checked": Atspi.StateType.CHECKED,
    "active": Atspi.StateType.ACTIVE,
}


def dump(process: int) -> list[dict[str, Any]]:
    """Every part of the program's windows, each after what it stands in; ``above`` is the place of that."""
    Atspi.init()
    desktop = Atspi.get_desktop(0)
    parts: list[dict[str, Any]] = []
    for at in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(at)
        if program is not None and program.get_process_id() == process:
            _add(program, -1, parts)
    return parts


def _add(part: Any, above: int, parts: list[dict[str, Any]]) -> None:
    here = len(parts)
    try:
        parts.append(_told(part, above))
        children = min(part.get_child_count(), _MOST_CHILDREN)
    except GLib.Error:  # it went while it was asked
        return
    for at in range(children):
        try:
            child = part.get_child_at_index(at)
        except GLib.Error:
            continue
        if child is not None:
            _add(child, here, parts)


def _told(part: Any, above: int) -> dict[str, Any]:
    states = part.get_state_set()
    told = {
        "above": above,
        "role": part.get_role_name(),
        "name": part.get_name() or "",
        "description": part.get_description() or "",
        "states": [name for name, state in _STATES.items() if states.contains(state)],
        "place": [0, 0, 0, 0],
        "text": "",
    }
    component = part.get_component_iface()
    if component is not None:
        place = component.get_extents(Atspi.CoordType.SCREEN)
        told["place"] = [place.x, place.y, place.width, place.height]
    text = part.get_text_iface()
    if text is not None:
        told["text"] = Atspi.Text.get_text(text, 0, -1) or ""
    return told


if __name__ == "__main__":
    json.dump(dump(int(sys.argv[1])), sys.stdout)
