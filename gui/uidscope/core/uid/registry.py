"""The UIDs registered in PS3.6 Annex A: classes, transfer syntaxes and well-known instances."""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

from uidscope.core.uid.resource_files import read_rows

DICOM_ROOT: Final = "1.2.840.10008"

# Table A-3 of PS3.6 registers the context groups one after another; the table here leaves them out,
# so whatever stands directly below this arc is taken for one.
_CONTEXT_GROUP: Final = re.compile(r"1\.2\.840\.10008\.6\.1\.[1-9][0-9]{0,3}")


class RegisteredUid(NamedTuple):
    """One entry of the registry.

    ``type`` is the registry's own word (``SOP Class``, ``Transfer Syntax``, ``Well-known SOP
    Instance``, ``Well-known frame of reference``, ...).
    """

    uid: str
    name: str
    type: str
    info: str
    retired: bool
    keyword: str


def registered(uid: str) -> RegisteredUid | None:
    """Return the registry's entry for a UID, or None. Context groups are not told from each other."""
    entry = _registry().get(uid)
    if entry is None and _CONTEXT_GROUP.fullmatch(uid):
        return RegisteredUid(uid, "Context Group", "Context Group", "", retired=False, keyword="")
    return entry


def is_registered(uid: str) -> bool:
    """Say whether PS3.6 registers this UID; such a value is never replaced, wherever it stands."""
    return registered(uid) is not None


def is_under_dicom_root(uid: str) -> bool:
    """Say whether a UID lies under 1.2.840.10008, part by part: 1.2.840.100089.1 does not."""
    return uid == DICOM_ROOT or uid.startswith(DICOM_ROOT + ".")


@functools.cache
def _registry() -> dict[str, RegisteredUid]:
    return {
        uid: RegisteredUid(uid, name, type_, info, retired == "yes", keyword)
        for uid, name, type_, info, retired, keyword in read_rows("registered_uids")[1:]
    }
