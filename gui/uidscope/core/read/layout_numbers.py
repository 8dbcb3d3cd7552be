"""Where in the headers of a layout a number can stand that is no UI element's.

What all of them have in common is searched once; of a file that fits only the values that differ need be.
"""

from __future__ import annotations

from typing import Final

from uidscope.core.read.header_layout import Freedom, HeaderLayout
from uidscope.core.read.layout_example import Example
from uidscope.core.read.loose_numbers import may_hold_numbers

_PIXEL_DATA: Final = 0x7FE00010
_PIXEL_VRS: Final = frozenset({"OB", "OW", ""})  # empty in implicit VR
_DIGITS_AND_POINT: Final = b"0123456789."


def holds_numbers_in_ui_only(example: Example, layout: HeaderLayout) -> bool:
    """Whether what never differs holds no dotted number but in UI elements.

    So it is said only of layouts in which a number ends where its value does, and whose files hold nothing
    behind the header but pixel data that the search passes over.
    """
    pixels = example.pixels
    if pixels is not None and (pixels.tag != _PIXEL_DATA or pixels.written_vr not in _PIXEL_VRS):
        return False
    constant: list[bytes] = []
    parts = layout.parts
    behind = [*[part.before for part in parts[1:]], layout.tail]
    for part, target, following in zip(parts, example.targets, behind, strict=True):
        if part.big_endian or (part.vr == "UI" and target is None):
            return False
        constant.append(part.before)
        if part.vr != "UI" and part.free is Freedom.NOTHING:
            constant.append(len(part.value).to_bytes(part.length_size, "little") + part.value)
            continue
        if following[:1] and following[0] in _DIGITS_AND_POINT:
            return False
        constant.append(b"\0")
    constant.append(layout.tail)
    return not may_hold_numbers([b"".join(constant)])
