import re
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication

from uidscope.core.uid.resource_files import resource_root
from uidscope.qt.kit.badges import BadgeKind
from uidscope.qt.kit.icons import (
    button_icon,
    button_icon_size,
    clear_cache,
    draw_icon,
    icon_names,
    icon_pixmap,
    square_icon,
)

INK, BEHIND, DISABLED = "#AE1F1A", "#00FF00", "#85919C"
SOLID_WITH_A_MARK = {"error", "warning", "conflict", "verified", "offline"}
NAMED_IN_THE_WINDOW = {
    *(
        "patient",
        "study",
        "series",
        "image",
        "object",
        "file",
        "report",
        "folder",
        "folder-add",
        "folder-drop",
    ),
    *("rescan", "undo", "redo", "regenerate", "export", "search", "close", "copy", "link", "lock", "filter"),
    *("chevron-left", "chevron-right", "chevron-up", "chevron-down", "check", "arrow-right", "open-outside"),
}


def colours_in(image: QImage) -> set[str]:
    """The opaque colours of an image, as `#rrggbb`."""
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_every_icon_that_is_named_is_there() -> None:
    assert NAMED_IN_THE_WINDOW | {kind.icon for kind in BadgeKind} <= icon_names()


@pytest.mark.parametrize("name", sorted(icon_names()))
def test_every_template_stands_on_the_grid_with_placeholders_for_colours(name: str) -> None:
    source = (resource_root() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    root = ET.fromstring(source)
    assert root.get("viewBox") == "0 0 16 16"
    named = set(re.findall(r'(?:stroke|fill)="([^"]+)"', source))
    assert named <= {"INK", "KNOCKOUT", "none"}


@pytest.mark.parametrize("name", sorted(icon_names()))
def test_every_icon_paints_in_its_ink(qapp: QApplication, name: str) -> None:
    drawn = icon_pixmap(name, INK, 64, knock_out=BEHIND).toImage()
    assert QColor(INK).name() in colours_in(drawn)
    assert (QColor(BEHIND).name() in colours_in(drawn)) == (name in SOLID_WITH_A_MARK)
    assert drawn.pixelColor(0, 0).alpha() == 0


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_are_sharp_at_every_ratio(qapp: QApplication, ratio: float) -> None:
    drawn = icon_pixmap("copy", INK, 16, ratio)
    assert drawn.devicePixelRatio() == ratio
    assert drawn.width() == 16 * ratio
    assert drawn.deviceIndependentSize().width() == 16


def test_an_icon_is_drawn_once(qapp: QApplication) -> None:
    first = icon_pixmap("copy", INK, 16)
    assert icon_pixmap("copy", INK, 16).cacheKey() == first.cacheKey()
    assert icon_pixmap("copy", INK, 16, 2.0).cacheKey() != first.cacheKey()
    clear_cache()
    assert icon_pixmap("copy", INK, 16).cacheKey() != first.cacheKey()


def test_only_what_points_is_mirrored(qapp: QApplication) -> None:
    def both_ways(name: str) -> tuple[QImage, QImage]:
        plain, turned = (
            icon_pixmap(name, INK, 32, mirrored=mirrored).toImage() for mirrored in (False, True)
        )
        return plain, turned

    plain, turned = both_ways("undo")
    assert plain != turned
    plain, turned = both_ways("search")
    assert plain == turned


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon_pixmap("no-such-icon", INK, 16)


def test_a_button_icon_has_room_at_its_sides_and_a_disabled_look(qapp: QApplication) -> None:
    icon = button_icon("close", INK, DISABLED)
    size = button_icon_size()
    assert size == QSize(22, 16)
    normal = icon.pixmap(size, 1.0).toImage()
    assert all(normal.pixelColor(x, y).alpha() == 0 for x in (0, 1, 2, 19, 20, 21) for y in range(16))
    off = icon.pixmap(size, 1.0, QIcon.Mode.Disabled).toImage()
    assert QColor(DISABLED).name() in {off.pixelColor(x, 8).name() for x in range(22)} | colours_in(off)
    assert QColor(INK).name() not in colours_in(off)
    assert square_icon("close", INK, DISABLED).pixmap(QSize(16, 16), 1.0).toImage() == normal.copy(
        3, 0, 16, 16
    )


def test_drawing_fills_the_square_it_is_given(qapp: QApplication) -> None:
    canvas = QImage(40, 40, QImage.Format.Format_ARGB32)
    canvas.fill(Qt.GlobalColor.white)
    painter = QPainter(canvas)
    draw_icon(painter, QRectF(10, 10, 20, 20), "error", INK, "#FFFFFF")
    painter.end()
    assert canvas.pixelColor(20, 13).name() == QColor(INK).name()
    assert canvas.pixelColor(5, 20).name() == "#ffffff"
