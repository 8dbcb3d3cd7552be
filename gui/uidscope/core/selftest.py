"""Proves an installation whole: each probe uses a part of the program as a user would, on data of its own.

Meant for the program as it is shipped, where a table, a module or a library may have been left behind.
Nothing is read from the network, and nothing stays behind but what the caller's folder holds.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import sqlite3
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import entry_points
from typing import Final, Literal, NamedTuple

import pydicom

from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import UidscopeError
from uidscope.core.flow import Destination, check, load, write
from uidscope.core.judge.rule_settings import PROFILES, load_rule_settings
from uidscope.core.judge.rule_table import rules
from uidscope.core.plan.intention import Plan, new_intention
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.mapping import derive_map
from uidscope.core.project_file import PROJECT_ENDING, Project, read_project, save_project
from uidscope.core.read.find_files import resolve_sources
from uidscope.core.read.scan import scan
from uidscope.core.report.beliefs import beliefs_html
from uidscope.core.report.html import inspection_html
from uidscope.core.report.inspection import findings
from uidscope.core.report.rule_book import rule_book_html
from uidscope.core.report.words import rule_words
from uidscope.core.sample.write_sample import write_sample
from uidscope.core.shipped_licences import shipped_licences
from uidscope.core.uid.registry import registered
from uidscope.core.uid.resource_files import dicom_edition, read_rows, resource_root
from uidscope.core.uid.schemes import SchemeOptions, make_scheme

State = Literal["ok", "failed", "skipped"]

_FOLDERS: Final = ("icons", "profiles", "schemas", "tables", "templates", "words")
_RULES_OF_SAMPLE: Final = {
    "ENT-02", "ENT-05", "ENT-10", "ENT-11", "ENT-18", "ENT-40", "ENT-50", "ENT-58",
    "FILE-01", "FILE-05", "UID-S04",
}  # fmt: skip
_CLEAN: Final = "clean"
_CT_IMAGE_STORAGE: Final = "1.2.840.10008.5.1.4.1.1.2"


class ProbeFailed(UidscopeError):
    """A part of the program does not do what it is for; the text is one sentence."""


class Skipped(Exception):
    """What the probe is about need not be there; the text says why it is not."""


class Probe(NamedTuple):
    """A part of the program and what proves it: ``run`` says what it found, or raises.

    It is given a folder that all probes of a run share.
    """

    name: str
    run: Callable[[str], str]


class ProbeResult(NamedTuple):
    """How a probe went; ``said`` is one line of plain text."""

    name: str
    state: State
    said: str


def run_probes(probes: Iterable[Probe], folder: str) -> Iterator[ProbeResult]:
    """Run the probes in order in an empty folder of their own; each runs whatever became of the others."""
    for probe in probes:
        try:
            yield ProbeResult(probe.name, "ok", probe.run(folder))
        except Skipped as skipped:
            yield ProbeResult(probe.name, "skipped", str(skipped))
        except UidscopeError as error:
            yield ProbeResult(probe.name, "failed", str(error))
        except Exception as error:  # noqa: BLE001 - what is missing may show in any way, and is to be told
            yield ProbeResult(probe.name, "failed", " ".join(f"{type(error).__name__}: {error}".split()))


def core_probes() -> tuple[Probe, ...]:
    """Return the probes of everything but the window; the later ones need what the earlier ones wrote."""
    return (
        Probe("resources", _resources),
        Probe("tables", _tables),
        Probe("licences", _licences),
        Probe("rules", _rules),
        Probe("database", _database),
        Probe("sample", _sample),
        Probe("processes", _processes),
        Probe("inspection", _inspection),
        Probe("project", _project),
        Probe("regeneration", _regeneration),
        Probe("originals", _originals),
        Probe("keyring", _keyring),
    )


def _require(holds: object, sentence: str) -> None:
    if not holds:
        raise ProbeFailed(sentence)


def _resources(_: str) -> str:
    """Every file of data is there in its kind and can be read."""
    told = []
    for name in _FOLDERS:
        folder = resource_root() / name
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        _require(files, f"The folder {name} of the program's data is missing or empty.")
        for file in files:
            content = file.read_bytes()
            if file.suffix == ".json":
                json.loads(content)
            elif file.suffix == ".toml":
                tomllib.loads(content.decode())
            elif file.suffix == ".csv":
                _require(len(read_rows(file.name)) > 1, f"The table {file.name} is empty.")
        told.append(f"{len(files)} {name}")
    return ", ".join(told)


def _tables(_: str) -> str:
    known = registered(_CT_IMAGE_STORAGE)
    _require(known and known.name == "CT Image Storage", "The table of registered UIDs lacks a known one.")
    _require(dicom_edition(), "The tables do not say which edition of the standard they are of.")
    return f"DICOM {dicom_edition()}, pydicom {pydicom.__version__}"


def _licences(_: str) -> str:
    """A program that brings Python and Qt along brings their licences too."""
    texts = shipped_licences()
    if not texts and not getattr(sys, "frozen", False):
        raise Skipped("nothing of others comes with this installation")
    _require("GNU LESSER GENERAL PUBLIC LICENSE" in texts, "The licence of Qt is missing.")
    return f"{texts.count(chr(10))} lines"


def _rules(_: str) -> str:
    """Every rule has its words, the profiles name rules that exist, and the help pages can be made."""
    for code in rules():
        rule_words(code)
    for name in PROFILES:
        load_rule_settings(name)
    book = rule_book_html()
    _require(all(code in book for code in rules()), "The rule book lacks a rule.")
    _require(beliefs_html(), "The page of beliefs is empty.")
    return f"{len(rules())} rules with words, {len(PROFILES)} profiles"


def _database(_: str) -> str:
    with Catalog.create() as catalog:
        (answer,) = catalog.connection.execute("SELECT count(*) FROM occurrence").fetchone()
    _require(answer == 0, "A new catalog is not empty.")
    return f"SQLite {sqlite3.sqlite_version}"


def _sample(folder: str) -> str:
    write_sample(_sample_of(folder))
    digests = _digests(_sample_of(folder))
    with open(_digest_file(folder), "w", encoding="utf-8") as file:
        json.dump(digests, file)
    return f"{len(digests)} files written"


def _processes(folder: str) -> str:
    """Worker processes start and answer: a frozen program must start itself anew for that."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        batches = list(scan(resolve_sources([_clean_of(folder)]), executor=pool))
    read = sum(len(batch.records) for batch in batches)
    _require(read == len(_digests(_clean_of(folder))), "A worker process did not read every file.")
    return f"{read} files read in a process of their own"


def _inspection(folder: str) -> str:
    """The faults that the sample was given are found, no others, and can be reported."""
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([_sample_of(folder)]))
        check(catalog)
        found = Counter(finding["rule"] for finding in findings(catalog))
        report = "".join(inspection_html(catalog))
    missing, unexpected = _RULES_OF_SAMPLE - found.keys(), found.keys() - _RULES_OF_SAMPLE
    _require(not missing, f"Faults of the sample were not found: {', '.join(sorted(missing))}.")
    _require(not unexpected, f"The sample shows what it should not: {', '.join(sorted(unexpected))}.")
    _require(all(code in report for code in found), "The report lacks a finding.")
    return f"{found.total()} findings of {len(found)} rules, as expected"


def _project(folder: str) -> str:
    path = os.path.join(folder, f"probe{PROJECT_ENDING}")
    plan = Plan((new_intention("copy"),))
    save_project(Project((), plan), path)
    _require(read_project(path).plan == plan, "A saved project reads back differently.")
    return "saved and read back"


def _regeneration(folder: str) -> str:
    """A derived series is written, verified, free of faults, and read by pydicom as planned."""
    target = os.path.join(folder, "derived")
    scheme = make_scheme(SchemeOptions())
    plan = Plan((new_intention("derived-series"),))
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([_clean_of(folder)]))
        check(catalog)
        uid_map = derive_map(catalog, plan, IssuedUids(), scheme)
        result = write(catalog, uid_map, Destination(target), plan=plan, scheme=scheme)
    _require(result.verified, "What was written was not verified.")
    _require(result.references_after.get("missing", 0) == 0, "References were broken.")
    issued = {entry.new for entry in result.entries}
    for written in result.files:
        read = pydicom.dcmread(os.path.join(target, written.output), stop_before_pixels=True)
        _require(str(read.SOPInstanceUID) in issued, "pydicom reads another UID than was planned.")
    with Catalog.create() as catalog:
        load(catalog, resolve_sources([target]))
        check(catalog)
        faults = sorted({finding["rule"] for finding in findings(catalog)})
    _require(not faults, f"What was written has faults: {', '.join(faults)}.")
    return f"{len(result.files)} files written, verified, read back"


def _originals(folder: str) -> str:
    with open(_digest_file(folder), encoding="utf-8") as file:
        before = json.load(file)
    _require(_digests(_sample_of(folder)) == before, "A source file was changed.")
    return f"{len(before)} files unchanged"


def _keyring(_: str) -> str:
    """The ways to the keyrings of the systems are there, and which of them is taken; it is asked nothing."""
    import keyring  # noqa: PLC0415 - slow to import, and rarely wanted
    from keyring.backends import fail, null  # noqa: PLC0415

    _require(entry_points(group="keyring.backends"), "The ways to the keyrings of the systems are missing.")
    backend = keyring.get_keyring()
    if isinstance(backend, fail.Keyring | null.Keyring):
        raise Skipped("this system offers none; a key can be kept in a file")
    return f"keys can be kept in {backend.name}"


def _sample_of(folder: str) -> str:
    return os.path.join(folder, "sample")


def _clean_of(folder: str) -> str:
    return os.path.join(_sample_of(folder), _CLEAN)


def _digest_file(folder: str) -> str:
    return os.path.join(folder, "sample.json")


def _digests(folder: str) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by path."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
