"""Orthanc, a DICOM archive by others, started for a test alone: on the loopback, in a folder of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

# Debian keeps it where only the administrator's shell looks.
_SEARCHED = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
_STARTING = 30.0  # seconds
_ATTEMPTS = 3


class Instance(NamedTuple):
    """Where the archive has put an instance, by the keys of its four levels."""

    patient_id: str
    study_instance_uid: str
    series_instance_uid: str
    sop_instance_uid: str


class Archive:
    """A running archive."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def store(self, file: Path) -> str:
        """Send a file; return what the archive says: `Success`, `AlreadyStored`, or why it refuses."""
        answer = self._ask("POST", "/instances", file.read_bytes())
        return str(answer.get("Status") or answer.get("Message") or answer)

    def tree(self) -> set[Instance]:
        """Every instance at its place in the archive's tree."""
        patients, studies, series = (self._all(level) for level in ("patients", "studies", "series"))
        found = set()
        for instance in self._all("instances").values():
            of_series = series[instance["ParentSeries"]]
            of_study = studies[of_series["ParentStudy"]]
            of_patient = patients[of_study["ParentPatient"]]
            keys = (
                of_patient["MainDicomTags"].get("PatientID", ""),
                of_study["MainDicomTags"].get("StudyInstanceUID", ""),
                of_series["MainDicomTags"].get("SeriesInstanceUID", ""),
                instance["MainDicomTags"]["SOPInstanceUID"],
            )
            found.add(Instance(*(key.strip() for key in keys)))
        return found

    def name(self) -> str:
        """What the archive calls itself."""
        return str(self._ask("GET", "/system")["Name"])

    def close(self) -> None:
        self._connection.close()

    def _all(self, level: str) -> dict[str, dict[str, Any]]:
        return {each["ID"]: each for each in self._ask("GET", f"/{level}?expand")}

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Any:
        self._connection.request(method, path, body)
        return json.loads(self._connection.getresponse().read())


@contextlib.contextmanager
def orthanc(folder: Path) -> Iterator[Archive]:
    """An empty archive that keeps everything below the folder; skips where Orthanc is not installed."""
    program = shutil.which("Orthanc", path=_SEARCHED)
    if program is None:
        pytest.skip("Orthanc is not installed")
    process, port = _started(program, folder)
    archive = Archive(port)
    try:
        yield archive
    finally:
        archive.close()
        process.terminate()
        process.wait(30)


def _started(program: str, folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    for _ in range(_ATTEMPTS):
        port = _free_port()
        log = folder / "orthanc.log"
        process = subprocess.Popen(
            [program, f"--logfile={log}", str(_configuration(folder, port))],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if _answers(process, port):
            return process, port
        process.kill()
        process.wait()
    raise AssertionError(f"Orthanc does not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def _configuration(folder: Path, port: int) -> Path:
    file = folder / "orthanc.json"
    settings = {
        "Name": "TEST",
        "StorageDirectory": str(folder / "storage"),
        "IndexDirectory": str(folder / "storage"),
        "HttpPort": port,
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": False,
        "DicomServerEnabled": False,
        "Plugins": [],
        "LuaScripts": [],
        "SaveJobs": False,
        "OverwriteInstances": False,
        "SyncStorageArea": False,
    }
    file.write_text(json.dumps(settings), "utf-8")
    return file


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether the archive came up; another program may have taken the port meanwhile."""
    end = time.monotonic() + _STARTING
    while time.monotonic() < end and process.poll() is None:
        archive = Archive(port)
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError), contextlib.closing(archive):
            if archive.name() == "TEST":
                return True
        time.sleep(0.05)
    return False
