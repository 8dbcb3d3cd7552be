"""The colours keep the contrast that the design promises: nobody changes one by eye."""

import dataclasses
import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from uidscope.qt.kit.colour_tokens import DARK, LIGHT, ColourTokens, Verdict, VerdictColours, contrast_tokens

TABLES = {"light": LIGHT, "dark": DARK}
READ_ON = ("base", "window", "alt", "bar", "select", "hover", "accent_soft")


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it."""

    def luminance(value: str) -> float:
        channels = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def worst(tokens: ColourTokens, ink: str) -> float:
    return min(contrast(ink, getattr(tokens, place)) for place in READ_ON)


def test_the_measure_itself_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("scheme", "token", "on_base", "on_worst"),
    [
        ("light", "text", 16.3, 12.9),
        ("light", "text2", 6.8, 5.3),
        ("light", "accent", 6.8, 5.3),
        ("dark", "text", 12.8, 8.8),
        ("dark", "text2", 7.4, 5.1),
        ("dark", "accent", 7.8, 5.4),
    ],
)
def test_what_is_read_has_the_contrast_of_the_table(
    scheme: str, token: str, on_base: float, on_worst: float
) -> None:
    tokens = TABLES[scheme]
    ink = getattr(tokens, token)
    assert contrast(ink, tokens.base) == pytest.approx(on_base, abs=0.06)
    assert worst(tokens, ink) == pytest.approx(on_worst, abs=0.06)
    assert worst(tokens, ink) >= 5.0


@pytest.mark.parametrize(
    ("scheme", "verdict", "on_base", "on_worst", "on_soft"),
    [
        ("light", Verdict.ERROR, 7.0, 5.5, 6.0),
        ("light", Verdict.WARNING, 7.0, 5.5, 6.3),
        ("light", Verdict.INFO, 7.3, 5.8, 6.3),
        ("light", Verdict.OK, 6.8, 5.4, 5.9),
        ("light", Verdict.PLAN, 7.8, 6.1, 6.6),
        ("dark", Verdict.ERROR, 7.7, 5.3, 7.0),
        ("dark", Verdict.WARNING, 9.3, 6.4, 7.8),
        ("dark", Verdict.INFO, 8.7, 6.0, 7.5),
        ("dark", Verdict.OK, 9.0, 6.2, 7.5),
        ("dark", Verdict.PLAN, 8.2, 5.6, 7.2),
    ],
)
def test_every_verdict_has_the_contrast_of_the_table(
    scheme: str, verdict: Verdict, on_base: float, on_worst: float, on_soft: float
) -> None:
    tokens = TABLES[scheme]
    colours = tokens.verdict(verdict)
    assert contrast(colours.ink, tokens.base) == pytest.approx(on_base, abs=0.06)
    assert worst(tokens, colours.ink) == pytest.approx(on_worst, abs=0.06)
    assert contrast(colours.ink, colours.soft) == pytest.approx(on_soft, abs=0.06)
    assert contrast(tokens.text, colours.soft) >= 4.5
    assert contrast(tokens.text2, colours.soft) >= 4.5


@pytest.mark.parametrize("scheme", TABLES)
def test_text_can_be_read_on_every_fill(scheme: str) -> None:
    tokens = TABLES[scheme]
    for fill in (tokens.mark, tokens.old, tokens.new, tokens.header):
        assert contrast(tokens.text, fill) >= 4.5
    assert contrast(tokens.text2, tokens.header) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent_hover) >= 4.5


@pytest.mark.parametrize("scheme", TABLES)
def test_the_borders_of_controls_can_be_seen(scheme: str) -> None:
    tokens = TABLES[scheme]
    for behind in (tokens.base, tokens.bar, tokens.window):
        assert contrast(tokens.edge, behind) >= 3.0
        assert contrast(tokens.accent, behind) >= 3.0
    # Disabled controls are no information, and yet are to be seen.
    assert contrast(tokens.disabled, tokens.base) >= 3.0


@pytest.mark.parametrize("scheme", TABLES)
def test_all_values_are_six_digit_colours(scheme: str) -> None:
    for field in dataclasses.fields(TABLES[scheme]):
        value = getattr(TABLES[scheme], field.name)
        values = dataclasses.astuple(value) if isinstance(value, VerdictColours) else (value,)
        assert all(re.fullmatch("#[0-9A-F]{6}", each) for each in values), field.name


def test_high_contrast_takes_the_systems_colours_and_no_soft_fills(qapp: QApplication) -> None:
    system = QPalette(QColor("#000000"))
    system.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    system.setColor(QPalette.ColorRole.Text, QColor("#FFFF00"))
    tokens = contrast_tokens(system)
    assert tokens.text == tokens.text2 == tokens.error.ink == "#ffff00"
    assert tokens.base == tokens.select == tokens.error.soft == "#000000"
    assert not tokens.has_fills
    assert LIGHT.has_fills
