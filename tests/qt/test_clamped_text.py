"""A paragraph shows at most its lines, and says all to whoever asks."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.qt.loaded_state import shown
from uidscope.qt.kit.clamped_text import ClampedText
from uidscope.qt.kit.font_roles import FontRole, text_width

LONG = (
    "Archives that check UIDs refuse the image; others store it, and a viewer may look for it in vain. " * 4
)


def test_short_text_shows_whole(qtbot: QtBot) -> None:
    label = ClampedText(3)
    shown(qtbot, label, 400, 80)
    label.set_text("One line.")
    assert label.lines == ("One line.",)
    assert label.toolTip() == ""


def test_long_text_is_cut_behind_its_last_line(qtbot: QtBot) -> None:
    label = ClampedText(3)
    shown(qtbot, label, 300, 80)
    label.set_text(LONG)
    assert len(label.lines) == 3
    assert label.lines[-1].endswith("…")
    assert label.accessibleName() == LONG
    assert LONG.strip() in label.toolTip()
    assert label.minimumHeight() == label.sizeHint().height()


def test_wider_place_shows_more(qtbot: QtBot) -> None:
    label = ClampedText(3)
    shown(qtbot, label, 300, 80)
    label.set_text(LONG)
    narrow = sum(map(len, label.lines))
    label.resize(700, 80)
    assert sum(map(len, label.lines)) > narrow


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(text=st.text(max_size=400))
def test_no_line_is_wider_than_its_place(qtbot: QtBot, text: str) -> None:
    label = ClampedText(2)
    label.resize(240, 60)
    label.set_text(text)
    assert len(label.lines) <= 2
    assert all(text_width(line, FontRole.BODY) <= 241 for line in label.lines)


def test_nothing_is_lost_between_the_lines(qtbot: QtBot) -> None:
    label = ClampedText(100)
    label.resize(240, 60)
    words = ["\U0001f600", "Äneas", "山田", "x" * 90] * 12
    label.set_text(" ".join(words))
    assert len(label.lines) > 10
    assert "".join(label.lines).replace(" ", "") == "".join(words)
