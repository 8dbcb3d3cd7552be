"""The one style sheet of the window: bars, buttons, fields, tabs, column heads and scroll bars."""

from string import Template

from uidscope.qt.kit.colour_tokens import ColourTokens

# Widgets are told apart by dynamic properties: `kind` (primary, danger, quiet) and `dense`, `large`.
# A property called `size` would be the widget's own, and a selector on it never matches.
_TEMPLATE = Template("""
QMainWindow, QDialog { background: $window; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMenuBar { background: $bar; padding: 0 7px; border: none; spacing: 0; }
QMenuBar::item { background: transparent; padding: 6px 11px; border-radius: 4px; }
QMenuBar::item:selected { background: $select; }
QMenu { background: $base; border: 1px solid $edge_soft; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 3px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $select; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QToolTip { background: $base; color: $text; border: 1px solid $edge; padding: 3px 5px; }
QToolBar { background: $bar; border: none; border-bottom: 1px solid $line; padding: 0 8px 0 6px; spacing: 0;
  min-height: 44px; }
QToolBar::separator { background: $line; width: 1px; margin: 6px 5px; }
QToolBar#messageToolBar { padding: 0; border: none; min-height: 0; }
QToolButton { background: transparent; color: $text; border: 1px solid transparent; border-radius: 4px;
  padding: 4px 5px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $select; }
QToolButton:disabled { color: $disabled; }
QToolButton:focus { border: 2px solid $accent; padding: 3px 4px; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton, QToolButton[kind="secondary"] { background: $base; color: $text; border: 1px solid $edge;
  border-radius: 4px; padding: 4px 12px; min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $select; }
QPushButton:disabled { color: $disabled; border-color: $line; background: transparent; }
QPushButton:focus { border: 2px solid $accent; padding: 3px 11px; }
QPushButton[dense="true"] { padding: 2px 8px; font-size: ${small}px; }
QPushButton[dense="true"]:focus { padding: 1px 7px; }
QPushButton[large="true"] { padding: 7px 16px; }
QPushButton[large="true"]:focus { padding: 6px 15px; }
QPushButton[kind="primary"], QToolButton[kind="primary"] { background: $accent; color: $on_accent;
  border-color: $accent; font-weight: 600; }
QToolButton[kind="primary"] { padding: 4px 8px; }
QToolButton[kind="primary"]:focus { padding: 3px 7px; }
QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton[kind="primary"]:focus, QToolButton[kind="primary"]:focus { border-color: $text; }
QPushButton[kind="primary"]:disabled, QToolButton[kind="primary"]:disabled { background: $off_fill;
  color: $disabled; border-color: $line; }
QPushButton[kind="danger"] { color: $error_ink; border-color: $error_ink; }
QPushButton[kind="quiet"] { background: transparent; color: $accent; border-color: transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="danger"]:disabled, QPushButton[kind="quiet"]:disabled { color: $disabled; }
QPushButton[kind="danger"]:disabled { border-color: $line; }
QLineEdit, QPlainTextEdit, QSpinBox { background: $base; color: $text; border: 1px solid $edge;
  border-radius: 4px; padding: 0 7px; selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $text2; }
QLineEdit, QSpinBox { min-height: 26px; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus { border: 2px solid $accent; padding: 0 6px; }
QLineEdit:focus, QSpinBox:focus { min-height: 24px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled { color: $disabled; }
QTabBar { background: $bar; qproperty-drawBase: 0; }
QTabBar::tab { background: $bar; color: $text2; border: none; border-bottom: 2px solid transparent;
  padding: 0 12px; height: 28px; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom-color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $window; }
QTabWidget::tab-bar { left: 0; }
QHeaderView { background: $header; border: none; }
QHeaderView::section { background: $header; color: $text2; border: none; border-bottom: 1px solid $line;
  padding: 0 8px; height: ${head}px; }
QAbstractScrollArea { background: $base; border: none; }
QAbstractScrollArea[framed="true"] { border: 1px solid $line; }
QListWidget { background: $window; outline: none; }
QListWidget::item { padding: 0 8px; border: 1px solid transparent; border-radius: 4px; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $select; color: $text; }
QListWidget:focus::item:selected { border-color: $accent; }
QComboBox QAbstractItemView { border: 1px solid $edge; padding: 4px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $edge_soft; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page, QAbstractScrollArea::corner { background: transparent; }
QStatusBar { background: $bar; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QProgressBar { background: $line; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def style_sheet(tokens: ColourTokens, body_size: int, head_height: int) -> str:
    """The style sheet in the colours of `tokens`, for a system font of `body_size` pixels."""
    values = {name: getattr(tokens, name) for name in tokens.__dataclass_fields__}
    return _TEMPLATE.substitute(
        values,
        off_fill=tokens.line if tokens.has_fills else tokens.base,
        error_ink=tokens.error.ink,
        body=body_size,
        small=body_size - 1,
        head=head_height,
    )
