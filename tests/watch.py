"""What every test is held to: sources stay, nothing is logged unasked, nothing is left running."""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import os
import re
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self, Unpack

from pydicom.dataset import Dataset

from tests.builders import FileForm, write_folder

GRACE_SECONDS = 3.0


class Entry(NamedTuple):
    """What a source's file or folder is made of; for a folder or a special file the digest is empty."""

    mode: int
    size: int
    mtime_ns: int
    sha256: str


def folder_digest(folder: Path) -> dict[bytes, Entry]:
    """Every name below the folder with its mode, size, time stamp and content; links are not followed."""
    root = os.fsencode(folder)
    digest = {b".": _entry(root)}
    for parent, folders, files in os.walk(root):
        for name in [*folders, *files]:
            path = os.path.join(parent, name)
            digest[os.path.relpath(path, root)] = _entry(path)
    return digest


def _entry(path: bytes) -> Entry:
    status = os.lstat(path)
    if os.path.islink(path):
        content = os.readlink(path)
    elif os.path.isfile(path) and os.access(path, os.R_OK):
        with open(path, "rb") as file:
            content = file.read()
    else:
        content = b""
    size = 0 if os.path.isdir(path) else status.st_size
    return Entry(status.st_mode, size, status.st_mtime_ns, hashlib.sha256(content).hexdigest())


class SourceFolders:
    """Makes source folders and keeps what they were made of, so that any change to them is found."""

    def __init__(self, parent: Path) -> None:
        self._parent = parent
        self._digests: dict[Path, dict[bytes, Entry]] = {}

    def __call__(
        self,
        datasets: Iterable[Dataset] = (),
        *,
        folder: str = "source",
        names: Sequence[str] | None = None,
        files: dict[str, bytes] | None = None,
        **form: Unpack[FileForm],
    ) -> Path:
        """A new folder of this name with the datasets, and with files of the given bytes beside them."""
        path = self._parent / folder
        path.mkdir(parents=True)
        write_folder(datasets, path, names=names, **form)
        for name, content in (files or {}).items():
            file = path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return self.watch(path)

    def watch(self, folder: Path) -> Path:
        """Hold the folder to what it is now, and return it; again, where a test has changed it itself."""
        self._digests[folder] = folder_digest(folder)
        return folder

    def changes(self) -> list[str]:
        """One line for each name below a watched folder that is new, gone or not what it was."""
        return [line for folder, before in self._digests.items() for line in _changes(folder, before)]


def _changes(folder: Path, before: dict[bytes, Entry]) -> list[str]:
    after = folder_digest(folder) if folder.exists() else {}
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    return [f"{os.fsdecode(name)}: {before.get(name)} -> {after.get(name)}" for name in sorted(changed)]


class LogRecords(logging.Handler):
    """Keeps the records of WARNING and above that the program's loggers receive."""

    LOGGERS = ("uidscope", "qt")

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def __enter__(self) -> Self:
        for name in self.LOGGERS:
            logging.getLogger(name).addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        for name in self.LOGGERS:
            logging.getLogger(name).removeHandler(self)

    def unexpected(self, expected: Sequence[str]) -> list[str]:
        """The records that no pattern matches, and the patterns that no record matched."""
        messages = [record.getMessage() for record in self.records]
        lines = [
            f"{record.name} {record.levelname}: {message}"
            for record, message in zip(self.records, messages, strict=True)
            if not any(re.search(pattern, message) for pattern in expected)
        ]
        lines += [
            f"never logged: {pattern}"
            for pattern in expected
            if not any(re.search(pattern, message) for message in messages)
        ]
        return lines


def running() -> set[object]:
    """The threads and child processes of Python that run now."""
    # A thread that Qt started stays listed as a dummy after it has ended; Qt's own pool is asked instead.
    threads = [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]
    return {*threads, *multiprocessing.active_children()}


def left_running(before: set[object], grace: float = GRACE_SECONDS) -> list[str]:
    """What has been started since and does not end within the grace, in seconds."""
    deadline = time.monotonic() + grace
    while (left := running() - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    lines = [repr(one) for one in left]
    core: Any = sys.modules.get("PySide6.QtCore")
    if core is not None and not core.QThreadPool.globalInstance().waitForDone(int(grace * 1000)):
        lines.append("a task in Qt's thread pool")
    return lines
