"""The change record: one page that says who, why, what and when, with every text shown as text."""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.core.export.requests import make_source, request_for, sidecars_of, staging_of
from uidscope import __version__
from uidscope.core.errors import UidscopeError
from uidscope.core.export.export import export
from uidscope.core.export.request import ExportRequest, ExportResult
from uidscope.core.plan.intention import INTENTION_KINDS, Into, Plan, Selector, new_intention
from uidscope.core.report.change_record import STUDIES_SHOWN, ChangeNote, change_record_html

NOTE = ChangeNote("CHG-1", "Wrong worklist entry", "T. Operator")
PLAN = Plan((new_intention("instances", (Selector("series", "1.2.3"),), with_referrers=True, renew=True),))


def recorded(
    source: Path, target: Path, note: ChangeNote = NOTE, plan: Plan | None = PLAN, **more: Any
) -> ExportRequest:
    def record(result: ExportResult, digests: Any) -> bytes:
        return change_record_html(note, plan, result, digests)

    return request_for(source, target, change_record=record, **more)


def page_of(target: Path) -> str:
    return target.with_name(f"{target.name}.change-record.html").read_text(encoding="utf-8")


def text_of(page: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", page.partition("</style>")[2]))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_source(tmp_path / "source", ["a.dcm", "b.dcm"])


def test_it_says_who_why_what_and_what_came_of_it(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    result = export(recorded(source, target))
    text = text_of(page_of(target))
    for words in (
        *("CHG-1", "Wrong worklist entry", "T. Operator", __version__, str(target)),
        *("Replace identities", "Series Instance UID: 1.2.3", "gets new SOP Instance UIDs too"),
        f"2 ({result.total_bytes:,} bytes); 2 with a new SOP Instance UID",
        "1 SOP Instance UIDs",
        "yes: every file was read back",
    ):
        assert words in text
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}", text)
    assert re.search(r"1\.2\.3\s+the same\s+2", text)


def test_it_bears_the_digests_of_the_lists(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    export(recorded(source, target))
    text = text_of(page_of(target))
    for path in sidecars_of(target):
        assert re.search(rf"{re.escape(path.name)}\s+{hashlib.sha256(path.read_bytes()).hexdigest()}", text)


def test_every_text_is_shown_as_text(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "o<b>ut"
    evil = "<img src=x onerror=alert(1)>&\u202e\n"
    plan = Plan((new_intention("instances", (Selector("file", evil),)),))
    export(recorded(source, target, ChangeNote(evil, evil, evil), plan))
    page = page_of(target)
    assert "<img" not in page
    assert "<b>ut" not in page
    assert "\u202e" not in page
    assert text_of(page).count("<img src=x onerror=alert(1)>&\\u202e\\x0a") == 4


def test_it_is_for_its_owner_and_comes_on_request_alone(source: Path, tmp_path: Path) -> None:
    export(recorded(source, tmp_path / "out"))
    assert stat.S_IMODE((tmp_path / "out.change-record.html").stat().st_mode) == 0o600
    export(request_for(source, tmp_path / "other"))
    assert not (tmp_path / "other.change-record.html").exists()
    export(recorded(source, tmp_path / "dry", dry_run=True))
    assert not (tmp_path / "dry.change-record.html").exists()


def test_what_is_not_said_is_said_to_be_so(source: Path, tmp_path: Path) -> None:
    export(recorded(source, tmp_path / "out", ChangeNote(ticket="CHG-2"), None))
    text = text_of(page_of(tmp_path / "out"))
    assert re.search(r"Reason\s+not given\s+Operator\s+not given", text)


def test_a_record_that_fails_publishes_nothing(source: Path, tmp_path: Path) -> None:
    def fails(_: Any, __: Any) -> bytes:
        raise UidscopeError("No.")

    with pytest.raises(UidscopeError):
        export(request_for(source, tmp_path / "out", change_record=fails))
    assert not (tmp_path / "out").exists()
    assert not staging_of(tmp_path / "out").exists()


@pytest.mark.parametrize("kind", INTENTION_KINDS)
def test_every_intention_has_words(source: Path, tmp_path: Path, kind: str) -> None:
    into = Into("series", "1.2") if kind == "move" else None
    export(recorded(source, tmp_path / "out", plan=Plan((new_intention(kind, into=into),))))
    assert "Of everything loaded." in text_of(page_of(tmp_path / "out"))


def test_it_stays_one_page(source: Path, tmp_path: Path) -> None:
    selectors = tuple(Selector("instance", f"1.2.{number}") for number in range(500))
    result = export(request_for(source, tmp_path / "out"))
    many = tuple(result.studies[0]._replace(old=f"1.2.3.{number}") for number in range(100))
    page = change_record_html(
        NOTE, Plan((new_intention("copy", selectors),)), _with(result, studies=many), {}
    ).decode()
    text = text_of(page)
    assert "and 490 more" in text
    assert f"and {100 - STUDIES_SHOWN} more" in text
    assert len(page) < 20_000


def _with(result: ExportResult, **more: Any) -> ExportResult:
    return replace(result, **more)
