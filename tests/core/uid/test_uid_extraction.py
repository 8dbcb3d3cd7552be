"""UIDs out of a pasted text: which there are, what they mean, and what is wrong with them."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.uid.anatomy_text import anatomy_as_text
from uidscope.core.uid.uid_extraction import decode_log, explain_found, extract_uids

UID = "1.3.6.1.4.1.32473.7.5"
OTHER = "1.3.6.1.4.1.32473.7.6"
GUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
FROM_GUID = "2.25.329800735698586629295641978511506172918"

numbers = st.one_of(st.just(0), st.integers(1, 10**12))
uids = st.lists(numbers, min_size=4, max_size=8).map(
    lambda parts: ".".join(["1.2", *map(str, parts)]),
)


def found(text: str) -> list[str]:
    return [each.uid for each in extract_uids(text)]


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "  {}  ",
        '"{}"',
        "'{}',",
        "SOPInstanceUID={}",
        "UID: {}",
        "(0008,0018) UI [{}] #  22, 1 SOPInstanceUID",
        "2024-01-05 12:00:01.123 ERROR [main] {}: failed",
        "12:00:01.123 {} 17.5 s",
        "3. {}",
        "see {}. 5 files",
        "sent {}, and more",
        "/data/{}/x",
        "CT.{}.dcm",
        "CT{}.dcm",
        "({})",
        "( {} )",
        "<uid>{}</uid>",
        "https://pacs.example/studies/{}/series",
        "?StudyInstanceUID=%22{}%22",
        r"\u0022{}\u0022",
        "urn:oid:{}",
        "from 192.168.1.5:104 ({})",
        "v1.2.3 10.0.19045.3803 {}",
    ],
)
def test_a_good_uid_is_found_wherever_it_stands(line: str) -> None:
    assert extract_uids(line.format(UID)) == ((UID, UID, (), ()),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no UID",
        "192.168.1.5",
        "10.0.19045.3803",
        "2024.01.05 12:00:01.123",
        "version 1.2.3",
        "pi is 3.14159",
        "1.5",
        "1.2.840...5.6.7",
        "d41d8cd98f00b204e9800998ecf8427e0",
        "a" * 32 + " checked",
        "...",
        "\0",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert extract_uids(text) == ()


@pytest.mark.parametrize("text", ["1.2.3", "'1.2.3.4'", "StudyInstanceUID=1.2.3 rejected", "UID 2.999"])
def test_a_short_one_counts_alone_or_by_its_label(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    ("text", "stands", "faults"),
    [
        ('"1.3.6.1.4.1.32473 .7.5"', "1.3.6.1.4.1.32473 .7.5", {"UID-S01"}),
        ("sent 1.3.6.1.4.1.32473 .7.5 twice", "1.3.6.1.4.1.32473 .7.5", {"UID-S01"}),
        ("sent 1.3.6. 1.4.1.32473.7.5 twice", None, None),
        ("1.3.6.1 .4.1.32473.7.5", "1.3.6.1 .4.1.32473.7.5", {"UID-S01"}),
        ("'1.3.6.1.4.1.32 473.7.5'", "1.3.6.1.4.1.32 473.7.5", {"UID-S01"}),
        ("1.3.6.1\u00a0.4.1.32473.7.5", "1.3.6.1 .4.1.32473.7.5", {"UID-S01"}),
        (f"'{UID} '", f"{UID} ", {"UID-S08"}),
        (f"[{UID}\\0\\0]", f"{UID}\0\0", {"UID-S09"}),
        (f"[{UID}8\\x00]", f"{UID}8\0", {"UID-S09"}),
        (f"' {UID}'", f" {UID}", {"UID-S10"}),
        ("'1.3.6.1.4.1.32473 .7.5 '", "1.3.6.1.4.1.32473 .7.5 ", {"UID-S01", "UID-S08"}),
    ],
)
def test_odd_spaces_and_pads_are_understood_and_said(
    text: str, stands: str | None, faults: set[str] | None
) -> None:
    if stands is None:  # nobody can know whether a sentence ended there
        assert all("1.4.1.32473.7.5" in each.uid for each in extract_uids(text))
        return
    (each,) = extract_uids(text)
    assert each.uid in {UID, f"{UID}8"}
    assert each.text == stands
    assert set(each.faults) == faults


@pytest.mark.parametrize("pad", ["\0", "\\0", "\\x00", "\\u0000", "^@", "<NUL>"])
def test_the_one_legal_pad_is_no_fault(pad: str) -> None:
    assert extract_uids(f"[{UID}{pad}]") == ((UID, f"{UID}\0", (), ()),)


@pytest.mark.parametrize(
    ("text", "uid", "fault"),
    [
        ("1.3.6.1.4.1.32473.07.5", "1.3.6.1.4.1.32473.07.5", "UID-S04"),
        ("1.3.6.1..4.1.32473.7", "1.3.6.1..4.1.32473.7", "UID-S03"),
        ("'1.3.6.1.4.1.32473.'", "1.3.6.1.4.1.32473.", "UID-S03"),
        ("x 1.3.6.1.4.1.32473.7a.5 x", "1.3.6.1.4.1.32473.7a.5", "UID-S01"),
        ("3.3.6.1.4.1.32473", "3.3.6.1.4.1.32473", "UID-S06"),
        ("1.3.6.1.4.1." + "1" * 60, "1.3.6.1.4.1." + "1" * 60, "UID-S02"),
    ],
)
def test_a_faulty_uid_is_kept_as_it_is(text: str, uid: str, fault: str) -> None:
    (each,) = extract_uids(text)
    assert each.uid == uid
    assert fault in each.faults


@pytest.mark.parametrize(
    "text", [GUID, f"{{{GUID.upper()}}}", f"id={GUID};", GUID.replace("-", ""), f"urn:uuid:{GUID}"]
)
def test_a_guid_is_read_in_both_byte_orders(text: str) -> None:
    (each,) = extract_uids(text)
    assert each.uid == FROM_GUID
    assert each.other_readings == ("2.25.231696470630052983327088754240679472118",)
    assert each.faults == ()


def test_each_is_told_once_in_the_order_of_the_text() -> None:
    assert found(f"{OTHER} {UID}\n{UID}\t{OTHER};{GUID}") == [OTHER, UID, FROM_GUID]
    assert found(f'"{UID} {OTHER}"') == [UID, OTHER]
    assert found(f"{UID}\\{OTHER}") == [UID, OTHER]


def test_a_faulty_form_stands_for_all_forms() -> None:
    (each,) = extract_uids(f"{UID}\n'{UID} '\n{UID}")
    assert each.faults == ("UID-S08",)


@given(st.lists(uids, max_size=20, unique=True))
def test_a_list_of_good_uids_comes_back(given_uids: list[str]) -> None:
    for joint in ("\n", ", ", "; ", "' '", "\\"):
        assert found("'" + joint.join(given_uids) + "'") == given_uids


@given(st.text(alphabet="0123456789. \t\0\n'\"[](){}%\\x<>-abcUID:=,;…\u00a0\u200b"))
def test_any_text_is_borne(text: str) -> None:
    for each in extract_uids(text):
        assert re.fullmatch(r"[0-9A-Za-z.]+", each.uid)
        # That a number under DICOM's root is not registered is for explain to say; it is no fault of writing.
        told = {item.code for item in explain_found(each).verdict} - {"UID-S22"}
        assert bool(each.faults) == bool(told)


@pytest.mark.parametrize("number", [200, 20_000])
def test_many_are_found_soon(number: int) -> None:
    made = random.Random(7)
    many = [f"1.3.6.1.4.1.32473.{made.getrandbits(90)}" for _ in range(number)]
    log = "\n".join(f"2024-01-05 12:00:01.123 WARN Rejected '{uid}' ({at})" for at, uid in enumerate(many))
    started = time.process_time()
    assert found(log) == many
    assert time.process_time() - started < 20


@pytest.mark.parametrize("piece", ["1.", "1 .", "1 ", f"'{UID} ", "UI(", " ", "f" * 32, "%2", "\\0"])
def test_long_nonsense_takes_no_long_time(piece: str) -> None:
    started = time.process_time()
    extract_uids(piece * 50_000)
    assert time.process_time() - started < 20


def test_what_is_wrong_is_told_in_words() -> None:
    (each,) = extract_uids("'1.3.6.1.4.1.32473 .7.5 '")
    told = anatomy_as_text(explain_found(each))
    assert told.startswith(f"{UID}\n")
    assert "spaces inside" in told
    assert "UID-S01" in told
    assert "UID-S08" in told


@pytest.mark.parametrize(
    "raw", [UID.encode(), b"\xef\xbb\xbf" + UID.encode(), UID.encode("utf-16"), b"\xff\xff " + UID.encode()]
)
def test_a_log_file_may_be_of_any_encoding(raw: bytes) -> None:
    assert found(decode_log(raw)) == [UID]
