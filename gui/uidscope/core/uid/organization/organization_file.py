"""The one file that keeps an organization's hierarchy, for all programs that hand out its numbers.

A change holds a lock beside the file from reading to writing, so that two processes, or two threads,
never hand out the same number; the file itself is replaced as a whole or left as it was.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import platformdirs
from filelock import FileLock, Timeout

from uidscope.core.errors import InputError, OutputError
from uidscope.core.private_folder import make_private
from uidscope.core.uid.organization.organization import Organization
from uidscope.core.uid.organization.organization_json import (
    LARGEST_JSON,
    DamagedOrganization,
    organization_from_json,
    organization_to_json,
)

Result = TypeVar("Result")

_FILE_NAME: Final = "organization.json"
SECONDS_TO_WAIT: Final = 30.0
_PRIVATE: Final = 0o600


def default_organization_file() -> str:
    """Return where the file lies unless the user says otherwise: in the user's own data folder."""
    return os.path.join(platformdirs.user_data_dir("uidscope", appauthor=False), _FILE_NAME)


def read_organization(path: str) -> Organization:
    """Read the hierarchy; where there is no file, an empty one.

    Raises ``InputError`` where the file cannot be read or is damaged.
    """
    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST_JSON + 1)
    except FileNotFoundError:
        return Organization()
    except OSError as error:
        raise InputError(f"The organization's file {path} cannot be read: {error.strerror}.") from None
    try:
        return organization_from_json(content)
    except DamagedOrganization as damage:
        reason = str(damage)
    raise InputError(f"The organization's file {path} is damaged or none ({reason}); it was left as it is.")


def change_organization(
    path: str,
    change: Callable[[Organization], tuple[Organization, Result]],
    *,
    wait: float = SECONDS_TO_WAIT,
) -> Result:
    """Change the hierarchy and keep it; ``change`` returns the new one, and what is passed on.

    The file is made where there is none. Raises what ``change`` and ``read_organization`` raise, and
    ``OutputError`` where it cannot be written or another program holds it for ``wait`` seconds; the
    file is then as it was.
    """
    path = os.path.realpath(path)  # a link stays a link
    with _locked(path, wait):
        before = read_organization(path)
        after, result = change(before)
        if after != before:
            _replace(path, organization_to_json(after))
    return result


@contextmanager
def _locked(path: str, wait: float) -> Iterator[None]:
    """Hold the lock of a file; nobody else changes it meanwhile."""
    # One lock object for each change: it also keeps the threads of one process apart.
    try:
        lock = FileLock(f"{path}.lock", timeout=wait, mode=_mode(path) or _PRIVATE, thread_local=False)
        make_private(os.path.dirname(path))
        lock.acquire()
    except Timeout:
        raise OutputError(f"Another program is changing {path}; try again later.") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be changed: {error.strerror}.") from None
    try:
        yield
    finally:
        lock.release()


def _replace(path: str, text: bytes) -> None:
    """Put a file of this text in the place of the one there is, with its rights."""
    folder, name = os.path.split(path)
    unfinished = ""
    mode = _mode(path)
    if mode is not None and not os.access(path, os.W_OK):
        raise OutputError(f"{path} cannot be written: it is meant to be read only.")
    try:
        descriptor, unfinished = tempfile.mkstemp(prefix=f"{name}.", suffix=".incomplete", dir=folder)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(unfinished, _PRIVATE if mode is None else mode)
        os.replace(unfinished, path)
        _sync_folder(folder)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(unfinished)
        if isinstance(error, OSError):
            raise OutputError(f"{path} cannot be written: {error.strerror}.") from None
        raise


def _sync_folder(folder: str) -> None:
    """Bring the file's new name to the disk, where folders can be synchronized at all."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # the file has its name; only the last confirmation failed
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mode(path: str) -> int | None:
    """The rights of the file there is: a group that shares it goes on sharing it."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        return None
