"""How this program names itself in the files it writes (PS3.7 D.3.3.2, PS3.10 7.1).

The Implementation Class UID is the same in every installation and every version; the version name
tells versions apart.

The project owns no root, and a UID under somebody else's would not be ours to use. What can be had
without a registration is a UUID-derived UID; PS3.5 B.2 allows it and calls it unusual for this
purpose. So it is the UUID of version 5 (RFC 9562 5.5) of the name below in the namespace for URLs,
computed once and written down. Whoever distributes this program under a root of their own may put a
UID of that root here, and should then keep it.
"""

from __future__ import annotations

from typing import Final

from uidscope import __version__

IMPLEMENTATION_NAME: Final = "urn:uidscope:implementation-class"
IMPLEMENTATION_CLASS_UID: Final = "2.25.172944940307969859051680823069428003035"


def _version_name(version: str) -> str:
    """``UIDSCOPE_<major>_<minor>``, at most 16 characters (VR SH)."""
    major, minor, *_ = (*version.split("."), "0")
    return f"UIDSCOPE_{major}_{minor}"[:16]


IMPLEMENTATION_VERSION_NAME: Final = _version_name(__version__)
