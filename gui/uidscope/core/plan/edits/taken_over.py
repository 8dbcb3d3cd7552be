"""What moved objects take over from the study or series they go into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from uidscope.core.plan.edits.carried_value import CarriedValue

# What was done to an object, not whose it is: never taken over, never taken away (PS3.3 C.7.1.1).
OF_THE_OBJECT: Final = frozenset({0x0012_0062, 0x0012_0063, 0x0012_0064})
# Groups of which every attribute tells of the patient, the request or the visit, tables or not (PS3.6)...
OWN_GROUPS: Final = frozenset({0x0010, 0x0032, 0x0038})
# ...but for these, which tell of the picture: Anatomical Orientation Type, Examined Body Thickness.
NOT_OF_THE_PATIENT: Final = frozenset({0x0010_2210, 0x0010_9431})
# The order that a series answers: Request Attributes, and the Referenced Request of a document.
OF_THE_ORDER: Final = frozenset({0x0040_0275, 0x0040_A370})


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The keys of the target, and by their tags the values that its objects agree on.

    ``series_uid`` is empty where the objects go into new series of a study. Of what is not in ``values``
    the target says nothing, or nothing that its objects agree on. ``patient_id`` and ``issuer`` say who
    the target's patient is; empty where it does not.
    """

    study_uid: str
    series_uid: str
    values: Mapping[int, CarriedValue]
    patient_id: str
    issuer: str

    @property
    def levels(self) -> tuple[Literal["study", "series"], ...]:
        """The keys that are taken over."""
        return ("study", "series") if self.series_uid else ("study",)

    def is_patient(self, patient_id: str, issuer: str) -> bool:
        """Say whether the target's patient is known to be the one with this ID."""
        known = bool(patient_id) and patient_id == self.patient_id
        return known and (not issuer or not self.issuer or issuer == self.issuer)
