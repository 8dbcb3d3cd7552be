"""The report as one page: what stands in it, how much at most, and that it is whole HTML of its own."""

from __future__ import annotations

import html.parser
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.judge.scene import SERIES, STUDY, an_object, instance, loaded
from uidscope import __version__
from uidscope.core.catalog.finding import Finding, Severity
from uidscope.core.catalog.findings import keep_findings
from uidscope.core.catalog.rule_settings import Ignore, RuleSettings, set_rule_settings
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UsageError
from uidscope.core.judge.rule_table import rules_edition
from uidscope.core.read.record import FileRecord
from uidscope.core.report.badge_text import badge_text
from uidscope.core.report.html import FINDINGS_SHOWN, inspection_html
from uidscope.core.report.report_file import REPORT_ENDINGS, save_report
from uidscope.core.report.shown_names import MaskedNames
from uidscope.core.report.tree_excerpt import tree_excerpt
from uidscope.core.report.words import rule_words
from uidscope.core.uid.resource_files import dicom_edition

_VOID = {"meta", "br"}


class Page(html.parser.HTMLParser):
    """A page whose elements are all closed in their order; its ids, links, headings and all its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.kinds: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kinds.add(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        if self.open[-1:] == ["h2"]:
            self.headings.append(data)
        self.text += data


def study(patient: int, number: int, *, series: int = 1) -> list[FileRecord]:
    return [
        an_object(
            f"{patient}/{number}/{at}",
            instance(patient * 10_000 + number * 100 + at),
            PatientID=f"P{patient}",
            PatientName=f"TEST^{patient:03}",
            StudyInstanceUID=f"{STUDY}.{patient}.{number}",
            SeriesInstanceUID=f"{SERIES}.{patient}.{number}.{at}",
            SeriesNumber=str(at),
            Manufacturer="ACME <&>",
            StudyDate="20240102",
        )
        for at in range(1, series + 1)
    ]


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    with loaded([*study(1, 1, series=2), *study(1, 2), *study(2, 1)]) as made:
        yield made


def make(rule: str, *occurrences: int, uid: str = "1.02", severity: Severity = "error") -> Finding:
    return Finding(rule, severity, "instance", uid, "SOPInstanceUID", "SOPInstanceUID", occurrences)


def page_of(catalog: Catalog) -> Page:
    return Page("".join(inspection_html(catalog)))


def test_a_page_without_findings_is_whole(catalog: Catalog) -> None:
    page = page_of(catalog)
    assert page.headings == ["Findings by rule", "Patients, studies and series"]
    assert "No finding." in page.text
    for said in (__version__, dicom_edition(), rules_edition(), "profile “strict”", "none left out"):
        assert said in page.text


def test_a_page_explains_each_rule_and_leads_to_it(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", 1, 2), make("ENT-50", 3)])
    page = page_of(catalog)
    assert page.headings == ["Findings by rule", "Findings by device", "Patients, studies and series"]
    for code in ("UID-S04", "ENT-50"):
        words = rule_words(code)
        for said in (words.title, words.why, words.fix, words.consequence):
            assert said in page.text
    assert {link for link in page.links if link.startswith(("#UID", "#ENT"))} == {
        "#UID-S04-error",
        "#ENT-50-error",
    }
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "ACME <&>" in page.text
    assert "studies of 2024-01-02" in page.text


def test_a_page_has_nothing_that_runs_or_comes_from_elsewhere(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", 1, uid="<script>alert(1)</script>")])
    page = page_of(catalog)
    assert not page.kinds & {"script", "img", "iframe", "link", "object", "form"}
    assert all(link.startswith("#") for link in page.links)
    assert "<script>alert(1)</script>" in page.text


def test_ignored_findings_stand_apart(catalog: Catalog) -> None:
    settings = RuleSettings("Ours", {"ENT-50": "off"}, (Ignore("UID-S04", "known & told"),))
    set_rule_settings(catalog, settings)
    keep_findings(catalog, [make("UID-S04", 1), make("ENT-50", 2)])
    page = page_of(catalog)
    assert "Ignored" in page.headings
    assert "Because: known & told" in page.text
    assert "profile “Ours”" in page.text
    assert "ENT-50 (1)" in page.text
    assert "0 errors" in page.text


def test_a_long_list_is_cut_and_says_so(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", 1, uid=f"1.0{number}") for number in range(FINDINGS_SHOWN + 7)])
    page = page_of(catalog)
    assert page.text.count("“1.0") == FINDINGS_SHOWN
    assert "and 7 more; the table (CSV) lists all" in page.text
    assert f"{FINDINGS_SHOWN + 7} errors" in page.text


def test_the_tree_counts_what_lies_below(catalog: Catalog) -> None:
    keep_findings(catalog, [make("UID-S04", 1), make("UID-S04", 2)])
    rows = list(tree_excerpt(catalog))
    found = [(row.level, row.name, row.content, sum(badge.findings for badge in row.badges)) for row in rows]
    assert found == [
        ("patient", "TEST^001", "2 studies", 2),
        ("study", "Study", "2 series", 2),
        ("series", "CT 1", "1 instance", 1),
        ("series", "CT 2", "1 instance", 1),
        ("study", "Study", "1 series", 0),
        ("series", "CT 1", "1 instance", 0),
        ("patient", "TEST^002", "1 study", 0),
        ("study", "Study", "1 series", 0),
        ("series", "CT 1", "1 instance", 0),
    ]


def test_the_tree_calls_findings_what_the_window_calls_them(catalog: Catalog) -> None:
    found = [make("ENT-05", 1), make("UID-S04", 1), make("ENT-02", 2, severity="info")]
    found += [make("ENT-50", 2, severity="warning"), make("ENT-50", 2, severity="warning")]
    keep_findings(catalog, found)
    said = [[badge_text(badge) for badge in row.badges] for row in tree_excerpt(catalog)][:4]
    whole = ["2 errors (including 1 conflict)", "2 broken references"]
    assert said == [whole, whole, ["1 conflict", "1 error"], ["2 broken references"]]
    assert " ".join(whole) in " ".join(page_of(catalog).text.split())


@pytest.mark.parametrize("most", [0, 1, 5, 60])
def test_the_tree_is_never_longer_than_asked(most: int) -> None:
    records = [record for patient in range(20) for record in study(patient, 1, series=2)]
    with loaded(records) as catalog:
        rows = list(tree_excerpt(catalog, most_rows=most))
    shown = [row for row in rows if row.level != "more"]
    assert len(shown) == most
    patients = sum(row.level == "patient" for row in shown)
    more = [row.name for row in rows if row.level == "more" and row.depth == 0]
    left = 20 - patients
    assert more == ([f"and {left} {'patient' if left == 1 else 'patients'} more"] if left else [])


def test_one_long_branch_leaves_room_for_others() -> None:
    records = [*study(1, 1, series=90), *study(2, 1)]
    with loaded(records) as catalog:
        rows = list(tree_excerpt(catalog))
    assert [row.name for row in rows if row.level == "patient"] == ["TEST^001", "TEST^002"]
    assert "and 50 series more" in [row.name for row in rows]


def test_an_id_and_a_name_share_a_number_as_far_as_that_goes() -> None:
    people = [("A", "TEST^ONE"), ("B", "TEST^ONE"), ("", "TEST^TWO"), ("C", ""), ("D", "TEST^TWO")]
    records = [
        an_object(
            str(at),
            instance(at),
            PatientID=patient_id,
            PatientName=name,
            StudyInstanceUID=f"{STUDY}.{at}",
            SeriesInstanceUID=f"{SERIES}.{at}",
        )
        for at, (patient_id, name) in enumerate(people)
    ]
    with loaded(records) as catalog:
        masked = [
            (row.remark, row.name) for row in tree_excerpt(catalog, MaskedNames(catalog)) if row.depth == 0
        ]
        plain = [(row.remark, row.name) for row in tree_excerpt(catalog) if row.depth == 0]
    for shown in (0, 1):
        pairs = {(before[shown], after[shown]) for before, after in zip(plain, masked, strict=True)}
        assert len({before for before, _ in pairs}) == len({after for _, after in pairs}) == len(pairs)
    assert dict(zip(plain, masked, strict=True))["A", "TEST^ONE"] == ("patient-001", "patient-001")


def test_a_saved_report_masks_where_asked(catalog: Catalog, tmp_path: Path) -> None:
    keep_findings(catalog, [make("UID-S04", 1)])
    for ending in REPORT_ENDINGS:
        for masked in (False, True):
            path = tmp_path / f"report-{masked}{ending}"
            save_report(catalog, str(path), mask_names=masked)
            text = path.read_text("utf-8")
            assert ("TEST^001" in text or "1/1/1" in text) != masked
            assert ("folder-001/file-000001" in text) == masked
    with pytest.raises(UsageError, match=r"\.html"):
        save_report(catalog, str(tmp_path / "report.doc"))
