"""What one file says: plain, frozen values that cross processes cheaply.

Everything in a record is a tuple, text, bytes or an int, so that ``marshal`` carries it.
Paths are text with undecodable bytes as lone surrogates (``os.fsdecode``).
"""

from __future__ import annotations

from typing import NamedTuple

from uidscope.core.read.attributes import PROFILE_INDEX

HAS_PREAMBLE = 1  # 128 bytes and "DICM" (PS3.10 7.1)
HAS_META = 2  # at least one element of group 0002
IS_DICOMDIR = 4  # Media Storage Directory (PS3.3 F.2.2)
TRUNCATED = 8  # FILE-01: shown, never exported
BROKEN = 16  # FILE-02: shown, never exported
HARD_LINKED = 32  # the file has more names than this one
NATIVE_PIXELS = 64  # (7FE0,0010) of the object itself, of a length that is stated
ENCAPSULATED_PIXELS = 128  # the same in fragments (PS3.5 A.4)

# (element path without item numbers, the whole field's bytes as in the file, how often)
RawUiValue = tuple[str, bytes, int]

# (rule code, element path, detail); the detail holds numbers and tags, no text from the file
Fault = tuple[str, str, str]


class RawReference(NamedTuple):
    """One reference as the file states it; the UIDs are stripped text, empty where none is given.

    ``kind`` is a word of ``uid.elements.reference_kind``. ``class_uid`` is (0008,1150) of the same
    item; ``series_uid`` and ``study_uid`` are those of the item or of the nearest item around it,
    never those of the object itself. ``purpose`` is the code value of (0040,A170), if any.
    """

    pattern: str
    uid: str
    kind: str
    class_uid: str
    series_uid: str
    study_uid: str
    purpose: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here


class FileStamp(NamedTuple):
    """What tells whether a file is still the one that was read."""

    size: int
    modified_ns: int
    device: int
    inode: int


class FileRecord(NamedTuple):
    """One DICOM file, as read.

    ``source`` counts the paths the user gave, from 0; ``path`` is relative to that folder with
    ``/`` between its parts, and the bare name where the source is a file. ``profile`` holds one
    entry for each of ``attributes.PROFILE_KEYWORDS``: decoded text, or ``None`` where the element
    is absent. ``meta_sop_instance_uid`` is ``None`` where the file meta has none.
    ``values`` holds every UI element but (0008,0018) and (0002,0003) themselves where those are
    plainly encoded, since these two alone differ in every file.
    """

    source: int
    path: str
    stamp: FileStamp
    encoding: str
    flags: int
    profile: tuple[str | None, ...]
    sop_instance_uid: str
    meta_sop_instance_uid: str | None
    instance_number: str
    values: tuple[RawUiValue, ...]
    references: tuple[RawReference, ...]
    faults: tuple[Fault, ...]

    def attribute(self, keyword: str) -> str:
        """The decoded text of a profile attribute, empty where absent."""
        return self.profile[PROFILE_INDEX[keyword]] or ""


class NotLoaded(NamedTuple):
    """One file found and not loaded.

    ``reason`` is a word of the JSON format (``not-dicom``, ``unreadable``, ``too-deep``,
    ``too-large``, ``timeout``, ``special-file``, ``same-file``, ``changed``, ``offline``,
    ``cancelled``); ``detail`` says more in a few words and quotes nothing from the file.
    """

    source: int
    path: str
    reason: str
    detail: str
