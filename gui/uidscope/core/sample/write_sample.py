"""The sample on the disk: a folder a case, and a text that says what is the matter with each."""

from __future__ import annotations

import os
from typing import Final

from uidscope.core.errors import OutputError
from uidscope.core.sample.cases import SAMPLE_CASES

GUIDE: Final = "What is wrong here.txt"
"""The name of the text, which is no DICOM file: a reading lists it under not loaded."""


def write_sample(folder: str) -> None:
    """Write the sample into a folder that does not exist yet; every time the same bytes.

    Raises ``OutputError`` where it exists or cannot be written.
    """
    try:
        os.mkdir(folder)
        _write(os.path.join(folder, GUIDE), _guide().encode())
        for case in SAMPLE_CASES:
            for path, data in case.files():
                _write(os.path.join(folder, case.folder, *path.split("/")), data)
    except FileExistsError:
        raise OutputError(f"There is a file or folder already: {folder}") from None
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}.") from error


def _guide() -> str:
    lines = ["Sample data, made by UIDscope. No patient, no scanner: all of it is invented.", ""]
    lines += [f"{case.folder}: {case.says}" for case in SAMPLE_CASES]
    return "\n".join(lines) + "\n"


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "xb") as file:
        file.write(data)
