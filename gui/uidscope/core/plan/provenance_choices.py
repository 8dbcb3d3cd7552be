"""What the files written say of their own past, and what is written where nobody chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from uidscope.core.errors import UsageError

Reason = Literal["COERCE", "CORRECT"]

DEFAULT_SYSTEM: Final = "UIDscope"

_LONGEST: Final = 64  # characters of one LO value (PS3.5 6.2)
# These make what is not to lead back to its original, so they say nothing of it by themselves.
_SILENT: Final = frozenset({"copy", "pseudonymous"})
# Values that were wrong are corrected; all others are brought in line with those of this place.
_CORRECTING: Final = frozenset({"move", "repair"})


@dataclass(frozen=True, slots=True)
class ProvenanceChoices:
    """What the user chose; None takes what the intention writes by itself (``provenance_of``).

    ``source_reference`` goes with ``derived-series`` only. ``modifying_system`` and
    ``source_of_previous_values`` are one value of VR LO each; the second may be empty.
    """

    original_attributes: bool | None = None
    contributing_equipment: bool | None = None
    source_reference: bool | None = None
    modifying_system: str = DEFAULT_SYSTEM
    source_of_previous_values: str = ""


NOTHING_CHOSEN: Final = ProvenanceChoices()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What is written into the files that an intention changes.

    ``original_attributes``: the former values, (0400,0561), and, where the SOP Instance UID is kept, when
    they were replaced, (0008,0015). ``contributing_equipment``: that this program took part, (0018,A001).
    ``source_reference``: the object a new one was made from, (0008,2112) or (0042,0013). ``reason`` is
    the defined term of (0400,0565).
    """

    original_attributes: bool
    contributing_equipment: bool
    source_reference: bool
    modifying_system: str
    source_of_previous_values: str
    reason: Reason


def provenance_of(kind: str, choices: ProvenanceChoices = NOTHING_CHOSEN) -> Provenance:
    """Return what an intention of a kind writes, with what was chosen."""
    recorded = kind not in _SILENT
    return Provenance(
        original_attributes=_chosen(choices.original_attributes, recorded),
        # The item of (0400,0561) names the system already.
        contributing_equipment=_chosen(choices.contributing_equipment, False),
        source_reference=_chosen(choices.source_reference, False),
        modifying_system=choices.modifying_system,
        source_of_previous_values=choices.source_of_previous_values,
        reason="CORRECT" if kind in _CORRECTING else "COERCE",
    )


def check_provenance(kind: str, choices: ProvenanceChoices) -> None:
    """Raise ``UsageError`` for choices that do not go with a kind of intention, or cannot be written."""
    if kind == "pseudonymous" and choices.original_attributes:
        raise UsageError("Pseudonyms with the original attributes beside them would be none.")
    if kind != "derived-series" and choices.source_reference:
        raise UsageError("A reference to the source goes with “derived-series” only.")
    if not choices.modifying_system.strip():
        raise UsageError("The modifying system needs a name.")
    _check_text("modifying system", choices.modifying_system)
    _check_text("source of the previous values", choices.source_of_previous_values)


def _check_text(name: str, text: str) -> None:
    if len(text) > _LONGEST:
        raise UsageError(f"The {name} has at most {_LONGEST} characters; this one has {len(text)}.")
    if "\\" in text or not text.isprintable():
        raise UsageError(f"The {name} holds no backslash and no control character.")


def _chosen(choice: bool | None, default: bool) -> bool:
    return default if choice is None else choice
