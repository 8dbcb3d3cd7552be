"""What is recorded of the work, for both faces: what, when, who, how many, which studies; and no names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.builders import Study, ct_series, set_unchecked
from tests.canary import CANARY, canary_source
from tests.watch import SourceFolders
from uidscope.core.audit.log_file import AuditLogFile
from uidscope.core.audit.recording import SWITCH, close_log, log_kept, open_log, recorded
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import Cancelled, OutputError
from uidscope.core.flow import Destination, check, load, write
from uidscope.core.plan.intention import Plan, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import ScanOptions
from uidscope.core.report.audit_log_file import save_audit_log
from uidscope.core.report.export_report import save_list
from uidscope.core.report.report_file import save_report
from uidscope.core.resume import clear_unfinished
from uidscope.core.uid.schemes import SchemeOptions, make_scheme


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def log(tmp_path: Path, told: list[str]) -> Iterator[AuditLogFile]:
    made = AuditLogFile(str(tmp_path / "audit"))
    open_log(made, told.append)
    yield made
    close_log()


def actions(log: AuditLogFile) -> list[tuple[str, str]]:
    """What was done, and how it ended."""
    found = [each["EventIdentification"] for each in log.records().records]
    return [(each["EventTypeCode"]["csd-code"], each["EventOutcomeDescription"]) for each in found]


def do_everything(source: Path, folder: Path) -> None:
    """Load, check, export twice, and save what can be saved."""
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([str(source)]), ScanOptions(1))
        check(catalog)
        save_report(catalog, str(folder / "report.html"), mask_names=True)
        scheme = make_scheme(SchemeOptions())
        plan = Plan((new_intention("copy", ()),))
        uid_map = derive_map(catalog, plan, IssuedUids(), scheme)
        write(catalog, uid_map, Destination(str(folder / "out"), dry_run=True), plan=plan)
        write(catalog, uid_map, Destination(str(folder / "out")), plan=plan)
        with pytest.raises(OutputError):
            write(catalog, uid_map, Destination(str(folder / "out")), plan=plan)
        save_list(str(folder / "out.crosswalk.csv"), str(folder / "list.csv"), [str(source)])
        save_list(str(folder / "out.old-uids.txt"), str(folder / "old.txt"), [str(source)])
        with pytest.raises(OutputError):
            clear_unfinished(Destination(str(folder / "out")))


def test_each_thing_done_is_recorded_with_its_numbers(
    log: AuditLogFile, told: list[str], make_source: SourceFolders, tmp_path: Path
) -> None:
    source = make_source([*ct_series(3, study=Study(1)), *ct_series(2, study=Study(2))])
    do_everything(source, tmp_path)
    assert actions(log) == [
        ("load", "success"),
        ("check", "success"),
        ("report-saved", "success"),
        ("export", "success"),
        ("export", "failed OutputError"),
        ("crosswalk-saved", "success"),
        ("list-saved", "success"),
        ("cleared", "failed OutputError"),
    ]
    records = log.records().records
    assert records[0]["Counts"] == {"sources": 1, "loaded": 5, "not-loaded": 0, "studies": 2}
    assert records[3]["Counts"]["files"] == 5
    for at in (0, 1, 2, 3, 4):
        named = records[at]["ParticipantObjectIdentification"]["ParticipantObjectID"]
        assert named == [Study(1).uid(), Study(2).uid()]
    for record in records:
        event = record["EventIdentification"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", event["EventDateTime"])
        went_well = event["EventOutcomeDescription"] == "success"
        assert event["EventOutcomeIndicator"] == ("0" if went_well else "8")
        (who,) = record["ActiveParticipant"]
        assert who["UserID"]
        assert who["NetworkAccessPointID"]
    assert told == []


def test_no_record_names_the_patient_or_a_new_uid(
    log: AuditLogFile, make_source: SourceFolders, tmp_path: Path
) -> None:
    source = canary_source(make_source)
    set_aside = ct_series(1, study=Study(7))
    set_unchecked(set_aside[0], "StudyInstanceUID", "CANARY^YELLOW")
    more = make_source(set_aside, folder="more")
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([str(source), str(more)]), ScanOptions(1))
        check(catalog)
        plan = Plan((new_intention("copy", ()),))
        uid_map = derive_map(catalog, plan, IssuedUids(), make_scheme(SchemeOptions()))
        with pytest.raises(OutputError, match="inside a source"):
            write(catalog, uid_map, Destination(str(source / "inside")), plan=plan)
        new = [entry.new for entry in uid_map.entries() if entry.new]
    written = b"".join(Path(path).read_bytes() for path in log.paths()).decode()
    assert len(log.records().records) >= 2
    assert not CANARY.search(written)
    assert new
    assert not [uid for uid in new if uid in written]
    assert log.records().records[0]["Counts"]["studies"] == 4, "one that is no UID is counted and not named"


def test_a_cancel_and_an_error_say_so_and_go_on_their_way(log: AuditLogFile) -> None:
    with pytest.raises(Cancelled), recorded("load"):
        raise Cancelled("Cancelled.")
    with pytest.raises(ValueError, match="CANARY"), recorded("export"):
        raise ValueError("CANARY^YELLOW is no number")
    assert actions(log) == [("load", "cancelled"), ("export", "failed ValueError")]


def test_a_log_that_cannot_be_written_is_told_once_and_stops_nothing(
    told: list[str], make_source: SourceFolders, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    open_log(AuditLogFile(str(tmp_path / "taken")), told.append)
    try:
        do_everything(make_source(ct_series(2)), tmp_path)
    finally:
        close_log()
    assert len(told) == 1
    assert told[0].startswith("The audit log cannot be written: ")
    assert (tmp_path / "out").is_dir()


def test_it_is_kept_only_where_it_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with recorded("check"):
        pass
    monkeypatch.setenv(SWITCH, "off")
    with log_kept(print), recorded("check"):
        pass
    assert AuditLogFile().paths() == ()
    monkeypatch.delenv(SWITCH)
    with log_kept(print), recorded("check"):
        pass
    assert len(AuditLogFile().records().records) == 1


def test_it_is_handed_over_as_lines_and_as_messages_of_the_standard(
    log: AuditLogFile, make_source: SourceFolders, tmp_path: Path
) -> None:
    source = make_source([*ct_series(2, study=Study(1)), *ct_series(1, study=Study(2))])
    do_everything(source, tmp_path)
    save_audit_log(str(tmp_path / "log.jsonl"), [str(source)], log)
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert tuple(lines) == log.records().records

    save_audit_log(str(tmp_path / "log.xml"), [str(source)], log)
    messages = ET.parse(tmp_path / "log.xml").getroot().findall("AuditMessage")
    assert len(messages) == len(lines)
    for message, line in zip(messages, lines, strict=True):
        order = [part.tag for part in message]
        assert order[:3] == ["EventIdentification", "ActiveParticipant", "AuditSourceIdentification"]
        event = message[0]
        assert event.get("EventDateTime") == line["EventIdentification"]["EventDateTime"]
        assert event.get("EventOutcomeIndicator") in {"0", "4", "8", "12"}
        assert event.get("EventActionCode") in {"C", "R", "U", "D", "E"}
        assert [part.tag for part in event] == ["EventID", "EventTypeCode", "EventOutcomeDescription"]
        assert event[0].get("codeSystemName") == "DCM"
        assert message[1].get("UserIsRequestor") == "true"
        uids = [part.get("ParticipantObjectID") for part in message[3:]]
        assert uids == line["ParticipantObjectIdentification"]["ParticipantObjectID"]
        assert all(part[0].get("csd-code") == "110180" for part in message[3:])


def test_it_is_not_written_into_a_source(log: AuditLogFile, make_source: SourceFolders) -> None:
    source = make_source(ct_series(1))
    with pytest.raises(OutputError):
        save_audit_log(str(source / "log.xml"), [str(source)], log)
