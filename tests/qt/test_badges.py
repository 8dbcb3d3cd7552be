import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from uidscope.qt.kit.badge_painting import badge_mark, draw_marks, marks_that_fit, marks_width
from uidscope.qt.kit.badges import Badge, BadgeKind, badge_speech, badge_text, badges_speech, gravest_first
from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.theme import tokens


@pytest.mark.parametrize(
    ("badge", "text"),
    [
        (Badge(BadgeKind.ERROR, 1), "1 error"),
        (Badge(BadgeKind.ERROR, 3, own=False), "3 errors"),
        (Badge(BadgeKind.WARNING, 12_345, own=False), "12,345 warnings"),
        (Badge(BadgeKind.CONFLICT, 1), "conflict"),
        (Badge(BadgeKind.CONFLICT, 1, own=False), "1 conflict"),
        (Badge(BadgeKind.PLANNED, 40, own=False), "40 planned"),
        (Badge(BadgeKind.BROKEN, 2), "2 broken refs"),
        (Badge(BadgeKind.VERIFIED, 0, own=False), "verified"),
    ],
)
def test_a_badge_says_its_count_and_its_word(qapp: QApplication, badge: Badge, text: str) -> None:
    assert badge_text(badge) == text


@pytest.mark.parametrize("kind", BadgeKind)
def test_every_badge_has_words_for_every_count(qapp: QApplication, kind: BadgeKind) -> None:
    alone, one, many = (badge_text(Badge(kind, count, own=False)) for count in (0, 1, 7))
    assert not any(character.isdigit() for character in alone)
    assert one.startswith("1 ")
    assert many.startswith("7 ")
    assert "%" not in alone + one + many


def test_speech_spells_broken_references_out(qapp: QApplication) -> None:
    assert badge_speech(Badge(BadgeKind.BROKEN, 1)) == "1 broken reference"
    said = badges_speech([Badge(BadgeKind.BROKEN, 2), Badge(BadgeKind.ERROR, 2), Badge(BadgeKind.NOTE, 1)])
    assert said == "2 errors, 2 broken references, 1 note"


def test_speech_names_what_is_told_by_its_severity(qapp: QApplication) -> None:
    within = (Badge(BadgeKind.CONFLICT, 1, own=False), Badge(BadgeKind.TRUNCATED, 2, own=False))
    said = badges_speech(
        [
            Badge(BadgeKind.WARNING, 12, own=False, including=(Badge(BadgeKind.BROKEN, 2, own=False),)),
            Badge(BadgeKind.ERROR, 5, own=False, including=within),
        ]
    )
    assert said == "5 errors (including 1 conflict, 2 truncated), 12 warnings (including 2 broken references)"


def test_a_badge_weighs_what_its_findings_do(qapp: QApplication) -> None:
    grave = Badge(BadgeKind.BROKEN, 1, severity=BadgeKind.ERROR)
    slight = Badge(BadgeKind.BROKEN, 3, own=False, severity=BadgeKind.NOTE)
    assert badge_mark(grave).verdict is BadgeKind.ERROR.verdict
    assert badge_mark(grave).icon == BadgeKind.BROKEN.icon
    others = [
        Badge(BadgeKind.ERROR),
        Badge(BadgeKind.PLANNED),
        Badge(BadgeKind.WARNING),
        Badge(BadgeKind.NOTE),
    ]
    error, planned, warning, note = others
    assert gravest_first([slight, *others, grave]) == (error, grave, planned, warning, note, slight)


def test_the_gravest_come_first_and_own_before_rolled_up() -> None:
    note, own, below = Badge(BadgeKind.NOTE), Badge(BadgeKind.ERROR, 1), Badge(BadgeKind.ERROR, 5, own=False)
    assert gravest_first([note, below, own]) == (own, below, note)


def test_two_at_most_are_shown_and_the_second_shrinks_first(qapp: QApplication) -> None:
    badges = [Badge(kind, 9, own=False) for kind in (BadgeKind.NOTE, BadgeKind.ERROR, BadgeKind.WARNING)]
    wide = marks_that_fit(badges, 1000)
    assert [mark.text for mark in wide] == ["9 errors", "9 warnings"]
    narrower = marks_that_fit(badges, marks_width(wide) - 1)
    assert [mark.text for mark in narrower] == ["9 errors", "9"]
    assert marks_width(narrower) <= marks_width(wide) - 1
    assert [mark.text for mark in marks_that_fit(badges, 1)] == ["9"]
    assert marks_that_fit([], 100) == ()


@pytest.mark.parametrize("kind", BadgeKind)
def test_own_badges_are_pills_and_rolled_up_ones_are_not(
    qapp: QApplication, scheme: Scheme, direction: Qt.LayoutDirection, kind: BadgeKind
) -> None:
    colours = tokens()
    for own in (True, False):
        image = QImage(160, 26, QImage.Format.Format_RGB32)
        image.fill(QColor(colours.base))
        painter = QPainter(image)
        mirrored = direction == Qt.LayoutDirection.RightToLeft
        place = QRectF(0, 0, 160, 26)
        draw_marks(painter, place, (badge_mark(Badge(kind, 2, own)),), colours.base, right_to_left=mirrored)
        painter.end()
        seen = {image.pixelColor(x, y).name() for x in range(160) for y in range(26)}
        assert QColor(colours.verdict(kind.verdict).ink).name() in seen
        assert (QColor(colours.verdict(kind.verdict).soft).name() in seen) == own
        # It stands at the leading edge.
        far = range(140, 160) if not mirrored else range(20)
        assert {image.pixelColor(x, 13).name() for x in far} == {QColor(colours.base).name()}
