"""A UID where it stands: whether a value may be used in that element (UID-S20 to S25).

What needs the other objects of the set (a class element that holds the key of a loaded object, one
value for two kinds of entity) is judged with the catalog.
"""

from __future__ import annotations

from typing import Final

from uidscope.core.uid.elements import identity_kind, ui_element
from uidscope.core.uid.registry import is_under_dicom_root, registered
from uidscope.core.uid.syntax import judge_value

_SOP_CLASS: Final = 0x0008_0016
_TRANSFER_SYNTAX: Final = 0x0002_0010

# What the registry calls the values that a role may hold (PS3.6 Annex A).
_TYPES_BY_ENTITY: Final[dict[str, frozenset[str]]] = {
    "instance": frozenset({"Well-known SOP Instance"}),
    "series": frozenset(),
    "study": frozenset(),
    "frame_of_reference": frozenset({"Well-known frame of reference"}),
}
_TYPES_BY_CLASS: Final[dict[str, frozenset[str]]] = {
    "sop-class": frozenset({"SOP Class", "Meta SOP Class"}),
    "transfer-syntax": frozenset({"Transfer Syntax"}),
}
_FORM_RULES: Final = frozenset(f"UID-S0{number}" for number in range(1, 8))


def judge_use(tag: int, value: str, *, nested: bool) -> tuple[str, ...]:
    """Return the codes of the rules that a stripped value breaks by standing in this element.

    ``nested`` says whether the element is inside a sequence item. UID-S25 stands for an unknown, a
    private and a retired transfer syntax; ``is_retired_transfer_syntax`` tells the last apart.
    """
    if not value:
        return ()
    element = ui_element(tag)
    if element is None:
        return ()
    kind = identity_kind(tag, nested)
    if kind in _TYPES_BY_ENTITY:
        return _judge_entity(value, _TYPES_BY_ENTITY[kind])
    if element.identity_scope == "sop-class":
        return _judge_class(value, of_the_object=tag == _SOP_CLASS and not nested)
    if element.identity_scope == "transfer-syntax":
        return _judge_transfer_syntax(value, of_the_file=tag == _TRANSFER_SYNTAX and not nested)
    return ()


def is_retired_transfer_syntax(value: str) -> bool:
    """Say whether a value is a transfer syntax that PS3.6 lists as retired: UID-S25 is a warning then."""
    entry = registered(value)
    return entry is not None and entry.type == "Transfer Syntax" and entry.retired


def _judge_entity(value: str, allowed: frozenset[str]) -> tuple[str, ...]:
    if not is_under_dicom_root(value):
        return ()
    entry = registered(value)
    return () if entry is not None and entry.type in allowed else ("UID-S20",)


def _judge_class(value: str, *, of_the_object: bool) -> tuple[str, ...]:
    entry = registered(value)
    if entry is None:
        if is_under_dicom_root(value):
            return ("UID-S22",)
        return () if _FORM_RULES.intersection(judge_value(value)) else ("UID-S24",)
    if entry.type not in _TYPES_BY_CLASS["sop-class"]:
        return ("UID-S21",)
    return ("UID-S23",) if of_the_object and entry.retired else ()


def _judge_transfer_syntax(value: str, *, of_the_file: bool) -> tuple[str, ...]:
    entry = registered(value)
    if entry is not None and entry.type not in _TYPES_BY_CLASS["transfer-syntax"]:
        return ("UID-S21",)
    return ("UID-S25",) if of_the_file and (entry is None or entry.retired) else ()
