"""The language that the window speaks: the system's, or what the user chose; from the start to the end."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from uidscope.core.errors import tell_errors_with
from uidscope.core.language import ENGLISH, LANGUAGES, language, nearest_language, set_language
from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.resource_files import resource_root

# What each language calls itself: whoever cannot read the window finds theirs all the same.
LANGUAGE_NAMES: Final = {"en": "English", "de": "Deutsch"}
AS_SYSTEM: Final = "system"
LANGUAGE_CHOICES: Final = (AS_SYSTEM, *LANGUAGES)


def speak(app: QCoreApplication, choice: str) -> None:
    """Let the window, the words of the core, numbers and dates be in a language, one of `LANGUAGE_CHOICES`.

    Called once, before anything is shown. Where the system speaks none of the languages it is English.
    """
    system = QLocale.system()
    set_language(nearest_language(tuple(system.uiLanguages())) if choice == AS_SYSTEM else choice)
    tell_errors_with(phrase)
    QLocale.setDefault(locale_of(language(), system))
    if language() != ENGLISH:
        for name, folder in (
            (f"qtbase_{language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            (f"uidscope_{language()}", str(resource_root() / "translations")),
        ):
            # Qt's own words may be missing: then its dialogs are English, and the rest is not.
            translator = QTranslator(app)
            if translator.load(name, folder):
                app.installTranslator(translator)


def locale_of(spoken: str, system: QLocale) -> QLocale:
    """How numbers and dates are written: in the language that is spoken, as in the system's country."""
    chosen = QLocale(spoken)
    if system.language() == chosen.language():
        return system
    in_country = QLocale(chosen.language(), system.territory())
    return in_country if in_country.language() == chosen.language() else chosen
