"""What the window calls patients, files and values, and what it calls them while names are masked.

The same patient has the same number as in a masked report of the same files. A file is called by a short
word of its own, made anew at each start, since numbering all of them would keep the window waiting. Values
of elements follow the rule of a masked comparison: what may name somebody is left out.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from typing import Final, TypeVar, cast

from uidscope.core.catalog.findings import KeptFinding
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import FileRow, InstanceRow, NodeRow, PatientRow, SeriesRow, StudyRow
from uidscope.core.plan.told.notes import PlanNote
from uidscope.core.report.attribute_rows import AttributeList
from uidscope.core.report.may_name import may_name_somebody
from uidscope.core.report.patient_numbers import PatientNumbers
from uidscope.core.report.shown_names import MASKED, MaskedNames, people_of
from uidscope.core.uid.attribute_levels import attribute_level

Row = TypeVar("Row", bound=NodeRow)

_PATIENT_NAME, _PATIENT_ID = 0x0010_0010, 0x0010_0020
_RUN: Final = os.urandom(16)
_NUMBERED: Final = re.compile(r"[\[(]\d+[\])]$")
# A path in a sentence, from the folder on that was given, up to the words that say what is wrong with it.
_REST_OF_PATH: Final = r"(?:[/\\][^\n]*?)?(?=$|\n|: |; |\.$| (?:is|are|has|was|cannot|ist|hat|kann|wurde)\b)"


class ScreenNames:
    """Everything by the name that the files give it."""

    is_masked = False

    def grow(self) -> None:
        """Take in what has been loaded since."""

    def text(self, text: str) -> str:
        """Return any text as it is shown: a sentence, a description, a value."""
        return text

    def file(self, path: str) -> str:
        """Return what a file or folder is called."""
        return path

    def patient_id(self, text: str) -> str:
        """Return a Patient ID as it is shown."""
        return text

    def description(self, text: str) -> str:
        """Return a text that somebody may have typed."""
        return text

    def typed_value(self, text: str) -> str:
        """Return the value of some element, of which nothing else is known, as it is shown."""
        return text

    def row(self, row: Row) -> Row:
        """Return a row of the tree as it is shown."""
        return row

    def finding(self, finding: KeptFinding) -> KeptFinding:
        """Return a finding with its facts as they are shown."""
        return finding

    def note(self, note: PlanNote) -> PlanNote:
        """Return what a plan has to say, with the files it names as they are called."""
        return note

    def value(self, tag: int, vr: str, text: str) -> str:  # noqa: ARG002 - asked for where names are masked
        """Return the value of an element (``0xGGGGEEEE``) as it is shown."""
        return text

    def value_at(self, path: str, text: str) -> str:  # noqa: ARG002
        """Return the value of an element, of which this is the path, as it is shown."""
        return text


SCREEN_AS_IN_FILES: Final = ScreenNames()


class MaskedScreenNames(ScreenNames):
    """Patients by numbers, files by words, and no text that anybody may have typed.

    ``catalog`` is None while nothing is loaded. Who is loaded later is known after ``grow``.
    """

    is_masked = True

    def __init__(self, catalog: Catalog | None) -> None:
        self._catalog = catalog
        self._numbers = PatientNumbers()
        self._last = 0
        self._sources: tuple[str, ...] = ()
        self._in_findings: MaskedNames | None = None
        self.grow()

    def grow(self) -> None:
        if self._catalog is not None:
            people = people_of(self._catalog, self._last)
            self._numbers.add(people.values())
            self._last = max(people, default=self._last)
            self._sources = tuple(source.path for source in self._catalog.sources())
            self._in_findings = None

    def text(self, text: str) -> str:
        for source in self._sources:
            if source in text:
                path = re.escape(source) + _REST_OF_PATH
                text = re.sub(path, lambda found: self.file(found.group()), text)
        return self._numbers.masked(text)

    def file(self, path: str) -> str:
        if not path:
            return ""
        digest = hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=4, key=_RUN)
        return f"file-{digest.hexdigest()}"

    def patient_id(self, text: str) -> str:
        return self._numbers.of_id(text) or (text and MASKED)

    def description(self, text: str) -> str:
        return MASKED if text else ""

    def typed_value(self, text: str) -> str:
        return self._numbers.of_id(text) or self._numbers.of_name(text) or (text and MASKED)

    def row(self, row: Row) -> Row:
        return cast("Row", self._row(row))

    def finding(self, finding: KeptFinding) -> KeptFinding:
        if self._catalog is None:
            return finding
        if self._in_findings is None:
            self._in_findings = MaskedNames(self._catalog)
        return self._in_findings.finding(finding)

    def note(self, note: PlanNote) -> PlanNote:
        file = note.facts.get("file")
        return replace(note, facts={**note.facts, "file": self.file(file)}) if isinstance(file, str) else note

    def value(self, tag: int, vr: str, text: str) -> str:
        if not text or not may_name_somebody(attribute_level(tag, ""), vr):
            return self.text(text)
        known = {_PATIENT_NAME: self._numbers.of_name, _PATIENT_ID: self._numbers.of_id}.get(tag)
        return (known(text) if known is not None else "") or MASKED

    def value_at(self, path: str, text: str) -> str:
        from pydicom.datadict import dictionary_VR, tag_for_keyword  # noqa: PLC0415 - slow to load

        tag = tag_for_keyword(_NUMBERED.sub("", path.rpartition(".")[2]))
        return (text and MASKED) if tag is None else self.value(tag, dictionary_VR(tag), text)

    def _row(self, row: NodeRow) -> NodeRow:
        match row:
            case PatientRow():
                name = self._numbers.of_name(row.name) or (row.name and MASKED)
                patient_id = self.patient_id(row.patient_id)
                return row._replace(name=name, patient_id=patient_id, issuer="", birth_date="")
            case StudyRow():
                # What is left out is as if it were not there: the study is told by its date.
                return row._replace(description="", study_id="", accession="")
            case SeriesRow():
                return row._replace(description="")
            case InstanceRow() | FileRow():
                return row._replace(path=self.file(row.path))


def shown_attributes(attributes: AttributeList, names: ScreenNames) -> AttributeList:
    """Return the elements of a file with their values as they are shown."""
    if not names.is_masked:
        return attributes
    rows = [
        row._replace(value=names.value(int(row.tag[1:5] + row.tag[6:10], 16), row.vr, row.value))
        if row.tag
        else row
        for row in attributes.rows
    ]
    return AttributeList(rows, attributes.cut)
