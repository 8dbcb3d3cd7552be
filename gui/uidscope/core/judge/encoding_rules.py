"""ENT-42: a transfer syntax that is not how the file is written (PS3.5 10, PS3.10 7.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from uidscope.core.catalog.encodings import Writing, occurrences_written, writings
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.value_uses import instances_of
from uidscope.core.judge.rule import Check, Inquiry
from uidscope.core.judge.rule_table import rule
from uidscope.core.read.encoding import DEFLATED, EXPLICIT_BE, IMPLICIT_LE
from uidscope.core.read.record import ENCAPSULATED_PIXELS, NATIVE_PIXELS
from uidscope.core.uid.registry import registered

_TRANSFER_SYNTAX: Final = "meta.TransferSyntaxUID"
_NAMES: Final = {
    "explicit-le": "explicit VR little endian",
    "implicit-le": "implicit VR little endian",
    "explicit-be": "explicit VR big endian",
    "deflated": "deflated",
}
_EXPLICIT_LE: Final = "1.2.840.10008.1.2.1"
_NATIVE: Final = frozenset({IMPLICIT_LE, _EXPLICIT_LE, EXPLICIT_BE, "1.2.840.10008.1.2.1.99"})
# What compresses or wraps pixel data (PS3.5 A.4): JPEG and its kin, RLE, video, deflated frames.
_ENCAPSULATING: Final = ("1.2.840.10008.1.2.4.", "1.2.840.10008.1.2.8.")
_ENCAPSULATING_ALONE: Final = frozenset({"1.2.840.10008.1.2.5", "1.2.840.10008.1.2.1.98"})
# Pixel data lie elsewhere (JPIP, PS3.5 A.6 and A.7), and nothing is said of how others would stand here.
_REFERENCED: Final = frozenset(f"1.2.840.10008.1.2.4.{number}" for number in (94, 95, 204, 205))
# MIME and XML are no encodings of a DICOM file; Papyrus is no file of PS3.10; video streams are no files.
_NO_CLAIM: Final = ("1.2.840.10008.1.2.6.", "1.2.840.10008.1.2.7.", "1.2.840.10008.1.20")


def other_encoding(inquiry: Inquiry) -> Iterator[Finding]:
    """Find ENT-42: one finding for each file."""
    found = {way: says for way in writings(inquiry.catalog) if (says := _contradiction(way))}
    files = dict(occurrences_written(inquiry.catalog, found))
    instances = instances_of(inquiry.catalog, files)
    for occurrence_id, way in files.items():
        inquiry.cancel.raise_if_cancelled()
        entry = registered(way.transfer_syntax)
        uid = instances[occurrence_id]
        yield rule("ENT-42").finding(
            "file" if uid is None else "instance",
            uid or "",
            (occurrence_id,),
            attribute="TransferSyntaxUID",
            path=_TRANSFER_SYNTAX,
            facts={"declared": entry.name if entry else way.transfer_syntax, "found": found[way]},
        )


def _contradiction(way: Writing) -> str:
    """What is found in place of what is declared, in words; empty where they agree or nothing is known."""
    expected = _encoding_of(way.transfer_syntax)
    if not expected:
        return ""
    if way.encoding != expected:
        return _NAMES[way.encoding]
    if way.pixels & ENCAPSULATED_PIXELS and way.transfer_syntax in _NATIVE:
        return "pixel data in fragments"
    if way.pixels & NATIVE_PIXELS and _encapsulates(way.transfer_syntax):
        return "pixel data not in fragments"
    return ""


def _encoding_of(transfer_syntax: str) -> str:
    """How a data set of this transfer syntax is written; empty for what no edition registers."""
    entry = registered(transfer_syntax)
    if entry is None or entry.type != "Transfer Syntax" or transfer_syntax.startswith(_NO_CLAIM):
        return ""
    if transfer_syntax in DEFLATED:
        return "deflated"
    return {IMPLICIT_LE: "implicit-le", EXPLICIT_BE: "explicit-be"}.get(transfer_syntax, "explicit-le")


def _encapsulates(transfer_syntax: str) -> bool:
    if transfer_syntax in _REFERENCED:
        return False
    return transfer_syntax in _ENCAPSULATING_ALONE or transfer_syntax.startswith(_ENCAPSULATING)


CHECKS: Final = (Check(("ENT-42",), other_encoding),)
