"""The rules are those of the two tables, and each that makes findings is judged by one check."""

from __future__ import annotations

from collections import Counter

import pytest

from uidscope.core.errors import UsageError
from uidscope.core.judge.rule_book import CHECKS, judged_rules, rule, rules
from uidscope.core.uid.resource_files import read_table


def test_every_row_of_the_tables_is_a_rule() -> None:
    rows = [row["id"] for table in ("syntax_rules", "consistency_rules") for row in read_table(table)]
    assert list(rules()) == rows


def test_a_rule_says_what_its_row_says() -> None:
    leading_zero, missing_target = rule("UID-S04"), rule("ENT-50")
    assert leading_zero.severities == ("error",)
    assert leading_zero.citation == "PS3.5 9.1"
    assert leading_zero.one_finding_per == "value"
    assert leading_zero.repair == "new-uid"
    assert missing_target.severities == ("warning", "info")
    assert missing_target.one_finding_per == "referring series and missing series"


def test_a_rule_without_a_section_cites_nothing() -> None:
    assert rule("ENT-02").citation == ""


def test_what_is_never_a_finding_has_no_severity() -> None:
    assert rule("UID-S14").severities == ()


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UsageError, match="ENT-99"):
        rule("ENT-99")


def test_each_rule_that_makes_findings_on_reading_is_judged_by_one_check() -> None:
    never = {"UID-S14", "UID-S19", "UID-S27", "ENT-26"}
    assert Counter(code for check in CHECKS for code in check.codes) == Counter(rules().keys() - never)
    assert all(judged.severities for judged in judged_rules())
