"""The look of the whole application: tokens to palette, style sheet and fonts, all on Fusion."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from uidscope.qt.kit import icons
from uidscope.qt.kit.colour_tokens import DARK, LIGHT, ColourTokens, Scheme, colour, contrast_tokens
from uidscope.qt.kit.font_roles import row_height, with_fallbacks
from uidscope.qt.kit.style_sheet import style_sheet


@dataclass(slots=True)
class _Current:
    scheme: Scheme = Scheme.LIGHT
    tokens: ColourTokens = LIGHT


_current = _Current()
_NEW_LOOK = frozenset({QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange})


def tokens() -> ColourTokens:
    """The colours in use. Ask at every painting: they change with the scheme."""
    return _current.tokens


def current_scheme() -> Scheme:
    return _current.scheme


def system_scheme() -> Scheme:
    """What the system asks for: light, dark, or high contrast in its own colours."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)  # since Qt 6.10
    if accessibility is not None and accessibility().contrastPreference() == (
        Qt.ContrastPreference.HighContrast
    ):
        return Scheme.HIGH_CONTRAST
    return Scheme.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Scheme.LIGHT


def apply_theme(app: QApplication, scheme: Scheme) -> None:
    """Dress the application in `scheme`.

    Call it again when the scheme or the system's font changes. Every widget then gets a change event for
    which `is_new_look` is true; whoever keeps a coloured icon or a font makes it anew there.
    """
    app.setStyle("Fusion")
    _current.scheme = scheme
    _current.tokens = _tokens_of(app, scheme)
    icons.clear_cache()
    app.setFont(with_fallbacks(app.font()))
    if scheme is not Scheme.HIGH_CONTRAST:
        app.setPalette(palette(_current.tokens))
    app.setStyleSheet(style_sheet(_current.tokens, QFontInfo(app.font()).pixelSize(), row_height() - 1))


def is_new_look(event: QEvent) -> bool:
    """Whether a widget's change event means that colours, fonts or the direction have changed."""
    return event.type() in _NEW_LOOK


def palette(tokens: ColourTokens) -> QPalette:
    """The palette of `tokens`, all three groups. A list's selection keeps its colour without the focus."""
    role = QPalette.ColorRole
    chosen = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.base,
        role.AlternateBase: tokens.alt,
        role.Text: tokens.text,
        role.Button: tokens.base,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on_accent,
        role.ToolTipBase: tokens.base,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.text2,
        role.Highlight: tokens.select,
        role.HighlightedText: tokens.text,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent,
        role.Light: tokens.base,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line,
        role.Dark: tokens.edge_soft,
        role.Shadow: tokens.edge,
    }
    disabled = {
        role.WindowText: tokens.disabled,
        role.Text: tokens.disabled,
        role.ButtonText: tokens.disabled,
        role.PlaceholderText: tokens.disabled,
        role.HighlightedText: tokens.disabled,
        role.Highlight: tokens.line,
        role.Accent: tokens.line,
    }
    made = QPalette()
    group = QPalette.ColorGroup
    for which, value in chosen.items():
        for each in (group.Active, group.Inactive, group.Disabled):
            made.setColor(each, which, colour(value))
    for which, value in disabled.items():
        made.setColor(group.Disabled, which, colour(value))
    return made


def _tokens_of(app: QApplication, scheme: Scheme) -> ColourTokens:
    match scheme:
        case Scheme.LIGHT:
            return LIGHT
        case Scheme.DARK:
            return DARK
        case Scheme.HIGH_CONTRAST:
            app.setPalette(QPalette())  # back to the system's own
            return contrast_tokens(app.palette())
