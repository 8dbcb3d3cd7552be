import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.qt.pixels import grabbed, named, shows
from uidscope.qt.kit.anatomy_parts import Anatomy, AnatomyPart, PartKind
from uidscope.qt.kit.anatomy_strip import AnatomyStrip
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.theme import tokens

ROOT, OWNER, UUID = PartKind.ROOT, PartKind.OWNER, PartKind.UUID
FAULTY = Anatomy(
    "1.3.6.1.4.1.32473.4.01",
    (
        AnatomyPart("1", "ISO", ROOT),
        AnatomyPart("3", "org.", ROOT),
        AnatomyPart("32473", "Example Ent.", ROOT),
        AnatomyPart("4", "owner", OWNER),
        AnatomyPart("01", "owner", OWNER, fault="leading zero"),
    ),
    length=22,
    root_remark="issued to Example Enterprise, probably",
    below_remark="numbers its owner gives",
    summary="9 parts, 1 faulty",
)
OF_UUID = Anatomy(
    "2.25.188816442824505359344768151253159116802",
    (
        AnatomyPart("2", "joint", ROOT),
        AnatomyPart("25", "UUID arc", ROOT),
        AnatomyPart("188816442824505359344768151253159116802", "UUID as one decimal number", UUID),
    ),
    length=44,
    uuid="8e0cb960-1d4a-11f1-9a3e-0242ac120002",
)


@pytest.fixture
def strip(qtbot: QtBot) -> AnatomyStrip:
    made = AnatomyStrip()
    qtbot.addWidget(made)
    made.set_anatomy(FAULTY)
    made.resize(500, made.heightForWidth(500))
    with qtbot.waitExposed(made):
        made.show()
    return made


def places(strip: AnatomyStrip) -> list[QRect]:
    return [block.geometry() for block in strip.blocks]


def test_rows_break_at_the_root(strip: AnatomyStrip, direction: Qt.LayoutDirection) -> None:
    tops = [place.top() for place in places(strip)]
    assert len(set(tops[:3])) == len(set(tops[3:])) == 1
    assert tops[3] > tops[0] + places(strip)[0].height()


def test_a_uuid_is_one_row_with_its_digits_whole(strip: AnatomyStrip) -> None:
    strip.set_anatomy(OF_UUID)
    strip.resize(460, strip.heightForWidth(460))
    assert len({place.top() for place in places(strip)}) == 1
    last = strip.blocks[-1]
    assert last.width() == last.sizeHint().width()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(120, 900), count=st.integers(0, 70))
def test_it_wraps_and_never_leaves_its_width(strip: AnatomyStrip, width: int, count: int) -> None:
    more = tuple(AnatomyPart(str(10**at)[:20], "owner", OWNER) for at in range(count))
    strip.set_anatomy(Anatomy("x", FAULTY.parts + more, 10))
    height = strip.heightForWidth(width)
    strip.resize(width, height)
    within = QRect(0, 0, width, height)
    assert all(within.contains(place) for place in places(strip))
    assert not any(
        one.intersects(other) for at, one in enumerate(places(strip)) for other in places(strip)[at + 1 :]
    )


def test_a_row_reads_from_left_to_right_in_every_layout(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    strip = AnatomyStrip()
    qtbot.addWidget(strip)
    strip.set_anatomy(FAULTY)
    strip.resize(500, strip.heightForWidth(500))
    lefts = [place.left() for place in places(strip)]
    assert lefts[:3] == sorted(lefts[:3])
    assert (lefts[0] == 0) == (direction == Qt.LayoutDirection.LeftToRight)


def test_narrow_strips_are_higher(strip: AnatomyStrip) -> None:
    assert strip.heightForWidth(150) > strip.heightForWidth(600)


def test_endless_values_end(strip: AnatomyStrip) -> None:
    parts = tuple(AnatomyPart("1", "owner", OWNER) for _ in range(5000))
    strip.set_anatomy(Anatomy("1." * 5000, parts, 10_000))
    assert len(strip.blocks) < 60
    assert "4,960" in strip.blocks[-1].part.meaning


def test_an_empty_uid_has_no_parts(strip: AnatomyStrip) -> None:
    strip.set_anatomy(Anatomy("", (), 0))
    assert strip.blocks == ()
    grabbed(strip)


def test_keys_reach_every_part(strip: AnatomyStrip, qtbot: QtBot) -> None:
    strip.activateWindow()
    strip.blocks[0].setFocus()
    qtbot.waitUntil(strip.blocks[0].hasFocus)
    for expected in (1, 2, 3, 4, 4):
        qtbot.keyClick(strip.focusWidget(), Qt.Key.Key_Right)
        assert strip.blocks[expected].hasFocus()
    qtbot.keyClick(strip.focusWidget(), Qt.Key.Key_Home)
    assert strip.blocks[0].hasFocus()
    stops = [bool(block.focusPolicy() & Qt.FocusPolicy.TabFocus) for block in strip.blocks]
    assert stops == [True, False, False, False, False]


def test_every_part_says_what_it_is(strip: AnatomyStrip) -> None:
    assert strip.accessibleName() == "UID 1.3.6.1.4.1.32473.4.01"
    assert strip.blocks[0].accessibleName() == "Part 1 of 5: 1, ISO"
    assert strip.blocks[4].accessibleName() == "Part 5 of 5: 01, leading zero"


def test_colours_tell_the_kinds_apart(strip: AnatomyStrip, scheme: Scheme) -> None:
    colours = tokens()
    root, owner, fault = strip.blocks[0], strip.blocks[3], strip.blocks[4]
    assert shows(root, [colours.accent, colours.accent_soft])
    assert shows(owner, [colours.text2, colours.alt])
    assert shows(fault, [colours.error.ink, colours.error.soft])
    strip.set_anatomy(OF_UUID)
    assert shows(strip.blocks[-1], [colours.plan.ink, colours.plan.soft])


@pytest.mark.parametrize(("length", "too_long"), [(64, False), (65, True)])
def test_a_uid_over_64_characters_is_shown_as_too_long(
    strip: AnatomyStrip, qapp: QApplication, length: int, too_long: bool
) -> None:
    strip.set_anatomy(Anatomy("1.2", (AnatomyPart("1", "ISO", ROOT),), length))
    foot = grabbed(strip).copy(0, strip.blocks[0].geometry().bottom() + 4, 300, 40)
    seen = {foot.pixelColor(x, y).name() for x in range(foot.width()) for y in range(foot.height())}
    assert (named(tokens().error.ink) <= seen) == too_long
    assert (named(tokens().accent) <= seen) != too_long
