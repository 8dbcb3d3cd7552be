"""A patient whose name, ID, birth date and other texts may turn up only where somebody asked for them."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pydicom.dataset import FileDataset

from tests.builders import Study, ct_series, encoded, rt_set, set_unchecked, with_uids
from tests.watch import SourceFolders

STUDY = Study(
    1,
    patient_id="CANARY-7731",
    patient_name="CANARY^YELLOW",
    birth_date="19310417",
    accession_number="CANARY-ACC",
    description="Canary head",
)
CANARY = re.compile(r"canary|19310417|1931-04-17", re.IGNORECASE)
"""Finds any of it, whatever became of case and marks."""

_TEXTS = {
    "PatientComments": "Canary came by tram",
    "OtherPatientNames": "CANARY^MAIDEN",
    "PatientAddress": "Canary Street 1",
    "ReferringPhysicianName": "CANARY^DOCTOR",
    "StudyID": "CANARY-ST",
    "SeriesDescription": "Canary thorax",
    "ProtocolName": "Canary protocol",
    "RequestedProcedureDescription": "Canary procedure",
    "AdditionalPatientHistory": "Canary flew 19310417",
    "ImageComments": "CANARY",
}


def canary_objects() -> list[FileDataset]:
    """Objects of the patient with faults of many kinds, and of two more whom they are mixed up with.

    The first is another image with the UID of one that a structure set refers to.
    """
    series = ct_series(5, study=STUDY)
    faulty = with_uids(series, {series[1].SOPInstanceUID: "1.3.6.1.4.1.32473.07.1"})
    # One image belongs to somebody else and is there twice; of another one UID is a name.
    faulty[4].PatientID, faulty[4].PatientName = "CANARY-8842", "CANARY^GREEN"
    set_unchecked(faulty[2], "FrameOfReferenceUID", "CANARY^YELLOW")
    namesake = ct_series(1, study=replace(STUDY, number=3, patient_name="CANARY^RED"))
    treated = rt_set(3, study=replace(STUDY, number=2)).all[1:]  # the others refer to the one left out
    twin = copy.deepcopy(treated[0])
    twin.PixelData = bytes(len(twin.PixelData))
    return _with_texts([twin, *faulty, copy.deepcopy(faulty[4]), *namesake, *treated])


def canary_source(make_source: SourceFolders, folder: str = "source") -> Path:
    """A folder with these objects, whose files are named after the patient too, and with others."""
    objects = canary_objects()
    names = [f"CANARY^YELLOW/canary {number}.dcm" for number in range(len(objects))]
    files = {
        "CANARY^YELLOW/canary notes.txt": b"CANARY",
        "CANARY^YELLOW/canary cut.dcm": encoded(objects[0])[:-100],
    }
    return make_source(objects, folder=folder, names=names, files=files)


def _with_texts(objects: Iterable[FileDataset]) -> list[FileDataset]:
    found = []
    for each in objects:
        for keyword, text in _TEXTS.items():
            set_unchecked(each, keyword, text)
        found.append(each)
    return found


def twin_file(source: Path) -> str:
    """The path of the first of the objects in their folder."""
    return str(source / "CANARY^YELLOW" / "canary 0.dcm")
