from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from uidscope.qt.kit.visible_text import button_text, plain_tool_tip, visible_text


def test_plain_names_stay_as_they_are() -> None:
    for name in ("TEST^ALPHA", "Tést Ünïcode", "山田^太郎", "می‌خواهم", "A&B <img>"):
        assert visible_text(name) == name


def test_what_would_turn_or_hide_text_is_spelled_out() -> None:
    assert visible_text("gpj.\u202eexe") == "gpj.\\u202eexe"
    assert visible_text("two\nlines\x00") == "two\\x0alines\\x00"


def test_a_text_of_any_length_is_cut_to_a_bearable_one() -> None:
    shown = visible_text("A" * 10_000)
    assert len(shown) < 3000
    assert shown.endswith("…")


@given(st.text())
def test_nothing_shown_turns_the_direction_or_breaks_the_line(text: str) -> None:
    shown = visible_text(text)
    assert not set(shown) & set("\n\r\t\x00\x1b\u2028\u202a\u202b\u202d\u202e\u2066\u2067\u2069")


@given(st.text(st.characters(codec="ascii", exclude_characters="\n\r"), max_size=60))
def test_a_tool_tip_shows_its_text_and_no_html(text: str) -> None:
    tip = plain_tool_tip(text)
    if tip.startswith("<qt>"):
        document = QTextDocument()
        document.setHtml(tip)
        tip = document.toPlainText()
    else:
        assert not set(tip) & set("<&")
    assert tip.split() == visible_text(text).split()


def test_an_image_in_a_name_stays_text() -> None:
    assert "<img" not in plain_tool_tip('<img src="file:///x">')
    assert plain_tool_tip("") == ""


def test_an_ampersand_on_a_button_is_shown() -> None:
    assert button_text("A&B") == "A&&B"
