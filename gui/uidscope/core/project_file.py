"""The project file (``.uidscope``): what was loaded, what is planned, and every UID issued for it.

With it the same work goes on later, and a second delivery gets the same new UIDs. It holds the old and the
new UIDs side by side, so it re-identifies: it is written for its owner alone. Patient names stand nowhere in
it, and Patient IDs only where the user wants that; paths and UIDs do.
"""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass
from typing import Final

import msgspec

from uidscope import __version__
from uidscope.core.catalog.rule_settings import STRICT, RuleSettings
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import InputError
from uidscope.core.export.source_guard import refuse_inside_sources
from uidscope.core.judge.rule_settings import known_rules
from uidscope.core.plan.entry import RowKey
from uidscope.core.plan.intention import Intention, Plan, Selector
from uidscope.core.plan.issued import IssuedUids
from uidscope.core.plan.selection import series_of_patient
from uidscope.core.report.replaced_file import replaced_file
from uidscope.core.uid.schemes import SchemeOptions
from uidscope.core.uid.syntax import is_well_formed

PROJECT_ENDING: Final = ".uidscope"
_SCHEMA: Final = "uidscope/project/1"
_LARGEST: Final = 2 << 30  # bytes


@dataclass(frozen=True, slots=True)
class Project:
    """One piece of work.

    ``sources`` are the absolute paths that were loaded. ``scheme`` never has a key. ``issued`` are the UIDs
    handed out so far, each with what it is for (``IssuedUids.rows``).
    """

    sources: tuple[str, ...]
    plan: Plan = dataclasses.field(default_factory=Plan)
    issued: tuple[tuple[RowKey, str], ...] = ()
    scheme: SchemeOptions = dataclasses.field(default_factory=SchemeOptions)
    rules: RuleSettings = STRICT

    def issued_uids(self) -> IssuedUids:
        """Return the table of issued UIDs, which grows from here."""
        table = IssuedUids()
        table.restore(self.issued)
        return table


@dataclass(frozen=True, slots=True)
class _Saved:
    schema: str
    version: str
    project: Project


def save_project(project: Project, path: str) -> None:
    """Write a project, readable by its owner alone; a key is left out.

    Raises ``OutputError`` where the file lies in a source or cannot be written; what was there before stays.
    """
    refuse_inside_sources(path, project.sources)
    keyless = dataclasses.replace(project, scheme=dataclasses.replace(project.scheme, key=None))
    saved = msgspec.to_builtins(_Saved(_SCHEMA, __version__, keyless))
    with replaced_file(path) as file:
        # In ASCII, so that a path of bytes that are no text can be written too.
        json.dump(saved, file, indent=1, ensure_ascii=True)
        file.write("\n")


def read_project(path: str) -> Project:
    """Return the project in a file.

    Raises ``InputError`` with one sentence where it cannot be read, is no project, is damaged, or is of a
    newer form than is known here.
    """
    saved = _decoded(path, _bytes(path))
    if saved.schema != _SCHEMA:
        raise InputError(f"{path} is a project of another form ({saved.schema}), which is not known here.")
    project = saved.project
    faulty = next((uid for _, uid in project.issued if not is_well_formed(uid)), None)
    if faulty is not None:
        raise InputError(f"{path} is damaged: it has issued “{faulty}”, which is no UID.")
    unknown = {ignore.rule for ignore in project.rules.ignores} | set(project.rules.severities)
    unknown -= known_rules()
    if unknown:
        raise InputError(f"{path} speaks of the rule “{min(unknown)}”, which is not known here.")
    return project


def without_patient_ids(catalog: Catalog, plan: Plan) -> Plan:
    """Return a plan that selects by the series UIDs of the patients instead of by Patient IDs.

    A patient with an object that has no Series Instance UID stays selected by its files.
    """
    return dataclasses.replace(
        plan, intentions=tuple(_without_patient_ids(catalog, each) for each in plan.intentions)
    )


def _without_patient_ids(catalog: Catalog, intention: Intention) -> Intention:
    selectors: list[Selector] = []
    for selector in intention.selectors:
        is_patient = selector.kind == "patient"
        selectors += series_of_patient(catalog, selector.value) if is_patient else (selector,)
    return dataclasses.replace(intention, selectors=tuple(dict.fromkeys(selectors)))


def _bytes(path: str) -> bytes:
    try:
        if os.path.getsize(path) > _LARGEST:
            raise InputError(f"{path} is too large to be a project.")
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def _decoded(path: str, content: bytes) -> _Saved:
    try:
        return msgspec.convert(json.loads(content), type=_Saved)
    except msgspec.ValidationError as error:
        raise InputError(f"{path} is no project, or is damaged: {error}.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is no project, or is damaged.") from None
