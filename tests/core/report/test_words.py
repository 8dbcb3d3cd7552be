"""Every rule has words, and a finding's sentence holds its facts and nothing that acts."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.judge.scene import MR, ROOT, SERIES, SR, STUDY, an_object, instance, judged, padded, reference
from uidscope.core.catalog.finding import Finding
from uidscope.core.catalog.findings import KeptFinding
from uidscope.core.errors import UidscopeError
from uidscope.core.judge.rule_table import rules
from uidscope.core.read.record import HAS_META, HAS_PREAMBLE
from uidscope.core.report.words import Consequence, message, rule_words
from uidscope.core.uid.resource_files import read_text

EVERY_FINDING_HAS = {"uid", "attribute", "path", "level", "files"}


def finding(rule: str = "UID-S01", uid: str = "1.2a", **facts: str | int | tuple[str, ...]) -> Finding:
    return Finding(rule, "error", "instance", uid, "SOPInstanceUID", "SOPInstanceUID", (1, 2), facts)


@pytest.mark.parametrize("code", rules())
def test_every_rule_has_words(code: str) -> None:
    words = rule_words(code)
    assert words.consequence in get_args(Consequence)
    for text in (words.title, words.what, words.why, words.fix):
        assert text.strip() == text
        assert text
    assert not words.title.endswith(".")
    assert all(text.endswith(".") for text in (words.what, words.why, words.fix))


def test_no_words_are_left_over() -> None:
    assert json.loads(read_text("words", "findings.en.json")).keys() == rules().keys()


def test_facts_stand_in_what_alone() -> None:
    for code in rules():
        words = rule_words(code)
        for text in (words.title, words.why, words.fix):
            assert all(name is None for _, name, _, _ in string.Formatter().parse(text))


def test_every_fact_that_a_sentence_names_is_given(tmp_path: Path) -> None:
    """All that the checks find in a set with many faults can be said in full."""
    odd = {
        "StudyInstanceUID": f"{STUDY} ".encode(),
        "SeriesInstanceUID": f"{SERIES}\0\0\0".encode(),
        "FrameOfReferenceUID": f" {ROOT}.3".encode(),
        "SOPClassUID": b"1.2.840.10008.5.1.4.1.1.2",
        "DeviceUID": padded(f"{ROOT}.1\\{ROOT}.2"),
        "SOPClassesInStudy": padded("1.2.840.10008.5.1.4.1.1.2\0\\1.2.840.10008.5.1.4.1.1.2"),
        "meta.ImplementationClassUID": None,
    }
    uids = (
        "1.2a",
        "1." + "1" * 70,
        "1..2",
        "1.02",
        "7",
        "3.1",
        "1.40",
        f"2.25.{2**128}",
        "2.25.1.1",
        "2.25.1",
        "1.1.1",
    )
    found = judged(
        [
            *(an_object(f"uid-{number}", uid) for number, uid in enumerate(uids)),
            an_object("odd", instance(1), fields=odd),
            an_object("keyless", "", StudyInstanceUID=None),
            an_object("standard", "1.2.840.10008.77", references=[reference(f"{ROOT}.8"), reference(STUDY)]),
            an_object(
                "report", STUDY, Modality="SR", SOPClassUID=SR, meta_uid=instance(2), PatientID="BETA-2"
            ),
            *(an_object(f"copy-{number}", instance(3)) for number in range(2)),
            an_object("here", instance(4)),
            an_object("there", instance(4), StudyInstanceUID=f"{STUDY}.7"),
            an_object("ct", instance(5)),
            an_object("mr", instance(5), SOPClassUID=MR, fields={"meta.MediaStorageSOPClassUID": padded(SR)}),
            an_object("bare", instance(6), flags=0),
            an_object(
                "bad",
                instance(7),
                flags=HAS_PREAMBLE | HAS_META,
                faults=[(f"FILE-0{number}", "Rows", "a detail") for number in range(1, 5)],
            ),
        ],
        tmp_path,
    )
    assert len(found.codes()) > 30
    for each in found.findings:
        named = {name for _, name, _, _ in string.Formatter().parse(rule_words(each.rule).what) if name}
        assert named <= EVERY_FINDING_HAS | each.facts.keys(), each.rule
        assert "{" not in message(each)


def test_a_sentence_holds_the_facts() -> None:
    sentence = message(finding("UID-S04", f"{ROOT}.01", part="01", position=9))
    assert f"{ROOT}.01" in sentence
    assert "“01”, part 9" in sentence


def test_a_kept_finding_says_the_same() -> None:
    made = finding("ENT-02")
    kept = KeptFinding(1, "ENT-02", "info", "instance", made.uid, made.attribute, made.path, 2, {})
    assert message(kept) == message(made)
    assert message(kept).startswith("2 files are")


def test_one_file_is_said_in_the_singular() -> None:
    one = Finding("ENT-44", "warning", "file", "", "", "", (1,))
    assert message(one).startswith("1 file of this folder has")


def test_a_form_for_a_fact_that_may_be_missing() -> None:
    assert "registered there as CT Image Storage" in message(
        finding("UID-S20", registered_as="CT Image Storage")
    )
    assert "not registered there" in message(finding("UID-S20", registered_as=""))
    assert "could not be read" not in message(finding("ENT-01", contents=2, unreadable=0))
    assert "1 of them could not be read" in message(finding("ENT-01", contents=2, unreadable=1))


def test_of_many_values_the_first_are_named() -> None:
    sentence = message(
        finding("ENT-10", studies=tuple(f"2.999.{number}" for number in range(9)), study_count=9)
    )
    assert "2.999.0, 2.999.1, 2.999.2, 2.999.3 (+5)" in sentence


def test_characters_that_do_not_show_are_escaped() -> None:
    sentence = message(finding("ENT-11", patient_ids=("A\u202eB", "C\nD", "E\udc80F")))
    assert r"A\u202eB, C\x0aD, E\udc80F" in sentence
    assert sentence.isprintable()


@given(st.text(), st.one_of(st.text(), st.integers(), st.lists(st.text()).map(tuple)))
def test_no_value_can_break_a_sentence(uid: str, fact: str | int | tuple[str, ...]) -> None:
    for code in ("UID-S01", "UID-S04", "UID-S20", "ENT-01", "ENT-50", "FILE-01"):
        names = {name for _, name, _, _ in string.Formatter().parse(rule_words(code).what) if name}
        assert message(finding(code, uid, **dict.fromkeys(names - EVERY_FINDING_HAS, fact))).isprintable()


def test_values_are_never_taken_for_sentences() -> None:
    assert "{uid.__class__}" in message(finding(uid="{uid.__class__}"))


def test_a_fact_that_is_not_there_is_left_empty() -> None:
    assert message(finding("UID-S01")).endswith("digits and dots: .")


def test_what_has_no_words_is_said_clearly() -> None:
    with pytest.raises(UidscopeError, match="ENT-99"):
        message(finding("ENT-99"))
    with pytest.raises(UidscopeError, match="“xx”"):
        rule_words("ENT-01", "xx")
