"""Light, dark, or as the system says: what the user chose, applied and kept up with."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from uidscope.qt.kit.colour_tokens import Scheme
from uidscope.qt.kit.theme import apply_theme, current_scheme, system_scheme
from uidscope.qt.settings import Settings

_SCHEMES = {"light": Scheme.LIGHT, "dark": Scheme.DARK}


class Appearance(QObject):
    """Dresses the application, and again when the system changes its mind."""

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        apply_theme(app, self._wanted())
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def choice(self) -> str:
        """One of `settings.APPEARANCES`."""
        return self._settings.appearance

    def choose(self, choice: str) -> None:
        """Take the user's choice, one of `settings.APPEARANCES`, and keep it."""
        self._settings.appearance = choice
        self._dress()

    def _follow_system(self) -> None:
        if self.choice == "system":
            self._dress()

    def _wanted(self) -> Scheme:
        return _SCHEMES.get(self._settings.appearance) or system_scheme()

    def _dress(self) -> None:
        if self._wanted() is not current_scheme():
            apply_theme(self._app, self._wanted())
            self.changed.emit()
