"""A DICOMDIR as pydicom's FileSet finds it: the second opinion on the one that we write."""

from __future__ import annotations

import gc
import os
import warnings

from pydicom.fileset import FileInstance, FileSet

from uidscope.core.errors import VerificationError
from uidscope.core.export.media.directory_record import FileKeys, uid_text


def file_set(path: str) -> dict[str, FileKeys]:
    """Return what the records that lead to files say, by the file's name below the DICOMDIR.

    A record above the file that it needs and has not gives an empty text. Raises ``VerificationError``
    where the records cannot be followed.
    """
    root = os.path.realpath(os.path.dirname(path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = {
                os.path.relpath(os.path.realpath(instance.path), root).replace(os.sep, "/"): _keys(instance)
                for instance in FileSet(path)
            }
        except Exception as error:  # it raises whatever a broken DICOMDIR makes its steps raise
            raise VerificationError("The DICOMDIR cannot be read back; nothing was published.") from error
        gc.collect()  # each FileSet has a temporary folder, which goes with it and with a warning
    return found


def _keys(instance: FileInstance) -> FileKeys:
    return FileKeys(
        uid_text(instance.SOPClassUID),
        uid_text(instance.SOPInstanceUID),
        uid_text(instance.TransferSyntaxUID),
        uid_text(getattr(instance, "StudyInstanceUID", "")),
        uid_text(getattr(instance, "SeriesInstanceUID", "")),
    )
