"""The finished export as one ZIP file, written in constant memory and read back from the archive itself."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Final

from uidscope.core.errors import VerificationError
from uidscope.core.export.durable import FILE_MODE, sync_file
from uidscope.core.export.request import Archive, Directory, WrittenFile
from uidscope.core.export.stage import Stage
from uidscope.core.export.target import Target
from uidscope.core.export.verify import sha256_of
from uidscope.core.progress import CancelToken, Progress, ProgressCallback
from uidscope.core.read.byte_window import open_window, shown

_BLOCK: Final = 1024 * 1024
_UNIX: Final = 3
_LARGE: Final = 1 << 31  # from here on a member might outgrow the fields of 32 bits
# The earliest that the format can say: when a file was packed is nobody's business, and two runs agree.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def write_archive(
    stage: Stage,
    target: Target,
    files: Sequence[WrittenFile],
    directory: Directory | None,
    progress: ProgressCallback,
    cancel: CancelToken,
) -> Archive:
    """Pack the files of the stage, and take the archive for what is to be published.

    Its names are those of the files, its members are in their order. Raises ``VerificationError`` where
    what is read back from it differs from what was packed, ``Cancelled`` and ``OSError``.
    """
    members = [(file.output, file.sha256) for file in files]
    if directory is not None:
        members.insert(0, (directory.output, directory.sha256))
    descriptor, path = stage.create_archive()
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for done, (name, _) in enumerate(members):
                cancel.raise_if_cancelled()
                progress(Progress("packing", done, len(members), name))
                _pack(archive, stage.path_of(name), name, cancel)
        file.flush()
        sync_file(file.fileno())
    _read_back(path, members, progress, cancel)
    with open_window(path) as window:
        return Archive(os.path.basename(target.archive), window.size, sha256_of(window))


def _pack(archive: zipfile.ZipFile, path: str, name: str, cancel: CancelToken) -> None:
    member = zipfile.ZipInfo(name, _NO_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = _UNIX
    member.external_attr = FILE_MODE << 16
    member.file_size = os.stat(path).st_size
    is_large = member.file_size >= _LARGE
    with open(path, "rb") as source, archive.open(member, "w", force_zip64=is_large) as packed:
        for block in _blocks(source, cancel):
            packed.write(block)


def _read_back(
    path: str, members: Sequence[tuple[str, str]], progress: ProgressCallback, cancel: CancelToken
) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.namelist() != [name for name, _ in members]:
                raise _differs("its list of names")
            for done, (name, sha256) in enumerate(members):
                progress(Progress("verifying", done, len(members), name))
                digest = hashlib.sha256()
                with archive.open(name) as packed:
                    for block in _blocks(packed, cancel):
                        digest.update(block)
                if digest.hexdigest() != sha256:
                    raise _differs(shown(name))
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise _differs("its structure") from error


def _blocks(file: IO[bytes], cancel: CancelToken) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        cancel.raise_if_cancelled()
        yield block


def _differs(what: str) -> VerificationError:
    return VerificationError(f"The archive does not hold what was written ({what}); nothing was published.")
