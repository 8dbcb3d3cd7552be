"""How the program names itself."""

from __future__ import annotations

import uuid

from uidscope.core.uid.implementation import (
    IMPLEMENTATION_CLASS_UID,
    IMPLEMENTATION_NAME,
    IMPLEMENTATION_VERSION_NAME,
)
from uidscope.core.uid.syntax import is_well_formed


def test_the_class_uid_is_the_one_that_was_derived() -> None:
    assert f"2.25.{uuid.uuid5(uuid.NAMESPACE_URL, IMPLEMENTATION_NAME).int}" == IMPLEMENTATION_CLASS_UID
    assert is_well_formed(IMPLEMENTATION_CLASS_UID)


def test_the_version_name_fits_its_element() -> None:
    assert IMPLEMENTATION_VERSION_NAME.startswith("UIDSCOPE_")
    assert len(IMPLEMENTATION_VERSION_NAME) <= 16
    assert IMPLEMENTATION_VERSION_NAME.isascii()
