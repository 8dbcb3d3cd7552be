"""The colours of the window by meaning, one table for light and one for dark."""

import enum
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QPalette


class Scheme(enum.Enum):
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Verdict(enum.Enum):
    """What a colour may say. Shape and word always say it too."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OK = "ok"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class VerdictColours:
    """`ink` for text and shapes, `soft` for fills behind text, `edge` for the border of a fill."""

    ink: str
    soft: str
    edge: str


@dataclass(frozen=True, slots=True)
class ColourTokens:
    """Every colour the window uses, as `#RRGGBB`."""

    window: str
    bar: str
    base: str
    alt: str
    header: str
    line: str
    edge: str
    edge_soft: str
    text: str
    text2: str
    disabled: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    hover: str
    select: str
    mark: str
    old: str
    new: str
    error: VerdictColours
    warning: VerdictColours
    info: VerdictColours
    ok: VerdictColours
    plan: VerdictColours

    @property
    def has_fills(self) -> bool:
        """Whether fills tell things apart. Where they do not, as in high contrast, outlines must."""
        return self.select != self.base

    def verdict(self, verdict: Verdict) -> VerdictColours:
        match verdict:
            case Verdict.ERROR:
                return self.error
            case Verdict.WARNING:
                return self.warning
            case Verdict.INFO:
                return self.info
            case Verdict.OK:
                return self.ok
            case Verdict.PLAN:
                return self.plan


LIGHT = ColourTokens(
    window="#F1F4F6",
    bar="#F8FAFB",
    base="#FFFFFF",
    alt="#F7F9FA",
    header="#F7F9FA",
    line="#DCE2E7",
    edge="#7F8D99",
    edge_soft="#BCC6CE",
    text="#17212B",
    text2="#4F5D6A",
    disabled="#85919C",
    accent="#0B6380",
    on_accent="#FFFFFF",
    accent_hover="#094F67",
    accent_soft="#E1F0F5",
    hover="#EBF2F5",
    select="#D3E8F0",
    mark="#B4D8E6",
    old="#FBE0DD",
    new="#D6F0DF",
    error=VerdictColours("#AE1F1A", "#FCEBE9", "#E3A29D"),
    warning=VerdictColours("#7F4F00", "#FFF2D6", "#DDB86A"),
    info=VerdictColours("#3A5688", "#E9EEF7", "#AEBEDA"),
    ok=VerdictColours("#1A683C", "#E3F3E8", "#96C8A9"),
    plan=VerdictColours("#6239AC", "#EFE9FA", "#BBA6E3"),
)

DARK = ColourTokens(
    window="#181C20",
    bar="#1C2125",
    base="#1F2429",
    alt="#23282E",
    header="#242A30",
    line="#343C44",
    edge="#788590",
    edge_soft="#48525B",
    text="#E4E9ED",
    text2="#A9B4BE",
    disabled="#717D88",
    accent="#6CC3E0",
    on_accent="#06222C",
    accent_hover="#8AD2EA",
    accent_soft="#1C3A46",
    hover="#283036",
    select="#20424F",
    mark="#2F6275",
    old="#5A2A28",
    new="#1E4A31",
    error=VerdictColours("#FF9A92", "#43211F", "#8C443F"),
    warning=VerdictColours("#F3BF5F", "#3B2E14", "#7D6430"),
    info=VerdictColours("#A9C2F0", "#232F45", "#4B6190"),
    ok=VerdictColours("#7FD6A2", "#193626", "#3D7A56"),
    plan=VerdictColours("#C6B0FA", "#312750", "#685399"),
)


def contrast_tokens(system: QPalette) -> ColourTokens:
    """The system's own colours in the places of ours: no soft fills, and shape and word carry the verdict."""

    def named(role: QPalette.ColorRole) -> str:
        return system.color(QPalette.ColorGroup.Active, role).name()

    base, text = named(QPalette.ColorRole.Base), named(QPalette.ColorRole.Text)
    window = named(QPalette.ColorRole.Window)
    disabled = system.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name()
    plain = VerdictColours(ink=text, soft=base, edge=text)
    return ColourTokens(
        window=window,
        bar=window,
        base=base,
        alt=base,
        header=base,
        line=named(QPalette.ColorRole.Mid),
        edge=text,
        edge_soft=text,
        text=text,
        text2=text,
        disabled=disabled,
        accent=text,
        on_accent=base,
        accent_hover=text,
        accent_soft=base,
        hover=base,
        select=base,
        mark=base,
        old=base,
        new=base,
        error=plain,
        warning=plain,
        info=plain,
        ok=plain,
        plan=plain,
    )


@cache
def colour(value: str) -> QColor:
    """The colour that `#RRGGBB` names. Shared: never change it in place."""
    return QColor(value)
