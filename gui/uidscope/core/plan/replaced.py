"""Which old objects new ones take the place of, so that an archive may be told to reject them."""

from __future__ import annotations

from typing import Final

from uidscope.core.plan.uid_map import UidMap

# What these make stands beside the old objects; the others take their place.
BESIDE_THE_OLD: Final = frozenset({"derived-series", "copy", "pseudonymous"})


def replaced_occurrences(uid_map: UidMap) -> frozenset[int]:
    """Return the files of the output whose object gets a new SOP Instance UID in the place of the old.

    Left out are those whose old UID other objects bear too: to reject it would reject these.
    """
    found = set()
    for occurrence, outcome in uid_map.outcomes.items():
        if uid_map.changed(occurrence) != "new-uid" or outcome.treatment in BESIDE_THE_OLD:
            continue
        own = uid_map.own_instances.get(occurrence)
        if own is None or own.old not in uid_map.contested:
            found.add(occurrence)
    return frozenset(found)
