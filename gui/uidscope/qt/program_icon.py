"""The program's own icon, as task bars and window lists show it."""

from uidscope.core.uid.resource_files import resource_root


def program_icon_path() -> str:
    """Return the path of the icon, an SVG of a fixed colour."""
    return str(resource_root() / "program" / "uidscope.svg")
