"""The user's rule settings as a file: complete under its name, or as it was before."""

from __future__ import annotations

from uidscope.core.catalog.rule_settings import RuleSettings
from uidscope.core.judge.rule_settings import rule_settings_text
from uidscope.core.report.replaced_file import replaced_file


def save_rule_settings(settings: RuleSettings, path: str) -> None:
    """Write the settings so that ``load_rule_settings`` reads them; raises ``OutputError``.

    Reasons and UIDs stand in it as the user gave them.
    """
    with replaced_file(path) as file:
        file.write(rule_settings_text(settings))
