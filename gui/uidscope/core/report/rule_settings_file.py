"""The user's rule settings as a file: complete under its name, or as it was before."""

from __future__ import annotations

import os
from typing import Final

import platformdirs

from uidscope.core.catalog.rule_settings import STRICT, RuleSettings
from uidscope.core.errors import OutputError
from uidscope.core.judge.rule_settings import load_rule_settings, rule_settings_text
from uidscope.core.private_folder import make_private
from uidscope.core.report.replaced_file import replaced_file

_FILE_NAME: Final = "rules.toml"


def default_rule_settings_path() -> str:
    """Return where the settings are kept from one start to the next: in the user's own settings folder."""
    return os.path.join(platformdirs.user_config_dir("uidscope", appauthor=False), _FILE_NAME)


def save_rule_settings(settings: RuleSettings, path: str) -> None:
    """Write the settings so that ``load_rule_settings`` reads them; raises ``OutputError``.

    Reasons and UIDs stand in it as the user gave them; this user alone may read it. The folder must be
    there.
    """
    with replaced_file(path) as file:
        file.write(rule_settings_text(settings))


def kept_rule_settings(path: str) -> RuleSettings:
    """Return the settings that were kept, ``STRICT`` where none were.

    Raises ``InputError`` with a sentence where the file is damaged; it stays as it is.
    """
    return load_rule_settings(path) if os.path.lexists(path) else STRICT


def keep_rule_settings(settings: RuleSettings, path: str) -> None:
    """Keep the settings for the next start, and make the folder where there is none.

    Raises ``InputError`` where a damaged file stands there, which is never written over: the user may
    have edited it, and mends or removes it. Raises ``OutputError`` where it cannot be written.
    """
    if kept_rule_settings(path) == settings and os.path.lexists(path):
        return
    try:
        make_private(os.path.dirname(os.path.abspath(path)))
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from None
    save_rule_settings(settings, path)
