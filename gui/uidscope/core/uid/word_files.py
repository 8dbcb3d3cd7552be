"""The program's words, one file a subject and language: ``resources/words/<subject>.<language>.json``."""

from __future__ import annotations

import functools
import json
from typing import Any

from uidscope.core.errors import UidscopeError
from uidscope.core.language import language
from uidscope.core.uid.resource_files import read_text


def read_words(subject: str, spoken: str | None = None) -> Any:
    """Return what the file of a subject holds, in the language that holds where none is given.

    It is read once and handed out to all: nobody may change it. Raises ``UidscopeError``.
    """
    return _read(subject, spoken or language())


@functools.cache
def _read(subject: str, spoken: str) -> Any:
    try:
        return json.loads(read_text("words", f"{subject}.{spoken}.json"))
    except (OSError, ValueError) as error:
        raise UidscopeError(f"The words for {subject} in the language “{spoken}” cannot be read.") from error
