"""The schemes that make new UIDs, by name.

Whatever a scheme makes passes every rule of ``syntax`` on writing. That it is new among all loaded,
planned and issued UIDs is for the caller to check.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from uidscope.core.errors import UsageError
from uidscope.core.uid.keyed_scheme import (
    KEY_LENGTH,
    derivation_domain,
    duplicate_domain,
    is_target_domain,
    make_keyed_scheme,
    role_domain,
    target_domain,
)
from uidscope.core.uid.random_schemes import (
    make_root_random_scheme,
    make_root_uuid_scheme,
    make_uuid_scheme,
)
from uidscope.core.uid.root_check import root_refusal, validate_root
from uidscope.core.uid.scheme_parts import MAIN_DOMAIN, Budget, Scheme, SchemeOptions
from uidscope.core.uid.timed_schemes import (
    make_date_counter_scheme,
    make_installation_scheme,
    make_long_scheme,
)

__all__ = [
    "KEY_LENGTH",
    "MAIN_DOMAIN",
    "SCHEME_NAMES",
    "Budget",
    "Scheme",
    "SchemeOptions",
    "derivation_domain",
    "duplicate_domain",
    "is_target_domain",
    "make_scheme",
    "role_domain",
    "target_domain",
    "validate_root",
]

_MAKERS: Final[dict[str, Callable[[SchemeOptions], Scheme]]] = {
    "uuid": make_uuid_scheme,
    "root-random": make_root_random_scheme,
    "root-uuid": make_root_uuid_scheme,
    "date-counter": make_date_counter_scheme,
    "long": make_long_scheme,
    "installation": make_installation_scheme,
    "keyed": make_keyed_scheme,
}
_WITHOUT_ROOT: Final = ("uuid", "keyed")

SCHEME_NAMES: Final = tuple(_MAKERS)


def make_scheme(options: SchemeOptions) -> Scheme:
    """Return the scheme that the options describe.

    Raises ``UsageError`` for an unknown name, an option that is missing or off, a root that may not
    be used, and a root that is too long: the sentence then says how many digits remain.
    """
    maker = _MAKERS.get(options.name)
    if maker is None:
        raise UsageError(f"There is no scheme “{options.name}”; there are {', '.join(SCHEME_NAMES)}.")
    if options.root or options.name not in _WITHOUT_ROOT:
        refusal = root_refusal(options.root)
        if refusal is not None:
            raise UsageError(refusal)
    return maker(options)
