"""What the user may choose once for all work: plain values that dialog, settings and verbs pass on."""

from __future__ import annotations

from dataclasses import dataclass

from uidscope.core.catalog.rule_settings import RuleSettings
from uidscope.core.uid.schemes import SchemeOptions
from uidscope.qt.spoken_language import AS_SYSTEM


@dataclass(frozen=True, slots=True)
class Reading:
    """How folders are read.

    ``jobs`` is the number of processes, 0 as many as there are processors. ``leftovers``: files are
    searched for UIDs in text, private elements and documents.
    """

    jobs: int = 0
    follow_links: bool = False
    leftovers: bool = True


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is shown of patients, and whether an audit log is kept of what is done."""

    mask_names: bool = False
    audit_log: bool = True


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything the dialog asks.

    ``appearance`` is one of `settings.APPEARANCES`, ``language`` one of `spoken_language.LANGUAGE_CHOICES`.
    ``organization_file`` is where the organization's UIDs are kept; empty for the user's own.
    """

    scheme: SchemeOptions
    rules: RuleSettings
    reading: Reading
    appearance: str
    language: str = AS_SYSTEM
    organization_file: str = ""
    privacy: Privacy = Privacy()
