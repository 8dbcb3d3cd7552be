"""Whether a root may be used for new UIDs, and what to know before."""

from __future__ import annotations

from typing import Final

from uidscope.core.uid.registry import DICOM_ROOT, is_under_dicom_root
from uidscope.core.uid.roots import owner_of
from uidscope.core.uid.syntax import UUID_ROOT, judge_value

_FEWEST_PARTS: Final = 4
_EXAMPLE_ROOT: Final = "2.999"

_FORM_REFUSALS: Final = {
    "UID-S01": "The root “{root}” has a character other than digits and points.",
    "UID-S02": "The root {root} is longer than a whole UID may be (64 characters).",
    "UID-S03": "The root {root} begins or ends with a point, or has two in a row.",
    "UID-S04": "The root {root} has a number with a leading zero.",
    "UID-S05": "The root {root} has one number only; a root has at least two.",
    "UID-S06": "The root {root} must begin with 0, 1 or 2.",
    "UID-S07": "The second number of the root {root} must be 39 or less.",
}


def root_refusal(root: str) -> str | None:
    """Return one sentence that says why no UID may be made under this root, or None."""
    if not root:
        return "A root is needed: the number that your organization was assigned."
    broken = [code for code in judge_value(root) if code in _FORM_REFUSALS]
    if broken:
        return _FORM_REFUSALS[broken[0]].format(root=root)
    if is_under_dicom_root(root):
        return f"The root {root} lies under {DICOM_ROOT}, which only the standard itself uses (PS3.5 9)."
    if f"{root}.".startswith(f"{UUID_ROOT}."):
        return f"The root {root} is that of UUIDs; the scheme “uuid” makes UIDs there (PS3.5 B.2)."
    if "UID-S26" in judge_value(f"{root}.1.20", writing=True):
        return f"The root {root} is a placeholder from sample files and was assigned to nobody."
    return None


def validate_root(root: str) -> tuple[str, ...]:
    """Return what speaks against a root, a sentence each; empty where nothing does.

    A root that is refused (``root_refusal``) has that one sentence; the others are warnings about
    roots that are known to belong to somebody.
    """
    refusal = root_refusal(root)
    if refusal is not None:
        return (refusal,)
    warnings = []
    owner = owner_of(root)
    if owner is not None and (owner.root == root or not owner.hands_out):
        advice = (
            "it is for development and tests, so products and clinical use need a root of their own."
            if owner.development
            else "use it only where it was assigned to you."
        )
        warnings.append(f"The root {owner.root} is known as that of {owner.owner}; {advice}")
    elif root.count(".") + 1 < _FEWEST_PARTS and root != _EXAMPLE_ROOT:
        warnings.append(f"The root {root} is very short: most likely it belongs to a registration authority.")
    if "UID-S26" in judge_value(root):
        warnings.append(
            f"The root {root} looks like a placeholder; use the one your organization was assigned."
        )
    if f"{root}.".startswith(f"{_EXAMPLE_ROOT}."):
        warnings.append(f"{_EXAMPLE_ROOT} is meant for examples only.")
    return tuple(warnings)
