"""An anatomy as a terminal shows it and as other programs read it: whole, so that nothing gets lost."""

from __future__ import annotations

import pytest

from uidscope.core.uid.anatomy import explain
from uidscope.core.uid.anatomy_text import anatomy_as_json, anatomy_as_text

UUID_1 = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
NUMBER_1 = "329800735698586629295641978511506172918"

CT_IMAGE = """\
1.2.840.10008.5.1.4.1.1.2
  given as  1.2.840.10008.5.1.4.1.1.2\x20
  25 of 64 characters
    1      ISO
    2      national member bodies of ISO
    840    United States
    10008  the DICOM standard
    5      classes of DICOM
    1      numbered by the DICOM standard
    4      numbered by the DICOM standard
    1      numbered by the DICOM standard
    1      numbered by the DICOM standard
    2      registered as: CT Image Storage
  Assigned under: 1.2.840.10008, DICOM Standards Committee (NEMA): registered UIDs only
  Registered in PS3.6: CT Image Storage (SOP Class)
  Verdict: Well formed.
  - The text has spaces around it; they are not part of the UID.
  - It is registered in PS3.6, so it is never replaced."""

OF_A_VENDOR = """\
1.3.12.2.1107.5.12345.20240102030405123
  39 of 64 characters
    1                  ISO
    3                  organizations known to ISO
    12                 Ecma International
    2                  members of Ecma International
    1107               end of the root of: Siemens
    5                  given by whoever holds the root
    12345              given by whoever holds the root
    20240102030405123  looks like a date: 2024-01-02 03:04:05
  Assigned under: 1.3.12.2.1107, Siemens
  Verdict: Well formed.
  - The root tells who assigned the number, not who made, holds or changed the object.
  - A number in it looks like a date or time (2024-01-02 03:04:05). A UID carries no meaning, so do not \
rely on it; in a shared file it may still give something away."""

OF_A_UUID = f"""\
2.25.{NUMBER_1}
  44 of 64 characters
    2                                        ISO and ITU-T together
    25                                       UUIDs written as one decimal number
    {NUMBER_1}  a UUID as a decimal number
  UUID: {UUID_1} (version 1, time and network address)
  Time of making: 1997-02-03T17:43:12.216Z
  Verdict: Well formed.
  - If a program made this from the bytes that .NET stores, the GUID was \
ae4f1df8-ec7d-d011-a765-00a0c91e6bf6.
  - A UUID of version 1 holds the network address of the machine that made it (00:a0:c9:1e:6b:f6), and so \
tells devices apart."""

FAULTY = r"""1.2.03\x1b.4
  9 of 64 characters
    1       ISO
    2       national member bodies of ISO
    03\x1b  not allowed: a character other than a digit
    4       not known here
  Verdict: Error: It holds characters other than digits and points. (UID-S01, PS3.5 6.2 (UI), 9.1)"""

NOTHING = """""
  0 of 64 characters
  - There is nothing to explain."""


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (" 1.2.840.10008.5.1.4.1.1.2 ", CT_IMAGE),
        ("1.3.12.2.1107.5.12345.20240102030405123", OF_A_VENDOR),
        (f"2.25.{NUMBER_1}", OF_A_UUID),
        ("1.2.03\x1b.4", FAULTY),
        ("", NOTHING),
    ],
)
def test_a_terminal_shows_every_line(given: str, lines: str) -> None:
    assert anatomy_as_text(explain(given)) == lines


def test_what_is_not_ascii_is_shown_as_it_is_where_it_can_be_printed() -> None:
    assert "1.2.ä" in anatomy_as_text(explain("1.2.ä"))
    assert "\\u202e" in anatomy_as_text(explain("1.2.\u202e4"))


def test_another_program_reads_everything() -> None:
    told = anatomy_as_json(explain(f"2.25.{NUMBER_1}"))
    assert told["owner"] == {
        "root": "2.25",
        "owner": "UUID-derived UIDs (ITU-T X.667); no owner",
        "basis": "documented",
        "parts": 2,
    }
    assert told["uuid"] == {
        "text": UUID_1,
        "variant": "RFC 9562",
        "version": 1,
        "time": "1997-02-03T17:43:12.216Z",
        "address": "00:a0:c9:1e:6b:f6",
        "dotnet_text": "ae4f1df8-ec7d-d011-a765-00a0c91e6bf6",
    }
    assert (told["text"], told["uid"]) == (f"2.25.{NUMBER_1}", f"2.25.{NUMBER_1}")
    assert (told["length"], told["longest"], told["valid"]) == (44, 64, True)
    assert told["registered"] is None
    assert told["date"] is None


def test_another_program_reads_what_is_registered_and_what_looks_like_a_date() -> None:
    assert anatomy_as_json(explain("1.2.840.10008.5.1.4.1.1.2"))["registered"] == {
        "name": "CT Image Storage",
        "type": "SOP Class",
        "keyword": "CTImageStorage",
        "info": "",
        "retired": False,
    }
    told = anatomy_as_json(explain("1.3.12.2.1107.5.12345.20240102030405123"))
    assert told["date"] == {"first": 7, "last": 7, "text": "2024-01-02 03:04:05"}
    kinds = [part["kind"] for part in told["parts"]]
    assert kinds == ["root", "root", "root", "root", "root", "below", "below", "date"]


def test_another_program_reads_each_fault_with_its_facts() -> None:
    told = anatomy_as_json(explain("1." + "2" * 64))
    assert told["verdict"] == [
        {
            "rule": "UID-S02",
            "severity": "error",
            "citation": "PS3.5 6.2, 9.1",
            "message": "It is 66 characters long; 64 are allowed.",
            "facts": {"length": "66"},
        },
        {
            "rule": "UID-S07",
            "severity": "warning",
            "citation": "X.660/X.690 OID arcs",
            "message": "Its second part is larger than 39.",
            "facts": {},
        },
    ]
    assert told["valid"] is False
