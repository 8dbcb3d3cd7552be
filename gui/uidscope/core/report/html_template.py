"""The templates of the reports; every value that they are given is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from uidscope.core.language import language
from uidscope.core.report.badge_text import badge_text
from uidscope.core.report.comparing.comparison_words import difference_words
from uidscope.core.report.counted import counted
from uidscope.core.report.device_words import period_words
from uidscope.core.report.visible import visible
from uidscope.core.report.words import rule_words
from uidscope.core.uid.phrases import phrase
from uidscope.core.uid.resource_files import read_text

if TYPE_CHECKING:
    from jinja2 import Template

_WORDS: Final = {
    "badge_text": badge_text,
    "counted": counted,
    "difference_words": difference_words,
    "period_words": period_words,
    "rule_words": rule_words,
    "say": phrase,
}


def report_template(name: str) -> Template:
    """Return a template of ``resources/templates``, which speaks the language that holds.

    A name that it is not given is an error there.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - slow to load

    environment = Environment(
        loader=FunctionLoader(lambda file: read_text("templates", file)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.globals.update(_WORDS, language=language())
    return environment.get_template(name)
